"""A small theatre whose claims are written in the test."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from contingent.scenario.loading import load
from contingent.scenario.types import Scenario
from contingent.scenario.types_argument import Argument

SMALL = Path(__file__).parents[1] / "compile" / "small.yaml"
SOURCE = {"title": "An invented piece", "written": "2020-01-20"}
Claiming = Callable[..., Scenario]


@pytest.fixture(scope="session")
def small() -> Scenario:
    return load(SMALL)


@pytest.fixture
def claiming(small: Scenario) -> Claiming:
    """Put claims, given as keywords, into an argument about the small theatre."""

    def build(**claims: dict[str, Any]) -> Scenario:
        written = {
            name: {"says": name, "kind": "forecast", **entries} for name, entries in claims.items()
        }
        argument = Argument.model_validate(
            {"argument": "piece", "about": "small", "source": SOURCE, "claims": written}
        )
        return Scenario(small.theatre, argument)

    return build
