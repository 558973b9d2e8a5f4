"""A verdict on every claim before and after the reports."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from contingent.claims.assess import Pipeline
from contingent.claims.companions import Playing, needed
from contingent.claims.factors import because
from contingent.claims.judging import asked_of_factors
from contingent.compile import compile_scenario
from contingent.infer.branches import Step, ask, conditioned_worlds
from contingent.infer.condition import Conditioned, Settings, condition
from contingent.infer.explanations import Assumed, assumed
from contingent.infer.reports import select
from contingent.infer.verdicts import claims_before_and_after
from contingent.scenario.types import Scenario
from contingent.scenario.types_argument import Argument

SETTINGS = Settings(particles=40, sweeps=1, replicates=2, seed=3, threads=2)
FALLS = "eventually(holds(north, mill), by=2020-03-01)"
CLAIMS = {
    "falls": {"says": "Mill falls.", "kind": "forecast", "holds": FALLS},
    "set": {"says": "With nobody on the hill it holds.", "kind": "forecast",
            "do": {"north.forces.hill.mobile": 0}, "holds": f"not {FALLS}"},
    "both": {"says": "x", "kind": "conditional", "do": {"north.forces.hill.mobile": 0},
             "holds": FALLS, "given": "eventually(attacks(north, mill), by=2020-02-15)"},
    "nobody": {"says": "x", "kind": "conditional", "holds": FALLS,
               "given": "losses(south) > 1000000"},
    "only": {"says": "x", "kind": "forecast", "form": {
        "only": "north", "could": "holds(it, mill)", "level": 1.0,
        "do": {"north.forces.hill.mobile": 0}}},
    "lost": {"says": "x", "kind": "forecast", "holds": FALLS, "do": {"north.nowhere": 1}},
    "why": {"says": "x", "kind": "explanation",
            "form": {"because": "many", "of": "holds(north, mill)", "by": "2020-03-01"}},
    "ought": {"says": "x", "kind": "normative"},
    "mood": {"says": "x", "kind": "forecast", "unmodelled": "no mood is modelled"},
}  # fmt: skip
RUN_KEYS = {
    "id", "says", "kind", "status", "probability", "low", "high", "variants_low", "variants_high",
    "futures_used", "settled", "settled_by", "hedge_low", "hedge_high", "wording_low",
    "wording_high", "distance", "cluster", "reason", "readings", "plain", "given", "do", "void",
    "bases", "decision_half_unvalidated", "decision_half", "outside_view", "because",
}  # fmt: skip


@pytest.fixture(scope="module")
def claimed(argued: Scenario, argument: dict[str, Any]) -> Scenario:
    explanations = {name: argument["explanations"][name] for name in ("many", "blind")}
    written = argument | {"claims": CLAIMS, "explanations": explanations}
    return replace(argued, argument=Argument.model_validate(written))


@pytest.fixture(scope="module")
def explained(claimed: Scenario) -> dict[str, Assumed]:
    return assumed(claimed, select(claimed.theatre, compile_scenario(claimed).names))


@pytest.fixture(scope="module")
def done(explained: dict[str, Assumed]) -> dict[str, Conditioned]:
    return condition({name: one.problem for name, one in explained.items()}, SETTINGS)


@pytest.fixture(scope="module")
def rows(
    claimed: Scenario, explained: dict[str, Assumed], done: dict[str, Conditioned]
) -> dict[str, dict[str, Any]]:
    weights = {"many": 0.5, "blind": 0.0, "unexplained": 0.5}
    found = claims_before_and_after(claimed, explained, done, weights, 80, SETTINGS)
    assert [row["id"] for row in found] == list(CLAIMS)
    return {row["id"]: row for row in found}


def test_a_row_is_that_of_a_run_with_before_and_after(rows: dict[str, dict[str, Any]]) -> None:
    for row in rows.values():
        assert set(row) >= RUN_KEYS | {"prior", "conditioned", "by_explanation"}
    falls = rows["falls"]
    assert falls["probability"] == falls["conditioned"]["probability"]
    assert set(falls["by_explanation"]) == {"many", "blind", "unexplained"}
    for side in ("prior", "conditioned"):
        one = falls[side]
        assert 0.0 <= one["low"] <= one["probability"] <= one["high"] <= 1.0
        assert one["ess"] > 1.0


def test_the_average_is_that_of_the_explanations_by_weight(
    rows: dict[str, dict[str, Any]],
) -> None:
    row = rows["falls"]
    each = {name: one["conditioned"]["probability"] for name, one in row["by_explanation"].items()}
    assert row["conditioned"]["probability"] == pytest.approx(
        0.5 * each["many"] + 0.5 * each["unexplained"]
    )


def test_what_a_claim_supposes_is_set_in_the_worlds_that_are_left(
    rows: dict[str, dict[str, Any]],
) -> None:
    with_nobody = rows["set"]
    assert with_nobody["status"] == "evaluated"
    assert with_nobody["probability"] == with_nobody["do"]["probability"] >= 0.9
    assert with_nobody["plain"]["probability"] == pytest.approx(1.0 - rows["falls"]["probability"])
    both = rows["both"]
    assert both["probability"] == both["given"]["probability"]
    assert both["do_before_and_after"]["conditioned"]["probability"] <= 0.1
    assert both["do"]["probability"] == both["do_before_and_after"]["conditioned"]["probability"]


def test_a_condition_that_no_particle_meets_is_said_so(rows: dict[str, dict[str, Any]]) -> None:
    row = rows["nobody"]
    assert row["status"] == "too_few" and row["conditioned"]["probability"] is None
    assert "no particle meets its condition (losses(south) > 1000000): 0 of" in row["reason"]


def test_a_companion_that_falls_short_voids_the_reading(rows: dict[str, dict[str, Any]]) -> None:
    row = rows["only"]
    assert row["companion"]["probability"] < 1.0
    assert row["readings"]["nobody-else"] == 0.0
    assert row["conditioned"]["probability"] == 0.0


def test_what_cannot_be_set_or_said_is_listed_with_its_reason(
    rows: dict[str, dict[str, Any]],
) -> None:
    assert rows["lost"]["status"] == "unmodelled" and "nowhere" in rows["lost"]["reason"]
    assert rows["ought"]["status"] == "not_truth_apt"
    assert rows["mood"]["reason"] == "no mood is modelled"
    assert all(rows[name]["prior"] is None for name in ("lost", "ought", "mood"))


def test_because_is_the_factor_undone_in_the_worlds_that_have_it(
    rows: dict[str, dict[str, Any]],
    claimed: Scenario,
    explained: dict[str, Assumed],
    done: dict[str, Conditioned],
) -> None:
    pipeline = Pipeline(claimed, Playing(1, 1))
    asked = asked_of_factors(pipeline.claims, pipeline.since)["many"]
    worlds = conditioned_worlds(explained["many"], done["many"], 80)
    under, without = (
        ask(worlds, Step(compile_scenario(explained[name].scenario, needed(asked)), asked), 3)
        for name in ("many", "unexplained")
    )
    columns = because("necessity", under["because why/necessary"], without["because why/necessary"])
    assert columns.given is not None
    row = rows["why"]
    assert row["by_explanation"].keys() == {"many"}
    necessary = row["because"][0]
    assert necessary["futures_used"] == int(columns.given.sum())
    if necessary["probability"] is not None:
        share = np.mean(columns.outcome[columns.given])
        assert necessary["probability"] == pytest.approx(float(share))
        assert row["probability"] == necessary["probability"]
    assert set(row["readings_before_and_after"]) == {"necessary", "sufficient"}
