"""Numbers of a program that hang on unknowns: a draw, a multiple of it, a sum or a weighted mean.

Most cells of the parameter tables are constants or one unknown times a factor, and need no more
than a target, a slot and a scale. The few that are not (several kinds of force in one place, a
what-if that adds to a number, a total) are expressions, evaluated for every future before the
engine starts; to the engine they are columns of θ like any other.

>>> import numpy as np
>>> theta = np.array([[100.0, 300.0], [200.0, 300.0]])
>>> evaluate(Sum((Column(0), Column(1), Constant(5.0))), theta).tolist()
[405.0, 505.0]
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Constant:
    """The same number in every future."""

    value: float


@dataclass(frozen=True)
class Column:
    """An unknown times a factor; `index` is its column in θ."""

    index: int
    scale: float = 1.0


@dataclass(frozen=True)
class Clipped:
    """``clip(times * of + plus, low, high)``."""

    of: Expression
    times: float = 1.0
    plus: float = 0.0
    low: float = -math.inf
    high: float = math.inf


@dataclass(frozen=True)
class Sum:
    """Sum of the parts, added from left to right."""

    parts: tuple[Expression, ...]


@dataclass(frozen=True)
class Product:
    """Product of the parts, multiplied from left to right."""

    parts: tuple[Expression, ...]


@dataclass(frozen=True)
class Mean:
    """Mean of the values by weight; the plain mean where the weights add up to nothing."""

    values: tuple[Expression, ...]
    weights: tuple[Expression, ...]


Expression = Constant | Column | Clipped | Sum | Product | Mean


def evaluate(expression: Expression, theta: Floats) -> Floats:
    """Value in every future.

    Parameters
    ----------
    expression
    theta : (futures, unknowns) float

    Returns
    -------
    (futures,) float
    """
    match expression:
        case Constant(value):
            return np.full(len(theta), value)
        case Column(index, scale):
            return theta[:, index] * scale
        case Clipped(of, times, plus, low, high):
            return np.clip(times * evaluate(of, theta) + plus, low, high)
        case Sum(parts):
            return _folded(np.add, parts, theta)
        case Product(parts):
            return _folded(np.multiply, parts, theta)
        case Mean(values, weights):
            return _mean(values, weights, theta)


def _folded(
    operation: Callable[[Floats, Floats], Floats], parts: Iterable[Expression], theta: Floats
) -> Floats:
    first, *rest = (evaluate(part, theta) for part in parts)
    for part in rest:
        first = operation(first, part)
    return first


def _mean(values: tuple[Expression, ...], weights: tuple[Expression, ...], theta: Floats) -> Floats:
    drawn = [evaluate(weight, theta) for weight in weights]
    total = np.zeros(len(theta))
    plain = np.zeros(len(theta))
    for weight in drawn:
        total = total + weight
    none = total <= 0.0
    whole = np.where(none, float(len(values)), total)
    for value, weight in zip(values, drawn, strict=True):
        plain = plain + evaluate(value, theta) * np.where(none, 1.0, weight) / whole
    return plain


def added(parts: Iterable[Expression]) -> Expression:
    """Sum in its simplest form: constants joined, zeros dropped, one part left as it is."""
    constant = 0.0
    kept: list[Expression] = []
    for part in parts:
        if isinstance(part, Constant):
            constant += part.value
        else:
            kept.append(part)
    if not kept:
        return Constant(constant)
    if constant != 0.0:
        kept.append(Constant(constant))
    return kept[0] if len(kept) == 1 else Sum(tuple(kept))


def averaged(values: tuple[Expression, ...], weights: tuple[Expression, ...]) -> Expression:
    """Weighted mean in its simplest form: values that are all the same are left as they are."""
    if all(value == values[0] for value in values):
        return values[0]
    if all(isinstance(part, Constant) for part in (*values, *weights)):
        return Constant(float(evaluate(Mean(values, weights), np.zeros((1, 0)))[0]))
    return Mean(values, weights)
