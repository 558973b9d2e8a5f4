"""How things stand on day 0: sieges, attackers, supply, contacts, totals, running operations.

The reference engine sets the theatre up with every unknown at its median; totals also show the
5th and 95th percentile over draws. Most faults that look like strategy are faults of the initial
state, so this is the first thing to read of a new theatre.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Any

import numpy as np

from contingent.compile.listing import listing
from contingent.compile.program import Floats, Program
from contingent.compile.unknowns import draw_unknowns
from contingent.reference import initial, layout, routes
from contingent.reference.state import Theatre, fighters, hostile

DRAWS = 400
KEY = (0, 0)


@dataclass(frozen=True)
class PlaceOnDay0:
    """One place.

    Attributes
    ----------
    holder, bloc : who holds it
    garrison, attackers : actor to fighters, of the holder's side and of hostile blocs
    contact : "", "outskirts" or "inside"
    besieged : whether no supplies can reach the holder
    supply : of the holder's bloc, 0..1
    airlift : supply that an airlift keeps up, 0..1
    """

    place: str
    holder: str
    bloc: str
    garrison: dict[str, float]
    attackers: dict[str, float]
    others: dict[str, float]
    contact: str
    besieged: bool
    supply: float
    airlift: float


@dataclass(frozen=True)
class OperationOnDay0:
    """One running operation; forces are fighters, progress is a share of the way in."""

    bloc: str
    lead: str
    target: str
    staging: str
    phase: str
    aim: str
    since: date
    attackers: float
    defenders: float
    progress: float
    supplied: bool


@dataclass(frozen=True)
class Contact:
    """Two places of hostile blocs that an open route joins."""

    one: str
    other: str
    holders: tuple[str, str]
    km: float
    days: float


@dataclass(frozen=True)
class Total:
    """Fighters of one actor: median, 5th and 95th percentile over draws."""

    actor: str
    bloc: str
    mobile: tuple[float, float, float]
    static: tuple[float, float, float]
    places: int


@dataclass(frozen=True)
class Day0:
    """How things stand on day 0."""

    on: date
    places: tuple[PlaceOnDay0, ...]
    operations: tuple[OperationOnDay0, ...]
    contacts: tuple[Contact, ...]
    totals: tuple[Total, ...]

    @property
    def sieges(self) -> tuple[PlaceOnDay0, ...]:
        """Besieged places."""
        return tuple(place for place in self.places if place.besieged)

    def to_plain(self) -> dict[str, Any]:
        """Return plain data for JSON (dates are left as they are)."""
        return asdict(self) | {"sieges": [place.place for place in self.sieges]}


def day0(program: Program, draws: int = DRAWS) -> Day0:
    """Set the theatre up and look at it.

    Parameters
    ----------
    program
    draws : over which percentiles of totals are taken
    """
    state = set_up(program)
    places = range(program.sizes["P"])
    blocs = range(program.sizes["B"])
    return Day0(
        program.names.start,
        tuple(_place(program, state, p) for p in places),
        tuple(
            _operation(program, state, b, p)
            for b in blocs
            for p in places
            if state.phase[b][p] != layout.NO_OPERATION
        ),
        _contacts(program, state),
        _totals(program, state, draws),
    )


def set_up(program: Program) -> Theatre:
    """State of day 0 with every unknown at its median."""
    nothing = np.zeros(0, dtype=np.int32)
    certain: Any = replace(
        program, theta_target=nothing, theta_slot=nothing, theta_scale=np.zeros(0)
    )
    state = Theatre(certain, [], KEY, 0)
    initial.set_up(state)
    return state


def _place(program: Program, state: Theatre, p: int) -> PlaceOnDay0:
    names = program.names
    holder = state.holder[p]
    bloc = state.actor_bloc[holder]
    sides: dict[str, dict[str, float]] = {"own": {}, "hostile": {}, "other": {}}
    for a, actor in enumerate(names.actors):
        force = fighters(state, a, p)
        if force >= 0.5:
            own = state.actor_bloc[a] == bloc
            side = "own" if own else "hostile" if hostile(state, a, holder) else "other"
            sides[side][actor] = force
    flags = state.flags[p]
    inside = flags & layout.CONTESTED
    return PlaceOnDay0(
        names.places[p],
        names.actors[holder],
        names.blocs[bloc],
        sides["own"],
        sides["hostile"],
        sides["other"],
        "inside" if inside else "outskirts" if flags & layout.OUTSKIRTS else "",
        bool(state.besieged[p]),
        float(state.supply[bloc][p]),
        float(state.airlift[p]),
    )


def _operation(program: Program, state: Theatre, b: int, p: int) -> OperationOnDay0:
    names = program.names
    defender = state.actor_bloc[state.holder[p]]
    force = {b: 0.0, defender: 0.0}
    for a in range(program.sizes["A"]):
        if state.actor_bloc[a] in force:
            force[state.actor_bloc[a]] += fighters(state, a, p)
    staging = state.staging[b][p]
    waiting = sum(row[p] for row in state.assigned) if not state.marched[b][p] else 0.0
    return OperationOnDay0(
        names.blocs[b],
        names.actors[state.lead[b][p]],
        names.places[p],
        names.places[staging],
        layout.PHASES[state.phase[b][p]],
        layout.AIMS[state.aim[b][p]],
        names.date(state.opened[b][p]),
        force[b] + waiting,
        force[defender],
        float(program.table("initial_progress")[b, p]),
        bool(state.connected[b][p]),
    )


def _contacts(program: Program, state: Theatre) -> tuple[Contact, ...]:
    names = program.names
    found = []
    for r in range(program.sizes["R"]):
        one, other = state.route_from[r], state.route_to[r]
        holders = (state.holder[one], state.holder[other])
        if state.route_open[r] and hostile(state, *holders):
            pair = (names.actors[holders[0]], names.actors[holders[1]])
            km, days = float(state.route_km[r]), routes.leg_days(state, r)
            found.append(Contact(names.places[one], names.places[other], pair, km, days))
    return tuple(found)


def _totals(program: Program, state: Theatre, draws: int) -> tuple[Total, ...]:
    theta = draw_unknowns(program, KEY, range(draws))
    mobile = _spread(program, theta, "initial_mobile")
    static = _spread(program, theta, "initial_static")
    return tuple(
        Total(actor, program.names.bloc_of[a], mobile[a], static[a], state.holder.count(a))
        for a, actor in enumerate(program.names.actors)
    )


def _spread(program: Program, theta: Floats, table: str) -> list[tuple[float, float, float]]:
    """Median, 5th and 95th percentile of each actor's total."""
    sums = np.array([program.table(table, row).sum(axis=1) for row in theta])
    low, middle, high = np.quantile(sums, (0.05, 0.5, 0.95), axis=0)
    rows = zip(middle.tolist(), low.tolist(), high.tolist(), strict=True)
    return [(float(m), float(one), float(other)) for m, one, other in rows]


