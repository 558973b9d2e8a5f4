"""Differences future by future, on common random numbers."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from contingent.analysis.what_if import (
    WhatIf,
    _moved_tables,
    matched_pairs,
    named,
    read_lever,
    turn_of,
    what_if,
)
from contingent.claims.companions import Playing, runs
from contingent.compile import compile_scenario
from contingent.errors import SettingError
from contingent.scenario.changes import replace
from contingent.scenario.loading import load
from contingent.simulate.engines import Turn

PLAYING = Playing(150, seed=2)


def test_a_lever_that_changes_nothing_makes_no_difference(demo) -> None:
    (found,) = what_if(demo.spec, [WhatIf("idle", {"north.delay": "* 1"})], PLAYING).values()
    assert {one.difference for one in found} == {0.0}
    assert not any(one.clear for one in found)
    assert all(one.error > 0.0 for one in found)


def test_the_difference_is_that_of_two_runs_with_one_seed(demo) -> None:
    lever = {"south.forces.mill.mobile": "* 0.2"}
    (found,) = what_if(demo.spec, [WhatIf("fewer", lever)], PLAYING).values()
    attacked = next(one for one in found if one.claim == "ford-attacked")
    with_lever = demo.replace(lever)
    before, after = (
        np.mean(
            [
                path.flags[:, 9 : 79 + 1, path.names.places.index("ford")].any(axis=1).mean()
                for path in runs(compile_scenario(one.spec), PLAYING)
            ]
        )
        for one in (demo, with_lever)
    )
    assert attacked.difference == pytest.approx(attacked.after - attacked.before)
    assert np.sign(attacked.difference) == np.sign(after - before)


def test_a_later_lever_leaves_the_past_alone(demo) -> None:
    lever = {"ally.air.sorties_per_day": "* 5"}
    program = compile_scenario(demo.spec)
    branch = compile_scenario(demo.replace(lever).spec)
    day = program.names.day(date(2020, 2, 1))
    (plain,) = runs(program, Playing(40, seed=2))
    (turned,) = runs(program, Playing(40, seed=2), turn=Turn(day, branch))
    assert np.array_equal(plain.holders[:, :day], turned.holders[:, :day])
    sorties = [
        paths.recorded(next(s for s in program.series if str(s) == "sorties(ally)"))
        for paths in (plain, turned)
    ]
    assert np.array_equal(sorties[0][:, :day], sorties[1][:, :day])
    assert sorties[1][:, day:].mean() > 2.0 * sorties[0][:, day:].mean()


def test_a_theatre_without_claims_has_nothing_to_compare(small) -> None:
    import contingent as ct

    with pytest.raises(SettingError, match="claims to compare"):
        ct.load(small).what_if({"north.delay": 3}, futures=10)


@pytest.mark.parametrize("text", ["", "north.delay", "=3", "north.delay="])
def test_a_text_that_is_no_lever(text: str) -> None:
    with pytest.raises(SettingError, match="NAME=CHANGE"):
        read_lever(text)


def test_matched_pairs_against_its_formula() -> None:
    middle, error = matched_pairs(30, 10, 998)
    assert middle == pytest.approx(20 / 1000)
    assert error == pytest.approx(np.sqrt(41 - 20**2 / 1000) / 1000)


def test_the_interval_of_matched_pairs_covers(rng_seed: int = 7) -> None:
    rng = np.random.default_rng(rng_seed)
    covered = 0
    for _ in range(400):
        pairs = rng.choice(3, size=300, p=[0.06, 0.86, 0.08])
        middle, error = matched_pairs(int((pairs == 2).sum()), int((pairs == 0).sum()), 300)
        covered += abs(middle - 0.02) <= 1.96 * error
    assert covered / 400 > 0.92


@pytest.mark.parametrize("name", ["two-towns", "palmyra-2016"])
def test_every_named_what_if_of_the_library_can_be_asked(name: str) -> None:
    scenario = load(name)
    program = compile_scenario(scenario)
    for asked in named(scenario, []):
        branch = compile_scenario(replace(scenario, asked.do))
        later = asked.begins is not None and asked.begins > program.names.start
        assert (turn_of(asked, program, branch) is not None) == later, asked.name
        assert _moved_tables(program, branch), asked.name
