"""The words of commentators spelt out: *only*, *unless*, *until*, *so long as*, *could* ...

"Only the east could take the ford" can be meant in more than one way. A template turns a claim's
``form:`` into two to four named readings, each a formula; the first is the one the verdict is
headed by, and the spread over all of them is the claim's *wording sensitivity*.

========================================================  =====================================
form                                                      the sentence
========================================================  =====================================
``{only: A | B, could: PHI, by: DATE, level: 0.2}``       only A could bring about PHI
``{unless: PSI, then: PHI, by: DATE}``                    PHI comes about unless PSI does
``{unless: PSI, stays: PHI, by: DATE}``                   PHI remains so unless PSI
``{until: PSI, stays: PHI, by: DATE}``                    PHI remains so until PSI
``{so_long_as: PSI, stays: PHI, by: DATE}``               PHI is so as long as PSI is
``{so_long_as: PSI, then: PHI, by: DATE}``                PHI comes about as long as PSI is so
``{could: PHI, tries: TAU, do: {...}, by: DATE}``         PHI could come about
``{if_possible: PHI, tries: TAU, able: CHI, by: DATE}``   they will do TAU to reach PHI if they can
``{because: FACTOR, of: PHI, by: DATE}``                  PHI comes about because of FACTOR
========================================================  =====================================

PHI, PSI, TAU and CHI are formulas; a state formula is taken as *at some time* (``then``) or
*throughout* (``stays``), a formula about the path as it stands. In *only*, ``it`` is the actor in
question. ``in: 14 days`` may replace ``by:``; without either the claim runs to the theatre's end.

A reading may need more than a share of the same futures: a condition (``given``), a run with
something set (``do``, `Companion`), or a run with and one without a factor (``factor``, the name of
an explanation): *because* asks whether it was necessary, and whether it would have been sufficient.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from contingent.claims.forms import LEVEL, Form, any_of_them, fault
from contingent.language import Vocabulary, parse

__all__ = ["LEVEL", "TEMPLATES", "Companion", "Reading", "readings"]


@dataclass(frozen=True)
class Companion:
    """A second run that a reading needs: with `do` set, `formula` must reach `level`."""

    do: Mapping[str, Any]
    formula: str
    level: float


@dataclass(frozen=True)
class Reading:
    """One way of meaning a sentence.

    Attributes
    ----------
    name, says : str
        Short name; the reading in words.
    formula : str
        What must come true, in the predicate language.
    given : str
        Condition on the futures that count; empty if all do.
    do : mapping
        What is set in the run in which the formula is read; empty for the ordinary run.
    level : float or None
        Probability the formula must reach for the reading to hold (*could*); None otherwise.
    companion : Companion or None
    needs : {"", "infer"}
        Whether the reading asks for a cause, not for a share of futures.
    factor : str
        The cause named by *because*; `formula` is then the event.
    """

    name: str
    says: str
    formula: str
    given: str = ""
    do: Mapping[str, Any] = field(default_factory=dict)
    level: float | None = None
    companion: Companion | None = None
    needs: Literal["", "infer"] = ""
    factor: str = ""


def _named(form: Form, raw: Mapping[str, Any]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the actors that only names, and the others."""
    vocabulary = form.vocabulary
    named: set[str] = set()
    for name in (part.strip() for part in str(raw["only"]).split("|")):
        members = vocabulary.members(name)
        if not members:
            near = vocabulary.nearest(name, (*vocabulary.actors, *vocabulary.blocs))
            hint = f"did you mean {near}?" if near else f"expected {', '.join(vocabulary.actors)}"
            raise fault(raw, f"{name} is no actor of the theatre", hint)
        named.update(members)
    others = tuple(actor for actor in vocabulary.actors if actor not in named)
    if not others:
        raise fault(raw, "only names every actor", "leave somebody out")
    return tuple(actor for actor in vocabulary.actors if actor in named), others


