from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from contingent.compile import Program, compile_scenario
from contingent.infer.reports import Evidence, select
from contingent.language import Observable
from contingent.scenario.loading import load
from contingent.scenario.types import Scenario
from contingent.scenario.types_argument import Argument
from contingent.scenario.types_reports import Report

START = date(2020, 1, 1)
ARGUMENT = {
    "argument": "small",
    "about": "small",
    "source": {"title": "x", "written": date(2020, 1, 20)},
    "explanations": {
        "many": {"says": "They came in strength.",
                 "assume": {"north.forces.hill.mobile": "6_000 to 9_000"}},
        "few": {"says": "They were few.", "assume": {"north.forces.hill.mobile": "100 to 200"}},
        "again": {"says": "They were few.",
                  "assume": {"north.forces.hill.mobile": "100 to 200"}},
        "blind": {"says": "Nobody looked.", "switch": {"surveillance": "off"}},
    },
    "claims": {
        "falls": {"says": "Mill falls.", "kind": "forecast",
                  "holds": "eventually(holds(north, mill), by=2020-03-01)"},
        "ought": {"says": "It ought not.", "kind": "normative"},
        "set": {"says": "With eyes it holds.", "kind": "forecast", "do": {"south.delay": 1},
                "holds": "always(holds(south, mill), until=2020-03-01)"},
        "rare": {"says": "Never.", "kind": "conditional",
                 "holds": "eventually(holds(north, ford))",
                 "given": "eventually(holds(far, hill), by=2020-01-21)"},
    },
}  # fmt: skip
REPORTS = [
    {"id": "seen", "on": date(2020, 1, 2), "published": date(2020, 1, 9), "by": "x",
     "observe": "fighters(north, hill)", "value": "5_000 to 8_000", "grade": "A1"},
    {"id": "attacked", "on": date(2020, 1, 9), "published": date(2020, 1, 10), "window": 3,
     "observe": "attacks(north, mill)", "grade": "B2"},
    {"id": "fell", "on": date(2020, 1, 12), "published": date(2020, 1, 12),
     "observe": "holds(north, mill)", "grade": "B2"},
]  # fmt: skip


class Written:
    """Futures of the theatre `small`, written as one list of daily values a series and future."""

    def __init__(self, **rows: list[list[float]]) -> None:
        self._rows = {name: np.array(given, dtype=float) for name, given in rows.items()}
        self.futures, self.days = next(iter(self._rows.values())).shape
        self.start = START

    def signal(self, observable: Observable) -> NDArray[Any]:
        parts = [part if isinstance(part, str) else "_".join(part) for part in observable.args]
        return self._rows["_".join([observable.name, *parts])]


@pytest.fixture(scope="session")
def paths() -> type[Written]:
    return Written


@pytest.fixture(scope="session")
def scenario() -> Scenario:
    return load(Path(__file__).parents[1] / "compile" / "small.yaml")


@pytest.fixture(scope="session")
def program(scenario: Scenario) -> Program:
    return compile_scenario(scenario)


@pytest.fixture(scope="session")
def read(scenario: Scenario, program: Program) -> Any:
    """Evidence of one report, written as in a file; days are counted from day 0."""

    def reader(on: int, **written: Any) -> Evidence:
        published = START + timedelta(written.pop("published", on))
        others = written.pop("others", ())
        report = Report.model_validate(
            {"id": "R", "on": START + timedelta(on), "published": published, "grade": "A1"}
            | written
        )
        theatre = scenario.theatre.model_copy(update={"reports": (*others, report)})
        found = {one.id: one for one in select(theatre, program.names).evidence}
        return found["R"]

    return reader


@pytest.fixture(scope="session")
def argument() -> dict[str, Any]:
    return ARGUMENT


@pytest.fixture(scope="session")
def argued(scenario: Scenario) -> Scenario:
    reports = tuple(Report.model_validate(one) for one in REPORTS)
    theatre = scenario.theatre.model_copy(update={"reports": reports})
    return Scenario(theatre, Argument.model_validate(ARGUMENT))
