"""Air tasking: a day's sorties are shared among fights and columns.

Sorties a day are the actor's rate times its actual commitment of aircraft (``surge`` instead in the
first week after an assault on a place of its bloc), less humanitarian and escort duties. They are
shared in proportion to

    fights:   (worth · (1 + ln(1 + threat/500)) · priority_if_own_attack)^response_focus
              · G/(G + 200)
    columns:  (worth of target · (1 + ln(1 + bias·size/500)) · interdiction_share
              · ground)^response_focus

with G the friendly fighters on the spot and *ground* 1 over desert, 0.15 elsewhere; columns must
have been found at least a quarter of the command delay ago. Distance from the base lowers the rate
by up to a half at the limit of range, and nothing is flown beyond it. A sortie adds ``air_effect``
fighter equivalents of close support and puts ``air_lethality`` fighters out of action, both times
G/(G + 200): air alone changes no holder. On a column it puts up to ``column_lethality`` fighters
out of action, fewer on small columns; a column that loses a twentieth is slowed for a day, one
below 65 % of its start may turn back.

Off: no sortie is flown.
"""

from __future__ import annotations

from contingent import arithmetic
from contingent.reference import layout
from contingent.reference.columns import column_entity
from contingent.reference.commitment import air_level
from contingent.reference.layout import MECHANISM_AIR
from contingent.reference.movement import turn_back
from contingent.reference.state import (
    Theatre,
    at_ceasefire,
    bloc_fighters,
    clip,
    friendly_place,
    hostile_fighters,
    hostile_place,
)

SURGE_DAYS = 7
PRESENCE = 200.0
OFF_DESERT = 0.15
DRAW_TURN = 1


def advance(t: Theatre) -> None:
    """Task every actor's sorties for today."""
    for a in range(t.sizes["A"]):
        available = _available(t, a)
        if available > 0.0:
            _task(t, a, available)


def _available(t: Theatre, actor: int) -> float:
    rate = t.sorties[actor]
    if rate <= 0.0:
        return 0.0
    base = t.air_base[actor]
    bloc = t.actor_bloc[actor]
    if base >= 0 and hostile_place(t, bloc, base):
        return 0.0
    if t.surge[actor] > rate and _new_assault(t, bloc):
        rate = t.surge[actor]
    bound = 0.0
    for u in range(t.sizes["U"]):
        if t.duty_actor[u] != actor or t.mechanism_on[layout.MECHANISM_CLOCK] == 0:
            continue
        if t.day < t.duty_first_day[u] or t.day > t.duty_last_day[u]:
            continue
        place = t.duty_place[u]
        if place < 0 or t.flags[place] != 0:
            bound += t.duty_share[u]
    return float(rate * air_level(t, actor) * clip(1.0 - bound, 0.0, 1.0))


def _new_assault(t: Theatre, bloc: int) -> bool:
    for p in range(t.sizes["P"]):
        if (t.flags[p] & layout.ASSAULTED) == 0 or not friendly_place(t, bloc, p):
            continue
        for b in range(t.sizes["B"]):
            if t.attacking[b][p] == 1 and t.phase[b][p] == layout.ASSAULT:
                if t.day - t.phase_day[b][p] < SURGE_DAYS:
                    return True
    return False


def _task(t: Theatre, actor: int, available: float) -> None:
    total = 0.0
    for p in range(t.sizes["P"]):
        t.weight[p] = _fight_weight(t, actor, p)
        total += t.weight[p]
    for other in range(t.sizes["A"]):
        for w in range(t.columns_used[other]):
            total += _column_weight(t, actor, other, w)
    if total <= 0.0:
        return
    for p in range(t.sizes["P"]):
        if t.weight[p] > 0.0:
            _support(t, actor, p, available * t.weight[p] / total)
    for other in range(t.sizes["A"]):
        for w in range(t.columns_used[other]):
            weight = _column_weight(t, actor, other, w)
            if weight > 0.0:
                _strike_column(t, actor, other, w, available * weight / total)


def range_share(t: Theatre, actor: int, place: int) -> float:
    """Share of the sortie rate that the distance leaves, 0 beyond range."""
    distance = t.air_distance[actor][place]
    if distance > t.air_range[actor] or t.air_range[actor] <= 0.0:
        return 0.0
    return float(1.0 - 0.5 * distance / t.air_range[actor])


