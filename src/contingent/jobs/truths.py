"""Columns of true and false that grow from the first future on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from contingent.claims.columns import Gathered, Question
from contingent.claims.verdict import Columns
from contingent.language import Observable
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
        within = [one for one in asked if days[one.key] == last]
        gathered = Gathered(within)
        gathered.read(_Once(paths.upto(last)))
        for one in within:
            columns = gathered.columns(one.key)
            assert columns is not None
            found[one.key] = columns
    return found


class _Once:
    """Futures of which each series is made once, however many questions read it."""

    def __init__(self, paths: RecordedPaths) -> None:
        self.futures, self.days, self.start = paths.futures, paths.days, paths.start
        self._paths = paths
        self._seen: dict[Observable, NDArray[Any]] = {}

    def signal(self, observable: Observable) -> NDArray[Any]:
        """Return one series, shape (future, day)."""
        if observable not in self._seen:
            self._seen[observable] = self._paths.signal(observable)
        return self._seen[observable]


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
