"""Worlds played under several programs with the same random inputs."""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np
import pytest

from contingent.claims.columns import Question
from contingent.claims.companions import days_needed
from contingent.compile import compile_scenario
from contingent.infer.branches import (
    Step,
    Worlds,
    ask,
    by_replicate,
    conditioned_worlds,
    prior_worlds,
    shares_of,
)
from contingent.infer.condition import Conditioned, Settings, condition
from contingent.infer.explanations import Assumed, assumed
from contingent.infer.reports import select
from contingent.language import observables, parse
from contingent.scenario.changes import replace
from contingent.scenario.types import Scenario
from contingent.simulate.engines import Turn

SETTINGS = Settings(particles=16, sweeps=1, replicates=2, seed=3, threads=2)
FALLS = "eventually(holds(north, mill), by=2020-03-01)"
SORTIES = "eventually(sorties(south) > 30, by=2020-02-20)"


@pytest.fixture(scope="module")
def explained(argued: Scenario) -> dict[str, Assumed]:
    return assumed(argued, select(argued.theatre, compile_scenario(argued).names))


@pytest.fixture(scope="module")
def done(explained: dict[str, Assumed]) -> Conditioned:
    return condition({"unexplained": explained["unexplained"].problem}, SETTINGS)["unexplained"]


@pytest.fixture(scope="module")
def worlds(explained: dict[str, Assumed], done: Conditioned) -> Worlds:
    return conditioned_worlds(explained["unexplained"], done, 60)


def question(scenario: Scenario, text: str = FALLS) -> list[Question]:
    formula = parse(text, compile_scenario(scenario).names.vocabulary())
    return [Question("fall", formula, None, 19)]


def step(scenario: Scenario, text: str = FALLS, turn: Turn | None = None) -> Step:
    asked = question(scenario, text)
    wanted = sorted({one for each in asked for one in observables(each.formula)}, key=str)
    return Step(compile_scenario(scenario, wanted), asked, turn)


def test_the_same_worlds_have_the_same_future_twice(argued: Scenario, worlds: Worlds) -> None:
    first, again = (ask(worlds, step(argued), 1)["fall"] for _ in range(2))
    assert np.array_equal(first.outcome, again.outcome)
    assert len(first.outcome) == len(worlds) == 60
    other = ask(worlds, step(argued), 2)["fall"]
    assert first.outcome.shape == other.outcome.shape


def test_a_change_of_nothing_changes_nothing(argued: Scenario, worlds: Worlds) -> None:
    changed = replace(argued, {"north.delay": "* 1"})
    one = ask(worlds, step(argued), 1)["fall"].outcome
    assert np.array_equal(one, ask(worlds, step(changed), 1)["fall"].outcome)


def test_a_turn_moves_levers_from_its_day_on(argued: Scenario, worlds: Worlds) -> None:
    base = step(argued, SORTIES)
    lever = {"south.air.sorties_per_day": "* 20"}
    names = base.program.names
    branch = step(replace(argued, lever), SORTIES).program
    from_start = ask(worlds, Step(branch, base.asked), 1)["fall"].outcome.mean()
    turned = ask(worlds, base._replace(turn=Turn(names.day(date(2020, 2, 1)), branch)), 1)
    too_late = ask(worlds, base._replace(turn=Turn(names.day(date(2020, 2, 25)), branch)), 1)
    plain = ask(worlds, base, 1)["fall"].outcome
    assert turned["fall"].outcome.mean() > plain.mean()
    assert from_start > plain.mean()
    assert np.array_equal(too_late["fall"].outcome, plain)


def test_no_more_days_are_played_than_are_asked_about(argued: Scenario) -> None:
    program = step(argued).program
    assert days_needed(program, question(argued)) == program.names.day(date(2020, 3, 1)) + 1
    whole = question(argued, "eventually(holds(north, mill))")
    assert days_needed(program, whole) == program.days


def test_a_short_run_and_a_long_one_agree(argued: Scenario, worlds: Worlds) -> None:
    short = step(argued)
    longer = question(argued, "eventually(holds(north, mill))")[0]
    both = Step(short.program, [*short.asked, Question("ever", longer.formula, None, 19)])
    assert np.array_equal(
        ask(worlds, short, 1)["fall"].outcome, ask(worlds, both, 1)["fall"].outcome
    )


def test_worlds_are_counted_by_replicate_and_by_ancestor(
    argued: Scenario, worlds: Worlds, done: Conditioned
) -> None:
    columns = ask(worlds, step(argued), 1)["fall"]
    rows = by_replicate(worlds, columns)
    assert [met for met, _ in rows] == [30, 30]
    assert sum(true for _, true in rows) == int(columns.outcome.sum())
    roots = sum(len(np.unique(state.ancestors)) for state in done.states)
    assert 1 <= len(np.unique(worlds.clusters)) <= roots
    some = worlds.take(np.arange(5))
    assert len(some) == 5 and len(some.particles["normals"]) == 5


def test_priors_are_drawn_in_as_many_parts(explained: dict[str, Assumed]) -> None:
    drawn: Any = prior_worlds(explained["few"], 40, 1, 4)
    assert np.bincount(drawn.replicates).tolist() == [10, 10, 10, 10]
    assert len(np.unique(drawn.clusters)) == 40


def test_nothing_asked_plays_nothing(argued: Scenario, worlds: Worlds) -> None:
    assert ask(worlds, Step(compile_scenario(argued), []), 1) == {}


def test_units_are_divided_by_weight() -> None:
    assert sum(shares_of({"a": 0.2, "b": 0.5, "c": 0.3}, 7).values()) == 7
    assert shares_of({"a": 0.0, "b": 1.0}, 3) == {"b": 3}
