"""The page as one HTML file: data, code and styles inside, opened from disk with no network.

Modules keep their text: relative imports become names, and an import map leads each name to a
``data:`` URL. Data travel as gzip in base64. A content policy in the file forbids it to load
anything else. The same study gives the same bytes.
"""

from __future__ import annotations

import base64
import gzip
import html
import json
import posixpath
import re
from collections.abc import Mapping
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

from numpy.typing import NDArray

from contingent.errors import SettingError
from contingent.files import whole
from contingent.report.view.frames import encode

__all__ = ["LIMIT", "data_block", "json_block", "page_html", "write_file"]

LIMIT = 4_000_000
"""Bytes that a file may have."""
POLICY = (
    "default-src 'none'; script-src 'unsafe-inline' data:; style-src 'unsafe-inline'; "
    "img-src data: blob:; font-src data:; base-uri 'none'; form-action 'none'"
)
_LINK = re.compile(r'[ \t]*<link rel="stylesheet" href="([^"]+)">\n?')
_SCRIPT = re.compile(r'[ \t]*<script( type="module")? src="([^"]+)"(?: defer)?></script>\n?')
_IMPORT = re.compile(r"""((?:\bfrom|\bimport)\s*\(?\s*)(["'])(\.{1,2}/[^"']+)\2""")


def page_html(meta: Mapping[str, Any], frames: Mapping[str, NDArray[Any]], beside: Any) -> str:
    """Return the page with its data inside.

    Parameters
    ----------
    meta : of the view
    frames : of the view and of the futures to be played back
    beside : the JSON of those futures
    """
    page = resources.files("contingent.report") / "page"
    text = (page / "index.html").read_text(encoding="utf-8")
    styles = [_read(page, name) for name in _LINK.findall(text)]
    scripts = _SCRIPT.findall(text)
    classic = [name for kind, name in scripts if not kind]
    modules = [name for kind, name in scripts if kind]
    text = _SCRIPT.sub("", _LINK.sub("", text))
    text = text.replace('content="live"', 'content="file"', 1)
    text = re.sub(
        r"<title>.*?</title>",
        lambda _: f"<title>{html.escape(str(meta['study']['title']))} – Contingent</title>",
        text,
        count=1,
    )
    head = [
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">',
        f"<style>\n{_no_end(''.join(styles), 'style')}</style>",
        *(f"<script>{_no_end(_read(page, name), 'script')}</script>" for name in classic),
        f'<script type="importmap">{import_map(page, modules)}</script>',
    ]
    tail = [
        json_block("view", meta),
        json_block("base", base_map(page, meta["theatre"]["region"])),
        data_block("frames", encode(frames, beside)),
        *(f'<script type="module">import "{_bare(name)}";</script>' for name in modules),
    ]
    charset = '<meta charset="utf-8">\n'
    text = text.replace(charset, charset + head[0] + "\n", 1)
    text = text.replace("</head>", "\n".join(head[1:]) + "\n</head>", 1)
    return text.replace("</body>", "\n".join(tail) + "\n</body>", 1)


def json_block(name: str, value: Any) -> str:
    r"""Return JSON that stands safely within a script element.

    >>> print(json_block("x", "</script>"))
    <script type="application/json" id="x">"\u003c/script>"</script>
    """
    text = json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    for letter in ("<", "\u2028", "\u2029"):
        text = text.replace(letter, f"\\u{ord(letter):04x}")
    return f'<script type="application/json" id="{name}">{text}</script>'


def data_block(name: str, data: bytes) -> str:
    """Return bytes as gzip in base64 within a script element."""
    packed = base64.b64encode(gzip.compress(data, compresslevel=9, mtime=0)).decode("ascii")
    return f'<script type="application/octet-stream" id="{name}">{packed}</script>'


def import_map(page: Traversable, entries: list[str]) -> str:
    """Return the import map of some modules and of all that they import."""
    texts: dict[str, str] = {}
    waiting = list(entries)
    while waiting:
        name = waiting.pop()
        if name in texts:
            continue
        folder = posixpath.dirname(name)
        written = _read(page, name)
        inside = [posixpath.normpath(posixpath.join(folder, one[2])) for one in imports(written)]
        texts[name] = _IMPORT.sub(
            lambda found, at=folder: (  # type: ignore[misc]
                f'{found[1]}"{_bare(posixpath.normpath(posixpath.join(at, found[3])))}"'
            ),
            written,
        )
        waiting += inside
    urls = {
        _bare(name): "data:text/javascript;base64," + base64.b64encode(text.encode()).decode()
        for name, text in sorted(texts.items())
    }
    return json.dumps({"imports": urls}, separators=(",", ":"))


def imports(text: str) -> list[tuple[str, str, str]]:
    """Return what a module imports by a relative path; types in comments do not count."""
    return [
        (found[1], found[2], found[3])
        for found in _IMPORT.finditer(text)
        if found[3].endswith(".js")
    ]


def _bare(name: str) -> str:
    return f"page/{name}"


def _read(page: Traversable, name: str) -> str:
    part = page
    for piece in name.split("/"):
        part = part / piece
    try:
        return part.read_text(encoding="utf-8")
    except OSError:
        raise SettingError("page", f"no module {name}", "the files of the page") from None


def _no_end(text: str, element: str) -> str:
    """Return text that does not end the element it stands in."""
    text = re.sub(rf"</(?={element})", r"<\\/", text, flags=re.IGNORECASE)
    return text.replace("<!--", r"<\!--") if element == "script" else text


def base_map(page: Traversable, region: Mapping[str, Any]) -> dict[str, Any] | None:
    """Return the base map that covers a region, with its note; None where it lies nowhere."""
    if region["fictional"] or not (page / "base" / "index.json").is_file():
        return None
    for one in json.loads(_read(page, "base/index.json"))["maps"]:
        west, south, east, north = one["box"]
        covered = west <= region["west"] and south <= region["south"]
        if covered and east >= region["east"] and north >= region["north"]:
            return {"topology": json.loads(_read(page, f"base/{one['file']}")), "note": one["note"]}
    return None


def write_file(path: str | Path, data: str | bytes) -> Path:
    """Write a file whole or not at all.

    Raises
    ------
    SettingError
        If it cannot be written there.
    """
    target = Path(path)
    try:
        with whole(target) as partial:
            partial.write_bytes(data.encode() if isinstance(data, str) else data)
    except OSError as error:
        reason = error.strerror or error
        raise SettingError(
            "--output", f"{target} ({reason})", "a file that can be written"
        ) from None
    return target
