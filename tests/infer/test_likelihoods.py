"""Likelihoods worked out by hand, and reports made up from the same model."""

from __future__ import annotations

import math
from dataclasses import replace
from itertools import pairwise
from typing import Any

import numpy as np
import pytest

from contingent.infer.draws import Draws
from contingent.infer.likelihoods import CHANCES, answer, chances_of, log_likelihood, make_reports
from contingent.infer.reports import Evidence

HELD = {"holds_south_mill": [[1, 1, 1, 1], [1, 1, 0, 0]]}
ATTACKED = {"attacks_north_mill": [[0, 0, 1, 0], [0, 0, 0, 0]]}


def likelihood(evidence: Evidence, paths: Any) -> list[float]:
    return np.exp(log_likelihood(evidence, paths, np.zeros(paths.futures))).tolist()


def test_holder(read: Any, paths: Any) -> None:
    evidence = read(2, observe="holds(south, mill)")
    so, not_so = 0.98 * 0.99 + 0.02 * 0.5, 0.98 * 0.01 + 0.02 * 0.5
    assert likelihood(evidence, paths(**HELD)) == pytest.approx([so, not_so])
    denied = read(2, observe="not holds(south, mill)")
    assert likelihood(denied, paths(**HELD)) == pytest.approx([not_so, so])
    doubtful = read(2, observe="holds(south, mill)", grade="D4")
    assert likelihood(doubtful, paths(**HELD)) == pytest.approx(
        [0.25 * 0.99 + 0.75 * 0.5, 0.25 * 0.01 + 0.75 * 0.5]
    )


def test_event_in_a_window(read: Any, paths: Any) -> None:
    so, not_so = 0.98 * 0.9 + 0.01, 0.98 * 0.05 + 0.01
    on_the_day = read(3, observe="attacks(north, mill)")
    assert likelihood(on_the_day, paths(**ATTACKED)) == pytest.approx([not_so, not_so])
    within = read(3, observe="attacks(north, mill)", window=1)
    assert likelihood(within, paths(**ATTACKED)) == pytest.approx([so, not_so])


def test_silence_tells_little_of_a_source_that_says_little(read: Any, paths: Any) -> None:
    evidence = read(3, observe="attacks(north, mill)", window=3, silence=True)
    assert likelihood(evidence, paths(**ATTACKED)) == pytest.approx(
        [0.98 * 0.3 + 0.02 * 0.98, 0.98]
    )
    mute = read(3, observe="attacks(north, mill)", window=3, silence=True, grade="E5")
    one, other = likelihood(mute, paths(**ATTACKED))
    assert one == pytest.approx(other, rel=0.02)


def test_inaction_is_about_every_day(read: Any, paths: Any) -> None:
    evidence = read(3, observe="not attacks(north, mill)", window=3)
    assert likelihood(evidence, paths(**ATTACKED)) == pytest.approx(
        [0.98 * 0.2 + 0.01, 0.98 * 0.95 + 0.01]
    )


def test_order(read: Any, paths: Any) -> None:
    evidence = read(3, observe="first attacks(north, mill) then contested(mill)")
    rows = {
        "attacks_north_mill": [[0, 1, 0, 0], [0, 0, 1, 0], [0, 1, 0, 0]],
        "contested_mill": [[0, 0, 1, 0], [0, 1, 0, 0], [0, 0, 0, 0]],
    }
    so, not_so = 0.98 * 0.9 + 0.01, 0.98 * 0.1 + 0.01
    assert likelihood(evidence, paths(**rows)) == pytest.approx([so, not_so, not_so])


def test_intent_cheap_and_costly_and_knowledge(read: Any, paths: Any) -> None:
    rows = {"attempted_north_mill": [[0, 0, 0, 1], [0, 0, 0, 0]]}
    cheap = read(1, observe="attempted(north, mill)", intent="a speech")
    costly = read(1, observe="attempted(north, mill)", intent="costly: reserves called up")
    one, other = likelihood(cheap, paths(**rows))
    assert one / other == pytest.approx((0.98 * 0.8 + 0.013) / (0.98 * 0.5 + 0.013))
    one, other = likelihood(costly, paths(**rows))
    assert one / other == pytest.approx((0.98 * 0.8 + 0.01) / (0.98 * 0.15 + 0.01))
    knew = read(3, observe="attempted(north, mill)", knew="they say they knew")
    assert chances_of(knew) is CHANCES["knew"]


def test_a_denial_is_weak_evidence(read: Any, paths: Any) -> None:
    denial = read(2, observe="holds(south, mill)", denies="R")
    assert denial.negated
    assert likelihood(denial, paths(**HELD)) == pytest.approx(
        [0.98 * 0.6 + 0.02 * 0.75, 0.98 * 0.9 + 0.02 * 0.75]
    )


