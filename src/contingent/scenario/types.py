"""The specification: a theatre, an argument, and the scenario they make together.

What the compile step, the claims and the analyses read. Everything is frozen; every quantity
carries its dotted name, and numbers left out by the author have become the library's priors.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from contingent.scenario.fields import (
    AnyQuantity,
    Day,
    Name,
    SourcedMapping,
    Spec,
    Switch,
    Text,
    Unknowns,
    fault,
    share_out,
)
from contingent.scenario.parameters import read_model
from contingent.scenario.quantities import Quantity
from contingent.scenario.types_actors import Actor, Bloc
from contingent.scenario.types_argument import Argument
from contingent.scenario.types_places import Place, Route
from contingent.scenario.types_relations import (
    Correlation,
    Deadline,
    Diplomacy,
    Duty,
    Event,
    Intervention,
    Plan,
    Relation,
    Shock,
)
from contingent.scenario.types_reports import History, Report, Source

LANGUAGE_VERSION = 1
MECHANISMS = (
    "shocks",
    "clock",
    "commitment",
    "intervention",
    "surveillance",
    "command",
    "movement",
    "air",
    "combat",
    "supply",
    "readiness",
    "diplomacy",
)
"""Mechanisms that can be switched off, in the order of the day."""


def _read_option(written: object) -> object:
    """Turn a YAML truth value back into on or off."""
    return {True: "on", False: "off"}[written] if isinstance(written, bool) else written


def _refuse_kinds(written: object) -> object:
    """Refuse `kinds` in a file: its entries come from the library."""
    raise fault(
        "priors of kinds", "no such key", "write the number at the force or place it is about"
    )


OnOff = Annotated[Literal["on", "off"], BeforeValidator(_read_option)]


class Structure(Spec):
    """Alternatives of structural rules; the first named of each is the default."""

    attrition: Literal["helmbold", "square", "linear"] = "helmbold"
    decision: Literal["logit", "threshold"] = "logit"
    fog: Literal["limited", "none"] = "limited"
    response: Literal["believed", "quota"] = "believed"
    breaking: OnOff = "on"
    belt: OnOff = "on"
    frontage: OnOff = "on"
    opportunity: OnOff = "on"
    evacuation: OnOff = "on"
    combat_noise: Literal["lognormal", "none"] = "lognormal"
    exploitation: OnOff = "on"


class Theatre(Spec):
    """The world: what is where, who wants what, and what is running on day 0."""

    contingent: Literal[1] = Field(description="Version of the language.")
    theatre: Name = Field(description="Name of the theatre.")
    title: Text | None = Field(default=None, description="Title shown to readers.")
    summary: Text | None = Field(default=None, description="What it is about.")
    fictional: bool = Field(
        default=False,
        description="Whether its places lie on no real map; coordinates only place them.",
    )
    start: Day = Field(description="Day 0.")
    now: Day = Field(description="The fence: reports published later score, never condition.")
    end: Day = Field(description="Last day.")
    sources: dict[Name, Source] = Field(default_factory=dict, description="Texts referred to.")
    mechanisms: dict[Name, Switch] = Field(
        default_factory=dict, description="Mechanisms switched on or off."
    )
    structure: Structure = Field(default_factory=Structure, description="Structural rules.")
    model: Annotated[
        dict[Text, AnyQuantity],
        BeforeValidator(read_model),
        BeforeValidator(share_out),
        SourcedMapping(),
    ] = Field(default_factory=dict, description="Parameters of the mechanisms by name.")
    kinds: Annotated[dict[str, Quantity], BeforeValidator(_refuse_kinds)] = Field(
        default_factory=dict, description="Priors of the kinds in use; filled in from the library."
    )
    unknowns: Unknowns = Field(default_factory=dict, description="Shared unknowns.")
    correlations: tuple[Correlation, ...] = Field(default=(), description="Rank correlations.")
    places: dict[Name, Place] = Field(default_factory=dict, description="Places.")
    routes: tuple[Route, ...] = Field(default=(), description="Routes.")
    blocs: dict[Name, Bloc] = Field(default_factory=dict, description="Blocs.")
    actors: dict[Name, Actor] = Field(default_factory=dict, description="Actors.")
    relations: tuple[Relation, ...] = Field(default=(), description="Relations.")
    plans: tuple[Plan, ...] = Field(default=(), description="Plans.")
    shocks: tuple[Shock, ...] = Field(default=(), description="Shocks.")
    interventions: tuple[Intervention, ...] = Field(default=(), description="Options.")
    diplomacy: Diplomacy = Field(default_factory=Diplomacy, description="Diplomacy.")
    deadlines: tuple[Deadline, ...] = Field(default=(), description="Deadlines.")
    duties: tuple[Duty, ...] = Field(default=(), description="Duties.")
    events: dict[Name, Event] = Field(default_factory=dict, description="Outside events.")
    reports: tuple[Report, ...] = Field(default=(), description="Evidence.")
    history: History = Field(default_factory=History, description="What really happened.")

    @property
    def days(self) -> int:
        """Number of days simulated, day 0 included."""
        return (self.end - self.start).days + 1


@dataclass(frozen=True, slots=True)
class Scenario:
    """A theatre with at most one argument: what the commands are given."""

    theatre: Theatre
    argument: Argument | None = None

    @property
    def name(self) -> str:
        """Name of the argument, or of the theatre without one."""
        return self.theatre.theatre if self.argument is None else self.argument.argument

    @property
    def title(self) -> str:
        """Title of the article, else of the theatre, else the name."""
        source = self.argument.source if self.argument is not None else None
        return source.title if source is not None else self.theatre.title or self.name
