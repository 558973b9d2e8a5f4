from __future__ import annotations

import numpy as np
import pytest

from contingent.errors import SettingError
from contingent.infer.ahead import claim_of, look_ahead
from contingent.infer.condition import Settings
from contingent.scenario.types import Scenario

SETTINGS = Settings(particles=16, sweeps=1, replicates=2, seed=3, threads=2)


def test_worlds_are_asked_one_claim(argued: Scenario) -> None:
    found = look_ahead(argued, "falls", 16, SETTINGS, read=lambda paths: paths.futures)
    assert found.conditioned and sum(found.seen) == len(found.outcome) == 16
    assert found.unknowns.shape == (16, len(found.program.unknowns)) and found.met.all()
    again = look_ahead(argued, "falls", 16, SETTINGS)
    assert np.array_equal(found.unknowns, again.unknowns)
    assert np.array_equal(found.outcome, again.outcome)
    prior = look_ahead(argued, "rare", 8, SETTINGS, conditioned=False)
    assert not prior.conditioned and not prior.met.all()


def test_claims_that_no_future_answers_are_refused(argued: Scenario) -> None:
    with pytest.raises(SettingError, match="one of falls, rare"):
        claim_of(argued, "nothing")
    with pytest.raises(SettingError, match="something set"):
        claim_of(argued, "set")
