"""Recorded futures as the claims want them: one daily series for each observable.

Holders and flags answer ``holds``, ``contested`` and ``outskirts_contested``; with the
inhabitants of each future they answer ``held_people``. Outside events are drawn from their judged
chances. All else comes from the recorded series, rounded as they are stored.
"""

from __future__ import annotations

import copy
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from contingent.compile.names import Names
from contingent.compile.program import Floats, Program, Series, offsets
from contingent.compile.series import ceasefires_of, routes_between
from contingent.errors import StudyError
from contingent.language import PREDICATES, Observable
from contingent.reference import layout
from contingent.simulate.engines import Played
from contingent.simulate.ensemble import Chunk, round_in_place

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
    values : (future, series, day) float32; anything that slices like an array; may go on for longer
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

    def upto(self, days: int) -> RecordedPaths:
        """Return the same futures, ending earlier."""
        found = copy.copy(self)
        found.holders, found.flags = self.holders[:, :days], self.flags[:, :days]
        return found

    def signal(self, observable: Observable) -> NDArray[Any]:
        """Return one series, (future, day): bool for truths, float for numbers, int for places.

        Raises
        ------
        StudyError
            if it was not recorded.
        """
        match observable.name:
            case "holds":
                return _one_of(self._at(self.holders, observable.args[1]), self._actors(observable))
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
        return np.asarray(self._values[:, self._rows[series], : self.days])

    def _at(self, table: NDArray[Any], place: Any) -> NDArray[Any]:
        return table[:, :, self.names.places.index(str(place))]

    def _flagged(self, observable: Observable, bit: int) -> NDArray[np.bool_]:
        return np.asarray(self._at(self.flags, observable.args[0]) & bit, dtype=bool)

    def _actors(self, observable: Observable) -> list[int]:
        named = observable.args[0]
        actors = (named,) if isinstance(named, str) else named
        return [self.names.actors.index(actor) for actor in actors]

    def _held_people(self, observable: Observable) -> Floats:
        """Share of all inhabitants; counted once for each stretch of days with the same holders."""
        begins = _changes(self.holders)
        stretches, futures = self.holders[begins], np.nonzero(begins)[0]
        theirs = _one_of(stretches, self._actors(observable))
        held = np.zeros(len(stretches))
        total = np.zeros(len(self._people))
        for place in range(len(self.names.places)):
            people = self._people[:, place]
            held += theirs[:, place] * people[futures]
            total += people
        whole = total[futures]
        share = np.divide(held, whole, out=np.zeros_like(held), where=whole > 0.0)
        return np.asarray(share[np.cumsum(begins.ravel()) - 1].reshape(begins.shape))

    def _event(self, name: str) -> NDArray[np.bool_]:
        if name not in self._events:
            raise StudyError(f"event({name}) has no probability and was not settled by the fence")
        day = self._events[name][:, None]
        return (day >= 0) & (np.arange(self.days) >= day)


def _one_of(holders: NDArray[np.int16], actors: Sequence[int]) -> NDArray[np.bool_]:
    """Whether one of some actors holds; far quicker than a search for so few."""
    found = holders == actors[0]
    for actor in actors[1:]:
        found |= holders == actor
    return np.asarray(found)


def _changes(holders: NDArray[np.int16]) -> NDArray[np.bool_]:
    """On which days any holder differs from the day before; day 0 is one of them."""
    futures, days, places = holders.shape
    found = np.zeros((futures, days), dtype=bool)
    found[:, 0] = True
    changed = np.flatnonzero(holders[:, 1:] != holders[:, :-1]) // max(places, 1)
    found[changed // max(days - 1, 1), changed % max(days - 1, 1) + 1] = True
    return found


def people_of(program: Program, thetas: Floats) -> Floats:
    """Inhabitants of every place in every future, (future, place)."""
    known = program.table("people")
    people = np.tile(known, (len(thetas), 1))
    first = offsets(program.sizes)["people"][0]
    unknown = (program.theta_target >= first) & (program.theta_target < first + len(known))
    places = program.theta_target[unknown] - first
    people[:, places] = thetas[:, program.theta_slot[unknown]] * program.theta_scale[unknown]
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


class Rounded:
    """The (future, series, day) series of a chunk, made of what the engine left when they are read.

    Parameters
    ----------
    raw : (future, day, series) float64, as the engine leaves them
    """

    def __init__(self, raw: Floats) -> None:
        self._raw = raw

    def __getitem__(self, at: tuple[slice, int, slice]) -> NDArray[np.float32]:
        futures, row, days = at
        values = self._raw[futures, days, row].astype(np.float32)
        round_in_place(values)
        return values


def paths_of_played(
    program: Program, played: Played, thetas: Floats, seed: int, futures: range
) -> RecordedPaths:
    """Futures just played as claims want them: what `paths_of` gives, made when it is read."""
    from contingent.simulate.outside import event_days

    return RecordedPaths(
        program.names,
        program.series,
        played.holders,
        played.flags,
        Rounded(played.series),
        people_of(program, thetas),
        event_days(program.events, program.names, seed, futures),
    )
