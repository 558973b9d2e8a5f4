"""From a claim as it is written to the formulas by which it is judged.

A claim says itself in one of three ways: ``holds:`` (a predicate), ``form:`` (a template, which
has several readings) or ``readings:`` (predicates by name); further readings may stand beside the
first two. The first reading heads the verdict, all of them make its wording sensitivity. ``given:``
and ``do:`` are antecedents: what came about, what is set. ``unless:`` conditions on its not coming
about. ``by:`` ends every window that has no end of its own; ``since:`` replaces the author's
cut-off.

A claim with none of these is *unmodelled*, and a normative one is *not truth-apt*; both say why.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import date
from typing import Any

from contingent.claims import hedges, templates
from contingent.claims.factors import Asks, Factor
from contingent.claims.verdict import Statement
from contingent.errors import ClaimError
from contingent.language import (
    Formula,
    Observable,
    Vocabulary,
    is_path,
    observables,
    parse,
    parse_expression,
)
from contingent.language.formulas import Window
from contingent.scenario.types_argument import Argument, Claim

__all__ = ["ReadClaim", "Wording", "read_argument", "read_claim"]

NORMATIVE = "nothing in the world makes it true or false"
NO_MECHANISM = "no mechanism of the model speaks to it"
NO_FACTOR = (
    "because names {name}, which is none of the argument's explanations: conditioning weighs "
    "those, and only they can be undone"
)
ASKS: dict[str, Asks] = {"necessary": "necessity", "sufficient": "sufficiency"}
"""Reading of *because* to what it asks."""


@dataclass(frozen=True)
class Condition:
    """With `do` set, `formula` must come true with probability `level` or more."""

    do: Mapping[str, Any]
    formula: Formula
    level: float


@dataclass(frozen=True)
class Wording:
    """One reading of a claim, ready to be evaluated.

    Attributes
    ----------
    name, says : its name and, for a reading of a template, its words
    formula : what must come true
    given : condition on the futures that count
    do : what is set in the run it is read in; empty for the ordinary run
    level : probability from which *could* holds
    companion : what another run must show besides
    factor : for *because*: what is undone or brought in; `formula` is then the event
    """

    name: str
    says: str
    formula: Formula
    given: Formula | None = None
    given_text: str = ""
    do: Mapping[str, Any] = field(default_factory=dict)
    level: float | None = None
    companion: Condition | None = None
    factor: Factor | None = None


@dataclass(frozen=True)
class ReadClaim:
    """A claim with its readings.

    Attributes
    ----------
    claim : as written
    statement : what is known of it before any future is looked at
    wordings : its readings, the headline first; empty if it cannot be evaluated
    do : what the claim itself supposes set
    since : day from which it is read
    reason : why it cannot be evaluated
    """

    claim: Claim
    statement: Statement
    wordings: tuple[Wording, ...]
    do: Mapping[str, Any]
    since: date
    reason: str = ""

    @property
    def id(self) -> str:
        """Name of the claim."""
        return self.statement.id

    def observables(self) -> set[Observable]:
        """Every daily series the claim needs."""
        formulas = [wording.formula for wording in self.wordings]
        formulas += [wording.given for wording in self.wordings if wording.given is not None]
        formulas += [w.companion.formula for w in self.wordings if w.companion is not None]
        return {one for formula in formulas for one in observables(formula)}

    def runs(self) -> list[Mapping[str, Any]]:
        """What is set in each of the further runs that it needs."""
        wanted = [self.do] if self.do and self.wordings else []
        wanted += [wording.do for wording in self.wordings if wording.do]
        wanted += [w.companion.do for w in self.wordings if w.companion is not None]
        return wanted


def read_argument(argument: Argument, vocabulary: Vocabulary) -> tuple[ReadClaim, ...]:
    """Read all claims of an argument, in the order of the file.

    Raises
    ------
    ClaimError
        If a predicate or a form cannot be read; names the claim.
    """
    return tuple(
        read_claim(name, claim, argument, vocabulary) for name, claim in argument.claims.items()
    )


def read_claim(name: str, claim: Claim, argument: Argument, vocabulary: Vocabulary) -> ReadClaim:
    """Read one claim.

    Raises
    ------
    ClaimError
    """
    since = claim.since or argument.source.written
    since = min(max(since, vocabulary.start), vocabulary.end)
    statement = _statement(name, claim)
    reason = ""
    wordings: tuple[Wording, ...] = ()
    if claim.kind == "normative":
        reason = claim.unmodelled or NORMATIVE
    elif claim.unmodelled is not None:
        reason = claim.unmodelled
    else:
        try:
            wordings = tuple(_wordings(claim, argument, vocabulary))
        except ClaimError as error:
            raise ClaimError(
                f"claim {name}: {error.message}", error.text, error.position, error.next_step
            ) from None
        if wordings:
            statement = replace(statement, given=wordings[0].given_text)
        else:
            reason = NO_MECHANISM
            if claim.form is not None:
                reason = NO_FACTOR.format(name=claim.form.get("because", ""))
    return ReadClaim(claim, statement, wordings, dict(claim.do), since, reason)


def _statement(name: str, claim: Claim) -> Statement:
    stated = claim.hedge_probability
    implied = hedges.hedge(claim.hedge or "", (stated[0], stated[2]) if stated else None)
    return Statement(
        name,
        claim.says,
        claim.kind,
        claim.distance or "direct",
        (implied.low, implied.high) if implied is not None else None,
        claim.cluster or "",
        claim.given or "",
        ", ".join(f"{dotted} {written}" for dotted, written in claim.do.items()),
        claim.note or "",
    )


def _wordings(claim: Claim, argument: Argument, vocabulary: Vocabulary) -> list[Wording]:
    last = None if claim.by is None else min(claim.by, vocabulary.end)
    absent = _absent(claim.unless, vocabulary)
    found: list[templates.Reading] = []
    if claim.holds is not None:
        found.append(templates.Reading("as-written", "", claim.holds, given=absent))
    if claim.form is not None:
        form = dict(claim.form)
        if last is not None and not {"by", "in"} & form.keys():
            form["by"] = last
        found += templates.readings(form, vocabulary, unless=claim.unless or "")
    found += [
        templates.Reading(name, "", text, given=absent) for name, text in claim.readings.items()
    ]
    return [
        _wording(reading, claim, vocabulary, last)
        for reading in found
        if not reading.factor or reading.factor in argument.explanations
    ]


def _absent(unless: str | None, vocabulary: Vocabulary) -> str:
    """Formula that an exception does not come about."""
    if unless is None:
        return ""
    path = is_path(parse_expression(unless, vocabulary))
    return f"not ({unless})" if path else f"never({unless})"


def _wording(
    reading: templates.Reading, claim: Claim, vocabulary: Vocabulary, last: date | None
) -> Wording:
    conditions = [text for text in (claim.given, reading.given) if text]
    given_text = " and ".join(f"({text})" if len(conditions) > 1 else text for text in conditions)
    given = parse_expression(given_text, vocabulary) if given_text else None
    companion = reading.companion
    return Wording(
        reading.name,
        reading.says,
        ended_by(parse(reading.formula, vocabulary), last),
        given if given is None else ended_by(given, last),
        given_text,
        dict(reading.do),
        reading.level,
        None
        if companion is None
        else Condition(
            dict(companion.do),
            ended_by(parse(companion.formula, vocabulary), last),
            companion.level,
        ),
        Factor(reading.factor, ASKS[reading.name]) if reading.factor else None,
    )


def ended_by(formula: Formula, last: date | None) -> Formula:
    """End on a day every window that has no end of its own.

    >>> from contingent.language.formulas import Constant, Eventually
    >>> ended_by(Eventually(Constant(True), Window()), date(2020, 2, 1)).window.until
    datetime.date(2020, 2, 1)
    """
    if last is None:
        return formula
    changed: dict[str, Any] = {}
    for part in fields(formula):
        value = getattr(formula, part.name)
        if isinstance(value, Window):
            if value.until is None and value.length is None:
                changed[part.name] = replace(value, until=last)
        elif isinstance(value, tuple) and part.name == "operands":
            changed[part.name] = tuple(ended_by(one, last) for one in value)
        elif part.name in ("operand", "left", "right", "first", "second"):
            changed[part.name] = ended_by(value, last)
    return replace(formula, **changed) if changed else formula
