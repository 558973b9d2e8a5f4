"""Entries of an argument: its source, claims and how they follow from each other."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field

from contingent.scenario.fields import Changes, Day, Name, Share, Spec, Text, Whole, fault
from contingent.scenario.types_relations import Explanation, WhatIf
from contingent.scenario.written import describe

ClaimKind = Literal[
    "observation", "explanation", "forecast", "conditional", "normative", "background"
]


def _read_verdict(written: Any) -> str:
    if isinstance(written, bool):
        return "true" if written else "false"
    if written in ("true", "false", "mixed", "unsettled"):
        return str(written)
    raise fault(describe(written), "true, false, mixed or unsettled")


def _read_probabilities(written: Any) -> Any:
    if not isinstance(written, list | tuple) or len(written) != 3:
        raise fault(describe(written), "three probabilities: low, middle, high")
    numbers = [item for item in written if isinstance(item, int | float)]
    if len(numbers) == 3 and not numbers[0] <= numbers[1] <= numbers[2]:
        raise fault(f"{list(written)}", "low, middle and high in ascending order")
    return written


Verdict = Annotated[
    Literal["true", "false", "mixed", "unsettled"],
    BeforeValidator(_read_verdict, json_schema_input_type=str | bool),
]
Probabilities = Annotated[tuple[Share, Share, Share], BeforeValidator(_read_probabilities)]


class ArticleSource(Spec):
    """The commentary itself."""

    title: Text = Field(description="Title.")
    author: Text | None = Field(default=None, description="Author.")
    publisher: Text | None = Field(default=None, description="Publisher.")
    url: Text | None = Field(default=None, description="Address.")
    stance: Text | None = Field(default=None, description="Where it stands.")
    written: Day = Field(description="The author's own cut-off.")


class Anchor(Spec):
    """Place of a claim in the article."""

    paragraph: Whole = Field(description="Counted from 1.")
    sentence: Whole = Field(description="Counted from 1 within the paragraph.")
    sha256: Text | None = Field(default=None, description="Digest of the normalised sentence.")


class Settled(Spec):
    """How a reader settled a claim by hand."""

    verdict: Verdict = Field(description="true, false, mixed or unsettled.")
    on: Day | None = Field(default=None, description="When it was settled.")
    by: Text | None = Field(default=None, description="Who settled it.")
    source: Text | None = Field(default=None, description="On what it rests.")
    confidence: Text | None = Field(default=None, description="high, medium or low.")


class Claim(Spec):
    """One statement of the commentary."""

    says: Text = Field(description="A paraphrase.")
    at: Anchor | None = Field(default=None, description="Place in the article.")
    kind: ClaimKind = Field(description="What sort of statement it is.")
    holds: Text | None = Field(default=None, description="Predicate.")
    form: dict[Name, Any] | None = Field(
        default=None, description="Template that spells out the words (only, unless, …)."
    )
    readings: dict[Name, Text] = Field(
        default_factory=dict, description="Predicates by the name of the reading."
    )
    unless: Text | None = Field(default=None, description="Predicate that voids it.")
    given: Text | None = Field(default=None, description="Predicate it is conditional on.")
    do: Changes = Field(default_factory=dict, description="Levers it supposes turned.")
    by: Day | None = Field(default=None, description="Last day on which it can come true.")
    since: Day | None = Field(default=None, description="First day; the author's cut-off.")
    hedge: Text | None = Field(default=None, description="The author's words of hedging.")
    hedge_probability: Probabilities | None = Field(
        default=None, description="The hedge as probabilities: low, middle, high."
    )
    follows_from: tuple[Name, ...] = Field(default=(), description="Premises.")
    needs: tuple[Name, ...] = Field(default=(), description="Claims it cannot do without.")
    rejects: tuple[Name, ...] = Field(default=(), description="Claims it denies.")
    names: tuple[Name, ...] = Field(default=(), description="Actors and options it names.")
    cluster: Name | None = Field(default=None, description="Claims that are one statement.")
    distance: Literal["direct", "close", "proxy"] | None = Field(
        default=None, description="From the predicate to the sentence."
    )
    unmodelled: Text | None = Field(default=None, description="Why no mechanism speaks to it.")
    settled: Settled | None = Field(default=None, description="Verdict by hand.")
    note: Text | None = Field(default=None, description="Remark of the analyst.")


class Argument(Spec):
    """One piece of commentary about a theatre."""

    argument: Name = Field(description="Name of the argument.")
    about: Name = Field(description="Name of the theatre.")
    source: ArticleSource = Field(description="The commentary.")
    summary: Text | None = Field(default=None, description="What it argues.")
    explanations: dict[Name, Explanation] = Field(
        default_factory=dict, description="Reasons offered, by the author and by others."
    )
    claims: dict[Name, Claim] = Field(default_factory=dict, description="Its statements.")
    what_if: dict[Name, WhatIf] = Field(default_factory=dict, description="Questions.")
