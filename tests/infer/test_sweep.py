"""Other readings of the grades, from the same runs."""

from __future__ import annotations

import numpy as np
import pytest

from contingent.compile import compile_scenario
from contingent.infer.condition import Settings, condition
from contingent.infer.reports import select
from contingent.infer.sweep import sweep
from contingent.infer.theatre import problem_of
from contingent.scenario.types import Scenario

SETTINGS = Settings(particles=200, sweeps=2, replicates=4, seed=3, threads=2)


def test_weighing_again_agrees_with_running_again(argued: Scenario) -> None:
    program = compile_scenario(argued)
    published = select(argued.theatre, program.names)
    strict = select(argued.theatre, program.names, reading="strict")
    made = problem_of(program, published.evidence, published.parties)
    done = condition({"one": made}, SETTINGS)
    same = sweep(done, {"one": 1.0}, {"published": published})["published"]["one"]
    assert same["log_evidence"] == pytest.approx(done["one"].evidence.value)
    assert same["sound"] and same["posterior"] == 1.0
    swept = sweep(done, {"one": 1.0}, {"strict": strict})["strict"]["one"]
    again = condition({"one": problem_of(program, strict.evidence, strict.parties)}, SETTINGS)
    error = np.hypot(done["one"].evidence.error, again["one"].evidence.error)
    assert abs(swept["log_evidence"] - again["one"].evidence.value) < 4.0 * error + 0.05
