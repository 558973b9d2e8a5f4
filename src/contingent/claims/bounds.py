"""Values known between bounds: what a claim is worth where history has gaps.

A value is a pair of arrays, low and high. For numbers the truth lies between them; for truth
values low is "certainly true" and high is "possibly true" (so Kleene's *unknown* is low false,
high true). Where everything is known, low *is* high, the same array, and each operation is done
once: that is the case of simulated futures.

Every operation is sound: whatever the unknowns turn out to be, the result lies in its bounds.
Operations round to nearest, which keeps the order of results, so bounds hold to the last bit.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

__all__ = ["Bounds", "antitone", "arithmetic", "compare", "exact", "monotone", "negative"]

Values = NDArray[Any]

_OPERATION: dict[str, Callable[[Values, Values], Values]] = {
    "+": np.add,
    "-": np.subtract,
    "*": np.multiply,
    "==": np.equal,
    "!=": np.not_equal,
    "<": np.less,
    "<=": np.less_equal,
}
_MIRRORED = {">": "<", ">=": "<="}


class Bounds(NamedTuple):
    """Lower and upper bound of the same values; the same array where they are known."""

    low: Values
    high: Values

    @property
    def known(self) -> bool:
        """Whether low and high are one array."""
        return self.low is self.high


def exact(values: Values) -> Bounds:
    """Return bounds of values that are known."""
    return Bounds(values, values)


def monotone(operation: Callable[..., Values], *operands: Bounds) -> Bounds:
    """Apply an operation that never falls when an operand rises."""
    low = operation(*[operand.low for operand in operands])
    for operand in operands:
        if operand.low is not operand.high:
            return Bounds(low, operation(*[operand.high for operand in operands]))
    return Bounds(low, low)


def antitone(operation: Callable[[Values], Values], operand: Bounds) -> Bounds:
    """Apply an operation that never rises when its operand rises."""
    high = operation(operand.low)
    return exact(high) if operand.known else Bounds(operation(operand.high), high)


def negative(operand: Bounds) -> Bounds:
    """Return numbers with their sign turned."""
    return antitone(np.negative, operand)


def _quotient(left: Values, right: Values) -> Values:
    """Divide; by zero gives NaN, with which every comparison but != is false."""
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(right == 0, np.nan, np.divide(left, right))


def _hull(operation: Callable[[Values, Values], Values], left: Bounds, right: Bounds) -> Bounds:
    """Return the bounds of an operation whose extremes lie at the corners.

    A corner without a value (0 times an unknown, which may itself be a quotient by zero) leaves
    the result unknown.
    """
    with np.errstate(invalid="ignore"):
        corners = [operation(a, b) for a in left for b in right]
    low, high = np.minimum.reduce(corners), np.maximum.reduce(corners)
    return Bounds(np.where(np.isnan(low), -np.inf, low), np.where(np.isnan(high), np.inf, high))


def arithmetic(sign: str, left: Bounds, right: Bounds) -> Bounds:
    """Return the sum, difference, product or quotient of two numbers."""
    if left.known and right.known:
        operation = _quotient if sign == "/" else _OPERATION[sign]
        return exact(operation(left.low, right.low))
    match sign:
        case "+":
            return Bounds(left.low + right.low, left.high + right.high)
        case "-":
            return Bounds(left.low - right.high, left.high - right.low)
        case "*":
            return _hull(np.multiply, left, right)
    around_zero = (right.low <= 0) & (right.high >= 0)
    low, high = _hull(_quotient, left, right)
    return Bounds(np.where(around_zero, -np.inf, low), np.where(around_zero, np.inf, high))


def compare(sign: str, left: Bounds, right: Bounds) -> Bounds:
    """Return where one number or place stands to another as the sign says."""
    if sign in _MIRRORED:
        return compare(_MIRRORED[sign], right, left)
    if left.known and right.known:
        return exact(_OPERATION[sign](left.low, right.low))
    if sign in ("<", "<="):
        operation = _OPERATION[sign]
        return Bounds(operation(left.high, right.low), operation(left.low, right.high))
    settled = (left.low == left.high) & (right.low == right.high) & (left.low == right.low)
    possible = (left.low <= right.high) & (right.low <= left.high)
    equal = Bounds(settled, possible)
    return equal if sign == "==" else antitone(np.logical_not, equal)
