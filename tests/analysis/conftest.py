"""A theatre without an argument."""

from __future__ import annotations

from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def small() -> Path:
    return Path(__file__).parents[1] / "compile" / "small.yaml"
