"""Can a mean of weights be trusted? The shape of their tail says.

Weights whose largest follow a generalised Pareto distribution of shape k have a mean if k < 1 and a
variance if k < 1/2; in practice a mean of a few hundred weights can be trusted below 0.7 (Vehtari,
Simpson, Gelman, Yao & Gabry 2024). The shape is estimated by Zhang & Stephens (2009), drawn towards
1/2 where the tail is short.
"""

from __future__ import annotations

import numpy as np

from contingent.infer.draws import Floats

TRUSTED = 0.7
FEWEST_TAIL = 5


def pareto_k(log_weights: Floats) -> float:
    """Shape of the tail of some weights; 0 where all are equal, inf where there are too few.

    >>> pareto_k(np.zeros(100)), pareto_k(np.arange(9.0))
    (0.0, inf)
    """
    count = len(log_weights)
    size = int(np.ceil(min(0.2 * count, 3.0 * np.sqrt(count))))
    if size < FEWEST_TAIL:
        return float("inf")
    weights = np.sort(np.exp(log_weights - np.max(log_weights)))
    tail = weights[-size:] - weights[-size - 1]
    tail = tail[tail > 0.0]
    if len(tail) < FEWEST_TAIL:
        return 0.0
    return _shape(tail)


def _shape(tail: Floats) -> float:
    """Zhang & Stephens' estimate of the shape of sorted exceedances, all above 0."""
    count = len(tail)
    grid = 30 + int(np.sqrt(count))
    quartile = tail[int(count / 4.0 + 0.5) - 1]
    rates = (1.0 - np.sqrt(grid / (np.arange(1, grid + 1) - 0.5))) / (3.0 * quartile)
    rates = rates + 1.0 / tail[-1]
    shapes = np.log1p(-rates[:, None] * tail).mean(axis=1)
    likelihood = count * (np.log(-(rates / shapes)) - shapes - 1.0)
    share = 1.0 / np.exp(likelihood - likelihood[:, None]).sum(axis=1)
    rate = float((rates * share).sum() / share.sum())
    shape = float(np.log1p(-rate * tail).mean())
    return (shape * count + 5.0) / (count + 10.0)
