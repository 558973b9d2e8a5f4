"""Claims looked at as words: templates that fit them, and their sentences in an article."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from contingent.claims.anchors import check
from contingent.claims.hedges import hedge
from contingent.claims.suggestions import suggest
from contingent.scenario.types import Scenario
from contingent.scenario.types_argument import Claim

if TYPE_CHECKING:
    from rich.console import Console

__all__ = ["anchors", "print_words", "suggestions"]

UNCHANGED = ("found", "moved", "undigested")


def suggestions(scenario: Scenario) -> dict[str, Any]:
    """Return, for each claim, the templates that its words call for and what its hedge implies."""
    claims = {} if scenario.argument is None else scenario.argument.claims
    return {
        "scenario": scenario.name,
        "claims": [_suggested(name, claim) for name, claim in claims.items()],
    }


def _suggested(name: str, claim: Claim) -> dict[str, Any]:
    found = suggest(f"{claim.hedge or ''} {claim.says}")
    implied = hedge(claim.hedge or "") if claim.hedge else None
    return {
        "id": name,
        "says": claim.says,
        "written": _written(claim),
        "templates": [
            {"template": one.template, "words": one.words, "form": one.form} for one in found
        ],
        "hedge": claim.hedge,
        "hedge_range": None if implied is None else [implied.low, implied.high],
        "lexicon": None if implied is None else implied.lexicon,
    }


def _written(claim: Claim) -> str:
    """How the claim says itself now."""
    if claim.form is not None:
        return f"form {next(iter(claim.form))}"
    if claim.holds is not None:
        return "holds"
    return "readings" if claim.readings else "nothing"


def anchors(scenario: Scenario, article: str) -> dict[str, Any]:
    """Return what has become of each claim's sentence in a text."""
    claims = {} if scenario.argument is None else scenario.argument.claims
    found = check(article, {name: claim.at for name, claim in claims.items()})
    counts = Counter(one.status for one in found)
    return {
        "scenario": scenario.name,
        "claims": [
            {
                "id": one.claim,
                "status": one.status,
                "paragraph": one.sentence.paragraph if one.sentence else None,
                "sentence": one.sentence.number if one.sentence else None,
                "report": one.report,
            }
            for one in found
        ],
        "counts": dict(counts),
        "unanchored": [name for name, claim in claims.items() if claim.at is None],
        "changed": sum(number for status, number in counts.items() if status not in UNCHANGED),
    }


def print_words(record: Mapping[str, Any], console: Console) -> None:
    """Print suggestions or anchors, claim by claim."""
    if "changed" in record:
        _print_anchors(record, console)
        return
    for claim in record["claims"]:
        console.print(f"{claim['id']}  {claim['says']}", style="bold", markup=False)
        console.print(f"    says itself by: {claim['written']}", markup=False)
        for one in claim["templates"]:
            console.print(f"    {one['words']!r} calls for  {one['form']}", markup=False)
        if claim["hedge_range"]:
            low, high = claim["hedge_range"]
            console.print(
                f"    {claim['hedge']!r} is worth {low:.0%} to {high:.0%} by {claim['lexicon']}",
                markup=False,
            )


def _print_anchors(record: Mapping[str, Any], console: Console) -> None:
    for claim in record["claims"]:
        style = "" if claim["status"] == "found" else "bold"
        console.print(claim["report"], style=style, markup=False)
    counts = ", ".join(f"{number} {status}" for status, number in record["counts"].items())
    console.print(f"\n{len(record['claims'])} claims with an anchor: {counts or 'none'}.")
    if record["unanchored"]:
        console.print(f"Without one: {', '.join(record['unanchored'])}.", markup=False)
