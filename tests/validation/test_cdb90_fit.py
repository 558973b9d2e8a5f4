from pathlib import Path

import numpy as np
import pytest
from validation.cdb90.likelihood import log_likelihood, summarise
from validation.cdb90.parameters import INDEX, PARAMETERS
from validation.cdb90.rows import inputs, read_battles
from validation.cdb90.simulate import draw_randomness, simulate
from validation.cdb90.surrogate import Surrogate, _Objective

DATA = Path(__file__).parents[2] / "validation" / "data" / "cdb90_calibration.csv"


def test_rows_hold_nothing_that_was_judged_afterwards() -> None:
    battles = read_battles(DATA)
    assert len(battles) == 421
    assert (
        inputs(battles, with_surprise=False).shape[1] + 1
        == (inputs(battles, with_surprise=True).shape[1])
    )
    judged = {"leada", "trnga", "morala", "cea", "inita", "momnta", "kmda", "acha"}
    assert not judged & set(battles.__dataclass_fields__)


def test_surprise_moves_nothing_unless_it_is_asked_for() -> None:
    battles = read_battles(DATA).take(np.arange(40))
    random = draw_randomness(len(battles), 16, seed=2)
    x = np.zeros(len(PARAMETERS))
    other = x.copy()
    other[INDEX["surprise"]] = 3.0
    without = [simulate(battles, z, random, with_surprise=False).won for z in (x, other)]
    assert (without[0] == without[1]).all()
    assert (simulate(battles, other, random, with_surprise=True).won != without[0]).any()


def test_likelihood_prefers_the_side_that_wins_more() -> None:
    battles = read_battles(DATA).take(np.arange(200))
    random = draw_randomness(len(battles), 64, seed=3)
    said = summarise(simulate(battles, np.zeros(len(PARAMETERS)), random, with_surprise=False))
    blind = said._replace(means=np.repeat(said.means.mean(axis=1, keepdims=True), 2, axis=1))
    flipped = blind._replace(log_odds=-blind.log_odds)
    difference = log_likelihood(blind, battles) - log_likelihood(flipped, battles)
    expected = np.where(battles.won > 0.5, 1.0, -1.0) * said.log_odds
    assert difference == pytest.approx(expected, abs=1e-9)


def test_gradient_of_the_surrogate_is_its_slope() -> None:
    battles = read_battles(DATA).take(np.arange(60))
    rng = np.random.default_rng(1)
    n, k = len(battles), 4
    surrogate = Surrogate(
        0.3 * rng.standard_normal((n, 10)),
        0.1 * rng.standard_normal((n, 10, k)),
        0.05 * rng.standard_normal((n, 10, k)),
        np.tile(np.eye(3), (n, 1, 1)),
    )
    objective = _Objective(surrogate, battles, np.arange(n))
    x = rng.standard_normal(k)
    bumps = 1e-5 * np.eye(k)
    slope = [(objective(x + b)[0] - objective(x - b)[0]) / 2e-5 for b in bumps]
    assert objective(x)[1] == pytest.approx(slope, rel=1e-5)
