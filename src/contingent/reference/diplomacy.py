"""Diplomacy: tacit coordination drifts, ceasefires begin and end, garrisons negotiate their way
out.

The tacit coordination of a pair goes back to its usual level by ``tacit_drift`` of the gap a day
(shocks make it jump). Each possible ceasefire is decided once a fortnight: it begins with
``ceasefire_chance`` and ends with ``ceasefire_break``; running operations between its blocs end
when it begins. A besieged garrison under assault leaves by agreement with a daily chance

    evacuation_chance · min(1, 2·progress/depth) · min(1, ratio)      if its supply is below 0.85,

is taken to the strongest place of its bloc that is not besieged, and hands the place over.

Off: tacit coordination stays as on day 0, no ceasefire changes, no garrison negotiates.
"""

from __future__ import annotations

from contingent.reference import capture, layout
from contingent.reference.layout import MECHANISM_DIPLOMACY
from contingent.reference.operations import close_operation
from contingent.reference.state import (
    Theatre,
    bloc_fighters,
    clip,
    depth,
    fighters,
    hostile_place,
    join,
    own_place,
    share_of,
    traits_at,
)

REVIEW_DAYS = 14
WELL_SUPPLIED = 0.85


def advance(t: Theatre) -> None:
    """Let relations drift, review ceasefires and negotiate evacuations."""
    for a in range(t.sizes["A"]):
        for other in range(t.sizes["A"]):
            gap = t.usual_tacit[a][other] - t.tacit[a][other]
            t.tacit[a][other] += t.tacit_drift * gap
    for c in range(t.sizes["C"]):
        if (t.day + 5 * c) % REVIEW_DAYS == 0:
            _review(t, c)
    for e in range(t.sizes["E"]):
        for p in range(t.sizes["P"]):
            if t.holder[p] == t.evacuation_garrison[e]:
                _negotiate(t, e, p)


def _review(t: Theatre, pair: int) -> None:
    after = t.ceasefire_after_actor[pair]
    draw = t.uniform(MECHANISM_DIPLOMACY, pair)
    if t.ceasefire[pair] == 1:
        if draw < t.ceasefire_break[pair]:
            t.ceasefire[pair] = 0
        return
    if after >= 0 and not own_place(t, t.actor_bloc[after], t.ceasefire_after_place[pair]):
        return
    if draw < t.ceasefire_chance[pair]:
        t.ceasefire[pair] = 1
        first = t.actor_bloc[t.ceasefire_first[pair]]
        second = t.actor_bloc[t.ceasefire_second[pair]]
        _stand_down(t, first, second)
        _stand_down(t, second, first)


def _stand_down(t: Theatre, bloc: int, other: int) -> None:
    for p in range(t.sizes["P"]):
        if t.phase[bloc][p] != layout.NO_OPERATION and own_place(t, other, p):
            close_operation(t, bloc, p, True)


def _negotiate(t: Theatre, pair: int, place: int) -> None:
    besieger = t.actor_bloc[t.evacuation_besieger[pair]]
    garrison = t.actor_bloc[t.holder[place]]
    if t.choice[layout.CHOICE_EVACUATION] != 0 or t.phase[besieger][place] != layout.ASSAULT:
        return
    if not hostile_place(t, besieger, place) or t.attacking[besieger][place] == 0:
        return
    if t.besieged[place] == 0 or t.supply[garrison][place] >= WELL_SUPPLIED:
        return
    gained = clip(2.0 * share_of(t.progress[besieger][place], depth(t, place)), 0.0, 1.0)
    pressure = clip(t.ratio[besieger][place], 0.0, 1.0)
    chance = t.evacuation_chance[pair] * gained * pressure
    entity = pair * t.sizes["P"] + place
    if t.uniform(MECHANISM_DIPLOMACY, entity, 1) < chance:
        _evacuate(t, garrison, besieger, place)


def _evacuate(t: Theatre, garrison: int, besieger: int, place: int) -> None:
    refuge = _refuge(t, garrison, place)
    for a in t.actors_of[garrison]:
        size = fighters(t, a, place)
        if size <= 0.0:
            continue
        traits = traits_at(t, a, place)
        t.mobile[a][place] = 0.0
        t.static[a][place] = 0.0
        t.withdrew[a][place] = 1
        if refuge >= 0:
            join(t, a, refuge, size, traits)
        else:
            t.departed[a] += size
    if bloc_fighters(t, besieger, place) > 0.0:
        capture.hand_over(t, besieger, place)


def _refuge(t: Theatre, bloc: int, place: int) -> int:
    best = -1
    for p in range(t.sizes["P"]):
        if p == place or not own_place(t, bloc, p) or t.besieged[p] == 1:
            continue
        if best < 0 or bloc_fighters(t, bloc, p) > bloc_fighters(t, bloc, best):
            best = p
    return best
