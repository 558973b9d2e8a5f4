"""Scores of forecasts, and paired bootstrap intervals of their differences.

Every score is a mean over rows of a loss that is smaller for better forecasts (log score as -ln p,
Brier, CRPS), so that a difference *model minus baseline* below 0 speaks for the model.

>>> log_losses(np.array([0.5]), np.array([1])).round(3).tolist()
[0.693]
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import scoringrules
from numpy.typing import NDArray

Floats = NDArray[np.float64]
FLOOR = 0.005
RESAMPLES = 2_000


class Difference(NamedTuple):
    """Mean difference of two losses with a 95 % bootstrap interval."""

    mean: float
    low: float
    high: float

    def verdict(self, margin: float) -> str:
        """Verdict in the words of the protocol; ``margin`` is the largest harmless difference."""
        if self.high < 0.0:
            return "better"
        if self.low > 0.0:
            return "worse"
        return "no worse" if self.high < margin else "not told apart"


def log_losses(probability: Floats, happened: Floats) -> Floats:
    """Return -ln of the probability of what happened, row by row; held within FLOOR of 0 and 1."""
    p = np.clip(probability, FLOOR, 1.0 - FLOOR)
    return np.asarray(-np.where(happened > 0.5, np.log(p), np.log(1.0 - p)))


def brier_losses(probability: Floats, happened: Floats) -> Floats:
    """Squared error of the probability, row by row."""
    return np.asarray((probability - happened) ** 2)


def auc(probability: Floats, happened: Floats) -> float:
    """Chance that a row where it happened was given more than one where it did not; ties half."""
    yes, no = probability[happened > 0.5], probability[happened <= 0.5]
    if len(yes) == 0 or len(no) == 0:
        return float("nan")
    above = (yes[:, None] > no[None, :]).mean()
    return float(above + 0.5 * (yes[:, None] == no[None, :]).mean())


def crps_losses(samples: Floats, observed: Floats) -> Floats:
    """CRPS by samples, row by row; samples : (rows, draws)."""
    return np.asarray(scoringrules.crps_ensemble(observed, samples, estimator="qd"))


def inside(samples: Floats, observed: Floats, level: float) -> Floats:
    """1 where the observation lies in the central interval of the samples, row by row."""
    tail = 0.5 * (1.0 - level)
    low, high = np.quantile(samples, [tail, 1.0 - tail], axis=1)
    return np.asarray((observed >= low) & (observed <= high), dtype=float)


def paired_difference(
    model: Floats, baseline: Floats, groups: NDArray[np.generic], *, seed: int = 1
) -> Difference:
    """Mean of ``model - baseline`` with an interval from resampling whole groups of rows."""
    difference = model - baseline
    known = np.isfinite(difference)
    difference, groups = difference[known], groups[known]
    _, member = np.unique(groups, return_inverse=True)
    sums = np.bincount(member, weights=difference)
    counts = np.bincount(member).astype(float)
    rng = np.random.default_rng(seed)
    picked = rng.integers(0, len(sums), size=(RESAMPLES, len(sums)))
    means = sums[picked].sum(axis=1) / counts[picked].sum(axis=1)
    low, high = np.quantile(means, [0.025, 0.975])
    return Difference(float(difference.mean()), float(low), float(high))
