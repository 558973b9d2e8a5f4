"""A theatre with reserves in reach and early warning, so that every parameter can matter.

Bloc 0 holds a town (0), a reserve a day away (1) and a base (3) from which it assaults a city (2)
of bloc 2, its main effort; actor 1 is its militia, which stands at the reserve, and actor 2 its
backer, with aircraft and eyes. Bloc 1 (actor 3) can come from its own base (4) over two to three
days of open ground. Bloc 3 (actor 5), neutral to bloc 0, can enter through its own place (5)
against the base of bloc 1; the militia may stand in its way at a crossing (6). Actor 4 holds the
city of bloc 2, actor 6 gives bloc 1 its supplies from outside.

Numbers are about the middles of the library's priors; those of the theatre are made up.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from small_program import SmallProgram, small_program

from contingent import streams
from contingent.core.engine import Log, run_futures
from contingent.reference import layout

ARMY, MILITIA, BACKER, RAIDER, REBEL, NEIGHBOUR, SPONSOR = range(7)
TOWN, RESERVE, CITY, BASE, CAMP, BORDER, CROSSING = range(7)
DEFENDERS, RAIDERS, REBELS, NEIGHBOURS = range(4)
DAYS = 90

STANCE = np.array(
    [
        [1, -1, -1, 0],
        [-1, 1, 0, -1],
        [-1, 0, 1, 0],
        [0, -1, 0, 1],
    ]
)

ROUTES = [  # from, to, km, class
    (TOWN, RESERVE, 150, 1),
    (RESERVE, BASE, 200, 1),
    (BASE, CITY, 10, 1),
    (CAMP, TOWN, 280, 3),
    (BORDER, CAMP, 80, 1),
    (TOWN, CROSSING, 400, 1),
]

PRIORS: dict[str, Any] = {
    "march_speed": [212, 148, 77, 98],
    "combat_loss": 0.004,
    "combat_exponent": 0.55,
    "combat_noise": 0.32,
    "front_density": 1_100,
    "probe_intensity": 0.155,
    "belt_intensity": 0.35,
    "even_odds": 0.98,
    "resolve_speed": 3.0,
    "break_base": -3.5,
    "break_ratio": 1.77,
    "break_loss": 3.7,
    "break_resolve": 9.8,
    "break_depth": 2.7,
    "break_no_retreat": -0.7,
    "break_speed": 6.9,
    "friction": 0.4,
    "surprise": 0.6,
    "garrison_share": 0.31,
    "escape_share": 0.8,
    "captured_arms": 0.1,
    "sweep": 190,
    "seen_in_contact": 0.27,
    "seen_in_probe": 0.35,
    "inbound_memory": 0.93,
    "belief_noise": 0.2,
    "response_factor": 1.4,
    "relief_speed": 1.55,
    "quota_share": 0.55,
    "unseen": 100,
    "defeat_weight": 0.63,
    "distance_cost": 150,
    "momentum": 2,
    "leave_chance": 0.055,
    "column_lethality": 2.8,
    "interdiction_share": 0.65,
    "supply_days": 56,
    "wear": 0.005,
    "rest": 0.02,
    "tacit_drift": 0.02,
    "commitment_inertia": 1.7,
    "response_focus": 1.1,
    "attention_focus": 1.1,
    "priority": 2.7,
    "release": 0.25,
    "delay": 3.7,
    "go_threshold": 1.1,
    "start_cost": 2.3,
    "need_ratio": 0.39,
    "reach": 460,
    "patience": 30,
    "abort_losses": 0.25,
    "probe": 9,
    "exploitation": 0.6,
    "opportunism": 0.75,
    "commit_share": 0.73,
    "signature": 0.3,
    "bias": 0.75,
    "coordination": 0.67,
    "creep_aversion": 0.4,
    "stake": 1.0,
    "free_riding": 0.5,
    "lag": 14,
    "step": 0.17,
    "sponsor_lag": 14,
    "air_range": 630,
    "air_effect": 27,
    "air_lethality": 0.14,
}

THEATRE: dict[str, Any] = {
    "actor_bloc": [DEFENDERS, DEFENDERS, DEFENDERS, RAIDERS, REBELS, NEIGHBOURS, RAIDERS],
    "bloc_leader": [ARMY, RAIDER, REBEL, NEIGHBOUR],
    "stance": STANCE,
    "initial_holder": [ARMY, ARMY, REBEL, ARMY, RAIDER, NEIGHBOUR, ARMY],
    "route_from": [route[0] for route in ROUTES],
    "route_to": [route[1] for route in ROUTES],
    "route_km": [route[2] for route in ROUTES],
    "route_class": [route[3] for route in ROUTES],
    "capacity": 8_000,
    "place_desert": [1, 1, 0, 0, 1, 0, 0],
    "people": [30, 50, 300, 200, 100, 100, 10],
    "terrain": [1.2, 1.2, 1.3, 1.3, 1.3, 1.2, 1.0],
    "diameter": [2.5, 2.0, 6.0, 4.0, 3.0, 2.0, 1.0],
    "belt": [3.0, 5.0, 5.0, 5.0, 5.0, 5.0, 1.0],
    "urban_speed": [0.6, 0.6, 0.12, 0.3, 0.3, 0.3, 0.3],
    "field_speed": 1.5,
    "front": [3.0, 3.0, 6.0, 5.0, 4.0, 3.0, 2.0],
    "sector": [800, 1_500, 800, 800, 800, 1_500, 1_000],
    "initial_entrenchment": 0.5,
    "initial_mobile": {
        (ARMY, RESERVE): 1_200,
        (MILITIA, RESERVE): 900,
        (ARMY, BASE): 5_000,
        (RAIDER, CAMP): 4_500,
        (NEIGHBOUR, BORDER): 500,
        (MILITIA, CROSSING): 600,
    },
    "initial_static": {
        (ARMY, TOWN): 600,
        (ARMY, BASE): 1_000,
        (RAIDER, CAMP): 700,
        (REBEL, CITY): 4_500,
        (NEIGHBOUR, BORDER): 300,
    },
    "initial_quality": [
        [1.0] * 7,
        [0.7] * 7,
        [1.0] * 7,
        [1.1] * 7,
        [0.8] * 7,
        [1.2] * 7,
        [1.0] * 7,
    ],
    "initial_resolve": [
        [0.45] * 7,
        [0.4] * 7,
        [0.5] * 7,
        [0.75] * 7,
        [0.6] * 7,
        [0.6] * 7,
        [0.5] * 7,
    ],
    "probe": {(RAIDER,): 2.5},
    "initial_readiness": 0.8,
    "aims": {
        (ARMY, TOWN): 5,
        (ARMY, RESERVE): 5,
        (ARMY, CITY): 9,
        (ARMY, BASE): 9,
        (MILITIA, CITY): 6,
        (BACKER, TOWN): 4,
        (BACKER, CITY): 7,
        (RAIDER, TOWN): 7,
        (RAIDER, CAMP): 8,
        (REBEL, CITY): 9,
        (NEIGHBOUR, CAMP): 4,
    },
    "max_operations": [1, 1, 1, 1],
    "initial_phase": {(DEFENDERS, CITY): layout.ASSAULT},
    "initial_lead": {(DEFENDERS, CITY): ARMY},
    "initial_staging": {(DEFENDERS, CITY): BASE},
    "initial_since": {(DEFENDERS, CITY): -30},
    "committed_share": {(DEFENDERS, CITY): 0.7},
    "initial_progress": {(DEFENDERS, CITY): 0.45},
    "hours": {(BACKER,): 60},
    "sorties": {(BACKER,): 40},
    "surge": {(BACKER,): 60},
    "initial_commitment": {(BACKER, 0): 0.6, (SPONSOR, 3): 0.5},
    "ceiling": 1.0,
    "initial_will": 0.55,
    "deadline_weight": 1.0,
    "sponsor": [-1, -1, -1, SPONSOR, -1, -1, -1],
    "sponsored": {(RAIDER,): 8},
    "initial_tacit": 0.5,
    "usual_tacit": 0.5,
    "supply_source": [
        [0, 1, 0, 1, 0, 0, 1],
        [0, 0, 0, 0, 1, 0, 0],
        [0, 0, 1, 0, 0, 0, 0],
        [0] * 5 + [1, 0],
    ],
    "option_actor": [NEIGHBOUR],
    "option_target": [CAMP],
    "option_from": [BORDER],
    "option_force": [6_000],
    "option_threshold": [0.6],
    "permission_option": [0],
    "permission_actor": [ARMY],
    "blocker_option": [0],
    "blocker_actor": [MILITIA],
    "blocker_place": [CROSSING],
    "blocker_fighters": [800],
    "deadline_day": [80],
    "deadline_binds": [[0, 0, 1, 0, 0, 0, 0]],
    "deadline_horizon": [100],
}

SERIES = {
    "relief": ("reinforced", TOWN, -1),
    "detected": ("detected", RAIDER, -1),
    "struck": ("struck_columns", RAIDER, -1),
    "attempted": ("attempted", RAIDER, TOWN),
    "attacks": ("attacks", RAIDER, TOWN),
    "sorties at the town": ("sorties", BACKER, TOWN),
    "sorties": ("sorties", BACKER, -1),
    "air": ("commitment", BACKER, 0),
    "readiness": ("readiness", RAIDER, -1),
    "raiders": ("fighters", RAIDER, -1),
    "intervened": ("intervened", 0, -1),
    "tacit": ("tacit", ARMY, NEIGHBOUR),
    "belief": ("belief", ARMY, TOWN),
    "inbound": ("inbound", ARMY, TOWN),
    "offensive": ("posture", RAIDER, -1),
}


def stress(**given: Any) -> SmallProgram:
    """The program, with tables replaced; a mapping changes single cells."""
    tables = PRIORS | THEATRE
    for name, value in given.items():
        old = tables.get(name)
        if isinstance(value, dict) and isinstance(old, dict):
            value = old | value
        tables[name] = value
    return small_program(DAYS, record=SERIES.values(), **tables)


class Futures:
    """Futures of a program, and what became of them."""

    def __init__(self, program: SmallProgram, count: int, seed: int = 1) -> None:
        self.log: Log = run_futures(
            program, np.zeros((count, 0)), streams.key_from_seed(seed), np.arange(count)
        )
        self.bloc = np.asarray(THEATRE["actor_bloc"])

    def series(self, name: str) -> np.ndarray:
        """One series, futures by days."""
        return self.log.series[:, :, list(SERIES).index(name)]

    def holds(self, bloc: int, place: int) -> np.ndarray:
        """Whether the bloc holds the place on the last day."""
        return (self.bloc[self.log.holders[:, -1, place]] == bloc).astype(float)
