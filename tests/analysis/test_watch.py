from __future__ import annotations

import numpy as np
import pytest

from contingent.analysis.watch import Candidate, candidates, entropy, rank_clues, watched_days
from contingent.compile.names import read_names
from contingent.language import Observable
from contingent.scenario.loading import load


def test_what_tells_most_comes_first() -> None:
    names = read_names(load("two-towns").theatre)
    wanted = [
        Candidate(Observable("holds", (("league",), "eastford")), "desert holds eastford", False),
        Candidate(Observable("fighters", ("league", "saltwell")), "many at saltwell", True),
        Candidate(Observable("attacks", ("league", "eastford")), "league attacks", False),
    ]
    generator = np.random.default_rng(1)
    outcome = generator.uniform(size=400) < 0.4
    values = np.zeros((400, 3, 2))
    values[:, 0, 0] = outcome
    values[:, 0, 1] = generator.uniform(size=400) < 0.5
    values[:, 1] = generator.uniform(100, 200, (400, 2)) + 60.0 * outcome[:, None]
    ranked = rank_clues(outcome, values, wanted, [16, 23], names)
    assert ranked[0].says == "desert holds eastford" and ranked[0].date == "2031-03-17"
    assert (ranked[0].if_seen, ranked[0].if_not) == (1.0, 0.0)
    assert ranked[0].bits == pytest.approx(float(entropy(outcome.mean())), abs=0.01)
    assert "many at saltwell (over" in ranked[1].says
    assert ranked[-1].bits < 0.02
    assert not any(clue.says == "league attacks" for clue in ranked)


def test_candidates_are_holders_attacks_and_fighters_where_somebody_wants_the_place() -> None:
    theatre = load("two-towns").theatre
    names = read_names(theatre)
    said = {one.says for one in candidates(theatre, names)}
    assert {"desert holds eastford", "league attacks eastford"} <= said
    assert "many league fighters at eastford" in said
    assert watched_days(names, names.days)[:2] == [16, 23]
    assert watched_days(names, 5) == [16]
