"""Float, array and C++ give the same bits."""

import math
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from contingent import arithmetic as a
from contingent.core._core import ground

RNG = np.random.default_rng(7)
EDGES = [0.0, -0.0, 1.0, -1.0, 0.5, 5e-324, 1e-310, 2.2250738585072014e-308, 1.7e308, 700.0, 700.5]
EDGES += [-700.0, -745.0, math.inf, -math.inf, math.nan, math.sqrt(0.5), math.sqrt(2.0), 2.0**31]
EDGES += [0.075, 0.925, math.exp(-25.0), 1.0 - 2.0**-53, 36.7, -36.8, 0.46875 / a.sqrt_(0.5), 4e8]
POINTS = np.concatenate(
    [
        EDGES,
        np.nextafter(EDGES, -math.inf),
        np.nextafter(EDGES, math.inf),
        RNG.uniform(0, 1, 40_000),
        RNG.normal(0, 3, 30_000),
        RNG.uniform(-750, 750, 20_000),
        np.ldexp(RNG.uniform(0.5, 1, 10_000), RNG.integers(-1073, 1024, 10_000)),
    ]
)
PAIRS = {
    "exp_": a.exp_array,
    "log_": a.log_array,
    "logistic": a.logistic_array,
    "logit": a.logit_array,
    "normal_cdf": a.normal_cdf_array,
    "normal_quantile": a.normal_quantile_array,
}


def same_bits(x: np.ndarray, y: np.ndarray) -> bool:
    """Equal to the last bit and sign; one nan is as good as another."""
    nan = np.isnan(x) & np.isnan(y)
    return bool(np.all(nan | (x.view(np.int64) == y.view(np.int64))))


def by_core(name: str, *columns: np.ndarray, kind: Any = np.float64) -> np.ndarray:
    out = np.empty(columns[0].shape, kind)
    getattr(ground, name)(*columns, out)
    return out


@pytest.fixture(autouse=True)
def quiet() -> Any:
    with np.errstate(all="ignore"):
        yield


def domain(name: str) -> np.ndarray:
    """Python's division by zero raises where an array's gives inf: logit stays below 1."""
    return POINTS[POINTS != 1.0] if name == "logit" else POINTS


@pytest.mark.parametrize("name", PAIRS)
def test_same_bits_on_a_hundred_thousand_points(name: str) -> None:
    points = domain(name)
    scalar: Callable[[float], float] = getattr(a, name)
    one_by_one = np.array([scalar(x) for x in points.tolist()])
    assert same_bits(one_by_one, by_core(name, points))
    assert same_bits(one_by_one, PAIRS[name](points))


@pytest.mark.parametrize("name", PAIRS)
@given(x=st.floats())
def test_same_bits_anywhere(name: str, x: float) -> None:
    if name == "logit" and x == 1.0:
        return
    column = np.array([x])
    with np.errstate(all="ignore"):
        expected = np.array([getattr(a, name)(x)])
        assert same_bits(expected, by_core(name, column))
        assert same_bits(expected, PAIRS[name](column))


def test_pow_has_the_same_bits() -> None:
    x, y = np.abs(POINTS), RNG.permutation(POINTS)
    one_by_one = np.array([a.pow_(*pair) for pair in zip(x.tolist(), y.tolist(), strict=True)])
    assert same_bits(one_by_one, by_core("pow_", x, y))
    assert same_bits(one_by_one, a.pow_array(x, y))


def test_poisson_has_the_same_counts() -> None:
    u = np.concatenate([RNG.uniform(0, 1, 30_000), [0.0, 1.0, 1.0, 0.5, 0.5]])
    mean = np.concatenate([np.exp(RNG.uniform(-3, 8, 30_000)), [600.0, 600.0, 2.0, -1.0, math.nan]])
    one_by_one = [a.poisson_quantile(*pair) for pair in zip(u.tolist(), mean.tolist(), strict=True)]
    assert np.array_equal(one_by_one, by_core("poisson_quantile", u, mean, kind=np.int64))
    assert np.array_equal(one_by_one, a.poisson_quantile_array(u, mean))


def test_an_element_does_not_depend_on_its_neighbours() -> None:
    for name, function in PAIRS.items():
        whole = function(domain(name))
        assert same_bits(whole[100:103], function(domain(name)[100:103]))


def test_numbers_give_arrays_of_no_dimension() -> None:
    assert a.exp_array(1.0).shape == a.normal_quantile_array(0.01).shape == ()
    assert a.poisson_quantile_array(0.5, [1.0, 2.0]).dtype == np.int64
