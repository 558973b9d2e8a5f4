"""Surveillance: who sees what, and how attention limits it.

Each actor spreads its hours over places in proportion to (value · believed threat)^attention_focus;
allies add their hours in proportion to their coordination with the bloc's leader. Every third day a
bloc sweeps its sectors: a share 1 - exp(-hours · sweep / sector) of each is searched (random
search: Koopman 1980, Stone 1975), and belief moves by that share towards ``bias · truth ·
lognormal``. A column is found in a day with probability

    1 - exp(-(hours at both ends) · sweep · signature · sqrt(size/1000) / (sectors at both ends)).

A found column adds to the *inbound* belief of its target, which is kept apart from belief at the
place, and raises an alarm. One that gathers next door adds a share of it to the neighbouring
places, less with distance, and alarms those where inbound belief exceeds ``ALARMING`` of the
garrison. Contact closes ``seen_in_contact`` of the gap a day, but a probing force shows only
``seen_in_probe`` of itself.

Units: hours a day, km2 an hour, km2. Off: nothing is seen but contact. Structure ``fog: none``:
belief is truth and every column is found at once.
"""

from __future__ import annotations

import math

from contingent import arithmetic
from contingent.reference import layout, routes
from contingent.reference.columns import column_entity
from contingent.reference.layout import MECHANISM_SURVEILLANCE
from contingent.reference.state import (
    Theatre,
    bloc_fighters,
    friendly_place,
    hostile_fighters,
    hostile_place,
    own_place,
)

SWEEP_DAYS = 3
LEAST_VALUE = 0.5
LEAST_THREAT = 200.0
ALARMING = 0.3
DRAW_FOUND = 4


def advance(t: Theatre) -> None:
    """Sweep the sectors whose turn it is."""
    clear = t.choice[layout.CHOICE_FOG] != 0
    for b in range(t.sizes["B"]):
        if clear or (t.day + b) % SWEEP_DAYS == 0:
            _spread_hours(t, b)
            _sweep(t, b, clear)


def look(t: Theatre) -> None:
    """Look for columns on the road; a march of n days is looked for n times."""
    clear = t.choice[layout.CHOICE_FOG] != 0
    for a in range(t.sizes["A"]):
        for w in range(t.columns_used[a]):
            if t.column_size[a][w] > 0.0:
                _look_for(t, a, w, clear)


def remember(t: Theatre) -> None:
    """Let inbound belief fade, and learn from contact (runs even when off)."""
    for b in range(t.sizes["B"]):
        for p in range(t.sizes["P"]):
            t.inbound[b][p] *= t.inbound_memory
            if t.attacking[b][p] == 1:
                _learn_from_contact(t, b, p)
            elif own_place(t, b, p) and (t.flags[p] & layout.ENGAGED) == 0:
                t.belief[b][p] *= t.inbound_memory


def _spread_hours(t: Theatre, bloc: int) -> None:
    leader = t.bloc_leader[bloc]
    watch = t.watch[bloc]
    for p in range(t.sizes["P"]):
        watch[p] = 0.0
    for a in t.actors_of[bloc]:
        if t.hours[a] <= 0.0:
            continue
        total = 0.0
        for p in range(t.sizes["P"]):
            t.weight[p] = _attention(t, bloc, p, t.attention_focus[a])
            total += t.weight[p]
        if total <= 0.0:
            continue
        shared = 1.0 if a == leader else t.coordination[a][leader]
        for p in range(t.sizes["P"]):
            watch[p] += t.hours[a] * shared * t.weight[p] / total


def _attention(t: Theatre, bloc: int, place: int, focus: float) -> float:
    if t.value[bloc][place] <= 0.0 and not own_place(t, bloc, place):
        return 0.0
    worth = max(t.value[bloc][place], LEAST_VALUE)
    threat = t.belief[bloc][place] + t.inbound[bloc][place] + LEAST_THREAT
    return arithmetic.pow_(worth * threat / 1000.0, focus)


