"""A program that passes the checks cannot make the core leave its tables; others are refused."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from random_program import RandomProgram, random_program

from contingent.core.checking import (
    CONDITIONAL,
    FREE_SIZES,
    KINDS,
    OBSERVABLES,
    PARAMETER_TABLES,
    POINTERS,
    STRUCTURE_TABLES,
    all_sizes,
    check_indices,
    structure_of,
)
from contingent.core.engine import Log, run_futures
from contingent.reference import layout


@pytest.fixture(scope="module")
def program() -> RandomProgram:
    """One in which every dimension is in use."""
    for seed in range(2000, 3000):
        found = random_program(seed)
        if all(found.sizes[letter] > 0 for letter in FREE_SIZES):
            return found
    raise AssertionError("no such program")


def with_structure(program: RandomProgram, **tables: np.ndarray) -> RandomProgram:
    return replace(program, structure={**program.structure, **tables})


def check(program: RandomProgram) -> None:
    sizes = all_sizes(program)
    check_indices(structure_of(program, sizes), sizes)


def test_the_core_was_built_from_this_layout() -> None:
    assert [(t.name, t.dimensions) for t in layout.STRUCTURE_TABLES] == STRUCTURE_TABLES
    assert [(t.name, t.dimensions) for t in layout.PARAMETER_TABLES] == PARAMETER_TABLES


def test_every_structure_table_that_indexes_is_looked_at() -> None:
    free = {"mechanism_on", "choice", "max_operations", "area", "place_desert", "supply_source"}
    free |= {"initial_open", "initial_since", "deadline_day", "deadline_binds", "option_earliest"}
    free |= {"trigger_days", "duty_first_day", "duty_last_day"}
    checked = set(POINTERS) | set(KINDS) | {row[0] for row in CONDITIONAL}
    checked |= {"series_observable", "series_first", "series_second"}
    assert checked | free == {table.name for table in layout.STRUCTURE_TABLES}
    assert tuple(OBSERVABLES) == layout.OBSERVABLES


@pytest.mark.parametrize("table", POINTERS)
@pytest.mark.parametrize("value", [-2, 10_000])
def test_a_pointer_out_of_range_is_refused(program: RandomProgram, table: str, value: int) -> None:
    bad = np.array(program.structure[table])
    bad.flat[-1] = value
    with pytest.raises(ValueError, match=table):
        check(with_structure(program, **{table: bad}))


@pytest.mark.parametrize("table", KINDS)
def test_an_unknown_kind_is_refused(program: RandomProgram, table: str) -> None:
    bad = np.array(program.structure[table])
    bad.flat[0] = 9
    with pytest.raises(ValueError, match=table):
        check(with_structure(program, **{table: bad}))


@pytest.mark.parametrize("row", CONDITIONAL, ids=lambda row: f"{row[0]}-{row[2]}")
def test_a_conditional_pointer_is_checked_where_it_counts(
    program: RandomProgram, row: tuple[str, str, str | None, str]
) -> None:
    table, condition, value, _ = row
    decides = np.zeros_like(program.structure[condition])
    decides[...] = 0 if value is None else getattr(layout, value)
    far = np.full_like(program.structure[table], 10_000)
    bad = with_structure(program, **{condition: decides, table: far})
    with pytest.raises(ValueError, match="expected"):
        check(bad)
    if value is None:
        nobody = np.full_like(decides, -1)
        check(with_structure(program, **{condition: nobody, table: far}))


@pytest.mark.parametrize("column", ["first", "second"])
def test_arguments_of_observables_are_checked(program: RandomProgram, column: str) -> None:
    for observable, pointers in enumerate(OBSERVABLES.values()):
        if column == "second" and len(pointers.split()) < 2:
            continue
        bad = np.array(program.structure[f"series_{column}"])
        bad[program.structure["series_observable"] == observable] = 10_000
        with pytest.raises(ValueError, match="series"):
            check(with_structure(program, **{f"series_{column}": bad}))
    unknown = np.full_like(program.structure["series_observable"], len(OBSERVABLES))
    with pytest.raises(ValueError, match="no observable"):
        check(with_structure(program, series_observable=unknown))


def test_shapes_and_types_are_checked(program: RandomProgram) -> None:
    thetas = program.thetas([0])
    with pytest.raises(ValueError, match="shape"):
        check(with_structure(program, stance=np.zeros(3, dtype=int)))
    with pytest.raises(TypeError, match="whole numbers"):
        check(with_structure(program, max_operations=np.ones(program.sizes["B"])))
    with pytest.raises(ValueError, match="beyond"):
        day = np.full(program.sizes["D"], 2**40)
        check(with_structure(program, deadline_day=day))
    without = {k: v for k, v in program.structure.items() if k != "stance"}
    with pytest.raises(ValueError, match="no table stance"):
        check(replace(program, structure=without))
    with pytest.raises(ValueError, match="no P"):
        check(replace(program, sizes={k: v for k, v in program.sizes.items() if k != "P"}))
    with pytest.raises(ValueError, match="A = 0"):
        check(replace(program, sizes={**program.sizes, "A": 0}))
    with pytest.raises(ValueError, match="built for"):
        check(replace(program, sizes={**program.sizes, "W": 3}))
    with pytest.raises(ValueError, match="parameters"):
        run_futures(replace(program, parameters=np.zeros(3)), thetas, program.key, [0])
    with pytest.raises(ValueError, match="days"):
        run_futures(replace(program, days=0), thetas, program.key, [0])
    with pytest.raises(ValueError, match="thetas"):
        run_futures(program, thetas, program.key, [0, 1])
    with pytest.raises(ValueError, match="theta_slot"):
        run_futures(program, thetas[:, :1], program.key, [0])
    with pytest.raises(ValueError, match="theta_target"):
        far = np.full_like(program.theta_target, 10**9)
        run_futures(replace(program, theta_target=far), thetas, program.key, [0])
    with pytest.raises(ValueError, match="unequal"):
        run_futures(replace(program, theta_scale=np.ones(1)), thetas, program.key, [0])
    for futures in ([-1], [2**32], [0.5]):
        with pytest.raises(ValueError, match="futures"):
            run_futures(program, thetas, program.key, futures)
    with pytest.raises(ValueError, match="keys"):
        run_futures(program, thetas, program.key, [0], keys=np.zeros((2, 2), dtype=np.uint32))


def test_arrays_to_write_into_must_fit(program: RandomProgram) -> None:
    thetas = program.thetas([0])
    log = run_futures(program, thetas, program.key, [0])
    short = Log(log.holders[:, 1:], log.flags, log.series)
    with pytest.raises((TypeError, ValueError)):
        run_futures(program, thetas, program.key, [0], out=short)
    with pytest.raises(TypeError):
        whole = Log(log.holders.astype(np.int32), log.flags, log.series)
        run_futures(program, thetas, program.key, [0], out=whole)


def test_no_futures_give_empty_arrays(program: RandomProgram) -> None:
    log = run_futures(program, program.thetas([0])[:0], program.key, np.array([], dtype=int))
    assert [len(array) for array in log] == [0, 0, 0]
