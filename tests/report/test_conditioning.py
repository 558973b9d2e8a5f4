"""What the printed account says first, and what it never says."""

from __future__ import annotations

from io import StringIO
from typing import Any

import pytest
from rich.console import Console

from contingent.report.conditioning import other_grades, print_conditioning, warnings

CHANCE = {"probability": 0.25, "low": 0.2, "high": 0.3, "effective": 200.0}
SHARE = {"value": 0.3, "low": 0.1, "high": 0.5, "worlds": 100}
NONE = {"value": float("nan"), "low": float("nan"), "high": float("nan"), "worlds": 3}


def explanation(name: str, posterior: float | None) -> dict[str, Any]:
    return {
        "name": name, "prior": 0.5, "posterior": posterior, "low": posterior, "high": posterior,
        "log_evidence": -3.0, "log_evidence_sd": float("nan"), "roots": 40, "judgement": "about",
    }  # fmt: skip


@pytest.fixture
def record() -> dict[str, Any]:
    recovery = [{"name": "a", "first": 0.5, "clear": 0.1, "undecided": 0.0}]
    pairs = [{"one": "a", "other": "b", "separable": True, "telling": "R"}]
    return {
        "hindsight": True, "fence": "2020-02-01", "event": "fell", "says": "Nothing is separated.",
        "refused_reports": [{"id": "late", "where": "x.yaml:3", "reason": "published later"}],
        "never_together": [("R", "S")], "same": [("a", "b")],
        "expected": [{"id": "odd", "possible": False}, {"id": "R", "possible": True}],
        "separability": {"all": {"recovery": recovery, "pairs": pairs}},
        "explanations": [explanation("a", 0.7), explanation("b", 0.3)],
        "evidence": [{"id": "R", "date": "2020-01-02", "bits": {"a": -1.0, "b": -2.0}}],
        "diagnosticity": ["R"],
        "grades": {"strict": {"a": {"posterior": 0.6, "sound": True},
                              "b": {"posterior": 0.4, "sound": False}}},
        "causes": [
            {"factors": ["a"], "event_before_reports": 0.1, "still_without": SHARE,
             "sufficiency": NONE},
            {"factors": ["a", "b"], "event_before_reports": 0.1, "still_without": None,
             "sufficiency": SHARE},
        ],
        "claims": [
            {"id": "falls", "prior": CHANCE, "conditioned": CHANCE},
            {"id": "ought", "prior": None, "conditioned": None},
        ],
    }  # fmt: skip


def printed(record: dict[str, Any]) -> str:
    target = StringIO()
    print_conditioning(record, Console(file=target, width=100))
    return target.getvalue()


def test_what_could_be_told_comes_before_what_is(record: dict[str, Any]) -> None:
    text = printed(record)
    assert (
        text.index("HINDSIGHT")
        < text.index("Could reports like these")
        < text.index("log evidence")
    )
    assert "a / b (by R)" in text and "+0.5" in text and "a + b" in text
    assert "falls" in text and "ought" not in text


def test_warnings_name_reports_and_twins(record: dict[str, Any]) -> None:
    lines = warnings(record)
    assert lines[1] == "not used: x.yaml:3: late: published later"
    assert "no path of the prior gives both R and S" in lines
    assert "no path of the prior gives odd" in lines
    assert lines[-1].startswith("a and b are the same model")


def test_other_grades_are_said_unless_odds_are_refused(record: dict[str, Any]) -> None:
    assert other_grades(record) == [
        "Grades read as strict: a 60, b 40; run again with --grades strict for b."
    ]
    record["explanations"][0]["posterior"] = None
    assert other_grades(record) == []


def test_without_an_event_or_claims(record: dict[str, Any]) -> None:
    text = printed(record | {"causes": [], "claims": [], "hindsight": False})
    assert "--event" in text and "Claims" not in text and "HINDSIGHT" not in text
