"""One future again, day by day, in words a person can read.

The program is given a fuller list of series and that one future is played again; by construction
it is the same future to the last bit, on either engine. The text tells what the series show: who
attacks, assaults, breaks off, takes, withdraws, sends and finds columns, and what happens around
the war.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from contingent.compile.called import Called
from contingent.compile.names import Names
from contingent.compile.program import Floats, Program, Series
from contingent.compile.series import default_series, with_series
from contingent.compile.unknowns import draw_unknowns
from contingent.simulate.engines import Engine, play
from contingent.simulate.ensemble import key_of

BY_ACTOR_AND_PLACE = ("fighters", "attacks", "attempted", "withdrew")


@dataclass(frozen=True)
class Entry:
    """One line of a log: the day, what happened, its sort, and the place it is about."""

    day: int
    on: date
    says: str
    kind: str
    place: str | None = None


@dataclass(frozen=True, eq=False)
class Record:
    """One future with all that a log needs.

    Attributes
    ----------
    program : with the fuller list of series
    future, seed : which one
    holders : (days, places) int16
    flags : (days, places) uint8
    rows : series to its row
    values : (series, days) float64
    called : what readers are shown for the names
    """

    program: Program
    future: int
    seed: int
    holders: NDArray[np.int16]
    flags: NDArray[np.uint8]
    rows: dict[Series, int]
    values: Floats
    called: Called = field(default_factory=Called)

    @property
    def names(self) -> Names:
        """Names behind the numbers."""
        return self.program.names

    def daily(self, observable: str, *args: str) -> Floats:
        """One series, (days,); zeros if it is not recorded."""
        row = self.rows.get(Series(observable, args))
        return np.zeros(self.program.days) if row is None else self.values[row]

    def rows_of(self, *observables: str) -> list[tuple[Series, int]]:
        """Series of some observables with their rows, in the order of the program."""
        found = self._rows_of.get(observables)
        if found is None:
            found = [pair for pair in self.rows.items() if pair[0].observable in observables]
            self._rows_of[observables] = found
        return found

    @cached_property
    def _rows_of(self) -> dict[tuple[str, ...], list[tuple[Series, int]]]:
        return {}

    def _by_place(self, observable: str) -> Floats:
        names = self.names
        rows = [[self.daily(observable, a, p) for p in names.places] for a in names.actors]
        return np.array(rows)

    @cached_property
    def fighters(self) -> Floats:
        """Fighters, (actors, places, days)."""
        return self._by_place("fighters")

    @cached_property
    def withdrew(self) -> Floats:
        """1 where an actor left of its own accord, (actors, places, days)."""
        return self._by_place("withdrew")

    @cached_property
    def stages(self) -> NDArray[np.int64]:
        """Per bloc: 0 no attack, 1 probing or holding on, 2 assault; (blocs, places, days)."""
        attacks, assaults = self._by_place("attacks"), self._by_place("attempted")
        found = np.zeros((len(self.names.blocs), *attacks.shape[1:]), dtype=np.int64)
        for a, bloc in enumerate(self.names.bloc_of):
            b = self.names.blocs.index(bloc)
            found[b] = np.maximum(found[b], np.where(assaults[a] > 0, 2, attacks[a] > 0))
        return found


def fuller_series(program: Program) -> list[Series]:
    """Series from which a log can be told, besides those of the program."""
    names = program.names
    found = [*program.series, *default_series(names, dict(program.structure), program)]
    for observable in BY_ACTOR_AND_PLACE:
        found += [Series(observable, (a, p)) for a in names.actors for p in names.places]
    flying = [one.args[0] for one in found if one.observable == "sorties"]
    found += [Series("sorties", (a, p)) for a in dict.fromkeys(flying) for p in names.places]
    found += [Series("struck_columns", (actor,)) for actor in names.actors]
    for observable in ("reinforced", "progress"):
        found += [Series(observable, (place,)) for place in names.places]
    committed = [series for series in found if series.observable == "commitment"]
    found += [Series("announced", series.args) for series in committed]
    return found


def record(
    program: Program,
    future: int,
    seed: int,
    engine: Engine = "core",
    called: Called | None = None,
) -> Record:
    """Play one future again with the fuller series."""
    return record_of(fuller(program), future, seed, engine, called)


def fuller(program: Program) -> Program:
    """Return the program with the fuller series."""
    return with_series(program, fuller_series(program))


def record_of(
    fuller: Program,
    future: int,
    seed: int,
    engine: Engine = "core",
    called: Called | None = None,
) -> Record:
    """Play one future of a program that has the fuller series already."""
    key = key_of(seed)
    played = play(fuller, draw_unknowns(fuller, key, [future]), key, [future], engine)
    return Record(
        fuller,
        future,
        seed,
        played.holders[0],
        played.flags[0],
        {series: row for row, series in enumerate(fuller.series)},
        np.ascontiguousarray(played.series[0].T),
        called or Called(),
    )


def replay(
    program: Program,
    future: int,
    seed: int,
    engine: Engine = "core",
    called: Called | None = None,
) -> str:
    """Tell one future day by day.

    Parameters
    ----------
    program : of the study
    future : number of the future
    seed : root seed of the study
    engine : ``core`` or ``reference``; the text is the same
    called : what readers are shown for sides, actors and places; their own names if left out

    Returns
    -------
    str
        Lines ``date  day  what happened``, after a heading.
    """
    from contingent.simulate.telling import tell

    one = record(program, future, seed, engine, called)
    return "\n".join(lines(one, tell(one)))


def lines(one: Record, entries: Iterator[Entry]) -> Iterator[str]:
    """Lay the entries out, the date once a day."""
    first, end = one.names.start, one.names.end
    yield f"{one.program.name}, future {one.future} of seed {one.seed}: {first} to {end}"
    last = -1
    for entry in entries:
        head = f"{entry.on}  day {entry.day:>4}" if entry.day != last else " " * 20
        yield f"{head}  {entry.says}"
        last = entry.day
