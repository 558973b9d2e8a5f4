"""A scenario in print: the report of a check, and its forms from document to day 0."""

from __future__ import annotations

from typing import Any

from contingent.compile import compile_scenario
from contingent.compile.day0 import day0, day0_text
from contingent.compile.listing import program_text
from contingent.errors import Fault, summary_of
from contingent.reference import layout
from contingent.scenario.changes import quantities
from contingent.scenario.check import Report
from contingent.scenario.loading import load
from contingent.scenario.phrases import phrase
from contingent.scenario.show import show_document, show_spec
from contingent.scenario.types import Scenario


def outline(scenario: Scenario) -> str:
    """What a scenario holds, in one sentence."""
    theatre, argument = scenario.theatre, scenario.argument
    blocs = {actor.bloc for actor in theatre.actors.values()}
    text = (
        f"theatre {theatre.theatre}, {theatre.start} to {theatre.end}: "
        f"{_count(len(theatre.actors), 'actor')} in {_count(len(blocs), 'bloc')}, "
        f"{_count(len(theatre.places), 'place')}, {_count(len(theatre.routes), 'route')}"
    )
    if argument is None:
        return text
    return (
        f"{text}; argument {argument.argument}: {_count(len(argument.claims), 'claim')}, "
        f"{_count(len(argument.explanations), 'explanation')}"
    )


def _count(number: int, word: str) -> str:
    return f"{number} {word}{'' if number == 1 else 's'}"


def check_text(report: Report) -> str:
    """Report of a check: what the scenario holds, then every fault and warning."""
    found = (*report.faults, *report.warnings)
    lines = [] if report.scenario is None or report.faults else [outline(report.scenario)]
    if not found:
        return "\n".join([*lines, "No faults and no warnings."])
    return "\n".join([*lines, summary_of(found), *map(str, found)])


def check_record(report: Report) -> dict[str, Any]:
    """Report of a check as plain data."""
    return {
        "scenario": report.name,
        "ok": not report.faults,
        "faults": [_fault_record(fault) for fault in report.faults],
        "warnings": [_fault_record(fault) for fault in report.warnings],
    }


def _fault_record(fault: Fault) -> dict[str, Any]:
    return {
        "file": fault.file,
        "line": fault.line,
        "column": fault.column,
        "name": fault.name,
        "found": fault.found,
        "expected": fault.expected,
        "nearest": getattr(fault, "nearest", None),
        "next_step": fault.next_step,
        "severity": fault.severity,
    }


def form_text(name: str, form: str) -> str:
    """Return a scenario in one of its forms: document, spec, program or day0."""
    if form == "document":
        return show_document(name).rstrip("\n")
    scenario = load(name)
    if form == "spec":
        return show_spec(scenario).rstrip("\n")
    program = compile_scenario(scenario)
    return program_text(program) if form == "program" else day0_text(day0(program))


def form_record(name: str, form: str) -> dict[str, Any]:
    """Return a scenario in one of its forms as plain data."""
    scenario = load(name)
    record: dict[str, Any] = {"scenario": scenario.name, "form": form}
    if form == "document":
        return record | {"text": show_document(name)}
    if form == "spec":
        return record | {"outline": outline(scenario), "quantities": quantity_rows(scenario)}
    program = compile_scenario(scenario)
    if form == "day0":
        return record | day0(program).to_plain()
    return record | {
        "digest": program.digest,
        "days": program.days,
        "sizes": dict(program.sizes),
        "rules": program.choices(),
        "unknowns": [unknown.name for unknown in program.unknowns],
        "series": [str(series) for series in program.series],
        "tables": {
            table.name: program.table(table.name)
            for table in (*layout.STRUCTURE_TABLES, *layout.PARAMETER_TABLES)
        },
    }


def quantity_rows(scenario: Scenario) -> list[dict[str, Any]]:
    """Every number of a scenario under its dotted name, with unit, basis and source."""
    return [
        {
            "name": quantity.name,
            "value": phrase(quantity),
            "distribution": quantity.distribution,
            "parameters": list(quantity.parameters),
            "unit": quantity.unit,
            "basis": quantity.basis,
            "source": quantity.source,
        }
        for quantity in quantities(scenario).values()
    ]
