"""Claims that a town falls: who takes what, within how many days, and whether an attack is given.

Read off the headline's formula and nothing else: ``holds(X, place)`` that comes true in a window,
alone or beside the remark that somebody no longer holds it, or that never does (the denial).
Several holders are one claim where the place is the same; anything else, such as one town or
another, is no such claim.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import Literal, NamedTuple

from contingent.claims.reading import ReadClaim
from contingent.language import Formula
from contingent.language.formulas import And, Eventually, ForDays, Never, Not, Or, Signal, Window
from contingent.scenario.types import Theatre

__all__ = ["UNDER_WAY", "Attack", "Fall", "attack_given", "fall_of", "last_day_of", "under_way"]

ATTACKS = ("attacks", "attempted")
UNDER_WAY = ("probe", "assault", "hold")
"""Phases in which an operation's troops stand against the holder of its target."""

Given = Literal["given", "under way", "not given"]


class Attack(NamedTuple):
    """An attack on a place that a condition takes for granted."""

    actors: frozenset[str]
    place: str


class Fall(NamedTuple):
    """What a claim says of a town.

    Attributes
    ----------
    place : the town
    attackers : actors of whom one would hold it
    days : from the first to the last day on which it may come about
    attack : whether the attack is the claim's condition, runs on day 0, or may never come
    denied : whether the claim is that it does not fall
    """

    place: str
    attackers: frozenset[str]
    days: int
    attack: Given
    denied: bool


def fall_of(claim: ReadClaim, theatre: Theatre) -> Fall | None:
    """Return what the headline of a claim says of a town's fall; None if it is no such claim."""
    first = claim.wordings[0] if claim.wordings else None
    if first is None or first.factor is not None:
        return None
    formula, denied = _undenied(first.formula)
    if not isinstance(formula, Eventually):
        return None
    taken = _taken(formula.operand)
    if taken is None or not taken[0]:
        return None
    attackers, place = taken
    if theatre.places[place].held_by in attackers and not _lost(first.given, attackers, place):
        return None
    attack: Given = "not given"
    given = [one for one in attack_given(first.given) if one.place == place]
    named = frozenset[str]().union(*(one.actors for one in given)) & attackers
    if named:
        attackers, attack = named, "given"
    elif under_way(theatre, place) & attackers:
        attack = "under way"
    begins = formula.window.since or claim.since
    ends = last_day_of(formula.window, claim.since, theatre.end)
    return Fall(place, attackers, (ends - begins).days, attack, denied)


def _undenied(formula: Formula) -> tuple[Formula, bool]:
    """Turn *never* and *not* into what is denied."""
    match formula:
        case Never(operand, window):
            return Eventually(operand, window), True
        case Not(operand):
            inner, denied = _undenied(operand)
            return inner, not denied
        case _:
            return formula, False


def _taken(state: Formula) -> tuple[frozenset[str], str] | None:
    """Actors and place of which a formula says that one of them holds it; None if it does not."""
    match state:
        case ForDays(_, operand):
            return _taken(operand)
        case Signal() if state.observables[0].name == "holds":
            return _holds(state)
        case And(operands):
            held = [one for one in operands if not isinstance(one, Not)]
            left = [_taken(one.operand) for one in operands if isinstance(one, Not)]
            taken = _taken(held[0]) if len(held) == 1 else None
            if taken is None or any(one is None or one[1] != taken[1] for one in left):
                return None
            return taken[0].difference(*(one[0] for one in left if one is not None)), taken[1]
        case Or(operands):
            found = [_taken(one) for one in operands]
            places = {None if one is None else one[1] for one in found}
            if None in places or len(places) != 1:
                return None
            actors = frozenset[str]().union(*(one[0] for one in found if one is not None))
            return actors, str(places.pop())
        case _:
            return None


def _holds(signal: Signal) -> tuple[frozenset[str], str]:
    actors, place = signal.observables[0].args
    return frozenset([actors] if isinstance(actors, str) else actors), str(place)


def _conjuncts(condition: Formula | None) -> Iterator[Formula]:
    """States that a condition says have come about."""
    match condition:
        case And(operands):
            for one in operands:
                yield from _conjuncts(one)
        case Eventually(operand, _):
            yield operand


def attack_given(condition: Formula | None) -> list[Attack]:
    """Return the attacks that a condition takes for granted."""
    found = []
    for state in _conjuncts(condition):
        for one in state.operands if isinstance(state, And) else (state,):
            if isinstance(one, Signal) and one.observables[0].name in ATTACKS:
                actors = frozenset(str(each.args[0]) for each in one.observables)
                found.append(Attack(actors, str(one.observables[0].args[1])))
    return found


def _lost(condition: Formula | None, attackers: Iterable[str], place: str) -> bool:
    """Whether a condition says that somebody else came to hold the place."""
    held = [_taken(state) for state in _conjuncts(condition)]
    others = [one[0] for one in held if one is not None and one[1] == place]
    return any(not one & frozenset(attackers) for one in others)


def under_way(theatre: Theatre, place: str) -> frozenset[str]:
    """Actors whose troops stand against the holder of a place on day 0."""
    return frozenset(
        name
        for name, actor in theatre.actors.items()
        for operation in actor.operations
        if operation.target == place and operation.phase in UNDER_WAY
    )


def last_day_of(window: Window, since: date, end: date) -> date:
    """Last day of a window that a claim opens on a day, no later than the theatre's."""
    if window.until is not None:
        return min(window.until, end)
    if window.length is not None:
        return min((window.since or since) + timedelta(days=window.length), end)
    return end
