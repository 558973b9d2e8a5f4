"""A conditioned study kept once and asked again: what-if, drivers, watch, score, studies."""

from __future__ import annotations

from pathlib import Path

import pytest

import contingent

LIBRARY = Path(contingent.__file__).parent / "scenario" / "library"
FEW = ("--particles", "16", "--quick", "--threads", "2")
LEVER = ("--do", "republic.operations.westmill.committed=0")


@pytest.fixture
def settled(command, tmp_path: Path) -> str:
    """Two towns with two settled forecasts, a claim of because, and reports of several dates."""
    text = (LIBRARY / "two-towns.yaml").read_text(encoding="utf-8")
    for old, new in (
        ("hedge: likely, distance: direct}", "hedge: likely, settled: {verdict: true, by: me}}"),
        ("hedge: may, distance: direct}", "hedge: may, settled: {verdict: false, by: me}}"),
        ("\nreports:\n", "\nreports:\n  - {id: storm, on: 2031-03-05, published: 2031-03-06, "
         'observe: "attacks(republic, westmill)", window: 3, grade: B2, by: wire}\n'),
        ("\nclaims:\n", "\nclaims:\n  why: {says: Orders came late., kind: explanation, form: "
         '{because: too-slow, of: "holds(valley, westmill)", by: 2031-05-01}}\n'),
    ):  # fmt: skip
        assert old in text
        text = text.replace(old, new, 1)
    (tmp_path / "towns.yaml").write_text(text, encoding="utf-8")
    return "towns.yaml"


def test_levers_are_turned_in_the_worlds_that_were_kept(command) -> None:
    assert command("condition", "two-towns", *FEW, "-o", "mine").code == 0
    found = command("what-if", "two-towns", *LEVER, "-n", 40, "--json").json
    assert found["worlds"]["conditioned"] and "conditioning" in found["worlds"]["study"]
    falls = next(one for one in found["what_ifs"][0]["claims"] if one["claim"] == "westmill-falls")
    assert falls["low"] <= falls["difference"] <= falls["high"] < 0.0 and falls["clear"]
    named = command("what-if", "two-towns", "one-front", *LEVER, "--conditioned", "mine", "-n", 40)
    assert "Worlds that 1 report up to 2031-03-10 leaves (mine)" in named.out
    prior = command("what-if", "two-towns", *LEVER, "-n", 20, "--prior")
    assert prior.out.startswith("Worlds of the priors: no report is believed")
    later = command("what-if", "two-towns", *LEVER, "--from", "2031-04-01", "-n", 20)
    assert later.code == 2 and "describes day 0" in later.err


def test_without_a_conditioned_study_the_priors_are_used_and_said_so(command) -> None:
    found = command("what-if", "two-towns", *LEVER, "-n", 20, "--json").json
    assert found["worlds"] == {
        "conditioned": False, "study": None, "reports": 0, "fence": None, "hindsight": False,
        "weights": None,
    }  # fmt: skip
    lost = command("what-if", "two-towns", *LEVER, "--conditioned", "nowhere")
    assert lost.code == 2 and "contingent condition NAME -o nowhere" in lost.err
    both = command("what-if", "two-towns", *LEVER, "--conditioned", "nowhere", "--prior")
    assert both.code == 2 and "one of the two" in both.err


def test_drivers_and_watch_take_what_was_kept(command) -> None:
    assert command("condition", "two-towns", *FEW, "-o", "mine").code == 0
    asked = ("two-towns", "--claim", "strike", "-n", 60, "--conditioned", "mine")
    drivers = command("drivers", *asked, "--json").json
    assert drivers["worlds"]["study"] == "mine" and drivers["conditioned"]
    assert "after the reports, mine)" in command("watch", *asked).out


def test_the_model_is_scored_before_and_after_and_followed(command, settled: str) -> None:
    assert command("run", settled, "-n", 60, "--no-variants").code == 0
    alone = command("score", settled, "--json").json
    assert alone["conditioned"] is None and "conditioned" not in alone["means"]
    refused = command("score", settled, "--trail")
    assert refused.code == 2 and "contingent condition" in refused.err
    assert command("condition", settled, *FEW).code == 0
    found = command("score", settled, "--trail", "--json").json
    assert {"author_middle", "model", "conditioned", "base_rate"} <= set(found["means"])
    assert found["ranking"] is None and found["clusters"] == 2
    falls = found["trail"]["claims"][0]
    assert falls["id"] == "westmill-falls"
    assert [one["date"] for one in falls["points"]] == [None, "2031-03-06", "2031-03-09"]
    text = command("score", settled, "--trail").out
    assert "Nobody is ranked on fewer than 30" in text and "model, after reports" in text
    assert "before any" in text and "2031-03-06" in text


def test_because_is_answered_by_a_run_and_after_the_reports(command, settled: str) -> None:
    claims = command("run", settled, "-n", 120, "--no-variants", "--json").json["claims"]
    why = next(one for one in claims if one["id"] == "why")
    assert why["status"] == "evaluated"
    assert [one["asks"] for one in why["because"]] == ["necessity", "sufficiency"]
    found = command("condition", settled, *FEW, "--json").json
    after = next(one for one in found["claims"] if one["id"] == "why")
    assert set(after["readings_before_and_after"]) == {"necessary", "sufficient"}
    assert "because too-slow: undone" in command("condition", settled, *FEW).out


def test_hindsight_is_stamped(command, settled: str) -> None:
    more = ("--as-of", "2031-04-01", "--hindsight", "-o", "later")
    assert command("condition", settled, *FEW, *more).code == 0
    found = command("what-if", settled, *LEVER, "--conditioned", "later", "-n", 20)
    assert "HINDSIGHT" in found.out
    assert not command("what-if", settled, *LEVER, "-n", 20, "--json").json["worlds"]["conditioned"]
    assert command("run", settled, "-n", 40, "--no-variants").code == 0
    assert "HINDSIGHT" in command("score", settled, "--conditioned", "later", "--trail").out


def test_conditioned_studies_are_listed(command) -> None:
    assert command("condition", "two-towns", *FEW, "-o", "studies/mine").code == 0
    found = command("studies", "--json").json
    assert {one["study"] for one in found["conditioned"]} >= {"studies/mine"}
    assert all(one["scenario"] == "two-towns" for one in found["conditioned"])
    text = command("studies").out
    assert "studies/mine" in text and "conditioned on 1 report" in text
