"""Relations: stances of blocs, coordination and tacit coordination of actors.

Stance is a property of two blocs: allied within a bloc, neutral where nothing is written.
Coordination is ``model.coordination.same_bloc`` within a bloc, ``model.coordination.allied``
between actors of allied blocs and 0.3 elsewhere, unless a relation says otherwise; one that names
two actors outdoes one that names blocs. Actors of one bloc always leave each other alone (tacit
coordination 1).
"""

from __future__ import annotations

from contingent.compile.rules import parameter
from contingent.compile.tables import Tables
from contingent.errors import SettingError
from contingent.reference import layout
from contingent.scenario.types import Theatre
from contingent.scenario.types_relations import Relation

STANCES = {"allied": layout.ALLIED, "neutral": layout.NEUTRAL, "hostile": layout.HOSTILE}
ELSEWHERE = 0.3
"""Coordination of actors whose blocs are not allied."""


def compile_relations(tables: Tables, theatre: Theatre) -> None:
    """Fill the tables of pairs."""
    names = tables.names
    stance = tables.structure["stance"]
    for b in range(len(names.blocs)):
        stance[b, b] = layout.ALLIED
    for relation in theatre.relations:
        if relation.stance is not None:
            one, other = (_bloc(tables, name, relation) for name in relation.pair)
            if one != other:
                stance[one, other] = stance[other, one] = STANCES[relation.stance]
    _defaults(tables, theatre)
    plain = [r for r in theatre.relations if any(n not in names.actors for n in r.pair)]
    for relation in [*plain, *(r for r in theatre.relations if r not in plain)]:
        for one in _actors(tables, relation.pair[0]):
            for other in _actors(tables, relation.pair[1]):
                _relate(tables, one, other, relation)


def _bloc(tables: Tables, name: str, relation: Relation) -> int:
    names = tables.names
    if name in names.actors:
        return names.blocs.index(names.bloc_of[names.actors.index(name)])
    if name in names.blocs:
        return names.blocs.index(name)
    where = f"relations.{'-'.join(relation.pair)}"
    raise SettingError(where, repr(name), "an actor, or a bloc with actors")


def _actors(tables: Tables, name: str) -> list[int]:
    names = tables.names
    if name in names.actors:
        return [names.actors.index(name)]
    return [names.actors.index(actor) for actor in names.actors_of(name)]


def _defaults(tables: Tables, theatre: Theatre) -> None:
    within = parameter(theatre, "coordination.same_bloc")
    between = parameter(theatre, "coordination.allied")
    bloc = tables.structure["actor_bloc"]
    stance = tables.structure["stance"]
    for a in range(len(bloc)):
        for other in range(len(bloc)):
            together = bloc[a] == bloc[other]
            allied = stance[bloc[a], bloc[other]] == layout.ALLIED
            value = within if together else between if allied else ELSEWHERE
            tables.set("coordination", (a, other), 1.0 if a == other else value)
            for table in ("initial_tacit", "usual_tacit"):
                tables.set(table, (a, other), float(together))


def _relate(tables: Tables, one: int, other: int, relation: Relation) -> None:
    if one == other:
        return
    usual = relation.tacit if relation.tacit_usual is None else relation.tacit_usual
    bloc = tables.structure["actor_bloc"]
    for cell in ((one, other), (other, one)):
        if relation.coordination is not None:
            tables.set("coordination", cell, relation.coordination)
        if bloc[one] != bloc[other]:
            tables.set("initial_tacit", cell, relation.tacit)
            tables.set("usual_tacit", cell, usual)
