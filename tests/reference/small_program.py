"""Programs made by hand: every table at a neutral default, and what a test is about set by keyword.

A neutral theatre has one actor a bloc, all blocs hostile, actor 0 holding every place, places in a
row 100 km apart, and parameters at values that leave an equation bare: quality, readiness, supply
and terrain 1, entrenchment, noise, belts and rates of change 0. A test names what differs:

    small_program(A=2, P=2, initial_static={(0, 0): 500}, combat_loss=0.01, on={"combat"})

A table is given as a number for every cell, as a nested list, or as a mapping from the cell's index
to its value, the rest keeping the default.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from contingent import streams
from contingent.reference import initial, layout
from contingent.reference.day import Log, advance, run_future
from contingent.reference.state import Theatre

SIZES = {
    "A": 2,
    "P": 2,
    "R": 1,
    "B": 2,
    "K": len(layout.COMMITMENT_KINDS),
    "W": layout.COLUMNS_PER_ACTOR,
    "G": len(layout.ROAD_CLASSES),
    "H": layout.SHOCK_MEMORY,
    "M": len(layout.MECHANISMS),
    "J": len(layout.STRUCTURE),
    "O": 1,
    **dict.fromkeys("NLDQXYZVCEUS", 0),
}

#: Cells not named here are 0.
STRUCTURE_DEFAULTS: dict[str, float] = {
    "max_operations": 1,
    "area": 1,
    "route_class": 1,
    "initial_open": 1,
    "air_base": -1,
    "entry": -1,
    "recruit_place": -1,
    "sponsor": -1,
    "shock_pair_first": -1,
    "shock_pair_second": -1,
    "plan_to": -1,
    "need_second": -1,
    "ceasefire_after_actor": -1,
    "duty_last_day": 10_000,
    "duty_place": -1,
    "series_second": -1,
}

PARAMETER_DEFAULTS: dict[str, float] = {
    "people": 1_000,
    "terrain": 1,
    "diameter": 2,
    "urban_speed": 0.1,
    "field_speed": 1,
    "front": 1_000,
    "sector": 1_000,
    "initial_stocks": 1,
    "route_km": 100,
    "capacity": 1_000_000,
    "initial_quality": 1,
    "initial_resolve": 0.8,
    "initial_readiness": 1,
    "committed_share": 1,
    "bias": 1,
    "attention_focus": 1,
    "response_focus": 1,
    "air_range": 1_000,
    "priority": 1,
    "release": 1,
    "go_threshold": 1,
    "reach": 10_000,
    "patience": 1_000,
    "abort_losses": 1_000,
    "commit_share": 1,
    "signature": 1,
    "march": 1,
    "ceiling": 1,
    "initial_will": 0.5,
    "lag": 1,
    "step": 0.1,
    "coordination": 1,
    "shock_decay": 10,
    "plan_probability": 1,
    "deadline_horizon": 100,
    "deadline_chance": 1,
    "march_speed": 100,
    "combat_loss": 0.01,
    "combat_exponent": 1,
    "front_density": 1_000,
    "probe_intensity": 0.2,
    "belt_intensity": 1,
    "even_odds": 1,
    "break_base": -700,
    "break_speed": 1,
    "escape_share": 1,
    "sweep": 100,
    "seen_in_contact": 0.25,
    "seen_in_probe": 0.35,
    "inbound_memory": 0.93,
    "response_factor": 1,
    "relief_speed": 1,
    "quota_share": 0.5,
    "defeat_weight": 1,
    "distance_cost": 100,
    "unseen": 1,
    "interdiction_share": 1,
    "supply_days": 60,
    "commitment_inertia": 1,
    "sponsor_lag": 1,
    "recruit_ceiling": 1_000_000,
}


@dataclass(frozen=True, eq=False)
class SmallProgram:
    """A program in the shape the engines read."""

    sizes: dict[str, int]
    days: int
    structure: dict[str, np.ndarray]
    parameters: np.ndarray
    theta_target: np.ndarray = field(default_factory=lambda: np.zeros(0, dtype=np.int32))
    theta_slot: np.ndarray = field(default_factory=lambda: np.zeros(0, dtype=np.int32))
    theta_scale: np.ndarray = field(default_factory=lambda: np.zeros(0))

    def theatre(self, future: int = 0, seed: int = 1) -> Theatre:
        """The future on day 0."""
        t = Theatre(self, (), streams.key_from_seed(seed), future)
        initial.set_up(t)
        return t

    def run(self, future: int = 0, seed: int = 1) -> Log:
        """Play one future to the end."""
        return run_future(self, (), streams.key_from_seed(seed), future)


def small_program(
    days: int = 30,
    *,
    on: Iterable[str] | None = None,
    off: Iterable[str] = (),
    choose: Mapping[str, str] | None = None,
    record: Iterable[tuple[str, int, int]] = (),
    **given: Any,
) -> SmallProgram:
    """Make a program.

    Parameters
    ----------
    days
        Days of a future, day 0 included.
    on, off
        The mechanisms that run (all, if ``on`` is left out), and those that do not.
    choose
        Structural choices that differ from the first of each, such as ``{"attrition": "square"}``.
    record
        Series to be written: name of the observable and its two arguments.
    **given
        Tables by their name, and sizes by their letter (``A=3``) where no table given as a list
        shows them; there are as many blocs as actors unless ``actor_bloc`` says otherwise.
    """
    record = list(record)
    sizes = SIZES | _sizes_seen(given)
    sizes |= {letter: given.pop(letter) for letter in list(given) if letter in SIZES}
    sizes["S"] = len(record)
    if "actor_bloc" not in given:
        sizes["B"] = sizes["A"]
    if "route_from" not in given:
        sizes["R"] = max(sizes["P"] - 1, 0)
    running = set(layout.MECHANISMS if on is None else on) - set(off)
    assert running <= set(layout.MECHANISMS), running
    tables = _ties(sizes, given.get("actor_bloc"))
    tables["mechanism_on"] = np.array([name in running for name in layout.MECHANISMS], dtype=int)
    tables["choice"] = np.zeros(sizes["J"], dtype=int)
    for name, option in (choose or {}).items():
        tables["choice"][list(layout.STRUCTURE).index(name)] = layout.STRUCTURE[name].index(option)
    for i, name in enumerate(("observable", "first", "second")):
        column = [row[i] for row in record]
        if i == 0:
            column = [layout.OBSERVABLES.index(observable) for observable in column]
        tables[f"series_{name}"] = np.array(column, dtype=int)
    structure = {
        table.name: _fill(table, sizes, tables, STRUCTURE_DEFAULTS, given, int)
        for table in layout.STRUCTURE_TABLES
    }
    parameters = [
        _fill(table, sizes, tables, PARAMETER_DEFAULTS, given, float).ravel()
        for table in layout.PARAMETER_TABLES
    ]
    assert not given, f"no such table: {sorted(given)}"
    return SmallProgram(sizes, days, structure, np.concatenate(parameters))


def _sizes_seen(given: Mapping[str, Any]) -> dict[str, int]:
    """Sizes that follow from tables given as lists in full."""
    seen: dict[str, int] = {}
    for table in layout.STRUCTURE_TABLES + layout.PARAMETER_TABLES:
        value = given.get(table.name)
        shape = () if value is None or isinstance(value, Mapping) else np.shape(value)
        if len(shape) == len(table.dimensions):
            seen |= dict(zip(table.dimensions, shape, strict=True))
    return seen


def _ties(sizes: Mapping[str, int], actor_bloc: Any) -> dict[str, np.ndarray]:
    """Tables whose neutral value depends on the sizes."""
    blocs = np.arange(sizes["A"]) if actor_bloc is None else np.asarray(actor_bloc)
    return {
        "actor_bloc": blocs,
        "bloc_leader": np.array([np.argmax(blocs == b) for b in range(sizes["B"])]),
        "stance": np.where(np.eye(sizes["B"], dtype=bool), layout.ALLIED, layout.HOSTILE),
        "route_from": np.arange(sizes["R"]) % max(sizes["P"], 1),
        "route_to": (np.arange(sizes["R"]) + 1) % max(sizes["P"], 1),
        "supply_source": np.ones((sizes["B"], sizes["P"]), dtype=int),
    }


def _fill(
    table: layout.Table,
    sizes: Mapping[str, int],
    ties: Mapping[str, np.ndarray],
    defaults: Mapping[str, float],
    given: dict[str, Any],
    kind: type,
) -> np.ndarray:
    shape = tuple(sizes[letter] for letter in table.dimensions)
    cells = np.full(shape, ties.get(table.name, defaults.get(table.name, 0)), dtype=kind)
    value = given.pop(table.name, None)
    if isinstance(value, Mapping):
        for index, cell in value.items():
            cells[index] = cell
    elif value is not None:
        cells[...] = value
    return cells


def play(t: Theatre, days: int) -> None:
    """Play days on a theatre in hand."""
    for _ in range(days):
        t.day += 1
        advance(t)


def attack_under_way(
    attackers: float, defenders: float, *, phase: int = layout.ASSAULT, **given: Any
) -> SmallProgram:
    """Actor 1 attacks place 0, where actor 0 stands; both hold one place, nothing else happens.

    Only combat runs unless ``on`` says otherwise; there is no noise.
    """
    given = {
        "on": {"combat"},
        "choose": {"combat_noise": "none"} | given.pop("choose", {}),
        "initial_holder": [0, 1],
        "initial_static": {(0, 0): defenders},
        "initial_mobile": {(1, 1): attackers},
        "initial_phase": {(1, 0): phase},
        "initial_lead": {(1, 0): 1},
        "initial_staging": {(1, 0): 1},
    } | given
    return small_program(**given)


def choice(**given: Any) -> SmallProgram:
    """Bloc 0 with 1,200 mobile at place 0 may attack places 1 and 2, 100 and 250 km away."""
    return small_program(
        **{
            "P": 3,
            "on": {"command"},
            "initial_holder": [0, 1, 1],
            "route_from": [0, 0],
            "route_to": [1, 2],
            "route_km": [100, 250],
            "initial_mobile": {(0, 0): 1_200, (1, 1): 0},
            "initial_static": {(1, 1): 800, (1, 2): 500},
            "aims": {(0, 1): 6, (0, 2): 4},
            "initial_quality": [[1, 1, 1], [1, 1.2, 0.3]],
            "terrain": [1, 1.25, 1],
            "initial_entrenchment": [0, 0.4, 1],
            "unseen": 100.0,
            "start_cost": 1.5,
            "go_threshold": 1.1,
            "defeat_weight": 0.7,
            "distance_cost": 150.0,
        }
        | given
    )
