"""Series: what a program records besides holders and flags.

A default list is always recorded, so that every study can be replayed in outline and plotted;
claims add what their predicates need. A predicate that reads holders, flags or outside events
needs no series of its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

import numpy as np

from contingent.compile.names import Names, index_of
from contingent.compile.program import Integers, Program, Series
from contingent.language import Observable
from contingent.reference import layout

ARGUMENTS: dict[str, tuple[str, ...]] = {
    "attacks": ("actor", "place"),
    "attempted": ("actor", "place"),
    "withdrew": ("actor", "place"),
    "fighters": ("actor", "place"),
    "losses": ("actor",),
    "readiness": ("actor",),
    "posture": ("actor",),
    "main_effort": ("actor",),
    "belief": ("actor", "place"),
    "commitment": ("actor", "kind"),
    "announced": ("actor", "kind"),
    "will": ("actor",),
    "tacit": ("actor", "actor"),
    "ceasefire": ("ceasefire",),
    "supplied": ("actor", "place"),
    "open": ("route",),
    "progress": ("place",),
    "sorties": ("actor", "place"),
    "detected": ("actor",),
    "columns": ("actor",),
    "intervened": ("option",),
    "satisfied": ("deadline",),
    "held_people": ("bloc",),
    "inbound": ("actor", "place"),
    "reinforced": ("place",),
    "struck_columns": ("actor",),
}
"""Observable of the engines to what its arguments name; a last place may be left out of some."""

READ_ELSEWHERE = ("holds", "contested", "outskirts_contested", "held_people", "event")
"""Predicates read from holders, flags, inhabitants and outside events."""
BY_ROUTE_OR_PAIR = ("open", "ceasefire")
Wanted = Series | Observable


def wanted_series(wanted: Wanted, names: Names) -> tuple[Series, ...]:
    """Series that must be recorded for a predicate."""
    if isinstance(wanted, Series):
        return (wanted,)
    if wanted.name in READ_ELSEWHERE:
        return ()
    args = tuple(str(argument) for argument in wanted.args)
    if wanted.name == "open":
        return tuple(Series("open", (name,)) for name in routes_between(names, *args))
    if wanted.name == "ceasefire":
        return tuple(Series("ceasefire", (name,)) for name in ceasefires_of(names, *args))
    return (Series(wanted.name, args),)


def routes_between(names: Names, one: str, other: str) -> tuple[str, ...]:
    """Names of the routes that join two places."""
    return tuple(name for name, a, b in names.routes if {a, b} == {one, other})


def ceasefires_of(names: Names, one: str, other: str) -> tuple[str, ...]:
    """Names of the ceasefires that bind the blocs of two actors."""
    bloc = dict(zip(names.actors, names.bloc_of, strict=True))
    pair = {bloc[one], bloc[other]}
    return tuple(
        name for name, a, b in names.ceasefires if {bloc.get(a, a), bloc.get(b, b)} == pair
    )


def default_series(names: Names, structure: dict[str, Integers], program: Program) -> list[Series]:
    """Series of every study: forces, command, air, commitment and what may happen."""
    found: list[Series] = []
    for observable in ("fighters", "losses", "readiness", "columns", "detected"):
        found += [Series(observable, (actor,)) for actor in names.actors]
    for leader in structure["bloc_leader"]:
        actor = names.actors[leader]
        found += [Series("posture", (actor,)), Series("main_effort", (actor,))]
    found += _by_means(names, program)
    found += [Series("intervened", (option,)) for option in names.options]
    found += [Series("satisfied", (deadline,)) for deadline in names.deadlines]
    found += [Series("ceasefire", (name,)) for name, _, _ in names.ceasefires]
    return found


def _by_means(names: Names, program: Program) -> list[Series]:
    """Series of the actors that have the means: aircraft, commitment, will that matters."""
    found = []
    sorties = program.table("sorties")
    levels = program.table("initial_commitment")
    ceiling = program.table("ceiling")
    interveners = set(program.structure["option_actor"].tolist())
    for a, actor in enumerate(names.actors):
        if sorties[a] > 0.0:
            found.append(Series("sorties", (actor,)))
        if ceiling[a] > 0.0 or a in interveners:
            found.append(Series("will", (actor,)))
        for k, kind in enumerate(layout.COMMITMENT_KINDS):
            if ceiling[a] > 0.0 and levels[a, k] > 0.0:
                found.append(Series("commitment", (actor, kind)))
    return found


def recording(program: Program, wanted: Iterable[Wanted]) -> Program:
    """Return the program with its default series and those of some predicates."""
    series = default_series(program.names, dict(program.structure), program)
    for one in wanted:
        series += wanted_series(one, program.names)
    return with_series(program, series)


def with_series(program: Program, series: Iterable[Series]) -> Program:
    """Return the program with exactly these series, each once."""
    kept = tuple(dict.fromkeys(series))
    rows = np.array([_row(one, program.names) for one in kept], dtype=np.int32).reshape(-1, 3)
    structure = {
        **program.structure,
        "series_observable": np.ascontiguousarray(rows[:, 0]),
        "series_first": np.ascontiguousarray(rows[:, 1]),
        "series_second": np.ascontiguousarray(rows[:, 2]),
    }
    sizes = {**program.sizes, "S": len(kept)}
    return replace(program, structure=structure, sizes=sizes, series=kept)


def _row(series: Series, names: Names) -> tuple[int, int, int]:
    where = f"series {series}"
    index_of(series.observable, ARGUMENTS, where, "observables")
    kinds = ARGUMENTS[series.observable]
    numbers = [
        index_of(name, _candidates(kind, names), where, f"{kind}s")
        for name, kind in zip(series.args, kinds, strict=False)
    ]
    first, second = [*numbers, -1, -1][:2]
    return layout.OBSERVABLES.index(series.observable), first, second


def _candidates(kind: str, names: Names) -> Sequence[str]:
    match kind:
        case "route":
            return tuple(name for name, _, _ in names.routes)
        case "ceasefire":
            return tuple(name for name, _, _ in names.ceasefires)
        case "kind":
            return layout.COMMITMENT_KINDS
    return {
        "actor": names.actors,
        "place": names.places,
        "bloc": names.blocs,
        "option": names.options,
        "deadline": names.deadlines,
    }[kind]
