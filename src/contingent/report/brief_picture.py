"""A brief as one picture: its words and its figure on one page, as long as they need."""

from __future__ import annotations

import io
import re
import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from textwrap import wrap
from typing import Any

from matplotlib.image import imread
from matplotlib.patches import Rectangle

from contingent.report.drawing import Figure

__all__ = ["picture"]

WIDE, MARGIN = 8.27, 0.6
"""Inches."""
POINTS = 72.0
LEADING = 1.4
LETTER = 0.53
"""Mean width of a letter, as a share of its size."""
DOTS = 150
GAP = 0.18
_CONTROL = re.compile("[\x00-\x1f\ud800-\udfff]+")


@dataclass(frozen=True)
class Block:
    """Lines of one size, `above` inches below the last; `boxed` ones share a frame."""

    lines: tuple[str, ...]
    size: float = 9.0
    bold: bool = False
    slanted: bool = False
    boxed: bool = False
    above: float = 0.0

    @property
    def high(self) -> float:
        """Height in inches, with the room around."""
        return self.above + len(self.lines) * self.size * LEADING / POINTS + GAP / 2


def picture(
    title: str, by: str, paragraph: str, parts: Sequence[tuple[str, Sequence[str]]], figure: bytes
) -> bytes:
    """Draw a brief as a picture.

    Parameters
    ----------
    title, by, paragraph
    parts : headings with their sentences; what is headed "Limits" stands in a box
    figure : a picture
    """
    above = [_block(title, 14.0, bold=True), _block(by, slanted=True), _block(paragraph, 9.5)]
    below = []
    for heading, sentences in parts:
        boxed = heading == "Limits"
        below.append(_block(heading, 11.0, bold=True, boxed=boxed, above=1.5 * GAP))
        below += [_block(f"• {one}", boxed=boxed) for one in sentences]
    shown = imread(io.BytesIO(figure))
    across = WIDE - 2.0 * MARGIN
    high = across * shown.shape[0] / shown.shape[1]
    whole = sum(one.high for one in (*above, *below)) + high + 2.0 * MARGIN + 2.0 * GAP
    page = Figure(figsize=(WIDE, whole))
    top = _write(page, above, whole - MARGIN, whole)
    place = (MARGIN / WIDE, (top - GAP - high) / whole, across / WIDE, high / whole)
    panel = page.add_axes(place)
    panel.imshow(shown, aspect="auto")
    panel.set_axis_off()
    _write(page, below, top - high - 2.0 * GAP, whole)
    return _saved(page)


def _block(text: str, size: float = 9.0, **how: Any) -> Block:
    letters = int((WIDE - 2.0 * MARGIN) * POINTS / (LETTER * size))
    return Block(tuple(wrap(_CONTROL.sub(" ", text), letters)), size, **how)


def _write(page: Figure, blocks: Sequence[Block], top: float, whole: float) -> float:
    """Write blocks under each other from a height in inches; return where they end."""
    framed: list[float] = []
    for one in blocks:
        page.text(
            MARGIN / WIDE,
            (top - one.above) / whole,
            "\n".join(one.lines),
            va="top",
            fontsize=one.size,
            fontweight="bold" if one.bold else "normal",
            fontstyle="italic" if one.slanted else "normal",
            linespacing=LEADING / 1.17,
            parse_math=False,
        )
        if one.boxed:
            framed += [top - 0.5 * one.above, top - one.high]
        top -= one.high
    if framed:
        lowest, across = min(framed), WIDE - 2.0 * MARGIN + 2.0 * GAP
        frame = Rectangle(
            ((MARGIN - GAP) / WIDE, lowest / whole), across / WIDE,
            (max(framed) - lowest) / whole, fill=False, lw=0.8, ec="0.3",
        )  # fmt: skip
        page.add_artist(frame)
    return top


def _saved(page: Figure) -> bytes:
    written = io.BytesIO()
    with warnings.catch_warnings():  # a letter that the font lacks is drawn as a box
        warnings.filterwarnings("ignore", message="Glyph")
        page.savefig(written, format="png", dpi=DOTS, metadata={"Software": None})
    return written.getvalue()
