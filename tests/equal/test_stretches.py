"""A future that is played on from where it stands is the same future, to the last bit."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from random_program import random_program

from contingent.core.engine import Log, run_futures, standing

FUTURES = (3, 5)


def empty(log: Log) -> Log:
    return Log(*(np.zeros_like(array) for array in log))


@settings(max_examples=40, deadline=None)
@given(seed=st.integers(0, 10_000), data=st.data())
def test_stretches_make_the_whole(seed: int, data: st.DataObject) -> None:
    program = random_program(seed)
    thetas = program.thetas(FUTURES)
    cuts = data.draw(st.sets(st.integers(1, program.days - 1), max_size=5))
    turned = None
    if data.draw(st.booleans()):
        values = np.tile(program.parameters, (len(FUTURES), 1))
        values[:, program.theta_target] = thetas[:, program.theta_slot] * program.theta_scale * 1.1
        turned = (data.draw(st.integers(1, program.days - 1)), values)
    whole = run_futures(program, thetas, program.key, FUTURES, turned=turned)
    parts, room = empty(whole), standing(program, len(FUTURES))
    for first, until in pairwise(sorted({0, *cuts, program.days})):
        run_futures(
            program,
            thetas,
            program.key,
            FUTURES,
            turned=turned,
            out=parts,
            stretch=(first, until, room),
        )
    for one, other in zip(whole, parts, strict=True):
        np.testing.assert_array_equal(one, other)


def test_only_the_days_played_are_written() -> None:
    program = random_program(1)
    thetas = program.thetas(FUTURES)
    log = empty(run_futures(program, thetas, program.key, FUTURES))
    room = standing(program, len(FUTURES))
    run_futures(program, thetas, program.key, FUTURES, out=log, stretch=(0, 4, room))
    assert log.series[:, :4].any() and not log.series[:, 4:].any()


@pytest.mark.parametrize(
    ("first", "until", "futures", "said"),
    [
        (2, 2, 2, "first, until"),
        (-1, 3, 2, "first, until"),
        (0, 10_000, 2, "first, until"),
        (0, 3, 1, "standing"),
        (3, 4, 3, "standing"),
    ],
)
def test_what_cannot_be_played_is_refused(first: int, until: int, futures: int, said: str) -> None:
    program = random_program(1)
    stretch = (first, until, standing(program, futures))
    with pytest.raises(ValueError, match=said):
        run_futures(program, program.thetas(FUTURES), program.key, FUTURES, stretch=stretch)
