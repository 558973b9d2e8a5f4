"""Correction of the fit by simulated data: how far, and how surely, it misses what is known.

The surrogate is not the simulator, so that Laplace's intervals are too narrow. Data sets are made
from known coefficients around the posterior and fitted the same way; each coefficient's mean miss
and root mean square of the rest, in units of the stated spread, correct the mean and the spread
(calibration of approximate credible sets by simulation, after Lee, Nicholls & Ryder 2019). No real
outcome enters, and the battles of a test file do not either.
"""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from validation.cdb90.rows import Battles
from validation.cdb90.simulate import draw_randomness, simulate
from validation.cdb90.surrogate import Gaussian, Surrogate, laplace

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]
SETS = 60
WIDTH = 2.0


class Correction(NamedTuple):
    """Miss of each coefficient in stated spreads: its mean (k,) and the spread of the rest (k,)."""

    shift: Floats
    stretch: Floats

    def of(self, stated: Gaussian) -> Gaussian:
        """What a stated posterior should have said."""
        spread = np.sqrt(np.diag(stated.covariance))
        stretched = stated.covariance * np.outer(self.stretch, self.stretch)
        return Gaussian(stated.mean - self.shift * spread, stretched)


def simulated(battles: Battles, whitened: Floats, seed: int, *, with_surprise: bool) -> Battles:
    """Battles with the same inputs and simulated outcomes."""
    random = draw_randomness(len(battles), 1, seed)
    made = simulate(battles, whitened, random, with_surprise=with_surprise)
    known = np.isfinite(battles.outcome)
    outcome = np.where(known, made.outcome[:, 0], np.nan)
    return replace(battles, won=made.won[:, 0], outcome=outcome)


class Misses(NamedTuple):
    """Coefficients that made the data sets (sets, k) and the posteriors fitted to these."""

    truths: Floats
    fitted: list[Gaussian]


def feed_back(
    battles: Battles,
    rows: Integers,
    surrogate: Surrogate,
    around: Gaussian,
    *,
    with_surprise: bool,
    sets: int = SETS,
    seed: int = 1,
) -> Misses:
    """Make data sets from coefficients drawn around a posterior, their prior, and fit them."""
    prior = Gaussian(around.mean, WIDTH * around.covariance)
    truths = prior.draw(sets, np.random.default_rng(seed))
    some = battles.take(rows)
    own = Surrogate(*(part[rows] for part in surrogate))
    every = np.arange(len(some))
    fitted = [
        laplace(
            own,
            simulated(some, truth, 1_000 * seed + number, with_surprise=with_surprise),
            every,
            prior.mean,
            prior,
        )
        for number, truth in enumerate(truths)
    ]
    return Misses(truths, fitted)


def correction(misses: Misses) -> Correction:
    """What the misses of simulated data say about the stated mean and spread."""
    spreads = np.array([np.sqrt(np.diag(one.covariance)) for one in misses.fitted])
    means = np.array([one.mean for one in misses.fitted])
    miss = (means - misses.truths) / spreads
    shift = miss.mean(axis=0)
    stretch = np.sqrt(((miss - shift) ** 2).sum(axis=0) / (len(miss) - 1))
    return Correction(shift, np.maximum(stretch, 1.0))