def _only(form: Form, raw: Mapping[str, Any]) -> list[Reading]:
    named, others = _named(form, raw)
    any_of = any_of_them(raw, form.vocabulary)
    own, others_do, anyone = any_of(named), any_of(others), any_of(form.vocabulary.actors)
    do = form.do or {f"{actor}.commitment.will": 0.95 for actor in named}
    who = " or ".join(named)
    found = [
        Reading(
            "nobody-else",
            f"nobody but {who} does it, and {who} would with probability {form.level:g} if willing",
            form.never(others_do),
            companion=Companion(do, form.once(own), form.level),
        ),
        Reading(
            "if-anyone",
            f"if anyone does it, {who} does",
            form.once(own),
            given=form.once(anyone),
        ),
        Reading(
            "does-alone",
            f"{who} does it and nobody else does",
            f"{form.once(own)} and {form.never(others_do)}",
        ),
    ]
    if not form.is_path(own):
        found.append(
            Reading(
                "first", f"{who} does it, before anybody else", form.pair("before", own, others_do)
            )
        )
    return found


def _unless(form: Form, raw: Mapping[str, Any]) -> list[Reading]:
    exception = form.text("unless")
    body, lasts = form.body()
    claim = form.throughout(body) if lasts else form.once(body)
    comes, stays_out = form.once(exception), form.never(exception)
    found = [
        Reading("failing-that", "it is so where the exception does not come", claim, stays_out),
        Reading("one-or-other", "it is so, or the exception comes", f"{claim} or {comes}"),
        Reading(
            "one-not-both",
            "it is so where the exception does not come, and only there",
            f"(({stays_out}) implies {claim}) and ({comes} implies not {claim})",
        ),
    ]
    if lasts and not form.is_path(body) and not form.is_path(exception):
        text = form.pair("weak_until", body, exception)
        found.append(Reading("up-to-it", "it stays so up to the exception, if that comes", text))
    return found


def _until(form: Form, raw: Mapping[str, Any]) -> list[Reading]:
    turn, body = form.state("until"), form.state("stays")
    weak = form.pair("weak_until", body, turn)
    after = form.throughout(f"({turn}) implies {form.once(f'not ({body})')}")
    return [
        Reading("up-to-it", "it stays so up to the turn, which need not come", weak),
        Reading("turn-comes", "it stays so, and the turn comes", form.pair("until", body, turn)),
        Reading(
            "without-it",
            "it stays so where the turn does not come",
            form.throughout(body),
            form.never(turn),
        ),
        Reading(
            "and-then-not", "it stays so up to the turn and ends after it", f"{weak} and {after}"
        ),
    ]


def _so_long_as(form: Form, raw: Mapping[str, Any]) -> list[Reading]:
    while_so = form.text("so_long_as")
    body, lasts = form.body()
    if not lasts:
        claim, standing = form.once(body), form.throughout(while_so)
        return [
            Reading("if-throughout", "it comes about where that is so throughout", claim, standing),
            Reading(
                "or-that-ends", "it comes about, or that ends", f"({standing}) implies {claim}"
            ),
        ]
    while_so, body = form.state("so_long_as"), form.state("stays")
    every_day = form.throughout(f"({while_so}) implies ({body})")
    only_then = form.throughout(f"({body}) implies ({while_so})")
    return [
        Reading("day-by-day", "on every day on which that is so, it is so", every_day),
        Reading(
            "up-to-its-end",
            "it is so until that first ends",
            form.pair("weak_until", body, f"not ({while_so})"),
        ),
        Reading(
            "if-throughout",
            "it is always so where that is so throughout",
            form.throughout(body),
            form.throughout(while_so),
        ),
        Reading(
            "no-longer", "on exactly the days on which that is so", f"{every_day} and {only_then}"
        ),
    ]


def _could(form: Form, raw: Mapping[str, Any]) -> list[Reading]:
    claim = form.once(form.text("could"))
    found = [
        Reading(
            "possible",
            f"it happens with probability {form.level:g} or more",
            claim,
            level=form.level,
        )
    ]
    if "tries" in raw:
        found.append(
            Reading(
                "if-tried",
                "it happens where it is tried",
                claim,
                form.once(form.text("tries")),
                level=form.level,
            )
        )
    if form.do:
        found.append(
            Reading(
                "if-willed", "it happens with the will set", claim, do=form.do, level=form.level
            )
        )
    if len(found) == 1:
        found.append(Reading("likely", "it happens more often than not", claim, level=0.5))
    return found


