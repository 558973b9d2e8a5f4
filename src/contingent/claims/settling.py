"""How claims were settled: by history through their predicates, and by hand.

The predicate's answer counts where it has one. Where it leaves a claim open, the verdict by hand
stands in and is marked as such; where the two differ both are shown, with the reason.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal

from contingent.claims.evaluate import settle
from contingent.claims.history import RecordedHistory, read_fact
from contingent.claims.reading import ReadClaim
from contingent.claims.scores import disagreements
from contingent.claims.verdict import Ruling, Settled, Verdict, rule
from contingent.language import Vocabulary
from contingent.scenario.types import Theatre

__all__ = ["Settling", "history_of", "ruling_of", "settling_of"]

COULD = "it did not happen, which does not show that it could not"
OTHERWISE = "history cannot show what would have happened otherwise"
UNSET = "void: what it supposes set was not set"


@dataclass(frozen=True)
class Settling:
    """How one claim was settled.

    Attributes
    ----------
    settled : true, false, "open", or None where there is nothing to settle
    by : "history", "hand", or None where neither has an answer
    hand : verdict by hand, as coded: true, false, mixed, unsettled; empty if there is none
    hand_by, hand_source, hand_confidence : who coded it, on what, how surely
    disagreement : reason why predicate and hand differ; empty if they do not
    """

    settled: Settled
    by: Literal["history", "hand"] | None
    hand: str = ""
    hand_by: str = ""
    hand_on: date | None = None
    hand_source: str = ""
    hand_confidence: str = ""
    disagreement: str = ""


def history_of(theatre: Theatre, vocabulary: Vocabulary) -> RecordedHistory:
    """What really happened, as far as the theatre's file knows it."""
    facts = [
        read_fact(
            fact.fact,
            vocabulary,
            on=fact.on,
            to=None if fact.until is None else min(fact.until, vocabulary.end),
            source=fact.source or "",
        )
        for fact in theatre.history.facts
        if vocabulary.start <= fact.on <= vocabulary.end
    ]
    complete = {name: min(until, vocabulary.end) for name, until in
                theatre.history.complete_until.items()}  # fmt: skip
    return RecordedHistory(vocabulary, facts, complete)


def ruling_of(claim: ReadClaim, history: RecordedHistory, since_day: int) -> Ruling:
    """What history makes of a claim's headline reading."""
    if not claim.wordings:
        return Ruling()
    wording = claim.wordings[0]
    last = history.days - 1
    came = settle(wording.formula, history, since_day, last)
    if wording.factor is not None:
        return _ruling_of_because(came)
    if (claim.do or wording.do) and wording.given is None:
        return Ruling(None, void=True, reason=UNSET)
    if wording.level is not None and came is False:
        return Ruling("open", reason=COULD)
    if wording.companion is not None and came is True:
        return Ruling("open", reason=OTHERWISE)
    if wording.given is None:
        return rule(came)
    return rule(came, given=settle(wording.given, history, since_day, last))


def _ruling_of_because(came: bool | None) -> Ruling:
    """History shows whether the event came about, never what would have been without a factor."""
    if came is False:
        return Ruling(None, void=True, reason="void: its event did not come about")
    return Ruling("open", reason=OTHERWISE)


def settling_of(claim: ReadClaim, verdict: Verdict) -> Settling:
    """Put the predicate's answer and the verdict by hand side by side."""
    by_hand = claim.claim.settled
    if by_hand is None:
        known = verdict.settled in (True, False)
        return Settling(verdict.settled, "history" if known else None)
    coded: dict[str, Settled] = {"true": True, "false": False}
    settled, by = verdict.settled, "history"
    if settled not in (True, False):
        settled, by = coded.get(by_hand.verdict, "open"), "hand"
    return Settling(
        settled,
        "hand" if by == "hand" else "history",
        by_hand.verdict,
        by_hand.by or "",
        by_hand.on,
        by_hand.source or "",
        by_hand.confidence or "",
        _disagreement(verdict, by_hand.verdict),
    )


def _disagreement(verdict: Verdict, coded: str) -> str:
    found = disagreements([verdict], {verdict.id: coded})
    return found[0].reason if found else ""


def named_by(claims: Iterable[ReadClaim]) -> frozenset[str]:
    """Actors and options that the author names anywhere in the argument."""
    return frozenset(name for claim in claims for name in claim.claim.names)
