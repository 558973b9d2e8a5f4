"""Columns of true and false that grow from the first future on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from contingent.claims.columns import Question
from contingent.claims.evaluate import Evaluation
from contingent.claims.verdict import Columns
from contingent.simulate.paths import RecordedPaths

__all__ = ["Read", "Truths", "read"]

Read = dict[str, Columns]


def read(asked: Sequence[Question], paths: RecordedPaths, days: Mapping[str, int]) -> Read:
    """Ask some futures everything.

    Parameters
    ----------
    asked : the questions
    paths : the futures
    days : to the key of a question, the days that it looks at from day 0 on; more are left out

    Returns
    -------
    dict
        Columns by the key of the question.
    """
    found: Read = {}
    for last in sorted({days[one.key] for one in asked}):
        evaluation = Evaluation(paths.upto(last))
        for one in asked:
            if days[one.key] == last:
                outcome = evaluation.claim(one.formula, one.since_day)
                found[one.key] = Columns(outcome)
                if one.given is not None:
                    given = evaluation.claim(one.given, one.since_day)
                    found[one.key] = Columns(outcome, given)
    return found


class Truths:
    """What was read so far, of futures 0 to `futures` - 1."""

    def __init__(self) -> None:
        self.futures = 0
        self._parts: dict[str, list[Columns]] = {}

    def extend(self, part: Read, futures: int) -> None:
        """Add the columns of the next futures."""
        for key, columns in part.items():
            self._parts.setdefault(key, []).append(columns)
        self.futures += futures

    def first(self, key: str, futures: int) -> Columns:
        """Return the columns of a question in the first futures."""
        parts = self._parts[key]
        if len(parts) > 1:
            given = [part.given for part in parts if part.given is not None]
            outcome = np.concatenate([part.outcome for part in parts])
            self._parts[key] = parts = [Columns(outcome, np.concatenate(given) if given else None)]
        whole = parts[0]
        return Columns(
            whole.outcome[:futures], None if whole.given is None else whole.given[:futures]
        )

    def upto(self, futures: int) -> Truths:
        """Return what was read of the first futures, fewer if there are fewer; it grows no more."""
        found = Truths()
        count = min(futures, self.futures)
        found.extend({key: self.first(key, count) for key in self._parts}, count)
        return found
