"""The claims as the page lists them: the kept verdict with what a reader needs beside it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from contingent.compile.called import called_in
from contingent.language import Vocabulary
from contingent.report.view.conditions import in_words
from contingent.report.view.sentences import is_surprising, sentence
from contingent.scenario.types import Scenario

__all__ = ["claim_rows"]


def claim_rows(
    record: Mapping[str, Any],
    scenario: Scenario,
    anchors: Mapping[str, dict[str, Any]],
    assumptions: Mapping[str, list[dict[str, Any]]],
    conditioned: Mapping[str, dict[str, Any]],
    words: Vocabulary,
) -> list[dict[str, Any]]:
    """Return one row a claim, in the order of the article.

    Parameters
    ----------
    record : verdicts kept in the study
    scenario
    anchors : claim to its sentence in the article that was given
    assumptions : claim to the numbers it rests on most
    conditioned : claim to its share after the reports
    words : names that conditions may use
    """
    argument = scenario.argument
    written = {} if argument is None else argument.claims
    rows = []
    for order, claim in enumerate(record["claims"]):
        name = claim["id"]
        at = written[name].at if name in written else None
        anchor = None if at is None else {"paragraph": at.paragraph, "sentence": at.sentence}
        rows.append(
            {
                **claim,
                "given": _given(claim["given"], scenario, words),
                "order": order,
                "anchor": anchors.get(name, anchor),
                "sentence": sentence(claim, record["futures"], conditioned.get(name)),
                "surprising": is_surprising(claim, conditioned.get(name)),
                "settled_fact": _settled(claim),
                "conditioned": conditioned.get(name),
                "assumptions": assumptions.get(name, []),
            }
        )
    return rows


def _given(
    given: Mapping[str, Any] | None, scenario: Scenario, words: Vocabulary
) -> dict[str, Any] | None:
    """Return a claim's condition with its words, where there are any."""
    if given is None:
        return None
    return {**given, "says": in_words(given["text"], words, called_in(scenario.theatre))}


def _settled(claim: Mapping[str, Any]) -> dict[str, Any] | None:
    """Return what history says, and who coded it; None where it says nothing."""
    hand = claim.get("hand")
    if claim["settled"] not in (True, False) and hand is None:
        return None
    settled = claim["settled"]
    if isinstance(settled, bool):
        verdict = "true" if settled else "false"
    else:
        verdict = hand["verdict"] if hand else "open"
    by_facts = claim["settled_by"] == "history"
    return {
        "verdict": verdict,
        "by": "recorded facts" if by_facts else (hand or {}).get("by"),
        "on": (hand or {}).get("on"),
        "source": (hand or {}).get("source"),
        "confidence": (hand or {}).get("confidence"),
        "hand": hand,
    }
