"""Command: how a bloc runs its operations, and when it weighs new ones.

Once a week (staggered over blocs) a bloc sends support to the attacks it runs and, if it may run
one more, weighs what to open (:mod:`contingent.reference.choosing`).

A running operation gathers (build-up), marches, probes for a drawn time, assaults if believed odds
allow, and ends by capture, by limited success (isolate, raid: unless the force before the built-up
area turns out strong enough to take it), by losses or time below parity
beyond what its worth bears (a chance of a tenth a day times how often beyond), or because nobody
supplies it. Troops left at a hostile place without an operation march back. Off: no operation is
opened, reviewed or ended by decision, and no relief is sent.
"""

from __future__ import annotations

from contingent.reference import choosing, layout, response, routes
from contingent.reference.columns import launch, on_the_way
from contingent.reference.layout import MECHANISM_COMMAND
from contingent.reference.operations import (
    close_operation,
    dispatch,
    free_share,
    held_back,
    march_back,
    running,
)
from contingent.reference.state import (
    Theatre,
    belt_depth,
    bloc_fighters,
    bloc_power,
    clip,
    effectiveness,
    friendly_place,
    hostile_fighters,
    hostile_place,
    share_of,
    traits_at,
)

DRAW_ABORT = 4
GIVING_UP = 0.1
SUPPORT_DAYS = 1.5
SUPPORT_SHARE = 0.15
GATHER_DAYS = 20
WAIT_DAYS = 30
RAID_DAYS = 10


def advance(t: Theatre) -> None:
    """Run operations, answer alarms, and review what to open."""
    for b in range(t.sizes["B"]):
        for p in range(t.sizes["P"]):
            if t.phase[b][p] != layout.NO_OPERATION:
                _run(t, b, p)
            elif hostile_place(t, b, p) and bloc_fighters(t, b, p) > 0.0:
                march_back(t, b, p)
        response.advance(t, b)
        if (t.day + 3 * b) % choosing.REVIEW_DAYS == 0:
            _support(t, b)
            response.level_out(t, b)
            if running(t, b) < t.max_operations[b]:
                choosing.review(t, b)


def _run(t: Theatre, bloc: int, place: int) -> None:
    if not hostile_place(t, bloc, place):
        close_operation(t, bloc, place, True)
        return
    phase = t.phase[bloc][place]
    if phase == layout.BUILD_UP:
        _build_up(t, bloc, place)
    elif phase == layout.PROBE:
        _probe(t, bloc, place)
    elif phase == layout.ASSAULT:
        _assault(t, bloc, place)
    else:
        _hold(t, bloc, place)


def _build_up(t: Theatre, bloc: int, place: int) -> None:
    staging = t.staging[bloc][place]
    if not friendly_place(t, bloc, staging):
        close_operation(t, bloc, place, True)
        return
    if t.marched[bloc][place] == 1:
        _march(t, bloc, place, staging)
        if bloc_fighters(t, bloc, place) > 0.0:
            t.phase[bloc][place] = layout.PROBE
            t.phase_day[bloc][place] = t.day
        elif on_the_way(t, bloc, place, layout.OFFENSIVE) <= 0.0:
            close_operation(t, bloc, place, False)
        return
    if t.day - t.opened[bloc][place] < GATHER_DAYS:
        dispatch(t, bloc, place)
        if on_the_way(t, bloc, staging, layout.OFFENSIVE) > 0.0:
            return
    force = 0.0
    for a in t.actors_of[bloc]:
        if t.assigned[a][place] > 0.0:
            force += min(t.assigned[a][place], t.mobile[a][staging]) * effectiveness(t, a, staging)
    if force >= _wanted(t, bloc, place):
        t.marched[bloc][place] = 1
        t.phase_day[bloc][place] = t.day
        _march(t, bloc, place, staging)
    elif t.day - t.opened[bloc][place] >= GATHER_DAYS:
        close_operation(t, bloc, place, False)


def _wanted(t: Theatre, bloc: int, place: int) -> float:
    lead = t.lead[bloc][place]
    enemy = choosing.AIM_ENEMY[t.aim[bloc][place]] * choosing.enemy_power(t, bloc, place)
    return float(0.6 * t.go_threshold[lead] * enemy)


def _march(t: Theatre, bloc: int, place: int, staging: int) -> None:
    for a in t.actors_of[bloc]:
        if t.assigned[a][place] <= 0.0:
            continue
        size = min(t.assigned[a][place], t.mobile[a][staging])
        before = t.mobile[a][staging]
        launch(t, a, staging, place, size, traits_at(t, a, staging), layout.OFFENSIVE)
        t.assigned[a][place] -= before - t.mobile[a][staging]
        if t.assigned[a][place] < 5.0 or t.mobile[a][staging] < 5.0:
            t.assigned[a][place] = 0.0


