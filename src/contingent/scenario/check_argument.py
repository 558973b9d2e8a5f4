"""Does the argument hold together: predicates, links, what-ifs, explanations?"""

from __future__ import annotations

import re
from typing import Any

from contingent.errors import ClaimError, SettingError
from contingent.language import (
    Vocabulary,
    parse,
    parse_expression,
    parse_observed,
    parse_state,
    sort_of,
)
from contingent.scenario.changes import replace
from contingent.scenario.circles import circle
from contingent.scenario.findings import Findings
from contingent.scenario.types import Scenario, Theatre
from contingent.scenario.types_reports import Report

SUBJECT = "it"
"""In a template: whichever actor the template speaks of."""
NUMBERS = ("value", "at_least", "at_most")
"""Keys by which a report gives a number."""
_CALL = re.compile(r"\s*\(*\s*(?:not\s+)?[a-z_]+\s*\(")


def vocabulary(theatre: Theatre, *more_actors: str) -> Vocabulary:
    """Names and dates of a theatre, as predicates use them."""
    blocs = {
        bloc: tuple(name for name, actor in theatre.actors.items() if actor.bloc == bloc)
        for bloc in theatre.blocs
    }
    return Vocabulary(
        actors=(*theatre.actors, *more_actors),
        places=tuple(theatre.places),
        start=theatre.start,
        now=theatre.now,
        end=theatre.end,
        blocs={bloc: members for bloc, members in blocs.items() if members},
        routes=tuple(route.between for route in theatre.routes),
        options=tuple(option.id for option in theatre.interventions),
        deadlines=tuple(deadline.id for deadline in theatre.deadlines),
        events=tuple(theatre.events),
    )


def check_argument(findings: Findings) -> None:
    """Note what is wrong with predicates, links and changes."""
    check_evidence_predicates(findings)
    if findings.argument is None:
        return
    check_about(findings)
    check_claim_predicates(findings)
    check_links(findings)
    check_changes(findings)


def check_about(findings: Findings) -> None:
    """Check that the argument is about this theatre."""
    assert findings.argument is not None
    if findings.argument.about != findings.theatre.theatre:
        findings.fault(
            "about", f"{findings.argument.about!r}", f"the theatre {findings.theatre.theatre!r}",
            nearest=findings.theatre.theatre,
        )  # fmt: skip


def check_evidence_predicates(findings: Findings) -> None:
    """Parse what reports observe and what history says."""
    words = _words(findings)
    sorts: dict[str, str] = {}
    for report in findings.theatre.reports:
        if report.observe is None:
            continue
        key = f"reports.{report.id}.observe"
        formulas = _parsed(findings, key, report.observe, parse_observed, words)
        if formulas is not None:
            sorts[report.id] = sort_of(formulas[0])
            check_reported(findings, report, sorts[report.id], key)
    for report in findings.theatre.reports:
        if sorts.get(report.denies or "") == "number":
            findings.fault(
                f"reports.{report.id}.denies", f"{report.denies!r}, which reports a number",
                "a report of something that is true or false",
                next_step="report the other number as a value",
            )  # fmt: skip
    for position, fact in enumerate(findings.theatre.history.facts):
        key = f"history.facts.{position}.fact"
        formula = _parsed(findings, key, fact.fact, parse_state, words)
        if formula is not None and sort_of(formula) != "truth":
            findings.fault(key, f"a {sort_of(formula)}", "something that is true or false on a day")


def check_reported(findings: Findings, report: Report, sort: str, key: str) -> None:
    """Check that a report gives a number of what is a number, and of nothing else."""
    given = [name for name in NUMBERS if getattr(report, name) is not None]
    if sort == "place":
        findings.fault(key, "a place", "something true or false, or a number",
                       next_step="compare it, as in main_effort(A) == B")  # fmt: skip
    elif sort == "number" and not given:
        findings.fault(key, "a number without value:, at_least: or at_most:", "one of them",
                       next_step="or compare it, as in fighters(A, B) > 100")  # fmt: skip
    elif sort == "number" and (report.silence or report.intent is not None):
        findings.fault(key, "a number", "something true or false",
                       next_step="compare it, as in fighters(A, B) > 100")  # fmt: skip
    elif sort == "truth" and given:
        findings.fault(f"reports.{report.id}.{given[0]}", "a number of what is true or false",
                       "a number in observe:, such as fighters(A, B)")  # fmt: skip


