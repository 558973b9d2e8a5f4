"""A small scenario file, and one that has been played."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

Command = Callable[..., Any]


@pytest.fixture
def demo(command: Command) -> str:
    """Name of a small scenario file in the folder."""
    assert command("new", "demo").code == 0
    return "demo.yaml"


@pytest.fixture
def played(command: Command, demo: str) -> str:
    """Name of a scenario with a study of 120 futures."""
    assert command("run", demo, "-n", 120, "--no-variants").code == 0
    return "demo-argument"
