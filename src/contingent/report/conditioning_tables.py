"""Cells of the tables of a conditioned theatre."""

from __future__ import annotations

from collections.abc import Mapping
from math import isfinite
from typing import TYPE_CHECKING, Any

from contingent.report.numbers import NOTHING, percent, percent_range

if TYPE_CHECKING:
    from rich.table import Table

__all__ = ["NOTHING", "Record", "interval", "number", "share", "table", "variants"]

Record = Mapping[str, Any]


def table(*headings: str) -> Table:
    """Return an empty table; the first column is text."""
    from rich.table import Table

    found = Table(box=None, pad_edge=False, padding=(0, 1, 0, 0), header_style="bold")
    for position, heading in enumerate(headings):
        found.add_column(heading, justify="left" if position == 0 else "right")
    return found


def share(value: float | None) -> str:
    """A share in whole percent, a dash where there is none."""
    return NOTHING if value is None or not isfinite(value) else percent(value)


def interval(found: Mapping[str, Any]) -> str:
    """The interval of a share, a dash where there is none."""
    if not isfinite(found["low"]):
        return NOTHING
    return percent_range(found["low"], found["high"])


def variants(found: Mapping[str, Any]) -> str:
    """The range of a share over structural variants, and how many of them have an answer."""
    if not found.get("variants") or not isfinite(found["variants_low"]):
        return NOTHING
    said = percent_range(found["variants_low"], found["variants_high"])
    answered, asked = found["variants_answered"], found["variants"]
    return said if answered == asked else f"{said} ({answered}/{asked})"


def number(value: float) -> str:
    """A number with two decimals, a dash where there is none."""
    return f"{value:.2f}" if isfinite(value) else NOTHING
