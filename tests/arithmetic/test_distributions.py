import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import special, stats

from contingent import arithmetic as a
from contingent.arithmetic.distributions import Z95, incomplete_beta, log_gamma

U = np.concatenate([[2.0**-33, 1 - 2.0**-33], np.random.default_rng(3).uniform(0, 1, 500)])


def test_z95_is_the_95th_percentile() -> None:
    assert pytest.approx(stats.norm.ppf(0.95), abs=1e-15) == Z95


@given(
    low=st.floats(1e-6, 1e6),
    ratio=st.floats(1.01, 1e4),
)
def test_a_written_range_is_the_5th_to_95th_percentile(low: float, ratio: float) -> None:
    high = low * ratio
    for function in (a.normal_from_range, a.lognormal_from_range):
        assert function([0.05, 0.95], low, high) == pytest.approx([low, high], rel=1e-9)


@given(low=st.floats(1e-6, 0.4), high=st.floats(0.5, 1 - 1e-6))
def test_a_range_of_a_fraction_stays_a_fraction(low: float, high: float) -> None:
    ends = a.logit_normal_from_range([0.05, 0.95], low, high)
    assert ends == pytest.approx([low, high], rel=1e-9)
    everything = a.logit_normal_from_range(U, low, high)
    assert everything.min() > 0.0 and everything.max() <= 1.0


def test_against_scipy() -> None:
    sigma = math.log(700 / 150) / (2 * Z95)
    lognormal = stats.lognorm(sigma, scale=math.sqrt(150 * 700)).ppf(U)
    assert a.lognormal_from_range(U, 150, 700) == pytest.approx(lognormal, rel=1e-12)
    normal = stats.norm(3, 2).ppf(U)
    assert a.normal_from_moments(U, 3, 2) == pytest.approx(normal, rel=1e-12)
    assert a.uniform_between(U, -2, 5) == pytest.approx(stats.uniform(-2, 7).ppf(U), rel=1e-12)


@pytest.mark.parametrize(("shape_a", "shape_b"), [(2, 5), (0.5, 0.5), (1, 1), (30, 4), (800, 300)])
def test_beta_against_scipy(shape_a: float, shape_b: float) -> None:
    expected = stats.beta(shape_a, shape_b).ppf(U)
    assert a.beta_quantile(U, shape_a, shape_b) == pytest.approx(expected, rel=1e-8)
    x = np.linspace(0, 1, 101)
    exact = special.betainc(shape_a, shape_b, x)
    assert incomplete_beta(x, shape_a, shape_b) == pytest.approx(exact, rel=1e-10, abs=1e-14)


def test_a_beta_draw_does_not_depend_on_its_neighbours() -> None:
    assert a.beta_quantile(U, 2, 5)[7] == a.beta_quantile(U[7], 2, 5)


def test_log_gamma() -> None:
    for x in np.geomspace(1e-3, 1e6, 300).tolist():
        assert abs(log_gamma(x) - math.lgamma(x)) <= 4e-15 * max(1.0, abs(math.lgamma(x)))


def test_choice_follows_its_weights_in_the_written_order() -> None:
    assert a.choice_quantile([0.0, 0.29, 0.31, 0.99], [3, 7]).tolist() == [0, 0, 1, 1]
    draws = a.choice_quantile(np.linspace(0.0005, 0.9995, 1000), [0.2, 0.0, 0.5, 0.3])
    assert np.bincount(draws, minlength=4).tolist() == [200, 0, 500, 300]


@pytest.mark.parametrize(
    "draw",
    [
        lambda u: a.normal_from_range(u, -1, 4),
        lambda u: a.lognormal_from_range(u, 1, 4),
        lambda u: a.logit_normal_from_range(u, 0.1, 0.4),
        lambda u: a.uniform_between(u, 1, 4),
        lambda u: a.beta_quantile(u, 2, 5),
    ],
)
def test_rises_with_u(draw: object) -> None:
    assert np.all(np.diff(draw(np.linspace(1e-9, 1 - 1e-9, 2001))) > 0)
