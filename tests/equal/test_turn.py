"""Levers moved on a day: both engines alike, nothing before it, nothing without a change."""

from __future__ import annotations

import numpy as np
import pytest
from random_program import RandomProgram, random_program

from contingent.core.engine import run_futures
from contingent.reference.day import run_future

DAY = 12


def values_of(program: RandomProgram, thetas: np.ndarray) -> np.ndarray:
    values = np.tile(np.asarray(program.parameters, dtype=float), (len(thetas), 1))
    values[:, program.theta_target] = thetas[:, program.theta_slot] * program.theta_scale
    return values


@pytest.mark.parametrize("seed", range(12))
def test_both_engines_turn_alike(seed: int) -> None:
    program = random_program(seed)
    thetas = program.thetas([seed])
    later = values_of(program, thetas) * np.random.default_rng(seed).uniform(0.7, 1.3)
    core = run_futures(program, thetas, program.key, [seed], turned=(DAY, later))
    reference = run_future(program, thetas[0], program.key, seed, turned=(DAY, later[0]))
    for one, other in zip(core, reference, strict=True):
        assert one[0].tobytes() == other.tobytes()


@pytest.mark.parametrize("seed", range(6))
def test_nothing_changes_before_the_day_and_nothing_without_a_change(seed: int) -> None:
    program = random_program(seed)
    thetas = program.thetas([seed])
    plain = run_futures(program, thetas, program.key, [seed])
    same = values_of(program, thetas)
    idle = run_futures(program, thetas, program.key, [seed], turned=(DAY, same))
    moved = run_futures(program, thetas, program.key, [seed], turned=(DAY, same * 1.2))
    for one, other, third in zip(plain, idle, moved, strict=True):
        assert one.tobytes() == other.tobytes()
        assert one[:, :DAY].tobytes() == third[:, :DAY].tobytes()
