"""Elementary functions and quantiles whose bits do not hang on a library.

The plain-Python reference engine, the C++ core and NumPy must agree to the last bit on every
machine, and the ``exp`` of two libraries need not. So the few functions that the model needs are
written here out of ``+ - * /``, the square root, comparisons and the exponent field of a double,
three times in the same order of operations: for floats (`scalar`), for arrays (`arrays`, names
ending in ``_array``) and in ``core/arithmetic.h``. The quantiles of the distributions in which an
author states unknowns (`distributions`) are drawn from Python alone and exist for arrays only.

>>> exp_(0.5), log_(10.0)
(1.6487212707001282, 2.302585092994046)
>>> round(normal_quantile(0.95), 6)
1.644854
>>> lognormal_from_range([0.05, 0.5, 0.95], 100.0, 400.0).round(6).tolist()
[100.0, 200.0, 400.0]

Left out on purpose: sine and cosine (no mechanism turns), and a density of anything.
"""

from contingent.arithmetic.arrays import (
    exp_array,
    log_array,
    logistic_array,
    logit_array,
    normal_cdf_array,
    normal_quantile_array,
    poisson_quantile_array,
    pow_array,
)
from contingent.arithmetic.distributions import (
    beta_quantile,
    choice_quantile,
    logit_normal_from_range,
    lognormal_from_range,
    normal_from_moments,
    normal_from_range,
    uniform_between,
)
from contingent.arithmetic.scalar import (
    exp_,
    log_,
    logistic,
    logit,
    normal_cdf,
    normal_quantile,
    poisson_quantile,
    pow_,
    sqrt_,
)

__all__ = [
    "beta_quantile",
    "choice_quantile",
    "exp_",
    "exp_array",
    "log_",
    "log_array",
    "logistic",
    "logistic_array",
    "logit",
    "logit_array",
    "logit_normal_from_range",
    "lognormal_from_range",
    "normal_cdf",
    "normal_cdf_array",
    "normal_from_moments",
    "normal_from_range",
    "normal_quantile",
    "normal_quantile_array",
    "poisson_quantile",
    "poisson_quantile_array",
    "pow_",
    "pow_array",
    "sqrt_",
    "uniform_between",
]
