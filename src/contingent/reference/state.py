"""The state of one future, and the few questions about it that every mechanism asks.

A :class:`Theatre` holds the scenario's tables, this future's values of everything unknown, and what
changes from day to day, all as nested lists under the names of :mod:`contingent.reference.layout`.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any, Protocol

import numpy as np

from contingent import arithmetic, streams
from contingent.reference import layout


class Program(Protocol):
    """What a future is made from (see :mod:`contingent.compile`)."""

    sizes: Mapping[str, int]
    days: int
    structure: Mapping[str, np.ndarray]
    parameters: np.ndarray
    theta_target: np.ndarray
    theta_slot: np.ndarray
    theta_scale: np.ndarray


def table_size(dimensions: str, sizes: Mapping[str, int]) -> int:
    """Number of cells of a table with these dimension letters."""
    cells = 1
    for letter in dimensions:
        cells *= sizes[letter]
    return cells


class Theatre:
    """One future.

    Parameters
    ----------
    program
        Tables of the scenario.
    theta : (n_unknowns,) float
        This future's values of the unknowns.
    key : (int, int)
        Two 32-bit words made from the root seed.
    future : int
        Number of the future, 0 <= future < 2**32.
    keys : (days, mechanisms, 2) uint32, optional
        Keys of single days and mechanisms, used when inputs are redrawn while conditioning.
    """

    def __init__(
        self,
        program: Program,
        theta: Sequence[float],
        key: tuple[int, int],
        future: int,
        keys: np.ndarray | None = None,
    ) -> None:
        self.sizes = program.sizes
        self.key = key
        self.keys = keys
        self.future = future
        self.day = 0
        self.__dict__.update(_nested(layout.STRUCTURE_TABLES, program.structure, program.sizes))
        values = np.array(program.parameters, dtype=float)
        for target, slot, scale in zip(
            program.theta_target, program.theta_slot, program.theta_scale, strict=True
        ):
            values[target] = theta[slot] * scale
        self.take_parameters(values)
        for table in layout.STATE_FLOATS:
            setattr(self, table.name, _filled(0.0, table.dimensions, program.sizes))
        for table in layout.STATE_INTS:
            setattr(self, table.name, _filled(0, table.dimensions, program.sizes))
        self._list_neighbours()

    def take_parameters(self, values: np.ndarray) -> None:
        """Set every parameter table; `values` holds them one after the other, (cells,) float."""
        position = 0
        for table in layout.PARAMETER_TABLES:
            cells = table_size(table.dimensions, self.sizes)
            block = values[position : position + cells]
            position += cells
            setattr(self, table.name, _shape(block, table.dimensions, self.sizes))

    def __getattr__(self, name: str) -> Any:
        raise AttributeError(name)

    def _list_neighbours(self) -> None:
        """Note who belongs to whom and what touches what, in the order of their numbers."""
        actors = range(self.sizes["A"])
        blocs = range(self.sizes["B"])
        stances = [[self.stance[b][self.actor_bloc[a]] for a in actors] for b in blocs]
        self.actors_of = [[a for a in actors if self.actor_bloc[a] == b] for b in blocs]
        self.hostiles_of = [[a for a in actors if stances[b][a] == layout.HOSTILE] for b in blocs]
        self.allies_of = [[a for a in actors if stances[b][a] == layout.ALLIED] for b in blocs]
        ends = list(zip(self.route_from, self.route_to, strict=True))
        self.routes_at = [
            [r for r, pair in enumerate(ends) if p in pair] for p in range(self.sizes["P"])
        ]

    def uniform(self, mechanism: int, entity: int, draw: int = 0) -> float:
        """Uniform draw in (0, 1) of an entity on this day."""
        key = self.key
        if self.keys is not None:
            first, second = self.keys[self.day][mechanism]
            key = (int(first), int(second))
        return streams.uniform(key, self.future, self.day, mechanism, entity, draw)

    def normal(self, mechanism: int, entity: int, draw: int = 0) -> float:
        """Standard normal draw of an entity on this day (inverse of one uniform)."""
        return arithmetic.normal_quantile(self.uniform(mechanism, entity, draw))


def _shape(block: np.ndarray, dimensions: str, sizes: Mapping[str, int]) -> Any:
    if dimensions == "O":
        return float(block[0])
    return block.reshape([sizes[letter] for letter in dimensions]).tolist()


def _nested(
    tables: Sequence[layout.Table], arrays: Mapping[str, np.ndarray], sizes: Mapping[str, int]
) -> dict[str, Any]:
    return {t.name: _shape(np.asarray(arrays[t.name]), t.dimensions, sizes) for t in tables}


def _filled(value: float | int, dimensions: str, sizes: Mapping[str, int]) -> Any:
    if len(dimensions) == 1:
        return [value] * sizes[dimensions]
    return [_filled(value, dimensions[1:], sizes) for _ in range(sizes[dimensions[0]])]


def hostile(t: Theatre, actor: int, other: int) -> bool:
    """Whether two actors belong to hostile blocs."""
    return bool(t.stance[t.actor_bloc[actor]][t.actor_bloc[other]] == layout.HOSTILE)


def hostile_place(t: Theatre, bloc: int, place: int) -> bool:
    """Whether the place is held by a bloc hostile to this one."""
    return bool(t.stance[bloc][t.actor_bloc[t.holder[place]]] == layout.HOSTILE)


def friendly_place(t: Theatre, bloc: int, place: int) -> bool:
    """Whether the place is held by the bloc itself or an ally."""
    return bool(t.stance[bloc][t.actor_bloc[t.holder[place]]] == layout.ALLIED)


def own_place(t: Theatre, bloc: int, place: int) -> bool:
    """Whether the place is held by an actor of the bloc."""
    return bool(t.actor_bloc[t.holder[place]] == bloc)


def at_ceasefire(t: Theatre, bloc: int, other: int) -> bool:
    """Whether a ceasefire between actors of the two blocs is in force."""
    for c in range(t.sizes["C"]):
        if t.ceasefire[c] == 0:
            continue
        first = t.actor_bloc[t.ceasefire_first[c]]
        second = t.actor_bloc[t.ceasefire_second[c]]
        if (first == bloc and second == other) or (first == other and second == bloc):
            return True
    return False


def fighters(t: Theatre, actor: int, place: int) -> float:
    """Mobile and static fighters of the actor at the place."""
    return float(t.mobile[actor][place] + t.static[actor][place])


def bloc_fighters(t: Theatre, bloc: int, place: int) -> float:
    """Fighters of the bloc at the place."""
    total = 0.0
    for a in t.actors_of[bloc]:
        total += fighters(t, a, place)
    return total


def mobile_share(t: Theatre, bloc: int, place: int) -> float:
    """Share of the bloc's fighters at the place that could be sent elsewhere, 0..1."""
    mobile = 0.0
    for a in t.actors_of[bloc]:
        mobile += t.mobile[a][place]
    return share_of(mobile, bloc_fighters(t, bloc, place))


