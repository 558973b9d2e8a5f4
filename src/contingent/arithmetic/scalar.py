"""The functions for one float: quick in plain Python, equal in bits to ``core/arithmetic.h``."""

import math
from math import frexp, inf, ldexp, nan

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

# IEEE 754 prescribes every bit of a square root, so the library's is as good as our own.
sqrt_ = math.sqrt


def exp_(x: float) -> float:
    """The exponential, its argument clipped to [-700, 700]; within 1 ulp."""
    if x != x:
        return x
    if x > LARGEST_EXPONENT:
        x = LARGEST_EXPONENT
    elif x < -LARGEST_EXPONENT:
        x = -LARGEST_EXPONENT
    n = int(x * LOG2_E + (0.5 if x >= 0.0 else -0.5))
    return ldexp(exp_reduced(x - n * LN2_HIGH, n * LN2_LOW), n)


def log_(x: float) -> float:
    """The natural logarithm, within 1 ulp; -inf at zero and nan below it."""
    if not 0.0 < x < inf:
        return -inf if x == 0.0 else x if x > 0.0 else nan
    mantissa, exponent = frexp(x)
    if mantissa < HALF_ROOT:
        mantissa += mantissa
        exponent -= 1
    return log_reduced(mantissa, exponent)


def pow_(x: float, y: float) -> float:
    """Raise x >= 0 to the power y, as exp_(y * log_(x)); zero stays zero whatever the power.

    The relative error grows with the exponent: about abs(y * log(x)) units in the last place, so
    pow_(x, 1.0) need not be x.
    """
    if x == 0.0:
        return 0.0
    return exp_(y * log_(x))


def logistic(x: float) -> float:
    """1 / (1 + exp(-x)), never losing the small side."""
    if x >= 0.0:
        return 1.0 / (1.0 + exp_(-x))
    e = exp_(x)
    return e / (1.0 + e)


def logit(p: float) -> float:
    """The log odds of a probability 0 < p < 1."""
    return log_(p / (1.0 - p))


def normal_cdf(x: float) -> float:
    """The standard normal distribution function: to 1e-15, and in the lower tail to 2e-13 of it.

    Below -36.7 it is 0.
    """
    if x != x:
        return x
    y = (-x if x < 0.0 else x) * HALF_ROOT
    if y <= 0.46875:
        half = half_erf_near(y)
        return 0.5 - half if x < 0.0 else 0.5 + half
    tail = 0.0
    if y <= 26.0:
        scaled = scaled_erfc_middle(y) if y <= 4.0 else scaled_erfc_far(y)
        # y * y loses the digits that matter far out: its sixteenths are squared exactly.
        near = int(y * 16.0) / 16.0
        rest = (y - near) * (y + near)
        tail = 0.5 * (exp_(-(near * near)) * exp_(-rest) * scaled)
    return tail if x < 0.0 else 1.0 - tail


def normal_quantile(p: float) -> float:
    """The z with normal_cdf(z) = p; relative error about 1e-16; -inf and inf at 0 and 1."""
    q = p - 0.5
    if -0.425 <= q <= 0.425:
        return quantile_central(q)
    if not p > 0.0:
        return -inf if p <= 0.0 else p
    if p >= 1.0:
        return inf
    depth = sqrt_(-log_(p if q < 0.0 else 1.0 - p))
    z = quantile_tail(depth) if depth <= 5.0 else quantile_far_tail(depth)
    return -z if q < 0.0 else z


def poisson_quantile(u: float, mean: float) -> int:
    """The smallest count whose Poisson probability of that many or fewer reaches u.

    By inversion up to a mean of 500; above it by the Cornish-Fisher expansion with the skewness
    term, which misses by a count at most where it matters. A mean of zero or less gives 0.
    """
    if not mean > 0.0:
        return 0
    if mean > MEAN_BEYOND_INVERSION:
        z = normal_quantile(u)
        count = mean + sqrt_(mean) * z + (z * z - 1.0) / 6.0 + 0.5
        if not count > 0.0:
            return 0
        return int(count) if count < MOST_COUNTS else MOST_COUNTS
    last = mean + 12.0 * sqrt_(mean) + 40.0
    total = term = exp_(-mean)
    k = 0.0
    while total < u and k < last:
        k += 1.0
        term = term * mean / k
        total += term
    return int(k)
