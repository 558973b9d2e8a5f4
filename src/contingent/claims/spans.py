"""Temporal operators as array operations: counts and next days by running sums and minima.

Every kernel takes truth values of shape (future, day) for a stretch of days, and for each day of
evaluation the first and the last day of its window as indices into that stretch. A window whose
last day lies before its first is empty.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

__all__ = ["always", "counts", "eventually", "never", "share", "until"]

Truth = NDArray[np.bool_]
Days = NDArray[np.int64]


def counts(truth: Truth, first: Days, last: Days) -> NDArray[np.int32]:
    """Count the true days of each window.

    Parameters
    ----------
    truth : (future, day) bool
    first, last : (window,) int
        Indices of days, both included.

    Returns
    -------
    (future, window) int32
    """
    if len(first) == 1:
        within = truth[:, first[0] : last[0] + 1]
        return np.count_nonzero(within, axis=1, keepdims=True).astype(np.int32)
    first = np.minimum(first, truth.shape[1])
    running = np.zeros((truth.shape[0], truth.shape[1] + 1), dtype=np.int32)
    np.cumsum(truth, axis=1, out=running[:, 1:])
    stop = np.maximum(last + 1, first)
    return running[:, stop] - running[:, first]


def eventually(truth: Truth, first: Days, last: Days) -> Truth:
    """Return whether some day of each window is true; shape (future, window)."""
    return np.asarray(counts(truth, first, last) > 0)


def always(truth: Truth, first: Days, last: Days) -> Truth:
    """Return whether every day of each window is true; shape (future, window)."""
    return np.asarray(counts(truth, first, last) == np.maximum(last - first + 1, 0))


def never(truth: Truth, first: Days, last: Days) -> Truth:
    """Return whether no day of each window is true; shape (future, window)."""
    return np.asarray(counts(truth, first, last) == 0)


def share(truth: Truth, first: Days, last: Days) -> NDArray[np.float64]:
    """Return the share of true days in each window, 0 to 1; shape (future, window)."""
    length = np.maximum(last - first + 1, 1)
    return np.asarray(counts(truth, first, last) / length)


def _next(truth: Truth, first: Days) -> NDArray[Any]:
    """Return the next true day on or after each first day; beyond every window if none."""
    futures, days = truth.shape
    when = np.where(truth, np.arange(days, dtype=np.int32), np.int32(days + 1))
    when = np.minimum.accumulate(when[:, ::-1], axis=1)[:, ::-1]
    beyond = np.full((futures, 1), days + 1, dtype=np.int32)
    return np.concatenate([when, beyond], axis=1)[:, np.minimum(first, days)]


def until(left: Truth, right: Truth, first: Days, last: Days, *, strong: bool) -> Truth:
    """Return whether the left holds in each window up to a day on which the right does.

    Parameters
    ----------
    left, right : (future, day) bool
    first, last : (window,) int
    strong : bool
        Whether the right must come within the window; otherwise the left throughout will do.

    Returns
    -------
    (future, window) bool
    """
    comes, fails = _next(right, first), _next(~left, first)
    met: Truth = (comes <= last) & (comes <= fails)
    return met if strong else met | (fails > last)