def hostile_fighters(t: Theatre, bloc: int, place: int) -> float:
    """Fighters of every bloc hostile to this one at the place."""
    total = 0.0
    for a in t.hostiles_of[bloc]:
        total += fighters(t, a, place)
    return total


def effectiveness(t: Theatre, actor: int, place: int) -> float:
    """Power of one fighter: quality times readiness to the power 0.7."""
    return float(t.quality[actor][place] * arithmetic.pow_(t.readiness[actor][place], 0.7))


def bloc_power(t: Theatre, bloc: int, place: int) -> float:
    """Power of the bloc's fighters at the place, in fighters of quality 1 at full readiness."""
    total = 0.0
    for a in t.actors_of[bloc]:
        force = fighters(t, a, place)
        if force > 0.0:
            total += force * effectiveness(t, a, place)
    return total


def depth(t: Theatre, place: int) -> float:
    """Kilometres an attacker must pass: belt (unless switched off) and built-up area."""
    return belt_depth(t, place) + float(t.diameter[place])


def belt_depth(t: Theatre, place: int) -> float:
    """Kilometres of outskirts in front of the place."""
    if t.choice[layout.CHOICE_BELT] != 0:
        return 0.0
    return float(t.belt[place])


def under_attack(t: Theatre, place: int) -> bool:
    """Whether some bloc probes or assaults the place with troops on the spot."""
    for b in range(t.sizes["B"]):
        if t.attacking[b][place] == 1:
            return True
    return False


def share_of(part: float, whole: float) -> float:
    """``part / whole``, 0 when there is no whole."""
    return part / whole if whole > 0.0 else 0.0


def clip(value: float, low: float, high: float) -> float:
    """Value held between two bounds."""
    if value < low:
        return low
    if value > high:
        return high
    return value


def whole_days(value: float) -> int:
    """Nearest whole number of days, not negative."""
    return int(math.floor(value + 0.5)) if value > 0.0 else 0


def join(
    t: Theatre, actor: int, place: int, size: float, traits: tuple[float, float, float]
) -> None:
    """Merge mobile fighters into those already there; traits are quality, resolve, readiness.

    Traits become means weighted by fighters.
    """
    if size <= 0.0:
        return
    before = fighters(t, actor, place)
    total = before + size
    quality, resolve, readiness = traits
    t.quality[actor][place] = (t.quality[actor][place] * before + quality * size) / total
    t.resolve[actor][place] = (t.resolve[actor][place] * before + resolve * size) / total
    t.readiness[actor][place] = (t.readiness[actor][place] * before + readiness * size) / total
    t.mobile[actor][place] += size


def traits_at(t: Theatre, actor: int, place: int) -> tuple[float, float, float]:
    """Quality, resolve and readiness of the actor's fighters at the place."""
    return (t.quality[actor][place], t.resolve[actor][place], t.readiness[actor][place])


def typical_traits(t: Theatre, actor: int) -> tuple[float, float, float]:
    """Traits of fighters that come from outside: the actor's day-0 mean, or 1, 0.5, 1."""
    weight = 0.0
    quality = 0.0
    resolve = 0.0
    for p in range(t.sizes["P"]):
        force = t.initial_mobile[actor][p] + t.initial_static[actor][p]
        weight += force
        quality += force * t.initial_quality[actor][p]
        resolve += force * t.initial_resolve[actor][p]
    if weight <= 0.0:
        return (1.0, 0.5, 1.0)
    return (quality / weight, resolve / weight, 1.0)
