"""The report command: formats by ending, answers kept, changed scenarios refused."""

from __future__ import annotations

import json
from pathlib import Path

import pytest


@pytest.fixture
def study(command) -> str:
    """A study of the starter in the empty folder."""
    assert command("new", "demo").code == 0
    played = command("run", "demo.yaml", "--futures", "60", "--no-variants", "--json")
    return str(played.json["study"])


def test_a_page_and_a_brief(command, study) -> None:
    options = ("--what-if-futures", "40", "--scenario", "demo.yaml")
    made = command("report", study, "-o", "page.html", "--futures", "3", *options, "--json")
    assert made.code == 0, made.err
    assert made.json["played_back"] == 3
    assert made.json["conditioned"] is None
    assert made.json["bytes"] == Path("page.html").stat().st_size
    kept = json.loads(Path(study, "what-ifs.json").read_text(encoding="utf-8"))
    assert kept["futures"] == 40 and kept["answers"]
    brief = command("report", "demo.yaml", "-o", "brief.md", "--what-if-futures", "40")
    assert brief.code == 0, brief.err
    assert "Written: brief.png" in brief.out
    assert "what-ifs" not in brief.err


def test_what_cannot_be_written(command, study) -> None:
    found = command("report", study, "-o", "x.pdf", "--scenario", "demo.yaml")
    assert found.code == 2
    assert "x.pdf" in found.err and "html" in found.err
    changed = command("report", study, "-o", "x.html", "--scenario", "two-towns")
    assert changed.code == 2
    assert "before it was changed" in changed.err
    assert not Path("x.html").exists()
