"""Outcomes of a future as plain numbers, the same for every theatre: what a parameter may move.

Of each place: share of days fought over, whether it ends in other hands, relief that came. Of each
actor: fighters at the end, dead, readiness, columns sent, found and struck, sorties, commitment and
will. Of each bloc the sums. Of options, deadlines and ceasefires: whether and how long. And every
claim, true or false.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from contingent.compile import Program, Series, with_series
from contingent.compile.names import Names
from contingent.compile.series import default_series
from contingent.reference import layout
from contingent.simulate.engines import Played

__all__ = ["Outcome", "measure", "outcomes", "recording_outcomes"]

Values = NDArray[np.float64]


@dataclass(frozen=True)
class Outcome:
    """One number of a future.

    Attributes
    ----------
    name : such as ``relief(ford)``
    unit : its unit
    sort, args : what it is and of what, for finding it again
    """

    name: str
    unit: str
    sort: str
    args: tuple[str, ...]


_SERIES: dict[str, tuple[str, str, Callable[[Values], Values]]] = {
    "fighters": ("fighters", "fighters at the end", lambda daily: daily[:, -1]),
    "losses": ("losses", "dead at the end", lambda daily: daily[:, -1]),
    "readiness": ("readiness", "mean, 0 to 1", lambda daily: daily.mean(axis=1)),
    "columns": ("columns", "columns", lambda daily: daily.sum(axis=1)),
    "detected": ("detected", "columns", lambda daily: daily.sum(axis=1)),
    "struck_columns": ("struck", "columns", lambda daily: daily.sum(axis=1)),
    "sorties": ("sorties", "sorties/day", lambda daily: daily.mean(axis=1)),
    "posture": ("posture", "mean, 0 to 1", lambda daily: daily.mean(axis=1)),
    "commitment": ("commitment", "mean level", lambda daily: daily.mean(axis=1)),
    "will": ("will", "mean, 0 to 1", lambda daily: daily.mean(axis=1)),
    "reinforced": ("relief", "fighters", lambda daily: daily.sum(axis=1)),
    "intervened": ("intervened", "share of futures", lambda daily: daily.max(axis=1)),
    "satisfied": ("satisfied", "share of futures", lambda daily: daily.max(axis=1)),
    "ceasefire": ("ceasefire", "share of days", lambda daily: daily.mean(axis=1)),
    "tacit": ("tacit", "mean, 0 to 1", lambda daily: daily.mean(axis=1)),
}
"""Recorded observable to the outcome made of it: its sort, unit, and how days become one number."""

_BY_BLOC = ("relief", "detected", "columns", "struck", "losses", "fighters", "lost", "contested")


def recording_outcomes(program: Program) -> Program:
    """Return the program with the series that outcomes are made of, and those it has."""
    names = program.names
    wanted = [*program.series, *default_series(names, dict(program.structure), program)]
    wanted += [Series("reinforced", (place,)) for place in names.places]
    wanted += [Series("struck_columns", (actor,)) for actor in names.actors]
    wanted += [Series("tacit", pair) for pair in _tacit_pairs(program)]
    return with_series(program, wanted)


def _tacit_pairs(program: Program) -> list[tuple[str, str]]:
    """Pairs of actors between which tacit coordination can be anything but nought."""
    names = program.names.actors
    usual = program.table("usual_tacit") + program.table("initial_tacit")
    return [
        (one, other)
        for i, one in enumerate(names)
        for j, other in enumerate(names)
        if i < j and usual[i, j] > 0.0
    ]


def outcomes(program: Program) -> list[Outcome]:
    """Return the outcomes of a program's futures, in the order of `measure`."""
    names = program.names
    found = []
    for place in names.places:
        found.append(Outcome(f"contested({place})", "share of days", "contested", (place,)))
        found.append(Outcome(f"lost({place})", "share of futures", "lost", (place,)))
    for series in _used(program):
        sort, unit, _ = _SERIES[series.observable]
        found.append(Outcome(f"{sort}({', '.join(series.args)})", unit, sort, series.args))
    for sort in _BY_BLOC:
        unit = next(one.unit for one in found if one.sort == sort)
        found += [Outcome(f"{sort}(bloc {bloc})", unit, sort, (bloc,)) for bloc in names.blocs]
    return found


def measure(program: Program, played: Played) -> Values:
    """Return the outcomes of some futures, (future, outcome)."""
    columns = _of_places(program, played)
    for row, series in enumerate(program.series):
        if series in _used(program):
            columns.append(_SERIES[series.observable][2](played.series[:, :, row]))
    own = tuple(columns)
    listed = outcomes(program)[: len(own)]
    for sort in _BY_BLOC:
        columns += _by_bloc(program.names, program, sort, listed, own)
    return np.stack(columns, axis=1).astype(float)


def _used(program: Program) -> tuple[Series, ...]:
    """Recorded series that make an outcome; those of an actor at one place do not."""
    plain = {"fighters": 1, "sorties": 1}
    return tuple(
        series
        for series in program.series
        if series.observable in _SERIES
        and len(series.args) == plain.get(series.observable, len(series.args))
    )


def _of_places(program: Program, played: Played) -> list[Values]:
    """Share of days fought over and whether lost, place by place."""
    bloc = program.structure["actor_bloc"]
    fought = (played.flags & layout.ENGAGED) != 0
    lost = bloc[played.holders[:, -1]] != bloc[played.holders[:, 0]]
    columns = []
    for place in range(program.sizes["P"]):
        columns.append(fought[:, :, place].mean(axis=1))
        columns.append(lost[:, place].astype(float))
    return columns


def _by_bloc(
    names: Names,
    program: Program,
    sort: str,
    listed: Sequence[Outcome],
    columns: Sequence[Values],
) -> list[Values]:
    """Sum the outcomes of one sort over what each bloc holds on day 0, or over its actors."""
    holders = program.structure["initial_holder"]
    owner = {place: names.bloc_of[holders[i]] for i, place in enumerate(names.places)}
    owner |= dict(zip(names.actors, names.bloc_of, strict=True))
    sums = []
    for bloc in names.blocs:
        parts = [
            column
            for one, column in zip(listed, columns, strict=True)
            if one.sort == sort and len(one.args) == 1 and owner.get(one.args[0]) == bloc
        ]
        sums.append(np.sum(parts, axis=0) if parts else np.zeros(len(columns[0])))
    return sums
