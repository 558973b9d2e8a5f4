"""Explanations, what reports could tell apart, causes, claims: on a small theatre."""

from __future__ import annotations

import dataclasses
from typing import Any

import numpy as np
import pytest

from contingent.compile import compile_scenario
from contingent.errors import SettingError
from contingent.infer.causes import event_of, share_of
from contingent.infer.condition import Settings, condition
from contingent.infer.draws import Draws
from contingent.infer.explanations import (
    Assumed,
    assumed,
    bits,
    bits_error,
    pairs,
    plain_of,
    posterior,
    twins,
)
from contingent.infer.predictive import (
    Answers,
    contradictions,
    expectations,
    prior_answers,
    weigh,
)
from contingent.infer.replicates import Evidence as LogEvidence
from contingent.infer.reports import Selection, select
from contingent.infer.separability import separability
from contingent.infer.worlds import evened, transfer
from contingent.scenario.types import Scenario
from contingent.scenario.types_argument import Argument

SETTINGS = Settings(particles=24, sweeps=1, replicates=2, seed=3, threads=2)


@pytest.fixture(scope="module")
def selection(argued: Scenario) -> Selection:
    return select(argued.theatre, compile_scenario(argued).names)


@pytest.fixture(scope="module")
def explained(argued: Scenario, selection: Selection) -> dict[str, Assumed]:
    return assumed(argued, selection)


@pytest.fixture(scope="module")
def done(explained: dict[str, Assumed]) -> Any:
    chosen = ("many", "few", "unexplained")
    return condition({name: explained[name].problem for name in chosen}, SETTINGS)


@pytest.fixture(scope="module")
def ensembles(explained: dict[str, Assumed]) -> dict[str, Answers]:
    chosen = ("many", "few", "unexplained")
    return {name: prior_answers(explained[name].problem, name, 150, 1, 2) for name in chosen}


def test_explanations_are_the_theatre_under_assumptions(explained: dict[str, Assumed]) -> None:
    assert list(explained) == ["many", "few", "again", "blind", "unexplained"]
    assert plain_of(explained) == "unexplained"
    assert sum(one.prior for one in explained.values()) == pytest.approx(1.0)
    assert explained["blind"].moves == ("mechanisms.surveillance",)
    assert twins(explained) == [("few", "again")]


def test_an_explanation_that_assumes_what_the_theatre_has_is_the_plain_one(
    argued: Scenario, selection: Selection, argument: dict[str, Any]
) -> None:
    idle = {"says": "x", "assume": {"north.forces.hill.mobile": "* 1"}}
    written = Argument.model_validate(argument | {"explanations": {"idle": idle}})
    found = assumed(dataclasses.replace(argued, argument=written), selection)
    assert twins(found) == [("idle", "unexplained")]


def test_an_assumption_that_leads_nowhere_names_its_explanation(
    argued: Scenario, selection: Selection, argument: dict[str, Any]
) -> None:
    wrong = Argument.model_validate(
        argument | {"explanations": {"odd": {"says": "x", "assume": {"north.colour": 3}}}}
    )
    with pytest.raises(SettingError, match=r"explanations\.odd"):
        assumed(dataclasses.replace(argued, argument=wrong), selection)
    none = Argument.model_validate(
        argument | {"explanations": {"plain": {"says": "x", "weight": 0}}}
    )
    with pytest.raises(SettingError, match="weight"):
        assumed(dataclasses.replace(argued, argument=none), selection)


def test_a_report_of_strength_favours_the_explanation_it_speaks_for(done: Any) -> None:
    columns = {name: bits(one) for name, one in done.items()}
    for name, one in done.items():
        assert columns[name].sum() * np.log(2) == pytest.approx(one.evidence.value)
    assert columns["many"][0] > columns["few"][0] + 2.0
    errors = bits_error(done["many"])
    assert errors.shape == (3,) and (errors >= 0.0).all()
    single = dataclasses.replace(done["many"], states=done["many"].states[:1])
    assert np.isinf(bits_error(single)).all()


def test_weights_are_those_of_bayes_with_an_interval() -> None:
    sure = [LogEvidence(np.log(3.0), 0.0, 0.0), LogEvidence(0.0, 0.0, 0.0)]
    one, _ = posterior(sure, [0.5, 0.5], 4, 1)
    assert one.value == pytest.approx(0.75) and one.low == pytest.approx(0.75)
    vague = [LogEvidence(np.log(3.0), 0.6, 0.3), LogEvidence(0.0, 0.6, 0.3)]
    wide = posterior(vague, [0.5, 0.5], 4, 1)[0]
    assert wide.low < 0.6 and wide.high > 0.85
    single = posterior(vague, [0.9, 0.1], 1, 1)
    assert (single[1].low, single[1].high) == (0.0, 1.0)
    assert sum(weight.value for weight in single) == pytest.approx(1.0)


