"""What no data touches, in one place, and which verdicts rest on it.

Fits and tests (``docs/validation.md``) speak to combat, to the course of operations and to recorded
deaths. They say nothing, or next to nothing, of five sorts of decision (`DECISIONS`). A claim rests
on such a decision if it names it, or if the decision can act on what the claim is about: its
mechanism is switched on, the theatre has somebody to take it, and the claim is not about the course
of one fight alone. A claim is about one fight alone where it speaks only of who holds one place or
of troops in contact there, the attack is its condition or runs on day 0, and it ends within
`FIGHT_DAYS`: who attacks is then no question any more, and who steps in or backs whom is one only
if he is a party. (Relief in a fight is part of the operations that were fitted.)
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import NamedTuple

from contingent.claims.falls import attack_given, last_day_of, under_way
from contingent.claims.reading import ReadClaim, Wording
from contingent.language import Formula, Observable, observables
from contingent.language.formulas import Window, walk
from contingent.scenario.types import Theatre

__all__ = ["DECISIONS", "Untouched", "rests_on"]

FIGHT_DAYS = 90
"""Days after which a place may well be attacked anew, which is a decision again."""


class Untouched(NamedTuple):
    """One thing that the model decides by rules which no data have tested.

    Attributes
    ----------
    name : as verdicts name it
    says : what is decided
    mechanism : that decides it
    predicates : that speak of it directly
    why : what was looked for in vain
    """

    name: str
    says: str
    mechanism: str
    predicates: frozenset[str]
    why: str


ONSET = Untouched(
    "onset",
    "who launches an attack, where and when",
    "command",
    frozenset({"attacks", "attempted", "main_effort", "posture"}),
    "events before the fence speak so weakly of it that no prior changed",
)
INTERVENTION = Untouched(
    "intervention",
    "which third power steps in, and when",
    "intervention",
    frozenset({"intervened"}),
    "no table of cases is used, and each is of its own kind",
)
BURDEN = Untouched(
    "burden sharing",
    "how much a backer puts in, and what it leaves to others",
    "commitment",
    frozenset({"commitment", "announced", "will"}),
    "no table of commitments is used; levels are announced, not measured",
)
TACIT = Untouched(
    "tacit coordination",
    "who leaves whom alone without saying so",
    "diplomacy",
    frozenset({"tacit"}),
    "no table of it is used, and hardly any could be made",
)
SIGHT = Untouched(
    "sight and response",
    "what a side sees of the other, and whom it sends in answer",
    "surveillance",
    frozenset({"belief", "inbound", "detected", "struck_columns", "reinforced", "sorties"}),
    "no table of sightings; relief of an attacked place is known only as part of whole operations",
)
DECISIONS = (ONSET, INTERVENTION, BURDEN, TACIT, SIGHT)
"""The decision half."""

_OF_A_FIGHT = frozenset({"holds", "contested", "outskirts_contested", "progress"})
_OUTSIDE = frozenset({"event"})


def rests_on(claim: ReadClaim, theatre: Theatre) -> tuple[str, ...]:
    """Return the names of the decisions that a claim rests on and that no data touch.

    Parameters
    ----------
    claim : all its readings count, with their conditions
    theatre : the mechanisms that are on, and who is there to decide

    Returns
    -------
    tuple of str
        In the order of `DECISIONS`; empty for a claim that cannot be evaluated.
    """
    found: set[Untouched] = set()
    for wording in claim.wordings:
        found |= _of_wording(claim, wording, theatre)
    return tuple(one.name for one in DECISIONS if one in found)


def _of_wording(claim: ReadClaim, wording: Wording, theatre: Theatre) -> set[Untouched]:
    asked = {one.name for formula in _formulas(wording) for one in observables(formula)}
    levels = {one for one in (BURDEN, TACIT) if one.predicates & asked}
    if asked <= TACIT.predicates | _OUTSIDE:
        return levels
    acting = {one for one in DECISIONS if _acts(one, theatre)}
    place = _fight(claim, wording, theatre)
    if place is not None:
        acting = {one for one in acting if _reaches(one, place, wording, theatre)}
    return acting | levels


def _formulas(wording: Wording) -> Iterator[Formula]:
    yield wording.formula
    if wording.given is not None:
        yield wording.given
    if wording.companion is not None:
        yield wording.companion.formula


def _acts(one: Untouched, theatre: Theatre) -> bool:
    """Whether a decision is taken anywhere in a theatre."""
    on = theatre.mechanisms.get(one.mechanism, True)
    if one is INTERVENTION:
        return on and bool(theatre.interventions)
    if one is BURDEN:
        return on and any(actor.commitment is not None for actor in theatre.actors.values())
    if one is TACIT:
        asked = any(option.permission for option in theatre.interventions)
        neutrals = any(relation.stance == "neutral" for relation in theatre.relations)
        return (_acts(INTERVENTION, theatre) and asked) or (_acts(ONSET, theatre) and neutrals)
    return on


def _fight(claim: ReadClaim, wording: Wording, theatre: Theatre) -> str | None:
    """Place of the one fight that a reading is about; None if it is about more."""
    asked = observables(wording.formula)
    places = {str(one.args[-1]) for one in asked}
    if {one.name for one in asked} - _OF_A_FIGHT or len(places) != 1 or wording.companion:
        return None
    (place,) = places
    given = [one for one in attack_given(wording.given) if one.place == place]
    conditions = set[Observable]() if wording.given is None else observables(wording.given)
    if any(str(one.args[-1]) != place for one in conditions):
        return None
    begins = claim.since if given else theatre.start
    if not given and not under_way(theatre, place):
        return None
    windows = [part for node in walk(wording.formula) for part in _windows(node)]
    opened = [window.since for window in windows if window.since is not None and given]
    begins = min([begins, *opened])
    ends = [last_day_of(window, claim.since, theatre.end) for window in windows]
    within = max(ends, default=claim.since) <= begins + timedelta(days=FIGHT_DAYS)
    return place if within else None


def _windows(node: Formula) -> tuple[Window, ...]:
    window = getattr(node, "window", None)
    return (window,) if isinstance(window, Window) else ()


def _reaches(one: Untouched, place: str, wording: Wording, theatre: Theatre) -> bool:
    """Whether a decision can act on the fight for a place."""
    parties = _parties(place, wording, theatre)
    options = [
        option
        for option in theatre.interventions
        if option.target == place or theatre.actors[option.actor].bloc in parties
    ]
    if one in (ONSET, SIGHT):
        return False
    if one is INTERVENTION:
        return bool(options)
    if one is TACIT:
        return _acts(INTERVENTION, theatre) and any(option.permission for option in options)
    backers = _backers(parties, theatre)
    return any(theatre.actors[name].commitment is not None for name in backers)


def _backers(blocs: set[str], theatre: Theatre) -> set[str]:
    """Actors of some blocs and of their allies, and who pays them for men."""
    allied = [relation.pair for relation in theatre.relations if relation.stance == "allied"]
    with_allies = blocs | {bloc for pair in allied if blocs & set(pair) for bloc in pair}
    own = {name for name, actor in theatre.actors.items() if actor.bloc in with_allies}
    return own | {sponsor.by for name in own for sponsor in theatre.actors[name].sponsors}


def _parties(place: str, wording: Wording, theatre: Theatre) -> set[str]:
    """Blocs that fight for a place: its holder, who stands against him, and whom a claim names."""
    holder = theatre.places[place].held_by
    actors = under_way(theatre, place) | ({holder} if holder is not None else set())
    for one in attack_given(wording.given):
        actors |= one.actors
    for observable in observables(wording.formula):
        if observable.name == "holds":
            named = observable.args[0]
            actors |= {named} if isinstance(named, str) else set(named)
    return {theatre.actors[name].bloc for name in actors}
