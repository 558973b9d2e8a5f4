"""Two studies side by side, in print."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from contingent.report.numbers import NOTHING, percent, signed_points

if TYPE_CHECKING:
    from rich.console import Console

__all__ = ["print_comparison"]

MOST = 40
"""Numbers that differ, at most printed."""


def print_comparison(record: Mapping[str, Any], console: Console) -> None:
    """Print what differs and what it does to each claim."""
    from rich.table import Table

    console.print(f"A: {record['one']}\nB: {record['other']}", markup=False)
    _print_causes(record, console)
    table = Table(box=None, pad_edge=False, padding=(0, 1, 0, 0), header_style="bold")
    table.add_column("claim", ratio=1, overflow="fold")
    for heading in ("A", "B", "points", "95 %"):
        table.add_column(heading, justify="right", no_wrap=True)
    for claim in record["claims"]:
        if claim["one"] is None and claim["other"] is None:
            continue
        interval = NOTHING
        if claim["low"] is not None:
            interval = f"{signed_points(claim['low'])} to {signed_points(claim['high'])}"
        clear = claim["low"] is not None and claim["low"] * claim["high"] > 0.0
        table.add_row(
            f"{claim['id']}  {claim['says']}",
            percent(claim["one"]),
            percent(claim["other"]),
            signed_points(claim["difference"]),
            interval,
            style="" if clear else "dim",
        )
    console.print(table)
    for key, letter in (("only_one", "A"), ("only_other", "B")):
        if record[key]:
            console.print(f"Only in {letter}: {', '.join(record[key])}", markup=False)


def _print_causes(record: Mapping[str, Any], console: Console) -> None:
    rules, numbers = record["rules"], record["numbers"]
    for name, (one, other) in rules.items():
        console.print(f"  rule {name}: {one} in A, {other} in B", markup=False)
    for name, (one, other) in list(numbers.items())[:MOST]:
        shown = [NOTHING if side is None else side for side in (one, other)]
        console.print(f"  {name}: {shown[0]} in A, {shown[1]} in B", markup=False)
    if len(numbers) > MOST:
        console.print(f"  … and {len(numbers) - MOST} more numbers")
    if not rules and not numbers:
        console.print("  Same numbers and rules: only chance and the number of futures differ.")
