"""The predicates of the language: what each takes, what it yields, what it means.

One row a predicate. Adding one is a row here and a series recorded by the simulator; nothing else
in the language names a predicate. `meaning` is the contract between the language, the record of
the simulator and whoever codes history.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from contingent.language.formulas import Combine, Sort

__all__ = ["COMMITMENTS", "PREDICATES", "Parameter", "Predicate"]

Parameter = Literal["actor", "actors", "place", "kind", "option", "deadline", "event"]

COMMITMENTS = ("air", "ground", "advisers", "supplies")


@dataclass(frozen=True)
class Predicate:
    """One predicate.

    Attributes
    ----------
    name : str
    parameters : tuple of Parameter
        `actors` takes a set as one argument; `actor` takes a set only where `combine` says how
        the actors' series are joined.
    sort : {"truth", "number", "place"}
    meaning : str
        What is true, or what is counted, on one day.
    unit : str
        Unit and range of a number; empty otherwise.
    combine : {"one", "any", "sum"}
        What a set of actors means: refused, any of them, their sum.
    optional : int
        How many of the last parameters may be left out.
    total : bool
        Whether the series is a running total, of which a claim sees the growth.
    """

    name: str
    parameters: tuple[Parameter, ...]
    sort: Sort
    meaning: str
    unit: str = ""
    combine: Combine = "one"
    optional: int = 0
    total: bool = False


_ROWS = (
    Predicate("holds", ("actors", "place"), "truth", "one of the actors is the place's holder"),
    Predicate("contested", ("place",), "truth", "troops fight inside the place"),
    Predicate("outskirts_contested", ("place",), "truth", "troops fight in the place's belt"),
    Predicate(
        "attacks",
        ("actor", "place"),
        "truth",
        "troops of the actor stand against the place's holder: probing, assaulting or holding on",
        combine="any",
    ),
    Predicate(
        "attempted",
        ("actor", "place"),
        "truth",
        "troops of the actor assault the place",
        combine="any",
    ),
    Predicate(
        "withdrew",
        ("actor", "place"),
        "truth",
        "the actor leaves the place that day without being driven out",
        combine="any",
    ),
    Predicate(
        "fighters",
        ("actor", "place"),
        "number",
        "the actor's fighters at the place; without a place, everywhere, on the road included",
        "persons, 0 or more",
        "sum",
        optional=1,
    ),
    Predicate(
        "losses",
        ("actor",),
        "number",
        "the actor's killed, surrendered and dispersed since day 0; in a claim, since its cut-off "
        "or since=",
        "persons, 0 or more",
        "sum",
        total=True,
    ),
    Predicate("readiness", ("actor",), "number", "mean readiness of the actor's troops", "0 to 1"),
    Predicate(
        "posture",
        ("actor",),
        "number",
        "share of the fighters of the actor's bloc that stand at hostile places or march to attack",
        "0 defensive to 1 offensive",
    ),
    Predicate(
        "main_effort",
        ("actor",),
        "place",
        "the place at which most of the bloc's fighters are engaged; no place if none are",
    ),
    Predicate(
        "belief",
        ("actor", "place"),
        "number",
        "enemy fighters that the actor's bloc believes at the place",
        "persons, 0 or more",
    ),
    Predicate(
        "inbound",
        ("actor", "place"),
        "number",
        "enemy fighters that the actor's bloc believes on the way to the place",
        "persons, 0 or more",
    ),
    Predicate(
        "commitment",
        ("actor", "kind"),
        "number",
        "the backer's actual commitment of that kind",
        "0 to the backer's ceiling",
    ),
    Predicate(
        "announced",
        ("actor", "kind"),
        "number",
        "the commitment of that kind that the backer has announced",
        "0 to the backer's ceiling",
    ),
    Predicate("will", ("actor",), "number", "the actor's will to act", "0 to 1"),
    Predicate(
        "tacit",
        ("actor", "actor"),
        "number",
        "chance that the two leave each other alone or share information",
        "0 to 1",
    ),
    Predicate("ceasefire", ("actor", "actor"), "truth", "a ceasefire between the two is in force"),
    Predicate(
        "supplied",
        ("actor", "place"),
        "truth",
        "the place is connected to a source of supply of the actor's bloc",
        combine="any",
    ),
    Predicate("open", ("place", "place"), "truth", "no enemy cuts the route between the two"),
    Predicate(
        "progress",
        ("place",),
        "number",
        "the largest share of the place's depth that an attacker has passed",
        "0 to 1",
    ),
    Predicate(
        "reinforced",
        ("place",),
        "number",
        "fighters of the holder's bloc that came in that day",
        "persons per day, 0 or more",
    ),
    Predicate(
        "sorties",
        ("actor", "place"),
        "number",
        "sorties the actor flies that day, at the place or in all",
        "sorties per day, 0 or more",
        "sum",
        optional=1,
    ),
    Predicate(
        "columns",
        ("actor",),
        "number",
        "columns of the actor that set out that day",
        "columns per day, 0 or more",
        "sum",
    ),
    Predicate(
        "detected",
        ("actor",),
        "number",
        "columns of the actor that an enemy finds that day",
        "columns per day, 0 or more",
        "sum",
    ),
    Predicate(
        "struck_columns",
        ("actor",),
        "number",
        "columns of the actor struck from the air that day",
        "columns per day, 0 or more",
        "sum",
    ),
    Predicate("intervened", ("option",), "truth", "the option has been taken by that day"),
    Predicate(
        "satisfied",
        ("deadline",),
        "truth",
        "the deadline has passed and what it asks was met",
    ),
    Predicate(
        "held_people",
        ("actors",),
        "number",
        "share of the theatre's people in places the actors hold",
        "0 to 1",
    ),
    Predicate("event", ("event",), "truth", "the outside event has happened by that day"),
)

PREDICATES: dict[str, Predicate] = {row.name: row for row in _ROWS}
