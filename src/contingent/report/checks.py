"""The list of expectations in print: shares, and the dates on which things first happen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from contingent.report.numbers import percent, percent_range
from contingent.scenario.checklist import BOUNDS

if TYPE_CHECKING:
    from rich.console import Console

__all__ = ["print_checks"]


def print_checks(checks: Sequence[Mapping[str, Any]], console: Console) -> None:
    """Print each expectation with its share and its dates."""
    from rich.table import Table

    if not checks:
        console.print("\nNo list of expectations stands beside this theatre (NAME.checks.yaml).")
        return
    console.print("\nChecks of the machine, not validation:")
    table = Table(box=None, pad_edge=False, padding=(0, 1, 0, 0), header_style="bold")
    table.add_column("expectation", ratio=1, overflow="fold")
    for heading in ("wanted", "%", "95 %", "of", "first day: 5, 50, 95 %", ""):
        table.add_column(heading, no_wrap=True)
    for check in checks:
        table.add_row(
            check["says"],
            check["expect"],
            percent(check["share"]),
            percent_range(check["low"], check["high"]),
            f"{check['futures']:,}",
            _days(check),
            {True: "ok", False: "OFF", None: "–"}[check["met"]],
        )
    console.print(table)
    met = sum(check["met"] is True for check in checks)
    words = ", ".join(
        f"{word} {100 * low:.0f}–{100 * high:.0f} %" for word, (low, high) in BOUNDS.items()
    )
    console.print(f"{met} of {len(checks)} as expected ({words}).")


def _days(check: Mapping[str, Any]) -> str:
    if not check["first"]:
        return ""
    dates = " ".join(f"{day:%d.%m.%y}" for day in check["first"])
    if not check["days"]:
        return dates
    return f"{dates}\nafter {', '.join(str(days) for days in check['days'])} days"
