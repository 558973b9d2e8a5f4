"""Where a scenario's reports come from: its theatre file, and tables beside it."""

from __future__ import annotations

import dataclasses
from pathlib import Path

from contingent.errors import SettingError
from contingent.infer.grades import READINGS, Reading
from contingent.infer.report_table import read_table, with_reports
from contingent.scenario.loading import load
from contingent.scenario.parts import read_parts
from contingent.scenario.types import Scenario


def read_sources(name: str | Path, table: Path | None = None) -> tuple[Scenario, dict[str, str]]:
    """Load a scenario, with further reports from a table.

    Returns
    -------
    scenario, marks
        The position of each report by its name.

    Raises
    ------
    ScenarioError
        with every fault at once.
    """
    scenario = load(name)
    marks = marks_of(name, scenario)
    if table is None:
        return scenario, marks
    more, places = read_table(table)
    theatre = with_reports(scenario.theatre, more)
    return dataclasses.replace(scenario, theatre=theatre), marks | places


def marks_of(name: str | Path, scenario: Scenario) -> dict[str, str]:
    """Return the position of each report of a scenario's theatre file."""
    layout = read_parts(name).theatre
    if layout is None:
        return {}
    return {
        report.id: str(layout.mark_of(f"reports.{report.id}.published"))
        for report in scenario.theatre.reports
    }


def reading_of(name: str) -> Reading:
    """Return the reading of grades with a name.

    Raises
    ------
    SettingError
        if there is none.
    """
    for reading in READINGS:
        if reading == name:
            return reading
    raise SettingError("grades", repr(name), " or ".join(READINGS))
