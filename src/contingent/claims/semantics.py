"""What every expression means, written to be read: one path, one day at a time.

This is the specification of the language. `evaluate` does the same for all futures at once and is
held equal to this file by property tests; nothing but tests runs it.

A path has days 0 to T (the last day of the theatre). An expression has a value on each of them,
and a claim is what its expression says on the day of its author's cut-off. Windows are cut at T:
what would lie beyond is not seen.

- ``eventually(φ)``: φ on some day of the window. *Strong*: false if the path ends first.
- ``always(φ)``, ``never(φ)``: φ on every day, on no day. *Weak*: true if no day contradicts,
  so also on an empty window (one that ends before it begins, as inside another operator).
- ``until(φ, ψ)``: ψ on some day s of the window and φ on every day from its first to s - 1. ψ at
  once is enough. *Strong*: ψ must come.
- ``weak_until(φ, ψ)``: the same, or φ throughout the window.
- ``before(φ, ψ)``: φ on some day s of the window and ψ on none from its first to s. Both on the
  same day is not *before*; φ must come (strong).
- ``for_days(n, φ)``: φ on this day and the n - 1 next; false where fewer are left.
- ``share(days, φ)``: days of the window with φ over days of the window; 0 on an empty one.
- ``at(DATE, x)``, ``initial(x)``: x on that day, on day 0.

A window begins on ``since=`` if given, else on the day of evaluation, and ends on ``by=`` or
``until=``, or ``in=`` days after its first day, or lasts ``for=`` days, or ends with the path.
``losses(a)`` is the growth of the running total since the cut-off (or ``since=``), 0 before.
A comparison with a quotient by zero is false (except that ``!=`` is true).
"""

from __future__ import annotations

import operator
from datetime import date
from typing import Protocol

from contingent.language.formulas import (
    Always,
    And,
    Arithmetic,
    At,
    Before,
    Change,
    Comparison,
    Constant,
    Eventually,
    ForDays,
    Formula,
    Implies,
    Initial,
    Negative,
    Never,
    Not,
    Number,
    Observable,
    Or,
    PlaceName,
    Share,
    Signal,
    Until,
    Window,
)

__all__ = ["Path", "meaning"]

_COMPARE = {
    "==": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}


class Path(Protocol):
    """One path: the values of observables day by day."""

    days: int
    start: date

    def value(self, observable: Observable, day: int) -> float:
        """Return the value on a day: a number, a place's number, or true and false."""
        ...


def meaning(node: Formula, path: Path, day: int, cutoff: int) -> float:
    """Return the value of an expression on one day of one path.

    Parameters
    ----------
    node : Formula
    path : Path
    day : int
        Day of evaluation, from 0.
    cutoff : int
        Day of the author's cut-off.

    Returns
    -------
    float
        A number, a place's number, or True and False.
    """

    def value(part: Formula, on: int = day) -> float:
        return meaning(part, path, on, cutoff)

    match node:
        case Signal(observables, combine):
            parts = [path.value(observable, day) for observable in observables]
            return any(parts) if combine == "any" else parts[0] if combine == "one" else sum(parts)
        case Change(total, since):
            first = cutoff if since is None else (since - path.start).days
            return value(total) - value(total, first) if day >= first else 0.0
        case Number(constant) | PlaceName(_, constant) | Constant(constant):
            return constant
        case Negative(operand):
            return -value(operand)
        case Arithmetic(sign, left, right):
            return _arithmetic(sign, value(left), value(right))
        case Comparison(sign, left, right):
            return bool(_COMPARE[sign](value(left), value(right)))
        case Initial(operand):
            return value(operand, 0)
        case Not(operand):
            return not value(operand)
        case And(operands):
            return all(value(operand) for operand in operands)
        case Or(operands):
            return any(value(operand) for operand in operands)
        case Implies(left, right):
            return not value(left) or bool(value(right))
        case At(on, operand):
            return value(operand, (on - path.start).days)
    return _temporal(node, path, day, cutoff)


def _arithmetic(sign: str, left: float, right: float) -> float:
    match sign:
        case "+":
            return left + right
        case "-":
            return left - right
        case "*":
            return left * right
    return left / right if right != 0 else float("nan")


def _days(window: Window, path: Path, day: int) -> range:
    """Return the days of a window seen from a day."""
    first = day if window.since is None else (window.since - path.start).days
    last = path.days - 1
    if window.until is not None:
        last = min(last, (window.until - path.start).days)
    if window.length is not None:
        last = min(last, first + window.length)
    return range(first, last + 1)


def _temporal(node: Formula, path: Path, day: int, cutoff: int) -> float:
    def value(part: Formula, on: int) -> bool:
        return bool(meaning(part, path, on, cutoff))

    if isinstance(node, ForDays):
        stretch = range(day, day + node.days)
        return stretch.stop <= path.days and all(value(node.operand, on) for on in stretch)
    assert isinstance(node, Eventually | Always | Never | Until | Before | Share)
    days = _days(node.window, path, day)
    match node:
        case Eventually(operand):
            return any(value(operand, on) for on in days)
        case Always(operand):
            return all(value(operand, on) for on in days)
        case Never(operand):
            return not any(value(operand, on) for on in days)
        case Share(operand):
            return sum(value(operand, on) for on in days) / len(days) if days else 0.0
        case Before(first, second):
            return any(
                value(first, on) and not any(value(second, to) for to in days if to <= on)
                for on in days
            )
    assert isinstance(node, Until)
    met = any(
        value(node.right, on) and all(value(node.left, to) for to in days if to < on) for on in days
    )
    return met or (not node.strong and all(value(node.left, on) for on in days))
