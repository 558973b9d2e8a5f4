"""Claims on thousands of futures at once, and on the one path that history took.

A claim is read from its author's cut-off on; what its words mean is said in `semantics`. On
futures it is true or false in each. On history it is true, false or open: open as long as what
is known leaves both possible.

>>> from datetime import date
>>> import numpy as np
>>> from contingent.language import Vocabulary, parse
>>> words = Vocabulary(("north",), ("ford",), date(2020, 1, 1), date(2020, 1, 2), date(2020, 1, 4))
>>> class Three:
...     futures, days, start = 3, 4, date(2020, 1, 1)
...     def signal(self, observable):
...         return np.array([[0, 0, 0, 1], [1, 0, 0, 0], [0, 0, 1, 0]], dtype=bool)
>>> evaluate(parse("eventually(holds(north, ford))", words), Three(), since_day=1).tolist()
[True, False, True]
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from datetime import date
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from contingent.claims.bounds import Bounds, exact
from contingent.claims.interpret import Interpreter
from contingent.language.formulas import (
    Always,
    At,
    Before,
    Eventually,
    ForDays,
    Formula,
    Initial,
    Never,
    Observable,
    Share,
    Until,
    children,
    sort_of,
)
from contingent.language.predicates import PREDICATES

__all__ = [
    "Evaluation",
    "History",
    "Paths",
    "evaluate",
    "last_day",
    "one_of_each",
    "series",
    "settle",
]

BLOCK = 4096
"""Futures evaluated together: intermediate arrays of a year stay below some 10 MB."""


class Paths(Protocol):
    """Many futures of one theatre, day 0 being the day `start`."""

    @property
    def futures(self) -> int:
        """Number of futures."""
        ...

    @property
    def days(self) -> int:
        """Number of days."""
        ...

    @property
    def start(self) -> date:
        """Date of day 0."""
        ...

    def signal(self, observable: Observable) -> NDArray[Any]:
        """Return one series, shape (future, day): bool, number, or number of a place."""
        ...


class History(Protocol):
    """The one path that really happened, as far as it is known."""

    @property
    def days(self) -> int:
        """Number of days of the theatre."""
        ...

    @property
    def start(self) -> date:
        """Date of day 0."""
        ...

    def bounds(self, observable: Observable) -> tuple[NDArray[Any], NDArray[Any]]:
        """Return lower and upper bound of one series, each of shape (day,).

        Truth: lower is "certainly", upper is "possibly". Numbers and places: minus and plus
        infinity where nothing is known.
        """
        ...


class Evaluation:
    """Several claims on the same futures: what they have in common is worked out once.

    Two expressions have something in common where one object stands in both (see `one_of_each`).

    Parameters
    ----------
    paths : Paths
        What was worked out is kept as long as this lasts, so rather hundreds than thousands.
    """

    def __init__(self, paths: Paths) -> None:
        self._paths = paths
        self._signals: dict[Observable, NDArray[Any]] = {}
        self._readers: dict[int, list[tuple[int, Interpreter]]] = {}

    def claim(self, formula: Formula, since_day: int) -> NDArray[np.bool_]:
        """Return in which futures a claim comes true, (future,) bool; as `evaluate`."""
        _claims_truth(formula)
        days = range(since_day, since_day + 1)
        return self.series(formula, days, since_day)[:, 0].astype(bool)

    def series(self, formula: Formula, days: range, since_day: int) -> NDArray[Any]:
        """Return the value of any expression on some days, (future, day); as `series`."""
        _check_cutoff(since_day, self._paths.days)
        if since_day not in self._readers:
            self._readers[since_day] = [*self._blocks(since_day)]
        blocks = [
            np.broadcast_to(reader.value(formula, days).low, (size, len(days)))
            for size, reader in self._readers[since_day]
        ]
        return np.concatenate(blocks)

    def _blocks(self, since_day: int) -> Iterator[tuple[int, Interpreter]]:
        """Give a few thousand futures at a time to an interpreter of their own."""
        paths = self._paths
        for first in range(0, max(paths.futures, 1), BLOCK):
            rows = slice(first, min(first + BLOCK, paths.futures))
            size = rows.stop - rows.start

            def source(observable: Observable, rows: slice = rows) -> Bounds:
                return exact(self._signal(observable)[rows])

            yield size, Interpreter(source, size, paths.days, paths.start, since_day)

    def _signal(self, observable: Observable) -> NDArray[Any]:
        if observable not in self._signals:
            shape = (self._paths.futures, self._paths.days)
            values = np.asarray(self._paths.signal(observable))
            if values.shape != shape:
                raise ValueError(
                    f"{observable} has shape {values.shape}, expected (future, day) = {shape}"
                )
            self._signals[observable] = values
        return self._signals[observable]


def one_of_each(formula: Formula, seen: dict[Formula, Formula]) -> Formula:
    """Return an equal expression in which all that is equal is one object.

    Parameters
    ----------
    formula : Formula
    seen : dict
        The objects so far; given again, other expressions share them as well.
    """
    known = seen.get(formula)
    if known is not None:
        return known
    inside: dict[str, Any] = {}
    for field in dataclasses.fields(formula):
        value = getattr(formula, field.name)
        if isinstance(value, Formula):
            inside[field.name] = one_of_each(value, seen)
        elif field.name == "operands":
            inside[field.name] = tuple(one_of_each(part, seen) for part in value)
    return seen.setdefault(formula, dataclasses.replace(formula, **inside))


def evaluate(formula: Formula, paths: Paths, since_day: int) -> NDArray[np.bool_]:
    """Return in which futures a claim comes true.

    Parameters
    ----------
    formula : Formula
        Of sort truth. About the path, or about the state of the day `since_day`.
    paths : Paths
    since_day : int
        Day of the author's cut-off, 0 to days - 1; the claim is read from that day on.

    Returns
    -------
    (future,) bool
    """
    return Evaluation(paths).claim(formula, since_day)


def series(formula: Formula, paths: Paths, since_day: int = 0) -> NDArray[Any]:
    """Return the value of any expression on every day of every future.

    Parameters
    ----------
    formula : Formula
        Of any sort.
    paths : Paths
    since_day : int
        The cut-off, from which losses() counts.

    Returns
    -------
    (future, day) bool, float or int
    """
    return Evaluation(paths).series(formula, range(paths.days), since_day)


def settle(formula: Formula, history: History, since_day: int, as_of_day: int) -> bool | None:
    """Return what history makes of a claim.

    Kleene's logic on lower and upper bounds: an answer is given only if every way of filling the
    gaps agrees with it. The reverse does not hold: ``p or not p`` stays open where p is unknown.

    Parameters
    ----------
    formula : Formula
        Of sort truth.
    history : History
    since_day : int
        Day of the author's cut-off, 0 to days - 1.
    as_of_day : int
        Last day of which anything is taken as known.

    Returns
    -------
    bool or None
        True, False, or None as long as the claim is open.
    """
    _claims_truth(formula)
    _check_cutoff(since_day, history.days)
    future = np.arange(history.days) > as_of_day

    def source(observable: Observable) -> Bounds:
        low, high = history.bounds(observable)
        truth = PREDICATES[observable.name].sort == "truth"
        nothing = (False, True) if truth else (-np.inf, np.inf)
        return Bounds(
            np.where(future, nothing[0], low)[np.newaxis],
            np.where(future, nothing[1], high)[np.newaxis],
        )

    interpreter = Interpreter(source, 1, history.days, history.start, since_day)
    low, high = interpreter.value(formula, range(since_day, since_day + 1))
    if low.all():
        return True
    return None if high.any() else False


def last_day(formula: Formula, start: date, since_day: int, days: int) -> int:
    """Return the last day that a claim looks at.

    Parameters
    ----------
    formula : Formula
    start : date
        Date of day 0.
    since_day, days : int
        Day of the cut-off; number of days of the theatre.

    Returns
    -------
    int
        A day from 0. It lies beyond the theatre (`days` or more) where a duration runs past its
        end, so that the claim is read on a shorter window than it names.
    """

    def latest(node: Formula, day: int) -> int:
        match node:
            case At(on, _):
                day = (on - start).days
            case Initial():
                day = 0
            case ForDays(count, _):
                day += count - 1
            case Eventually() | Always() | Never() | Share() | Until() | Before():
                window = node.window
                first = day if window.since is None else (window.since - start).days
                last = days - 1
                if window.until is not None:
                    last = (window.until - start).days
                elif window.length is not None:
                    last = first + window.length
                day = max(first, last)
        return max([day, *(latest(part, day) for part in children(node))])

    return latest(formula, since_day)


def _claims_truth(formula: Formula) -> None:
    if sort_of(formula) != "truth":
        raise ValueError(f"a claim is true or false, found a {sort_of(formula)}")


def _check_cutoff(since_day: int, days: int) -> None:
    if not 0 <= since_day < days:
        raise ValueError(f"the cut-off is day {since_day}, expected 0 to {days - 1}")
