"""Random programs in which things happen, for tests that hold the two engines equal.

Sizes, tables and unknowns hang on the seed alone. Distances are short, forces large and
inclinations strong, so that within weeks there are operations, captures, columns found and struck,
relief, interventions, ceasefires and evacuations; `test_coverage.py` checks that there are. Every
observable is recorded with every argument that it takes.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from itertools import product

import numpy as np

from contingent import streams
from contingent.core.checking import OBSERVABLES
from contingent.reference import layout
from contingent.reference.state import table_size

FIXED = {
    "K": len(layout.COMMITMENT_KINDS),
    "W": layout.COLUMNS_PER_ACTOR,
    "G": len(layout.ROAD_CLASSES),
    "H": layout.SHOCK_MEMORY,
    "M": len(layout.MECHANISMS),
    "J": len(layout.STRUCTURE),
    "O": 1,
}

#: Parameters drawn evenly between two bounds; those missing here are made in `_parameters`.
BETWEEN = {
    "people": (1_000.0, 200_000.0),
    "terrain": (0.8, 2.0),
    "diameter": (1.0, 5.0),
    "belt": (0.0, 5.0),
    "urban_speed": (0.2, 1.5),
    "field_speed": (1.0, 6.0),
    "front": (1.0, 20.0),
    "sector": (100.0, 3_000.0),
    "initial_entrenchment": (0.0, 1.2),
    "initial_stocks": (0.3, 1.0),
    "airlift": (0.0, 0.7),
    "route_km": (10.0, 90.0),
    "border_delay": (0.0, 0.5),
    "capacity": (200.0, 4_000.0),
    "initial_quality": (0.5, 1.5),
    "initial_resolve": (0.1, 1.0),
    "initial_readiness": (0.4, 1.0),
    "committed_share": (0.2, 0.9),
    "initial_progress": (0.0, 0.6),
    "bias": (0.3, 1.5),
    "attention_focus": (0.3, 3.0),
    "response_focus": (0.5, 4.0),
    "hours": (0.0, 60.0),
    "surge": (0.0, 90.0),
    "air_range": (50.0, 500.0),
    "air_effect": (2.0, 20.0),
    "air_lethality": (0.1, 1.5),
    "air_distance": (0.0, 400.0),
    "priority": (1.0, 4.0),
    "release": (0.0, 1.0),
    "delay": (0.0, 6.0),
    "go_threshold": (0.4, 1.6),
    "start_cost": (-1.0, 3.0),
    "need_ratio": (0.1, 0.8),
    "reach": (100.0, 900.0),
    "patience": (2.0, 20.0),
    "abort_losses": (0.05, 0.5),
    "probe": (0.5, 10.0),
    "exploitation": (0.0, 1.0),
    "opportunism": (0.0, 1.5),
    "commit_share": (0.3, 1.0),
    "signature": (0.2, 3.0),
    "march": (0.5, 1.5),
    "ceiling": (0.5, 1.5),
    "creep_aversion": (0.0, 1.0),
    "initial_will": (0.2, 1.0),
    "stake": (0.0, 2.0),
    "deadline_weight": (0.0, 2.0),
    "free_riding": (0.0, 1.0),
    "lag": (0.5, 15.0),
    "step": (0.05, 0.4),
    "ground_force": (0.0, 3_000.0),
    "recruits": (0.0, 20.0),
    "recruit_ceiling": (500.0, 10_000.0),
    "sponsored": (0.0, 15.0),
    "sponsor_lag": (0.5, 20.0),
    "shock_rate": (0.5, 8.0),
    "shock_branching": (0.0, 0.8),
    "shock_decay": (1.0, 15.0),
    "shock_will": (-0.3, 0.3),
    "shock_tacit": (-0.3, 0.3),
    "plan_probability": (0.5, 1.0),
    "plan_size": (50.0, 1_500.0),
    "plan_share": (0.2, 1.2),
    "deadline_horizon": (5.0, 60.0),
    "deadline_chance": (0.3, 1.0),
    "need_level": (0.0, 0.6),
    "option_force": (200.0, 4_000.0),
    "option_threshold": (0.0, 0.7),
    "blocker_fighters": (50.0, 3_000.0),
    "ceasefire_chance": (0.2, 0.9),
    "ceasefire_break": (0.1, 0.6),
    "evacuation_chance": (0.2, 1.0),
    "duty_share": (0.1, 0.7),
    "combat_loss": (0.01, 0.06),
    "combat_exponent": (0.3, 1.1),
    "combat_noise": (0.05, 0.6),
    "front_density": (80.0, 400.0),
    "probe_intensity": (0.1, 0.4),
    "belt_intensity": (0.3, 1.0),
    "even_odds": (0.6, 1.6),
    "resolve_speed": (0.0, 2.0),
    "break_base": (-5.0, -1.0),
    "break_ratio": (0.5, 3.0),
    "break_loss": (0.0, 6.0),
    "break_resolve": (0.0, 4.0),
    "break_speed": (1.5, 5.0),
    "break_no_retreat": (-2.0, 1.0),
    "break_depth": (0.0, 3.0),
    "friction": (0.0, 0.6),
    "surprise": (0.0, 1.0),
    "garrison_share": (0.1, 0.6),
    "escape_share": (0.2, 0.9),
    "captured_arms": (0.0, 0.1),
    "sweep": (5.0, 60.0),
    "seen_in_contact": (0.1, 0.8),
    "seen_in_probe": (0.2, 0.8),
    "inbound_memory": (0.7, 0.98),
    "belief_noise": (0.05, 0.6),
    "response_factor": (0.5, 2.0),
    "relief_speed": (1.0, 1.5),
    "quota_share": (0.1, 0.6),
    "defeat_weight": (0.3, 1.5),
    "distance_cost": (50.0, 400.0),
    "momentum": (0.0, 3.0),
    "leave_chance": (0.1, 0.6),
    "unseen": (0.0, 200.0),
    "column_lethality": (2.0, 60.0),
    "interdiction_share": (0.3, 3.0),
    "supply_days": (5.0, 30.0),
    "wear": (0.005, 0.05),
    "rest": (0.02, 0.2),
    "tacit_drift": (0.0, 0.1),
    "commitment_inertia": (-1.0, 2.0),
    "will_drift": (0.0, 0.1),
}


@dataclass(frozen=True, eq=False)
class RandomProgram:
    """A program (see :class:`contingent.reference.state.Program`) and how to draw its unknowns."""

    seed: int
    sizes: Mapping[str, int]
    days: int
    structure: Mapping[str, np.ndarray]
    parameters: np.ndarray
    theta_target: np.ndarray
    theta_slot: np.ndarray
    theta_scale: np.ndarray

    @property
    def key(self) -> tuple[int, int]:
        return streams.key_from_seed(self.seed)

    def thetas(self, futures: Iterable[int]) -> np.ndarray:
        """Values of the unknowns: within a tenth of the parameters they stand for."""
        slots = int(self.theta_slot.max(initial=-1)) + 1
        middle = np.zeros(slots)
        middle[self.theta_slot] = self.parameters[self.theta_target] / self.theta_scale
        rows = [
            middle * np.random.default_rng([self.seed, future]).uniform(0.9, 1.1, slots)
            for future in futures
        ]
        return np.array(rows).reshape(len(rows), slots)

    def keys(self, future: int) -> np.ndarray:
        """Random keys for every day and mechanism."""
        generator = np.random.default_rng([self.seed, future, 1])
        return generator.integers(0, 2**32, (self.days, FIXED["M"], 2), dtype=np.uint32)

    def without(self, *mechanisms: str) -> RandomProgram:
        """The same program with mechanisms switched off."""
        on = np.ones(FIXED["M"], dtype=np.int32)
        on[[layout.MECHANISMS.index(mechanism) for mechanism in mechanisms]] = 0
        return replace(self, structure={**self.structure, "mechanism_on": on})

    def choosing(self, **choices: str) -> RandomProgram:
        """The same program with structural choices made differently."""
        choice = np.array(self.structure["choice"])
        for name, variant in choices.items():
            choice[list(layout.STRUCTURE).index(name)] = layout.STRUCTURE[name].index(variant)
        return replace(self, structure={**self.structure, "choice": choice})


def random_program(seed: int, days: int = 60, largest: int = 14) -> RandomProgram:
    """A program with 2 to 9 actors, 2 to 5 blocs and 3 to ``largest`` places."""
    rng = np.random.default_rng([seed, 20161211])
    sizes = _sizes(rng, largest)
    structure = _structure(rng, sizes, days)
    tables = _parameters(rng, sizes, structure, days)
    series = _series(sizes)
    sizes["S"] = len(series)
    for column, name in enumerate(("series_observable", "series_first", "series_second")):
        structure[name] = np.array([row[column] for row in series])
    for table in layout.STRUCTURE_TABLES:
        shape = [sizes[letter] for letter in table.dimensions]
        structure[table.name] = np.asarray(structure[table.name], dtype=np.int32).reshape(shape)
    flat = []
    for table in layout.PARAMETER_TABLES:
        cells = table_size(table.dimensions, sizes)
        if table.name in tables:
            flat.append(np.asarray(tables[table.name], dtype=float).reshape(cells))
        else:
            flat.append(rng.uniform(*BETWEEN[table.name], cells))
    parameters = np.concatenate(flat)
    unknowns = max(1, len(parameters) // 4)
    slots = max(1, unknowns // 2)
    target = rng.permutation(len(parameters))[:unknowns]
    slot = np.concatenate([np.arange(slots), rng.integers(0, slots, unknowns - slots)])
    scale = rng.choice([0.5, 1.0, 2.0], unknowns)
    # Cells of one slot share its value: keep those apart that stand for different magnitudes.
    first = np.unique(slot, return_index=True)[1]
    return RandomProgram(
        seed, sizes, days, structure, parameters, target[first], slot[first], scale[first]
    )


def _sizes(rng: np.random.Generator, largest: int) -> dict[str, int]:
    blocs = int(rng.integers(2, 6))
    actors = int(rng.integers(blocs, 10))
    places = int(rng.integers(max(3, min(blocs, largest)), largest + 1))
    sizes = {**FIXED, "A": actors, "B": blocs, "P": places}
    sizes["R"] = places - 1 + int(rng.integers(0, places + 1))
    for letter, most in zip("NLDXCEU", (3, 6, 3, 4, 3, 8, 3), strict=True):
        sizes[letter] = int(rng.integers(0, most + 1))
    sizes["Q"] = int(rng.integers(1, 4)) if sizes["D"] else 0
    for letter, most in zip("YZV", (5, 2, 2), strict=True):
        sizes[letter] = int(rng.integers(0, most + 1)) if sizes["X"] else 0
    return sizes


def _structure(
    rng: np.random.Generator, sizes: Mapping[str, int], days: int
) -> dict[str, np.ndarray]:
    A, B, P, R = (sizes[letter] for letter in "ABPR")

    def some(letter: str, of: str, none: float = 0.0) -> np.ndarray:
        """An index into a dimension for each cell of another, -1 with a chance."""
        drawn = rng.integers(0, max(sizes[of], 1), sizes[letter])
        return np.where(rng.random(sizes[letter]) < none, -1, drawn)

    bloc = np.concatenate([np.arange(B), rng.integers(0, B, A - B)])
    rng.shuffle(bloc)
    leader = np.array([rng.choice(np.flatnonzero(bloc == b)) for b in range(B)])
    stance = _stances(rng, B)
    # Neighbours in number are neighbours on the ground, so holders come in runs.
    borders = np.sort(rng.integers(0, P + 1, B - 1))
    side = np.searchsorted(borders, np.arange(P), side="right")
    side = rng.permutation(B)[side]
    lone = rng.random(P) < 0.2
    side[lone] = rng.integers(0, B, int(lone.sum()))
    holder = np.array([rng.choice(np.flatnonzero(bloc == b)) for b in side])
    ends = _routes(rng, P, R)
    structure = {
        "mechanism_on": np.ones(sizes["M"]),
        "choice": np.zeros(sizes["J"]),
        "actor_bloc": bloc,
        "bloc_leader": leader,
        "max_operations": rng.integers(1, 4, B),
        "stance": stance,
        "area": rng.random((A, P)) < 0.85,
        "initial_holder": holder,
        "place_desert": rng.random(P) < 0.5,
        "supply_source": (side[None, :] == np.arange(B)[:, None]) & (rng.random((B, P)) < 0.3),
        "route_from": ends[:, 0],
        "route_to": ends[:, 1],
        "route_class": some("R", "G"),
        "initial_open": rng.random(R) < 0.95,
        "air_base": some("A", "P", 0.5),
        "entry": some("A", "P", 0.3),
        "recruit_place": some("A", "P", 0.5),
        "sponsor": some("A", "A", 0.5),
        "shock_on": some("N", "A"),
        "shock_pair_first": some("N", "A", 0.3),
        "shock_pair_second": some("N", "A"),
        "plan_kind": rng.integers(0, 3, sizes["L"]),
        "plan_actor": some("L", "A"),
        "plan_at": some("L", "P"),
        "plan_to": some("L", "P", 0.6),
        "deadline_day": rng.integers(1, days, sizes["D"]),
        "deadline_binds": rng.random((sizes["D"], A)) < 0.6,
        "need_deadline": some("Q", "D"),
        "option_actor": some("X", "A"),
        "option_target": some("X", "P"),
        "option_from": some("X", "P"),
        "option_aim": rng.integers(0, 2, sizes["X"]),
        "option_earliest": rng.integers(0, days // 2, sizes["X"]),
        "trigger_option": some("Y", "X"),
        "permission_option": some("Z", "X"),
        "permission_actor": some("Z", "A"),
        "blocker_option": some("V", "X"),
        "blocker_actor": some("V", "A"),
        "blocker_place": some("V", "P"),
        "ceasefire_first": some("C", "A"),
        "ceasefire_second": some("C", "A"),
        "ceasefire_after_actor": some("C", "A", 0.7),
        "ceasefire_after_place": some("C", "P"),
        "evacuation_garrison": some("E", "A"),
        "evacuation_besieger": some("E", "A"),
        "duty_actor": some("U", "A"),
        "duty_first_day": rng.integers(0, days // 2, sizes["U"]),
        "duty_last_day": rng.integers(days // 2, days, sizes["U"]),
        "duty_place": some("U", "P", 0.5),
    }
    structure |= _needs_and_triggers(rng, sizes, days)
    structure |= _running(rng, structure, B, P)
    return structure


def _stances(rng: np.random.Generator, blocs: int) -> np.ndarray:
    stance = rng.choice([-1, -1, -1, 0, 1], (blocs, blocs))
    stance = np.triu(stance, 1)
    stance[0, 1] = layout.HOSTILE
    return stance + stance.T + np.eye(blocs, dtype=int)


def _routes(rng: np.random.Generator, places: int, routes: int) -> np.ndarray:
    """A tree that reaches every place from one near in number, and further pairs."""
    ends = [(p, int(rng.integers(max(0, p - 3), p))) for p in range(1, places)]
    while len(ends) < routes:
        ends.append(tuple(int(p) for p in rng.choice(places, 2, replace=False)))
    return np.array(ends)


def _needs_and_triggers(
    rng: np.random.Generator, sizes: Mapping[str, int], days: int
) -> dict[str, np.ndarray]:
    needs = []
    for _ in range(sizes["Q"]):
        kind = int(rng.integers(0, 3 if sizes["C"] else 2))
        first = rng.integers(0, sizes["BAC"[kind]])
        needs.append((kind, first, rng.integers(0, sizes["P"]) if kind == 1 else -1))
    triggers = []
    for _ in range(sizes["Y"]):
        kinds = [layout.TRIGGER_HOLDS, layout.TRIGGER_LOST, layout.TRIGGER_AFTER]
        kinds += [layout.TRIGGER_SHOCKS] * (sizes["N"] > 0)
        kinds += [layout.TRIGGER_SATISFIED] * (sizes["D"] > 0)
        kind = int(rng.choice(kinds))
        first = {layout.TRIGGER_SHOCKS: sizes["N"], layout.TRIGGER_SATISFIED: sizes["D"]}
        second = {layout.TRIGGER_SHOCKS: 4, layout.TRIGGER_AFTER: days // 2}
        triggers.append(
            (
                kind,
                rng.integers(0, first.get(kind, sizes["A"])),
                rng.integers(0, second.get(kind, sizes["P"])),
                rng.integers(1, days),
            )
        )
    need = np.array(needs).reshape(-1, 3).T
    trigger = np.array(triggers).reshape(-1, 4).T
    return {
        **dict(zip(("need_kind", "need_first", "need_second"), need, strict=True)),
        **dict(
            zip(
                ("trigger_kind", "trigger_first", "trigger_second", "trigger_days"),
                trigger,
                strict=True,
            )
        ),
    }


def _running(
    rng: np.random.Generator, structure: Mapping[str, np.ndarray], blocs: int, places: int
) -> dict[str, np.ndarray]:
    """Operations of day 0: against hostile places, run from a place of the bloc."""
    tables = {
        name: np.zeros((blocs, places), dtype=int)
        for name in ("phase", "lead", "staging", "aim", "since")
    }
    bloc, holder = structure["actor_bloc"], structure["initial_holder"]
    for b, p in product(range(blocs), range(places)):
        own = np.flatnonzero(bloc[holder] == b)
        if structure["stance"][b, bloc[holder[p]]] != layout.HOSTILE or not len(own):
            continue
        if rng.random() > 1.5 / places:
            continue
        near = own[np.argsort(np.abs(own - p))[:2]]
        tables["phase"][b, p] = rng.integers(layout.BUILD_UP, layout.HOLD + 1)
        tables["lead"][b, p] = rng.choice(np.flatnonzero(bloc == b))
        tables["staging"][b, p] = rng.choice(near)
        tables["aim"][b, p] = rng.integers(0, 3)
        tables["since"][b, p] = -rng.integers(0, 40)
        if tables["phase"][b, p] == layout.HOLD:
            tables["aim"][b, p] = layout.ISOLATE
    return {f"initial_{name}": table for name, table in tables.items()}


def _parameters(
    rng: np.random.Generator,
    sizes: Mapping[str, int],
    structure: Mapping[str, np.ndarray],
    days: int,
) -> dict[str, np.ndarray]:
    A, P, L = (sizes[letter] for letter in "APL")
    bloc, holder = structure["actor_bloc"], structure["initial_holder"]
    at_home = bloc[:, None] == bloc[holder][None, :]
    holds = holder[None, :] == np.arange(A)[:, None]
    present = holds | (at_home & (rng.random((A, P)) < 0.4))
    mobile = np.where(present, rng.lognormal(6.2, 1.0, (A, P)), 0.0)
    mobile *= rng.random((A, P)) < 0.85
    static = np.where(present, rng.lognormal(5.2, 1.0, (A, P)), 0.0)
    static *= rng.random((A, P)) < 0.7
    aims = rng.uniform(0.5, 10.0, (A, P)) * (rng.random((A, P)) < 0.8)
    commitment = rng.uniform(0.1, 1.0, (A, 4)) * (rng.random((A, 4)) < 0.7)
    usual, coordination = rng.random((A, A)), rng.uniform(0.2, 1.0, (A, A))
    return {
        "initial_mobile": mobile,
        "initial_static": static,
        "aims": aims,
        "sorties": rng.uniform(0.0, 50.0, A) * (rng.random(A) < 0.6),
        "initial_commitment": commitment,
        "coordination": (coordination + coordination.T) / 2.0,
        "initial_tacit": (usual + usual.T) / 2.0,
        "usual_tacit": (usual + usual.T) / 2.0 * rng.uniform(0.5, 1.5),
        "ceiling": rng.uniform(0.5, 1.5, A) * (rng.random(A) < 0.8),
        "plan_day": rng.uniform(0.0, 0.9 * days, L),
        "plan_spread": rng.uniform(0.0, 10.0, L) * (rng.random(L) < 0.7),
        "march_speed": np.sort(rng.uniform(30.0, 120.0, sizes["G"]))[::-1],
    }


def _series(sizes: Mapping[str, int]) -> list[tuple[int, int, int]]:
    rows = []
    for number, name in enumerate(layout.OBSERVABLES):
        pointers = OBSERVABLES[name].split()
        ranges = [range(-1 if p.endswith("?") else 0, sizes[p[0]]) for p in pointers]
        ranges += [range(-1, 0)] * (2 - len(ranges))
        rows += [(number, first, second) for first, second in product(*ranges)]
    return rows
