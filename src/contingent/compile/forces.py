"""Forces: what stands where on day 0.

Forces of several kinds that an actor has in one place become one force: their numbers add up, and
quality, resolve and readiness are means weighted by fighters, in every future anew. The signature
of an actor is that of its largest force (set by the loader).
"""

from __future__ import annotations

from collections import defaultdict

from contingent.compile.expressions import Constant, Expression, added, averaged
from contingent.compile.names import index_of
from contingent.compile.tables import Tables
from contingent.scenario.types import Theatre
from contingent.scenario.types_actors import Force

_TRAITS = ("quality", "resolve", "readiness")


def compile_forces(tables: Tables, theatre: Theatre) -> None:
    """Fill the tables of day-0 forces."""
    tables.fill("initial_quality", 1.0)
    tables.fill("initial_resolve", 0.5)
    tables.fill("initial_readiness", 1.0)
    for a, (name, actor) in enumerate(theatre.actors.items()):
        by_place: dict[int, list[Force]] = defaultdict(list)
        for force in actor.forces:
            where = f"{name}.forces.{force.at}"
            by_place[index_of(force.at, tables.names.places, where, "places")].append(force)
        for p, forces in by_place.items():
            _merge(tables, (a, p), forces)


def _merge(tables: Tables, cell: tuple[int, int], forces: list[Force]) -> None:
    mobile = [tables.read(force.mobile) for force in forces]
    static = [tables.read(force.static) for force in forces]
    tables.set("initial_mobile", cell, added(mobile))
    tables.set("initial_static", cell, added(static))
    weights = tuple(added(pair) for pair in zip(mobile, static, strict=True))
    for trait in _TRAITS:
        values = tuple(tables.read(getattr(force, trait)) for force in forces)
        tables.set(f"initial_{trait}", cell, averaged(values, weights))


def day0_strength(tables: Tables, forces: tuple[Force, ...]) -> Expression:
    """All fighters of an actor on day 0."""
    parts = [tables.read(size) for force in forces for size in (force.mobile, force.static)]
    return added(parts) if parts else Constant(0.0)
