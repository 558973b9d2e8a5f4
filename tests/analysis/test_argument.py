"""The argument as a graph, on futures that were played."""

from __future__ import annotations

import numpy as np
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


def test_a_conditional_counts_where_it_is_not_contradicted(run, shape) -> None:
    truth = kept_truth(run.study.folder)
    outcome, given = truth["ford-falls/as-written"], truth["ford-falls/as-written?"]
    (falls,) = shape["conclusions"]
    assert falls["our_world"]["probability"] == np.mean(outcome | ~given)
    premise = truth["ford-attacked/as-written"]
    assert falls["premises_hold"]["probability"] == premise.mean()
    assert falls["authors_world"]["probability"] == (outcome | ~given)[premise].mean()


def test_nobody_is_missing_where_nobody_is_named(shape) -> None:
    assert shape["named"] == []
    assert shape["conclusions"][0]["missing"] == []


def test_who_is_not_named_and_takes_the_place_is_missing(run) -> None:
    record = dict(run.record)
    record["claims"] = [{**claim, "names": ["north"]} for claim in record["claims"]]
    shape = argument_record(run.study, record)
    assert shape["unnamed"] == ["ally", "south"]
    taken = run["holds(south, ford)"].values[:, 9:].any(axis=1)
    (falls,) = shape["conclusions"]
    alone = falls["without_unnamed"]
    assert alone["futures_used"] == (~taken).sum()
