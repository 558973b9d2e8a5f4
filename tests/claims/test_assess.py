"""The pipeline gives what asking every future by hand gives."""

from __future__ import annotations

import numpy as np
import pytest

from contingent.claims.assess import Pipeline
from contingent.claims.companions import Playing, change_key, companion_futures, runs
from contingent.claims.evaluate import evaluate
from contingent.claims.verdict import FEWEST
from contingent.compile import compile_scenario
from contingent.language import parse, parse_expression
from contingent.scenario.changes import replace
from contingent.simulate.given import given_known

FUTURES = 160
FALLS = "eventually(holds(north, mill), by=2020-03-01)"
ATTACK = "eventually(attempted(north, mill), by=2020-02-15)"


def assessed(scenario, futures=FUTURES, *, variants=False, known=False):
    pipeline = Pipeline(scenario, Playing(futures, seed=5), given_known=known)
    for paths in runs(pipeline.program, pipeline.playing):
        pipeline.read(paths)
    assessment = pipeline.finish(with_variants=variants)
    return assessment, {one.verdict.id: one.verdict for one in assessment.findings}


def by_hand(scenario, text, futures=FUTURES, changes=None):
    """Truth of a predicate in every future, from the cut-off."""
    changed = replace(scenario, changes or {})
    plain = compile_scenario(changed)
    formula = parse(text, plain.names.vocabulary())
    from contingent.language import observables

    program = compile_scenario(changed, sorted(observables(formula), key=str))
    paths = list(runs(program, Playing(futures, seed=5)))
    return np.concatenate([evaluate(formula, one, 19) for one in paths])


def test_probability_and_condition(claiming) -> None:
    scenario = claiming(fall={"holds": FALLS}, if_attacked={"holds": FALLS, "given": ATTACK})
    _, verdicts = assessed(scenario)
    falls, attacked = by_hand(scenario, FALLS), by_hand(scenario, ATTACK)
    assert verdicts["fall"].probability == falls.mean()
    assert verdicts["if_attacked"].probability == falls[attacked].mean()
    assert verdicts["if_attacked"].futures_used == attacked.sum() >= FEWEST
    assert verdicts["if_attacked"].plain.probability == falls.mean()


def test_a_condition_hardly_ever_met_is_too_few(claiming) -> None:
    scenario = claiming(rare={"holds": FALLS, "given": "losses(south) > 1000000"})
    _, verdicts = assessed(scenario)
    assert verdicts["rare"].status == "too_few"
    assert verdicts["rare"].probability is None


def test_do_is_set_and_stands_beside_given(claiming) -> None:
    lever = {"north.forces.hill.mobile": 0}
    scenario = claiming(
        set_alone={"holds": FALLS, "do": lever},
        both={"holds": FALLS, "do": lever, "given": ATTACK},
    )
    _, verdicts = assessed(scenario)
    changed = by_hand(scenario, FALLS, changes=lever)
    assert verdicts["set_alone"].probability == changed.mean()
    assert verdicts["set_alone"].plain.probability == by_hand(scenario, FALLS).mean()
    assert verdicts["both"].do.probability == changed.mean()
    assert verdicts["both"].probability == verdicts["both"].given.probability


def test_a_lever_that_leads_nowhere_is_noted(claiming) -> None:
    form = {"only": "guard", "could": "holds(it, hill)"}
    assessment, verdicts = assessed(claiming(only={"form": form}))
    (reason,) = assessment.unset.values()
    assert "guard" in reason
    assert verdicts["only"].status == "evaluated"


@pytest.mark.parametrize(("level", "stays"), [(0.0, True), (1.0, False)])
def test_a_companion_that_falls_short_voids_the_reading(claiming, level, stays) -> None:
    form = {
        "only": "north", "could": "holds(it, hill)", "level": level,
        "do": {"north.go_threshold": 0.5},
    }  # fmt: skip
    _, verdicts = assessed(claiming(only={"form": form}))
    nobody_else = verdicts["only"].readings["nobody-else"]
    assert (nobody_else > 0.0) is stays


def test_the_wording_range_is_that_of_the_readings(claiming) -> None:
    scenario = claiming(
        fall={"holds": FALLS, "readings": {"later": "eventually(holds(north, mill))"}}
    )
    _, verdicts = assessed(scenario)
    readings = verdicts["fall"].readings
    assert verdicts["fall"].wording_low == min(readings.values())
    assert verdicts["fall"].wording_high == max(readings.values())
    assert readings["later"] >= readings["as-written"]


