"""Compile a scenario: from the author's meaning to the tables an engine plays."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import cache

import numpy as np

from contingent.compile.actors import compile_actors
from contingent.compile.correlations import groups
from contingent.compile.expressions import Column, Expression
from contingent.compile.forces import compile_forces
from contingent.compile.happenings import compile_happenings, outside_events
from contingent.compile.names import Names, read_names
from contingent.compile.operations import compile_operations
from contingent.compile.places_and_routes import compile_places, compile_routes
from contingent.compile.program import Group, Program
from contingent.compile.relations import compile_relations
from contingent.compile.rules import compile_rules
from contingent.compile.series import Wanted, recording
from contingent.compile.tables import Tables
from contingent.compile.unknowns import unknowns_from_normals
from contingent.reference import layout
from contingent.scenario.changes import names as named_quantities
from contingent.scenario.types import Scenario, Theatre


def compile_scenario(scenario: Scenario, observables: Iterable[Wanted] = ()) -> Program:
    """Compile a scenario.

    Parameters
    ----------
    scenario : complete, as the loader leaves it (priors filled in, quantities named)
    observables : predicates whose series are recorded besides the default ones

    Raises
    ------
    SettingError
        for a reference that leads nowhere or a number that is missing.
    """
    theatre = scenario.theatre
    names = read_names(theatre)
    tables = Tables(theatre, names, sizes_of(theatre, names))
    compile_rules(tables, theatre)
    compile_places(tables, theatre)
    compile_routes(tables, theatre)
    compile_forces(tables, theatre)
    compile_actors(tables, theatre)
    compile_relations(tables, theatre)
    compile_operations(tables, theatre)
    compile_happenings(tables, theatre)
    return recording(_finish(scenario.name, tables, theatre), observables)


def sizes_of(theatre: Theatre, names: Names) -> dict[str, int]:
    """Dimension letter to size, without series."""
    options = theatre.interventions
    return {
        "A": len(names.actors),
        "P": len(names.places),
        "R": len(names.routes),
        "B": len(names.blocs),
        "K": len(layout.COMMITMENT_KINDS),
        "W": layout.COLUMNS_PER_ACTOR,
        "G": len(layout.ROAD_CLASSES),
        "N": len(theatre.shocks),
        "H": layout.SHOCK_MEMORY,
        "L": len(theatre.plans),
        "D": len(theatre.deadlines),
        "Q": sum(len(deadline.needs) for deadline in theatre.deadlines),
        "X": len(options),
        "Y": sum(len(option.triggers) for option in options),
        "Z": sum(len(option.permission) for option in options),
        "V": sum(len(option.blockers) for option in options),
        "C": len(theatre.diplomacy.ceasefires),
        "E": len(theatre.diplomacy.evacuations),
        "U": len(theatre.duties),
        "S": 0,
        "M": len(layout.MECHANISMS),
        "J": len(layout.STRUCTURE),
        "O": 1,
    }


def _finish(name: str, tables: Tables, theatre: Theatre) -> Program:
    """Freeze the tables: derived numbers get the columns after the unknowns."""
    first = len(tables.unknowns)
    targets, slots, scales = [], [], []
    for target in sorted(tables.bound):
        bound = tables.bound[target]
        column = bound if isinstance(bound, Column) else Column(first + bound)
        targets.append(target)
        slots.append(column.index)
        scales.append(column.scale)
    derived: tuple[Expression, ...] = tuple(tables.derived)
    program = Program(
        name=name,
        names=tables.names,
        sizes=tables.sizes,
        days=theatre.days,
        structure=tables.structure,
        parameters=tables.parameters,
        unknowns=tuple(tables.unknowns.values()),
        derived=derived,
        theta_target=np.array(targets, dtype=np.int32),
        theta_slot=np.array(slots, dtype=np.int32),
        theta_scale=np.array(scales, dtype=np.float64),
        correlations=_correlations(tables, theatre),
        series=(),
        events=outside_events(theatre),
    )
    medians = unknowns_from_normals(program, np.zeros((1, first)))[0]
    program.parameters[program.theta_target] = medians[program.theta_slot] * program.theta_scale
    return program


def _correlations(tables: Tables, theatre: Theatre) -> tuple[Group, ...]:
    """Groups of correlated unknowns; a correlation with a number that is certain means nothing."""
    columns = {name: column for column, name in enumerate(tables.unknowns)}
    known = cache(lambda: named_quantities(theatre))
    pairs: dict[tuple[str, str], float] = {}
    for correlation in theatre.correlations:
        one, other = (_unknown_behind(name, known, columns) for name in correlation.between)
        if one is not None and other is not None and one != other:
            pairs[one, other] = correlation.rank
    return groups(pairs, columns)


def _unknown_behind(
    name: str, known: Callable[[], Mapping[str, object]], columns: Mapping[str, int]
) -> str | None:
    """Name of the unknown that a dotted name stands for, None if it is certain or not in use."""
    dotted = name.removeprefix("actors.")
    for candidate in (dotted, f"unknowns.{dotted}"):
        if candidate in columns:
            return candidate
    quantity = known().get(dotted)
    behind = getattr(quantity, "unknown", None) or getattr(quantity, "name", None)
    return behind if behind in columns else None
