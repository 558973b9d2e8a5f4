"""Accuracy against mpmath, monotonicity and edges."""

import math
from collections.abc import Callable
from itertools import pairwise

import mpmath
import numpy as np
import pytest

from contingent import arithmetic as a
from contingent.streams import unit_interval

RNG = np.random.default_rng(20161211)


def ulps(value: float, exact: mpmath.mpf) -> float:
    """Distance of a value from the exact one, in units in the last place of the exact one."""
    return float(abs(mpmath.mpf(value) - exact)) / math.ulp(abs(float(exact)))


@pytest.mark.parametrize(
    ("ours", "exact", "points", "bound"),
    [
        (a.exp_, mpmath.exp, RNG.uniform(-700, 700, 2000), 1.0),
        (a.exp_, mpmath.exp, RNG.uniform(-1, 1, 2000), 1.0),
        (a.exp_, mpmath.exp, RNG.normal(0, 1e-9, 200), 1.0),
        (a.log_, mpmath.log, np.exp(RNG.uniform(-700, 700, 2000)), 1.0),
        (a.log_, mpmath.log, RNG.uniform(0.5, 2, 2000), 1.0),
        (a.log_, mpmath.log, 1 + RNG.normal(0, 1e-9, 200), 1.0),
        (a.log_, mpmath.log, RNG.uniform(0, 1e-308, 200), 1.0),
        (a.logistic, lambda x: 1 / (1 + mpmath.exp(-x)), RNG.uniform(-40, 40, 2000), 3.0),
    ],
)
def test_within_a_unit_or_so_in_the_last_place(
    ours: Callable[[float], float],
    exact: Callable[[float], mpmath.mpf],
    points: np.ndarray,
    bound: float,
) -> None:
    with mpmath.workdps(40):
        assert max(ulps(ours(x), exact(mpmath.mpf(x))) for x in points.tolist()) <= bound


@pytest.mark.parametrize(
    ("low", "high", "bound"), [(-1, 1, 1e-15), (-6, 9, 1e-14), (-36.7, -6, 2e-13)]
)
def test_normal_cdf(low: float, high: float, bound: float) -> None:
    with mpmath.workdps(40):
        for x in RNG.uniform(low, high, 1000).tolist():
            exact = mpmath.ncdf(mpmath.mpf(x))
            assert abs(mpmath.mpf(a.normal_cdf(x)) - exact) <= bound * exact


def test_normal_cdf_is_right_to_1e_15() -> None:
    with mpmath.workdps(40):
        for x in RNG.uniform(-9, 9, 2000).tolist():
            assert abs(mpmath.mpf(a.normal_cdf(x)) - mpmath.ncdf(mpmath.mpf(x))) <= 1e-15


def test_normal_quantile_on_the_grid_of_the_streams() -> None:
    words = [0, 1, 2, 2**31 - 1, 2**31, 2**32 - 1, *RNG.integers(0, 2**32, 500).tolist()]
    with mpmath.workdps(40):
        for u in map(unit_interval, words):
            exact = mpmath.sqrt(2) * mpmath.erfinv(2 * mpmath.mpf(u) - 1)
            assert abs(mpmath.mpf(a.normal_quantile(u)) - exact) <= 2e-15 * max(abs(exact), 1e-10)


def test_normal_quantile_far_out() -> None:
    for exponent in (-12, -20, -100, -300):
        p = 10.0**exponent
        with mpmath.workdps(400):
            exact = mpmath.findroot(
                lambda z, p=p: mpmath.log(mpmath.ncdf(z)) - mpmath.log(p), a.normal_quantile(p)
            )
        assert a.normal_quantile(p) == pytest.approx(float(exact), rel=2e-15)


def test_normal_quantile_never_falls_between_neighbouring_words() -> None:
    edges = [0, 2**31, int(0.075 * 2**32), int(0.925 * 2**32), int(math.exp(-25) * 2**32)]
    for edge in edges:
        near = [unit_interval(w) for w in range(max(edge - 2000, 0), edge + 2000)]
        values = [a.normal_quantile(u) for u in near]
        assert all(x < y for x, y in pairwise(values))


@pytest.mark.parametrize(
    ("function", "low", "high"),
    [(a.exp_, -710, 710), (a.log_, 0, 1e6), (a.logistic, -800, 800), (a.normal_cdf, -40, 40)],
)
def test_rises(function: Callable[[float], float], low: float, high: float) -> None:
    values = [function(x) for x in np.linspace(low, high, 20_001).tolist()]
    assert all(x <= y for x, y in pairwise(values))


def test_edges() -> None:
    inf, nan = math.inf, math.nan
    assert a.exp_(0.0) == 1.0
    assert a.exp_(inf) == a.exp_(700.0) == a.exp_(1e300)
    assert a.exp_(-inf) == a.exp_(-700.0) > 0.0
    assert (a.log_(1.0), a.log_(0.0), a.log_(inf)) == (0.0, -inf, inf)
    assert all(math.isnan(f(nan)) for f in (a.exp_, a.log_, a.logistic, a.normal_cdf))
    assert math.isnan(a.log_(-1.0)) and math.isnan(a.normal_quantile(nan))
    assert (a.pow_(0.0, 0.7), a.pow_(0.0, 0.0), a.pow_(5.0, 0.0)) == (0.0, 0.0, 1.0)
    assert (a.logistic(0.0), a.logistic(inf)) == (0.5, 1.0)
    assert (a.normal_cdf(0.0), a.normal_cdf(-inf), a.normal_cdf(inf)) == (0.5, 0.0, 1.0)
    assert (a.normal_quantile(0.0), a.normal_quantile(0.5), a.normal_quantile(1.0)) == (
        -inf,
        0,
        inf,
    )


def test_pow_follows_the_library() -> None:
    for x, y in zip(
        RNG.uniform(0, 50, 500).tolist(), RNG.uniform(-4, 4, 500).tolist(), strict=True
    ):
        assert a.pow_(x, y) == pytest.approx(x**y, rel=1e-14)


def test_logit_undoes_logistic() -> None:
    for x in RNG.uniform(-20, 20, 200).tolist():
        assert a.logit(a.logistic(x)) == pytest.approx(x, abs=1e-6)


@pytest.mark.parametrize("mean", [0.01, 0.7, 4.0, 60.0, 499.0])
def test_poisson_quantile_is_the_smallest_count_that_reaches_u(mean: float) -> None:
    from scipy.stats import poisson

    for u in RNG.uniform(0, 1, 400).tolist():
        assert a.poisson_quantile(u, mean) == poisson.ppf(u, mean)


def test_poisson_quantile_of_a_large_mean_misses_by_one_at_most() -> None:
    from scipy.stats import poisson

    for u in RNG.uniform(0, 1, 400).tolist():
        assert abs(a.poisson_quantile(u, 2500.0) - poisson.ppf(u, 2500.0)) <= 1


@pytest.mark.parametrize(("u", "mean"), [(0.9, 0.0), (0.9, -1.0), (0.9, math.nan), (0.0, 700.0)])
def test_poisson_quantile_of_nothing_is_zero(u: float, mean: float) -> None:
    assert a.poisson_quantile(u, mean) == 0


def test_poisson_quantile_ends_at_a_certain_draw() -> None:
    assert a.poisson_quantile(1.0, 1.0) < 60
    assert a.poisson_quantile(1.0, 600.0) == 9_000_000_000_000_000