def _probe(t: Theatre, bloc: int, place: int) -> None:
    _march(t, bloc, place, t.staging[bloc][place])
    if bloc_fighters(t, bloc, place) <= 0.0:
        if on_the_way(t, bloc, place, layout.OFFENSIVE) <= 0.0:
            close_operation(t, bloc, place, False)
        return
    elapsed = t.day - t.phase_day[bloc][place]
    if elapsed < t.probe_length[bloc][place]:
        return
    waiting = on_the_way(t, bloc, place, layout.OFFENSIVE) > 0.0
    if not waiting and bloc_power(t, bloc, place) >= _wanted(t, bloc, place):
        t.phase[bloc][place] = layout.ASSAULT
        t.phase_day[bloc][place] = t.day
        _take_by_surprise(t, bloc, place)
    elif elapsed > t.probe_length[bloc][place] + WAIT_DAYS:
        close_operation(t, bloc, place, True)


def _take_by_surprise(t: Theatre, bloc: int, place: int) -> None:
    defender = t.actor_bloc[t.holder[place]]
    force = bloc_fighters(t, bloc, place)
    known = share_of(t.belief[defender][place], force)
    t.surprise_factor[bloc][place] = 1.0 + t.surprise * clip(1.0 - known, 0.0, 1.0)


def _assault(t: Theatre, bloc: int, place: int) -> None:
    if bloc_fighters(t, bloc, place) <= 0.0:
        close_operation(t, bloc, place, False)
        return
    if t.aim[bloc][place] != layout.TAKE and t.progress[bloc][place] >= belt_depth(t, place):
        if _strong_enough(t, bloc, place):
            t.aim[bloc][place] = layout.TAKE
        elif t.aim[bloc][place] == layout.ISOLATE:
            t.phase[bloc][place] = layout.HOLD
            t.phase_day[bloc][place] = t.day
            return
        else:
            close_operation(t, bloc, place, True)
            return
    days = t.day - t.phase_day[bloc][place]
    if t.aim[bloc][place] == layout.RAID and days >= RAID_DAYS:
        close_operation(t, bloc, place, True)
        return
    if t.supply[bloc][place] < 0.15 or _given_up(t, bloc, place):
        close_operation(t, bloc, place, True)


def _strong_enough(t: Theatre, bloc: int, place: int) -> bool:
    """Whether the force before the built-up area would start an assault to take it."""
    wanted = t.go_threshold[t.lead[bloc][place]] * choosing.enemy_power(t, bloc, place)
    return bool(bloc_power(t, bloc, place) >= wanted)


def _given_up(t: Theatre, bloc: int, place: int) -> bool:
    lead = t.lead[bloc][place]
    stake = t.value[bloc][place] / 4.0
    lost = share_of(t.operation_lost[bloc][place], t.committed[bloc][place])
    borne = t.abort_losses[lead] * stake
    waited = t.below_parity[bloc][place]
    endured = t.patience[lead] * stake
    if lost <= borne and waited <= endured:
        return False
    beyond = max(share_of(lost, borne), share_of(waited, endured), 1.0)
    draw = t.uniform(MECHANISM_COMMAND, bloc * t.sizes["P"] + place, DRAW_ABORT)
    return bool(draw < GIVING_UP * beyond)


def _hold(t: Theatre, bloc: int, place: int) -> None:
    lead = t.lead[bloc][place]
    ring = bloc_power(t, bloc, place)
    garrison = hostile_fighters(t, bloc, place)
    if ring < 0.3 * garrison or t.supply[bloc][place] < 0.15:
        close_operation(t, bloc, place, True)
    elif t.day - t.phase_day[bloc][place] > 4.0 * t.patience[lead]:
        close_operation(t, bloc, place, True)
    elif _strong_enough(t, bloc, place):
        t.aim[bloc][place] = layout.TAKE
        t.phase[bloc][place] = layout.ASSAULT
        t.phase_day[bloc][place] = t.day


def _support(t: Theatre, bloc: int) -> None:
    for q in range(t.sizes["P"]):
        if t.phase[bloc][q] != layout.PROBE and t.phase[bloc][q] != layout.ASSAULT:
            continue
        row = routes.distances_to(t, bloc, q)
        lead = t.lead[bloc][q]
        for p in range(t.sizes["P"]):
            if not friendly_place(t, bloc, p) or row[p] < 0.0 or row[p] > SUPPORT_DAYS:
                continue
            share = choosing.per_review(SUPPORT_SHARE) * free_share(t, bloc, p)
            if share <= 0.0:
                continue
            for a in t.actors_of[bloc]:
                if t.area[a][q] == 0 or t.mobile[a][p] <= 0.0:
                    continue
                if a != lead and t.coordination[a][lead] < 0.5:
                    continue
                size = share * (t.mobile[a][p] - held_back(t, a, p))
                launch(t, a, p, q, size, traits_at(t, a, p), layout.OFFENSIVE)
