from __future__ import annotations

from pathlib import Path

import pytest

from contingent.compile.compile import compile_scenario
from contingent.compile.program import Program
from contingent.scenario.loading import load
from contingent.scenario.types import Scenario


@pytest.fixture(scope="session")
def scenario() -> Scenario:
    """Three places, four actors, and one of everything that may happen."""
    return load(Path(__file__).with_name("small.yaml"))


@pytest.fixture(scope="session")
def program(scenario: Scenario) -> Program:
    return compile_scenario(scenario)
