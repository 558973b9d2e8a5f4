"""The flagship's hindcast: frozen first, run once, and listed as it is."""

import json
from datetime import date
from pathlib import Path

import pandas as pd
import pytest
from validation.hindcast import Plan, Refused

import contingent
from contingent.scenario.document import LIBRARY
from validation import hindcast

FACT = '  facts: [{on: 2031-03-01, fact: "holds(republic, eastford)"}, '
LATER = '{on: 2031-04-01, fact: "holds(republic, westmill)"}, '
CHECKS = """
checks: two-towns
expect:
  - id: falls
    says: Westmill falls.
    predicate: holds(republic, westmill)
    by: 2031-05-01
    expect: most
  - id: soon
    says: It falls at once.
    predicate: holds(republic, westmill)
    by: 2031-03-15
    expect: rare
  - id: struck
    says: Eastford is attacked.
    predicate: attacks(league, eastford)
    expect: some
  - id: lost
    says: It falls once attacked.
    predicate: holds(league, eastford)
    given: attacks(league, eastford)
    expect: some
"""


@pytest.fixture
def plan(tmp_path: Path) -> Plan:
    """The tutorial with a known end, two futures of which are told apart by hand below."""
    text = (LIBRARY / "two-towns.yaml").read_text(encoding="utf-8")
    assert FACT in text
    text = text.replace(FACT, FACT + LATER).replace("westmill: 2031-03-10", "westmill: 2031-08-31")
    (tmp_path / "known.yaml").write_text(text, encoding="utf-8")
    (tmp_path / "two-towns.checks.yaml").write_text(CHECKS, encoding="utf-8")
    return Plan(str(tmp_path / "known.yaml"), 60, 1, tmp_path)


def here(_: Path) -> bool:
    return True


def test_nothing_is_played_before_it_is_frozen_and_committed(plan: Plan) -> None:
    with pytest.raises(Refused, match="missing"):
        hindcast.allowed(plan, again=False, is_committed=here)
    hindcast.freeze(plan)
    with pytest.raises(Refused, match="not committed"):
        hindcast.allowed(plan, again=True, is_committed=lambda _: False)
    assert hindcast.allowed(plan, again=False, is_committed=here) == 1
    kept = json.loads(plan.frozen.read_text())
    plan.frozen.write_text(json.dumps({**kept, "program": "another", "seed": 2}))
    with pytest.raises(Refused, match="seed, program changed"):
        hindcast.allowed(plan, again=True, is_committed=here)


def test_a_run_is_scored_once_and_a_second_says_so(plan: Plan) -> None:
    hindcast.freeze(plan)
    tables = hindcast.run(plan, is_committed=here)
    (row,) = tables["forecasts"].to_dict("records")
    assert (row["claim"], row["came_true"], row["settled_by"]) == (
        "westmill-falls",
        True,
        "history",
    )
    claims = tables["claims"].set_index("id")
    assert row["model"] == claims.loc["westmill-falls", "probability"]
    assert row["brier_model"] == pytest.approx((1 - row["model"]) ** 2)
    assert "outside view" in claims.loc["westmill-falls", "outside_view"]
    assert set(tables["scores"]["rank"]) == {"none"}
    assert set(tables["scores"]["settled_clusters"]) == {1}
    left_out = set(tables["left_out"]["claim"])
    assert left_out | {"westmill-falls"} == set(claims.index)
    sanity = tables["sanity"].set_index("id")["happened"]
    assert sanity.to_dict() == {
        "falls": "yes",
        "soon": "no",
        "struck": "not told",
        "lost": "not told",
    }

    first = (plan.results / "hindcast_forecasts.csv").read_bytes()
    with pytest.raises(Refused, match="was run 1 time"):
        hindcast.run(plan, is_committed=here)
    again = hindcast.run(plan, again=True, is_committed=here)
    assert again["forecasts"].equals(tables["forecasts"])
    assert (plan.results / "hindcast_forecasts.csv").read_bytes() == first
    runs = pd.read_csv(plan.runs)
    assert runs["run"].tolist() == [1, 2] and runs["first"].tolist() == [True, False]


def test_the_frozen_flagship_weighs_no_report_and_ends_at_the_fence() -> None:
    frozen = hindcast.frozen_now(Plan())
    assert frozen["fence"] == "2016-12-12" and frozen["reports_weighed"] == 0
    assert {"palmyra-2016.yaml", "syria-2016.yaml", "calibrated.csv"} <= set(frozen["files"])
    assert (frozen["seed"], frozen["futures"]) == (20161212, 2_000)


def test_what_happened_is_read_off_the_facts() -> None:
    scenario = contingent.load("palmyra-2016")
    told = {check.id: hindcast.what_happened(scenario.spec.theatre, check)
            for check in scenario.checks}  # fmt: skip
    assert told["aleppo-taken"] is True and told["raqqa-at-once"] is False
    theatre = scenario.spec.theatre
    days = {check.id: hindcast.happened_on(theatre, check) for check in scenario.checks}
    assert days["aleppo-taken"] == date(2016, 12, 22) and days["al-bab-taken"] == date(2017, 2, 23)
    assert days["raqqa-at-once"] is None and days["raqqa-taken"] == date(2017, 10, 17)
    assert told["damascus-lost"] is False and told["t4-reinforced"] is None


def test_the_committed_tables_are_those_of_the_frozen_run(capsys) -> None:
    tables, frozen = hindcast.committed_tables(), Plan().frozen
    hindcast.main(["--show"])
    shown = capsys.readouterr().out
    if not tables:
        assert "has not been run" in shown
        return
    runs = pd.read_csv(Plan().runs)
    assert (
        runs.loc[0, "first"] and runs.loc[0, "digest"] == json.loads(frozen.read_text())["digest"]
    )
    assert "forecasts" in tables and "model" in tables["forecasts"]
    assert (tables["scores"]["settled_clusters"] >= 30).all() or set(tables["scores"]["rank"]) == {
        "none"
    }
