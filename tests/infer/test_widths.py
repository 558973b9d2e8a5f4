"""Ranges made narrower and wider, traces, exclusive sets, other assumptions by weighing anew."""

from __future__ import annotations

import dataclasses
from typing import Any

import numpy as np
import pytest

from contingent.compile import compile_scenario
from contingent.infer.condition import Settings, condition
from contingent.infer.events import came_about, happens
from contingent.infer.exclusive import exclusive_sets, weights_row
from contingent.infer.explanations import assumed
from contingent.infer.predictive import prior_answers, rule_out
from contingent.infer.reports import select
from contingent.infer.reweigh import reweigh
from contingent.infer.traces import traces
from contingent.infer.widths import Width, in_words, widened, widths
from contingent.scenario.quantities import Quantity
from contingent.scenario.types import Scenario
from contingent.scenario.types_argument import Argument

SETTINGS = Settings(particles=80, sweeps=1, replicates=2, seed=3, threads=2)


@pytest.fixture(scope="module")
def explained(argued: Scenario) -> Any:
    selection = select(argued.theatre, compile_scenario(argued).names)
    found = assumed(argued, selection)
    return {name: found[name] for name in ("many", "few", "blind", "unexplained")}


@pytest.fixture(scope="module")
def done(explained: Any) -> Any:
    return condition({name: one.problem for name, one in explained.items()}, SETTINGS)


@pytest.mark.parametrize(
    ("quantity", "twice"),
    [
        (Quantity("normal", (3.0, 1.0)), (3.0, 2.0)),
        (Quantity("beta", (4.0, 8.0)), (1.0, 2.0)),
        (Quantity("uniform", (2.0, 4.0)), (1.0, 5.0)),
        (Quantity("exact", (2.0,)), (2.0,)),
        (Quantity("logitnormal", (0.2, 0.8)), (1.0 / 17.0, 16.0 / 17.0)),
    ],
)
def test_ranges_are_widened_on_their_own_scale(
    quantity: Quantity, twice: tuple[float, ...]
) -> None:
    assert widened(quantity, 2.0).parameters == pytest.approx(twice)
    back = widened(widened(quantity, 2.0), 0.5)
    assert back.parameters == pytest.approx(quantity.parameters)


def test_width_sweeps_what_an_explanation_assumes(explained: Any, done: Any) -> None:
    found = widths(explained, done, 1, 2)
    assert found["blind"] == [] and found["unexplained"] == []
    assert [one.factor for one in found["few"]] == [0.5, 2.0]
    narrow, wide = found["many"]
    assert narrow.change != 0.0 and wide.change != narrow.change
    # A range twice as wide puts fewer worlds near the thousands that were reported.
    assert wide.change < narrow.change + 2.0 * np.hypot(wide.error, narrow.error)


def test_what_is_said_of_widths() -> None:
    row = Width(2.0, -3.0, 0.1, 0.1, True)
    assert in_words("a", []).endswith("none to widen")
    assert "cannot be told with its ranges doubled" in in_words("a", [row._replace(sound=False)])
    assert row.same and not row._replace(change=1.5).same
    noisy = row._replace(change=1.5, error=0.8)
    assert noisy.same and not noisy.told and row.told
    assert "cannot be told" in in_words("a", [noisy])


def test_worlds_weighed_anew_give_the_evidence_of_the_other_assumptions(
    explained: Any, done: Any
) -> None:
    itself = reweigh(done["many"], done["many"].problem, 1)
    assert itself.changes == pytest.approx(0.0) and itself.sound
    assert itself.evidence.value == pytest.approx(done["many"].evidence.value)
    other = reweigh(done["unexplained"], explained["blind"].problem, 1)
    apart = abs(other.evidence.value - done["blind"].evidence.value)
    assert apart < 4.0 * np.hypot(done["blind"].evidence.error, done["unexplained"].evidence.error)


def test_events_are_told_from_likelihoods_as_from_paths(done: Any) -> None:
    run = done["many"]
    event, state = run.problem.evidence[2], run.states[0]
    told = came_about(event, state.log_likelihood[:, 2])
    assert np.array_equal(told, happens(run.problem, state.particles, event))


def test_event_and_traces_make_up_the_evidence(explained: Any, done: Any) -> None:
    chosen = {"many": done["many"]}
    ensembles = {"many": prior_answers(explained["many"].problem, "many", 300, 1, 2)}
    event = done["many"].problem.evidence[2]
    row = traces(chosen, ensembles, event)[0]
    assert 0.0 < row.low < row.event < row.high < 1.0 and row.error > 0.0
    # By plain weighting of the same prior paths: the other reports where the event came about.
    table = ensembles["many"].log_likelihoods(done["many"].problem.evidence)
    came = ensembles["many"].values[:, 2] > 0.5
    plain = np.log(np.exp(table[came, :2].sum(axis=1)).mean())
    assert row.log_traces == pytest.approx(plain, abs=1.0)
    never = dataclasses.replace(ensembles["many"], values=ensembles["many"].values * 0.0)
    assert np.isnan(traces(chosen, {"many": never}, event)[0].log_traces)


def test_sets_declared_exclusive_are_weighed_among_themselves(
    argued: Scenario, explained: Any, done: Any, monkeypatch: pytest.MonkeyPatch,
    argument: dict[str, Any],
) -> None:  # fmt: skip
    one = exclusive_sets(argued, explained)[0]
    assert one.name == "" and one.members == tuple(explained)
    written = {
        name: entry | ({"exclusive": "size"} if name in ("many", "few") else {})
        for name, entry in argument["explanations"].items()
    }
    grouped = dataclasses.replace(
        argued, argument=Argument.model_validate(argument | {"explanations": written})
    )
    (two,) = exclusive_sets(grouped, explained)
    assert two.members == ("many", "few")
    kind = type(done["many"])
    monkeypatch.setattr(kind, "judgement", property(lambda _: "fine"))
    row = weights_row(two, explained, done, 2, 1)
    assert row["declared"] and [each["name"] for each in row["weights"]] == ["many", "few"]
    many, few = row["weights"]
    assert many["author"]["value"] + few["author"]["value"] == pytest.approx(1.0)
    assert many["halved"] <= many["author"]["value"] <= many["doubled"]
    assert many["equal"] == pytest.approx(many["author"]["value"])
    monkeypatch.setattr(kind, "judgement", property(lambda _: "refused"))
    assert weights_row(two, explained, done, 2, 1)["weights"][0].keys() == {"name", "prior"}


def test_two_holders_of_a_place_on_a_day_rule_each_other_out(read: Any) -> None:
    north, south = read(9, observe="holds(north, mill)"), read(9, observe="holds(south, mill)")
    assert rule_out(north, south) and not rule_out(north, north)
    assert not rule_out(north, read(8, observe="holds(south, mill)"))
    assert not rule_out(north, read(9, observe="holds(south, ford)"))
    assert not rule_out(north, read(9, observe="contested(mill)"))
