"""Tables of a conditioned theatre, for people: what can be told apart comes first."""

from __future__ import annotations

from math import exp, isfinite
from typing import TYPE_CHECKING

from contingent.report.conditioned_claims import print_claims
from contingent.report.conditioning_causes import print_causes
from contingent.report.conditioning_tables import (
    Record,
    number,
    share,
    table,
)
from contingent.report.numbers import percent, percent_range

if TYPE_CHECKING:
    from rich.console import Console

__all__ = ["other_grades", "print_conditioning", "warnings"]

LISTED = 6
"""Unsound leave-one-out answers that are named for each explanation."""


def print_conditioning(record: Record, console: Console) -> None:
    """Print everything a conditioned theatre has to say."""
    for warning in warnings(record):
        console.print(warning, markup=False)
    _print_separability(record, console)
    _print_explanations(record, console)
    _print_sets(record, console)
    for line in (*other_grades(record), *over_time(record)):
        console.print(line, markup=False)
    console.print()
    _print_evidence(record, console)
    _print_left_out(record, console)
    print_causes(record, console)
    print_claims(record, console)
    console.print("What can and what cannot be told apart:", style="bold")
    console.print(record["says"], markup=False)


def warnings(record: Record) -> list[str]:
    """What must be said before any number."""
    lines = []
    if record["hindsight"]:
        lines.append(f"HINDSIGHT: reports up to {record['fence']} were used, after the fence.")
    for one in record["refused_reports"]:
        where = f"{one['where']}: " if one["where"] else ""
        lines.append(f"not used: {where}{one['id']}: {one['reason']}")
    for one, other in record["never_together"]:
        lines.append(f"no path of the prior gives both {one} and {other}: they contradict")
    for row in record["expected"]:
        if not row["possible"]:
            lines.append(f"no path of the prior gives {row['id']}: only carelessness explains it")
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


def over_time(record: Record) -> list[str]:
    """The weights after the reports of each date; where runs differ too much, that."""
    lines = []
    for row in record["over_time"]:
        if row["weights"] is None:
            said = "the runs differ by more than a nat"
        else:
            ordered = sorted(row["weights"].items(), key=lambda one: -one[1]["value"])
            said = ", ".join(
                f"{name} {percent_range(one['low'], one['high'])}" for name, one in ordered
            )
        lines.append(f"After {row['date']} ({row['reports']} reports): {said}.")
    return lines


def _print_separability(record: Record, console: Console) -> None:
    console.print("Could reports like these tell the explanations apart?", style="bold")
    given = record["separability"].get("given_event", {"recovery": []})["recovery"]
    after = {row["name"]: row for row in given}
    found = table(
        "made up from", "first", "clearly", "undecided", "given event: first", "undecided"
    )
    for row in record["separability"]["all"]["recovery"]:
        other = after.get(row["name"], {})
        found.add_row(
            row["name"], share(row["first"]), share(row["clear"]), share(row.get("undecided")),
            share(other.get("first")), share(other.get("undecided")),
        )  # fmt: skip
    console.print(found)
    pairs: dict[str, None] = {}
    decided = 0
    for part in record["separability"].values():
        decided += sum(row["right"] is not None and isfinite(row["right"]) for row in part["pairs"])
        for row in part["pairs"]:
            if row["separable"]:
                pairs[f"{row['one']} / {row['other']} (by {row['telling']})"] = None
    console.print(
        f"Pairs that such reports separate: {', '.join(pairs) or 'none'} "
        f"({decided} could be tried).\n",
        markup=False,
    )


def _print_explanations(record: Record, console: Console) -> None:
    found = table("explanation", "prior", "after", "range", "log evidence", "spread", "roots", "")
    for row in record["explanations"]:
        found.add_row(
            row["name"], percent(row["prior"]), percent(row["posterior"]),
            percent_range(row["low"], row["high"]), number(row["log_evidence"]),
            number(row["log_evidence_sd"]), str(row["roots"]), row["judgement"],
        )  # fmt: skip
    console.print(found)
    unsettled = [
        f"{row['name']} {row['unsettled']}" for row in record["explanations"] if row["unsettled"]
    ]
    if unsettled:
        console.print(
            f"Unknowns on which the runs disagree too much for a verdict: {', '.join(unsettled)}.",
            markup=False,
        )


def _print_sets(record: Record, console: Console) -> None:
    """Weights within each exclusive set under other prior weights."""
    for one in record["sets"]:
        if one["refused"]:
            continue
        title = f"If exactly one of {one['name']} is true"
        if not one["declared"]:
            title = "If exactly one had to be believed (they may overlap)"
        console.print(f"{title}, by prior weight:", style="bold", markup=False)
        found = table("explanation", "author's", "range", "equal", "own halved", "own doubled")
        for row in one["weights"]:
            author = row["author"]
            found.add_row(
                row["name"], percent(author["value"]),
                percent_range(author["low"], author["high"]), percent(row["equal"]),
                percent(row["halved"]), percent(row["doubled"]),
            )  # fmt: skip
        console.print(found)


def _print_evidence(record: Record, console: Console) -> None:
    names = [row["name"] for row in record["explanations"]]
    console.print("Weight of each report, in bits against the mean explanation:", style="bold")
    legend = ", ".join(f"{number} {name}" for number, name in enumerate(names, 1))
    console.print(f"({legend})", markup=False)
    found = table("report", *(str(number) for number in range(1, len(names) + 1)))
    found.columns[0].no_wrap = True
    by_name = {row["id"]: row for row in record["evidence"]}
    for report in record["diagnosticity"]:
        row = by_name[report]
        bits = [row["bits"][name] for name in names]
        mean = sum(bits) / len(bits)
        found.add_row(report, *(f"{one - mean:+.1f}" for one in bits))
    console.print(found)
    told = [report for report in record["diagnosticity"]
            if by_name[report]["words"] != "not separated"]  # fmt: skip
    for report in told:
        console.print(f"{report}: {by_name[report]['words']}.", markup=False)
    if told:
        console.print(
            "Each is one report's weight, given those before it; no preference by itself."
        )
    console.print()


def _print_left_out(record: Record, console: Console) -> None:
    """What leaving reports out does, where it does something or cannot be told."""
    totals = {row["name"]: row["log_evidence"] for row in record["explanations"]}
    lines, unsound = [], []
    for name, rows in record["left_out"].items():
        bad = [row["report"] for row in rows if row["judgement"] == "refused"]
        if bad:
            more = f" and {len(bad) - LISTED} more" if len(bad) > LISTED else ""
            unsound.append(f"{name}: {', '.join(bad[:LISTED])}{more}")
        told = [row for row in rows if row["judgement"] != "refused"]
        if told:
            most = max(told, key=lambda row: abs(row["log_evidence"] - totals[name]))
            change = most["log_evidence"] - totals[name]
            how = "by a run of its own" if most["again"] else f"Pareto k {most['pareto_k']:.1f}"
            lines.append(
                f"{name}: most by {most['report']}, evidence times {exp(min(change, 20.0)):.1f} "
                f"without it ({how})"
            )
    console.print("Leaving one report out:", style="bold")
    for line in lines:
        console.print(line, markup=False)
    if unsound:
        console.print(
            "Too few worlds to tell without a run of its own (--rerun-left-out): "
            f"{'; '.join(unsound)}.",
            markup=False,
        )
    console.print()
