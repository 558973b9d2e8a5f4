"""The argument as a graph, on futures that were played."""

from __future__ import annotations

import pytest

from contingent.analysis.argument import argument_record
from contingent.claims.keeping import kept_truth


@pytest.fixture(scope="module")
def shape(run):
    return argument_record(run.study, run.record)


def test_conclusions_and_premises(shape) -> None:
    (falls,) = shape["conclusions"]
    assert falls["claim"] == "ford-falls"
    assert falls["premises"] == ["ford-attacked"]
    assert shape["unmodelled"] == ["ally-should-do-more"]


def test_a_conclusion_is_looked_at_where_its_condition_comes_about(run, shape) -> None:
    truth = kept_truth(run.study.folder)
    outcome, given = truth["ford-falls/as-written"], truth["ford-falls/as-written?"]
    premise = truth["ford-attacked/as-written"]
    (falls,) = shape["conclusions"]
    assert falls["condition_met"] == given.sum()
    assert falls["our_world"]["probability"] == outcome[given].mean()
    assert falls["premises_hold"]["probability"] == premise[given].mean()
    assert falls["authors_world"]["probability"] == outcome[given & premise].mean()


def test_a_claim_whose_companion_falls_short_is_false_everywhere(run) -> None:
    record = dict(run.record)
    shown = {"do": "x", "probability": 0.0, "level": 0.2}
    record["claims"] = [{**claim, "companion": shown} for claim in record["claims"]]
    (falls,) = argument_record(run.study, record)["conclusions"]
    assert falls["our_world"]["probability"] == 0.0


def test_nobody_is_missing_where_nobody_is_named(shape) -> None:
    assert shape["named"] == []
    assert shape["conclusions"][0]["missing"] == []


def test_who_is_not_named_and_takes_the_place_is_missing(run) -> None:
    record = dict(run.record)
    record["claims"] = [{**claim, "names": ["north"]} for claim in record["claims"]]
    shape = argument_record(run.study, record)
    assert shape["unnamed"] == ["ally", "south"]
    given = kept_truth(run.study.folder)["ford-falls/as-written?"]
    taken = run["holds(south, ford)"].values[:, 9:].any(axis=1)
    (falls,) = shape["conclusions"]
    assert falls["without_unnamed"]["futures_used"] == (~taken & given).sum()