def engaged_bloc(t: Theatre, actor: int, place: int) -> int:
    """Bloc in a fight that the actor supports at the place: its own or an ally, -1 if none."""
    bloc = t.actor_bloc[actor]
    if t.flags[place] == 0 or range_share(t, actor, place) <= 0.0:
        return -1
    if friendly_place(t, bloc, place):
        return int(t.actor_bloc[t.holder[place]])
    if not hostile_place(t, bloc, place):
        return -1
    if at_ceasefire(t, bloc, t.actor_bloc[t.holder[place]]):
        return -1
    best = -1
    for b in range(t.sizes["B"]):
        if t.attacking[b][place] == 1 and t.stance[bloc][b] == layout.ALLIED:
            if best < 0 or b == bloc:
                best = b
    return best


def _fight_weight(t: Theatre, actor: int, place: int) -> float:
    side = engaged_bloc(t, actor, place)
    if side < 0:
        return 0.0
    bloc = t.actor_bloc[actor]
    ground = bloc_fighters(t, side, place)
    threat = t.belief[bloc][place] + t.inbound[bloc][place]
    worth = max(t.value[side][place], 0.5) * (1.0 + arithmetic.log_(1.0 + threat / 500.0))
    if t.attacking[side][place] == 1:
        worth *= t.priority[actor]
    if side != bloc:
        worth *= t.coordination[actor][t.bloc_leader[side]]
    weight = arithmetic.pow_(worth, t.response_focus[actor])
    return weight * ground / (ground + PRESENCE) * range_share(t, actor, place)


def _column_weight(t: Theatre, actor: int, other: int, slot: int) -> float:
    size = t.column_size[other][slot]
    bloc = t.actor_bloc[actor]
    if size <= 0.0 or t.stance[bloc][t.actor_bloc[other]] != layout.HOSTILE:
        return 0.0
    known = t.column_known[other][slot][bloc]
    if known < 0 or t.day - known < 0.25 * t.delay[actor]:
        return 0.0
    onward = t.column_next[other][slot]
    reach = range_share(t, actor, onward)
    if reach <= 0.0:
        return 0.0
    target = t.column_target[other][slot]
    ground = 1.0
    if t.place_desert[onward] == 0 and t.place_desert[t.column_at[other][slot]] == 0:
        ground = OFF_DESERT
    seen = t.bias[actor] * size
    worth = max(t.value[bloc][target], 0.5) * (1.0 + arithmetic.log_(1.0 + seen / 500.0))
    worth *= t.interdiction_share * ground
    return arithmetic.pow_(worth, t.response_focus[actor]) * reach


def _support(t: Theatre, actor: int, place: int, sorties: float) -> None:
    side = engaged_bloc(t, actor, place)
    ground = bloc_fighters(t, side, place)
    presence = ground / (ground + PRESENCE)
    t.sorties_flown[actor][place] += sorties
    t.air_support[side][place] += sorties * t.air_effect[actor] * presence
    enemies = hostile_fighters(t, side, place)
    kill = min(sorties * t.air_lethality[actor] * presence, 0.2 * enemies)
    t.air_kill[side][place] += kill


def _strike_column(t: Theatre, actor: int, other: int, slot: int, sorties: float) -> None:
    size = t.column_size[other][slot]
    exposed = size / (size + 100.0)
    lost = min(0.6 * size, sorties * t.column_lethality * exposed)
    t.column_sorties[actor] += sorties
    t.sorties_flown[actor][t.column_target[other][slot]] += sorties
    t.column_size[other][slot] = size - lost
    t.killed[other] += lost
    t.struck_today[other] += 1
    if lost > 0.05 * size:
        t.column_hit[other][slot] = 1
    if t.column_purpose[other][slot] != layout.OFFENSIVE:
        return
    if t.column_size[other][slot] < 0.65 * t.column_start[other][slot]:
        entity = column_entity(t, other, slot)
        if t.uniform(MECHANISM_AIR, entity, DRAW_TURN + actor) < 0.5:
            turn_back(t, other, slot)
