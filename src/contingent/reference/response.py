"""Response: how alarms draw relief, and what holds it back.

An alarm (contact, a detected column, a lost neighbour) at one of its places makes the bloc, after
its leader's command ``delay``, order relief every second day (weekly for fronts older than three
weeks). The gap is ``response_factor`` times the believed enemy, at the place, inbound, and in
neighbouring places lost within three weeks (less with distance), over the terrain, less what stands
there and what is on the way; structure ``response: quota`` adds a fixed share to what stood there
at the alarm instead, so that relief does not grow with belief. The nearest surplus goes first; each
actor takes part with chance 0.3 + 0.7 · coordination with the holder. While a main effort runs
elsewhere only ``release + (1 - release) · (1 - bound)`` of a surplus may leave, and troops at
running operations only ``release · (1 - bound)``.

Once a week surplus also moves, without alarm, to places that hold less than they need. Allied
contingents may leave a lost fight on their own accord.
"""

from __future__ import annotations

from contingent.reference import layout, routes
from contingent.reference.columns import launch, on_the_way, relief_power
from contingent.reference.layout import MECHANISM_COMMAND
from contingent.reference.operations import (
    bound_share,
    broken_front,
    free_share,
    held_back,
    movable_share,
    needed,
)
from contingent.reference.state import (
    Theatre,
    bloc_fighters,
    bloc_power,
    clip,
    effectiveness,
    friendly_place,
    own_place,
    traits_at,
)

ALARM_DAYS = 21
ORDER_DAYS = 2
OLD_ORDER_DAYS = 7
SOURCES = 4
DRAW_TAKE_PART = 8
DRAW_LEAVE = 9
LOST_RATIO = 1.5


def advance(t: Theatre, bloc: int) -> None:
    """Answer the bloc's alarms and let uncommitted contingents leave."""
    leader = t.bloc_leader[bloc]
    for p in range(t.sizes["P"]):
        if t.alarm[bloc][p] < 0:
            continue
        if not own_place(t, bloc, p) or t.day - t.alarm_last[bloc][p] > ALARM_DAYS:
            t.alarm[bloc][p] = -1
            continue
        age = t.day - t.alarm[bloc][p]
        pause = ORDER_DAYS if age <= ALARM_DAYS else OLD_ORDER_DAYS
        if age >= t.delay[leader] and t.day - t.relief_day[bloc][p] >= pause:
            t.relief_day[bloc][p] = t.day
            order_relief(t, bloc, p, _gap(t, bloc, p))
        if t.flags[p] & layout.ASSAULTED:
            _leave(t, bloc, p)


def _gap(t: Theatre, bloc: int, place: int) -> float:
    if t.choice[layout.CHOICE_RESPONSE] != 0:
        coming = on_the_way(t, bloc, place, layout.RELIEF)
        wanted = (1.0 + t.quota_share) * t.garrison[bloc][place]
        return float(wanted - bloc_fighters(t, bloc, place) - coming)
    believed = t.belief[bloc][place] + t.inbound[bloc][place] + broken_front(t, bloc, place)
    wanted = t.response_factor * believed / t.terrain[place]
    return float(wanted - bloc_power(t, bloc, place) - relief_power(t, bloc, place))


def order_relief(t: Theatre, bloc: int, place: int, gap: float) -> None:
    """Order up to ``gap`` power to the place, from the nearest sources within reach."""
    if gap <= 0.0:
        return
    row = routes.distances_to(t, bloc, place)
    reach = t.reach[t.bloc_leader[bloc]] / 100.0
    movable = movable_share(t, bloc, place)
    pulled = t.release[t.bloc_leader[bloc]] * (1.0 - bound_share(t, bloc, place))
    for p in range(t.sizes["P"]):
        t.reached[p] = 0
    t.reached[place] = 1
    for _ in range(SOURCES):
        source = -1
        for p in range(t.sizes["P"]):
            if t.reached[p] == 1 or row[p] < 0.0 or row[p] > reach:
                continue
            if bloc_fighters(t, bloc, p) <= 0.0:
                continue
            if source < 0 or row[p] < row[source]:
                source = p
        if source < 0:
            return
        t.reached[source] = 1
        share = pulled
        if friendly_place(t, bloc, source):
            share = movable * free_share(t, bloc, source)
        gap -= _send(t, bloc, source, place, share, gap)
        if gap <= 0.0:
            return


def _send(t: Theatre, bloc: int, source: int, place: int, share: float, gap: float) -> float:
    sent = 0.0
    holder = t.holder[place]
    for a in t.actors_of[bloc]:
        if t.mobile[a][source] <= 0.0 or t.area[a][place] == 0:
            continue
        if a != holder:
            entity = (a * t.sizes["P"] + source) * t.sizes["P"] + place
            draw = t.uniform(MECHANISM_COMMAND, entity, DRAW_TAKE_PART)
            if draw >= 0.3 + 0.7 * t.coordination[a][holder]:
                continue
        power = effectiveness(t, a, source)
        if power <= 0.0 or sent >= gap:
            continue
        free = share * (t.mobile[a][source] - held_back(t, a, source))
        size = min(free, (gap - sent) / power)
        if launch(t, a, source, place, size, traits_at(t, a, source), layout.RELIEF):
            sent += size * power
    return sent


def level_out(t: Theatre, bloc: int) -> None:
    """Send surplus, without alarm, to places that hold less than they need."""
    for p in range(t.sizes["P"]):
        if not own_place(t, bloc, p) or t.alarm[bloc][p] >= 0:
            continue
        gap = needed(t, bloc, p) - bloc_power(t, bloc, p)
        if gap > 0.0:
            order_relief(t, bloc, p, gap - relief_power(t, bloc, p))


def _leave(t: Theatre, bloc: int, place: int) -> None:
    holder = t.holder[place]
    worst = 0.0
    for b in range(t.sizes["B"]):
        if t.attacking[b][place] == 1:
            worst = max(worst, t.ratio[b][place])
    if worst < LOST_RATIO:
        return
    for a in t.actors_of[bloc]:
        if a == holder or t.mobile[a][place] <= 0.0:
            continue
        attached = clip(t.aims[a][place] / 10.0, 0.0, 1.0)
        chance = t.leave_chance * (1.0 - t.coordination[a][holder]) * (1.0 - attached)
        entity = a * t.sizes["P"] + place
        if t.uniform(MECHANISM_COMMAND, entity, DRAW_LEAVE) >= chance:
            continue
        home = routes.nearest_own(t, bloc, place)
        if home < 0:
            continue
        traits = traits_at(t, a, place)
        if launch(t, a, place, home, t.mobile[a][place], traits, layout.RETREAT):
            t.withdrew[a][place] = 1
