"""Operations: what a bloc undertakes against a place, and how it ends.

A bloc has at most one operation against a place. It remembers who leads it, where it is run from,
its aim (take, isolate, raid), its phase (build-up, probe, assault, hold), what was committed and
what was lost. Which to open is decided in :mod:`contingent.reference.choosing`, how to go on in
:mod:`contingent.reference.command`; this module opens them, gathers troops, and closes them.
"""

from __future__ import annotations

from contingent import arithmetic
from contingent.reference import layout, routes
from contingent.reference.columns import SMALLEST, launch
from contingent.reference.layout import MECHANISM_COMMAND
from contingent.reference.state import (
    Theatre,
    bloc_power,
    clip,
    depth,
    effectiveness,
    friendly_place,
    hostile_place,
    own_place,
    share_of,
    traits_at,
)

DRAW_PROBE = 1
DRAW_JOIN = 2
BROKEN_DAYS = 21


def running(t: Theatre, bloc: int) -> int:
    """Number of operations of the bloc."""
    count = 0
    for p in range(t.sizes["P"]):
        if t.phase[bloc][p] != layout.NO_OPERATION:
            count += 1
    return count


def open_operation(t: Theatre, bloc: int, target: int, lead: int, aim: int) -> bool:
    """Open an operation and order troops to its staging place."""
    if t.phase[bloc][target] != layout.NO_OPERATION:
        return False
    staging = choose_staging(t, bloc, target, lead)
    if staging < 0:
        return False
    entity = bloc * t.sizes["P"] + target
    length = 0.3 - 0.7 * arithmetic.log_(t.uniform(MECHANISM_COMMAND, entity, DRAW_PROBE))
    t.phase[bloc][target] = layout.BUILD_UP
    t.lead[bloc][target] = lead
    t.staging[bloc][target] = staging
    t.aim[bloc][target] = aim
    t.opened[bloc][target] = t.day
    t.phase_day[bloc][target] = t.day
    t.marched[bloc][target] = 0
    t.probe_length[bloc][target] = t.probe[lead] * length
    t.committed[bloc][target] = 0.0
    t.operation_lost[bloc][target] = 0.0
    t.below_parity[bloc][target] = 0.0
    t.broken[bloc][target] = 0.0
    t.surprise_factor[bloc][target] = 1.0
    _gather(t, bloc, target)
    return True


def choose_staging(t: Theatre, bloc: int, target: int, lead: int) -> int:
    """Where most of the bloc's free troops within reach pass last on their way to the target.

    Among equals, and where nobody is free, the nearest; -1 if there is none. A pocket of the bloc
    beside the target is no staging place for troops that cannot get there.
    """
    row = routes.distances_to(t, bloc, target)
    reach = t.reach[lead] / 100.0
    for p in range(t.sizes["P"]):
        t.weight[p] = 0.0
    for p in range(t.sizes["P"]):
        if row[p] < 0.0 or row[p] > reach or not friendly_place(t, bloc, p):
            continue
        power = 0.0
        for a in t.actors_of[bloc]:
            if t.mobile[a][p] > 0.0:
                power += (t.mobile[a][p] - held_back(t, a, p)) * effectiveness(t, a, p)
        if power > 0.0:
            t.weight[_last_friendly(t, bloc, p, target)] += power * free_share(t, bloc, p)
    best = -1
    for p in range(t.sizes["P"]):
        if t.weight[p] <= 0.0:
            continue
        if best < 0 or t.weight[p] > t.weight[best]:
            best = p
        elif t.weight[p] == t.weight[best] and row[p] < row[best]:
            best = p
    return best if best >= 0 else routes.nearest_own(t, bloc, target)


def _last_friendly(t: Theatre, bloc: int, place: int, target: int) -> int:
    last = place
    for _ in range(t.sizes["P"]):
        route = routes.next_route(t, bloc, place, target)
        if route < 0:
            return last
        place = routes.other_end(t, route, place)
        if place == target:
            return last
        if friendly_place(t, bloc, place):
            last = place
    return last


def _gather(t: Theatre, bloc: int, target: int) -> None:
    lead = t.lead[bloc][target]
    staging = t.staging[bloc][target]
    reach = t.reach[lead] / 100.0
    row = routes.distances_to(t, bloc, target)
    entity = bloc * t.sizes["P"] + target
    for a in t.actors_of[bloc]:
        if t.area[a][target] == 0:
            continue
        if a != lead:
            draw = t.uniform(MECHANISM_COMMAND, entity * t.sizes["A"] + a, DRAW_JOIN)
            if draw >= t.coordination[a][lead]:
                continue
        for p in range(t.sizes["P"]):
            if t.mobile[a][p] <= 0.0 or not friendly_place(t, bloc, p):
                continue
            if row[p] < 0.0 or row[p] > reach:
                continue
            size = _share_of_mobile(t, bloc, a, p)
            if p == staging:
                t.assigned[a][target] += size
            else:
                t.planned[a][target] += size
    dispatch(t, bloc, target)


def _share_of_mobile(t: Theatre, bloc: int, actor: int, place: int) -> float:
    share = t.commit_share[actor] * free_share(t, bloc, place)
    return float(share * max(t.mobile[actor][place] - held_back(t, actor, place), 0.0))


