"""The verdict table: one row a claim, in the order of the article, readable at 100 columns.

Rows are made from the record of a run (what ``--json`` prints and the study keeps), so that a
terminal, a notebook and a figure show the same words.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from contingent.claims.untouched import DECISIONS
from contingent.report.numbers import NOTHING, percent, percent_range

if TYPE_CHECKING:
    from rich.console import Console

Record = Mapping[str, Any]
HEADINGS = ("claim", "kind", "%", "95 %", "variants", "hedge", "settled")
LEGEND = (
    "%: share of futures in which the claim comes true, its condition met. 95 %: sampling error. "
    "variants: range over other structures of the model. hedge: what the author's words imply. "
    "settled: by history, or by the coder's hand (h)."
)
UNCONDITIONED = "These shares are unconditioned: no report has been weighed."
DECISION_HALF = tuple(one.name for one in DECISIONS)
UNVALIDATED = (
    f"Decision half unvalidated: no data touch {', '.join(DECISION_HALF)} (docs/claims.md)."
)
OUTSIDE = (
    "Outside view: how often attacked places fell in documented operations and, by two rules, in "
    "a table of events (outside_view.csv names both); 90 % intervals, not to be added up."
)
STATUS = {"unmodelled": "not modelled", "not_truth_apt": "not truth-apt", "too_few": "too few"}


@dataclass(frozen=True)
class Row:
    """One claim as it is printed.

    Attributes
    ----------
    id, says : the claim's name and paraphrase
    cells : one text for each of `HEADINGS` after the first
    notes : what must be said beside the numbers
    """

    id: str
    says: str
    cells: tuple[str, ...]
    notes: tuple[str, ...]


def rows(record: Record) -> list[Row]:
    """Return the rows of the verdict table."""
    return [row(claim) for claim in record["claims"]]


def row(claim: Record) -> Row:
    """Return the row of one claim."""
    cells = (
        claim["kind"],
        percent(claim["probability"]),
        percent_range(claim["low"], claim["high"]),
        percent_range(claim["variants_low"], claim["variants_high"]),
        percent_range(claim["hedge_low"], claim["hedge_high"]),
        settled_word(claim),
    )
    return Row(claim["id"], claim["says"], cells, tuple(notes(claim)))


def settled_word(claim: Record) -> str:
    """How a claim was settled, in one word; (h) marks a verdict by hand."""
    settled = claim["settled"]
    if isinstance(settled, bool):
        word = "true" if settled else "false"
    elif claim["hand"] and claim["hand"]["verdict"] == "mixed":
        word = "mixed"
    else:
        word = settled or ("void" if claim["void"] else NOTHING)
    return f"{word} (h)" if claim["settled_by"] == "hand" and word != "open" else word


def notes(claim: Record) -> list[str]:
    """Say what must stand beside the numbers of a claim."""
    found = []
    if claim["status"] in ("unmodelled", "not_truth_apt"):
        found.append(f"{STATUS[claim['status']]}: {claim['reason']}")
    if claim["status"] == "too_few":
        found.append(f"too few: {_too_few(claim)}")
    found += _antecedents(claim)
    shares = [share for share in claim["readings"].values() if share is not None]
    found += [_because(one) for one in claim.get("because", ())]
    if len(claim["readings"]) > 1 and shares:
        each = ", ".join(f"{name} {percent(share)}" for name, share in claim["readings"].items())
        found.append(f"readings: {each}")
    if claim["companion"] is not None:
        found.append(companion_line(claim["companion"]))
    if claim["distance"] == "proxy" and claim["status"] in ("evaluated", "too_few"):
        found.append("proxy: the predicate stands in for the sentence")
    found += standing(claim)
    if claim["disagreement"]:
        hand = claim["hand"]["verdict"]
        found.append(f"the coder says {hand}: {claim['disagreement']}")
    return found


def standing(claim: Record) -> list[str]:
    """Say what cases like a claim's came to, and which of its grounds no data have tested."""
    found = []
    if claim.get("outside_view"):
        found.append(outside_line(claim["outside_view"]))
    if claim.get("decision_half"):
        found.append(f"decision half unvalidated: {_decisions(claim['decision_half'])}")
    return found


def _decisions(names: Sequence[str]) -> str:
    """Name decisions shortly enough for a line; what all of them are stands under the table."""
    missing = [name for name in DECISION_HALF if name not in names]
    if not missing:
        return "all of it"
    return f"all but {missing[0]}" if len(missing) == 1 else ", ".join(names)


