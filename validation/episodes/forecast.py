"""Forecasts of operations by the engine and by the baselines, and their scores."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from validation import scores
from validation.baselines import RATIO_EDGES, Banded, Baseline, Regression
from validation.episodes.rows import Episodes, inputs
from validation.episodes.simulate import Futures

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]
AIR_EDGES = np.array([0.5, 1.5])
BASELINES: Mapping[str, Baseline] = {
    "base_rate": Banded(None, RATIO_EDGES),
    "air_rule": Banded(0, AIR_EDGES),
    "force_ratio": Banded(2, RATIO_EDGES),
    "logistic": Regression(),
}
SAMPLES = 399
NUMBERS = ("ln_days", "ln_killed_attacker", "ln_killed_defender")


@dataclass
class Forecast:
    """Forecasts of rows n.

    Attributes
    ----------
    holds, holds_later : (n,) probabilities
    samples : for each of NUMBERS (n, s)
    """

    holds: Floats
    holds_later: Floats
    samples: list[Floats]


def model_forecast(futures: list[Futures]) -> Forecast:
    """Forecast rows by those of their futures that count."""
    levels = (np.arange(SAMPLES) + 0.5) / SAMPLES
    quantiles = np.array([np.quantile(one.outcome[one.counted], levels, axis=0) for one in futures])
    return Forecast(
        np.array([_smoothed(one.holds[one.counted]) for one in futures]),
        np.array([_smoothed(one.holds_later[one.counted]) for one in futures]),
        [quantiles[:, :, column] for column in range(quantiles.shape[2])],
    )


def _smoothed(marks: Floats) -> float:
    """Share of marks, with half a future added on either side."""
    return float((marks.sum() + 0.5) / (marks.size + 1.0))


def baseline_forecast(
    baseline: Baseline, episodes: Episodes, train: Integers, test: Integers
) -> Forecast:
    """Forecast rows by a baseline."""
    table, group = inputs(episodes), episodes.group
    probabilities = [
        baseline.probability(table[train], happened[train], group[train], table[test])
        for happened in (episodes.holds, episodes.holds_later)
    ]
    samples = []
    for number in numbers(episodes):
        known = train[np.isfinite(number[train])]
        samples.append(baseline.samples(table[known], number[known], group[known], table[test]))
    return Forecast(probabilities[0], probabilities[1], samples)


def numbers(episodes: Episodes) -> list[Floats]:
    """The three numbers forecast, order of NUMBERS."""
    return [episodes.ln_days, episodes.ln_killed[:, 0], episodes.ln_killed[:, 1]]


def join(parts: list[tuple[Integers, Forecast]]) -> Forecast:
    """Put the forecasts of all folds in the order of the rows."""
    order = np.argsort(np.concatenate([rows for rows, _ in parts]))
    holds = np.concatenate([part.holds for _, part in parts])[order]
    later = np.concatenate([part.holds_later for _, part in parts])[order]
    samples = [np.concatenate([part.samples[k] for _, part in parts])[order] for k in range(3)]
    return Forecast(holds, later, samples)


def losses(forecast: Forecast, episodes: Episodes) -> dict[str, Floats]:
    """Losses row by row, nan where a number is not known."""
    out = {
        "brier": scores.brier_losses(forecast.holds, episodes.holds),
        "log": scores.log_losses(forecast.holds, episodes.holds),
        "brier_later": scores.brier_losses(forecast.holds_later, episodes.holds_later),
        "log_later": scores.log_losses(forecast.holds_later, episodes.holds_later),
    }
    for name, samples, number in zip(NUMBERS, forecast.samples, numbers(episodes), strict=True):
        known = np.isfinite(number)
        out[f"crps_{name}"] = np.full(len(episodes), np.nan)
        out[f"crps_{name}"][known] = scores.crps_losses(samples[known], number[known])
    return out


def score(forecast: Forecast, episodes: Episodes) -> dict[str, float]:
    """Mean losses, AUC and coverage."""
    means = {name: float(np.nanmean(loss)) for name, loss in losses(forecast, episodes).items()}
    result = {"n": float(len(episodes)), **means}
    result["auc"] = scores.auc(forecast.holds, episodes.holds)
    for level in (0.5, 0.9):
        inside = scores.inside(forecast.samples[0], episodes.ln_days, level)
        result[f"coverage{100 * level:.0f}"] = float(inside.mean())
    return result
