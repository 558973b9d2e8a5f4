"""Entries of the actors: forces, air, surveillance, command, commitment, sponsors, operations."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from contingent.scenario.fields import (
    Aims,
    Day,
    Days,
    Fighters,
    FightersPerDay,
    FightersPerSortie,
    Flag,
    Fraction,
    HoursPerDay,
    Kilometres,
    Name,
    Number,
    Positive,
    SortiesPerDay,
    Sourced,
    Spec,
    Text,
    Weight,
    Whole,
)
from contingent.scenario.quantities import unset

ForceKind = Literal[
    "regular-brigade",
    "elite",
    "local-militia",
    "foreign-militia",
    "garrison",
    "mobile-jihadist",
    "insurgent",
    "light-infantry",
    "mechanised",
    "counter-terrorism",
    "advisers",
]
Phase = Literal["build-up", "probe", "assault", "hold"]
Aim = Literal["take", "isolate", "raid"]


class Bloc(Spec):
    """Actors that share supply, belief and operations."""

    name: Text | None = Field(default=None, description="Name shown to readers.")


class Force(Sourced):
    """Troops of one kind at one place. Priors of the kind stand in for what is left out."""

    at: Name = Field(description="Where it stands on day 0.")
    kind: ForceKind = Field(description="Kind of force; carries the priors.")
    mobile: Fighters = Field(default_factory=unset, description="Can be sent elsewhere.")
    static: Fighters = Field(default_factory=unset, description="Fights but never moves.")
    readiness: Fraction = Field(default_factory=unset, description="On day 0.")
    quality: Positive = Field(default_factory=unset, description="Fighting worth; 1 is average.")
    resolve: Fraction = Field(default_factory=unset, description="Will to hold.")
    signature: Positive = Field(default_factory=unset, description="Ease of detection.")


class Air(Sourced):
    """Aircraft of an actor."""

    sorties_per_day: SortiesPerDay = Field(description="Long-run mean.")
    surge: SortiesPerDay | None = Field(default=None, description="In a crisis.")
    base: Name | None = Field(default=None, description="Place the aircraft fly from.")
    range: Kilometres = Field(default_factory=unset, description="Farthest target.")
    effect: FightersPerSortie = Field(
        default_factory=unset, description="Fighters that one sortie is worth in a fight."
    )
    lethality: FightersPerSortie = Field(
        default_factory=unset, description="Fighters put out of action by one sortie."
    )


class Surveillance(Sourced):
    """Reconnaissance of an actor."""

    hours_per_day: HoursPerDay = Field(description="Flying and watching hours in all sectors.")
    attention_focus: Positive = Field(
        default_factory=unset, description="How strongly attention follows believed threat."
    )


class Commitment(Sourced):
    """What a backer puts in, as levels; 1 is the full effort of that kind."""

    air: Fraction = Field(default_factory=unset, description="Level on day 0.")
    ground: Positive = Field(default_factory=unset, description="Level on day 0.")
    advisers: Positive = Field(default_factory=unset, description="Level on day 0.")
    supplies: Positive = Field(default_factory=unset, description="Level on day 0.")
    ceiling: Positive = Field(default_factory=unset, description="Highest level of any kind.")
    creep_aversion: Positive = Field(default_factory=unset, description="Dislike of raising it.")
    will: Fraction = Field(default_factory=unset, description="Will on day 0.")
    stake: Positive = Field(default_factory=unset, description="What it has to lose.")
    deadline_weight: Number = Field(default_factory=unset, description="Pull of a near deadline.")
    free_riding: Positive = Field(default_factory=unset, description="Leaving it to allies.")
    lag: Days = Field(default_factory=unset, description="From decision to arrival.")
    step: Positive = Field(default_factory=unset, description="Size of one change of level.")
    ground_force: Fighters = Field(
        default_factory=unset, description="Fighters for each 1.0 of ground commitment."
    )
    entry: Name | None = Field(default=None, description="Place where its troops arrive.")


class Recruitment(Sourced):
    """Own replenishment."""

    per_day: FightersPerDay = Field(description="Recruits a day.")
    ceiling: Fighters | None = Field(
        default=None, description="No recruits above this total; the day-0 total if left out."
    )
    at: Name = Field(description="Where recruits arrive.")


class Sponsor(Sourced):
    """Fighters or means sent by another actor."""

    by: Name = Field(description="The sponsoring actor.")
    per_day: FightersPerDay = Field(description="Fighters a day while it supplies as on day 0.")
    lag: Days = Field(default_factory=unset, description="From decision to arrival.")
    at: Name = Field(description="Where they arrive.")


class Operation(Sourced):
    """An operation that is already running on day 0."""

    target: Name = Field(description="Place it is about.")
    origin: Name = Field(alias="from", description="Place where its mobile force is listed.")
    phase: Phase = Field(description="Phase on day 0.")
    committed: Fraction = Field(
        default_factory=unset, description="Share of the mobile force that stands at the target."
    )
    progress: Fraction = Field(default_factory=unset, description="Share of the way in.")
    aim: Aim = Field(default="take", description="What it wants.")
    since: Day | None = Field(default=None, description="When it began.")


class Actor(Sourced):
    """One party: its forces and how it watches, decides, commits and moves."""

    name: Text | None = Field(default=None, description="Name shown to readers.")
    bloc: Name = Field(description="Bloc it belongs to.")
    leads: Flag = Field(default=False, description="Whether it commands its bloc.")
    forces: tuple[Force, ...] = Field(default=(), description="Troops on day 0.")
    aims: Aims = Field(default_factory=dict, description="Worth of places to it, 0 to 10.")
    area: tuple[Name, ...] | None = Field(
        default=None, description="Where it will operate; everywhere if left out."
    )
    air: Air | None = Field(default=None, description="Its aircraft.")
    surveillance: Surveillance | None = Field(default=None, description="Its reconnaissance.")
    bias: Positive = Field(default_factory=unset, description="Believed over true size.")
    response_focus: Positive = Field(
        default_factory=unset, description="How strongly response follows worth and threat."
    )
    priority: Weight = Field(default_factory=unset, description="Weight of the main effort.")
    release: Fraction = Field(
        default_factory=unset, description="Readiness to release troops from operations."
    )
    delay: Days = Field(default_factory=unset, description="From alarm to order.")
    go_threshold: Positive = Field(default_factory=unset, description="Believed odds to attack.")
    start_cost: Number = Field(default_factory=unset, description="Cost of opening an operation.")
    need_ratio: Fraction = Field(default_factory=unset, description="Own to hostile to feel safe.")
    reach: Kilometres = Field(default_factory=unset, description="Farthest it gathers troops.")
    patience: Days = Field(default_factory=unset, description="Days below parity before it stops.")
    abort_losses: Fraction = Field(default_factory=unset, description="Losses that end an attack.")
    probe: Days = Field(default_factory=unset, description="Length of probing.")
    exploitation: Fraction = Field(default_factory=unset, description="Chance to push on.")
    opportunism: Number = Field(
        default_factory=unset, description="Weight of the opponents' bound forces and attention."
    )
    commit_share: Fraction = Field(default_factory=unset, description="Share put into an attack.")
    max_operations: Whole | None = Field(
        default=None, description="Operations at one time; the library's default if left out."
    )
    signature: Positive = Field(default_factory=unset, description="Ease of detection.")
    march: Positive = Field(default_factory=unset, description="Multiplier of march speed.")
    commitment: Commitment | None = Field(default=None, description="What it puts in.")
    recruitment: Recruitment | None = Field(default=None, description="Own replenishment.")
    sponsors: tuple[Sponsor, ...] = Field(default=(), description="Replenishment by others.")
    operations: tuple[Operation, ...] = Field(default=(), description="Running on day 0.")
