"""The text of an HTML page, read as data in one pass, whatever is written there.

Whoever gives an article may have saved it from anywhere. So nothing is looked for twice: what does
not end where it should ends with the page, and no text makes reading slower than its length.
"""

from __future__ import annotations

import re
from html import unescape
from typing import NamedTuple

__all__ = ["HtmlText", "read_html"]

_BLOCKS = frozenset(
    """
    address article aside blockquote br dd div dl dt fieldset figcaption figure footer form h1 h2 h3
    h4 h5 h6 header hr li main nav ol p pre section table td th tr ul
    """.split()  # noqa: SIM905
)
_HEADINGS = frozenset(f"h{level}" for level in range(1, 7))
_HIDDEN = frozenset(("script", "style", "template", "noscript", "head", "title", "svg", "math"))
_RAW = frozenset(("script", "style", "title"))
"""Elements in which nothing is markup but their own end."""
_MARK = re.compile(
    r"""<!--(?:(?!--!?>).)*+(?:--!?>)?
      | <[!?][^>]*+>?
      | <(?P<end>/?)(?P<name>[a-z][^\s/>]*+)(?P<more>(?:[^>"']|"[^"]*+"?|'[^']*+'?)*+)>?""",
    re.VERBOSE | re.IGNORECASE | re.DOTALL,
)
_LANGUAGE = re.compile(r"""\slang\s*=\s*["']?([a-z0-9-]+)""", re.IGNORECASE)


class HtmlText(NamedTuple):
    """What a page says.

    Attributes
    ----------
    text : blocks parted by blank lines, headings marked with ``#``
    language : that the page declares; "" if none
    """

    text: str
    language: str


def read_html(page: str) -> HtmlText:
    r"""Read a page as text between block elements; scripts, styles and drawings are left out.

    >>> read_html("<h1>A &amp; B</h1><p>It <b>fell</b>.<script>if (a < b) c()</script>").text
    '\n\n# A & B\n\n\n\nIt fell.'
    """
    parts: list[str] = []
    language, hidden, at = "", 0, 0
    while (mark := _MARK.search(page, at)) is not None:
        if not hidden:
            parts.append(_said(page[at : mark.start()]))
        name, at = (mark["name"] or "").lower(), mark.end()
        if name == "html" and not mark["end"]:
            found = _LANGUAGE.search(mark["more"])
            language = found[1] if found else language
        elif name in _RAW and not mark["end"]:
            at = _after(page, name, at)
        elif name in _HIDDEN:
            hidden = max(hidden - 1, 0) if mark["end"] else hidden + 1
        elif name in _BLOCKS:
            heading = name in _HEADINGS and not mark["end"]
            parts.append("\n\n# " if heading else "\n\n")
    if not hidden:
        parts.append(_said(page[at:]))
    return HtmlText("".join(parts), language)


def _said(text: str) -> str:
    """Return text with its references resolved, on one line."""
    return " ".join(unescape(text).split("\n"))


def _after(page: str, name: str, start: int) -> int:
    """Return the place behind an element's end; that of the page's if it has none."""
    end = re.compile(rf"</{name}\b[^>]*+>?", re.IGNORECASE).search(page, start)
    return len(page) if end is None else end.end()
