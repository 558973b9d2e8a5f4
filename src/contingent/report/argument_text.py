"""The argument in print: each conclusion in its author's world and in ours, and what breaks it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from contingent.report.numbers import percent, signed_points

if TYPE_CHECKING:
    from rich.console import Console

__all__ = ["print_argument"]


def print_argument(record: Mapping[str, Any], console: Console) -> None:
    """Print every conclusion of an argument."""
    for one in record["conclusions"]:
        console.print(f"\n{one['claim']}", style="bold", markup=False)
        if one["premises"]:
            console.print(f"  stands on {', '.join(one['premises'])}", markup=False)
        if one["unmodelled_premises"]:
            left_out = ", ".join(one["unmodelled_premises"])
            console.print(f"  premises no future can show, left out: {left_out}", markup=False)
        if one["condition_met"] is not None:
            console.print(
                f"  looked at where its condition comes about: {one['condition_met']:,} futures",
                markup=False,
            )
        console.print(f"  in the author's world: {_share(one['authors_world'])}", markup=False)
        console.print(f"  in ours:               {_share(one['our_world'])}", markup=False)
        console.print(f"  its premises hold in   {_share(one['premises_hold'])}", markup=False)
        _print_breaks(one, console)
        for missing in one["missing"][:3]:
            console.print(
                f"  missing from the argument: {missing['actor']}, who gets there first in "
                f"{missing['futures']:,} of the futures in which it fails",
                markup=False,
            )
    if record["unmodelled"]:
        console.print(
            f"\nConclusions no mechanism speaks to: {', '.join(record['unmodelled'])}", markup=False
        )
    if not record["named"]:
        console.print("\nNo claim says whom its author names (names:), so nobody can be missing.")
    console.print(
        f"\nOut of {record['futures']:,} futures. A premise with a condition counts as true where "
        "it is not contradicted.",
        markup=False,
    )


def _print_breaks(one: Mapping[str, Any], console: Console) -> None:
    for point in one["break_points"]:
        if point["change"] is None:
            text = f"too few futures in which {point['premise']} alone falls"
        else:
            error = 100.0 * point["error"]
            text = (
                f"if {point['premise']} falls: {percent(point['fallen']['probability'])} % "
                f"({signed_points(point['change'])} ± {error:.1f} points)"
            )
        console.print(f"    {text}", markup=False)


def _share(estimate: Mapping[str, Any]) -> str:
    used, futures = estimate["futures_used"], estimate["futures"]
    if estimate["probability"] is None:
        return f"too few futures ({used:,} of {futures:,})"
    return f"{percent(estimate['probability'])} % of {used:,} futures"
