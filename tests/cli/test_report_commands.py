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


def test_the_article_kept_with_a_study_is_shown_without_being_named(command, study) -> None:
    Path(study, "article.txt").write_text("Kept beside it.", encoding="utf-8")
    Path("other.txt").write_text("Named by hand.", encoding="utf-8")
    few = ("--what-if-futures", "0", "--futures", "0", "--scenario", "demo.yaml")
    assert command("report", study, "-o", "kept.html", *few).code == 0
    assert command("report", study, "-o", "other.html", *few, "--article", "other.txt").code == 0
    for name, shown, hidden in (
        ("kept.html", "Kept beside it.", "Named by hand."),
        ("other.html", "Named by hand.", "Kept beside it."),
    ):
        page = Path(name).read_text(encoding="utf-8")
        assert shown in page and hidden not in page


def test_what_cannot_be_written(command, study) -> None:
    found = command("report", study, "-o", "x.pdf", "--scenario", "demo.yaml")
    assert found.code == 2
    assert "x.pdf" in found.err and "html" in found.err
    changed = command("report", study, "-o", "x.html", "--scenario", "two-towns")
    assert changed.code == 2
    assert "before it was changed" in changed.err
    assert not Path("x.html").exists()
