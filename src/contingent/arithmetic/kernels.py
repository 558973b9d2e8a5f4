"""The straight-line parts of the functions: the same text serves floats and arrays.

Nothing here branches, so each expression gives the same bits for a float and for each element of
an array; `scalar` and `arrays` differ only in how they choose the branch.

Methods: exponential and logarithm by the argument reductions and minimax polynomials of fdlibm
(Freely Distributable LIBM; Tang 1989 and 1990 for the reductions); the normal distribution by the
rational approximations of Cody (Math. Comp. 23, 1969); its inverse by Wichura (Algorithm AS 241,
Applied Statistics 37, 1988).
"""

from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

Number = TypeVar("Number", float, NDArray[np.float64])

LOG2_E = 1.44269504088896338700e00
# log(2) in two parts: the product of the high one with any exponent is exact.
LN2_HIGH = 6.93147180369123816490e-01
LN2_LOW = 1.90821492927058770002e-10
HALF_ROOT = 0.70710678118654752440
ONE_BY_ROOT_PI = 5.6418958354775628695e-1
LARGEST_EXPONENT = 700.0
MEAN_BEYOND_INVERSION = 500.0
MOST_COUNTS = 9_000_000_000_000_000


def exp_reduced(high: Number, low: Number) -> Number:
    """exp(high - low) for an argument within half of log(2)."""
    r = high - low
    t = r * r
    c = r - t * (
        1.66666666666666019037e-01
        + t
        * (
            -2.77777777770155933842e-03
            + t
            * (
                6.61375632143793436117e-05
                + t * (-1.65339022054652515390e-06 + t * 4.13813679705723846039e-08)
            )
        )
    )
    return 1.0 - ((low - (r * c) / (2.0 - c)) - high)


def log_reduced(mantissa: Number, exponent: Number) -> Number:
    """log(mantissa * 2**exponent) for a mantissa between sqrt(1/2) and sqrt(2)."""
    f = mantissa - 1.0
    s = f / (2.0 + f)
    z = s * s
    w = z * z
    r = w * (
        3.999999999940941908e-01 + w * (2.222219843214978396e-01 + w * 1.531383769920937332e-01)
    ) + z * (
        6.666666666666735130e-01
        + w
        * (2.857142874366239149e-01 + w * (1.818357216161805012e-01 + w * 1.479819860511658591e-01))
    )
    h = 0.5 * f * f
    return exponent * LN2_HIGH - ((h - (s * (h + r) + exponent * LN2_LOW)) - f)


def half_erf_near(y: Number) -> Number:
    """erf(y) / 2 for 0 <= y <= 0.46875."""
    t = y * y
    top = (
        ((1.85777706184603153e-1 * t + 3.16112374387056560e00) * t + 1.13864154151050156e02) * t
        + 3.77485237685302021e02
    ) * t + 3.20937758913846947e03
    bottom = (
        ((t + 2.36012909523441209e01) * t + 2.44024637934444173e02) * t + 1.28261652607737228e03
    ) * t + 2.84423683343917062e03
    return 0.5 * (y * (top / bottom))


def scaled_erfc_middle(y: Number) -> Number:
    """exp(y*y) * erfc(y) for 0.46875 <= y <= 4."""
    top = (2.15311535474403846e-8 * y + 5.64188496988670089e-1) * y + 8.88314979438837594e00
    top = ((top * y + 6.61191906371416295e01) * y + 2.98635138197400131e02) * y
    top = ((top + 8.81952221241769090e02) * y + 1.71204761263407058e03) * y
    top = (top + 2.05107837782607147e03) * y + 1.23033935479799725e03
    bottom = (y + 1.57449261107098347e01) * y + 1.17693950891312499e02
    bottom = ((bottom * y + 5.37181101862009858e02) * y + 1.62138957456669019e03) * y
    bottom = ((bottom + 3.29079923573345963e03) * y + 4.36261909014324716e03) * y
    bottom = (bottom + 3.43936767414372164e03) * y + 1.23033935480374942e03
    return top / bottom


def scaled_erfc_far(y: Number) -> Number:
    """exp(y*y) * erfc(y) for y >= 4."""
    t = 1.0 / (y * y)
    top = ((1.63153871373020978e-2 * t + 3.05326634961232344e-1) * t + 3.60344899949804439e-1) * t
    top = ((top + 1.25781726111229246e-1) * t + 1.60837851487422766e-2) * t + 6.58749161529837803e-4
    bottom = ((t + 2.56852019228982242e00) * t + 1.87295284992346725e00) * t
    bottom = ((bottom + 5.27905102951428412e-1) * t + 6.05183413124413191e-2) * t
    bottom = bottom + 2.33520497626869185e-3
    return (ONE_BY_ROOT_PI - t * (top / bottom)) / y


def quantile_central(q: Number) -> Number:
    """The normal quantile of q + 1/2 for abs(q) <= 0.425."""
    r = 0.180625 - q * q
    top = (2.5090809287301226727e3 * r + 3.3430575583588128105e4) * r + 6.7265770927008700853e4
    top = ((top * r + 4.5921953931549871457e4) * r + 1.3731693765509461125e4) * r
    top = ((top + 1.9715909503065514427e3) * r + 1.3314166789178437745e2) * r
    top = top + 3.3871328727963666080e0
    bottom = (5.2264952788528545610e3 * r + 2.8729085735721942674e4) * r + 3.9307895800092710610e4
    bottom = ((bottom * r + 2.1213794301586595867e4) * r + 5.3941960214247511077e3) * r
    bottom = ((bottom + 6.8718700749205790830e2) * r + 4.2313330701600911252e1) * r + 1.0
    return q * top / bottom


def quantile_tail(depth: Number) -> Number:
    """Minus the normal quantile of exp(-depth**2), for depth up to 5."""
    r = depth - 1.6
    top = (7.74545014278341407640e-4 * r + 2.27238449892691845833e-2) * r
    top = ((top + 2.41780725177450611770e-1) * r + 1.27045825245236838258e0) * r
    top = ((top + 3.64784832476320460504e0) * r + 5.76949722146069140550e0) * r
    top = (top + 4.63033784615654529590e0) * r + 1.42343711074968357734e0
    bottom = (1.05075007164441684324e-9 * r + 5.47593808499534494600e-4) * r
    bottom = ((bottom + 1.51986665636164571966e-2) * r + 1.48103976427480074590e-1) * r
    bottom = ((bottom + 6.89767334985100004550e-1) * r + 1.67638483018380384940e0) * r
    bottom = (bottom + 2.05319162663775882187e0) * r + 1.0
    return top / bottom


def quantile_far_tail(depth: Number) -> Number:
    """Minus the normal quantile of exp(-depth**2), for depth from 5."""
    r = depth - 5.0
    top = (2.01033439929228813265e-7 * r + 2.71155556874348757815e-5) * r
    top = ((top + 1.24266094738807843860e-3) * r + 2.65321895265761230930e-2) * r
    top = ((top + 2.96560571828504891230e-1) * r + 1.78482653991729133580e0) * r
    top = (top + 5.46378491116411436990e0) * r + 6.65790464350110377720e0
    bottom = (2.04426310338993978564e-15 * r + 1.42151175831644588870e-7) * r
    bottom = ((bottom + 1.84631831751005468180e-5) * r + 7.86869131145613259100e-4) * r
    bottom = ((bottom + 1.48753612908506148525e-2) * r + 1.36929880922735805310e-1) * r
    bottom = (bottom + 5.99832206555887937690e-1) * r + 1.0
    return top / bottom
