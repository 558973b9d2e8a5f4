"""A future does not hang on which others are run with it, in which order, or on which thread."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from random_program import random_program

from contingent.core.engine import Log, run_futures

FUTURES = np.array([17, 3, 2**32 - 1, 0, 99, 4, 5, 6])


def rows(log: Log, chosen: list[int]) -> tuple[bytes, ...]:
    return tuple(array[chosen].tobytes() for array in log)


@pytest.mark.parametrize("seed", range(1000, 1006))
def test_one_alone_is_one_of_many(seed: int) -> None:
    program = random_program(seed)
    thetas = program.thetas(FUTURES)
    together = run_futures(program, thetas, program.key, FUTURES)
    for i, future in enumerate(FUTURES):
        alone = run_futures(program, thetas[[i]], program.key, [future])
        assert rows(alone, [0]) == rows(together, [i])


def test_order_and_threads_do_not_matter() -> None:
    program = random_program(1010, days=90)
    numbers = np.arange(64)
    thetas = program.thetas(numbers)
    together = run_futures(program, thetas, program.key, numbers)
    chunks = np.array_split(np.random.default_rng(1).permutation(numbers), 9)
    with ThreadPoolExecutor(4) as pool:
        logs = list(pool.map(lambda c: run_futures(program, thetas[c], program.key, c), chunks))
    for chunk, log in zip(chunks, logs, strict=True):
        assert rows(log, list(range(len(chunk)))) == rows(together, list(chunk))


def test_each_future_may_have_its_own_keys() -> None:
    program = random_program(1020)
    thetas = program.thetas(FUTURES)
    keys = np.stack([program.keys(int(future)) for future in FUTURES])
    together = run_futures(program, thetas, program.key, FUTURES, keys=keys)
    plain = run_futures(program, thetas, program.key, FUTURES)
    assert rows(together, [0]) != rows(plain, [0])
    for i, future in enumerate(FUTURES):
        alone = run_futures(program, thetas[[i]], program.key, [future], keys=keys[i])
        assert rows(alone, [0]) == rows(together, [i])


def test_a_table_that_repeats_the_root_key_changes_nothing() -> None:
    program = random_program(1030)
    thetas = program.thetas(FUTURES)
    keys = np.broadcast_to(np.array(program.key, dtype=np.uint32), program.keys(0).shape)
    one = run_futures(program, thetas, program.key, FUTURES, keys=keys)
    other = run_futures(program, thetas, program.key, FUTURES)
    assert rows(one, list(range(8))) == rows(other, list(range(8)))


def test_writes_into_given_arrays() -> None:
    program = random_program(1040)
    thetas = program.thetas(FUTURES)
    expected = run_futures(program, thetas, program.key, FUTURES)
    out = Log(*(np.full_like(array, 77) for array in expected))
    assert run_futures(program, thetas, program.key, FUTURES, out=out) is out
    assert rows(out, list(range(8))) == rows(expected, list(range(8)))
