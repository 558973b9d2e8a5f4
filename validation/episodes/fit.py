"""Posterior of what operations share, by an emulator of the engine and Laplace's approximation.

1. Every operation is played under draws from the prior of the shared part. What its futures say is
   regressed on these draws: the chance that the attacker holds the place (logistic), and means of
   ln days and ln killed given whether he does (ridge). No outcome is used: this emulates the
   engine.
2. With the emulator in the likelihood (the chance of what happened; Student's t with five degrees
   of freedom around the means, killed with a reporting error), the mode and curvature of the
   posterior given training rows follow by quasi-Newton.
3. Forecasts come from the engine again: a row is played under draws from the posterior of its fold.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from sklearn.linear_model import LogisticRegression, Ridge

from validation.episodes.rows import Episodes
from validation.episodes.simulate import Futures, Shared

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]
REPORTING = np.array([0.2, 0.6, 0.6])
DEGREES = 5.0
LOGISTIC_PENALTY = 0.02
RIDGE_PENALTY = 60.0
FEW = 30
BUMP = 1e-3


class Emulator(NamedTuple):
    """What an operation's futures say, as functions of the shared draws, given what happened.

    Attributes
    ----------
    intercept : (n, 4) ln odds of holding the place; means of ln days and ln killed of both sides,
    given
        that the attacker holds it or not, as happened
    slope : (n, 4, k)
    spread : (n, 3) of the three numbers
    """

    intercept: Floats
    slope: Floats
    spread: Floats


def emulate(episodes: Episodes, futures: list[Futures], shared: Shared) -> Emulator:
    """Learn the emulator of every row."""
    rows = [
        _one(futures[i], shared.values, happened=float(episodes.holds[i]) > 0.5)
        for i in range(len(episodes))
    ]
    return Emulator(*(np.array(part) for part in zip(*rows, strict=True)))


def _one(futures: Futures, draws: Floats, *, happened: bool) -> tuple[Floats, Floats, Floats]:
    each = futures.holds.shape[1]
    inputs = np.repeat(draws, each, axis=0)
    holds = futures.holds.ravel()
    outcome = futures.outcome.reshape(-1, 3)
    intercept, slope = np.empty(4), np.zeros((4, draws.shape[1]))
    spread = np.empty(3)
    share = (holds.sum() + 0.5) / (len(holds) + 1.0)
    intercept[0] = np.log(share / (1.0 - share))
    if FEW <= holds.sum() <= len(holds) - FEW:
        model = LogisticRegression(C=LOGISTIC_PENALTY, max_iter=500).fit(inputs, holds.astype(int))
        intercept[0], slope[0] = float(model.intercept_[0]), model.coef_[0]
    same = (holds > 0.5) == happened
    if same.sum() < FEW:
        same = np.ones_like(same)
    ridge = Ridge(alpha=RIDGE_PENALTY).fit(inputs[same], outcome[same])
    intercept[1:], slope[1:] = ridge.intercept_, ridge.coef_
    rest = outcome[same] - ridge.predict(inputs[same])
    spread[:] = np.sqrt((rest**2).mean(axis=0) + REPORTING**2)
    return intercept, slope, spread


class Gaussian(NamedTuple):
    """Posterior of the shared part: mean (k,), covariance (k, k)."""

    mean: Floats
    covariance: Floats

    def draw(self, names: tuple[str, ...], draws: int, seed: int) -> Shared:
        """Draw from it."""
        rng = np.random.default_rng(seed)
        root = np.linalg.cholesky(self.covariance)
        return Shared(names, self.mean + rng.standard_normal((draws, len(self.mean))) @ root.T)


class _Objective:
    """Minus ln posterior and its gradient, for some rows."""

    def __init__(self, emulator: Emulator, episodes: Episodes, rows: Integers) -> None:
        self.intercept = emulator.intercept[rows]
        self.slope = emulator.slope[rows]
        self.spread = emulator.spread[rows]
        self.sign = np.where(episodes.holds[rows] > 0.5, 1.0, -1.0)
        numbers = np.column_stack([episodes.ln_days, episodes.ln_killed])[rows]
        self.known = np.isfinite(numbers)
        self.numbers = np.where(self.known, numbers, 0.0)

    def __call__(self, x: Floats) -> tuple[float, Floats]:
        at = self.intercept + self.slope @ x
        rest = np.where(self.known, (self.numbers - at[:, 1:]) / self.spread, 0.0)
        weight = 0.5 * (DEGREES + 1.0)
        value = -np.logaddexp(0.0, -self.sign * at[:, 0]).sum()
        value -= weight * np.log1p(rest**2 / DEGREES).sum()
        slope = np.empty_like(at)
        slope[:, 0] = self.sign / (1.0 + np.exp(self.sign * at[:, 0]))
        slope[:, 1:] = 2.0 * weight / (DEGREES + rest**2) * rest / self.spread
        return float(0.5 * x @ x - value), x - np.einsum("nf,nfk->k", slope, self.slope)


def posterior(emulator: Emulator, episodes: Episodes, rows: Integers) -> Gaussian:
    """Mode and curvature of the posterior given some rows."""
    objective = _Objective(emulator, episodes, rows)
    k = emulator.slope.shape[2]
    mode = minimize(objective, np.zeros(k), jac=True, method="L-BFGS-B").x
    bumps = BUMP * np.eye(k)
    curvature = np.array(
        [(objective(mode + b)[1] - objective(mode - b)[1]) / (2.0 * BUMP) for b in bumps]
    )
    values, vectors = np.linalg.eigh(0.5 * (curvature + curvature.T))
    return Gaussian(mode, (vectors / np.maximum(values, 0.9)) @ vectors.T)
