"""Entries of evidence: sources, dated reports and what really happened."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, model_validator

from contingent.scenario.fields import (
    Day,
    Flag,
    Measure,
    Name,
    Number,
    Positive,
    Sourced,
    Spec,
    Text,
    Whole,
    fault,
)
from contingent.scenario.quantities import Quantity
from contingent.scenario.verbal import WORDS, in_words
from contingent.scenario.written import describe


def _read_grade(written: Any) -> str:
    if isinstance(written, str) and re.fullmatch("[A-F][1-6]", written):
        return written
    raise fault(describe(written), "an Admiralty grade from A1 to F6")


Grade = Annotated[str, BeforeValidator(_read_grade, json_schema_input_type=str)]


class Reported(Measure):
    """A number as a report gives it: figures with any unit, or words."""

    def read(self, written: Any) -> Quantity:
        """Read figures, else say that words would do too."""
        if isinstance(written, str) and not any(letter.isdigit() for letter in written):
            raise fault(describe(written), f"figures or one of: {', '.join(WORDS)}")
        return super().read(written)


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
    value: Annotated[Quantity, Reported(None)] | None = Field(
        default=None, description="Value reported, in figures or in words (several hundred)."
    )
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

    @model_validator(mode="before")
    @classmethod
    def _in_words(cls, written: Any) -> Any:
        """Turn ``value: several hundred`` into figures, ``more than 4,000`` into a bound."""
        value = written.get("value") if isinstance(written, Mapping) else None
        numbers = in_words(value) if isinstance(value, str) else None
        if numbers is None:
            return written
        low, high = numbers
        rest = {key: item for key, item in written.items() if key != "value"}
        if low is not None and high is not None:
            return {**rest, "value": low if low == high else f"{low!r} to {high!r}"}
        return {**rest, **({"at_most": high} if low is None else {"at_least": low})}


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