def test_at_least_eight_structural_variants_with_the_same_seed(claiming) -> None:
    scenario = claiming(fall={"holds": FALLS})
    assessment, verdicts = assessed(scenario, 60, variants=True)
    assert len(assessment.variants) >= 8
    assert verdicts["fall"].variants == len(assessment.variants)
    assert verdicts["fall"].variants_low <= verdicts["fall"].variants_high
    assert verdicts["fall"].variants_low < verdicts["fall"].variants_high


def test_given_known_counts_only_futures_that_agree(claiming) -> None:
    scenario = claiming(fall={"holds": FALLS})
    assessment, verdicts = assessed(scenario, known=True)
    program = compile_scenario(scenario)
    paths = list(runs(program, Playing(FUTURES, seed=5)))
    mask = np.concatenate([given_known(scenario, one).mask for one in paths])
    assert assessment.given_known.left == mask.sum()
    assert list(assessment.given_known.reports) == ["R1"]
    assert verdicts["fall"].futures_used == mask.sum()
    assert verdicts["fall"].probability == by_hand(scenario, FALLS)[mask].mean()


def test_an_event_without_a_chance_is_unmodelled(claiming, small) -> None:
    scenario = claiming(vote={"holds": "eventually(event(election))"})
    _, verdicts = assessed(scenario)
    assert 0.2 < verdicts["vote"].probability < 0.6
    event = small.theatre.events["election"].model_copy(update={"probability": None})
    theatre = small.theatre.model_copy(update={"events": {"election": event}})
    from dataclasses import replace as with_theatre

    assessment, verdicts = assessed(with_theatre(scenario, theatre=theatre))
    assert verdicts["vote"].status == "unmodelled"
    assert "nobody gave event(election) a probability" in assessment.findings[0].reason


def test_bases_are_counted_once_a_number(claiming) -> None:
    assessment, _ = assessed(claiming(fall={"holds": FALLS}), 20)
    assert sum(assessment.bases.values()) > 50
    assert set(assessment.bases) <= {
        "published", "calibrated", "estimate", "assumption", "tuned", "unstated",
    }  # fmt: skip


def test_what_rests_on_decisions_says_so(claiming) -> None:
    scenario = claiming(
        fall={"holds": FALLS}, strike={"holds": ATTACK}, ought={"kind": "normative"}
    )
    assessment, verdicts = assessed(scenario, 20)
    assert verdicts["fall"].decision_half == ("burden sharing",)
    assert "onset" in verdicts["strike"].decision_half
    assert not verdicts["ought"].decision_half_unvalidated
    claims = {claim["id"]: claim for claim in assessment.record()["claims"]}
    assert claims["fall"]["decision_half_unvalidated"] is True
    assert claims["fall"]["decision_half"] == ["burden sharing"]
    assert claims["ought"]["decision_half"] == []


def test_a_fight_that_nobody_backs_does_not_rest_on_decisions(claiming, small) -> None:
    from dataclasses import replace as with_theatre

    off = {**small.theatre.mechanisms, "commitment": False}
    theatre = small.theatre.model_copy(update={"mechanisms": off})
    scenario = with_theatre(claiming(fall={"holds": FALLS}), theatre=theatre)
    _, verdicts = assessed(scenario, 20)
    assert not verdicts["fall"].decision_half_unvalidated


def test_the_outside_view_stands_in_the_record(claiming) -> None:
    assessment, _ = assessed(claiming(fall={"holds": FALLS}, strike={"holds": ATTACK}), 20)
    claims = {claim["id"]: claim for claim in assessment.record()["claims"]}
    assert claims["strike"]["outside_view"] is None
    view = claims["fall"]["outside_view"]
    assert (view["attacker_class"], view["attack"], view["denied"]) == (
        "mobile-jihadist", "under way", False,
    )  # fmt: skip
    assert {one["horizon"] for one in view["rates"]} == {30}


def test_the_order_of_levers_does_not_matter() -> None:
    assert change_key({"a": 1, "b": "* 2"}) == change_key({"b": "* 2", "a": 1})
    assert [companion_futures(n) for n in (10, 400, 3000, 99999)] == [10, 400, 600, 1000]


def test_a_path_formula_as_condition_is_parsed(claiming) -> None:
    vocabulary = compile_scenario(claiming(fall={"holds": FALLS})).names.vocabulary()
    assert parse_expression(ATTACK, vocabulary) == parse(ATTACK, vocabulary)
