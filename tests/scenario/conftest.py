"""The starter as a scenario to work on."""

from pathlib import Path

import pytest

from contingent.scenario.loading import load
from contingent.scenario.starter import starter
from contingent.scenario.types import Scenario


@pytest.fixture(scope="session")
def starter_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("starter") / "rivers.yaml"
    path.write_text(starter("rivers"))
    return path


@pytest.fixture(scope="session")
def rivers(starter_file: Path) -> Scenario:
    return load(starter_file)
