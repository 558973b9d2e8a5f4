"""What each explanation says of the event, and what its factor had to do with it."""

from __future__ import annotations

from math import isfinite
from typing import TYPE_CHECKING

from contingent.report.conditioning_tables import (
    NOTHING,
    Record,
    interval,
    number,
    share,
    table,
    variants,
)
from contingent.report.numbers import percent, percent_range

if TYPE_CHECKING:
    from rich.console import Console

__all__ = ["print_causes"]


def print_causes(record: Record, console: Console) -> None:
    """Print traces, causes and whether the answers hang on the width of what was assumed."""
    if not record["causes"]:
        console.print("No report tells of a change that the explanations are about (--event).\n")
        return
    _print_traces(record, console)
    _print_factors(record, console)
    console.print("Do the answers hang on how wide the assumptions are?", style="bold")
    for row in record["widths"].values():
        console.print(f"{row['says']}.", markup=False)
    console.print()


def _print_traces(record: Record, console: Console) -> None:
    console.print(
        f"How likely is {record['event']}, and how well do its traces fit?", style="bold",
        markup=False,
    )  # fmt: skip
    found = table("explanation", "event %", "range", "log P(traces | event)", "error")
    for row in record["traces"]:
        known = isfinite(row["log_traces"])
        found.add_row(
            row["name"], percent(row["event"]), percent_range(row["low"], row["high"]),
            number(row["log_traces"]), f"± {row['error']:.2f}" if known else NOTHING,
        )  # fmt: skip
    console.print(found)
    console.print()


def _print_factors(record: Record, console: Console) -> None:
    console.print(f"What had each factor to do with {record['event']}?", style="bold", markup=False)
    found = table(
        "factor", "event", "still without it", "range", "variants", "brings it about", "range",
        "variants",
    )  # fmt: skip
    for row in record["causes"]:
        still, enough = row["still_without"], row["sufficiency"]
        found.add_row(
            " + ".join(row["factors"]), percent(row["event_before_reports"]),
            share(still["value"]), interval(still), variants(still),
            share(enough["value"]), interval(enough), variants(enough),
        )  # fmt: skip
    console.print(found)
    console.print(
        "event: chance under the factor's priors, before any report. still without it: worlds that "
        "the reports leave, the factor undone. variants: range over other structures of the model."
    )
    if not any(len(row["factors"]) > 1 for row in record["causes"]):
        console.print("Factors are looked at in pairs and under variants without --quick.")
    console.print()
