from __future__ import annotations

from pathlib import Path

import pytest

from contingent.compile import Program, Series, compile_scenario
from contingent.scenario.loading import load
from contingent.scenario.types import Scenario

SMALL = Path(__file__).parents[1] / "compile" / "small.yaml"


@pytest.fixture(scope="session")
def scenario() -> Scenario:
    return load(SMALL)


@pytest.fixture(scope="session")
def program(scenario: Scenario) -> Program:
    wanted = [
        Series("fighters", ("north", "mill")),
        Series("attacks", ("north", "mill")),
        Series("open", ("ford-mill",)),
        Series("held_people", ("southern",)),
    ]
    return compile_scenario(scenario, wanted)
