"""Choosing: which operations a bloc opens.

Once a week (staggered over blocs) a bloc with a free operation weighs every hostile place its
actors want, with three aims, against doing nothing:

    utility = worth · (P - defeat_weight · (1 - P)) - days of march · 100/distance_cost - start_cost
    P       = logistic(2.5 · (ln(pool / E) - ln go_threshold))

*pool* is the surplus power within reach, *E* the believed enemy power on his ground plus, weighted
by ``opportunism``, the relief he could bring (aircraft and mobile troops near) times the share of
it that is not bound elsewhere and halved where nobody watches: an attacker waits until his opponent
is busy. The choice of a week is a logit with weight ``exp(utility)`` against 1 for nothing; a
review that covers n days opens with the chance ``1 - (1 - p)^(n/7)`` that n/7 such weeks would, so
that results do not hang on how often one looks. Structure ``decision: threshold`` takes the best
positive utility instead, at even odds a week. A place where a neutral bloc runs an operation is
left alone with the chance of their tacit coordination.
"""

from __future__ import annotations

from contingent import arithmetic
from contingent.reference import layout, routes
from contingent.reference.commitment import air_level
from contingent.reference.layout import MECHANISM_COMMAND
from contingent.reference.operations import bound_share, free_share, held_back, open_operation
from contingent.reference.state import (
    Theatre,
    at_ceasefire,
    clip,
    effectiveness,
    friendly_place,
    hostile_place,
    mobile_share,
    own_place,
)

REVIEW_DAYS = 7
REST_DAYS = 30
MOMENTUM_DAYS = 14
STEEPNESS = 2.5
DRAW_CHOICE = 3
DRAW_QUIET = 5
RELIEF_DAYS = 2.0
RELIEF_SHARE = 0.25
AIM_WORTH = (1.0, 0.4, 0.25)
AIM_ENEMY = (1.0, 0.6, 0.4)
AIM_COST = (1.0, 0.8, 0.5)


def draw_quiet(t: Theatre) -> None:
    """Draw once, for every bloc and place, what it takes to keep it out of neutrals' operations."""
    for b in range(t.sizes["B"]):
        for p in range(t.sizes["P"]):
            t.quiet[b][p] = t.uniform(MECHANISM_COMMAND, b * t.sizes["P"] + p, DRAW_QUIET)


def review(t: Theatre, bloc: int) -> None:
    """Open the operation that the bloc chooses, if it chooses any."""
    leader = t.bloc_leader[bloc]
    _find_pool(t, bloc)
    total = 0.0
    best = 0.0
    best_place = -1
    best_aim = 0
    for q in range(t.sizes["P"]):
        for aim in range(3):
            t.utility[q][aim] = 0.0
        if not _eligible(t, bloc, q):
            continue
        for aim in range(3):
            utility = _utility(t, bloc, q, aim, leader)
            if utility > best:
                best = utility
                best_place = q
                best_aim = aim
            weight = arithmetic.exp_(utility)
            t.utility[q][aim] = weight
            total += weight
    draw = t.uniform(MECHANISM_COMMAND, bloc, DRAW_CHOICE)
    if t.choice[layout.CHOICE_DECISION] != 0:
        if best_place >= 0 and draw < per_review(0.5):
            open_operation(t, bloc, best_place, _leading(t, bloc, best_place), best_aim)
        return
    chance = per_review(total / (1.0 + total))
    if draw >= chance:
        return
    draw *= total / chance
    for q in range(t.sizes["P"]):
        for aim in range(3):
            draw -= t.utility[q][aim]
            if t.utility[q][aim] > 0.0 and draw < 0.0:
                open_operation(t, bloc, q, _leading(t, bloc, q), aim)
                return


def per_review(weekly: float) -> float:
    """Chance or share a review, from that of a week."""
    return 1.0 - arithmetic.pow_(1.0 - weekly, REVIEW_DAYS / 7.0)


def _find_pool(t: Theatre, bloc: int) -> None:
    for p in range(t.sizes["P"]):
        t.weight[p] = 0.0
        if not friendly_place(t, bloc, p):
            continue
        share = free_share(t, bloc, p)
        if share <= 0.0:
            continue
        for a in t.actors_of[bloc]:
            if t.mobile[a][p] > 0.0:
                free = t.mobile[a][p] - held_back(t, a, p)
                t.weight[p] += t.commit_share[a] * share * free * effectiveness(t, a, p)


