"""Recorded futures as the claims want them: one daily series for each observable.

Holders and flags answer ``holds``, ``contested`` and ``outskirts_contested``; with the
inhabitants of each future they answer ``held_people``. Outside events are drawn from their judged
chances. All else comes from the recorded series, rounded as they are stored.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from contingent.compile.names import Names
from contingent.compile.program import Floats, Program, Series
from contingent.compile.series import ceasefires_of, routes_between
from contingent.errors import StudyError
from contingent.language import PREDICATES, Observable
from contingent.reference import layout
from contingent.simulate.ensemble import Chunk

TRUTHS = {name for name, row in PREDICATES.items() if row.sort == "truth"}
HALF = 0.5


class RecordedPaths:
    """Futures that were played; fulfils the ``Paths`` of :mod:`contingent.claims.evaluate`.

    Parameters
    ----------
    names : names behind the numbers
    series : what the rows of `values` are
    holders : (future, day, place) int16
    flags : (future, day, place) uint8
    values : (future, series, day) float32; anything that slices like an array
    people : (future, place) float, inhabitants
    events : name to the day on which the event happens in each future, (future,) int; -1 for never
    """

    def __init__(
        self,
        names: Names,
        series: Sequence[Series],
        holders: NDArray[np.int16],
        flags: NDArray[np.uint8],
        values: Any,
        people: Floats,
        events: Mapping[str, NDArray[np.int64]],
    ) -> None:
        self.names = names
        self.holders = holders
        self.flags = flags
        self._rows = {one: row for row, one in enumerate(series)}
        self._values = values
        self._people = people
        self._events = events

    @property
    def futures(self) -> int:
        """Number of futures."""
        return int(self.holders.shape[0])

    @property
    def days(self) -> int:
        """Number of days."""
        return int(self.holders.shape[1])

    @property
    def start(self) -> date:
        """Date of day 0."""
        return self.names.start

    def signal(self, observable: Observable) -> NDArray[Any]:
        """Return one series, (future, day): bool for truths, float for numbers, int for places.

        Raises
        ------
        StudyError
            if it was not recorded.
        """
        match observable.name:
            case "holds":
                return np.isin(self._at(self.holders, observable.args[1]), self._actors(observable))
            case "contested":
                return self._flagged(observable, layout.CONTESTED)
            case "outskirts_contested":
                return self._flagged(observable, layout.OUTSKIRTS)
            case "held_people":
                return self._held_people(observable)
            case "event":
                return self._event(str(observable.args[0]))
        rows = [self._row(one) for one in self._recorded(observable)]
        if observable.name in TRUTHS:
            happened = np.zeros((self.futures, self.days), dtype=bool)
            for row in rows:
                happened |= row > HALF
            return happened
        if observable.name == "main_effort":
            return np.rint(rows[0]).astype(np.int64)
        return rows[0]

    def recorded(self, series: Series) -> NDArray[np.float32]:
        """Return one recorded series as numbers, (future, day)."""
        return self._row(series)

    def has(self, series: Series) -> bool:
        """Whether the series was recorded."""
        return series in self._rows

    def _recorded(self, observable: Observable) -> tuple[Series, ...]:
        """Series behind a predicate; several where two places or blocs share several."""
        args = tuple(str(argument) for argument in observable.args)
        if observable.name == "open":
            return tuple(Series("open", (name,)) for name in routes_between(self.names, *args))
        if observable.name == "ceasefire":
            return tuple(Series("ceasefire", (name,)) for name in ceasefires_of(self.names, *args))
        return (Series(observable.name, args),)

    def _row(self, series: Series) -> NDArray[np.float32]:
        if series not in self._rows:
            raise StudyError(
                f"{series} was not recorded; run again so that the study records what claims need"
            )
        return np.asarray(self._values[:, self._rows[series], :])

    def _at(self, table: NDArray[Any], place: Any) -> NDArray[Any]:
        return table[:, :, self.names.places.index(str(place))]

    def _flagged(self, observable: Observable, bit: int) -> NDArray[np.bool_]:
        return np.asarray(self._at(self.flags, observable.args[0]) & bit, dtype=bool)

    def _actors(self, observable: Observable) -> list[int]:
        named = observable.args[0]
        actors = (named,) if isinstance(named, str) else named
        return [self.names.actors.index(actor) for actor in actors]

    def _held_people(self, observable: Observable) -> Floats:
        held = np.zeros((self.futures, self.days))
        total = np.zeros((self.futures, 1))
        actors = self._actors(observable)
        for place in range(len(self.names.places)):
            people = self._people[:, place : place + 1]
            held += np.isin(self.holders[:, :, place], actors) * people
            total += people
        return np.divide(held, total, out=np.zeros_like(held), where=total > 0.0)

    def _event(self, name: str) -> NDArray[np.bool_]:
        if name not in self._events:
            raise StudyError(f"event({name}) has no probability and was not settled by the fence")
        day = self._events[name][:, None]
        return (day >= 0) & (np.arange(self.days) >= day)


def people_of(program: Program, thetas: Floats) -> Floats:
    """Inhabitants of every place in every future, (future, place)."""
    people = np.tile(program.table("people"), (len(thetas), 1))
    for place, (column, scale) in program.bindings("people").items():
        people[:, place] = thetas[:, column] * scale
    return people


def paths_of(program: Program, chunk: Chunk, seed: int) -> RecordedPaths:
    """Futures of a chunk as claims want them."""
    from contingent.simulate.outside import event_days

    futures = range(chunk.first, chunk.first + len(chunk))
    return RecordedPaths(
        program.names,
        program.series,
        chunk.holders,
        chunk.flags,
        chunk.series,
        people_of(program, chunk.thetas),
        event_days(program.events, program.names, seed, futures),
    )
