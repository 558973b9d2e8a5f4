"""Small twins of the runs in ``validation/conditioning``."""

from __future__ import annotations

import numpy as np
from validation.conditioning.calibration import KEPT, calibrate, histogram
from validation.conditioning.reference import weighted
from validation.conditioning.two_towns import problem

from contingent.infer.replicates import combine
from contingent.infer.smc import fit


def test_ranks_of_made_up_worlds_are_roughly_uniform() -> None:
    labels, ranks = calibrate(16, 40, 2, threads=2)
    assert ranks.shape == (16, len(labels)) and ranks.min() >= 0 and ranks.max() <= KEPT
    assert histogram(ranks[:, 0]).sum() == 16
    # The mean of all ranks of one world is shared by its unknowns only through the reports.
    assert abs(ranks.mean() / KEPT - 0.5) < 0.1


def test_the_sampler_agrees_with_many_prior_draws() -> None:
    made = problem()
    log_evidence, error, _, _ = weighted(made, 3_000)
    runs = [
        float(fit(made, (seed, 3), particles=60, sweeps=2).log_evidence.sum()) for seed in range(6)
    ]
    found = combine(runs)
    assert abs(found.value - log_evidence) < 4.0 * np.hypot(error, found.error) + 0.02
