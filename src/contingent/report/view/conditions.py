"""Conditions of claims in words: what a reader is shown where a file has a formula."""

from __future__ import annotations

import re
from datetime import date

from contingent.compile.called import Called
from contingent.errors import ClaimError
from contingent.language import Vocabulary, parse
from contingent.language.formulas import (
    Always,
    And,
    Arithmetic,
    Comparison,
    Eventually,
    Formula,
    Initial,
    Never,
    Not,
    Number,
    Or,
    Signal,
    Window,
)

__all__ = ["clue_in_words", "in_words", "state_in_words"]

_STATES = {
    "holds": "{1} is held by {0}",
    "contested": "{0} is fought over",
    "outskirts_contested": "the outskirts of {0} are fought over",
    "attacks": "{1} is attacked by {0}",
    "attempted": "{1} is assaulted by {0}",
}
_NUMBERS = {
    "fighters": ("fighters of {}", "fighters of {} at {}"),
    "losses": ("losses of {}",),
    "commitment": ("", "commitment of {} ({})"),
    "will": ("will of {}",),
}
_SIGNS = {
    "==": "is", "!=": "is not", "<": "is under", "<=": "is at most", ">": "is over",
    ">=": "is at least",
}  # fmt: skip


def in_words(text: str, words: Vocabulary, called: Called) -> str | None:
    """Say a condition; None where it holds something for which there are no words.

    Parameters
    ----------
    text : a formula, true or false of a whole future
    words : names that it may use
    called : what readers are shown for them
    """
    try:
        return _said(parse(text, words), called)
    except ClaimError:
        return None


def state_in_words(written: str, called: Called) -> str | None:
    """Say a plain predicate of one day; None where there are no words for it.

    >>> state_in_words("holds(north, ford)", Called(places={"ford": "Ford"}))
    'Ford is held by north'
    """
    name, _, rest = written.strip().rstrip(")").partition("(")
    known = {**called.blocs, **called.actors, **called.places}
    try:
        return _STATES[name].format(
            *(known.get(arg.strip(), arg.strip()) for arg in rest.split(","))
        )
    except (KeyError, IndexError):
        return None


def clue_in_words(says: str, called: Called) -> str:
    """Say what is to be looked for with names in place of ids; what is none of these stays.

    >>> clue_in_words("north holds ford", Called(blocs={"north": "The North"}))
    'ford is held by The North'
    >>> clue_in_words("many north fighters at ford (over 2612)", Called())
    'more than 2,612 fighters of north at ford'
    """
    if found := re.fullmatch(r"([\w-]+) (holds|attacks) ([\w-]+)", says):
        who, what, place = found.groups()
        return state_in_words(f"{what}({who}, {place})", called) or says
    if found := re.fullmatch(r"many ([\w-]+) fighters at ([\w-]+) \(over (\d+)\)", says):
        who, place, number = found.groups()
        return f"more than {int(number):,} fighters of {called.actor(who)} at {called.place(place)}"
    return says


def _said(node: Formula, called: Called) -> str | None:
    match node:
        case Signal(_, _, "truth", written):
            return state_in_words(written, called)
        case Eventually(operand, window):
            return _filled("{}, at some time" + _when(window), called, operand)
        case Always(operand, window):
            return _filled("{}, throughout" + _when(window), called, operand)
        case Never(operand, window):
            return _filled("at no time" + _when(window) + ": {}", called, operand)
        case Not(operand):
            return _filled("not so: {}", called, operand)
        case And(operands):
            return _filled(" and ".join("{}" for _ in operands), called, *operands)
        case Or(operands):
            return _filled(" or ".join("{}" for _ in operands), called, *operands)
        case Comparison(sign, left, right):
            one, other = _number(left, called), _number(right, called)
            return None if one is None or other is None else f"{one} {_SIGNS[sign]} {other}"
    return None


def _filled(pattern: str, called: Called, *operands: Formula) -> str | None:
    parts = [_said(one, called) for one in operands]
    return None if None in parts else pattern.format(*parts)


def _number(node: Formula, called: Called) -> str | None:
    match node:
        case Number(value):
            return f"{value:g}"
        case Signal(_, _, "number", written):
            name, _, rest = written.rstrip(")").partition("(")
            known = {**called.places, **called.blocs, **called.actors}
            args = [known.get(arg.strip(), arg.strip()) for arg in rest.split(",")]
            patterns = _NUMBERS.get(name, ())
            pattern = patterns[len(args) - 1] if len(args) <= len(patterns) else ""
            return pattern.format(*args) or None
        case Initial(operand):
            said = _number(operand, called)
            return None if said is None else f"that of day 0 ({said})"
        case Arithmetic("*", left, right):
            one, other = _number(left, called), _number(right, called)
            return None if one is None or other is None else f"{one} × {other}"
    return None


def _when(window: Window) -> str:
    """Say the days of a window, with a space before them; nothing for all days."""
    if window.length is not None:
        return f" within {window.length} days"
    since, until = _day(window.since), _day(window.until)
    if since and until:
        return f" from {since} to {until}"
    return f" from {since} on" if since else f" up to {until}" if until else ""


def _day(day: date | None) -> str:
    return "" if day is None else f"{day.day} {day:%b %Y}"
