"""Verdicts counted from columns."""

import json

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binomtest

from contingent.claims.verdict import (
    Columns,
    Ruling,
    Statement,
    estimate,
    judge,
    rule,
    wilson,
)

FALL = Statement("fall", "The ford falls.", "forecast", hedge=(0.55, 0.8))
PROMISED = {"id", "says", "kind", "status", "probability", "low", "high", "variants_low"}
PROMISED |= {"variants_high", "futures_used", "settled", "hedge_low", "hedge_high"}


def column(true: int, of: int) -> np.ndarray:
    return np.arange(of) < true


@given(st.integers(1, 5000), st.data())
def test_wilson_as_scipy_has_it(trials: int, data: st.DataObject) -> None:
    successes = data.draw(st.integers(0, trials))
    theirs = binomtest(successes, trials).proportion_ci(method="wilson")
    assert wilson(successes, trials) == pytest.approx((theirs.low, theirs.high), abs=1e-12)
    low, high = wilson(successes, trials)
    assert 0 <= low <= successes / trials <= high <= 1


def test_a_plain_claim_is_a_share_of_all_futures() -> None:
    verdict = judge(FALL, column(60, 200))
    assert (verdict.status, verdict.probability, verdict.futures_used) == ("evaluated", 0.3, 200)
    assert verdict.low is not None and verdict.high is not None
    assert verdict.low < 0.3 < verdict.high
    assert verdict.given is None and verdict.do is None


def test_what_is_conditioned_and_what_is_set_stand_side_by_side() -> None:
    met = column(100, 1000)
    outcome = column(40, 1000)
    verdict = judge(FALL, outcome, given=met, do=column(300, 1000))
    assert verdict.probability == 0.4
    assert verdict.futures_used == 100
    assert verdict.plain is not None and verdict.plain.probability == 0.04
    assert verdict.given is not None and verdict.given.futures == 1000
    assert verdict.do is not None and verdict.do.probability == 0.3


def test_an_intervention_alone_is_the_headline() -> None:
    verdict = judge(FALL, column(40, 1000), do=column(300, 1000))
    assert verdict.probability == 0.3
    assert judge(FALL, None, do=column(300, 1000)).plain is None


@pytest.mark.parametrize(("met", "of", "few"), [(49, 100, True), (50, 100, False)])
def test_a_condition_met_by_fewer_than_fifty_is_too_few(met: int, of: int, few: bool) -> None:
    found = estimate(column(10, of), column(met, of))
    assert found.too_few is few
    assert (found.probability is None) is few
    assert found.futures_used == met


@pytest.mark.parametrize(("met", "few"), [(99, True), (100, False)])
def test_a_condition_met_by_less_than_one_per_cent_is_too_few(met: int, few: bool) -> None:
    verdict = judge(FALL, column(10, 10_000), given=column(met, 10_000))
    assert (verdict.status == "too_few") is few
    assert (verdict.probability is None) is few
    assert verdict.futures_used == met
    assert verdict.plain is not None and verdict.plain.probability == 0.001


def test_no_futures_are_too_few() -> None:
    assert judge(FALL, column(0, 0)).status == "too_few"


def test_what_cannot_be_true_or_is_not_modelled_has_no_number() -> None:
    ought = Statement("ought", "They should.", "normative")
    assert judge(ought, column(1, 2)).status == "not_truth_apt"
    assert judge(ought, column(1, 2)).probability is None
    unmodelled = judge(FALL, None, ruling=rule(True))
    assert (unmodelled.status, unmodelled.settled) == ("unmodelled", True)


def test_ranges_over_variants_and_wordings() -> None:
    variants = [Columns(column(n, 100)) for n in (20, 35, 50)]
    variants.append(Columns(column(20, 100), column(10, 100)))
    readings = {"narrow": Columns(column(10, 100)), "wide": Columns(column(70, 100))}
    verdict = judge(FALL, column(30, 100), variants=variants, readings=readings)
    assert (verdict.variants_low, verdict.variants_high, verdict.variants) == (0.2, 0.5, 3)
    assert (verdict.wording_low, verdict.wording_high) == (0.1, 0.7)
    assert verdict.readings == {"narrow": 0.1, "wide": 0.7}
    assert judge(FALL, column(30, 100)).variants_low is None


def test_history_rules() -> None:
    assert rule(True).settled is True
    assert rule(False).settled is False
    assert rule(None).settled == "open"
    never = rule(True, given=False)
    assert (never.settled, never.void) == (None, True)
    assert "did not come about" in never.reason
    assert "not known" in rule(None, given=None).reason


def test_columns_must_speak_of_the_same_futures() -> None:
    with pytest.raises(ValueError, match="3 futures, its condition 4"):
        estimate(column(1, 3), column(1, 4))


@pytest.mark.parametrize("settled", [True, False, None])
def test_json_has_what_is_promised(settled: bool | None) -> None:
    verdict = judge(
        FALL,
        column(30, 100),
        given=column(60, 100),
        do=column(3, 100),
        ruling=rule(settled),
        bases={"assumption": 3},
        decision_half=("onset",),
    )
    record = json.loads(json.dumps(verdict.to_json()))
    assert set(record) >= PROMISED
    assert record["settled"] == ("open" if settled is None else settled)
    assert (record["hedge_low"], record["hedge_high"]) == (0.55, 0.8)
    assert record["cluster"] == "fall"
    assert record["bases"] == {"assumption": 3}
    assert record["given"]["futures_used"] == 60
    bare = judge(Statement("x", "X.", "observation", cluster="c"), None).to_json()
    assert bare["settled"] is None and bare["given"] is None and bare["hedge_low"] is None
    assert bare["cluster"] == "c"
    assert judge(FALL, None, ruling=Ruling()).id == "fall"
