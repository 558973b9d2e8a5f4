"""Scenarios as they were played into studies, read and compiled once while they are in use.

A scenario that was found to be the one behind a study stays so whatever becomes of its files.
"""

from __future__ import annotations

from typing import NamedTuple

from contingent.compile import compile_scenario
from contingent.compile.called import Called, called_in
from contingent.compile.program import Program
from contingent.jobs.made import Made
from contingent.jobs.scenarios import Scenarios
from contingent.jobs.studies import Studies, scenario_of
from contingent.scenario.types import Scenario
from contingent.simulate.manifest import FILE
from contingent.simulate.replay import fuller
from contingent.simulate.study import Study

__all__ = ["Again", "StudyScenarios"]

MOST = 4


class Again(NamedTuple):
    """What it takes to play a future of a study again.

    Attributes
    ----------
    program : with the fuller series of a replay
    called : what readers are shown for sides, actors and places
    """

    program: Program
    called: Called


class StudyScenarios:
    """Scenarios and programs behind studies, those last used.

    Parameters
    ----------
    studies, scenarios
    """

    def __init__(self, studies: Studies, scenarios: Scenarios) -> None:
        self._studies, self._scenarios = studies, scenarios
        self._read: Made[Scenario] = Made(MOST)
        self._compiled: Made[Again] = Made(MOST)

    def scenario(self, study: Study) -> Scenario:
        """Return the scenario as it was played into a study.

        Raises
        ------
        Changed
            If its files had changed, or were gone, when it was first asked for.
        """

        def make() -> Scenario:
            return scenario_of(study, self._scenarios).spec

        return self._read.get(_key(study), make)

    def again(self, study: Study) -> Again:
        """Return the program that plays a study's futures again.

        Raises
        ------
        Changed
            As `scenario`.
        """

        def make() -> Again:
            spec = self.scenario(study)
            return Again(fuller(compile_scenario(spec)), called_in(spec.theatre))

        return self._compiled.get(_key(study), make)


def _key(study: Study) -> tuple[str, str, int]:
    written = (study.folder / FILE).stat().st_mtime_ns
    return str(study.folder), study.manifest.scenario, written
