"""Operations that run on day 0.

A bloc has at most one operation against a place: those of several of its actors against one target
become one, led by the bloc's leader if it takes part, else by the first named, and run from where
that actor's troops are listed. Troops of another staging place join at the target: their share is
taken from the place where they are listed and put down at the target before the future begins.
"""

from __future__ import annotations

from contingent.compile.expressions import Clipped, Expression, Product, added
from contingent.compile.names import index_of
from contingent.compile.tables import Tables
from contingent.reference import layout
from contingent.scenario.types import Theatre
from contingent.scenario.types_actors import Actor, Operation

Entry = tuple[int, str, Actor, Operation]


def compile_operations(tables: Tables, theatre: Theatre) -> None:
    """Fill the tables of running operations."""
    tables.structure["initial_staging"][:] = -1
    tables.structure["initial_lead"][:] = -1
    found: dict[tuple[int, int], list[Entry]] = {}
    for a, (name, actor) in enumerate(theatre.actors.items()):
        for operation in actor.operations:
            where = f"{name}.operations.{operation.target}"
            target = index_of(operation.target, tables.names.places, where, "places")
            bloc = int(tables.structure["actor_bloc"][a])
            found.setdefault((bloc, target), []).append((a, name, actor, operation))
    for cell, entries in found.items():
        leader = tables.structure["bloc_leader"][cell[0]]
        entries.sort(key=lambda entry: entry[0] != leader)
        _start(tables, cell, entries[0], theatre)
        for entry in entries[1:]:
            if entry[3].origin != entries[0][3].origin:
                _join(tables, cell, entry)


def _start(tables: Tables, cell: tuple[int, int], entry: Entry, theatre: Theatre) -> None:
    a, name, _, operation = entry
    where = f"{name}.operations.{operation.target}.from"
    structure = tables.structure
    structure["initial_phase"][cell] = layout.PHASES.index(operation.phase)
    structure["initial_lead"][cell] = a
    structure["initial_staging"][cell] = index_of(
        operation.origin, tables.names.places, where, "places"
    )
    structure["initial_aim"][cell] = layout.AIMS.index(operation.aim)
    if operation.since is not None:
        structure["initial_since"][cell] = min((operation.since - theatre.start).days, 0)
    tables.set("committed_share", cell, operation.committed)
    tables.set("initial_progress", cell, operation.progress)


def _join(tables: Tables, cell: tuple[int, int], entry: Entry) -> None:
    """Put the troops of a second staging place down at the target."""
    a, name, actor, operation = entry
    where = f"{name}.operations.{operation.target}.from"
    origin = index_of(operation.origin, tables.names.places, where, "places")
    target = cell[1]
    share = tables.read(operation.committed)
    here = [f for f in actor.forces if f.at == operation.origin]
    mobile = added(tables.read(force.mobile) for force in here)
    there = [tables.read(force.mobile) for force in actor.forces if force.at == operation.target]
    stays: Expression = Clipped(share, times=-1.0, plus=1.0, low=0.0, high=1.0)
    tables.set("initial_mobile", (a, origin), Product((mobile, stays)))
    tables.set("initial_mobile", (a, target), added([*there, Product((mobile, share))]))
    if not there and here:
        for trait in ("quality", "resolve", "readiness"):
            tables.set(f"initial_{trait}", (a, target), getattr(here[0], trait))
