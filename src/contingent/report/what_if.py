"""Differences that levers make, in print."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from contingent.analysis.what_if import Difference, WhatIf
from contingent.report.numbers import NOTHING, percent, signed_points

if TYPE_CHECKING:
    from rich.console import Console

UNNAMED = "do"
"""Name of a what-if made of levers on the command line."""

__all__ = ["print_what_ifs", "what_if_record", "worlds_in_words"]


def worlds_in_words(worlds: Mapping[str, Any], name: str) -> str:
    """Say which worlds were used: those of the priors, or those that the reports leave."""
    if not worlds["conditioned"]:
        return f"Worlds of the priors: no report is believed (contingent condition {name})."
    stamp = f" HINDSIGHT: reports up to {worlds['fence']}." if worlds["hindsight"] else ""
    weights = (
        "Explanations keep their prior weights, since no odds were given."
        if worlds["weights"] == "prior"
        else "Explanations count by their weight after the reports."
    )
    number = worlds["reports"]
    reports = f"{number} report" if number == 1 else f"{number} reports"
    verb = "leaves" if number == 1 else "leave"
    return (
        f"Worlds that {reports} up to {worlds['fence']} {verb} ({worlds['study']}). "
        f"{weights}{stamp}"
    )


def what_if_record(
    asked: Iterable[WhatIf], found: Mapping[str, Sequence[Difference]]
) -> list[dict[str, Any]]:
    """Return what-ifs with their differences as plain data."""
    return [
        {
            "name": one.name,
            "says": one.says,
            "do": {name: str(written) for name, written in one.do.items()},
            "from": one.begins,
            "claims": [asdict(each) | {"clear": each.clear} for each in found[one.name]],
        }
        for one in asked
    ]


def print_what_ifs(record: Sequence[Mapping[str, Any]], console: Console) -> None:
    """Print the differences of each what-if, the largest clear one first."""
    from rich.table import Table

    for one in record:
        levers = ", ".join(f"{name} {written}" for name, written in one["do"].items())
        begins = f" from {one['from']}" if one["from"] else ""
        name = "" if one["name"] == UNNAMED else f"{one['name']}: "
        title = f"{one['says']}  " if one["says"] else ""
        console.print(f"{name}{title}do {levers}{begins}", style="bold", markup=False)
        table = Table(box=None, pad_edge=False, padding=(0, 1, 0, 0), header_style="bold")
        table.add_column("claim", ratio=1, overflow="fold")
        for heading in ("before", "after", "points", "95 %", "futures"):
            table.add_column(heading, justify="right", no_wrap=True)
        for claim in one["claims"]:
            table.add_row(*_cells(claim), style="" if claim["clear"] else "dim")
        console.print(table)
        clear = sum(claim["clear"] for claim in one["claims"])
        console.print(
            f"{clear} of {len(one['claims'])} claims differ clearly (their interval leaves out 0). "
            "Both branches share their random numbers.\n"
        )


def _cells(claim: Mapping[str, Any]) -> tuple[str, ...]:
    interval = NOTHING
    if claim["low"] is not None:
        interval = f"{signed_points(claim['low'])} to {signed_points(claim['high'])}"
    return (
        f"{claim['claim']}  {claim['says']}",
        percent(claim["before"]),
        percent(claim["after"]),
        signed_points(claim["difference"]),
        interval,
        f"{claim['futures']:,}",
    )
