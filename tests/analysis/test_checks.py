"""Expectations counted against futures asked by hand."""

from __future__ import annotations

import numpy as np

from contingent.analysis.checks import check_run
from contingent.scenario.checklist import Check


def counted(run, **entries):
    check = Check.model_validate({"id": "one", "says": "It.", "expect": "some", **entries})
    return check_run([check], run.study)[0]


def test_a_state_is_asked_when_it_first_holds(run) -> None:
    found = counted(run, predicate="attacks(south, ford)", by="2020-02-15")
    truth = run["attacks(south, ford)"].values[:, : 45 + 1]
    first = truth.argmax(axis=1)[truth.any(axis=1)]
    assert found["share"] == truth.any(axis=1).mean()
    names = run.study.names
    wanted = [names.date(int(d)) for d in np.percentile(first, (5, 50, 95), method="nearest")]
    assert found["first"] == wanted


def test_days_are_counted_from_the_condition(run) -> None:
    found = counted(run, predicate="holds(south, ford)", given="attacks(south, ford)")
    attacked = run["attacks(south, ford)"].values
    taken = run["holds(south, ford)"].values
    assert found["futures"] == attacked.any(axis=1).sum()
    begun, fell = attacked.argmax(axis=1), taken.argmax(axis=1)
    both = attacked.any(axis=1) & taken.any(axis=1)
    assert found["share"] == both.sum() / found["futures"]
    if both.any():
        assert found["days"][1] == np.percentile((fell - begun)[both], 50, method="nearest")


def test_a_claim_is_only_counted(run) -> None:
    found = counted(run, predicate="never(holds(south, harbour))", expect="most")
    assert found["share"] == (~run["holds(south, harbour)"].values.any(axis=1)).mean()
    assert (found["first"], found["met"]) == ([], True)


def test_a_condition_that_never_comes(run) -> None:
    found = counted(run, predicate="holds(south, ford)", given="fighters(south) > 1000000")
    assert (found["futures"], found["share"], found["met"]) == (0, None, None)
