"""The expressions of the language as array operations over a block of futures.

`semantics` says what each expression means; `Interpreter` says the same of many paths at once.
A state expression is an array of shape (future, day) over just the days that are asked for;
an operator of time asks its operands for the days of its windows and reduces them (`spans`).
Values travel as `Bounds`, so that one code serves futures, where everything is known, and history.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import reduce

import numpy as np
from numpy.typing import NDArray

from contingent.claims import spans
from contingent.claims.bounds import (
    Bounds,
    antitone,
    arithmetic,
    compare,
    exact,
    monotone,
    negative,
)
from contingent.language.formulas import (
    Always,
    And,
    Arithmetic,
    At,
    Before,
    Change,
    Comparison,
    Constant,
    Eventually,
    ForDays,
    Formula,
    Implies,
    Initial,
    Negative,
    Never,
    Not,
    Number,
    Observable,
    Or,
    PlaceName,
    Share,
    Signal,
    Until,
    Window,
)

__all__ = ["Interpreter"]

Source = Callable[[Observable], Bounds]
Days = NDArray[np.int64]


class Interpreter:
    """Values of expressions over one block of futures.

    Parameters
    ----------
    source : callable
        Observable to its bounds, arrays of shape (future, day) over all days.
    futures, days : int
        Number of futures in the block; number of days of the theatre.
    start : date
        Date of day 0.
    cutoff : int
        Day of the author's cut-off.
    """

    def __init__(self, source: Source, futures: int, days: int, start: date, cutoff: int) -> None:
        self._source = source
        self._shape = futures
        self._days = days
        self._start = start
        self._cutoff = cutoff
        self._seen: dict[tuple[int, int, int], tuple[Formula, Bounds]] = {}

    def value(self, node: Formula, days: range) -> Bounds:
        """Return an expression's values on a stretch of days.

        Parameters
        ----------
        node : Formula
        days : range
            Step 1, within the theatre; may be empty.

        Returns
        -------
        Bounds
            Arrays that broadcast to (future, day).
        """
        # By identity, as a formula's hash walks all of it; a node kept lends its place to no other.
        key = (id(node), days.start, days.stop)
        if key not in self._seen:
            self._seen[key] = (node, self._value(node, days))
        return self._seen[key][1]

    def _day(self, on: date) -> int:
        return (on - self._start).days

    def _value(self, node: Formula, days: range) -> Bounds:
        match node:
            case Signal():
                return self._signal(node, days)
            case Change(total, since):
                return self._change(total, since, days)
            case Number(value) | PlaceName(_, value) | Constant(value):
                return exact(np.array([[value]]))
            case Negative(operand):
                return negative(self.value(operand, days))
            case Arithmetic(sign, left, right):
                return arithmetic(sign, self.value(left, days), self.value(right, days))
            case Comparison(sign, left, right):
                return compare(sign, self.value(left, days), self.value(right, days))
            case Initial(operand):
                return self.value(operand, range(1))
            case At(on, operand):
                return self.value(operand, range(self._day(on), self._day(on) + 1))
            case Not(operand):
                return antitone(np.logical_not, self.value(operand, days))
            case And(operands):
                return self._joined(np.logical_and, operands, days)
            case Or(operands):
                return self._joined(np.logical_or, operands, days)
            case Implies(left, right):
                return self._joined(np.logical_or, (Not(left), right), days)
        return self._temporal(node, days)

    def _signal(self, node: Signal, days: range) -> Bounds:
        span = slice(days.start, days.stop)
        parts = [
            monotone(lambda values: values[:, span], self._source(observable))
            for observable in node.observables
        ]
        if node.combine == "sum":
            return reduce(lambda one, other: monotone(np.add, one, other), parts)
        return reduce(lambda one, other: monotone(np.logical_or, one, other), parts)

    def _change(self, total: Signal, since: date | None, days: range) -> Bounds:
        """Return the growth of a running total since a day; 0 before it."""
        first = self._cutoff if since is None else self._day(since)
        if first >= self._days:
            return exact(np.zeros((1, len(days))))
        base = self.value(total, range(first, first + 1))
        growth = arithmetic("-", self.value(total, days), base)
        begun = np.asarray(days) >= first
        return monotone(lambda values: np.where(begun, values, 0.0), growth)

    def _joined(self, operation: np.ufunc, operands: tuple[Formula, ...], days: range) -> Bounds:
        values = [self.value(operand, days) for operand in operands]
        return reduce(lambda one, other: monotone(operation, one, other), values)

    def _windows(self, window: Window, days: range) -> tuple[Days, Days]:
        """Return the first and last day of the window seen from each day.

        One window stands for all days where it begins on a date.
        """
        first = np.asarray(days, dtype=np.int64)
        if window.since is not None:
            first = np.array([self._day(window.since)])
        last = np.full_like(first, self._days - 1)
        if window.until is not None:
            last = np.minimum(last, self._day(window.until))
        if window.length is not None:
            last = np.minimum(last, first + window.length)
        return first, last

    def _over(self, operand: Formula, first: Days, last: Days) -> tuple[Bounds, Days, Days]:
        """Return an operand on the days of some windows, and the windows as indices into it."""
        start = int(first.min(initial=self._days))
        stop = max(int(last.max(initial=-1)) + 1, start)
        shape = (self._shape, stop - start)
        values = self.value(operand, range(start, stop))
        if any(part.shape != shape or part.dtype != bool for part in values):
            values = monotone(
                lambda part: np.broadcast_to(part, shape).astype(bool, copy=False), values
            )
        return values, first - start, last - start

    def _temporal(self, node: Formula, days: range) -> Bounds:
        match node:
            case Until(left, right, window, strong):
                return self._until(left, right, self._windows(window, days), strong=strong)
            case Before(first, second, window):
                return self._until(
                    Not(second), And((first, Not(second))), self._windows(window, days), strong=True
                )
            case ForDays(count, operand):
                begin = np.asarray(days, dtype=np.int64)
                values, one, other = self._over(
                    operand, begin, np.minimum(begin + count, self._days) - 1
                )
                whole = begin + count <= self._days
                return monotone(lambda truth: spans.always(truth, one, other) & whole, values)
        assert isinstance(node, Eventually | Always | Never | Share)
        values, one, other = self._over(node.operand, *self._windows(node.window, days))
        if isinstance(node, Never):
            return antitone(lambda truth: spans.never(truth, one, other), values)
        kernel = {Eventually: spans.eventually, Always: spans.always, Share: spans.share}[
            type(node)
        ]
        return monotone(lambda truth: kernel(truth, one, other), values)

    def _until(
        self, left: Formula, right: Formula, windows: tuple[Days, Days], *, strong: bool
    ) -> Bounds:
        lefts, first, last = self._over(left, *windows)
        rights, _, _ = self._over(right, *windows)
        return monotone(
            lambda one, other: spans.until(one, other, first, last, strong=strong), lefts, rights
        )
