"""Capture: a place changes hands, and what that does to everybody there.

The holder becomes the actor of the winning bloc with most fighters on the spot. ``escape_share`` of
the beaten garrison gets away to its nearest own place, if there is a way; the rest surrenders.
``garrison_share`` of the winner's mobile fighters become static. Stocks and arms pass to the
captor. Operations that no longer face an enemy end; the losers' neighbours are alarmed; the winner
may press on at once (exploitation).
"""

from __future__ import annotations

from contingent.reference import layout, routes
from contingent.reference.columns import launch
from contingent.reference.layout import MECHANISM_COMBAT
from contingent.reference.operations import close_operation, open_operation
from contingent.reference.state import (
    Theatre,
    at_ceasefire,
    bloc_fighters,
    fighters,
    hostile_place,
    own_place,
    traits_at,
)
from contingent.reference.surveillance import raise_alarm

EXPLOIT_DAYS = 1.2
EXPLOIT_SHARE = 0.8
DRAW_EXPLOIT = 2


def capture(t: Theatre, bloc: int, place: int) -> None:
    """Hand the place to the bloc and settle what follows."""
    loser = t.actor_bloc[t.holder[place]]
    beaten = _escape(t, bloc, place)
    hand_over(t, bloc, place)
    strongest = t.holder[place]
    force = bloc_fighters(t, bloc, place)
    gain = 1.0 + t.captured_arms * min(1.0, beaten / force)
    for a in t.actors_of[bloc]:
        if fighters(t, a, place) > 0.0:
            t.quality[a][place] *= gain
            kept = t.garrison_share * t.mobile[a][place]
            t.mobile[a][place] -= kept
            t.static[a][place] += kept
    t.supply[bloc][place] = max(t.supply[bloc][place], 0.8)
    for r in t.routes_at[place]:
        other = routes.other_end(t, r, place)
        if own_place(t, loser, other):
            raise_alarm(t, loser, other)
    if t.mechanism_on[layout.MECHANISM_COMMAND] == 1:
        _exploit(t, bloc, place, strongest)


def hand_over(t: Theatre, bloc: int, place: int) -> None:
    """Change the holder to the bloc's strongest actor there and forget the old fight."""
    loser = t.actor_bloc[t.holder[place]]
    strongest = t.bloc_leader[bloc]
    for a in t.actors_of[bloc]:
        if fighters(t, a, place) > fighters(t, strongest, place):
            strongest = a
    t.holder[place] = strongest
    t.capture_day[place] = t.day
    t.lost_day[loser][place] = t.day
    t.entrenchment[place] = 0.0
    t.fight_day[place] = -1
    t.flags[place] = 0
    t.alarm[loser][place] = -1
    routes.forget_distances(t)
    for b in range(t.sizes["B"]):
        t.progress[b][place] = 0.0
        if t.phase[b][place] != layout.NO_OPERATION and not hostile_place(t, b, place):
            close_operation(t, b, place, True)


def _escape(t: Theatre, winner: int, place: int) -> float:
    beaten = 0.0
    for a in range(t.sizes["A"]):
        bloc = t.actor_bloc[a]
        if t.stance[winner][bloc] != layout.HOSTILE or t.attacking[bloc][place] == 1:
            continue
        size = fighters(t, a, place)
        if size <= 0.0:
            continue
        beaten += size
        t.mobile[a][place] = size
        t.static[a][place] = 0.0
        home = routes.nearest_own(t, bloc, place)
        if home >= 0:
            away = t.escape_share * size
            launch(t, a, place, home, away, traits_at(t, a, place), layout.RETREAT)
        t.surrendered[a] += t.mobile[a][place]
        t.mobile[a][place] = 0.0
    return beaten


def _exploit(t: Theatre, bloc: int, place: int, lead: int) -> None:
    if t.choice[layout.CHOICE_EXPLOITATION] != 0:
        return
    if t.uniform(MECHANISM_COMBAT, place, DRAW_EXPLOIT) >= t.exploitation[lead]:
        return
    best = -1
    for r in t.routes_at[place]:
        other = routes.other_end(t, r, place)
        if t.route_open[r] == 0 or routes.leg_days(t, r) > EXPLOIT_DAYS:
            continue
        if not hostile_place(t, bloc, other) or t.value[bloc][other] <= 0.0:
            continue
        if t.area[lead][other] == 0 or at_ceasefire(t, bloc, t.actor_bloc[t.holder[other]]):
            continue
        if best < 0 or t.value[bloc][other] > t.value[bloc][best]:
            best = other
    if best < 0 or not open_operation(t, bloc, best, lead, layout.TAKE):
        return
    t.probe_length[bloc][best] = 0.5
    for a in t.actors_of[bloc]:
        if t.mobile[a][place] > 0.0:
            t.assigned[a][best] = max(t.assigned[a][best], EXPLOIT_SHARE * t.mobile[a][place])
