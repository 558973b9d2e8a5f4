"""Ways through the theatre: how far a place is, and whether supplies can reach it.

A bloc's troops pass places that no hostile bloc holds; the first and the last place of a march may
be hostile (one leaves a lost town, one marches on an enemy town). Distances are days of ordinary
march: length over the march speed of the road class, plus the delay at a border.
"""

from __future__ import annotations

from contingent import arithmetic
from contingent.reference import layout
from contingent.reference.state import (
    Theatre,
    bloc_fighters,
    friendly_place,
    hostile_place,
    own_place,
)

NEIGHBOUR_SHARE = 0.3
NEIGHBOUR_DAYS = 1.5


def leg_days(t: Theatre, route: int) -> float:
    """Days an ordinary column needs for the route."""
    speed = t.march_speed[t.route_class[route]]
    return float(t.route_km[route] / speed + t.border_delay[route])


def nearness(t: Theatre, route: int) -> float:
    """Weight of what stands at the other end of a route: 1 next door, a third at 1.6 days."""
    return arithmetic.exp_(-leg_days(t, route) / NEIGHBOUR_DAYS)


def forget_distances(t: Theatre) -> None:
    """Mark every row of distances as unknown (a holder or a route has changed)."""
    for b in range(t.sizes["B"]):
        for p in range(t.sizes["P"]):
            t.distance_known[b][p] = 0


def distances_to(t: Theatre, bloc: int, target: int) -> list[float]:
    """Days of march from every place to ``target`` for the bloc, -1 where there is no way.

    Shortest paths by repeated relaxation over the routes (Bellman-Ford); at most one round a place.
    """
    row: list[float] = t.distance[bloc][target]
    if t.distance_known[bloc][target] == 1:
        return row
    for p in range(t.sizes["P"]):
        row[p] = -1.0
    row[target] = 0.0
    changed = True
    while changed:
        changed = False
        for r in range(t.sizes["R"]):
            if t.route_open[r] == 0:
                continue
            days = leg_days(t, r)
            if _relax(t, bloc, target, t.route_from[r], t.route_to[r], days, row):
                changed = True
            if _relax(t, bloc, target, t.route_to[r], t.route_from[r], days, row):
                changed = True
    t.distance_known[bloc][target] = 1
    return row


def _relax(
    t: Theatre, bloc: int, target: int, near: int, far: int, days: float, row: list[float]
) -> bool:
    if row[near] < 0.0:
        return False
    if near != target and hostile_place(t, bloc, near):
        return False
    through = row[near] + days
    if row[far] < 0.0 or through < row[far]:
        row[far] = through
        return True
    return False


def next_route(t: Theatre, bloc: int, place: int, target: int) -> int:
    """Route that a column at ``place`` takes towards ``target``, -1 if there is none."""
    row = distances_to(t, bloc, target)
    best = -1
    best_days = 0.0
    for r in t.routes_at[place]:
        other = other_end(t, r, place)
        if t.route_open[r] == 0 or row[other] < 0.0:
            continue
        if other != target and hostile_place(t, bloc, other):
            continue
        days = row[other] + leg_days(t, r)
        if best < 0 or days < best_days:
            best = r
            best_days = days
    return best


def other_end(t: Theatre, route: int, place: int) -> int:
    """The place at the other end of the route, -1 if the route does not touch ``place``."""
    if t.route_from[route] == place:
        return int(t.route_to[route])
    if t.route_to[route] == place:
        return int(t.route_from[route])
    return -1


def route_between(t: Theatre, place: int, other: int) -> int:
    """The first route between two places, -1 if there is none."""
    for r in t.routes_at[place]:
        if other_end(t, r, place) == other:
            return r
    return -1


def nearest_own(t: Theatre, bloc: int, place: int) -> int:
    """Nearest other place held by the bloc, or else by an ally, that can be reached from ``place``.

    -1 if there is none.
    """
    best = -1
    best_own = False
    best_days = 0.0
    row = distances_to(t, bloc, place)
    for p in range(t.sizes["P"]):
        if p == place or row[p] < 0.0 or not friendly_place(t, bloc, p):
            continue
        own = own_place(t, bloc, p)
        if best < 0 or (own and not best_own) or (own == best_own and row[p] < best_days):
            best = p
            best_own = own
            best_days = row[p]
    return best


def find_connected(t: Theatre, bloc: int) -> None:
    """Mark the places that the bloc's sources can supply.

    Supplies pass places no hostile bloc holds and that no hostile force has cut off; they reach the
    bloc's troops before a hostile town along the last route.
    """
    reached = t.connected[bloc]
    waiting = 0
    for p in range(t.sizes["P"]):
        source = t.supply_source[bloc][p] == 1 and not hostile_place(t, bloc, p)
        reached[p] = 1 if source else 0
        if source:
            t.queue[waiting] = p
            waiting += 1
    while waiting > 0:
        waiting -= 1
        near = t.queue[waiting]
        if hostile_place(t, bloc, near) or isolated(t, bloc, near):
            continue
        for r in t.routes_at[near]:
            far = other_end(t, r, near)
            if t.route_open[r] == 1 and reached[far] == 0 and _supplied(t, bloc, far):
                reached[far] = 1
                t.queue[waiting] = far
                waiting += 1


def _supplied(t: Theatre, bloc: int, place: int) -> bool:
    """Whether supplies come in from a neighbour that has them."""
    if isolated(t, bloc, place):
        return False
    return not hostile_place(t, bloc, place) or bloc_fighters(t, bloc, place) > 0.0


def isolated(t: Theatre, bloc: int, place: int) -> bool:
    """Whether a hostile operation that aims to isolate has closed the bloc's place."""
    if hostile_place(t, bloc, place):
        return False
    for b in range(t.sizes["B"]):
        if t.stance[bloc][b] != layout.HOSTILE:
            continue
        if t.aim[b][place] == layout.ISOLATE and t.phase[b][place] == layout.HOLD:
            return True
    return False
