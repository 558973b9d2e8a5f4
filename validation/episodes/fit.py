"""Posterior of what operations share, given training rows.

The likelihood of a row is that of its outcome, of its ln days given the outcome, and of killed
where they are known, under its emulator, averaged over the operation's own departures (a fixed
low-discrepancy sample, so that the likelihood is smooth). Numbers have Student's t with five
degrees of freedom around the emulator's means, with a reporting error. Parameters are standard
normal a priori, ln spreads of departures as :data:`validation.episodes.coordinates.SPREAD`.

The posterior is found by quasi-Newton with analytic gradients, approximated by a wide Student's t
around the mode, and corrected by importance weights; the effective share of its draws is kept.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.special import expit, gammaln, logsumexp
from scipy.stats import qmc

from contingent.arithmetic import normal_quantile_array
from validation.episodes.coordinates import (
    COORDINATES,
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
REPORTING = np.array([0.2, 0.6, 0.6])
DEGREES = 5.0
WEIGHT = 0.5 * (DEGREES + 1.0)
T_CONSTANT = float(gammaln(WEIGHT) - gammaln(DEGREES / 2.0) - 0.5 * np.log(DEGREES * np.pi))
DEPARTURES = 64
PROPOSALS = 3_000
PROPOSAL_DEGREES = 8.0
INFLATION = 1.15
BUMP = 1e-3
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
    """

    constant: Floats
    slope: Floats
    curve: Floats
    spread: Floats
    sign: Floats
    numbers: Floats
    known: NDArray[np.bool_]
    parameter: Integers

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
    """Minus ln posterior of parameters and ln spreads, and its gradient, for some rows."""

    def __init__(self, given: Stack, rows: Integers) -> None:
        self.given = given.take(rows)
        unit = qmc.Sobol(len(COORDINATES), rng=np.random.default_rng(7)).random(DEPARTURES)
        sample = np.asarray(normal_quantile_array(np.clip(unit, 1e-6, 1.0 - 1e-6)))
        self.family = family_of()
        self.departures = np.where(self.family >= 0, sample, 0.0)

    def __call__(self, x: Floats) -> tuple[float, Floats]:
        given = self.given
        own = self.departures * np.exp(np.append(x[K:], 0.0))[self.family]
        at = x[:K][given.parameter][:, None, :] + own
        curved = np.einsum("nokj,nmj->nmok", given.curve, at)
        value = given.constant[:, None] + np.einsum("nmk,nok->nmo", at, given.slope)
        value += np.einsum("nmok,nmk->nmo", curved, at)
        sign = given.sign[:, None]
        rest = (given.numbers[:, None] - value[:, :, 1:]) / given.spread[:, None]
        rest = np.where(given.known[:, None], rest, 0.0)
        each = -np.logaddexp(0.0, -sign * value[:, :, 0])
        each -= WEIGHT * np.log1p(rest**2 / DEGREES).sum(axis=2)
        scale = np.where(given.known, T_CONSTANT - np.log(given.spread), 0.0).sum()
        total = logsumexp(each, axis=1) - np.log(DEPARTURES)
        prior = -0.5 * (x[:K] ** 2).sum() - 0.5 * (((x[K:] - SPREAD[0]) / SPREAD[1]) ** 2).sum()
        share = np.exp(each - logsumexp(each, axis=1)[:, None])
        outputs = np.empty_like(value)
        outputs[:, :, 0] = sign * expit(-sign * value[:, :, 0])
        outputs[:, :, 1:] = 2.0 * WEIGHT * rest / (DEGREES + rest**2) / given.spread[:, None]
        outputs *= share[:, :, None]
        inner = np.einsum("nmo,nok->nmk", outputs, given.slope)
        inner += 2.0 * np.einsum("nmo,nmok->nmk", outputs, curved)
        slope = np.zeros(len(x))
        np.add.at(slope, given.parameter, inner.sum(axis=1))
        by_coordinate = np.einsum("nmk,mk->k", inner, own)
        inside = self.family >= 0
        np.add.at(slope, K + self.family[inside], by_coordinate[inside])
        slope[:K] -= x[:K]
        slope[K:] -= (x[K:] - SPREAD[0]) / SPREAD[1] ** 2
        return float(-(total.sum() + scale + prior)), -slope


def posterior(given: Stack, rows: Integers, seed: int = 1) -> Posterior:
    """Weighted draws of the posterior given some rows."""
    objective = Objective(given, rows)
    start = np.concatenate([np.zeros(K), np.full(len(FAMILIES), SPREAD[0])])
    mode = minimize(objective, start, jac=True, method="L-BFGS-B").x
    root = _root(objective, mode)
    rng = np.random.default_rng(seed)
    normal = rng.standard_normal((PROPOSALS, len(mode)))
    stretch = np.sqrt(PROPOSAL_DEGREES / rng.chisquare(PROPOSAL_DEGREES, PROPOSALS))
    steps = normal * stretch[:, None]
    draws = mode + INFLATION * steps @ root.T
    proposed = (
        -0.5 * (PROPOSAL_DEGREES + len(mode)) * np.log1p((steps**2).sum(axis=1) / PROPOSAL_DEGREES)
    )
    ln_weights = np.array([-objective(one)[0] for one in draws]) - proposed
    return Posterior(draws, _truncated(ln_weights))


def _root(objective: Objective, mode: Floats) -> Floats:
    """Root of the inverse curvature at the mode, never wider than the prior."""
    bumps = BUMP * np.eye(len(mode))
    curvature = np.array(
        [(objective(mode + b)[1] - objective(mode - b)[1]) / (2.0 * BUMP) for b in bumps]
    )
    values, vectors = np.linalg.eigh(0.5 * (curvature + curvature.T))
    return np.asarray(vectors / np.sqrt(np.maximum(values, 0.9)))


def _truncated(ln_weights: Floats) -> Floats:
    """Weights cut at sqrt(draws) times their mean (Ionides 2008), so that none decides alone."""
    weights = np.exp(ln_weights - ln_weights.max())
    weights = np.minimum(weights, weights.mean() * np.sqrt(len(weights)))
    return np.asarray(weights / weights.sum())
