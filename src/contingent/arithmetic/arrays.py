"""The functions for arrays: element by element the bits of `scalar`, whatever the array's size.

Every argument is an array or a number; arguments broadcast; the answer is a new array of float64
(counts are int64), of shape () for numbers.
"""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from contingent.arithmetic.kernels import (
    HALF_ROOT,
    LARGEST_EXPONENT,
    LN2_HIGH,
    LN2_LOW,
    LOG2_E,
    MEAN_BEYOND_INVERSION,
    MOST_COUNTS,
    exp_reduced,
    half_erf_near,
    log_reduced,
    quantile_central,
    quantile_far_tail,
    quantile_tail,
    scaled_erfc_far,
    scaled_erfc_middle,
)

Floats = NDArray[np.float64]


def floats(x: ArrayLike) -> Floats:
    """The argument as an array of float64."""
    return np.asarray(x, dtype=np.float64)


def exp_array(x: ArrayLike) -> Floats:
    """`scalar.exp_` of each element."""
    x = floats(x)
    clipped = np.clip(np.where(np.isnan(x), 0.0, x), -LARGEST_EXPONENT, LARGEST_EXPONENT)
    n = np.trunc(clipped * LOG2_E + np.where(clipped >= 0.0, 0.5, -0.5))
    y = exp_reduced(clipped - n * LN2_HIGH, n * LN2_LOW)
    return np.where(np.isnan(x), x, np.ldexp(y, n.astype(np.int32)))


def log_array(x: ArrayLike) -> Floats:
    """`scalar.log_` of each element."""
    x = floats(x)
    ordinary = (x > 0.0) & (x < np.inf)
    mantissa, exponent = np.frexp(np.where(ordinary, x, 1.0))
    small = mantissa < HALF_ROOT
    mantissa = np.where(small, mantissa + mantissa, mantissa)
    value = log_reduced(mantissa, np.where(small, exponent - 1, exponent).astype(np.float64))
    special = np.where(x == 0.0, -np.inf, np.where(x > 0.0, x, np.nan))
    return np.where(ordinary, value, special)


def pow_array(x: ArrayLike, y: ArrayLike) -> Floats:
    """`scalar.pow_` of each pair of elements."""
    x, y = np.broadcast_arrays(floats(x), floats(y))
    return np.where(x == 0.0, 0.0, exp_array(y * log_array(np.where(x == 0.0, 1.0, x))))


def logistic_array(x: ArrayLike) -> Floats:
    """`scalar.logistic` of each element."""
    x = floats(x)
    e = exp_array(np.where(x >= 0.0, -x, x))
    return np.where(x >= 0.0, 1.0, e) / (1.0 + e)


def logit_array(p: ArrayLike) -> Floats:
    """`scalar.logit` of each element."""
    p = floats(p)
    return log_array(p / (1.0 - p))


def normal_cdf_array(x: ArrayLike) -> Floats:
    """`scalar.normal_cdf` of each element."""
    x = floats(x)
    y = np.abs(x) * HALF_ROOT
    bounded = np.where(y <= 26.0, y, 26.0)
    half = half_erf_near(np.minimum(bounded, 0.46875))
    scaled = np.where(
        bounded <= 4.0,
        scaled_erfc_middle(np.clip(bounded, 0.46875, 4.0)),
        scaled_erfc_far(np.maximum(bounded, 4.0)),
    )
    near = np.trunc(bounded * 16.0) / 16.0
    rest = (bounded - near) * (bounded + near)
    tail = 0.5 * (exp_array(-(near * near)) * exp_array(-rest) * scaled)
    tail = np.where(y <= 26.0, tail, 0.0)
    value = np.where(
        y <= 0.46875,
        np.where(x < 0.0, 0.5 - half, 0.5 + half),
        np.where(x < 0.0, tail, 1.0 - tail),
    )
    return np.where(np.isnan(x), x, value)


def normal_quantile_array(p: ArrayLike) -> Floats:
    """`scalar.normal_quantile` of each element."""
    p = floats(p)
    q = p - 0.5
    central = np.abs(q) <= 0.425
    z = np.asarray(quantile_central(np.where(central, q, 0.0)))
    outside = ~central
    if outside.any():
        z[outside] = _outer_quantiles(p[outside])
    return z


def _outer_quantiles(p: Floats) -> Floats:
    """Normal quantiles outside [0.075, 0.925]."""
    lower = p - 0.5 < 0.0
    inside = (p > 0.0) & (p < 1.0)
    depth = np.sqrt(-log_array(np.where(inside, np.where(lower, p, 1.0 - p), 0.5)))
    z = np.where(
        depth <= 5.0,
        quantile_tail(np.minimum(depth, 5.0)),
        quantile_far_tail(np.maximum(depth, 5.0)),
    )
    limit = np.where(p <= 0.0, -np.inf, np.where(p >= 1.0, np.inf, p))
    return np.where(inside, np.where(lower, -z, z), limit)


def poisson_quantile_array(u: ArrayLike, mean: ArrayLike) -> NDArray[np.int64]:
    """`scalar.poisson_quantile` of each pair of elements."""
    u, mean = np.broadcast_arrays(floats(u), floats(mean))
    count = np.zeros(u.shape, dtype=np.int64)
    large = mean > MEAN_BEYOND_INVERSION
    small = (mean > 0.0) & ~large
    if large.any():
        count[large] = _expanded_counts(u[large], mean[large])
    if small.any():
        count[small] = _inverted_counts(u[small], mean[small])
    return count


def _expanded_counts(u: Floats, mean: Floats) -> NDArray[np.int64]:
    """Poisson counts by the Cornish-Fisher expansion."""
    z = normal_quantile_array(u)
    with np.errstate(invalid="ignore"):
        count = mean + np.sqrt(mean) * z + (z * z - 1.0) / 6.0 + 0.5
    bounded = np.where(count > 0.0, np.where(count < MOST_COUNTS, count, MOST_COUNTS), 0.0)
    return bounded.astype(np.int64)


def _inverted_counts(u: Floats, mean: Floats) -> NDArray[np.int64]:
    """Poisson counts by adding terms until the total reaches u."""
    last = mean + 12.0 * np.sqrt(mean) + 40.0
    term = exp_array(-mean)
    total = term.copy()
    count = np.zeros(u.shape)
    k = 0.0
    while (going := (total < u) & (k < last)).any():
        k += 1.0
        term = np.where(going, term * mean / k, term)
        total = np.where(going, total + term, total)
        count = np.where(going, k, count)
    return count.astype(np.int64)
