"""What moves a claim and what to look for next, for people."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from contingent.report.conditioning_tables import table

if TYPE_CHECKING:
    from rich.console import Console

__all__ = ["print_drivers", "print_watch"]

Record = Mapping[str, Any]


def print_drivers(record: Record, console: Console) -> None:
    """Print the unknowns that move a claim, the strongest first, and the rule."""
    console.print(_claim(record), markup=False, soft_wrap=True)
    shown = table("unknown", "index", "range", "lowest fifth", "highest fifth", "")
    for one in record["drivers"]:
        shown.add_row(
            one["name"], f"{one['strength']:.3f}", f"{one['low']:.3f}–{one['high']:.3f}",
            f"{100 * one['lowest']:.0f}", f"{100 * one['highest']:.0f}",
            "" if one["matters"] else "no more than noise",
        )  # fmt: skip
    console.print(shown)
    rule = record["rule"]["says"] if record["rule"] else "No rule stands out."
    console.print(rule, markup=False, soft_wrap=True)


def print_watch(record: Record, console: Console) -> None:
    """Print what to look for, the most telling first."""
    console.print(_claim(record), markup=False, soft_wrap=True)
    shown = table("look for", "on", "bits", "seen", "if seen", "if not")
    for one in record["watch"]:
        shown.add_row(
            one["says"], one["date"], f"{one['bits']:.3f}", f"{100 * one['seen']:.0f}",
            f"{100 * one['if_seen']:.0f}", f"{100 * one['if_not']:.0f}",
        )  # fmt: skip
    console.print(shown)


def _claim(record: Record) -> str:
    """The claim, how often it comes true, and in which worlds."""
    probability = record["probability"]
    share = "in no future its condition is met" if probability is None else (
        f"{100 * probability:.0f} of 100 in {record['futures']} futures"
    )  # fmt: skip
    after = "after the reports" if record["conditioned"] else "before any report"
    if record["worlds"]["study"] is not None:
        after = f"{after}, {record['worlds']['study']}"
    return f"{record['claim']}: {record['says']} ({share}, {after})"
