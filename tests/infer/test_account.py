"""The whole account of a conditioned theatre, and its commands."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from validation.conditioning.exact_models import counts

from contingent.errors import SettingError
from contingent.infer.account import (
    Budget,
    budget_of,
    condition_scenario,
)
from contingent.infer.afterwards import Counted, chance_of
from contingent.infer.causes import Effort
from contingent.infer.condition import Settings
from contingent.infer.explanations import Pair
from contingent.infer.record import in_a_sentence, is_stated
from contingent.infer.replicates import combine
from contingent.infer.separability import PairRecovery, Separability
from contingent.infer.smc import first_state
from contingent.infer.sources import read_sources, reading_of
from contingent.scenario.types import Scenario

BUDGET = Budget(
    Settings(particles=16, sweeps=1, replicates=2, seed=1, threads=2),
    prior_paths=60, sets=5, claim_futures=16,
    effort=Effort(each=8, worlds=40, variant_each=4, variant_worlds=12), let_out=1,
)  # fmt: skip
EXPLANATION_KEYS = {
    "name", "prior", "posterior", "low", "high", "log_evidence", "log_evidence_sd", "ess",
    "separated",
}  # fmt: skip


@pytest.fixture(scope="module")
def record(argued: Scenario, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    stages: list[str] = []
    found = condition_scenario(
        argued, BUDGET, folder=tmp_path_factory.mktemp("kept"), stage=stages.append
    )
    assert stages == [
        "separability", "conditioning", "leaving out", "causes", "widths", "claims", "other grades",
    ]  # fmt: skip
    return found


def test_the_record_has_what_is_promised(record: dict[str, Any]) -> None:
    assert all(set(row) >= EXPLANATION_KEYS for row in record["explanations"])
    names = [row["name"] for row in record["explanations"]]
    assert all(set(row["bits"]) == set(names) for row in record["evidence"])
    assert [row["id"] for row in record["evidence"]] == ["seen", "attacked", "fell"]
    assert set(record["diagnosticity"]) == {"seen", "attacked", "fell"}
    assert record["event"] == "fell" and record["same"] == [("few", "again")]
    groups = [tuple(row["factors"]) for row in record["causes"]]
    assert groups[:4] == [("many",), ("few",), ("again",), ("blind",)]
    assert len(groups) == 4 + 6 and ("many", "blind") in groups
    assert all(row["sufficiency"]["variants"] == 12 for row in record["causes"])
    assert [row["name"] for row in record["traces"]] == names
    assert set(record["widths"]) == {"many", "few", "again", "blind"}
    assert record["widths"]["blind"]["robust"] is None
    again = [row for rows in record["left_out"].values() for row in rows if row["again"]]
    assert len(again) <= len(names)
    assert set(record["grades"]) == {"generous", "strict"}
    json.dumps(record, default=str)


def test_what_is_refused_gives_no_posterior(record: dict[str, Any]) -> None:
    refused = [row for row in record["explanations"] if row["judgement"] == "refused"]
    assert refused and record["says"].startswith("No odds are given")
    assert all(row["posterior"] is None for row in record["explanations"])
    assert not any(row["separated"] for row in record["explanations"])
    assert all(row["says"] == "not separated" for row in record["pairs"])


def test_every_claim_is_listed_before_and_after(record: dict[str, Any]) -> None:
    status = {row["id"]: row["status"] for row in record["claims"]}
    assert status["falls"] == "evaluated" and status["ought"] == "not_truth_apt"
    assert status["set"] == "evaluated" and status["rare"] == "too_few"
    falls = next(row for row in record["claims"] if row["id"] == "falls")
    assert 0.0 <= falls["prior"]["low"] <= falls["prior"]["probability"] <= 1.0
    assert set(falls["by_explanation"]) == {row["name"] for row in record["explanations"]}


def test_a_preference_needs_clear_odds_and_recovery() -> None:
    assert in_a_sentence({"one": None}, [], {}, {}).startswith("There is one")  # type: ignore[dict-item]

    class Run:
        def __init__(self, judgement: str, hard: list[str]) -> None:
            self.judgement, self.hard_reports = judgement, hard
            self.evidence, self.collapses = combine([-1.0, -9.0]), "seen"
            self.roots, self.states = 5, [first_state(counts(), (1, 0), 10)] * 4

    two: Any = {"one": None, "other": None}
    odds = [Pair("one", "other", 1.2, 0.1, True)]
    fine: Any = {"one": Run("fine", []), "other": Run("fine", [])}
    pair = ("one", "other")
    assert in_a_sentence(two, odds, {pair: True}, fine).startswith(
        "one is about three times likelier than other. 0 of 1 pairs"
    )
    assert "not separated" in in_a_sentence(two, odds, {pair: False}, fine)
    turned = [odds[0]._replace(log_odds=-1.2)]
    assert in_a_sentence(two, turned, {pair: True}, fine).startswith("other is about three times")
    bad: Any = {"one": Run("refused", ["fell"]), "other": Run("fine", [])}
    said = in_a_sentence(two, odds, {pair: False}, bad)
    assert "differ by more than a nat" in said and "too few first particles" in said
    assert "--particles 160" in said and said.endswith("the runs part: seen, fell.")
    row = PairRecovery("one", "other", 0.9, 2.0, "fell", 1.0)
    table = Separability(10, 5, False, (), (row,))
    assert is_stated(odds[0], {"all": table})
    shaky = Separability(10, 5, False, (), (row._replace(right=0.6),))
    assert not is_stated(odds[0], {"all": shaky})


def test_probabilities_are_averaged_by_weight() -> None:
    tables = {
        "a": {"c": [Counted(20, 20), Counted(20, 20)]},
        "b": {"c": [Counted(20, 0), Counted(20, 0)]},
    }
    even = chance_of(tables, {"a": 0.5, "b": 0.5}, "c")
    assert even.probability == 0.5 and even.effective == 80.0
    assert chance_of(tables, {"a": 1.0, "b": 0.0}, "c").probability == 1.0
    few = chance_of({"a": {"c": [Counted(3, 1)]}}, {"a": 1.0}, "c")
    assert few.probability is None and few.effective == 3.0
    unlike = {"a": {"c": [Counted(100, 90), Counted(100, 50)]}}
    assert chance_of(unlike, {"a": 1.0}, "c").effective < 10.0


def test_budgets() -> None:
    assert budget_of(None, 1).settings.particles == 1_600
    assert budget_of(None, 1, quick=True).settings.each == 40
    assert budget_of(80, 1, quick=True).settings.particles == 80


def test_sources_name_the_line_of_each_report(tmp_path: Path) -> None:
    path = tmp_path / "more.csv"
    path.write_text(
        'id,on,published,observe,grade\nmore,2031-03-05,2031-03-06,"holds(league, westmill)",A1\n'
    )
    scenario, marks = read_sources("two-towns", path)
    assert [report.id for report in scenario.theatre.reports][-1] == "more"
    assert marks["more"] == f"{path}:2" and ":" in marks["first-contact"]
    assert reading_of("strict") == "strict"
    with pytest.raises(SettingError, match="published or generous or strict"):
        reading_of("kind")
