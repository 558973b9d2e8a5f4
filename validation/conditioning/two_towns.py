"""Two towns with evidence enough to be worth conditioning on; nothing of it is in the library."""

from __future__ import annotations

import dataclasses
from datetime import date, timedelta
from typing import Any

from contingent.compile import compile_scenario
from contingent.infer.reports import select
from contingent.infer.theatre import TheatreProblem, problem_of
from contingent.scenario.loading import load
from contingent.scenario.types import Scenario
from contingent.scenario.types_reports import Report

START = date(2031, 3, 1)
REPORTS: tuple[dict[str, Any], ...] = (
    {"id": "strength", "day": 2, "observe": "fighters(league, saltwell)", "value": "3_000 to 5_000",
     "grade": "B2", "by": "wire"},
    {"id": "quiet", "day": 4, "observe": "attacks(league, eastford)", "window": 4, "silence": True,
     "grade": "B3", "by": "wire"},
    {"id": "deep", "day": 5, "observe": "progress(westmill)", "value": 0.3, "grade": "C2",
     "by": "republic"},
    {"id": "losses", "day": 6, "observe": "fighters(republic, westmill)", "at_most": 2_500,
     "grade": "C3", "by": "republic"},
    {"id": "garrison", "day": 6, "observe": "fighters(league, westmill)", "value": "1_200 to 2_200",
     "grade": "C3", "by": "republic"},
    {"id": "storm", "day": 7, "observe": "attempted(republic, westmill)", "grade": "A2",
     "by": "wire"},
    {"id": "holds", "day": 8, "observe": "holds(league, westmill)", "grade": "A1", "by": "wire"},
    {"id": "few", "day": 8, "observe": "fighters(republic, eastford)", "value": "500 to 1_500",
     "grade": "B2", "by": "wire"},
)  # fmt: skip
WATCHED = (
    "league.forces.saltwell.mobile",
    "league.forces.westmill.static",
    "republic.forces.highport.mobile",
    "republic.operations.westmill.committed",
    "republic.operations.westmill.progress",
    "republic.forces.eastford.static",
)


def scenario() -> Scenario:
    """The library's theatre with these reports in place of its own."""
    found = load("two-towns")
    reports = []
    for one in REPORTS:
        day = START + timedelta(one["day"])
        written = {key: value for key, value in one.items() if key != "day"}
        reports.append(Report.model_validate({**written, "on": day, "published": day}))
    theatre = found.theatre.model_copy(update={"reports": tuple(reports)})
    return dataclasses.replace(found, theatre=theatre)


def problem() -> TheatreProblem:
    """The theatre as a problem of the sampler."""
    theatre = scenario()
    program = compile_scenario(theatre)
    selection = select(theatre.theatre, program.names)
    return problem_of(program, selection.evidence, selection.parties)
