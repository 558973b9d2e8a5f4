"""A Gaussian approximation of the posterior, from a surrogate of the simulated battles.

What the simulated battles of a row say (ln odds of winning, means, ln spreads) is regressed on the
coefficients over a design of draws. With the surrogate in the likelihood the posterior has
gradients, its mode is found by quasi-Newton and its curvature gives the covariance (Laplace). A new
design around the mode makes the surrogate better, and so on. Nothing is learned from an outcome of
a row that is not in ``rows``.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from validation.cdb90.likelihood import DEGREES, SCALES, Summary, precision
from validation.cdb90.rows import Battles

Floats = NDArray[np.float64]
RIDGE = 3.0
BEND_RIDGE = 30.0
BUMP = 1e-3


class Surrogate(NamedTuple):
    """Summaries of all rows as functions of the coefficients, quadratic without cross terms.

    Attributes
    ----------
    intercept : (n, 10); ln odds, three means if lost, three if won, three ln spreads
    slope, bend : (n, 10, k), of the coefficients and of their squares
    correlation : (n, 3, 3), mean over the design
    """

    intercept: Floats
    slope: Floats
    bend: Floats
    correlation: Floats


class Gaussian(NamedTuple):
    """Mean (k,) and covariance (k, k) of the whitened coefficients."""

    mean: Floats
    covariance: Floats

    def draw(self, n: int, rng: np.random.Generator, inflation: float = 1.0) -> Floats:
        """Draw (n, k)."""
        root = np.linalg.cholesky(self.covariance * inflation)
        return np.asarray(self.mean + rng.standard_normal((n, len(self.mean))) @ root.T)

    def log_density(self, x: Floats, inflation: float = 1.0) -> Floats:
        """Ln density at (n, k) points, constants left out that hang on k alone."""
        root = np.linalg.cholesky(self.covariance * inflation)
        z = np.linalg.solve(root, (x - self.mean).T)
        return np.asarray(-0.5 * (z**2).sum(axis=0) - np.log(np.diag(root)).sum())


def features(summary: Summary) -> Floats:
    """Summary as a table (n, 10)."""
    means = summary.means.reshape(len(summary.log_odds), 6)
    return np.column_stack([summary.log_odds, means, summary.log_spreads])


def learn(design: Floats, seen: Floats, correlation: Floats, centre: Floats) -> Surrogate:
    """Ridge regression of the features (draws, n, 10) on the design (draws, k) and its squares."""
    draws, k = design.shape
    offset = design - centre
    spread = np.sqrt((offset**2).mean(axis=0))
    inputs = np.column_stack([np.ones(draws), offset / spread, (offset / spread) ** 2 - 1.0])
    penalty = np.diag(np.r_[0.0, np.full(k, RIDGE), np.full(k, BEND_RIDGE)])
    flat = seen.reshape(draws, -1)
    solution = np.linalg.solve(inputs.T @ inputs + penalty, inputs.T @ flat)
    linear, square = (
        part.reshape(k, *seen.shape[1:]).transpose(1, 2, 0)
        for part in (solution[1 : k + 1], solution[k + 1 :])
    )
    bend = square / spread**2
    slope = linear / spread - 2.0 * bend * centre
    intercept = solution[0].reshape(seen.shape[1:]) - square.sum(axis=2)
    intercept = intercept - (linear / spread) @ centre + bend @ centre**2
    return Surrogate(intercept, slope, bend, correlation)


class _Objective:
    """Minus ln posterior of the surrogate and its gradient, for some rows."""

    def __init__(
        self,
        surrogate: Surrogate,
        battles: Battles,
        rows: NDArray[np.int64],
        prior: Gaussian | None = None,
    ) -> None:
        k = surrogate.slope.shape[2]
        self.centre = np.zeros(k) if prior is None else prior.mean
        self.weight = np.eye(k) if prior is None else np.linalg.inv(prior.covariance)
        self.intercept = surrogate.intercept[rows]
        self.slope = surrogate.slope[rows]
        self.bend = surrogate.bend[rows]
        self.outcome = battles.outcome[rows]
        self.known = np.isfinite(self.outcome)
        self.scale = SCALES[self.known.sum(axis=1)][:, None]
        self.side = battles.won[rows].astype(int)
        self.inverse = precision(surrogate.correlation[rows], self.known)[0]

    def __call__(self, x: Floats) -> tuple[float, Floats]:
        at = self.intercept + self.slope @ x + self.bend @ x**2
        n = np.arange(len(at))
        sign = np.where(self.side == 1, 1.0, -1.0)
        columns = 1 + 3 * self.side[:, None] + np.arange(3)
        spread = np.exp(at[:, 7:10]) * self.scale
        rest = np.where(self.known, (self.outcome - at[n[:, None], columns]) / spread, 0.0)
        pulled = np.einsum("nij,nj->ni", self.inverse, rest)
        square = (rest * pulled).sum(axis=1)
        weight = 0.5 * (DEGREES + self.known.sum(axis=1))
        value = -np.logaddexp(0.0, -sign * at[:, 0]) - weight * np.log1p(square / DEGREES)
        value = value - (at[:, 7:10] * self.known).sum(axis=1)
        pull = (2.0 * weight / (DEGREES + square))[:, None] * pulled
        slope = np.zeros_like(at)
        slope[:, 0] = sign / (1.0 + np.exp(sign * at[:, 0]))
        slope[n[:, None], columns] = pull / spread
        slope[:, 7:10] = (rest * pull - 1.0) * self.known
        gradient = np.einsum("nf,nfk->k", slope, self.slope)
        gradient = gradient + 2.0 * x * np.einsum("nf,nfk->k", slope, self.bend)
        pulled_back = self.weight @ (x - self.centre)
        return float(0.5 * (x - self.centre) @ pulled_back - value.sum()), pulled_back - gradient


def laplace(
    surrogate: Surrogate,
    battles: Battles,
    rows: NDArray[np.int64],
    start: Floats,
    prior: Gaussian | None = None,
) -> Gaussian:
    """Mode and curvature of the posterior given some rows; the prior is standard if not given."""
    objective = _Objective(surrogate, battles, rows, prior)
    mode = minimize(objective, start, jac=True, method="L-BFGS-B", options={"maxiter": 500}).x
    k = len(mode)
    bumps = BUMP * np.eye(k)
    curvature = np.array(
        [(objective(mode + b)[1] - objective(mode - b)[1]) / (2.0 * BUMP) for b in bumps]
    )
    values, vectors = np.linalg.eigh(0.5 * (curvature + curvature.T))
    covariance = (vectors / np.maximum(values, 0.9)) @ vectors.T
    return Gaussian(mode, covariance)
