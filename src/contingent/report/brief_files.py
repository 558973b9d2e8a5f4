"""A brief as Markdown, as a Word document, as a picture. The same study gives the same bytes."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from contingent.errors import SettingError
from contingent.report.brief import Brief
from contingent.report.brief_picture import picture
from contingent.report.page_file import write_file

if TYPE_CHECKING:
    from contingent.report.figures import Figure

__all__ = ["FORMATS", "as_docx", "as_markdown", "as_picture", "as_png", "write_brief"]

FORMATS = ("md", "docx", "png")
DOTS = 150
_HEADINGS = ("What would flip the conclusion", "Limits", "Methods")
_MARKS = re.compile(r"[\\`*_\[\]<>#|&~$]")
_FORBIDDEN = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]")
LONGEST_TITLE = 255
"""Characters of a title among a Word document's properties."""
_ANY_DAY = (1980, 1, 1, 0, 0, 0)
"""The date of everything in a document, so that its bytes tell no time."""


def write_brief(path: Path, kind: str, brief: Brief, figure: Figure) -> list[Path]:
    """Write a brief, and return the files written: Markdown has its figure beside it.

    Raises
    ------
    SettingError
        If the format is unknown, python-docx is missing, or a file cannot be written.
    """
    match kind:
        case "md":
            drawn = path.with_suffix(".png")
            return [
                write_file(drawn, as_png(figure)),
                write_file(path, as_markdown(brief, drawn.name)),
            ]
        case "docx":
            return [write_file(path, as_docx(brief, as_png(figure)))]
        case "png":
            return [write_file(path, as_picture(brief, as_png(figure)))]
    raise SettingError("--format", repr(kind), f"html, {', '.join(FORMATS)}")


def as_png(figure: Figure) -> bytes:
    """Return a figure as a picture."""
    written = io.BytesIO()
    figure.savefig(written, format="png", dpi=DOTS, metadata={"Software": None})
    return written.getvalue()


def as_picture(brief: Brief, figure: bytes) -> bytes:
    """Return a brief as one picture, its words above and below the figure."""
    parts = tuple(zip(_HEADINGS, _parts(brief), strict=True))
    return picture(brief.title, brief.by, brief.paragraph, parts, figure)


def as_markdown(brief: Brief, figure: str) -> str:
    """Return a brief as Markdown.

    Parameters
    ----------
    brief
    figure : name of the file with the figure
    """
    lines = [f"# {_plain(brief.title)}", ""]
    if brief.by:
        lines += [f"*{_plain(brief.by)}*", ""]
    lines += [_plain(brief.paragraph), "", f"![Verdicts on the claims](<{figure}>)", ""]
    for heading, sentences in zip(_HEADINGS, _parts(brief), strict=True):
        quote = "> " if heading == "Limits" else ""
        lines += [f"{quote}## {heading}", quote.rstrip()]
        lines += [f"{quote}- {_plain(sentence)}" for sentence in sentences]
        lines.append("")
    lines += ["## Claims", "", "| | claim | comes true in | history |", "|---|---|---|---|"]
    lines += ["| " + " | ".join(_plain(text) for text in row) + " |" for row in brief.claims]
    return "\n".join(lines) + "\n"


def _parts(brief: Brief) -> tuple[tuple[str, ...], ...]:
    flips = brief.flips or ("Nothing is concluded.",)
    return flips, brief.limits, brief.methods


def _plain(text: str) -> str:
    """Return text on one line in which nothing is markup."""
    return _MARKS.sub(r"\\\g<0>", " ".join(_clean(text).split()))


def as_docx(brief: Brief, figure: bytes) -> bytes:
    """Return a brief as a Word document.

    Raises
    ------
    SettingError
        If python-docx is not installed.
    """
    try:
        import docx
        from docx.shared import Cm
    except ImportError:
        raise SettingError(
            "--format", "docx without python-docx", "the package python-docx",
            'pip install "contingent[docx]", or choose --format md',
        ) from None  # fmt: skip
    document = docx.Document()
    document.core_properties.author = "Contingent"
    document.core_properties.title = _clean(brief.title)[:LONGEST_TITLE]
    document.core_properties.comments = ""
    document.core_properties.created = document.core_properties.modified = datetime(*_ANY_DAY)
    document.add_heading(_clean(brief.title), 0)
    if brief.by:
        document.add_paragraph().add_run(_clean(brief.by)).italic = True
    document.add_paragraph(_clean(brief.paragraph))
    document.add_picture(io.BytesIO(figure), width=Cm(16))
    for heading, sentences in zip(_HEADINGS, _parts(brief), strict=True):
        place: Any = document
        if heading == "Limits":
            place = document.add_table(rows=1, cols=1, style="Table Grid").cell(0, 0)
            place.paragraphs[0].add_run(heading).bold = True
        else:
            document.add_heading(heading, 1)
        for sentence in sentences:
            place.add_paragraph(_clean(sentence), style="List Bullet")
    document.add_heading("Claims", 1)
    table = document.add_table(rows=0, cols=4, style="Light List")
    for row in (("", "claim", "comes true in", "history"), *brief.claims):
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = _clean(text)
    written = io.BytesIO()
    document.save(written)
    return _timeless(written.getvalue())


def _clean(text: str) -> str:
    """Return text without what XML forbids: control characters, lone surrogates, no characters."""
    return _FORBIDDEN.sub("", text)


def _timeless(archive: bytes) -> bytes:
    """Return a zip archive whose parts bear no time."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as target:
        for name, data in _members(archive):
            part = zipfile.ZipInfo(name, _ANY_DAY)
            part.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(part, data)
    return written.getvalue()


def _members(archive: bytes) -> Iterator[tuple[str, bytes]]:
    with zipfile.ZipFile(io.BytesIO(archive)) as source:
        for name in source.namelist():
            yield name, source.read(name)
