"""What the printed account says first, and what it never says."""

from __future__ import annotations

from io import StringIO
from typing import Any

import pytest
from rich.console import Console

from contingent.report.conditioning import other_grades, print_conditioning, warnings

CHANCE = {"probability": 0.25, "low": 0.2, "high": 0.3, "effective": 200.0, "ess": 200.0}
VARIED = {"variants_low": 0.2, "variants_high": 0.6, "variants_answered": 11, "variants": 12}
SHARE = {"value": 0.3, "low": 0.1, "high": 0.5, "worlds": 100} | VARIED
NAN = float("nan")
NONE = {
    "value": NAN, "low": NAN, "high": NAN, "worlds": 3, "variants_low": None,
    "variants_high": None, "variants_answered": 0, "variants": 0,
}  # fmt: skip
WEIGHT = {"value": 0.7, "low": 0.6, "high": 0.8}


def explanation(name: str, posterior: float | None) -> dict[str, Any]:
    return {
        "name": name, "prior": 0.5, "posterior": posterior, "low": posterior, "high": posterior,
        "log_evidence": -3.0, "log_evidence_sd": float("nan"), "roots": 40, "judgement": "about",
        "unsettled": 3,
    }  # fmt: skip


@pytest.fixture
def record() -> dict[str, Any]:
    recovery = [{"name": name, "first": 0.5, "clear": 0.1, "undecided": 0.0} for name in "ab"]
    pairs = [{"one": "a", "other": "b", "separable": True, "telling": "R", "right": 0.9}]
    return {
        "hindsight": True, "fence": "2020-02-01", "event": "fell", "says": "Nothing is separated.",
        "refused_reports": [{"id": "late", "where": "x.yaml:3", "reason": "published later"}],
        "never_together": [("R", "S")], "same": [("a", "b")],
        "expected": [{"id": "odd", "possible": False}, {"id": "R", "possible": True}],
        "separability": {"all": {"recovery": recovery, "pairs": pairs}},
        "explanations": [explanation("a", 0.7), explanation("b", 0.3)],
        "scenario": "small",
        "evidence": [
            {"id": "R", "date": "2020-01-02", "bits": {"a": -1.0, "b": -2.0},
             "error": {"a": 0.1, "b": 0.1}, "words": "about two times likelier under a than b"},
        ],
        "diagnosticity": ["R"],
        "over_time": [
            {"date": "2020-01-02", "reports": 1, "weights": {"a": WEIGHT, "b": WEIGHT}},
            {"date": "2020-01-09", "reports": 2, "weights": None},
        ],
        "sets": [
            {"name": "size", "declared": True, "refused": [],
             "weights": [{"name": "a", "prior": 0.5, "author": WEIGHT, "equal": 0.7,
                          "halved": 0.5, "doubled": 0.8}]},
            {"name": "", "declared": False, "refused": ["b"], "weights": []},
        ],
        "left_out": {
            "a": [{"report": "R", "log_evidence": -2.0, "judgement": "fine", "again": False,
                   "pareto_k": 0.4}],
            "b": [{"report": "R", "log_evidence": -2.0, "judgement": "refused", "again": False,
                   "pareto_k": 0.9}],
        },
        "traces": [
            {"name": "a", "event": 0.2, "low": 0.1, "high": 0.3, "log_traces": -2.0, "error": 0.1},
            {"name": "b", "event": 0.0, "low": 0.0, "high": 0.1, "log_traces": NAN, "error": NAN},
        ],
        "widths": {"a": {"says": "a: robust to ranges half or twice as wide"}},
        "grades": {"strict": {"a": {"posterior": 0.6, "sound": True},
                              "b": {"posterior": 0.4, "sound": False}}},
        "causes": [
            {"factors": ["a"], "event_before_reports": 0.1, "still_without": SHARE,
             "sufficiency": NONE, "necessity": 0.7},
            {"factors": ["a", "b"], "event_before_reports": 0.1, "still_without": NONE,
             "sufficiency": SHARE, "necessity": NAN},
        ],
        "claims": [
            {"id": "falls", "status": "evaluated", "prior": CHANCE, "conditioned": CHANCE,
             "do": None, "do_before_and_after": None, "companion": None, "because": [],
             "by_explanation": {}},
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
    assert "falls" in text and "Not evaluated (nothing in a future answers them): ought." in text
    assert "If exactly one of size is true" in text and "20–60 (11/12)" in text
    assert "After 2020-01-02 (1 reports): a 60–80, b 60–80." in text
    assert "After 2020-01-09 (2 reports): the runs differ by more than a nat." in text
    assert "R: about two times likelier under a than b." in text
    assert "a: most by R, evidence times 2.7 without it (Pareto k 0.4)" in text
    assert "--rerun-left-out): b: R." in text
    assert "a: robust to ranges" in text and "-2.00" in text
    assert text.rstrip().endswith("Nothing is separated.")


def test_warnings_name_reports_and_twins(record: dict[str, Any]) -> None:
    lines = warnings(record)
    assert lines[1] == "not used: x.yaml:3: late: published later"
    assert "no path of the prior gives both R and S: they contradict" in lines
    assert "no path of the prior gives odd: only carelessness explains it" in lines
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
