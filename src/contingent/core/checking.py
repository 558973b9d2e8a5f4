"""What a program must fulfil so that the core stays within its tables: shapes, types, indices.

The core reads and writes flat memory without asking; everything that it takes an index from is
looked at here first. Values (a march speed of zero, a probability of two) are the business of
:mod:`contingent.compile`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple, Protocol
from weakref import WeakKeyDictionary

import numpy as np

import contingent.core._core as _core

STRUCTURE_TABLES: list[tuple[str, str]] = _core.structure_tables
PARAMETER_TABLES: list[tuple[str, str]] = _core.parameter_tables
FREE_SIZES: str = _core.free_sizes
FIXED_SIZES: dict[str, int] = _core.fixed_sizes
CONSTANTS: dict[str, int] = _core.constants


class Program(Protocol):
    """What a future is made from, see :class:`contingent.reference.state.Program`.

    Programs are told apart by identity: one is checked once, so its tables must not change after.
    """

    sizes: Mapping[str, int]
    days: int
    structure: Mapping[str, np.ndarray]
    parameters: np.ndarray
    theta_target: np.ndarray
    theta_slot: np.ndarray
    theta_scale: np.ndarray


#: Tables whose every cell points into a dimension; "?" behind the letter where -1 stands for none.
POINTERS = {
    "actor_bloc": "B",
    "bloc_leader": "A",
    "initial_holder": "A",
    "route_from": "P",
    "route_to": "P",
    "route_class": "G",
    "air_base": "P?",
    "entry": "P?",
    "recruit_place": "P?",
    "sponsor": "A?",
    "shock_on": "A",
    "shock_pair_first": "A?",
    "plan_actor": "A",
    "plan_at": "P",
    "plan_to": "P?",
    "need_deadline": "D",
    "option_actor": "A",
    "option_target": "P",
    "option_from": "P",
    "trigger_option": "X",
    "permission_option": "X",
    "permission_actor": "A",
    "blocker_option": "X",
    "blocker_actor": "A",
    "blocker_place": "P",
    "ceasefire_first": "A",
    "ceasefire_second": "A",
    "ceasefire_after_actor": "A?",
    "evacuation_garrison": "A",
    "evacuation_besieger": "A",
    "duty_actor": "A",
    "duty_place": "P?",
}

#: (table, condition table, value of the condition or None for "0 or more", pointer)
CONDITIONAL = (
    ("shock_pair_second", "shock_pair_first", None, "A"),
    ("ceasefire_after_place", "ceasefire_after_actor", None, "P"),
    ("need_first", "need_kind", "NEED_PEOPLE", "B"),
    ("need_first", "need_kind", "NEED_HOLDS", "A"),
    ("need_second", "need_kind", "NEED_HOLDS", "P"),
    ("need_first", "need_kind", "NEED_CEASEFIRE", "C"),
    ("trigger_first", "trigger_kind", "TRIGGER_SHOCKS", "N"),
    ("trigger_first", "trigger_kind", "TRIGGER_HOLDS", "A"),
    ("trigger_second", "trigger_kind", "TRIGGER_HOLDS", "P"),
    ("trigger_first", "trigger_kind", "TRIGGER_LOST", "A"),
    ("trigger_second", "trigger_kind", "TRIGGER_LOST", "P"),
    ("trigger_first", "trigger_kind", "TRIGGER_SATISFIED", "D"),
    *(
        (table, "initial_phase", phase, pointer)
        for phase in ("BUILD_UP", "PROBE", "ASSAULT", "HOLD")
        for table, pointer in (("initial_lead", "A"), ("initial_staging", "P"))
    ),
)

#: Tables that hold one of a few kinds, and the names of these kinds.
KINDS = {
    "stance": ("HOSTILE", "NEUTRAL", "ALLIED"),
    "initial_phase": ("NO_OPERATION", "BUILD_UP", "PROBE", "ASSAULT", "HOLD"),
    "initial_aim": ("TAKE", "ISOLATE", "RAID"),
    "option_aim": ("TAKE", "ISOLATE", "RAID"),
    "plan_kind": ("PLAN_ATTACK", "PLAN_WITHDRAW", "PLAN_REINFORCE"),
    "need_kind": ("NEED_PEOPLE", "NEED_HOLDS", "NEED_CEASEFIRE"),
    "trigger_kind": tuple(
        f"TRIGGER_{kind}" for kind in ("SHOCKS", "HOLDS", "LOST", "AFTER", "SATISFIED")
    ),
}

#: Dimensions of the arguments of each observable.
OBSERVABLES = {
    "attacks": "A P",
    "attempted": "A P",
    "withdrew": "A P",
    "fighters": "A P?",
    "losses": "A",
    "readiness": "A",
    "posture": "A",
    "main_effort": "A",
    "belief": "A P",
    "commitment": "A K",
    "announced": "A K",
    "will": "A",
    "tacit": "A A",
    "ceasefire": "C",
    "supplied": "A P",
    "open": "R",
    "progress": "P",
    "sorties": "A P?",
    "detected": "A",
    "columns": "A",
    "intervened": "X",
    "satisfied": "D",
    "held_people": "B",
    "inbound": "A P",
    "reinforced": "P",
    "struck_columns": "A",
}

LARGEST_INTEGER = 2**30


def cells(dimensions: str, sizes: Mapping[str, int]) -> int:
    """Number of cells of a table with these dimension letters."""
    count = 1
    for letter in dimensions:
        count *= sizes[letter]
    return count


def all_sizes(program: Program) -> dict[str, int]:
    """Sizes by letter; complains of one missing or other than the core was built for."""
    sizes = {letter: int(program.sizes[letter]) for letter in FREE_SIZES if letter in program.sizes}
    missing = set(FREE_SIZES) - set(sizes)
    if missing:
        raise ValueError(f"sizes: no {', '.join(sorted(missing))}")
    for letter, size in FIXED_SIZES.items():
        if letter in program.sizes and int(program.sizes[letter]) != size:
            given = program.sizes[letter]
            raise ValueError(f"sizes: {letter} = {given}, but the core was built for {size}")
    for letter, size in sizes.items():
        if size < (1 if letter in "ABP" else 0):
            raise ValueError(f"sizes: {letter} = {size}")
    return sizes | FIXED_SIZES


class Checked(NamedTuple):
    """A program's sizes by letter, and its structure tables one after the other."""

    sizes: dict[str, int]
    structure: np.ndarray


