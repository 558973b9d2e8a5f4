"""One small study, played once by a job, and a copy of it for each test."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from contingent.jobs.requests import RunRequest
from contingent.jobs.scenarios import Scenarios
from contingent.jobs.studies import Studies
from contingent.jobs.work import Place, do

SCENARIO = "two-towns"
FUTURES = 120


@pytest.fixture(scope="session")
def played(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("played")
    place = Place(root / "studies", root / "scenarios", root / "result")
    do(RunRequest(scenario=SCENARIO, futures=FUTURES, variants=False), place, lambda *_: None)
    return root


@pytest.fixture
def root(played: Path, tmp_path: Path) -> Path:
    """A folder with ``studies`` and ``scenarios`` of the test's own."""
    shutil.copytree(played / "studies", tmp_path / "studies")
    (tmp_path / "scenarios").mkdir()
    return tmp_path


@pytest.fixture
def studies(root: Path) -> Studies:
    return Studies(root / "studies")


@pytest.fixture
def scenarios(root: Path) -> Scenarios:
    return Scenarios(root / "scenarios")


@pytest.fixture
def place(root: Path) -> Place:
    return Place(root / "studies", root / "scenarios", root / "result", threads=2)


@pytest.fixture
def study(studies: Studies) -> str:
    return studies.names()[0]
