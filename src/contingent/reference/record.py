"""Record: what is written down at the end of a day.

Holders and flags of every place, and the series that claims and figures ask for. A series is an
observable with up to two arguments (actors, places, blocs, kinds, routes, options, deadlines; -1
where there is none). Counts of persons are fighters, ``losses`` are killed, surrendered and
dispersed since day 0; events (attacks, withdrew, detected, columns, sorties) are of the day.
Off: holders and flags alone are written; every series stays 0.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from contingent.reference import layout
from contingent.reference.clock import people_held
from contingent.reference.columns import on_the_road
from contingent.reference.readiness import total_fighters
from contingent.reference.state import (
    Theatre,
    depth,
    fighters,
    share_of,
)

Observe = Callable[[Theatre, int, int], float]


def observe(t: Theatre, observable: int, first: int, second: int) -> float:
    """Value of one observable today."""
    return float(OBSERVE[layout.OBSERVABLES[observable]](t, first, second))


def _attacks(t: Theatre, actor: int, place: int) -> float:
    bloc = t.actor_bloc[actor]
    return float(t.attacking[bloc][place] == 1 and fighters(t, actor, place) > 0.0)


def _attempted(t: Theatre, actor: int, place: int) -> float:
    assault = t.phase[t.actor_bloc[actor]][place] == layout.ASSAULT
    return float(assault and _attacks(t, actor, place) > 0.0)


def _fighters(t: Theatre, actor: int, place: int) -> float:
    return total_fighters(t, actor) if place < 0 else fighters(t, actor, place)


def _losses(t: Theatre, actor: int, _: int) -> float:
    return float(t.killed[actor] + t.surrendered[actor])


def _readiness(t: Theatre, actor: int, _: int) -> float:
    total = 0.0
    ready = 0.0
    for p in range(t.sizes["P"]):
        total += fighters(t, actor, p)
        ready += fighters(t, actor, p) * t.readiness[actor][p]
    return share_of(ready, total)


def _posture(t: Theatre, actor: int, _: int) -> float:
    """Share of the bloc's mobile fighters that stand at hostile places or march to attack."""
    attacking = 0.0
    total = 0.0
    bloc = t.actor_bloc[actor]
    for a in t.actors_of[bloc]:
        total += on_the_road(t, a)
        for p in range(t.sizes["P"]):
            total += t.mobile[a][p]
            if t.attacking[bloc][p] == 1:
                attacking += t.mobile[a][p]
        for w in range(t.columns_used[a]):
            if t.column_purpose[a][w] == layout.OFFENSIVE:
                attacking += t.column_size[a][w]
    return share_of(attacking, total)


def _main_effort(t: Theatre, actor: int, _: int) -> float:
    """The place where most of the bloc's fighters are engaged, -1 if nowhere."""
    bloc = t.actor_bloc[actor]
    best = -1
    most = 0.0
    for p in range(t.sizes["P"]):
        own_fight = t.flags[p] != 0 and t.actor_bloc[t.holder[p]] == bloc
        if t.attacking[bloc][p] == 0 and not own_fight:
            continue
        force = 0.0
        for a in t.actors_of[bloc]:
            force += fighters(t, a, p)
        if force > most:
            best = p
            most = force
    return float(best)


def _belief(t: Theatre, actor: int, place: int) -> float:
    return float(t.belief[t.actor_bloc[actor]][place])


def _inbound(t: Theatre, actor: int, place: int) -> float:
    return float(t.inbound[t.actor_bloc[actor]][place])


def _progress(t: Theatre, place: int, _: int) -> float:
    """Largest share of the place's depth that an attacker has passed, 0..1."""
    most = 0.0
    for b in range(t.sizes["B"]):
        most = max(most, share_of(t.progress[b][place], depth(t, place)))
    return most


def _sorties(t: Theatre, actor: int, place: int) -> float:
    if place >= 0:
        return float(t.sorties_flown[actor][place])
    total = 0.0
    for p in range(t.sizes["P"]):
        total += t.sorties_flown[actor][p]
    return total


COLUMN_FIELDS = ("at", "next", "days", "speed", "fighters", "struck")
"""Place left, place ahead, days left on the leg, multiplier of march speed, fighters, 1 if struck
today."""


def columns(t: Theatre, out: np.ndarray) -> None:
    """Write every column on the road today; all 0 where there is none.

    Parameters
    ----------
    out : (actors, columns, fields) float64
        The fields are `COLUMN_FIELDS`.
    """
    out[:] = 0.0
    for a in range(t.sizes["A"]):
        for w in range(t.columns_used[a]):
            if t.column_size[a][w] > 0.0:
                out[a, w] = (
                    t.column_at[a][w],
                    t.column_next[a][w],
                    t.column_days[a][w],
                    t.column_speed[a][w],
                    t.column_size[a][w],
                    t.column_hit[a][w],
                )


OBSERVE: dict[str, Observe] = {
    "attacks": _attacks,
    "attempted": _attempted,
    "withdrew": lambda t, a, p: float(t.withdrew[a][p]),
    "fighters": _fighters,
    "losses": _losses,
    "readiness": _readiness,
    "posture": _posture,
    "main_effort": _main_effort,
    "belief": _belief,
    "commitment": lambda t, a, k: float(t.commitment[a][k]),
    "announced": lambda t, a, k: float(t.announced[a][k]),
    "will": lambda t, a, _: float(t.will[a]),
    "tacit": lambda t, a, b: float(t.tacit[a][b]),
    "ceasefire": lambda t, c, _: float(t.ceasefire[c]),
    "supplied": lambda t, a, p: float(t.connected[t.actor_bloc[a]][p]),
    "open": lambda t, r, _: float(t.route_open[r]),
    "progress": _progress,
    "sorties": _sorties,
    "detected": lambda t, a, _: float(t.detected_today[a]),
    "columns": lambda t, a, _: float(t.launched_today[a]),
    "intervened": lambda t, x, _: float(t.intervened[x] >= 0),
    "satisfied": lambda t, d, _: float(t.satisfied[d] == 1),
    "held_people": lambda t, b, _: people_held(t, b),
    "inbound": _inbound,
    "reinforced": lambda t, p, _: float(t.reinforced[p]),
    "struck_columns": lambda t, a, _: float(t.struck_today[a]),
}
