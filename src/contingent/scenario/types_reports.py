"""Entries of evidence: sources, dated reports and what really happened."""

from __future__ import annotations

import re
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field

from contingent.scenario.fields import (
    AnyQuantity,
    Day,
    Flag,
    Name,
    Number,
    Positive,
    Sourced,
    Spec,
    Text,
    Whole,
    fault,
)
from contingent.scenario.written import describe


def _read_grade(written: Any) -> str:
    if isinstance(written, str) and re.fullmatch("[A-F][1-6]", written):
        return written
    raise fault(describe(written), "an Admiralty grade from A1 to F6")


Grade = Annotated[str, BeforeValidator(_read_grade, json_schema_input_type=str)]


class Source(Spec):
    """A text that numbers and facts refer to."""

    title: Text = Field(description="Title.")
    url: Text | None = Field(default=None, description="Address.")
    publisher: Text | None = Field(default=None, description="Who published it.")
    published: Day | None = Field(default=None, description="When.")
    edited: Day | None = Field(default=None, description="Last edited, if later.")
    note: Text | None = Field(default=None, description="What to know about it.")


class Report(Sourced):
    """Dated evidence: what, when it happened, when it was published, by whom."""

    id: Name = Field(description="Its name.")
    on: Day = Field(description="The day it speaks of.")
    published: Day = Field(description="The day it was published.")
    edition: Text | None = Field(default=None, description="Which edition.")
    observe: Text | None = Field(default=None, description="Predicate or quantity observed.")
    value: AnyQuantity | None = Field(default=None, description="Value reported.")
    at_least: Number | None = Field(default=None, description="Lower bound reported.")
    at_most: Number | None = Field(default=None, description="Upper bound reported.")
    window: Whole | None = Field(default=None, description="Days around `on`.")
    silence: Flag = Field(default=False, description="Nothing was reported.")
    knew: Text | None = Field(default=None, description="What the party says it knew.")
    intent: Text | None = Field(default=None, description="What the party says it wants.")
    denies: Name | None = Field(default=None, description="Report it denies.")
    grade: Grade | None = Field(default=None, description="Admiralty grade, A1 to F6.")
    by: Text | None = Field(default=None, description="Who reports.")
    chain: Text | None = Field(default=None, description="Chain of reports with one origin.")
    supersedes: Name | None = Field(default=None, description="Report it replaces.")
    bias: Positive | None = Field(default=None, description="Reported over true value.")
    says: Text | None = Field(default=None, description="The report in one sentence.")


class Fact(Spec):
    """Something that really happened."""

    on: Day = Field(description="From this day on.")
    fact: Text = Field(description="A state predicate.")
    source: Text | None = Field(default=None, description="Where it is documented.")
    until: Day | None = Field(default=None, description="Up to this day.")


class History(Spec):
    """What really happened; it scores claims and never conditions them."""

    complete_until: dict[Name, Day] = Field(
        default_factory=dict, description="Per place: no change of holder is missing so far."
    )
    facts: tuple[Fact, ...] = Field(default=(), description="Facts in any order.")


Verdict = Literal["true", "false", "mixed", "unsettled"]
"""How a reader settled a claim."""
