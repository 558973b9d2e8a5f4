"""Truth of every claim in every future, gathered chunk by chunk.

A run of the ensemble is read as it comes: each chunk of futures is asked every reading of every
claim, and only columns of true and false are kept. What a reading needs of other runs (something
set, a structural variant) is read from columns of the same shape gathered there.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from contingent.claims.evaluate import Paths, evaluate
from contingent.claims.reading import ReadClaim, Wording
from contingent.claims.verdict import Columns
from contingent.language import Formula

__all__ = ["Gathered", "Question", "gather", "headline_questions", "question_key", "questions"]

Truth = NDArray[np.bool_]


@dataclass(frozen=True)
class Question:
    """One thing asked of every future.

    Attributes
    ----------
    key : claim and reading, such as ``fall/as-written``
    formula : what must come true
    given : condition on the futures that count
    since_day : day from which it is read
    """

    key: str
    formula: Formula
    given: Formula | None
    since_day: int


class Gathered:
    """Columns by question, of all futures read so far."""

    def __init__(self, asked: Iterable[Question]) -> None:
        self.asked = {question.key: question for question in asked}
        self._outcome: dict[str, list[Truth]] = {key: [] for key in self.asked}
        self._given: dict[str, list[Truth]] = {key: [] for key in self.asked}
        self.futures = 0

    def read(self, paths: Paths) -> None:
        """Ask every question of some more futures."""
        for key, question in self.asked.items():
            self._outcome[key].append(evaluate(question.formula, paths, question.since_day))
            if question.given is not None:
                self._given[key].append(evaluate(question.given, paths, question.since_day))
        self.futures += paths.futures

    def columns(self, key: str, kept: Truth | None = None) -> Columns | None:
        """Return the columns of a question, of some futures only; None if it was not asked."""
        if key not in self.asked:
            return None
        outcome, given = _joined(self._outcome[key]), self._given[key]
        condition = _joined(given) if given else None
        if kept is None:
            return Columns(outcome, condition)
        return Columns(outcome[kept], condition if condition is None else condition[kept])

    def table(self) -> dict[str, Truth]:
        """Return all columns under their keys, conditions under ``KEY?``."""
        found = {key: _joined(parts) for key, parts in self._outcome.items()}
        return found | {f"{key}?": _joined(parts) for key, parts in self._given.items() if parts}


def _joined(parts: list[Truth]) -> Truth:
    return np.concatenate(parts) if parts else np.zeros(0, dtype=bool)


def question_key(claim: ReadClaim, wording: Wording) -> str:
    """Return the key under which a reading is asked.

    What *because* asks of a future is whether its event comes about, which is not yet the answer:
    its key says so, and no claim is taken to be true where its event is.
    """
    key = f"{claim.id}/{wording.name}"
    return key if wording.factor is None else f"because {key}"


def _question(claim: ReadClaim, wording: Wording, since: Mapping[str, int]) -> Question:
    key = question_key(claim, wording)
    return Question(key, wording.formula, wording.given, since[claim.id])


def questions(claims: Iterable[ReadClaim], since: Mapping[str, int]) -> list[Question]:
    """Return every reading of every claim that the ordinary run answers.

    Parameters
    ----------
    claims : ReadClaim
    since : day from which each claim is read, by its name
    """
    return [
        _question(claim, wording, since)
        for claim in claims
        for wording in claim.wordings
        if not wording.do
    ]


def headline_questions(claims: Iterable[ReadClaim], since: Mapping[str, int]) -> list[Question]:
    """Return the headline reading of every claim that a single future answers.

    A claim headed by *because* is none: only futures set side by side answer it.
    """
    return [
        _question(claim, wording, since)
        for claim in claims
        for wording in claim.wordings[:1]
        if wording.factor is None
    ]


def gather(asked: Iterable[Question], runs: Iterable[Paths]) -> Gathered:
    """Read a whole run."""
    gathered = Gathered(asked)
    for paths in runs:
        gathered.read(paths)
    return gathered
