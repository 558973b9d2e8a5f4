"""Commitment: how much an actor puts into the theatre, of four kinds.

Air, ground, advisers and supplies each have an actual and an announced level. At decision occasions
(every fortnight, staggered over actors, and the day after a shock on the actor) each kind in use is
raised, lowered or left by a logit with utilities

    lean  = 2·(2·will - 1) + stake·threat + deadline_weight·nearness
            - creep_aversion·level/ceiling - free_riding·allies
    raise = lean - creep_aversion,    lower = -lean,    leave = commitment_inertia

where *threat* is the value-weighted share of the bloc's places attacked now or lost within a month
and *allies* the mean level of the other actors of the bloc against their ceilings (free riding:
Olson & Zeckhauser 1966). The decision announces ``step``; the actual level follows with time
constant ``lag``. Ground commitment brings ``ground_force`` fighters per 1.0 through ``entry``; air
scales sorties; advisers raise readiness; supplies scale what the actor gives as a sponsor.

Will, which shocks move, goes back to its initial level by ``will_drift`` of the gap a day.

Off: levels stay as on day 0, and will where shocks leave it.
"""

from __future__ import annotations

from contingent import arithmetic
from contingent.reference.clock import nearness
from contingent.reference.layout import MECHANISM_COMMITMENT
from contingent.reference.state import (
    Theatre,
    clip,
    hostile_place,
    join,
    own_place,
    share_of,
    typical_traits,
    under_attack,
)

REVIEW_DAYS = 14
RECENT_DAYS = 30
GROUND = 1


def advance(t: Theatre) -> None:
    """Decide where it is time to, and let actual levels follow announced ones."""
    for a in range(t.sizes["A"]):
        t.will[a] += t.will_drift * (t.initial_will[a] - t.will[a])
        if t.ceiling[a] <= 0.0:
            continue
        if (t.day + 5 * a) % REVIEW_DAYS == 0 or _shocked(t, a):
            _decide(t, a)
        _follow(t, a)


def _shocked(t: Theatre, actor: int) -> bool:
    for n in range(t.sizes["N"]):
        if t.shock_on[n] == actor and t.shock_today[n] > 0:
            return True
    return False


def _decide(t: Theatre, actor: int) -> None:
    pull = 2.0 * (2.0 * t.will[actor] - 1.0)
    pull += t.stake[actor] * threat(t, actor)
    pull += t.deadline_weight[actor] * nearness(t, actor)
    pull -= t.free_riding[actor] * _allies(t, actor)
    for k in range(t.sizes["K"]):
        level = t.announced[actor][k]
        if level <= 0.0 and t.initial_commitment[actor][k] <= 0.0:
            continue
        lean = pull - t.creep_aversion[actor] * level / t.ceiling[actor]
        weight_up = arithmetic.exp_(lean - t.creep_aversion[actor])
        weight_down = arithmetic.exp_(-lean)
        weight_stay = arithmetic.exp_(t.commitment_inertia)
        draw = t.uniform(MECHANISM_COMMITMENT, actor, k)
        draw *= weight_up + weight_down + weight_stay
        if draw < weight_up:
            t.announced[actor][k] = clip(level + t.step[actor], 0.0, t.ceiling[actor])
        elif draw < weight_up + weight_down:
            t.announced[actor][k] = clip(level - t.step[actor], 0.0, t.ceiling[actor])


def threat(t: Theatre, actor: int) -> float:
    """Value-weighted share of the actor's places attacked now or lost within a month, 0..1."""
    bloc = t.actor_bloc[actor]
    threatened = 0.0
    total = 0.0
    for p in range(t.sizes["P"]):
        worth = t.aims[actor][p]
        if worth <= 0.0:
            continue
        if own_place(t, bloc, p):
            total += worth
            if under_attack(t, p):
                threatened += worth
        elif t.day - t.lost_day[bloc][p] <= RECENT_DAYS:
            total += worth
            threatened += worth
    return share_of(threatened, total)


def _allies(t: Theatre, actor: int) -> float:
    level = 0.0
    ceiling = 0.0
    for other in range(t.sizes["A"]):
        if other == actor or t.actor_bloc[other] != t.actor_bloc[actor]:
            continue
        if t.ceiling[other] <= 0.0:
            continue
        for k in range(t.sizes["K"]):
            level += t.commitment[other][k]
            ceiling += t.ceiling[other]
    return share_of(level, ceiling)


def _follow(t: Theatre, actor: int) -> None:
    for k in range(t.sizes["K"]):
        gap = t.announced[actor][k] - t.commitment[actor][k]
        if gap == 0.0:
            continue
        change = gap / t.lag[actor] if t.lag[actor] > 1.0 else gap
        t.commitment[actor][k] += change
        if k == GROUND:
            _move_ground(t, actor, change * t.ground_force[actor])


def _move_ground(t: Theatre, actor: int, change: float) -> None:
    entry = t.entry[actor]
    if entry < 0 or hostile_place(t, t.actor_bloc[actor], entry):
        return
    if change > 0.0:
        join(t, actor, entry, change, typical_traits(t, actor))
        t.arrived[actor] += change
    else:
        leaving = min(-change, t.mobile[actor][entry])
        t.mobile[actor][entry] -= leaving
        t.departed[actor] += leaving


def air_level(t: Theatre, actor: int) -> float:
    """Sorties against day 0: actual over initial commitment of aircraft, 1 if not committed."""
    initial = t.initial_commitment[actor][0]
    return float(t.commitment[actor][0] / initial) if initial > 0.0 else 1.0


def supplies_level(t: Theatre, actor: int) -> float:
    """Supplies against day 0: actual over initial commitment, 1 if not committed."""
    initial = t.initial_commitment[actor][3]
    return float(t.commitment[actor][3] / initial) if initial > 0.0 else 1.0


def advisers_level(t: Theatre, bloc: int) -> float:
    """Largest commitment of advisers in the bloc, 0..1."""
    level = 0.0
    for a in t.actors_of[bloc]:
        if t.commitment[a][2] > level:
            level = t.commitment[a][2]
    return clip(level, 0.0, 1.0)