def outside_line(view: Record) -> str:
    """Say how often attacked places fell, source by source."""
    kind = view["attacker_class"]
    attackers = "attackers of all kinds" if kind == "any" else f"attackers of the kind {kind}"
    horizons = [one["horizon"] for one in view["rates"]]
    same = len(set(horizons)) == 1
    rates = "; ".join(
        f"{one['k']:,} of {one['n']:,} {one['source'].split(' in ')[0]}"
        + ("" if same else f" within {one['horizon']} days")
        + f", {percent_range(one['low'], one['high'])} %"
        for one in view["rates"]
    )
    within = f" within {horizons[0]} days" if same else ""
    once = " once attacked" if view["attack"] == "not given" else ""
    return f"outside view, {view['place']} falls{once}{within} ({attackers}): {rates}"


def _because(answer: Record) -> str:
    """Say what becomes of the event when a factor is undone, or brought in."""
    asked = (
        f"because {answer['factor']}: undone where it held and the event came about, the event goes"
        if answer["asks"] == "necessity"
        else f"because {answer['factor']}: brought in where the event did not come about, it comes"
    )
    if answer["probability"] is None:
        return f"{asked} – too few futures ({answer['futures_used']:,} of {answer['futures']:,})"
    interval = percent_range(answer["low"], answer["high"])
    return (
        f"{asked} in {percent(answer['probability'])} % of {answer['futures_used']:,} "
        f"({answer['asks']}, 95 %: {interval})"
    )


def companion_line(companion: Record) -> str:
    """Say what the run showed on which the reading hangs besides."""
    if companion["probability"] is None:
        return f"do {companion['do']}: cannot be set, so that half of the reading is left out"
    return (
        f"do {companion['do']}: it comes about in {percent(companion['probability'])} % "
        f"({percent(companion['level'])} % wanted)"
    )


def _too_few(claim: Record) -> str:
    given = claim["given"] or claim["plain"] or {}
    condition = "its condition comes about" if claim["given"] else "it can be read"
    return f"{condition} in {given.get('futures_used', 0):,} of {given.get('futures', 0):,} futures"


def _antecedents(claim: Record) -> list[str]:
    """Say what was conditioned on and what was set, side by side."""
    found = []
    given = claim["given"]
    stated = given is not None and (given["text"] or not claim.get("because"))
    if stated and claim["status"] == "evaluated":
        found.append(
            f"given {claim['given']['text'] or 'its condition'}: {_counted(claim['given'])}"
        )
    if claim["do"] is not None:
        found.append(f"do {claim['do']['text']}: {_counted(claim['do'])}")
    if found and claim["plain"] is not None:
        found.append(f"in all futures: {_counted(claim['plain'])}")
    return found


def _counted(estimate: Record) -> str:
    if estimate["probability"] is None:
        return f"too few ({estimate['futures_used']:,} of {estimate['futures']:,})"
    return f"{percent(estimate['probability'])} % of {estimate['futures_used']:,}"


def footer(record: Record) -> list[str]:
    """Return what must be said under the table."""
    known = record["given_known"]
    lines = [LEGEND]
    if known is None:
        lines.append(UNCONDITIONED)
    else:
        lines.append(
            f"Of {known['futures']:,} futures, {known['left']:,} agree with "
            f"{', '.join(known['reports']) or 'what is known'} and are counted; nothing is weighed."
        )
    if any(claim["decision_half_unvalidated"] for claim in record["claims"]):
        lines.append(UNVALIDATED)
    if any(claim.get("outside_view") for claim in record["claims"]):
        lines.append(OUTSIDE)
    bases = ", ".join(f"{number:,} {basis}" for basis, number in record["bases"].items())
    lines.append(
        f"Numbers the verdicts rest on: {bases}. Nothing that rests on tuned is validated."
    )
    for levers, reason in record.get("unset", {}).items():
        lines.append(f"Could not be set: {levers}: {reason}")
    counts = ", ".join(
        f"{number} {STATUS.get(status, status)}"
        for status, number in record["counts"].items()
        if number
    )
    lines.append(f"{len(record['claims'])} claims: {counts}.")
    return lines


def print_verdicts(record: Record, console: Console) -> None:
    """Print the verdict table and what must be said under it."""
    from rich.console import Group
    from rich.padding import Padding
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, pad_edge=False, padding=(0, 1, 0, 0), header_style="bold")
    table.add_column(HEADINGS[0], ratio=1, overflow="fold")
    for heading in HEADINGS[1:]:
        side = "left" if heading in ("kind", "settled") else "right"
        table.add_column(heading, justify=side, no_wrap=True)  # type: ignore[arg-type]
    for one in rows(record):
        lines = [Padding(Text(note, style="dim"), (0, 0, 0, 4)) for note in one.notes]
        says = Text.assemble((one.id, "bold"), "  ", one.says)
        table.add_row(Group(says, *lines), *one.cells)
    console.print(table)
    console.print()
    for line in footer(record):
        console.print(line, markup=False)
