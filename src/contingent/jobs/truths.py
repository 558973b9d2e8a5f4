"""Columns of true and false that grow from the first future on."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from contingent.claims.columns import Gathered, Question
from contingent.claims.verdict import Columns
from contingent.simulate.paths import RecordedPaths

__all__ = ["Read", "Truths", "read"]

Read = dict[str, Columns]


def read(asked: Sequence[Question], paths: RecordedPaths) -> Read:
    """Ask some futures everything; columns by the key of the question."""
    gathered = Gathered(asked)
    gathered.read(paths)
    found = {question.key: gathered.columns(question.key) for question in asked}
    return {key: columns for key, columns in found.items() if columns is not None}


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
