"""How things stand on day 0: forces, running operations, sieges, beliefs, drawn dates.

Troops of an operation that already runs stand at its target: ``committed_share`` of the bloc's
mobile fighters at the staging place. Every bloc believes ``bias`` times the truth; nothing is on
the road.
"""

from __future__ import annotations

from contingent.reference import choosing, clock, combat, layout, routes
from contingent.reference.state import (
    Theatre,
    bloc_fighters,
    depth,
    hostile_fighters,
    join,
    traits_at,
)
from contingent.reference.supply import mark_besieged

LONG_AGO = -1000


def set_up(t: Theatre) -> None:
    """Fill the state from the tables of the scenario and this future's unknowns."""
    _places(t)
    _actors(t)
    for b in range(t.sizes["B"]):
        for p in range(t.sizes["P"]):
            _bloc_place(t, b, p)
    for n in range(t.sizes["N"]):
        for k in range(layout.SHOCK_MEMORY):
            t.shock_days[n][k] = LONG_AGO
    for d in range(t.sizes["D"]):
        t.satisfied[d] = -1
    for x in range(t.sizes["X"]):
        t.intervened[x] = -1
    for r in range(t.sizes["R"]):
        t.route_open[r] = t.initial_open[r]
    for b in range(t.sizes["B"]):
        for p in range(t.sizes["P"]):
            _running_operation(t, b, p)
    for b in range(t.sizes["B"]):
        _first_beliefs(t, b)
        routes.find_connected(t, b)
        if t.mechanism_on[layout.MECHANISM_SUPPLY] == 0:
            for p in range(t.sizes["P"]):
                t.connected[b][p] = 1
    mark_besieged(t)
    if t.mechanism_on[layout.MECHANISM_CLOCK] == 1:
        clock.draw_dates(t)
    choosing.draw_quiet(t)
    combat.find_contacts(t)


def _places(t: Theatre) -> None:
    for p in range(t.sizes["P"]):
        t.holder[p] = t.initial_holder[p]
        t.entrenchment[p] = t.initial_entrenchment[p]
        t.capture_day[p] = LONG_AGO
        t.fight_day[p] = -1


def _actors(t: Theatre) -> None:
    for a in range(t.sizes["A"]):
        t.will[a] = t.initial_will[a]
        t.sponsor_level[a] = 1.0
        for k in range(t.sizes["K"]):
            t.commitment[a][k] = t.initial_commitment[a][k]
            t.announced[a][k] = t.initial_commitment[a][k]
        for other in range(t.sizes["A"]):
            t.tacit[a][other] = t.initial_tacit[a][other]
        for p in range(t.sizes["P"]):
            t.mobile[a][p] = t.initial_mobile[a][p]
            t.static[a][p] = t.initial_static[a][p]
            t.quality[a][p] = t.initial_quality[a][p]
            t.resolve[a][p] = t.initial_resolve[a][p]
            t.readiness[a][p] = t.initial_readiness[a][p]


def _bloc_place(t: Theatre, bloc: int, place: int) -> None:
    t.supply[bloc][place] = t.initial_stocks[bloc][place]
    t.closed[bloc][place] = LONG_AGO
    t.alarm[bloc][place] = -1
    t.alarm_last[bloc][place] = LONG_AGO
    t.relief_day[bloc][place] = LONG_AGO
    t.lost_day[bloc][place] = LONG_AGO
    t.surprise_factor[bloc][place] = 1.0
    worth = 0.0
    for a in t.actors_of[bloc]:
        worth = max(worth, t.aims[a][place])
    t.value[bloc][place] = worth


def _running_operation(t: Theatre, bloc: int, place: int) -> None:
    phase = t.initial_phase[bloc][place]
    if phase == layout.NO_OPERATION:
        return
    staging = t.initial_staging[bloc][place]
    t.phase[bloc][place] = phase
    t.lead[bloc][place] = t.initial_lead[bloc][place]
    t.staging[bloc][place] = staging
    t.aim[bloc][place] = t.initial_aim[bloc][place]
    t.opened[bloc][place] = t.initial_since[bloc][place]
    t.phase_day[bloc][place] = t.initial_since[bloc][place]
    t.probe_length[bloc][place] = t.probe[t.lead[bloc][place]]
    t.progress[bloc][place] = t.initial_progress[bloc][place] * depth(t, place)
    for a in t.actors_of[bloc]:
        if t.mobile[a][staging] <= 0.0:
            continue
        size = t.committed_share[bloc][place] * t.mobile[a][staging]
        if phase == layout.BUILD_UP:
            t.assigned[a][place] = size
            continue
        t.marched[bloc][place] = 1
        t.mobile[a][staging] -= size
        join(t, a, place, size, traits_at(t, a, staging))
    if phase != layout.BUILD_UP:
        t.committed[bloc][place] = bloc_fighters(t, bloc, place)


def _first_beliefs(t: Theatre, bloc: int) -> None:
    bias = t.bias[t.bloc_leader[bloc]]
    for p in range(t.sizes["P"]):
        t.belief[bloc][p] = bias * hostile_fighters(t, bloc, p)
