"""What a formula is once it has been read: a tree of small frozen records.

Three sorts of expression occur, each with a value on every day of a path:

========  ==========================================  ============================
sort      value                                       example
========  ==========================================  ============================
truth     true or false                               ``holds(north, ford)``
number    a float                                     ``fighters(north)``
place     one place, as its number in the vocabulary  ``main_effort(north)``
========  ==========================================  ============================

and two timings: a *state* expression speaks of one day only, a *path* expression looks along the
path (``eventually``, ``share`` ...). A claim is a path expression of sort truth.

Nothing here evaluates anything; ``claims.semantics`` says what each record means.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

__all__ = [
    "Always",
    "And",
    "Arithmetic",
    "At",
    "Before",
    "Change",
    "Comparison",
    "Constant",
    "Eventually",
    "ForDays",
    "Formula",
    "Implies",
    "Initial",
    "Negative",
    "Never",
    "Not",
    "Number",
    "Observable",
    "Or",
    "PlaceName",
    "Share",
    "Signal",
    "Sort",
    "Until",
    "Window",
    "children",
    "is_path",
    "observables",
    "sort_of",
    "walk",
]

Sort = Literal["truth", "number", "place"]
Combine = Literal["one", "any", "sum"]
CompareSign = Literal["==", "!=", "<", "<=", ">", ">="]
ArithmeticSign = Literal["+", "-", "*", "/"]


@dataclass(frozen=True)
class Observable:
    """One daily series a simulator must record, or a history must know.

    Attributes
    ----------
    name : str
        Name of the predicate, such as ``holds`` (`predicates.PREDICATES`).
    args : tuple of str or tuple of str
        Plain names; a set of actors (``holds``, ``held_people``) is a tuple of actor names.
    """

    name: str
    args: tuple[str | tuple[str, ...], ...]

    def __str__(self) -> str:
        """Return the observable as it would be written."""
        shown = (arg if isinstance(arg, str) else " | ".join(arg) for arg in self.args)
        return f"{self.name}({', '.join(shown)})"


@dataclass(frozen=True)
class Window:
    """The days over which a temporal operator looks.

    Attributes
    ----------
    since : date or None
        First day; None means the day at which the formula is evaluated.
    until : date or None
        Last day, included; None means the last day of the theatre, unless `length` says otherwise.
    length : int or None
        Last day as a number of days after the first (0 or more).
    """

    since: date | None = None
    until: date | None = None
    length: int | None = None


@dataclass(frozen=True)
class Signal:
    """A predicate read off the path day by day.

    Attributes
    ----------
    observables : tuple of Observable
        One, or one for each actor where a set of actors was named.
    combine : {"one", "any", "sum"}
        How several are joined.
    sort : {"truth", "number", "place"}
    written : str
        The predicate as its author wrote it, bloc names kept. Not compared.
    """

    observables: tuple[Observable, ...]
    combine: Combine
    sort: Sort
    written: str = field(compare=False)


@dataclass(frozen=True)
class Change:
    """The growth of a running total since a date; None stands for the claim's cut-off."""

    total: Signal
    since: date | None


@dataclass(frozen=True)
class Number:
    """A number."""

    value: float


@dataclass(frozen=True)
class PlaceName:
    """A place, with its number in the vocabulary."""

    name: str
    index: int


@dataclass(frozen=True)
class Constant:
    """True or false."""

    value: bool


@dataclass(frozen=True)
class Negative:
    """A number with its sign turned."""

    operand: Formula


@dataclass(frozen=True)
class Arithmetic:
    """Sum, difference, product or quotient of two numbers."""

    sign: ArithmeticSign
    left: Formula
    right: Formula


@dataclass(frozen=True)
class Comparison:
    """A comparison of two numbers or, for == and !=, of two places."""

    sign: CompareSign
    left: Formula
    right: Formula


@dataclass(frozen=True)
class Initial:
    """The value of a state expression on day 0."""

    operand: Formula


@dataclass(frozen=True)
class Not:
    """Negation."""

    operand: Formula


@dataclass(frozen=True)
class And:
    """All of two or more."""

    operands: tuple[Formula, ...]


@dataclass(frozen=True)
class Or:
    """At least one of two or more."""

    operands: tuple[Formula, ...]


@dataclass(frozen=True)
class Implies:
    """The right wherever the left."""

    left: Formula
    right: Formula


@dataclass(frozen=True)
class Eventually:
    """True on some day of the window."""

    operand: Formula
    window: Window


@dataclass(frozen=True)
class Always:
    """True on every day of the window."""

    operand: Formula
    window: Window


@dataclass(frozen=True)
class Never:
    """True on no day of the window."""

    operand: Formula
    window: Window


@dataclass(frozen=True)
class Until:
    """The left on every day up to one on which the right is true.

    `strong` demands that such a day comes within the window; weak is content with the left
    throughout.
    """

    left: Formula
    right: Formula
    window: Window
    strong: bool


@dataclass(frozen=True)
class Before:
    """The first comes true in the window, and the second has not by then."""

    first: Formula
    second: Formula
    window: Window


@dataclass(frozen=True)
class ForDays:
    """True on `days` days running, from this day on."""

    days: int
    operand: Formula


@dataclass(frozen=True)
class Share:
    """Share of the days of the window on which the operand is true, 0 to 1."""

    operand: Formula
    window: Window


@dataclass(frozen=True)
class At:
    """The value on a given day, whatever day it is asked on."""

    day: date
    operand: Formula


Formula = (
    Signal
    | Change
    | Number
    | PlaceName
    | Constant
    | Negative
    | Arithmetic
    | Comparison
    | Initial
    | Not
    | And
    | Or
    | Implies
    | Eventually
    | Always
    | Never
    | Until
    | Before
    | ForDays
    | Share
    | At
)

_PATH = (Eventually, Always, Never, Until, Before, ForDays, Share, At)


def children(node: Formula) -> tuple[Formula, ...]:
    """Return the expressions directly inside one, left to right."""
    match node:
        case And(operands) | Or(operands):
            return operands
        case (
            Arithmetic(_, left, right)
            | Comparison(_, left, right)
            | Implies(left, right)
            | Until(left, right)
            | Before(left, right)
        ):
            return (left, right)
        case Change(total, _):
            return (total,)
        case Signal() | Number() | PlaceName() | Constant():
            return ()
        case _:
            return (node.operand,)


def walk(node: Formula) -> Iterator[Formula]:
    """Yield an expression and everything inside it, outermost first."""
    yield node
    for child in children(node):
        yield from walk(child)


def sort_of(node: Formula) -> Sort:
    """Return whether an expression is a truth value, a number or a place."""
    match node:
        case Signal():
            return node.sort
        case Number() | Negative() | Arithmetic() | Change() | Share():
            return "number"
        case PlaceName():
            return "place"
        case Initial(operand) | At(_, operand):
            return sort_of(operand)
        case _:
            return "truth"


def is_path(node: Formula) -> bool:
    """Return whether an expression looks along the path rather than at one day."""
    return any(isinstance(part, _PATH) for part in walk(node))


def observables(node: Formula) -> set[Observable]:
    """Return every daily series that must be known to evaluate an expression."""
    return {
        observable
        for part in walk(node)
        if isinstance(part, Signal)
        for observable in part.observables
    }
