"""From the columns of all runs to the verdict on one claim."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from contingent.claims.columns import Question, question_key
from contingent.claims.companions import Companion, change_key
from contingent.claims.factors import because, factor_key
from contingent.claims.reading import Condition, ReadClaim, Wording
from contingent.claims.verdict import Columns, Estimate, Ruling, Verdict, estimate, judge

__all__ = ["Answers", "Because", "Shown", "asked_of_factors", "asked_under_change", "headed_by_do"]

PLAIN = ""
"""Key of the run of a structural variant in which nothing is set."""


@dataclass(frozen=True)
class Shown:
    """What the companion run of a reading showed, where the reading hangs on one.

    Attributes
    ----------
    do : what was set
    probability : how often what must be possible came about; None if it could not be set
    level : probability from which it counts as possible
    """

    do: str
    probability: float | None
    level: float

    @property
    def falls_short(self) -> bool:
        """Whether the reading fails for it."""
        return self.probability is not None and self.probability < self.level


@dataclass(frozen=True)
class Because:
    """The answer to one reading of *because*.

    Attributes
    ----------
    reading : its name
    factor : name of an explanation
    asks : necessity or sufficiency
    share : of the futures in which it can be asked
    """

    reading: str
    factor: str
    asks: str
    share: Estimate

    def record(self) -> dict[str, Any]:
        """Return it as plain values."""
        facts = {"reading": self.reading, "factor": self.factor, "asks": self.asks}
        return facts | self.share.to_json()


@dataclass(frozen=True)
class Answers:
    """What all runs say of the claims.

    Attributes
    ----------
    main : the main run
    under_change : runs with something set, by its key
    varied : for each structural variant its runs: `PLAIN`, and those with something set
    with_factor : runs under an explanation's assumptions, by its name
    """

    main: Companion
    under_change: Mapping[str, Companion]
    varied: tuple[Mapping[str, Companion], ...]
    with_factor: Mapping[str, Companion] = field(default_factory=dict)

    def verdict(
        self,
        claim: ReadClaim,
        ruling: Ruling,
        bases: Mapping[str, int],
        decisions: tuple[str, ...],
    ) -> Verdict:
        """Judge one claim."""
        first = claim.wordings[0] if claim.wordings else None
        headline = None if first is None else self._columns(claim, first)
        if first is None or headline is None:
            return judge(claim.statement, None, ruling=ruling)
        under_do = self._set(claim, first)
        if headed_by_do(claim) and under_do is not None:
            headline = self._plain(claim, first)
        readings = {one.name: self._reading(claim, one) for one in claim.wordings}
        known = {name: columns for name, columns in readings.items() if columns is not None}
        verdict = judge(
            claim.statement,
            headline.outcome if headline is not None else None,
            given=headline.given if headline is not None else None,
            do=under_do,
            variants=self._variants(claim, first),
            readings=known if len(known) > 1 else {},
            ruling=ruling,
            bases=bases,
            decision_half=decisions,
        )
        # A share of all futures means nothing where two runs are set side by side.
        return verdict if first.factor is None else replace(verdict, plain=None)

    def because(self, claim: ReadClaim) -> tuple[Because, ...]:
        """What the runs with and without a factor say, for each reading of *because*."""
        found = []
        for one in claim.wordings:
            columns = self._columns(claim, one) if one.factor is not None else None
            if one.factor is not None and columns is not None:
                share = estimate(columns.outcome, columns.given)
                found.append(Because(one.name, one.factor.name, one.factor.asks, share))
        return tuple(found)

    def shown(self, claim: ReadClaim) -> Shown | None:
        """What the companion run of the headline reading showed."""
        companion = claim.wordings[0].companion if claim.wordings else None
        if companion is None:
            return None
        text = ", ".join(f"{name} {written}" for name, written in companion.do.items())
        return Shown(text, self._reached(claim, claim.wordings[0], companion), companion.level)

    def _columns(self, claim: ReadClaim, wording: Wording) -> Columns | None:
        """Columns of a reading in the run it is read in; all false if its companion falls short."""
        if wording.factor is not None:
            run = self.with_factor.get(wording.factor.name)
            return None if run is None else _because(claim, wording, run, self.main)
        run = self.under_change.get(change_key(wording.do)) if wording.do else self.main
        columns = run.columns(question_key(claim, wording)) if run is not None else None
        if columns is None or wording.companion is None:
            return columns
        reached = self._reached(claim, wording, wording.companion)
        if reached is None or reached >= wording.companion.level:
            return columns
        return Columns(np.zeros_like(columns.outcome), columns.given)

    def _plain(self, claim: ReadClaim, wording: Wording) -> Columns | None:
        """The claim in the main run, where its headline comes from a run with something set."""
        columns = self.main.columns(question_key(claim, wording))
        return None if columns is None else Columns(columns.outcome)

    def _reading(self, claim: ReadClaim, wording: Wording) -> Columns | None:
        if claim.do and wording.given is None and not wording.do and wording.factor is None:
            outcome = self._set(claim, wording)
            return None if outcome is None else Columns(outcome)
        return self._columns(claim, wording)

    def _set(self, claim: ReadClaim, wording: Wording) -> NDArray[np.bool_] | None:
        """Where a claim comes true with what it supposes set."""
        set_here = claim.do and wording.factor is None
        run = self.under_change.get(change_key(claim.do)) if set_here else None
        columns = run.columns(question_key(claim, wording)) if run is not None else None
        return None if columns is None else columns.outcome

    def _reached(self, claim: ReadClaim, wording: Wording, companion: Condition) -> float | None:
        run = self.under_change.get(change_key(companion.do))
        columns = run.columns(f"{question_key(claim, wording)}/do") if run is not None else None
        return None if columns is None else estimate(columns.outcome).probability

    def _variants(self, claim: ReadClaim, wording: Wording) -> list[Columns]:
        """The headline under each variant; none where it hangs on a companion that falls short."""
        shown = self.shown(claim)
        if shown is not None and shown.falls_short:
            return []
        if wording.factor is not None:
            key = factor_key(wording.factor.name)
            pairs = [(runs[key], runs[PLAIN]) for runs in self.varied if key in runs]
            return [_because(claim, wording, run, plain) for run, plain in pairs]
        key = change_key(claim.do) if headed_by_do(claim) else PLAIN
        runs = [runs[key] for runs in self.varied if key in runs]
        columns = [run.columns(question_key(claim, wording)) for run in runs]
        return [one for one in columns if one is not None]


def _because(claim: ReadClaim, wording: Wording, run: Companion, plain: Companion) -> Columns:
    """Set a run with the factor beside one without it."""
    assert wording.factor is not None
    key = question_key(claim, wording)
    with_it, without = run.gathered.columns(key), plain.gathered.columns(key)
    assert with_it is not None and without is not None
    return because(wording.factor.asks, with_it, without, (run.kept, plain.kept))


def headed_by_do(claim: ReadClaim) -> bool:
    """Whether the number that heads a claim comes from the run with something set."""
    first = claim.wordings[0] if claim.wordings else None
    return bool(claim.do and first is not None and first.given is None and first.factor is None)


def headed_by_factor(claim: ReadClaim) -> bool:
    """Whether the number that heads a claim is the answer to *because*."""
    return bool(claim.wordings and claim.wordings[0].factor is not None)


def asked_of_factors(
    claims: Iterable[ReadClaim], since: Mapping[str, int]
) -> dict[str, list[Question]]:
    """What each run with a factor is asked, by the factor's name."""
    asked: dict[str, list[Question]] = {}
    for claim in claims:
        for one in claim.wordings:
            if one.factor is not None:
                question = Question(
                    question_key(claim, one), one.formula, one.given, since[claim.id]
                )
                asked.setdefault(one.factor.name, []).append(question)
    return asked


def asked_under_change(
    claims: Iterable[ReadClaim], since: Mapping[str, int]
) -> dict[str, list[Question]]:
    """What each run with something set is asked, by the key of the change."""
    asked: dict[str, list[Question]] = {}
    for claim in claims:
        day = since[claim.id]
        for wording in claim.wordings:
            key, formula = question_key(claim, wording), wording.formula
            if wording.do:
                question = Question(key, formula, wording.given, day)
                asked.setdefault(change_key(wording.do), []).append(question)
            elif claim.do and wording.factor is None:
                question = Question(key, formula, None, day)
                asked.setdefault(change_key(claim.do), []).append(question)
            if wording.companion is not None:
                question = Question(f"{key}/do", wording.companion.formula, None, day)
                asked.setdefault(change_key(wording.companion.do), []).append(question)
    return asked
