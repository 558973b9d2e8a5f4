from __future__ import annotations

import numpy as np
import pytest

from contingent.analysis.drivers import Box, Limit, find_box, in_words, rank_drivers

COUNT = 400
NAMES = ("strong", "weak", "nothing", "nor-this")


@pytest.fixture(scope="module")
def values() -> np.ndarray:
    return np.random.default_rng(1).uniform(0.0, 1.0, (COUNT, 4))


@pytest.fixture(scope="module")
def outcome(values: np.ndarray) -> np.ndarray:
    noise = np.random.default_rng(2).uniform(0.0, 1.0, COUNT)
    return (values[:, 0] > 0.6) & (values[:, 1] + noise > 0.5)


def test_unknowns_that_matter_rank_above_the_noise(values: np.ndarray, outcome: np.ndarray) -> None:
    ranked = rank_drivers(values, NAMES, outcome)
    assert [one.name for one in ranked[:2]] == ["strong", "weak"]
    assert ranked[0].matters and not ranked[-1].matters
    assert ranked[0].low < ranked[0].strength < ranked[0].high
    assert ranked[0].lowest == 0.0 and ranked[0].highest > 0.7


def test_correlated_and_repeated_worlds_will_do(values: np.ndarray, outcome: np.ndarray) -> None:
    twice = np.repeat(values, 2, axis=0)
    twice[:, 3] = twice[:, 0]
    ranked = rank_drivers(twice, NAMES, np.repeat(outcome, 2))
    assert {ranked[0].name, ranked[1].name} == {"strong", "nor-this"}


def test_a_handful_of_worlds_has_no_drivers() -> None:
    assert rank_drivers(np.zeros((10, 2)), ("a", "b"), np.zeros(10, dtype=bool)) == []


def test_a_box_finds_the_rule(values: np.ndarray, outcome: np.ndarray) -> None:
    box = find_box(values, NAMES, outcome, rank_drivers(values, NAMES, outcome))
    assert box is not None and box.density > 0.85 and box.coverage >= 0.3
    sides = {limit.name: limit for limit in box.limits}
    assert sides["strong"].low == pytest.approx(0.6, abs=0.12)


def test_nothing_to_peel(values: np.ndarray) -> None:
    never = np.zeros(COUNT, dtype=bool)
    assert find_box(values, NAMES, never, rank_drivers(values, NAMES, never)) is None
    coin = np.random.default_rng(5).uniform(size=COUNT) < 0.5
    assert find_box(values, NAMES, coin, []) is None


def test_boxes_in_words() -> None:
    inf = float("inf")
    box = Box((Limit("a", 1.0, 2.0), Limit("b", -inf, 5.0)), 0.3, 0.9, 0.1)
    assert in_words(box).startswith("where a is 1 to 2 and b is below 5: true in 90 of 100")
