"""Tables of a conditioned theatre, for people: what can be told apart comes first."""

from __future__ import annotations

from collections.abc import Mapping
from math import isfinite
from typing import TYPE_CHECKING, Any

from contingent.report.numbers import percent, percent_range

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

Record = Mapping[str, Any]
NOTHING = "–"


def print_conditioning(record: Record, console: Console) -> None:
    """Print everything a conditioned theatre has to say."""
    for warning in warnings(record):
        console.print(warning, markup=False)
    _print_separability(record, console)
    _print_explanations(record, console)
    for line in other_grades(record):
        console.print(line, markup=False)
    console.print(record["says"], markup=False, style="bold")
    console.print()
    _print_evidence(record, console)
    _print_causes(record, console)
    _print_claims(record, console)


def warnings(record: Record) -> list[str]:
    """What must be said before any number."""
    lines = []
    if record["hindsight"]:
        lines.append(f"HINDSIGHT: reports up to {record['fence']} were used, after the fence.")
    for one in record["refused_reports"]:
        where = f"{one['where']}: " if one["where"] else ""
        lines.append(f"not used: {where}{one['id']}: {one['reason']}")
    for one, other in record["never_together"]:
        lines.append(f"no path of the prior gives both {one} and {other}")
    for row in record["expected"]:
        if not row["possible"]:
            lines.append(f"no path of the prior gives {row['id']}")
    for one, other in record["same"]:
        lines.append(f"{one} and {other} are the same model: nothing can tell them apart")
    return lines


def other_grades(record: Record) -> list[str]:
    """How the weights stand if every source is trusted more, or less."""
    if any(row["posterior"] is None for row in record["explanations"]):
        return []
    lines = []
    for reading, rows in record["grades"].items():
        said = ", ".join(f"{name} {percent(row['posterior'])}" for name, row in rows.items())
        unsound = [name for name, row in rows.items() if not row["sound"]]
        note = f"; run again with --grades {reading} for {', '.join(unsound)}" if unsound else ""
        lines.append(f"Grades read as {reading}: {said}{note}.")
    return lines


def _table(*headings: str) -> Table:
    from rich.table import Table

    table = Table(box=None, pad_edge=False, padding=(0, 1, 0, 0), header_style="bold")
    for position, heading in enumerate(headings):
        table.add_column(heading, justify="left" if position == 0 else "right")
    return table


def _print_separability(record: Record, console: Console) -> None:
    console.print("Could reports like these tell the explanations apart?", style="bold")
    table = _table("made up from", "comes out first", "clearly", "… given the event", "undecided")
    given = record["separability"].get("given_event", {"recovery": []})["recovery"]
    after = {row["name"]: row for row in given}
    for row in record["separability"]["all"]["recovery"]:
        other = after.get(row["name"])
        table.add_row(
            row["name"], percent(row["first"]), percent(row["clear"]),
            _share(other["first"]) if other else NOTHING,
            _share(other["undecided"]) if other else NOTHING,
        )  # fmt: skip
    console.print(table)
    rows = [r for part in record["separability"].values() for r in part["pairs"] if r["separable"]]
    told = {f"{row['one']} / {row['other']} (by {row['telling']})": None for row in rows}
    console.print(f"Pairs that such reports separate: {', '.join(told) or 'none'}.\n", markup=False)


def _print_explanations(record: Record, console: Console) -> None:
    table = _table("explanation", "prior", "after", "range", "log evidence", "spread", "roots", "")
    for row in record["explanations"]:
        table.add_row(
            row["name"], percent(row["prior"]), percent(row["posterior"]),
            percent_range(row["low"], row["high"]), _number(row["log_evidence"]),
            _number(row["log_evidence_sd"]), str(row["roots"]), row["judgement"],
        )  # fmt: skip
    console.print(table)


def _print_evidence(record: Record, console: Console) -> None:
    names = [row["name"] for row in record["explanations"]]
    console.print("Weight of each report, in bits against the mean explanation:", style="bold")
    legend = ", ".join(f"{number} {name}" for number, name in enumerate(names, 1))
    console.print(f"({legend})", markup=False)
    table = _table("report", *(str(number) for number in range(1, len(names) + 1)))
    table.columns[0].no_wrap = True
    by_name = {row["id"]: row for row in record["evidence"]}
    for report in record["diagnosticity"]:
        row = by_name[report]
        bits = [row["bits"][name] for name in names]
        mean = sum(bits) / len(bits)
        table.add_row(report, *(f"{one - mean:+.1f}" for one in bits))
    console.print(table)
    console.print()


def _print_causes(record: Record, console: Console) -> None:
    if not record["causes"]:
        console.print("No report tells of a change that the explanations are about (--event).\n")
        return
    console.print(f"What had each factor to do with {record['event']}?", style="bold")
    table = _table("factor", "event", "still without it", "range", "brings it about", "range")
    for row in record["causes"]:
        still, enough = row["still_without"], row["sufficiency"]
        table.add_row(
            " + ".join(row["factors"]), percent(row["event_before_reports"]),
            _share(still["value"]) if still else NOTHING,
            _range(still) if still else NOTHING, _share(enough["value"]), _range(enough),
        )  # fmt: skip
    console.print(table)
    console.print()


def _print_claims(record: Record, console: Console) -> None:
    rows = [row for row in record["claims"] if row["prior"] is not None]
    if not rows:
        return
    console.print("Claims, before and after the reports (per cent):", style="bold")
    table = _table("claim", "before", "range", "after", "range", "futures")
    for row in rows:
        before, after = row["prior"], row["conditioned"]
        table.add_row(
            row["id"], percent(before["probability"]),
            percent_range(before["low"], before["high"]), percent(after["probability"]),
            percent_range(after["low"], after["high"]), f"{after['effective']:.0f}",
        )  # fmt: skip
    console.print(table)


def _share(value: float | None) -> str:
    return NOTHING if value is None or not isfinite(value) else percent(value)


def _range(share: Mapping[str, float]) -> str:
    if not isfinite(share["low"]):
        return NOTHING
    return percent_range(share["low"], share["high"])


def _number(value: float) -> str:
    return f"{value:.2f}" if isfinite(value) else NOTHING
