"""Help texts, word for word. Bless a wanted change with CONTINGENT_BLESS=1."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from contingent.cli import COMMANDS

GOLDEN = Path(__file__).parents[1] / "golden"
NAMES = ["", *COMMANDS]


@pytest.mark.parametrize("name", NAMES, ids=lambda name: name or "contingent")
def test_help_text(name: str, command) -> None:
    found = command(*([name] if name else []), "--help")
    assert found.code == 0
    golden = GOLDEN / f"help-{name or 'contingent'}.txt"
    if os.environ.get("CONTINGENT_BLESS"):
        golden.write_text(found.out, encoding="utf-8")
    assert found.out == golden.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_documents_its_exit_codes(name: str, command) -> None:
    assert "Exit codes:" in command(name, "--help").out


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_speaks_json(name: str, command) -> None:
    assert "--json" in command(name, "--help").out


def test_no_line_is_wider_than_a_terminal() -> None:
    for golden in GOLDEN.glob("help-*.txt"):
        assert max(map(len, golden.read_text(encoding="utf-8").splitlines())) <= 100