def check_claim_predicates(findings: Findings) -> None:
    """Parse every predicate of every claim."""
    assert findings.argument is not None
    words, template_words = _words(findings), _words(findings, SUBJECT)
    for name, claim in findings.argument.claims.items():
        key = f"claims.{name}"
        if claim.holds is not None:
            _parsed(findings, f"{key}.holds", claim.holds, parse, words)
        for reading, text in claim.readings.items():
            _parsed(findings, f"{key}.readings.{reading}", text, parse, words)
        for field, condition in (("unless", claim.unless), ("given", claim.given)):
            if condition is not None:
                _parsed_truth(findings, f"{key}.{field}", condition, words)
        for field, value in (claim.form or {}).items():
            if isinstance(value, str) and _CALL.match(value):
                _parsed_truth(findings, f"{key}.form.{field}", value, template_words)


def _words(findings: Findings, *more: str) -> Vocabulary:
    """Vocabulary with the names of faulty entries too, so that they are not reported again."""
    words = vocabulary(findings.theatre, *more)
    return Vocabulary(
        actors=tuple(dict.fromkeys((*words.actors, *findings.written("actors")))),
        places=tuple(dict.fromkeys((*words.places, *findings.written("places")))),
        start=words.start,
        now=words.now,
        end=words.end,
        blocs=words.blocs,
        routes=words.routes,
        options=tuple(dict.fromkeys((*words.options, *findings.written("interventions")))),
        deadlines=tuple(dict.fromkeys((*words.deadlines, *findings.written("deadlines")))),
        events=tuple(dict.fromkeys((*words.events, *findings.written("events")))),
    )


def _parsed(findings: Findings, key: str, text: str, reader: Any, words: Vocabulary) -> Any:
    """Formula of a text, or None after noting the fault."""
    try:
        return reader(text, words)
    except ClaimError as error:
        lines = str(error).splitlines()
        findings.fault(
            key, f"a predicate that cannot be read: {error.message}", "",
            next_step=error.next_step, excerpt="\n".join(lines[1:]),
        )  # fmt: skip
    except RecursionError:
        findings.fault(key, "a predicate nested too deeply", "a simpler one")
    return None


def _parsed_truth(findings: Findings, key: str, text: str, words: Vocabulary) -> None:
    formula = _parsed(findings, key, text, parse_expression, words)
    if formula is not None and sort_of(formula) != "truth":
        findings.fault(key, f"a {sort_of(formula)}", "something that is true or false")


def check_links(findings: Findings) -> None:
    """Note circles in who follows from whom, and claims that need what they reject."""
    assert findings.argument is not None
    claims = findings.argument.claims
    loop = circle({name: [*c.follows_from, *c.needs] for name, c in claims.items()})
    if loop:
        findings.fault(
            f"claims.{loop[0]}", f"a circle in the argument: {' → '.join(loop)}",
            "claims that follow from others without coming back",
        )  # fmt: skip
    for name, claim in claims.items():
        both = {*claim.follows_from, *claim.needs} & set(claim.rejects)
        if both:
            findings.fault(
                f"claims.{name}.rejects", f"{min(both)!r}, from which it follows too",
                "claims other than its premises",
            )  # fmt: skip


def check_changes(findings: Findings) -> None:
    """Apply every what-if, explanation and lever, to see that it can be applied."""
    argument = findings.argument
    assert argument is not None
    changes = [
        *((f"explanations.{name}.assume", e.assume) for name, e in argument.explanations.items()),
        *((f"what_if.{name}.do", w.do) for name, w in argument.what_if.items()),
        *((f"claims.{name}.do", c.do) for name, c in argument.claims.items()),
    ]
    scenario = Scenario(findings.theatre, argument)
    for key, levers in changes:
        for dotted, written in levers.items():
            try:
                replace(scenario, {dotted: written})
            except SettingError as error:
                findings.fault(
                    f"{key}.{dotted}", error.found, error.expected, next_step=error.next_step
                )