def test_close_or_refused_odds_are_not_separated(
    done: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    kind = type(next(iter(done.values())))
    monkeypatch.setattr(kind, "judgement", property(lambda _: "refused"))
    assert not any(one.separated for one in pairs(done))
    monkeypatch.setattr(kind, "judgement", property(lambda _: "fine"))
    clear = {
        (one.one, one.other): one.separated == (abs(one.log_odds) >= 2 * one.error)
        for one in pairs(done)
    }
    assert all(clear.values())


def test_made_up_reports_are_recovered_where_explanations_differ(
    ensembles: dict[str, Answers], explained: dict[str, Assumed]
) -> None:
    table = separability(ensembles, 1, sets=15)
    apart = table.pair("few", "many")
    assert apart is not None and apart.separable and apart.telling == "seen"
    assert table.pair("many", "nobody") is None
    again = prior_answers(explained["again"].problem, "again", 150, 1, 2)
    same = separability({"one": ensembles["few"], "two": again}, 1, sets=15)
    assert not same.pairs[0].separable
    assert 0.2 <= same.pairs[0].right <= 0.8


def test_sets_of_reports_may_come_from_some_paths_only(ensembles: dict[str, Answers]) -> None:
    sources = {name: np.arange(3) for name in ensembles} | {"few": np.arange(0)}
    table = separability(ensembles, 1, sets=15, sources=sources)
    assert table.given_event
    counts = {row.name: row.sets for row in table.recovery}
    assert counts == {"many": 3, "few": 0, "unexplained": 3}


def test_the_prior_expects_what_it_plays(ensembles: dict[str, Answers]) -> None:
    rows = {row.id: row for row in expectations(ensembles["few"])}
    assert rows["seen"].surprising and rows["seen"].rank > 0.95
    assert 0.0 <= rows["fell"].chance <= 1.0
    evidence = ensembles["few"].evidence
    estimated = weigh(ensembles["many"], evidence)
    assert estimated.log_evidence > weigh(ensembles["few"], evidence).log_evidence


def test_reports_that_no_path_gives_together_are_named(ensembles: dict[str, Answers]) -> None:
    one = ensembles["many"]
    values = np.zeros_like(one.values)
    values[::2, 1], values[1::2, 2] = 1.0, 1.0
    assert contradictions(dataclasses.replace(one, values=values)) == [("attacked", "fell")]
    values[0, 2] = 1.0
    assert contradictions(dataclasses.replace(one, values=values)) == []


def test_the_event_is_a_change_of_holder(argued: Scenario, selection: Selection) -> None:
    event = event_of(selection, argued.theatre)
    assert event is not None and event.id == "fell"
    assert event_of(selection, argued.theatre, "attacked").id == "attacked"  # type: ignore[union-attr]
    for name in ("other", "seen"):
        with pytest.raises(SettingError, match="of something true or false: attacked, fell"):
            event_of(selection, argued.theatre, name)


def test_worlds_are_carried_over_by_the_names_of_their_unknowns(
    explained: dict[str, Assumed],
) -> None:
    source, target = explained["unexplained"], explained["few"]
    worlds = source.problem.draw(5, Draws((1, 0), 0))
    moved = transfer(worlds, source.program, target.program, 1, 0)
    back = transfer(moved, target.program, source.program, 1, 0)
    assert moved["normals"].shape == (5, target.problem.width)
    names = [unknown.name for unknown in source.program.unknowns]
    shared = [i for i, name in enumerate(names)
              if name in {unknown.name for unknown in target.program.unknowns}]  # fmt: skip
    assert np.array_equal(back["normals"][:, shared], worlds["normals"][:, shared])
    assert np.array_equal(back["normals"][:, -1], worlds["normals"][:, -1])


def test_shares_and_equal_weights(done: Any) -> None:
    assert np.isnan(share_of([0.5], 3).value)
    assert (share_of([0.5], 30).low, share_of([0.5], 30).high) == (0.0, 1.0)
    wide = share_of([0.2, 0.8], 30)
    assert wide.value == pytest.approx(0.5) and (wide.low, wide.high) == (0.0, 1.0)
    particles = evened(done["many"].states[0], 4)
    assert len(particles["normals"]) == 4
