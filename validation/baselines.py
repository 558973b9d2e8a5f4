"""What the model has to beat: base rates, the force-ratio rule, regression, boosted trees.

A baseline learns from training rows and forecasts a probability and, for a number, samples. All get
the same inputs as the model they stand beside.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray
from scipy.stats import norm
from sklearn.ensemble import GradientBoostingClassifier, GradientBoostingRegressor
from sklearn.linear_model import LogisticRegression, Ridge
from sklearn.metrics import log_loss, make_scorer
from sklearn.model_selection import GridSearchCV, GroupKFold
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

Floats = NDArray[np.float64]
Labels = NDArray[np.generic]
Grid = Mapping[str, Sequence[float]]
SHRINK = 2.0
SAMPLES = 199
INNER_FOLDS = 4
RATIO_EDGES = np.log([2 / 3, 1.0, 1.5, 2.0, 3.0, 5.0])


class Baseline(Protocol):
    """A rule that forecasts an event and a number from inputs."""

    def probability(self, train: Floats, happened: Floats, groups: Labels, test: Floats) -> Floats:
        """Chance of the event in the test rows."""

    def samples(self, train: Floats, number: Floats, groups: Labels, test: Floats) -> Floats:
        """Samples (rows, SAMPLES) of the number in the test rows."""


class Banded:
    """Training rate, and training quantiles, of the band that a row falls in, shrunk to the whole.

    Parameters
    ----------
    column : input that makes the bands; None for one band (the base rate)
    edges : where bands end; values that are not finite belong to no band and get the base rate
    """

    def __init__(self, column: int | None, edges: Floats) -> None:
        self.column = column
        self.edges = edges

    def _band(self, inputs: Floats) -> NDArray[np.int64]:
        if self.column is None:
            return np.zeros(len(inputs), dtype=np.int64)
        values = inputs[:, self.column]
        band = np.digitize(values, self.edges)
        return np.where(np.isfinite(values), band, -1).astype(np.int64)

    def probability(self, train: Floats, happened: Floats, groups: Labels, test: Floats) -> Floats:
        """Shrunk rate of the band."""
        base = float(happened.mean())
        band, wanted = self._band(train), self._band(test)
        rates = np.full(len(test), base)
        for number in np.unique(wanted[wanted >= 0]):
            rows = happened[band == number]
            rates[wanted == number] = (rows.sum() + SHRINK * base) / (len(rows) + SHRINK)
        return rates

    def samples(self, train: Floats, number: Floats, groups: Labels, test: Floats) -> Floats:
        """Quantiles of the band's training rows (of all, where the band has under five)."""
        band, wanted = self._band(train), self._band(test)
        levels = (np.arange(SAMPLES) + 0.5) / SAMPLES
        out = np.tile(np.quantile(number, levels), (len(test), 1))
        for value in np.unique(wanted[wanted >= 0]):
            rows = number[band == value]
            if len(rows) >= 5:
                out[wanted == value] = np.quantile(rows, levels)
        return out


class Regression:
    """Logistic regression for the event, ridge regression with Gaussian residuals for a number."""

    def probability(self, train: Floats, happened: Floats, groups: Labels, test: Floats) -> Floats:
        """Forecast of the regression whose penalty did best within the training rows."""
        grid = {"logisticregression__C": [0.003, 0.01, 0.03, 0.1, 0.3, 1.0]}
        model = make_pipeline(StandardScaler(), LogisticRegression(max_iter=2_000))
        return _probability(model, grid, (train, happened, groups), test)

    def samples(self, train: Floats, number: Floats, groups: Labels, test: Floats) -> Floats:
        """Gaussian samples around the ridge regression."""
        grid = {"ridge__alpha": [3.0, 10.0, 30.0, 100.0, 300.0]}
        model = make_pipeline(StandardScaler(), Ridge())
        return _samples(model, grid, (train, number, groups), test)


class BoostedTrees:
    """Gradient-boosted trees, of a size chosen within the training rows."""

    def __init__(self) -> None:
        self.fixed = {
            "learning_rate": 0.05,
            "subsample": 0.7,
            "random_state": 1,
            "min_samples_leaf": 10,
        }
        self.grid = {"n_estimators": [25, 75, 150], "max_depth": [1, 2]}

    def probability(self, train: Floats, happened: Floats, groups: Labels, test: Floats) -> Floats:
        """Forecast of the chosen trees."""
        model = GradientBoostingClassifier(**self.fixed)
        return _probability(model, self.grid, (train, happened, groups), test)

    def samples(self, train: Floats, number: Floats, groups: Labels, test: Floats) -> Floats:
        """Gaussian samples around the trees."""
        model = GradientBoostingRegressor(**self.fixed)
        return _samples(model, self.grid, (train, number, groups), test)


def _probability(
    model: object, grid: Grid, rows: tuple[Floats, Floats, Labels], test: Floats
) -> Floats:
    """Forecast of the best of the grid; the base rate where only one thing ever happened."""
    train, happened, groups = rows
    labels = happened.astype(int)
    parts = [
        (one, other)
        for one, other in _inner_splits(train, groups)
        if len(np.unique(labels[one])) == 2
    ]
    if len(np.unique(labels)) < 2 or not parts:
        return np.full(len(test), (labels.sum() + 0.5) / (len(labels) + 1.0))
    scoring = make_scorer(
        log_loss, response_method="predict_proba", greater_is_better=False, labels=[0, 1]
    )
    search = GridSearchCV(model, grid, scoring=scoring, cv=parts)
    search.fit(_filled(train, train), labels)
    return np.asarray(search.predict_proba(_filled(test, train))[:, 1], dtype=float)


def _samples(
    model: object, grid: Grid, rows: tuple[Floats, Floats, Labels], test: Floats
) -> Floats:
    """Gaussian samples; the spread is that of residuals on rows not learned from."""
    train, number, groups = rows
    parts = _inner_splits(train, groups)
    search = GridSearchCV(model, grid, scoring="neg_mean_squared_error", cv=parts)
    search.fit(_filled(train, train), number)
    spread = float(np.sqrt(-search.best_score_))
    levels = (np.arange(SAMPLES) + 0.5) / SAMPLES
    centre = np.asarray(search.predict(_filled(test, train)), dtype=float)
    return np.asarray(centre[:, None] + spread * norm.ppf(levels)[None, :])


def _inner_splits(train: Floats, groups: Labels) -> list[tuple[Labels, Labels]]:
    """Split by groups, or by rows where there is one group only."""
    several = len(np.unique(groups))
    names = groups if several > 1 else np.arange(len(train))
    return list(GroupKFold(min(INNER_FOLDS, len(np.unique(names)))).split(train, groups=names))


def _filled(inputs: Floats, train: Floats) -> Floats:
    """Put the training median where an input is not known."""
    middle = np.array(
        [np.median(c[np.isfinite(c)]) if np.isfinite(c).any() else 0.0 for c in train.T]
    )
    return np.where(np.isfinite(inputs), inputs, middle)