def _sweep(t: Theatre, bloc: int, clear: bool) -> None:
    bias = t.bias[t.bloc_leader[bloc]]
    for p in range(t.sizes["P"]):
        if clear:
            t.belief[bloc][p] = hostile_fighters(t, bloc, p)
            continue
        if t.watch[bloc][p] <= 0.0:
            continue
        truth = hostile_fighters(t, bloc, p)
        if truth <= 0.0 and t.belief[bloc][p] <= 0.0:
            continue
        searched = t.watch[bloc][p] * SWEEP_DAYS * t.sweep / t.sector[p]
        found = 1.0 - arithmetic.exp_(-searched)
        estimate = 0.0
        if truth > 0.0:
            z = t.normal(MECHANISM_SURVEILLANCE, bloc * t.sizes["P"] + p)
            estimate = bias * truth * arithmetic.exp_(t.belief_noise * z)
        t.belief[bloc][p] += found * (estimate - t.belief[bloc][p])


def _look_for(t: Theatre, actor: int, slot: int, clear: bool) -> None:
    origin_bloc = t.actor_bloc[actor]
    size = t.column_size[actor][slot]
    place = t.column_at[actor][slot]
    onward = t.column_next[actor][slot]
    for b in range(t.sizes["B"]):
        if t.stance[b][origin_bloc] != layout.HOSTILE or t.column_known[actor][slot][b] >= 0:
            continue
        if not clear:
            hours = t.watch[b][place] + t.watch[b][onward]
            if hours <= 0.0:
                continue
            area = t.sector[place] + t.sector[onward]
            visible = t.signature[actor] * math.sqrt(size / 1000.0)
            chance = 1.0 - arithmetic.exp_(-hours * t.sweep * visible / area)
            entity = column_entity(t, actor, slot)
            if t.uniform(MECHANISM_SURVEILLANCE, entity, DRAW_FOUND + b) >= chance:
                continue
        _find(t, b, actor, slot, 1.0 if clear else t.bias[t.bloc_leader[b]])


def _find(t: Theatre, bloc: int, actor: int, slot: int, bias: float) -> None:
    t.column_known[actor][slot][bloc] = t.day
    t.detected_today[actor] += 1
    if t.column_purpose[actor][slot] != layout.OFFENSIVE:
        return
    target = t.column_target[actor][slot]
    believed = bias * t.column_size[actor][slot]
    if own_place(t, bloc, target):
        t.inbound[bloc][target] += believed
        raise_alarm(t, bloc, target)
    elif not friendly_place(t, bloc, target):
        _warn_neighbours(t, bloc, target, believed)


def _warn_neighbours(t: Theatre, bloc: int, gathering: int, believed: float) -> None:
    for r in t.routes_at[gathering]:
        place = routes.other_end(t, r, gathering)
        if t.route_open[r] == 0 or not own_place(t, bloc, place):
            continue
        t.inbound[bloc][place] += routes.NEIGHBOUR_SHARE * believed * routes.nearness(t, r)
        if t.inbound[bloc][place] > ALARMING * bloc_fighters(t, bloc, place):
            raise_alarm(t, bloc, place)


def raise_alarm(t: Theatre, bloc: int, place: int) -> None:
    """Note a cause for alarm at one of the bloc's places."""
    if t.alarm[bloc][place] < 0:
        t.alarm[bloc][place] = t.day
        t.garrison[bloc][place] = bloc_fighters(t, bloc, place)
    t.alarm_last[bloc][place] = t.day


def _learn_from_contact(t: Theatre, attacker: int, place: int) -> None:
    defender = t.actor_bloc[t.holder[place]]
    if not hostile_place(t, attacker, place):
        return
    seen = t.seen_in_contact
    if t.phase[attacker][place] == layout.ASSAULT and t.phase_day[attacker][place] == t.day:
        seen = max(seen, 0.5)
    shown = bloc_fighters(t, attacker, place)
    if t.phase[attacker][place] == layout.PROBE:
        shown *= t.seen_in_probe
    if shown > t.belief[defender][place]:
        t.belief[defender][place] += seen * (shown - t.belief[defender][place])
    truth = hostile_fighters(t, attacker, place)
    t.belief[attacker][place] += seen * (truth - t.belief[attacker][place])
