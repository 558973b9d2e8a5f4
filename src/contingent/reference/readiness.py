"""Readiness and replenishment: forces wear out, rest, dig in and are filled up.

Fighters in a fight lose ``wear`` times the intensity of readiness a day; others regain ``rest``
times the gap to their supply level (half of it near a fight), faster with advisers. Readiness stays
in 0.2..1. Recruits join at a constant rate while the actor is below its ceiling; a sponsor's
fighters come at a rate that follows the sponsor's supplies with time constant ``sponsor_lag``. A
place left alone digs in by 0.01 a day up to entrenchment 1.

Off: readiness stays as on day 0, nobody joins, nobody digs.
"""

from __future__ import annotations

from contingent.reference.columns import on_the_road
from contingent.reference.commitment import advisers_level, supplies_level
from contingent.reference.state import (
    Theatre,
    clip,
    fighters,
    hostile_place,
    join,
    own_place,
    typical_traits,
)

LOWEST = 0.2
DIG = 0.01


def advance(t: Theatre) -> None:
    """Wear, rest, dig in and replenish."""
    for a in range(t.sizes["A"]):
        bloc = t.actor_bloc[a]
        rest = t.rest * (1.0 + advisers_level(t, bloc))
        for p in range(t.sizes["P"]):
            if fighters(t, a, p) > 0.0:
                _tire_or_rest(t, a, p, rest)
        _replenish(t, a)
    for p in range(t.sizes["P"]):
        if t.flags[p] == 0 and t.entrenchment[p] < 1.0:
            t.entrenchment[p] = min(t.entrenchment[p] + DIG, 1.0)


def _tire_or_rest(t: Theatre, actor: int, place: int, rest: float) -> None:
    level = t.readiness[actor][place]
    level -= t.wear * t.fighting[actor][place]
    supply = t.supply[t.actor_bloc[actor]][place]
    if supply > level:
        pace = 0.5 * rest if t.flags[place] != 0 else rest
        level += pace * (supply - level)
    t.readiness[actor][place] = clip(level, LOWEST, 1.0)


def _replenish(t: Theatre, actor: int) -> None:
    inflow = 0.0
    if t.recruits[actor] > 0.0 and total_fighters(t, actor) < t.recruit_ceiling[actor]:
        inflow += t.recruits[actor]
    sponsor = t.sponsor[actor]
    if sponsor >= 0 and t.sponsored[actor] > 0.0:
        gap = supplies_level(t, sponsor) - t.sponsor_level[actor]
        t.sponsor_level[actor] += gap / t.sponsor_lag[actor] if t.sponsor_lag[actor] > 1.0 else gap
        inflow += t.sponsored[actor] * t.sponsor_level[actor]
    if inflow <= 0.0:
        return
    place = _muster(t, actor)
    if place >= 0:
        join(t, actor, place, inflow, typical_traits(t, actor))
        t.recruited[actor] += inflow


def _muster(t: Theatre, actor: int) -> int:
    bloc = t.actor_bloc[actor]
    place = t.recruit_place[actor]
    if place >= 0 and not hostile_place(t, bloc, place):
        return int(place)
    best = -1
    for p in range(t.sizes["P"]):
        if not own_place(t, bloc, p) or fighters(t, actor, p) <= 0.0:
            continue
        if best < 0 or fighters(t, actor, p) > fighters(t, actor, best):
            best = p
    return best


def total_fighters(t: Theatre, actor: int) -> float:
    """All fighters of the actor, on the road included."""
    total = on_the_road(t, actor)
    for p in range(t.sizes["P"]):
        total += fighters(t, actor, p)
    return total