def day0_text(day: Day0) -> str:
    """Print day 0 as text."""
    tables: list[tuple[str, str, list[tuple[Any, ...]]]] = [
        (
            "Totals",
            "actor bloc mobile static places",
            [(t.actor, t.bloc, _range(t.mobile), _range(t.static), t.places) for t in day.totals],
        ),
        (
            "Places",
            "place holder garrison attackers others contact supply",
            [_place_row(place) for place in day.places],
        ),
        (
            "Sieges",
            "place holder stocks airlift",
            [(p.place, p.holder, f"{p.supply:.0%}", f"{p.airlift:.0%}") for p in day.sieges],
        ),
        (
            "Operations",
            "lead target from phase aim since force against in supply",
            [_operation_row(operation) for operation in day.operations],
        ),
        ("Contacts", "place holder place holder km days", [_contact_row(c) for c in day.contacts]),
    ]
    heading = f"Day 0 is {day.on}. Fighters are medians; in brackets 5 to 95 %."
    return "\n\n".join([heading, *(listing(t, h.split(), rows) for t, h, rows in tables)])


def _contact_row(contact: Contact) -> tuple[str, ...]:
    one, other = contact.holders
    road = (f"{contact.km:.0f}", f"{contact.days:.1f}")
    return (contact.one, one, contact.other, other, *road)


def _place_row(place: PlaceOnDay0) -> tuple[str, ...]:
    supply = f"{place.supply:.0%}" + (" besieged" if place.besieged else "")
    groups = (place.garrison, place.attackers, place.others)
    forces = [", ".join(f"{a} {n:,.0f}" for a, n in group.items()) for group in groups]
    return (place.place, place.holder, *forces, place.contact, supply)


def _operation_row(operation: OperationOnDay0) -> tuple[str, ...]:
    return (
        operation.lead,
        operation.target,
        operation.staging,
        operation.phase,
        operation.aim,
        str(operation.since),
        f"{operation.attackers:,.0f}",
        f"{operation.defenders:,.0f}",
        f"{operation.progress:.0%}",
        "yes" if operation.supplied else "no",
    )


def _range(spread: tuple[float, float, float]) -> str:
    middle, low, high = spread
    return f"{middle:,.0f} ({low:,.0f} to {high:,.0f})" if high > low else f"{middle:,.0f}"
