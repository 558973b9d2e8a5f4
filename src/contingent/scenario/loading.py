"""Load a scenario: the specification, or all of its faults at once."""

from __future__ import annotations

from pathlib import Path

from contingent.errors import ScenarioError
from contingent.scenario.check import check
from contingent.scenario.types import Scenario


def load(name: str | Path) -> Scenario:
    """Load a file or a name of the library.

    Raises
    ------
    ScenarioError
        with every fault; warnings do not keep a scenario from being used.
    """
    report = check(name)
    if report.scenario is None or report.faults:
        raise ScenarioError(report.faults)
    return report.scenario
