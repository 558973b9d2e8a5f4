"""Levers turned in the worlds that the reports leave."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import contingent as ct
from contingent.analysis.conditioned_what_if import what_if_conditioned
from contingent.analysis.what_if import WhatIf, clustered_error, difference_of
from contingent.claims.assess import Pipeline
from contingent.claims.columns import headline_questions
from contingent.claims.companions import Playing, needed
from contingent.claims.verdict import Columns
from contingent.compile import compile_scenario
from contingent.errors import SettingError
from contingent.infer.branches import Step, ask, conditioned_worlds
from contingent.infer.condition import Settings, condition
from contingent.infer.explanations import assumed
from contingent.infer.kept import Ensemble
from contingent.infer.reports import select
from contingent.scenario.changes import replace as turned

SETTINGS = Settings(particles=40, sweeps=1, replicates=2, seed=4, threads=2)
PLAYING = Playing(60, 4, 2)


@pytest.fixture(scope="module")
def ensemble() -> Ensemble:
    scenario = ct.load("two-towns").spec
    selection = select(scenario.theatre, compile_scenario(scenario).names)
    explained = assumed(scenario, selection)
    done = condition({name: one.problem for name, one in explained.items()}, SETTINGS)
    rows = {name: {"prior": 0.25, "posterior": 0.0} for name in explained}
    rows["too-slow"]["posterior"] = 1.0
    manifest = {"explanations": rows, "replicates": 2, "seed": 4}
    return Ensemble(Path("mine"), manifest, scenario, selection, explained, done)


def test_a_lever_that_changes_nothing_makes_no_difference(ensemble: Ensemble) -> None:
    idle = WhatIf("idle", {"patron.surveillance.hours_per_day": "* 1"})
    (found,) = what_if_conditioned(ensemble, [idle], PLAYING).values()
    assert {one.difference for one in found} <= {0.0, None}
    assert not any(one.clear for one in found)
    assert all(one.error > 0.0 for one in found if one.error is not None)


def test_the_difference_is_that_of_the_same_worlds_played_twice(ensemble: Ensemble) -> None:
    lever = {"republic.operations.westmill.committed": 0}
    told: list[tuple[int, int]] = []
    (found,) = what_if_conditioned(
        ensemble, [WhatIf("fewer", lever)], PLAYING,
        listen=lambda done, total, _: told.append((done, total)),
    ).values()  # fmt: skip
    falls = next(one for one in found if one.claim == "westmill-falls")
    worlds = conditioned_worlds(ensemble.explained["too-slow"], ensemble.done["too-slow"], 60)
    pipeline = Pipeline(ensemble.scenario, Playing(1, 1))
    asked = [one for one in headline_questions(pipeline.claims, pipeline.since)
             if one.key.startswith("westmill-falls")]  # fmt: skip
    under = ensemble.explained["too-slow"].scenario
    before, after = (
        ask(worlds, Step(compile_scenario(one, needed(asked)), asked), 4)[asked[0].key].outcome
        for one in (under, turned(under, lever))
    )
    assert falls.before == before.mean() and falls.after == after.mean()
    assert falls.difference == pytest.approx(after.mean() - before.mean())
    assert falls.clear and falls.difference < 0.0 and found[0].clear
    assert told[-1] == (120, 120)


def test_a_later_lever_is_turned_on_its_day(ensemble: Ensemble) -> None:
    lever = {"patron.air.sorties_per_day": "* 4", "republic.air.sorties_per_day": "* 4"}
    ask_for = [WhatIf("soon", lever, "", date(2031, 3, 20)),
               WhatIf("late", lever, "", date(2031, 8, 30))]  # fmt: skip
    found = what_if_conditioned(ensemble, ask_for, PLAYING)
    late = {one.claim: one.difference for one in found["late"]}
    assert late["westmill-falls"] == 0.0


def test_nothing_claimed_is_refused(ensemble: Ensemble) -> None:
    bare = replace(ensemble, scenario=replace(ensemble.scenario, argument=None))
    with pytest.raises(SettingError, match="claims to compare"):
        what_if_conditioned(bare, [], PLAYING)
    scenario = ct.load("two-towns").replace({"republic.delay": 3})
    with pytest.raises(SettingError, match="one loaded by name"):
        scenario.what_if({"republic.delay": 2}, conditioned="mine")


def columns(truth: Any, given: Any = None) -> Columns:
    return Columns(np.array(truth, dtype=bool), None if given is None else np.array(given, bool))


def test_copies_of_one_ancestor_count_as_one() -> None:
    rng = np.random.default_rng(3)
    before, after = rng.random(40) < 0.3, rng.random(40) < 0.6
    alone = clustered_error(columns(before), columns(after), np.arange(40))
    influence = after.astype(float) - before
    assert alone == pytest.approx(influence.std(ddof=1) / np.sqrt(40))
    copies = [np.repeat(one, 5) for one in (before, after)]
    together = clustered_error(columns(copies[0]), columns(copies[1]), np.repeat(np.arange(40), 5))
    assert together == pytest.approx(alone)
    apart = clustered_error(columns(copies[0]), columns(copies[1]), np.arange(200))
    assert apart < alone
    assert clustered_error(columns(before), columns(after), np.zeros(40, dtype=int)) == 1.0


def test_an_interval_is_widened_by_shared_ancestors(ensemble: Ensemble) -> None:
    pipeline = Pipeline(ensemble.scenario, Playing(1, 1))
    claim = pipeline.claims[0]
    before = columns([0] * 100 + [1] * 100)
    after = columns([0] * 50 + [1] * 150)
    narrow = difference_of(claim, before, after)
    wide = difference_of(claim, before, after, np.repeat(np.arange(4), 50))
    assert wide.difference == narrow.difference == 0.25
    assert wide.error is not None and narrow.error is not None and wide.error > narrow.error


def test_the_interval_covers_the_truth_where_worlds_have_ancestors() -> None:
    """Sixty ancestors of ten copies, each copy with luck of its own, over 400 made-up ensembles."""
    rng = np.random.default_rng(11)
    covered = 0
    for _ in range(400):
        chance = np.repeat(rng.beta(2, 3, size=60), 10)
        gain = np.repeat(rng.beta(1, 4, size=60), 10)
        luck = rng.random(600)
        before, after = columns(luck < chance), columns(luck < chance + (1 - chance) * gain)
        error = clustered_error(before, after, np.repeat(np.arange(60), 10))
        truth = (1 - 2 / 5) * (1 / 5)
        covered += abs(after.outcome.mean() - before.outcome.mean() - truth) <= 1.96 * error
    assert covered / 400 > 0.92
