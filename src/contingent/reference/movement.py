"""Movement: columns advance along routes, arrive, go on, divert or turn back.

A column covers its leg in ``km / march_speed + border_delay`` days over its own multiplier (relief
marches faster, heavy actors slower; a column struck hard yesterday moves at half speed). Arriving
short of its target it takes the next leg; if the next place has become hostile and is not what it
came to attack, or the attack has been called off, it goes back and stops at the nearest own place;
with none left it disperses.

A column that was found is believed at its target once it is there, and no longer inbound, so that
it is not counted twice. ``reinforced`` counts relief that came in today. Off: nobody moves at all.
"""

from __future__ import annotations

from contingent.reference import layout, routes
from contingent.reference.columns import set_leg
from contingent.reference.state import Theatre, hostile_place, join


def advance(t: Theatre) -> None:
    """Move every column by a day."""
    for a in range(t.sizes["A"]):
        for w in range(t.columns_used[a]):
            if t.column_size[a][w] > 0.0:
                _march(t, a, w)
        while t.columns_used[a] > 0 and t.column_size[a][t.columns_used[a] - 1] <= 0.0:
            t.columns_used[a] -= 1


def _march(t: Theatre, actor: int, slot: int) -> None:
    step = 1.0
    if t.column_hit[actor][slot] == 1:
        step = 0.5
        t.column_hit[actor][slot] = 0
    legs = 0
    while step > 0.0 and t.column_size[actor][slot] > 0.0 and legs < t.sizes["P"]:
        legs += 1
        left = t.column_days[actor][slot]
        if left > step:
            t.column_days[actor][slot] = left - step
            return
        step -= left
        _reach(t, actor, slot)


def _reach(t: Theatre, actor: int, slot: int) -> None:
    place = t.column_next[actor][slot]
    bloc = t.actor_bloc[actor]
    target = t.column_target[actor][slot]
    attack = t.column_purpose[actor][slot] == layout.OFFENSIVE and place == target
    if attack and t.phase[bloc][place] == layout.NO_OPERATION:
        attack = False
    if hostile_place(t, bloc, place) and not attack:
        _turn_back(t, actor, slot, t.column_at[actor][slot])
        return
    if place == target:
        _arrive(t, actor, slot, place)
        return
    route = routes.next_route(t, bloc, place, target)
    if route < 0:
        _arrive(t, actor, slot, place)
        return
    set_leg(t, actor, slot, place, route)


def _turn_back(t: Theatre, actor: int, slot: int, place: int) -> None:
    bloc = t.actor_bloc[actor]
    if not hostile_place(t, bloc, place):
        _arrive(t, actor, slot, place)
        return
    home = routes.nearest_own(t, bloc, place)
    route = routes.next_route(t, bloc, place, home) if home >= 0 else -1
    if route < 0:
        t.surrendered[actor] += t.column_size[actor][slot]
        t.column_size[actor][slot] = 0.0
        return
    t.column_target[actor][slot] = home
    t.column_purpose[actor][slot] = layout.RETREAT
    set_leg(t, actor, slot, place, route)


def turn_back(t: Theatre, actor: int, slot: int) -> None:
    """Order a column back to where its leg began."""
    _turn_back(t, actor, slot, t.column_at[actor][slot])


def _arrive(t: Theatre, actor: int, slot: int, place: int) -> None:
    size = t.column_size[actor][slot]
    traits = (
        t.column_quality[actor][slot],
        t.column_resolve[actor][slot],
        t.column_readiness[actor][slot],
    )
    bloc = t.actor_bloc[actor]
    t.column_size[actor][slot] = 0.0
    join(t, actor, place, size, traits)
    if t.column_purpose[actor][slot] == layout.OFFENSIVE:
        if hostile_place(t, bloc, place):
            t.committed[bloc][place] += size
            _note_arrival(t, actor, slot, place, size)
        else:
            _assign(t, actor, place, size)
    elif t.column_purpose[actor][slot] == layout.RELIEF:
        t.reinforced[place] += size


def _note_arrival(t: Theatre, actor: int, slot: int, place: int, size: float) -> None:
    """Who found the column believes it at the place from now on, and no longer on its way."""
    holder = t.actor_bloc[t.holder[place]]
    if t.column_known[actor][slot][holder] < 0:
        return
    clear = t.choice[layout.CHOICE_FOG] != 0
    found = size if clear else t.bias[t.bloc_leader[holder]] * size
    found = min(found, t.inbound[holder][place])
    t.inbound[holder][place] -= found
    t.belief[holder][place] += found


def _assign(t: Theatre, actor: int, place: int, size: float) -> None:
    bloc = t.actor_bloc[actor]
    for q in range(t.sizes["P"]):
        if t.phase[bloc][q] == layout.BUILD_UP and t.staging[bloc][q] == place:
            t.assigned[actor][q] += size
            return
