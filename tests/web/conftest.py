"""A server in this process over one small study, and a copy of its folders for each test."""

from __future__ import annotations

import shutil
import warnings
from collections.abc import Iterator
from pathlib import Path

import pytest

import contingent as ct
from contingent.jobs.studies import keep_source
from contingent.scenario.document import LIBRARY
from contingent.web.app import create_app
from contingent.web.settings import Settings

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # it would rather have another httpx
    from fastapi.testclient import TestClient

HERE = "http://127.0.0.1:8765"


@pytest.fixture(scope="session")
def served(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("served")
    run = ct.load("two-towns").run(100, variants=False, studies=root / "studies")
    keep_source(run.study.folder, LIBRARY / "two-towns.yaml")
    return root


@pytest.fixture
def settings(served: Path, tmp_path: Path) -> Settings:
    shutil.copytree(served / "studies", tmp_path / "studies")
    (tmp_path / "scenarios").mkdir()
    return Settings(tmp_path / "studies", tmp_path / "scenarios", threads=2)


@pytest.fixture
def client(settings: Settings) -> Iterator[TestClient]:
    with TestClient(create_app(settings), base_url=HERE) as one:
        yield one


@pytest.fixture
def study(settings: Settings) -> str:
    return next(path.parent.name for path in settings.studies.glob("*/manifest.json"))
