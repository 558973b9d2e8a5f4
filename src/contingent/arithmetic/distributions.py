"""Quantiles of the distributions in which an author may state an unknown.

Each function maps a uniform draw 0 < u < 1 (array or number) to the value below which that share
of the distribution lies, is increasing in u, and uses our own functions throughout, so a drawn
unknown has the same bits everywhere. A written range ``a to b`` is the 5th to 95th percentile.
"""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from contingent.arithmetic.arrays import (
    Floats,
    exp_array,
    floats,
    log_array,
    logistic_array,
    logit_array,
    normal_quantile_array,
)
from contingent.arithmetic.scalar import log_

# The standard normal's 95th percentile.
Z95 = 1.6448536269514722
_HALVINGS = 56
_FRACTIONS = 400
_TINY = 1e-300
# Lanczos's series for the gamma function with g = 7 and nine terms (Godfrey 2001).
_LANCZOS = (
    676.5203681218851,
    -1259.1392167224028,
    771.32342877765313,
    -176.61502916214059,
    12.507343278686905,
    -0.13857109526572012,
    9.9843695780195716e-6,
    1.5056327351493116e-7,
)


def normal_from_moments(u: ArrayLike, mean: ArrayLike, sd: ArrayLike) -> Floats:
    """The normal distribution with this mean and standard deviation."""
    return floats(mean) + floats(sd) * normal_quantile_array(u)


def normal_from_range(u: ArrayLike, q05: ArrayLike, q95: ArrayLike) -> Floats:
    """The normal distribution with these 5th and 95th percentiles."""
    low, high = floats(q05), floats(q95)
    return normal_from_moments(u, (low + high) * 0.5, (high - low) / (2.0 * Z95))


def lognormal_from_range(u: ArrayLike, q05: ArrayLike, q95: ArrayLike) -> Floats:
    """The lognormal distribution with these 5th and 95th percentiles, both above zero."""
    return exp_array(normal_from_range(u, log_array(q05), log_array(q95)))


def logit_normal_from_range(u: ArrayLike, q05: ArrayLike, q95: ArrayLike) -> Floats:
    """The logit-normal distribution of a fraction with these 5th and 95th percentiles."""
    return logistic_array(normal_from_range(u, logit_array(q05), logit_array(q95)))


def uniform_between(u: ArrayLike, low: ArrayLike, high: ArrayLike) -> Floats:
    """The uniform distribution between two bounds."""
    low, high = floats(low), floats(high)
    return low + (high - low) * floats(u)


def choice_quantile(u: ArrayLike, weights: ArrayLike) -> NDArray[np.int64]:
    """The index of the option that u falls on, options in the given order with these weights."""
    total = 0.0
    bounds = [total := total + float(weight) for weight in floats(weights)]
    index = np.searchsorted(np.array(bounds[:-1]), floats(u) * total, side="right")
    return index.astype(np.int64)


def beta_quantile(u: ArrayLike, a: float, b: float) -> Floats:
    """The beta distribution, by halving the unit interval until the last bits are reached."""
    u = floats(u)
    low, high = np.zeros(u.shape), np.ones(u.shape)
    for _ in range(_HALVINGS):
        middle = (low + high) * 0.5
        below = incomplete_beta(middle, a, b) < u
        low = np.where(below, middle, low)
        high = np.where(below, high, middle)
    return (low + high) * 0.5


def incomplete_beta(x: ArrayLike, a: float, b: float) -> Floats:
    """The regularised incomplete beta function, 0 <= x <= 1, by Lentz's continued fraction."""
    x = floats(x)
    inside = (x > 0.0) & (x < 1.0)
    kept = np.where(inside, x, 0.5)
    swapped = kept > (a + 1.0) / (a + b + 2.0)
    y = np.where(swapped, 1.0 - kept, kept)
    first, second = np.where(swapped, b, a), np.where(swapped, a, b)
    log_front = log_gamma(a + b) - log_gamma(a) - log_gamma(b)
    front = exp_array(log_front + first * log_array(y) + second * log_array(1.0 - y))
    part = front * _beta_fraction(y, first, second) / first
    return np.where(inside, np.where(swapped, 1.0 - part, part), np.where(x > 0.0, 1.0, 0.0))


def _beta_fraction(x: Floats, a: Floats, b: Floats) -> Floats:
    """The continued fraction of the incomplete beta function, x below its mean.

    An element that has converged is frozen, so its bits do not depend on its neighbours.
    """
    c = np.ones(x.shape)
    d = 1.0 / _away_from_zero(1.0 - (a + b) * x / (a + 1.0))
    value = d
    going = np.ones(x.shape, dtype=bool)
    for m in range(1, _FRACTIONS):
        even = m * (b - m) * x / ((a + (2 * m - 1)) * (a + 2 * m))
        odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + (2 * m + 1)))
        for step in (even, odd):
            d = 1.0 / _away_from_zero(1.0 + step * d)
            c = _away_from_zero(1.0 + step / c)
            change = c * d
            value = np.where(going, value * change, value)
        going = going & (np.abs(change - 1.0) > 1e-15)
        if not going.any():
            break
    return value


def _away_from_zero(x: Floats) -> Floats:
    return np.where(np.abs(x) < _TINY, _TINY, x)


def log_gamma(x: float) -> float:
    """The logarithm of the gamma function for x > 0, to about 1e-15 of the larger of it and 1."""
    if x < 0.5:
        return log_gamma(x + 1.0) - log_(x)
    series = 0.99999999999980993
    for index, term in enumerate(_LANCZOS):
        series += term / (x + index)
    t = x + 6.5
    return 0.91893853320467274178 + (x - 0.5) * log_(t) - t + log_(series)