def checked(program: Program) -> Checked:
    """Check a program once, however often it is played."""
    known = _CHECKED.get(program)
    if known is None:
        sizes = all_sizes(program)
        flat = structure_of(program, sizes)
        check_indices(flat, sizes)
        known = _CHECKED[program] = Checked(sizes, np.concatenate(list(flat.values())))
    return known


_CHECKED: WeakKeyDictionary[Program, Checked] = WeakKeyDictionary()


def structure_of(program: Program, sizes: Mapping[str, int]) -> dict[str, np.ndarray]:
    """Structure tables as flat int32 arrays, in the order of the core."""
    flat = {}
    for name, dimensions in STRUCTURE_TABLES:
        if name not in program.structure:
            raise ValueError(f"structure: no table {name}")
        table = np.asarray(program.structure[name])
        expected = tuple(sizes[letter] for letter in dimensions)
        if table.shape != expected:
            raise ValueError(f"structure: {name} has shape {table.shape}, expected {expected}")
        if table.dtype.kind not in "iub":
            raise TypeError(f"structure: {name} holds {table.dtype}, expected whole numbers")
        if table.size and np.abs(table.astype(np.int64)).max() > LARGEST_INTEGER:
            raise ValueError(f"structure: {name} holds a number beyond 2**30")
        flat[name] = table.astype(np.int32).ravel()
    return flat


def check_indices(flat: Mapping[str, np.ndarray], sizes: Mapping[str, int]) -> None:
    """Complain about the first cell that points out of its dimension."""
    for name, pointer in POINTERS.items():
        _within(name, flat[name], pointer, sizes)
    for name, condition, value, pointer in CONDITIONAL:
        decides = flat[condition]
        chosen = decides >= 0 if value is None else decides == CONSTANTS[value]
        _within(name, flat[name][chosen], pointer, sizes)
    for name, kinds in KINDS.items():
        if not np.isin(flat[name], [CONSTANTS[kind] for kind in kinds]).all():
            raise ValueError(f"structure: {name} holds something else than {', '.join(kinds)}")
    observable = flat["series_observable"]
    known = np.zeros(len(observable), dtype=bool)
    for name, pointers in OBSERVABLES.items():
        chosen = observable == CONSTANTS["OBSERVE_" + name.upper()]
        known |= chosen
        for table, pointer in zip(
            ("series_first", "series_second"), pointers.split(), strict=False
        ):
            _within(f"{table} of {name}", flat[table][chosen], pointer, sizes)
    if not known.all():
        raise ValueError("structure: series_observable holds a number that is no observable")


def _within(name: str, cells: np.ndarray, pointer: str, sizes: Mapping[str, int]) -> None:
    if cells.size == 0:
        return
    least, size = (-1 if pointer.endswith("?") else 0), sizes[pointer[0]]
    if cells.min() < least or cells.max() >= size:
        bad = cells[(cells < least) | (cells >= size)][0]
        raise ValueError(f"structure: {name} holds {bad}, expected {least} to {size - 1}")