def test_a_value_is_lognormal_around_truth_times_bias(read: Any, paths: Any) -> None:
    rows = {"fighters_north_mill": [[1000.0] * 4, [0.0] * 4]}
    evidence = read(2, observe="fighters(north, mill)", value="500 to 2000")
    deviation = math.sqrt(0.25**2 + (math.log(4.0) / (2 * 1.6448536)) ** 2)
    careless = 1.0 / (2.0 * math.log(10.0))
    honest = 1.0 / (deviation * math.sqrt(2 * math.pi))
    one, other = likelihood(evidence, paths(**rows))
    assert one == pytest.approx(0.98 * honest + 0.02 * careless, rel=1e-6)
    assert other == pytest.approx(0.02 * careless, rel=1e-3)
    biased = log_likelihood(evidence, paths(**rows), np.array([1.0, 1.0]))[0]
    offset = -0.35 / deviation
    assert math.exp(biased) == pytest.approx(
        0.98 * honest * math.exp(-0.5 * offset**2) + 0.02 * careless, rel=1e-6
    )


def test_a_bound_is_a_censored_value(read: Any, paths: Any) -> None:
    rows = {"fighters_north_mill": [[1000.0] * 4, [100.0] * 4]}
    least = read(2, observe="fighters(north, mill)", at_least=1000)
    one, other = likelihood(least, paths(**rows))
    assert one == pytest.approx(0.98 * 0.5 + 0.02 * 0.5)
    assert other == pytest.approx(0.01, abs=1e-6)
    most = read(2, observe="fighters(north, mill)", at_most=1000)
    assert likelihood(most, paths(**rows)) == pytest.approx([0.5, 0.98 + 0.01])
    both = read(2, observe="fighters(north, mill)", at_least=500, at_most=2000)
    inside = math.erf(math.log(2.0) / 0.25 / math.sqrt(2.0))
    assert likelihood(both, paths(**rows))[0] == pytest.approx(0.98 * inside + 0.01)


def test_a_share_is_normal_on_its_own_scale(read: Any, paths: Any) -> None:
    rows = {"readiness_north": [[0.6] * 4, [0.9] * 4]}
    evidence = read(2, observe="readiness(north)", value=0.6)
    honest = 1.0 / (0.1 * math.sqrt(2 * math.pi))
    one, other = likelihood(evidence, paths(**rows))
    assert one == pytest.approx(0.98 * honest + 0.02)
    assert other == pytest.approx(0.98 * honest * math.exp(-4.5) + 0.02)


MADE = [
    {"observe": "holds(south, mill)"},
    {"observe": "attacks(north, mill)", "window": 3, "silence": True, "grade": "C3"},
    {"observe": "fighters(north, mill)", "at_least": 1000, "grade": "B3"},
]


@pytest.mark.parametrize("written", MADE)
def test_reports_are_made_as_often_as_their_likelihood_says(
    read: Any, paths: Any, written: dict[str, Any]
) -> None:
    count = 4000
    rows = {
        "holds_south_mill": [[1, 1, 0, 0]] * count,
        "attacks_north_mill": [[0, 1, 0, 0]] * count,
        "fighters_north_mill": [[1200.0] * 4] * count,
    }
    evidence, futures = read(3, **written), paths(**rows)
    made = make_reports(evidence, answer(evidence, futures), np.zeros(count), Draws((1, 0), 0))
    chance = math.exp(log_likelihood(evidence, futures, np.zeros(count))[0])
    share = np.mean([one.said for one in made])
    assert share == pytest.approx(chance, abs=4 * math.sqrt(chance * (1 - chance) / count))
    against = replace(evidence, said=False)
    other = math.exp(log_likelihood(against, futures, np.zeros(count))[0])
    assert chance + other == pytest.approx(1.0)


@pytest.mark.parametrize("observe", ["fighters(north, mill)", "readiness(north)"])
def test_values_are_made_with_the_density_that_the_likelihood_has(
    read: Any, paths: Any, observe: str
) -> None:
    count = 4000
    value = 1000 if observe.startswith("fighters") else 0.5
    rows = {"fighters_north_mill": [[700.0] * 4] * count, "readiness_north": [[0.4] * 4] * count}
    evidence, futures = read(3, observe=observe, value=value, grade="C3"), paths(**rows)
    made = make_reports(evidence, answer(evidence, futures), np.zeros(count), Draws((3, 0), 0))
    scale = math.log if observe.startswith("fighters") else float
    seen = np.array([scale(one.low) for one in made])
    edges = np.quantile(seen, [0.1, 0.3, 0.5, 0.7, 0.9])
    single = paths(fighters_north_mill=[[700.0] * 4], readiness_north=[[0.4] * 4])
    for low, high in pairwise(edges):
        grid = np.linspace(low, high, 201)
        density = [math.exp(_at(evidence, single, one, value)) for one in grid]
        mass = float(np.trapezoid(density, grid))
        share = float(((seen >= low) & (seen < high)).mean())
        assert share == pytest.approx(mass, abs=4 * math.sqrt(mass / count))


def _at(evidence: Evidence, paths: Any, scaled: float, written: float) -> float:
    """Log-likelihood of a reported value, given on the scale of the report."""
    value = scaled if evidence.share else math.exp(scaled)
    guess = None if evidence.share else math.log(written)
    told = replace(evidence, low=value, high=value, guess=guess)
    return float(log_likelihood(told, paths, np.zeros(1))[0])
