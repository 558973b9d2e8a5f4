"""Actors as tables: habits of command, aircraft, eyes, commitment, replenishment.

- The leader of a bloc is the actor with ``leads``, else its first with troops, else its first; the
  bloc runs as many operations as the most that one of its actors allows.
- An actor without ``commitment`` has the will 0.5 (interventions ask for it) and never reviews any.
- Recruits stop at the day-0 strength unless a ceiling is given.
- Of several sponsors the engine follows the one that sends most; the numbers add up.
"""

from __future__ import annotations

import math

from contingent.compile.expressions import added
from contingent.compile.forces import day0_strength
from contingent.compile.names import index_of
from contingent.compile.places_and_routes import kilometres
from contingent.compile.tables import Tables
from contingent.reference import layout
from contingent.scenario.quantities import middle
from contingent.scenario.types import Theatre
from contingent.scenario.types_actors import Actor, Commitment, Sponsor

HABITS = (
    "bias",
    "response_focus",
    "priority",
    "release",
    "delay",
    "go_threshold",
    "start_cost",
    "need_ratio",
    "reach",
    "patience",
    "abort_losses",
    "probe",
    "exploitation",
    "opportunism",
    "commit_share",
    "signature",
    "march",
)
_COMMITMENT_FIELDS = (
    "ceiling",
    "creep_aversion",
    "stake",
    "deadline_weight",
    "free_riding",
    "lag",
    "step",
    "ground_force",
)
NO_OPINION = 0.5


def compile_actors(tables: Tables, theatre: Theatre) -> None:
    """Fill the tables of actors and blocs."""
    names, structure = tables.names, tables.structure
    structure["area"][:] = 1
    for column in ("air_base", "entry", "recruit_place", "sponsor"):
        structure[column][:] = -1
    tables.fill("attention_focus", 1.0)
    for a, (name, actor) in enumerate(theatre.actors.items()):
        structure["actor_bloc"][a] = names.blocs.index(actor.bloc)
        for field in HABITS:
            tables.set(field, (a,), getattr(actor, field))
        _aims_and_area(tables, a, name, actor)
        _air(tables, a, name, actor, theatre)
        if actor.surveillance is not None:
            tables.set("hours", (a,), actor.surveillance.hours_per_day)
            tables.set("attention_focus", (a,), actor.surveillance.attention_focus)
        _commitment(tables, a, name, actor.commitment)
        _replenishment(tables, a, name, actor)
    for b, bloc in enumerate(names.blocs):
        structure["bloc_leader"][b] = _leader(theatre, names.actors_of(bloc), names.actors)
        allowed = [theatre.actors[actor].max_operations or 1 for actor in names.actors_of(bloc)]
        structure["max_operations"][b] = max(allowed)


def _leader(theatre: Theatre, members: tuple[str, ...], actors: tuple[str, ...]) -> int:
    with_troops = [name for name in members if theatre.actors[name].forces]
    leading = [name for name in members if theatre.actors[name].leads]
    return actors.index((leading + with_troops + list(members))[0])


def _aims_and_area(tables: Tables, a: int, name: str, actor: Actor) -> None:
    places = tables.names.places
    for place, worth in actor.aims.items():
        where = f"{name}.aims.{place}"
        tables.set("aims", (a, index_of(place, places, where, "places")), worth)
    if actor.area is not None:
        tables.structure["area"][a, :] = 0
        for place in actor.area:
            tables.structure["area"][a, index_of(place, places, f"{name}.area", "places")] = 1


def _air(tables: Tables, a: int, name: str, actor: Actor, theatre: Theatre) -> None:
    air = actor.air
    if air is None:
        return
    tables.set("sorties", (a,), air.sorties_per_day)
    tables.set("surge", (a,), air.surge if air.surge is not None else air.sorties_per_day)
    tables.set("air_range", (a,), air.range)
    tables.set("air_effect", (a,), air.effect)
    tables.set("air_lethality", (a,), air.lethality)
    if air.base is None:
        return
    places = tables.names.places
    tables.structure["air_base"][a] = index_of(air.base, places, f"{name}.air.base", "places")
    for p, place in enumerate(places):
        tables.set("air_distance", (a, p), kilometres(theatre, air.base, place))


def _commitment(tables: Tables, a: int, name: str, commitment: Commitment | None) -> None:
    if commitment is None:
        tables.set("initial_will", (a,), NO_OPINION)
        tables.set("lag", (a,), 1.0)
        return
    for k, kind in enumerate(layout.COMMITMENT_KINDS):
        tables.set("initial_commitment", (a, k), getattr(commitment, kind))
    tables.set("initial_will", (a,), commitment.will)
    for field in _COMMITMENT_FIELDS:
        tables.set(field, (a,), getattr(commitment, field))
    if commitment.entry is not None:
        where = f"{name}.commitment.entry"
        tables.structure["entry"][a] = index_of(
            commitment.entry, tables.names.places, where, "places"
        )


def _replenishment(tables: Tables, a: int, name: str, actor: Actor) -> None:
    places = tables.names.places
    tables.set("sponsor_lag", (a,), 1.0)
    if actor.sponsors:
        main = max(actor.sponsors, key=_inflow)
        where = f"{name}.sponsors.{main.by}"
        tables.structure["sponsor"][a] = index_of(main.by, tables.names.actors, where, "actors")
        tables.structure["recruit_place"][a] = index_of(main.at, places, where, "places")
        tables.set("sponsor_lag", (a,), main.lag)
        flows = [tables.read(sponsor.per_day) for sponsor in actor.sponsors]
        tables.set("sponsored", (a,), added(flows))
    if actor.recruitment is not None:
        recruitment = actor.recruitment
        where = f"{name}.recruitment.at"
        tables.structure["recruit_place"][a] = index_of(recruitment.at, places, where, "places")
        tables.set("recruits", (a,), recruitment.per_day)
        ceiling = recruitment.ceiling
        total = day0_strength(tables, actor.forces) if ceiling is None else ceiling
        tables.set("recruit_ceiling", (a,), total)


def _inflow(sponsor: Sponsor) -> float:
    size = middle(sponsor.per_day)
    return 0.0 if math.isnan(size) else size
