"""Posterior of what operations share, given training rows.

The likelihood of a row is that of ln days and ln killed (where they are known) given its outcome,
times that of the outcome. Under its emulator these are quadratic forms of the operation's
coordinates, and its own departures are Gaussian, so that means and covariances over departures are
exact in closed form (those of operations that are launched, to first order); the numbers are then
taken as jointly Gaussian with the ln odds, and the outcome's chance is the logistic of the ln odds
given the numbers, averaged by the usual shrinking (MacKay 1992). Numbers carry a reporting error.
Parameters are standard normal a priori, ln spreads of departures as
:data:`validation.episodes.coordinates.SPREAD`.

The posterior is found by quasi-Newton, approximated by a wide Student's t around the mode, and
corrected by importance weights; the effective share of its draws is kept.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.special import expit

from validation.episodes.coordinates import (
    FAMILIES,
    PARAMETERS,
    SPREAD,
    Draws,
    family_of,
    parameter_of,
)
from validation.episodes.emulator import Emulator
from validation.episodes.rows import Episodes

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]
REPORTING = np.array([0.2, 0.8, 0.8])
PROPOSALS = 4_000
PROPOSAL_DEGREES = 8.0
INFLATION = 1.1
BUMP = 1e-2
K = len(PARAMETERS)


class Stack(NamedTuple):
    """Emulators of rows n at the outcome that happened: ln odds, then the three numbers.

    Attributes
    ----------
    constant : (n, 4)
    slope : (n, 4, k)
    curve : (n, 4, k, k)
    spread : (n, 3)
    sign : (n,) 1 if the place was taken, -1 if not
    numbers : (n, 3), 0 where not known
    known : (n, 3)
    parameter : (n, k) number of the shared parameter
    launch_constant, launch_slope, launch_curve : (n,), (n, k), (n, k, k) ln odds of launching
    """

    constant: Floats
    slope: Floats
    curve: Floats
    spread: Floats
    sign: Floats
    numbers: Floats
    known: NDArray[np.bool_]
    parameter: Integers
    launch_constant: Floats
    launch_slope: Floats
    launch_curve: Floats

    def take(self, rows: Integers) -> Stack:
        """Some of the rows."""
        return Stack(
            self.constant[rows],
            self.slope[rows],
            self.curve[rows],
            self.spread[rows],
            self.sign[rows],
            self.numbers[rows],
            self.known[rows],
            self.parameter[rows],
            self.launch_constant[rows],
            self.launch_slope[rows],
            self.launch_curve[rows],
        )


def stack(emulators: Sequence[Emulator], episodes: Episodes) -> Stack:
    """Put the emulators of all rows beside what happened."""
    taken = episodes.holds > 0.5
    parts = [
        (one.odds, one.taken if yes else one.failed)
        for one, yes in zip(emulators, taken, strict=True)
    ]
    numbers = np.column_stack([episodes.ln_days, episodes.ln_killed])
    known = np.isfinite(numbers)
    spread = np.array([one.spreads[int(yes)] for one, yes in zip(emulators, taken, strict=True)])
    return Stack(
        np.array([np.concatenate([a.constant, b.constant]) for a, b in parts]),
        np.array([np.concatenate([a.slope, b.slope]) for a, b in parts]),
        np.array([np.concatenate([a.curve, b.curve]) for a, b in parts]),
        np.sqrt(spread**2 + REPORTING**2),
        np.where(taken, 1.0, -1.0),
        np.where(known, numbers, 0.0),
        known,
        np.array([parameter_of(row) for row in episodes.known]),
        np.array([one.launch.constant[0] for one in emulators]),
        np.array([one.launch.slope[0] for one in emulators]),
        np.array([one.launch.curve[0] for one in emulators]),
    )


class Posterior(NamedTuple):
    """Weighted draws of the shared part.

    Attributes
    ----------
    values : (d, parameters + families), the last in ln
    weights : (d,) sum to 1
    """

    values: Floats
    weights: Floats

    @property
    def effective(self) -> float:
        """Effective share of the draws."""
        return float(1.0 / (self.weights**2).sum() / len(self.weights))

    @property
    def mean(self) -> Floats:
        """Posterior means."""
        return np.asarray(self.weights @ self.values)

    @property
    def deviation(self) -> Floats:
        """Posterior standard deviations."""
        return np.asarray(np.sqrt(self.weights @ (self.values - self.mean) ** 2))

    def draw(self, draws: int, seed: int) -> Draws:
        """Draw by systematic resampling, in random order."""
        rng = np.random.default_rng(seed)
        at = (np.arange(draws) + rng.random()) / draws
        picked = np.searchsorted(np.cumsum(self.weights), at).clip(0, len(self.weights) - 1)
        chosen = self.values[rng.permutation(picked)]
        return Draws(chosen[:, :K], np.exp(chosen[:, K:]))


class Objective:
    """Minus ln posterior of parameters and ln spreads, for some rows."""

    def __init__(self, given: Stack, rows: Integers) -> None:
        self.given = given.take(rows)
        self.family = family_of()
        self.diagonal = np.einsum("nokk->nok", self.given.curve)
        noise = np.where(self.given.known, self.given.spread**2, 1.0)
        self.noise = noise[:, :, None] * np.eye(noise.shape[1])
        self.both = self.given.known[:, :, None] & self.given.known[:, None, :]

    def moments(self, x: Floats) -> tuple[Floats, Floats]:
        """Mean (n, 4) and covariance (n, 4, 4) over departures: ln odds, then the numbers."""
        given = self.given
        variance = np.append(np.exp(2.0 * x[K:]), 0.0)[self.family]
        at = self._launched(x[:K][given.parameter], variance)
        bent = np.einsum("nokj,nj->nok", given.curve, at)
        mean = given.constant + ((given.slope + bent) * at[:, None]).sum(axis=2)
        mean += self.diagonal @ variance
        slope = given.slope + 2.0 * bent
        covariance = (slope * variance) @ slope.transpose(0, 2, 1)
        flat = (given.curve * np.sqrt(variance[:, None] * variance)).reshape(
            *mean.shape, at.shape[1] ** 2
        )
        return mean, covariance + 2.0 * flat @ flat.transpose(0, 2, 1)

    def _launched(self, at: Floats, variance: Floats) -> Floats:
        """Middle of the departures of operations that are launched.

        The chance of launching tilts the Gaussian of departures; to first order this moves its
        middle and leaves its spread.
        """
        given = self.given
        bent = np.einsum("nkj,nj->nk", given.launch_curve, at)
        odds = given.launch_constant + ((given.launch_slope + bent) * at).sum(axis=1)
        slope = given.launch_slope + 2.0 * bent
        shrunk = np.sqrt(1.0 + np.pi * (slope**2 * variance).sum(axis=1) / 8.0)
        pull = expit(-odds / shrunk) / shrunk
        return np.asarray(at + variance * slope * pull[:, None])

    def __call__(self, x: Floats) -> float:
        given = self.given
        mean, covariance = self.moments(x)
        rest = np.where(given.known, given.numbers - mean[:, 1:], 0.0)
        spread = np.where(self.both, covariance[:, 1:, 1:], 0.0) + self.noise
        cross = np.where(given.known, covariance[:, 0, 1:], 0.0)
        solved = np.linalg.solve(spread, np.stack([rest, cross], axis=2))
        total = -0.5 * (rest * solved[:, :, 0]).sum() - 0.5 * np.linalg.slogdet(spread)[1].sum()
        odds = mean[:, 0] + (cross * solved[:, :, 0]).sum(axis=1)
        left = np.maximum(covariance[:, 0, 0] - (cross * solved[:, :, 1]).sum(axis=1), 0.0)
        shrunk = given.sign * odds / np.sqrt(1.0 + np.pi * left / 8.0)
        total -= np.logaddexp(0.0, -shrunk).sum()
        prior = (x[:K] ** 2).sum() + (((x[K:] - SPREAD[0]) / SPREAD[1]) ** 2).sum()
        return float(0.5 * prior - total)


def posterior(given: Stack, rows: Integers, seed: int = 1) -> Posterior:
    """Weighted draws of the posterior given some rows."""
    objective = Objective(given, rows)
    start = np.concatenate([np.zeros(K), np.full(len(FAMILIES), SPREAD[0])])
    mode = minimize(objective, start, method="L-BFGS-B").x
    root = _root(objective, mode)
    rng = np.random.default_rng(seed)
    normal = rng.standard_normal((PROPOSALS, len(mode)))
    stretch = np.sqrt(PROPOSAL_DEGREES / rng.chisquare(PROPOSAL_DEGREES, PROPOSALS))
    steps = normal * stretch[:, None]
    draws = mode + INFLATION * steps @ root.T
    proposed = (
        -0.5 * (PROPOSAL_DEGREES + len(mode)) * np.log1p((steps**2).sum(axis=1) / PROPOSAL_DEGREES)
    )
    ln_weights = np.array([-objective(one) for one in draws]) - proposed
    return Posterior(draws, _truncated(ln_weights))


def _root(objective: Objective, mode: Floats) -> Floats:
    """Root of the inverse curvature at the mode, never wider than the prior."""
    bumps = BUMP * np.eye(len(mode))
    at = objective(mode)
    up = [objective(mode + one) for one in bumps]
    curvature = np.empty((len(mode), len(mode)))
    for i, one in enumerate(bumps):
        for j, other in enumerate(bumps[: i + 1]):
            mixed = objective(mode + one + other) - up[i] - up[j] + at
            curvature[i, j] = curvature[j, i] = mixed / BUMP**2
    values, vectors = np.linalg.eigh(curvature)
    return np.asarray(vectors / np.sqrt(np.maximum(values, 0.9)))


def _truncated(ln_weights: Floats) -> Floats:
    """Weights cut at sqrt(draws) times their mean (Ionides 2008), so that none decides alone."""
    weights = np.exp(ln_weights - ln_weights.max())
    weights = np.minimum(weights, weights.mean() * np.sqrt(len(weights)))
    return np.asarray(weights / weights.sum())
