"""Entries between the actors: relations, plans, shocks, interventions, diplomacy, deadlines."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from contingent.scenario.fields import (
    Changes,
    Day,
    Days,
    EventsPerMonth,
    Fighters,
    Flag,
    Fraction,
    Name,
    Number,
    Positive,
    Rank,
    Share,
    Sourced,
    Spec,
    Text,
    Whole,
)
from contingent.scenario.quantities import unset

Stance = Literal["allied", "neutral", "hostile"]
Pair = tuple[Name, Name]


class Relation(Sourced):
    """How two actors or two blocs stand to each other. Stance is a property of the two blocs."""

    pair: Pair = Field(description="Two actors or two blocs.")
    stance: Stance | None = Field(default=None, description="Stance of the two blocs.")
    coordination: Fraction | None = Field(
        default=None, description="How well they act together; the model's default if left out."
    )
    tacit: Fraction = Field(
        default_factory=unset, description="Chance that they leave each other alone, day 0."
    )
    tacit_usual: Fraction | None = Field(
        default=None, description="Level to which tacit coordination drifts; `tacit` if left out."
    )


class Correlation(Spec):
    """Rank correlation of two uncertain quantities."""

    between: tuple[Text, Text] = Field(description="Dotted names of two quantities.")
    rank: Rank = Field(description="Spearman's rank correlation, -1 to 1.")


class Plan(Sourced):
    """Something an actor means to do around a date."""

    id: Name = Field(description="Its name.")
    actor: Name = Field(description="Who does it.")
    do: Literal["attack", "withdraw", "reinforce"] = Field(description="What it does.")
    target: Name | None = Field(default=None, description="Place attacked.")
    at: Name | None = Field(default=None, description="Place it starts from or withdraws from.")
    to: Name | None = Field(default=None, description="Place the troops go to.")
    size: Fighters | None = Field(default=None, description="Troops sent.")
    share: Fraction | None = Field(default=None, description="Share withdrawn.")
    on: Day = Field(description="Expected day.")
    spread: Days = Field(default_factory=unset, description="Days around the expected one.")
    probability: Fraction = Field(default_factory=unset, description="Chance that it happens.")


class TacitJump(Sourced):
    """Jump of the tacit coordination of a pair after a shock."""

    pair: Pair = Field(description="Two actors.")
    jump: Number = Field(description="Change of tacit coordination, -1 to 1.")


class Shock(Sourced):
    """Attacks or other outside events that hit an actor, self-exciting."""

    id: Name = Field(description="Its name.")
    on: Name = Field(description="The actor it hits.")
    by: Name | None = Field(default=None, description="The actor behind it.")
    rate: EventsPerMonth = Field(description="Rate without excitation.")
    excitation: Positive = Field(default_factory=unset, description="Events caused by each event.")
    decay: Days = Field(default_factory=unset, description="Mean life of the excitation.")
    will: Number = Field(default_factory=unset, description="Jump of the will of the actor hit.")
    tacit: TacitJump | None = Field(default=None, description="Jump of tacit coordination.")


class Trigger(Spec):
    """One condition that puts an intervention on the table. Exactly one kind of key."""

    shocks: Name | None = Field(default=None, description="Shock that is counted.")
    count: Whole | None = Field(default=None, description="Events needed.")
    within: Whole | None = Field(default=None, description="Days in which they are counted.")
    holds: tuple[Name, Name] | None = Field(default=None, description="Actor holds place.")
    lost: tuple[Name, Name] | None = Field(default=None, description="Actor has lost place.")
    after: Day | None = Field(default=None, description="From this day on.")
    satisfied: Name | None = Field(default=None, description="Deadline whose needs were met.")


class Blocker(Sourced):
    """A power that stands physically in the way of an intervention."""

    actor: Name = Field(description="Who stands there.")
    at: Name = Field(description="Where.")
    fighters: Fighters = Field(default_factory=unset, description="Fighters that suffice.")


class Intervention(Sourced):
    """The option of a third party to step in."""

    id: Name = Field(description="Its name.")
    actor: Name = Field(description="Who may step in.")
    target: Name = Field(description="Place it is about.")
    origin: Name = Field(alias="from", description="Place its force starts from.")
    force: Fighters = Field(description="Size of its force.")
    aim: Literal["take", "isolate"] = Field(default="take", description="What it wants.")
    earliest: Day | None = Field(default=None, description="Not before this day.")
    triggers: tuple[Trigger, ...] = Field(default=(), description="Any of these opens it.")
    permission: tuple[Name, ...] = Field(default=(), description="Actors that must tolerate it.")
    blockers: tuple[Blocker, ...] = Field(default=(), description="Who stands in the way.")
    threshold: Number = Field(default_factory=unset, description="Utility needed to decide.")


class Ceasefire(Sourced):
    """A ceasefire that may begin and break."""

    id: Name = Field(description="Its name.")
    pair: Pair = Field(description="Two actors.")
    chance: Fraction = Field(description="Chance that it begins, per fortnight.")
    breaks: Fraction = Field(default_factory=unset, description="Chance to break, per fortnight.")
    after: tuple[Name, Name] | None = Field(
        default=None, description="Only once this actor holds this place."
    )


class Evacuation(Sourced):
    """A besieged garrison that may negotiate its way out."""

    garrison: Name = Field(description="The besieged actor.")
    besieger: Name = Field(description="The actor that lets it go.")
    chance: Fraction = Field(description="Chance a day at full pressure.")


class Diplomacy(Spec):
    """Ceasefires and evacuations."""

    ceasefires: tuple[Ceasefire, ...] = Field(default=(), description="Possible ceasefires.")
    evacuations: tuple[Evacuation, ...] = Field(default=(), description="Possible evacuations.")


class PeopleHeld(Spec):
    """Share of the population that a bloc must hold."""

    by: Name = Field(description="The bloc.")
    share: Share = Field(description="Share of all people, 0 to 1.")


class Need(Spec):
    """One precondition of a deadline. Exactly one key."""

    people_held: PeopleHeld | None = Field(default=None, description="Population held.")
    holds: tuple[Name, Name] | None = Field(default=None, description="Actor holds place.")
    ceasefire: Pair | None = Field(default=None, description="Ceasefire between two actors.")


class Deadline(Sourced):
    """A date with preconditions that binds actors."""

    id: Name = Field(description="Its name.")
    on: Day = Field(description="The date.")
    horizon: Days = Field(default_factory=unset, description="How long before it is felt.")
    binds: tuple[Name, ...] = Field(default=(), description="Actors that feel it.")
    needs: tuple[Need, ...] = Field(default=(), description="All must hold on the day.")
    chance: Fraction = Field(
        default_factory=unset, description="Chance that it is met although the needs are."
    )


class Duty(Sourced):
    """Sorties bound by something else than fighting."""

    id: Name = Field(description="Its name.")
    actor: Name = Field(description="Whose sorties.")
    begins: Day = Field(alias="from", description="First day.")
    until: Day = Field(description="Last day.")
    at: Name | None = Field(default=None, description="Only while an operation runs at this place.")
    share: Fraction = Field(description="Share of its sorties.")


class Event(Sourced):
    """An event outside the theatre: a vote, a sanction. Judged, with declared parents."""

    says: Text = Field(description="What the event is.")
    parents: tuple[Name, ...] = Field(default=(), description="Events it depends on.")
    probability: Fraction | None = Field(default=None, description="Chance that it happens.")
    settled: Flag | None = Field(default=None, description="What happened, if known.")
    on: Day | None = Field(default=None, description="When it was settled.")
    by: Text | None = Field(default=None, description="Who judged it.")


class Explanation(Spec):
    """A named set of assumptions offered as a reason for what happened."""

    says: Text = Field(description="The explanation in one sentence.")
    assume: Changes = Field(default_factory=dict, description="Quantities it changes.")
    switch: dict[Name, Literal["on", "off"] | bool] = Field(
        default_factory=dict, description="Mechanisms it switches."
    )
    weight: Positive = Field(default_factory=unset, description="Prior weight in its group.")
    exclusive: Name | None = Field(
        default=None, description="Group in which only one explanation can be true."
    )


class WhatIf(Spec):
    """A change of levers from a day on."""

    says: Text | None = Field(default=None, description="The question in one sentence.")
    do: Changes = Field(description="Dotted names with their changes.")
    begins: Day | None = Field(
        default=None, alias="from", description="From this day on; day 0 if left out."
    )
