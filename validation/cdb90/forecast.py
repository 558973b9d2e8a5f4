"""Forecasts of battles by the model and by the baselines, and their scores side by side."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from validation import scores
from validation.baselines import RATIO_EDGES, SAMPLES, Banded, Baseline, BoostedTrees, Regression
from validation.cdb90.fit import Design, weights
from validation.cdb90.rows import Battles, inputs

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]
DRAWS = 400
BASELINES: Mapping[str, Baseline] = {
    "base_rate": Banded(None, RATIO_EDGES),
    "force_ratio": Banded(0, RATIO_EDGES),
    "logistic": Regression(),
    "boosted_trees": BoostedTrees(),
}


@dataclass
class Forecast:
    """Forecasts for all rows, those not forecast nan.

    Attributes
    ----------
    probability : (n,) of the attacker winning
    loss_ratio : (n, s) samples of the ln loss ratio
    outcome : (n, s, 3) samples of ln losses of both sides and of ln days; only the model's
    """

    probability: Floats
    loss_ratio: Floats
    outcome: Floats | None = None


def model_forecast(design: Design, fold: int, train: Integers, test: Integers) -> Forecast:
    """Forecast of test rows by the fold's draws, weighted with its training rows."""
    draws, weight, _, _ = weights(design, fold, train)
    places = (np.arange(DRAWS) + 0.5) / DRAWS
    picked = draws[np.minimum(np.searchsorted(np.cumsum(weight), places), len(weight) - 1)]
    kept = design.kept[picked][:, test, :, 1:].transpose(1, 0, 2, 3)
    outcome = kept.reshape(len(test), -1, 3).astype(float)
    ratio = outcome[..., 0] - outcome[..., 1]
    probability = weight @ design.probability[draws][:, test]
    return Forecast(probability, ratio, outcome)


def baseline_forecast(
    baseline: Baseline, battles: Battles, train: Integers, test: Integers, *, with_surprise: bool
) -> Forecast:
    """Forecast of test rows by a baseline."""
    table = inputs(battles, with_surprise=with_surprise)
    known = train[np.isfinite(battles.log_loss_ratio[train])]
    return Forecast(
        baseline.probability(
            table[train], battles.won[train], battles.campaign[train], table[test]
        ),
        baseline.samples(
            table[known], battles.log_loss_ratio[known], battles.campaign[known], table[test]
        ),
    )


def empty_forecast(rows: int, *, model: bool) -> Forecast:
    """Room for the forecasts of all folds."""
    if model:
        shape = (rows, DRAWS * 4)
        return Forecast(np.full(rows, np.nan), np.full(shape, np.nan), np.full((*shape, 3), np.nan))
    return Forecast(np.full(rows, np.nan), np.full((rows, SAMPLES), np.nan))


def score(forecast: Forecast, battles: Battles) -> dict[str, float]:
    """Scores in the words of the command's output; (n,) rows all forecast."""
    number = battles.log_loss_ratio
    known = np.isfinite(number)
    samples, number = forecast.loss_ratio[known], number[known]
    p, won = forecast.probability, battles.won
    return {
        "n": len(battles),
        "log": float(scores.log_losses(p, won).mean()),
        "brier": float(scores.brier_losses(p, won).mean()),
        "auc": scores.auc(p, won),
        "crps_loss_ratio": float(scores.crps_losses(samples, number).mean()),
        "coverage50": float(scores.inside(samples, number, 0.5).mean()),
        "coverage90": float(scores.inside(samples, number, 0.9).mean()),
    }
