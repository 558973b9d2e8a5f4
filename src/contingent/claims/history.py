"""What really happened, as far as it was written down.

History is a list of dated facts; everything else is unknown, which is neither true nor false.

- A fact ``holds(south, ford)`` lasts until the next fact about the ford, or until the day to
  which the ford's holder is declared complete; after that the holder is unknown.
- ``event(e)``, ``intervened(o)`` and ``satisfied(d)`` begin: false before the day of the fact,
  true from it on. ``not event(e)`` on a day says that it had not happened by then.
- Any other fact says what was so on its day, or on each day from its day ``to`` another.
- Where a predicate is declared complete up to a day, days without a fact are false up to it:
  ``attacks(north, mill)`` complete to 2020-03-31 says that every such attack is listed.

>>> from datetime import date
>>> from contingent.claims.evaluate import settle
>>> from contingent.language import Vocabulary, parse
>>> words = Vocabulary(("north", "south"), ("ford",),
...                    date(2020, 1, 1), date(2020, 1, 2), date(2020, 1, 9))
>>> facts = [read_fact("holds(north, ford)", words, on=date(2020, 1, 1)),
...          read_fact("holds(south, ford)", words, on=date(2020, 1, 5))]
>>> known = RecordedHistory(words, facts, {"ford": date(2020, 1, 7)})
>>> settle(parse("eventually(holds(south, ford))", words), known, since_day=1, as_of_day=8)
True
>>> print(settle(parse("never(holds(north, ford), since=2020-01-05)", words), known, 1, 8))
None
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from contingent.errors import ClaimError
from contingent.language import Observable, Vocabulary, parse_state, sort_of
from contingent.language.formulas import (
    Change,
    Comparison,
    Formula,
    Negative,
    Not,
    Number,
    PlaceName,
    Signal,
)
from contingent.language.predicates import PREDICATES

__all__ = ["Fact", "RecordedHistory", "read_fact"]

_BEGINS = ("event", "intervened", "satisfied")
_SHAPES = (
    "a fact is holds(ACTOR, PLACE), another predicate, its denial with not, "
    "a number such as fighters(ACTOR) == 300, or main_effort(ACTOR) == PLACE"
)


@dataclass(frozen=True)
class Fact:
    """One thing known of history.

    Attributes
    ----------
    on, to : date
        First and last day of which it is known.
    observable : Observable
    low, high : float
        Bounds of the value; for truth 1 or 0, for a place its number.
    source : str
        Where it is written.
    """

    on: date
    to: date
    observable: Observable
    low: float
    high: float
    source: str = ""


def read_fact(
    text: str,
    vocabulary: Vocabulary,
    *,
    on: date,
    to: date | None = None,
    value: tuple[float, float] | None = None,
    source: str = "",
) -> Fact:
    """Read one fact of the history of a theatre.

    Parameters
    ----------
    text : str
        Such as ``holds(south, ford)``, ``not event(vote)``, ``fighters(north) == 300``.
    vocabulary : Vocabulary
    on, to : date
        First day and, where it is known of several, last day.
    value : (float, float), optional
        Bounds of the number, where the text names a number and no value.
    source : str

    Returns
    -------
    Fact

    Raises
    ------
    ClaimError
        If the text is no fact, or a day lies outside the theatre.
    """
    last = on if to is None else to
    for day in (on, last):
        if not vocabulary.start <= day <= vocabulary.end:
            raise ClaimError(
                f"{day} lies outside the theatre",
                text,
                next_step=f"expected a day from {vocabulary.start} to {vocabulary.end}",
            )
    if last < on:
        raise ClaimError(f"the fact ends on {last} and begins on {on}", text)
    formula = parse_state(text, vocabulary)
    observable, low, high = _content(formula, text, value)
    return Fact(on, last, observable, low, high, source)


def _content(
    formula: Formula, text: str, value: tuple[float, float] | None
) -> tuple[Observable, float, float]:
    """Return what a fact is about and the bounds of its value."""
    stated, subject = value, formula
    match formula:
        case Not(Signal(sort="truth") as denied):
            stated, subject = (0.0, 0.0), denied
        case Comparison("==", compared, other):
            stated, subject = _stated(other), compared
        case Signal(sort="truth"):
            stated = (1.0, 1.0)
    signal = subject.total if isinstance(subject, Change) and subject.since is None else subject
    if not isinstance(signal, Signal) or stated is None:
        raise ClaimError(f"{text.strip()} is no fact that can be looked up", text, 0, _SHAPES)
    if len(signal.observables) > 1:
        raise ClaimError(
            f"{text.strip()} speaks of several actors", text, next_step="write one fact for each"
        )
    return signal.observables[0], *stated


def _stated(other: Formula) -> tuple[float, float] | None:
    match other:
        case Number(value) | PlaceName(_, value):
            return (value, value)
        case Negative(Number(value)):
            return (-value, -value)
    return None


class RecordedHistory:
    """History made of facts; satisfies `evaluate.History`.

    Parameters
    ----------
    vocabulary : Vocabulary
    facts : sequence of Fact
        In any order; of two facts about one day the later in the sequence counts.
    complete_until : mapping of str to date
        Up to which day everything is known: of a place's holder (by the place's name) or of a
        predicate (by its text, such as ``attacks(north, mill)``).
    """

    def __init__(
        self,
        vocabulary: Vocabulary,
        facts: Sequence[Fact],
        complete_until: Mapping[str, date] | None = None,
    ) -> None:
        self.start = vocabulary.start
        self.days = vocabulary.days
        self._actors = frozenset(vocabulary.actors)
        self._facts = sorted(facts, key=lambda fact: fact.on)
        self._holders_until: dict[str, date] = {}
        self._complete_until: dict[Observable, date] = {}
        for name, until in (complete_until or {}).items():
            if name in vocabulary.places:
                self._holders_until[name] = until
                continue
            formula = parse_state(name, vocabulary)
            if not isinstance(formula, Signal) or sort_of(formula) != "truth":
                raise ClaimError(
                    f"{name} cannot be complete",
                    name,
                    next_step="expected a place, or a predicate that is true or false",
                )
            for observable in formula.observables:
                self._complete_until[observable] = until

    def _day(self, on: date) -> int:
        return (on - self.start).days

    def bounds(self, observable: Observable) -> tuple[NDArray[Any], NDArray[Any]]:
        """Return lower and upper bound of one series, each of shape (day,)."""
        if observable.name == "holds":
            return self._held(observable)
        truth = PREDICATES[observable.name].sort == "truth"
        low = np.full(self.days, 0.0 if truth else -np.inf)
        high = np.full(self.days, 1.0 if truth else np.inf)
        complete = self._complete_until.get(observable)
        if complete is not None:
            high[: self._day(complete) + 1] = 0.0
        for fact in self._facts:
            if fact.observable != observable:
                continue
            known = slice(self._day(fact.on), self._day(fact.to) + 1)
            if observable.name in _BEGINS:
                denied = fact.high == 0
                high[: self._day(fact.to) + 1 if denied else known.start] = 0.0
                if denied:
                    continue
                known = slice(known.start, self.days)
            low[known], high[known] = fact.low, fact.high
        return (low > 0, high > 0) if truth else (low, high)

    def _held(self, observable: Observable) -> tuple[NDArray[Any], NDArray[Any]]:
        """Return whether the holder is certainly, and possibly, one of the actors."""
        asked, place = observable.args
        certain = np.zeros(self.days, dtype=bool)
        possible = np.ones(self.days, dtype=bool)
        complete = self._holders_until.get(str(place))
        for fact in self._facts:
            named, where = fact.observable.args if fact.observable.name == "holds" else ((), "")
            if where != place:
                continue
            holders = frozenset(named) if fact.low > 0 else self._actors - frozenset(named)
            last = self._day(max(fact.to, complete or fact.to))
            first = self._day(fact.on)
            certain[first:], possible[first:] = False, True
            certain[first : last + 1] = holders <= frozenset(asked)
            possible[first : last + 1] = bool(holders & frozenset(asked))
        return certain, possible