def _eligible(t: Theatre, bloc: int, place: int) -> bool:
    if not hostile_place(t, bloc, place) or t.value[bloc][place] <= 0.0:
        return False
    if t.phase[bloc][place] != layout.NO_OPERATION or t.day - t.closed[bloc][place] < REST_DAYS:
        return False
    if _leading(t, bloc, place) < 0 or at_ceasefire(t, bloc, t.actor_bloc[t.holder[place]]):
        return False
    leader = t.bloc_leader[bloc]
    for b in range(t.sizes["B"]):
        if t.stance[bloc][b] == layout.NEUTRAL and t.phase[b][place] != layout.NO_OPERATION:
            if t.quiet[bloc][place] < t.tacit[leader][t.bloc_leader[b]]:
                return False
    return True


def _leading(t: Theatre, bloc: int, place: int) -> int:
    best = -1
    for a in t.actors_of[bloc]:
        if t.area[a][place] == 0 or t.aims[a][place] <= 0.0:
            continue
        mobile = 0.0
        for p in range(t.sizes["P"]):
            mobile += t.mobile[a][p]
        if mobile > 0.0 and (best < 0 or t.aims[a][place] > t.aims[best][place]):
            best = a
    return best


def _utility(t: Theatre, bloc: int, place: int, aim: int, leader: int) -> float:
    row = routes.distances_to(t, bloc, place)
    reach = t.reach[leader] / 100.0
    pool = 0.0
    nearest = -1.0
    for p in range(t.sizes["P"]):
        if t.weight[p] > 0.0 and row[p] >= 0.0 and row[p] <= reach:
            pool += t.weight[p]
            if nearest < 0.0 or row[p] < nearest:
                nearest = row[p]
    if pool <= 0.0:
        return -50.0
    odds = pool / (AIM_ENEMY[aim] * enemy_power(t, bloc, place))
    log_odds = arithmetic.log_(odds) - arithmetic.log_(t.go_threshold[leader])
    success = arithmetic.logistic(STEEPNESS * log_odds)
    worth = AIM_WORTH[aim] * (t.value[bloc][place] + _momentum(t, bloc, place))
    gain = worth * (success - t.defeat_weight * (1.0 - success))
    cost = nearest * 100.0 / t.distance_cost + AIM_COST[aim] * t.start_cost[leader]
    return clip(gain - cost, -50.0, 50.0)


def _momentum(t: Theatre, bloc: int, place: int) -> float:
    for r in t.routes_at[place]:
        other = routes.other_end(t, r, place)
        if own_place(t, bloc, other):
            if t.day - t.capture_day[other] <= MOMENTUM_DAYS:
                return float(t.momentum)
    return 0.0


def enemy_power(t: Theatre, bloc: int, place: int) -> float:
    """Power the bloc believes it must beat to take the place."""
    quality = max(t.quality[t.holder[place]][place], 0.5)
    believed = t.belief[bloc][place] * quality + t.unseen
    power = believed * t.terrain[place] * (1.0 + 0.5 * t.entrenchment[place])
    if t.choice[layout.CHOICE_OPPORTUNITY] == 0:
        weight = t.opportunism[t.bloc_leader[bloc]]
        power += weight * _free_relief(t, bloc, place)
    return float(power)


def _free_relief(t: Theatre, bloc: int, place: int) -> float:
    opponent = t.actor_bloc[t.holder[place]]
    relief = 0.0
    for a in t.actors_of[opponent]:
        if t.air_distance[a][place] <= t.air_range[a]:
            relief += t.sorties[a] * air_level(t, a) * t.air_effect[a]
    row = routes.distances_to(t, opponent, place)
    for p in range(t.sizes["P"]):
        if p == place or row[p] < 0.0 or row[p] > RELIEF_DAYS:
            continue
        if own_place(t, opponent, p):
            relief += t.belief[bloc][p] * mobile_share(t, opponent, p)
    hours = t.watch[opponent][place]
    in_time = 0.5 + 0.5 * (1.0 - arithmetic.exp_(-hours * t.sweep / t.sector[place]))
    return RELIEF_SHARE * relief * in_time * (1.0 - bound_share(t, opponent, place))
