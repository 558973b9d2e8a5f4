"""Intervention: options of third parties, weighed at decision occasions.

Every fortnight (staggered over options) an option whose trigger is met is taken when

- every actor whose permission it needs tolerates it (a draw below their tacit coordination),
- no blocker stands in the way with enough fighters at its place,
- a draw falls below ``logistic(6·(will - option_threshold))``.

It brings ``option_force`` fighters through its entry place, raises the worth of its target, and
opens an operation against its target; whether that succeeds is the ordinary business of movement
and combat, so permission is not movement. Occasions rather than a constant daily hazard, which over
a year would make everything happen (Regan 2002; Balch-Lindsay, Enterline & Joyce 2008 for
triggers). Off: nobody intervenes.
"""

from __future__ import annotations

from contingent import arithmetic
from contingent.reference import layout
from contingent.reference.layout import MECHANISM_INTERVENTION, SHOCK_MEMORY
from contingent.reference.operations import open_operation
from contingent.reference.state import (
    Theatre,
    fighters,
    hostile_place,
    join,
    own_place,
    typical_traits,
)

REVIEW_DAYS = 14
STEEPNESS = 6.0
WANTED = 6.0


def advance(t: Theatre) -> None:
    """Review the options whose turn it is."""
    for x in range(t.sizes["X"]):
        if t.intervened[x] >= 0 or t.day < t.option_earliest[x]:
            continue
        if (t.day + 3 * x) % REVIEW_DAYS != 0:
            continue
        if _triggered(t, x) and _permitted(t, x) and not blocked(t, x):
            actor = t.option_actor[x]
            odds = STEEPNESS * (t.will[actor] - t.option_threshold[x])
            if t.uniform(MECHANISM_INTERVENTION, x) < arithmetic.logistic(odds):
                _intervene(t, x)


def _triggered(t: Theatre, option: int) -> bool:
    listed = False
    for y in range(t.sizes["Y"]):
        if t.trigger_option[y] != option:
            continue
        listed = True
        if _trigger_met(t, y):
            return True
    return not listed


def _trigger_met(t: Theatre, trigger: int) -> bool:
    kind = t.trigger_kind[trigger]
    first = t.trigger_first[trigger]
    second = t.trigger_second[trigger]
    if kind == layout.TRIGGER_SHOCKS:
        count = 0
        for k in range(SHOCK_MEMORY):
            if t.day - t.shock_days[first][k] <= t.trigger_days[trigger]:
                count += 1
        return bool(count >= second)
    if kind == layout.TRIGGER_HOLDS:
        return own_place(t, t.actor_bloc[first], second)
    if kind == layout.TRIGGER_LOST:
        bloc = t.actor_bloc[first]
        return bool(t.lost_day[bloc][second] >= 0 and not own_place(t, bloc, second))
    if kind == layout.TRIGGER_AFTER:
        return bool(t.day >= second)
    return bool(t.satisfied[first] == 1)


def _permitted(t: Theatre, option: int) -> bool:
    actor = t.option_actor[option]
    for z in range(t.sizes["Z"]):
        if t.permission_option[z] != option:
            continue
        draw = t.uniform(MECHANISM_INTERVENTION, t.sizes["X"] + z)
        if draw >= t.tacit[actor][t.permission_actor[z]]:
            return False
    return True


def blocked(t: Theatre, option: int) -> bool:
    """Whether a blocker stands in the way of the option with enough fighters."""
    for v in range(t.sizes["V"]):
        if t.blocker_option[v] != option:
            continue
        standing = fighters(t, t.blocker_actor[v], t.blocker_place[v])
        if standing >= t.blocker_fighters[v] and standing > 0.0:
            return True
    return False


def _intervene(t: Theatre, option: int) -> None:
    actor = t.option_actor[option]
    bloc = t.actor_bloc[actor]
    entry = t.option_from[option]
    t.intervened[option] = t.day
    if hostile_place(t, bloc, entry):
        return
    join(t, actor, entry, t.option_force[option], typical_traits(t, actor))
    t.arrived[actor] += t.option_force[option]
    target = t.option_target[option]
    t.value[bloc][target] = max(t.value[bloc][target], WANTED)
    if hostile_place(t, bloc, target):
        open_operation(t, bloc, target, actor, t.option_aim[option])
