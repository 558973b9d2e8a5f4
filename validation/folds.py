"""Grouped folds: whole campaigns or theatre-years are held out, never single rows."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

Integers = NDArray[np.int64]


def by_digest(groups: Sequence[str], folds: int) -> Integers:
    """Fold of every row, from a digest of its group's name and nothing else."""
    numbers = [int(hashlib.sha256(group.encode()).hexdigest()[:8], 16) for group in groups]
    return np.array([number % folds for number in numbers], dtype=np.int64)


def leave_one_out(groups: Sequence[str]) -> Integers:
    """Fold of every row, one fold a group."""
    return np.unique(np.asarray(groups), return_inverse=True)[1].astype(np.int64)


def splits(fold: Integers) -> Iterator[tuple[Integers, Integers]]:
    """Row numbers of training and test of every fold."""
    for number in np.unique(fold):
        yield np.flatnonzero(fold != number), np.flatnonzero(fold == number)
