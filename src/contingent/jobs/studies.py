"""Studies by name, and the scenarios that were played into them.

A study's name is matched against the folders that lie there.
"""

from __future__ import annotations

import os
import stat
from contextlib import suppress
from pathlib import Path

from contingent.api import Run, load
from contingent.api.scenarios import Scenario
from contingent.errors import ContingentError, StudyError
from contingent.jobs.missing import Missing
from contingent.jobs.scenarios import Scenarios
from contingent.scenario.played import kept_source
from contingent.scenario.types import Scenario as Specification
from contingent.simulate.manifest import FILE, digest_scenario
from contingent.simulate.study import Study

__all__ = [
    "Changed",
    "Studies",
    "scenario_of",
    "source_of",
]


class Changed(ContingentError):
    """The scenario behind a study is no longer at hand as it was played."""


class Studies:
    """The studies in a folder.

    Parameters
    ----------
    folder : need not be there
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def names(self) -> list[str]:
        """Return the folders that hold studies, the last played first."""
        if not self.folder.is_dir():
            return []
        found = []
        for entry in os.scandir(self.folder):
            manifest = Path(entry.path, FILE)
            if entry.is_dir(follow_symlinks=False) and not entry.name.startswith("."):
                with suppress(OSError):  # one that is not there, or was removed just now
                    if stat.S_ISREG((known := manifest.lstat()).st_mode):
                        found.append((-known.st_mtime_ns, entry.name))
        return [name for _, name in sorted(found)]

    def study(self, name: str) -> Study:
        """Return a study by its name.

        Raises
        ------
        Missing
            If there is none.
        StudyError
            If it is damaged.
        """
        for one in self.names():
            if one == name:
                return Study(self.folder / one)
        raise Missing("study", name)

    def run(self, name: str) -> Run:
        """Return a study with its verdicts."""
        return Run(self.study(name))

    def all(self) -> list[Study]:
        """Return every study that can be read, the last played first."""
        found = []
        for name in self.names():
            try:
                found.append(Study(self.folder / name))
            except StudyError:
                continue
        return found

    def newest(self, scenario: Specification) -> Study | None:
        """Return the last study of exactly this scenario."""
        digest = digest_scenario(scenario)
        return next((one for one in self.all() if one.manifest.scenario == digest), None)


def scenario_of(study: Study, scenarios: Scenarios) -> Scenario:
    """Return the scenario as it was played into a study.

    Raises
    ------
    Changed
        If its files have changed since, or are gone.
    """
    return source_of(study, scenarios)[0]


def source_of(study: Study, scenarios: Scenarios) -> tuple[Scenario, Path]:
    """Return the scenario as it was played into a study, and its file.

    Raises
    ------
    Changed
    """
    for path in _candidates(study, scenarios):
        try:
            found = load(path)
        except ContingentError:
            continue
        if digest_scenario(found.spec) == study.manifest.scenario:
            return found, path
    raise Changed(
        f"the files of {study.manifest.name} have changed since {study.folder.name} was played, or "
        "are gone; run the scenario again"
    )


def _candidates(study: Study, scenarios: Scenarios) -> list[Path]:
    """Return files that may be what was played: those kept beside it first."""
    kept = kept_source(study.folder)
    found = [] if kept is None else [kept]
    name = study.manifest.name
    return found + [one.path for one in scenarios.listed() if one.name == name]
