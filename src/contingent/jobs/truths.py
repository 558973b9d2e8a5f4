"""Columns of true and false that grow from the first future on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

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
    """What was read so far, of each question in futures from 0 on."""

    def __init__(self) -> None:
        self._parts: dict[str, list[Columns]] = {}
        self._futures: dict[str, int] = {}

    def futures(self, keys: Iterable[str]) -> int:
        """Return in how many futures all of these questions are answered."""
        return min((self._futures.get(key, 0) for key in keys), default=0)

    def extend(self, part: Read, span: range) -> None:
        """Add the columns of some futures, as far as they follow on what is known."""
        for key, columns in part.items():
            known = self._futures.get(key, 0)
            if span.start <= known < span.stop:
                self._parts.setdefault(key, []).append(_rows(columns, known - span.start, None))
                self._futures[key] = span.stop

    def first(self, key: str, futures: int) -> Columns:
        """Return the columns of a question in the first futures."""
        parts = self._parts[key]
        if len(parts) > 1:
            given = [part.given for part in parts if part.given is not None]
            outcome = np.concatenate([part.outcome for part in parts])
            self._parts[key] = parts = [Columns(outcome, np.concatenate(given) if given else None)]
        return _rows(parts[0], 0, futures)


def _rows(columns: Columns, first: int, until: int | None) -> Columns:
    given = columns.given
    return Columns(columns.outcome[first:until], None if given is None else given[first:until])