def dispatch(t: Theatre, bloc: int, target: int) -> None:
    """Send what is still planned for the operation to its staging place, as the roads allow."""
    staging = t.staging[bloc][target]
    reach = t.reach[t.lead[bloc][target]] / 100.0
    row = routes.distances_to(t, bloc, target)
    for a in t.actors_of[bloc]:
        if t.planned[a][target] < SMALLEST:
            continue
        for p in range(t.sizes["P"]):
            if p == staging or t.mobile[a][p] <= 0.0 or not friendly_place(t, bloc, p):
                continue
            if row[p] < 0.0 or row[p] > reach:
                continue
            size = min(_share_of_mobile(t, bloc, a, p), t.planned[a][target])
            before = t.mobile[a][p]
            launch(t, a, p, staging, size, traits_at(t, a, p), layout.OFFENSIVE)
            t.planned[a][target] -= before - t.mobile[a][p]


def held_back(t: Theatre, actor: int, place: int) -> float:
    """Mobile fighters at the place that wait for an operation run from there."""
    bloc = t.actor_bloc[actor]
    waiting = 0.0
    for q in range(t.sizes["P"]):
        if t.assigned[actor][q] > 0.0 and t.staging[bloc][q] == place:
            waiting += t.assigned[actor][q]
    return float(min(waiting, t.mobile[actor][place]))


def close_operation(t: Theatre, bloc: int, target: int, withdraw: bool) -> None:
    """End an operation; with ``withdraw`` its troops at the target march back."""
    t.phase[bloc][target] = layout.NO_OPERATION
    t.closed[bloc][target] = t.day
    t.attacking[bloc][target] = 0
    for a in t.actors_of[bloc]:
        t.assigned[a][target] = 0.0
        t.planned[a][target] = 0.0
    if withdraw:
        march_back(t, bloc, target)


def march_back(t: Theatre, bloc: int, place: int) -> None:
    """Send the bloc's troops at a place that is no friend's back to its nearest own place."""
    if friendly_place(t, bloc, place):
        return
    home = routes.nearest_own(t, bloc, place)
    for a in t.actors_of[bloc]:
        t.mobile[a][place] += t.static[a][place]
        t.static[a][place] = 0.0
        size = t.mobile[a][place]
        if size <= 0.0:
            continue
        if home < 0 or not launch(t, a, place, home, size, traits_at(t, a, place), layout.RETREAT):
            if home < 0 or size < 5.0:
                t.surrendered[a] += size
                t.mobile[a][place] = 0.0


def believed_threat(t: Theatre, bloc: int, place: int) -> float:
    """Hostile fighters the bloc believes at, on the way to, or next to one of its places."""
    total = t.belief[bloc][place] + t.inbound[bloc][place]
    for r in t.routes_at[place]:
        other = routes.other_end(t, r, place)
        if t.route_open[r] == 0 or not hostile_place(t, bloc, other):
            continue
        near = routes.nearness(t, r)
        total += routes.NEIGHBOUR_SHARE * t.belief[bloc][other] * near
    return float(total)


def broken_front(t: Theatre, bloc: int, place: int) -> float:
    """Hostile fighters the bloc believes in neighbouring places that it lost within three weeks."""
    total = 0.0
    for r in t.routes_at[place]:
        other = routes.other_end(t, r, place)
        if t.route_open[r] == 0 or not hostile_place(t, bloc, other):
            continue
        if t.day - t.lost_day[bloc][other] <= BROKEN_DAYS:
            near = routes.nearness(t, r)
            total += t.belief[bloc][other] * near
    return float(total)


def needed(t: Theatre, bloc: int, place: int) -> float:
    """Power the bloc wants to keep at one of its places."""
    ratio = t.need_ratio[t.bloc_leader[bloc]]
    return float(ratio * believed_threat(t, bloc, place) / t.terrain[place])


def free_share(t: Theatre, bloc: int, place: int) -> float:
    """Share of the bloc's mobile troops at its place that is not needed there, 0..1.

    None while the built-up area is fought over, at most half while only the outskirts are.
    """
    mobile = 0.0
    for a in t.actors_of[bloc]:
        if t.mobile[a][place] > 0.0:
            mobile += t.mobile[a][place] * effectiveness(t, a, place)
    if mobile <= 0.0:
        return 0.0
    surplus = bloc_power(t, bloc, place) - needed(t, bloc, place)
    share = clip(surplus / mobile, 0.0, 1.0)
    if t.flags[place] & layout.CONTESTED:
        return 0.0
    if t.flags[place] & layout.OUTSKIRTS:
        return 0.5 * share
    return share


def bound_share(t: Theatre, bloc: int, place: int) -> float:
    """How far the bloc's response is bound away from ``place`` by its main effort, 0..1.

    The main effort is the most valuable running attack or assaulted place elsewhere; it binds in
    proportion to its value times ``priority`` against the value of ``place``.
    """
    priority = t.priority[t.bloc_leader[bloc]]
    effort = 0.0
    for p in range(t.sizes["P"]):
        if p == place:
            continue
        engaged = t.attacking[bloc][p] == 1
        if not engaged and own_place(t, bloc, p):
            engaged = (t.flags[p] & layout.ASSAULTED) != 0
        if engaged:
            left = clip(1.0 - share_of(t.progress[bloc][p], depth(t, p)), 0.2, 1.0)
            effort = max(effort, priority * t.value[bloc][p] * left)
    return share_of(effort, effort + max(t.value[bloc][place], 0.5))


def movable_share(t: Theatre, bloc: int, place: int) -> float:
    """Share of free troops that may leave for ``place`` while the main effort binds the rest."""
    release = t.release[t.bloc_leader[bloc]]
    return float(release + (1.0 - release) * (1.0 - bound_share(t, bloc, place)))
