"""The core repeats the reference to the last bit: holders, flags and every observable."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from comparison import assert_equal
from random_program import random_program

from contingent.reference import layout

PAIRS = list(combinations(layout.MECHANISMS, 2))
CHOICES = [(name, variant) for name, variants in layout.STRUCTURE.items() for variant in variants]
SUBSETS = 200


def _id(names: tuple[str, ...]) -> str:
    return "-".join(names)


@pytest.mark.parametrize("seed", range(40))
def test_with_every_mechanism_on(seed: int) -> None:
    assert_equal(random_program(seed, days=90), future=seed)


@pytest.mark.parametrize("mechanism", layout.MECHANISMS)
def test_with_one_mechanism_off(mechanism: str) -> None:
    for seed in range(100, 104):
        assert_equal(random_program(seed).without(mechanism), future=seed)


@pytest.mark.parametrize("pair", PAIRS, ids=_id)
def test_with_two_mechanisms_off(pair: tuple[str, str]) -> None:
    first = 200 + 2 * PAIRS.index(pair)
    for seed in (first, first + 1):
        assert_equal(random_program(seed, days=45, largest=8).without(*pair), future=seed)


@pytest.mark.parametrize("group", range(20))
def test_with_random_mechanisms_off(group: int) -> None:
    for seed in range(400 + group, 400 + SUBSETS, 20):
        on = np.random.default_rng(seed).random(len(layout.MECHANISMS)) < 0.7
        off = [name for name, runs in zip(layout.MECHANISMS, on, strict=True) if not runs]
        assert_equal(random_program(seed, days=45, largest=10).without(*off), future=seed)


@pytest.mark.parametrize("choice", CHOICES, ids=_id)
def test_with_one_choice_made(choice: tuple[str, str]) -> None:
    name, variant = choice
    for seed in range(700, 704):
        assert_equal(random_program(seed).choosing(**{name: variant}), future=seed)


@pytest.mark.parametrize("group", range(10))
def test_with_random_choices_made(group: int) -> None:
    for seed in range(800 + group, 840, 10):
        rng = np.random.default_rng(seed)
        choices = {name: rng.choice(variants) for name, variants in layout.STRUCTURE.items()}
        assert_equal(random_program(seed).choosing(**choices), future=seed)


@pytest.mark.parametrize("seed", range(900, 908))
def test_with_keys_of_single_days_and_mechanisms(seed: int) -> None:
    program = random_program(seed)
    assert_equal(program, future=seed, keys=program.keys(seed))


def test_largest_number_of_a_future() -> None:
    assert_equal(random_program(910), future=2**32 - 1)
