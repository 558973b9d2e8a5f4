"""Reference against core, to the last bit, with the first difference in words."""

from __future__ import annotations

import numpy as np
from random_program import RandomProgram

from contingent.core.engine import run_futures
from contingent.reference import layout
from contingent.reference.day import run_future
from contingent.reference.record import COLUMN_FIELDS


def assert_equal(program: RandomProgram, future: int, keys: np.ndarray | None = None) -> None:
    """Play one future in both engines and compare everything that they write."""
    thetas = program.thetas([future])
    shape = (program.days, program.sizes["A"], program.sizes["W"], len(COLUMN_FIELDS))
    seen, expected = np.full((1, *shape), np.nan), np.full(shape, np.nan)
    core = run_futures(program, thetas, program.key, [future], keys=keys, columns=seen)
    reference = run_future(program, thetas[0], program.key, future, keys, columns=expected)
    assert seen[0].tobytes() == expected.tobytes(), "columns on the road"
    for name, one, other in zip(core._fields, core, reference, strict=True):
        if one[0].tobytes() != other.tobytes():
            raise AssertionError(f"{name}: {_difference(program, one[0], other, name)}")


def _difference(program: RandomProgram, core: np.ndarray, reference: np.ndarray, name: str) -> str:
    """The first cell of the first day on which the engines differ (-0.0 differs from 0.0)."""
    unequal = (core != reference) | (np.signbit(core) != np.signbit(reference))
    day, cell = np.argwhere(unequal)[0]
    what = f"place {cell}"
    if name == "series":
        number, first, second = (
            int(program.structure[f"series_{column}"][cell])
            for column in ("observable", "first", "second")
        )
        what = f"{layout.OBSERVABLES[number]}({first}, {second})"
    return (
        f"program {program.seed}, day {day}, {what}: "
        f"core {core[day, cell]!r}, reference {reference[day, cell]!r}"
    )
