"""Columns on the road: how they set out and who they are.

An actor can control at most ``COLUMNS_PER_ACTOR`` columns at once (an assumption about staffs that
also bounds the tables); a march that finds no free column or no room on the first road waits. A
column is named by actor, origin, target, purpose and launch day, so that its random draws do not
depend on the slot it happens to use.
"""

from __future__ import annotations

from contingent import arithmetic
from contingent.reference import layout, routes
from contingent.reference.state import Theatre

SMALLEST = 5.0


def launch(
    t: Theatre,
    actor: int,
    origin: int,
    target: int,
    size: float,
    traits: tuple[float, float, float],
    purpose: int,
) -> bool:
    """Send mobile fighters of the actor from one place to another.

    Returns False, and moves nobody, if there is no way, no room, no free column, or fewer than
    ``SMALLEST`` fighters would go.
    """
    bloc = t.actor_bloc[actor]
    if origin == target or t.mechanism_on[layout.MECHANISM_MOVEMENT] == 0:
        return False
    route = routes.next_route(t, bloc, origin, target)
    if route < 0:
        return False
    size = min(size, t.mobile[actor][origin], t.capacity[route] - t.route_load[route])
    if size < SMALLEST:
        return False
    slot = _slot(t, actor, origin, target, purpose)
    if slot < 0:
        return False
    t.mobile[actor][origin] -= size
    t.route_load[route] += size
    if t.column_size[actor][slot] > 0.0:
        t.column_size[actor][slot] += size
        t.column_start[actor][slot] += size
        return True
    speed = t.march[actor] * (t.relief_speed if purpose == layout.RELIEF else 1.0)
    t.column_size[actor][slot] = size
    t.column_start[actor][slot] = size
    t.column_quality[actor][slot] = traits[0]
    t.column_resolve[actor][slot] = traits[1]
    t.column_readiness[actor][slot] = traits[2]
    t.column_speed[actor][slot] = speed
    t.column_origin[actor][slot] = origin
    t.column_target[actor][slot] = target
    t.column_day[actor][slot] = t.day
    t.column_purpose[actor][slot] = purpose
    t.column_hit[actor][slot] = 0
    for b in range(t.sizes["B"]):
        t.column_known[actor][slot][b] = -1
    t.launched_today[actor] += 1
    t.columns_used[actor] = max(t.columns_used[actor], slot + 1)
    set_leg(t, actor, slot, origin, route)
    return True


def _slot(t: Theatre, actor: int, origin: int, target: int, purpose: int) -> int:
    free = -1
    for w in range(t.sizes["W"]):
        if t.column_size[actor][w] <= 0.0:
            if free < 0:
                free = w
        elif (
            t.column_day[actor][w] == t.day
            and t.column_origin[actor][w] == origin
            and t.column_target[actor][w] == target
            and t.column_purpose[actor][w] == purpose
        ):
            return w
    return free


def set_leg(t: Theatre, actor: int, slot: int, place: int, route: int) -> None:
    """Put the column on a route that begins at ``place``."""
    t.column_at[actor][slot] = place
    t.column_next[actor][slot] = routes.other_end(t, route, place)
    t.column_days[actor][slot] = routes.leg_days(t, route) / t.column_speed[actor][slot]


def column_entity(t: Theatre, actor: int, slot: int) -> int:
    """Number that names the column in the random streams, 0 <= number < 2**32."""
    places = t.sizes["P"]
    name = actor * places + t.column_origin[actor][slot]
    name = name * places + t.column_target[actor][slot]
    name = name * 3 + t.column_purpose[actor][slot]
    return int((name * 1024 + t.column_day[actor][slot] % 1024) & 0xFFFFFFFF)


def on_the_way(t: Theatre, bloc: int, place: int, purpose: int) -> float:
    """Fighters of the bloc marching to the place for this purpose."""
    total = 0.0
    for a in t.actors_of[bloc]:
        for w in range(t.columns_used[a]):
            if t.column_size[a][w] <= 0.0 or t.column_target[a][w] != place:
                continue
            if t.column_purpose[a][w] == purpose:
                total += t.column_size[a][w]
    return total


def relief_power(t: Theatre, bloc: int, place: int) -> float:
    """Power of the bloc's relief marching to the place."""
    total = 0.0
    for a in t.actors_of[bloc]:
        for w in range(t.columns_used[a]):
            if t.column_size[a][w] <= 0.0 or t.column_target[a][w] != place:
                continue
            if t.column_purpose[a][w] == layout.RELIEF:
                each = t.column_quality[a][w] * arithmetic.pow_(t.column_readiness[a][w], 0.7)
                total += t.column_size[a][w] * each
    return total


def on_the_road(t: Theatre, actor: int) -> float:
    """Fighters of the actor in columns."""
    total = 0.0
    for w in range(t.columns_used[actor]):
        total += t.column_size[actor][w]
    return total