def _if_possible(form: Form, raw: Mapping[str, Any]) -> list[Reading]:
    goal, tries = form.once(form.text("if_possible")), form.once(form.text("tries"))
    found = [
        Reading("tries", "they try", tries),
        Reading("succeeds", "they succeed", goal),
    ]
    if "able" in raw:
        able = form.once(form.text("able"))
        found.append(Reading("tries-when-able", "they try where they can", tries, able))
    found.append(Reading("succeeds-if-tried", "they succeed where they try", goal, tries))
    return found


def _because(form: Form, raw: Mapping[str, Any]) -> list[Reading]:
    claim, factor = form.once(form.text("of")), str(raw["because"])
    return [
        Reading(
            "necessary",
            f"without {factor} it would not have come about",
            claim,
            needs="infer",
            factor=factor,
        ),
        Reading(
            "sufficient",
            f"with {factor} it would have come about anyhow",
            claim,
            needs="infer",
            factor=factor,
        ),
    ]


@dataclass(frozen=True)
class _Template:
    expand: Callable[[Form, Mapping[str, Any]], list[Reading]]
    needed: tuple[str, ...]
    either: tuple[str, ...] = ()
    allowed: tuple[str, ...] = ()


_END = ("by", "in")
_TABLE = {
    "only": _Template(_only, ("could",), (), (*_END, "level", "do")),
    "unless": _Template(_unless, (), ("then", "stays"), _END),
    "until": _Template(_until, ("stays",), (), _END),
    "so_long_as": _Template(_so_long_as, (), ("then", "stays"), _END),
    "if_possible": _Template(_if_possible, ("tries",), (), (*_END, "able")),
    "because": _Template(_because, ("of",), (), _END),
    "could": _Template(_could, (), (), (*_END, "level", "tries", "do")),
}

TEMPLATES = tuple(_TABLE)
"""Names of the templates, in the order in which a form's keys are tried."""


def readings(
    form: Mapping[str, Any], vocabulary: Vocabulary, *, unless: str = ""
) -> tuple[Reading, ...]:
    """Return the readings of a form, the headline first.

    Parameters
    ----------
    form : mapping
        As in the table above.
    vocabulary : Vocabulary
    unless : str
        The claim's own ``unless:``; every reading is then conditioned on its not coming about.

    Returns
    -------
    tuple of Reading
        Two to four. Every formula in them has been parsed.

    Raises
    ------
    ClaimError
        If the form or one of its formulas cannot be read.
    """
    name = next((name for name in TEMPLATES if name in form), None)
    if name is None:
        raise fault(form, "no template", f"expected one of {', '.join(TEMPLATES)}")
    template = _TABLE[name]
    for key in template.needed:
        if key not in form:
            raise fault(form, f"{key} is missing", f"{name} needs {', '.join(template.needed)}")
    if template.either and sum(key in form for key in template.either) != 1:
        raise fault(form, f"{name} needs one of {' and '.join(template.either)}", "give just one")
    known = {name, *template.needed, *template.either, *template.allowed}
    for key in form:
        if key not in known:
            near = vocabulary.nearest(key, known)
            hint = f"did you mean {near}?" if near else f"{name} takes {', '.join(sorted(known))}"
            raise fault(form, f"{key} does not belong", hint)
    parts = Form(form, vocabulary)
    found = template.expand(parts, form)
    if unless:
        exception = Form({**form, "unless": unless}, vocabulary)
        absent = exception.never(exception.text("unless"))
        found = [
            replace(one, given=f"({one.given}) and {absent}" if one.given else absent)
            for one in found
        ]
    for reading in found:
        for text in (reading.formula, reading.given):
            if text:
                parse(text, vocabulary)
    return tuple(found)
