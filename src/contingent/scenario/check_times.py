"""Are the dates in order?"""

from __future__ import annotations

import datetime

from contingent.scenario.findings import Findings

LONGEST = 3660
"""Days that a theatre may last."""


def check_times(findings: Findings) -> None:
    """Note dates that are out of order or outside the theatre."""
    check_frame(findings)
    check_entries(findings)
    check_evidence(findings)
    check_argument_dates(findings)


def check_frame(findings: Findings) -> None:
    """Check start, fence and end."""
    theatre = findings.theatre
    if theatre.end <= theatre.start:
        findings.fault("end", f"{theatre.end}", f"a day after the start, {theatre.start}")
    elif theatre.days > LONGEST:
        findings.fault("end", f"{theatre.days:,} days after the start", f"at most {LONGEST:,} days")
    elif not theatre.start <= theatre.now <= theatre.end:
        findings.fault(
            "now", f"the fence {theatre.now}",
            f"a day from the start, {theatre.start}, to the end, {theatre.end}",
        )  # fmt: skip


def check_entries(findings: Findings) -> None:
    """Check the dates of operations, plans, duties, deadlines and interventions."""
    theatre = findings.theatre
    for name, actor in theatre.actors.items():
        for operation in actor.operations:
            key = f"{name}.operations.{operation.target}.since"
            if operation.since is not None and operation.since > theatre.start:
                findings.fault(
                    key, f"{operation.since}", f"a day up to the start, {theatre.start}",
                    next_step="an operation that begins later is a plan",
                )  # fmt: skip
    for duty in theatre.duties:
        _ordered(findings, f"duties.{duty.id}.until", duty.begins, duty.until, "its first day")
    for plan in theatre.plans:
        _inside(findings, f"plans.{plan.id}.on", plan.on)
    for deadline in theatre.deadlines:
        _ordered(findings, f"deadlines.{deadline.id}.on", theatre.start, deadline.on, "the start")
    for option in theatre.interventions:
        if option.earliest is not None and option.earliest > theatre.end:
            key = f"interventions.{option.id}.earliest"
            findings.fault(key, f"{option.earliest}", f"a day up to the end, {theatre.end}")


def check_evidence(findings: Findings) -> None:
    """Check the dates of reports, history and sources."""
    theatre = findings.theatre
    for report in theatre.reports:
        key = f"reports.{report.id}.published"
        _ordered(findings, key, report.on, report.published, "the day it speaks of")
    for position, fact in enumerate(theatre.history.facts):
        key = f"history.facts.{position}"
        _ordered(findings, f"{key}.on", theatre.start, fact.on, "the start")
        if fact.until is not None:
            _ordered(findings, f"{key}.until", fact.on, fact.until, "its first day")
    for place, day in theatre.history.complete_until.items():
        _ordered(findings, f"history.complete_until.{place}", theatre.start, day, "the start")
    for name, source in theatre.sources.items():
        if source.published is not None and source.edited is not None:
            key = f"sources.{name}.edited"
            _ordered(findings, key, source.published, source.edited, "its publication")


def check_argument_dates(findings: Findings) -> None:
    """Check the author's cut-off and the dates of claims and what-ifs."""
    theatre, argument = findings.theatre, findings.argument
    if argument is None:
        return
    if not theatre.start <= argument.source.written <= theatre.end:
        findings.fault(
            "argument", f"an article written on {argument.source.written}",
            f"a day from the start, {theatre.start}, to the end, {theatre.end}",
            next_step="claims are evaluated from the author's cut-off",
        )  # fmt: skip
    for name, claim in argument.claims.items():
        key = f"claims.{name}"
        since = claim.since or argument.source.written
        if claim.since is not None:
            _inside(findings, f"{key}.since", claim.since)
        if claim.by is not None:
            _ordered(findings, f"{key}.by", since, claim.by, "its first day")
            _ordered(findings, f"{key}.by", claim.by, theatre.end, "")
    for name, what_if in argument.what_if.items():
        if what_if.begins is not None:
            _inside(findings, f"what_if.{name}.from", what_if.begins)


def _ordered(
    findings: Findings, key: str, first: datetime.date, second: datetime.date, what: str
) -> None:
    """Note a second day that lies before the first; without words the second is the end."""
    if second >= first:
        return
    if what:
        findings.fault(key, f"{second}", f"a day from {what}, {first}, on")
    else:
        findings.fault(key, f"{first}", f"a day up to the end, {second}")


def _inside(findings: Findings, key: str, day: datetime.date) -> None:
    theatre = findings.theatre
    if not theatre.start <= day <= theatre.end:
        findings.fault(
            key, f"{day}", f"a day from the start, {theatre.start}, to the end, {theatre.end}"
        )
