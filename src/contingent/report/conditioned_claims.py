"""Claims before and after the reports, averaged and by explanation, for people."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from contingent.report.conditioning_tables import table
from contingent.report.numbers import NOTHING, percent, percent_range
from contingent.report.tables import UNVALIDATED, companion_line, standing

if TYPE_CHECKING:
    from rich.console import Console

Record = Mapping[str, Any]

DISAGREE = "Runs disagree: replicates differ by too much for a verdict; play more particles."
__all__ = ["claim_notes", "print_claims"]


def print_claims(record: Record, console: Console) -> None:
    """Print prior → conditioned for every claim, on average and under each explanation."""
    rows = [row for row in record["claims"] if row["prior"] is not None]
    if not rows:
        return
    console.print("Claims, before → after the reports (per cent):", style="bold")
    shown = table("claim", "before", "range", "ESS", "", "after", "range", "ESS", "")
    for row in rows:
        before, after = row["prior"], row["conditioned"]
        remark = "runs disagree" if after.get("refused") else ""
        shown.add_row(row["id"], *_cells(before), "→", *_cells(after), remark)
    console.print(shown)
    if any(row["conditioned"].get("refused") for row in rows):
        console.print(DISAGREE, markup=False)
    for row in rows:
        for note in claim_notes(row):
            console.print(f"{row['id']}: {note}", markup=False)
    if any(row.get("decision_half") for row in rows):
        console.print(UNVALIDATED, markup=False)
    unanswered = [row["id"] for row in record["claims"] if row["prior"] is None]
    if unanswered:
        console.print(
            f"Not evaluated (nothing in a future answers them): {', '.join(unanswered)}.",
            markup=False,
        )
    console.print()
    _print_by_explanation(record, rows, console)


def _cells(chance: Record) -> tuple[str, str, str]:
    return (
        NOTHING if chance.get("refused") else percent(chance["probability"]),
        percent_range(chance["low"], chance["high"]),
        f"{chance['ess']:.0f}",
    )


def claim_notes(row: Record) -> list[str]:
    """Say what must stand beside a claim's numbers: why there is none, what was set, because."""
    found = []
    if row["status"] == "too_few":
        found.append(row["reason"])
    both = row["do_before_and_after"]
    if both is not None:
        found.append(f"do {row['do']['text']}: {_arrow(both)}")
    if row["companion"] is not None and row["companion"]["probability"] is not None:
        found.append(companion_line(row["companion"]))
    for answer in row["because"]:
        says = {
            "necessity": "undone where it held and the event came about, the event goes",
            "sufficiency": "brought in where the event did not come about, it comes",
        }[answer["asks"]]
        both = row["readings_before_and_after"][answer["reading"]]
        used = f"{answer['futures_used']} of {answer['futures']} worlds"
        found.append(f"because {answer['factor']}: {says}: {_arrow(both)} ({used})")
    found += standing(row)
    return found


def _arrow(both: Record) -> str:
    """Before → after with their intervals."""
    sides = []
    for key in ("prior", "conditioned"):
        chance = both[key]
        if chance["probability"] is None:
            sides.append("too few")
        else:
            interval = percent_range(chance["low"], chance["high"])
            sides.append(f"{percent(chance['probability'])} ({interval})")
    return " → ".join(sides)


def _print_by_explanation(record: Record, rows: list[Record], console: Console) -> None:
    names = [row["name"] for row in record["explanations"]]
    legend = ", ".join(f"{number} {name}" for number, name in enumerate(names, 1))
    console.print("Claims after the reports, by explanation (per cent):", style="bold")
    console.print(f"({legend})", markup=False)
    shown = table("claim", *(str(number) for number in range(1, len(names) + 1)))
    for row in rows:
        by_name = row["by_explanation"]
        cells = [
            percent(by_name[name]["conditioned"]["probability"]) if name in by_name else ""
            for name in names
        ]
        shown.add_row(row["id"], *cells)
    console.print(shown)
