"""The starter's theatre, loaded and played once."""

from __future__ import annotations

from pathlib import Path

import pytest

import contingent as ct


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> ct.Scenario:
    return ct.load(ct.new("demo", folder=tmp_path_factory.mktemp("demo")))


@pytest.fixture(scope="session")
def run(demo: ct.Scenario, tmp_path_factory: pytest.TempPathFactory) -> ct.Run:
    return demo.run(200, seed=1, variants=False, studies=tmp_path_factory.mktemp("studies"))


@pytest.fixture(scope="session")
def small() -> Path:
    return Path(__file__).parents[1] / "compile" / "small.yaml"
