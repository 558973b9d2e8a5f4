"""Clock: plans with uncertain dates, and deadlines with preconditions.

A plan draws its day once, ``plan_day + plan_spread · z`` rounded, and is carried out on that day
with ``plan_probability``: an attack is opened, a garrison is withdrawn, or fighters arrive from
outside. A deadline is met when every need holds on its day (share of population held, a place held,
a ceasefire in force) and a draw falls below ``deadline_chance``.

Nearness of a deadline runs from 0, ``deadline_horizon`` days before, to 1 on the day; it is felt by
commitment. Off: plans never happen and deadlines are never met or felt.
"""

from __future__ import annotations

import math

from contingent.reference import layout, routes
from contingent.reference.columns import launch
from contingent.reference.layout import MECHANISM_CLOCK
from contingent.reference.operations import open_operation
from contingent.reference.state import (
    Theatre,
    clip,
    hostile_place,
    join,
    own_place,
    share_of,
    traits_at,
    typical_traits,
)


def draw_dates(t: Theatre) -> None:
    """Draw the day of every plan (day 0; plans before day 1 happen on day 1)."""
    for i in range(t.sizes["L"]):
        day = t.plan_day[i]
        if t.plan_spread[i] > 0.0:
            day += t.plan_spread[i] * t.normal(MECHANISM_CLOCK, i, 1)
        t.plan_date[i] = int(math.floor(clip(day, 1.0, 1.0e6) + 0.5))


def advance(t: Theatre) -> None:
    """Carry out the plans and settle the deadlines of this day."""
    for i in range(t.sizes["L"]):
        if t.plan_date[i] == t.day:
            if t.uniform(MECHANISM_CLOCK, i) < t.plan_probability[i]:
                _carry_out(t, i)
    for d in range(t.sizes["D"]):
        if t.deadline_day[d] == t.day:
            met = _needs_hold(t, d)
            if met and t.uniform(MECHANISM_CLOCK, t.sizes["L"] + d) >= t.deadline_chance[d]:
                met = False
            t.satisfied[d] = 1 if met else 0


def _carry_out(t: Theatre, plan: int) -> None:
    actor = t.plan_actor[plan]
    place = t.plan_at[plan]
    bloc = t.actor_bloc[actor]
    if t.plan_kind[plan] == layout.PLAN_ATTACK:
        if hostile_place(t, bloc, place):
            open_operation(t, bloc, place, actor, layout.TAKE)
    elif t.plan_kind[plan] == layout.PLAN_WITHDRAW:
        _withdraw(t, actor, place, plan)
    elif not hostile_place(t, bloc, place):
        join(t, actor, place, t.plan_size[plan], typical_traits(t, actor))
        t.arrived[actor] += t.plan_size[plan]


def _withdraw(t: Theatre, actor: int, place: int, plan: int) -> None:
    bloc = t.actor_bloc[actor]
    to = t.plan_to[plan]
    if to < 0:
        to = routes.nearest_own(t, bloc, place)
    if to < 0:
        return
    share = clip(t.plan_share[plan], 0.0, 1.0)
    freed = share * t.static[actor][place]
    t.static[actor][place] -= freed
    t.mobile[actor][place] += freed
    size = share * t.mobile[actor][place]
    if launch(t, actor, place, to, size, traits_at(t, actor, place), layout.RETREAT):
        t.withdrew[actor][place] = 1


def _needs_hold(t: Theatre, deadline: int) -> bool:
    for q in range(t.sizes["Q"]):
        if t.need_deadline[q] != deadline:
            continue
        first = t.need_first[q]
        if t.need_kind[q] == layout.NEED_PEOPLE:
            if people_held(t, first) < t.need_level[q]:
                return False
        elif t.need_kind[q] == layout.NEED_HOLDS:
            if not own_place(t, t.actor_bloc[first], t.need_second[q]):
                return False
        elif t.ceasefire[first] == 0:
            return False
    return True


def people_held(t: Theatre, bloc: int) -> float:
    """Share of the theatre's inhabitants in places held by the bloc."""
    held = 0.0
    total = 0.0
    for p in range(t.sizes["P"]):
        total += t.people[p]
        if t.actor_bloc[t.holder[p]] == bloc:
            held += t.people[p]
    return share_of(held, total)


def nearness(t: Theatre, actor: int) -> float:
    """How near the nearest deadline that binds the actor is, 0..1."""
    nearest = 0.0
    if t.mechanism_on[MECHANISM_CLOCK] == 0:
        return nearest
    for d in range(t.sizes["D"]):
        if t.deadline_binds[d][actor] == 0 or t.day > t.deadline_day[d]:
            continue
        near = 1.0 - (t.deadline_day[d] - t.day) / t.deadline_horizon[d]
        if near > nearest:
            nearest = near
    return nearest
