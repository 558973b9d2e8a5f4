"""Posterior of the coefficients: one design of simulated battles, reweighted for every fold.

1. Rounds of a design and its surrogate (:mod:`validation.cdb90.surrogate`) find where the posterior
   is; from the last surrogate each fold gets a Gaussian approximation from its own training rows
   (Laplace), corrected by simulated data (:mod:`validation.cdb90.correction`).
2. The last design is drawn from these approximations, a little widened; every draw is simulated
   once for all rows, and its synthetic likelihood kept row by row.
3. A fold's posterior is its own part of that design, weighted by prior times likelihood of the
   fold's training rows over the approximation's density (importance sampling). The likelihood is
   itself simulated and noisy, so weights are tempered until a third of the draws is effective; the
   exponent is reported (1 would be plain importance sampling, 0 the Gaussian approximation). Draws
   of other folds, which have seen the fold's test rows, are never used.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from validation.cdb90.correction import Correction, correction, feed_back
from validation.cdb90.likelihood import log_likelihood, summarise
from validation.cdb90.parameters import PARAMETERS
from validation.cdb90.rows import Battles
from validation.cdb90.simulate import Randomness, draw_randomness, simulate
from validation.cdb90.surrogate import Gaussian, Surrogate, features, laplace, learn

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]
INFLATION = 1.1
WIDTHS = (0.5, 1.5, 1.5, 1.0, 1.0)
KEPT = 4
SEED = 1


@dataclass(frozen=True)
class Plan:
    """How much is simulated.

    Attributes
    ----------
    rounds : draws of each design before the last
    final : draws of the last design
    replicates, final_replicates : simulated battles a row and draw
    processes : at once
    """

    rounds: tuple[int, ...] = (600, 400, 400, 400, 400)
    final: int = 1_100
    replicates: int = 32
    final_replicates: int = 64
    processes: int = min(2, os.cpu_count() or 1)


class Design(NamedTuple):
    """Draws of coefficients and what the simulated battles say, rows n.

    Attributes
    ----------
    draws : (d, k) whitened coefficients
    log_prior, log_proposal : (d,)
    fold : (d,) which fold's approximation it was drawn from
    log_likelihood : (d, n)
    probability : (d, n) of winning
    kept : (d, n, KEPT, 4) some simulated battles: won, ln losses of both sides, ln days
    """

    draws: Floats
    log_prior: Floats
    log_proposal: Floats
    fold: Integers
    log_likelihood: Floats
    probability: Floats
    kept: Floats


class _Job(NamedTuple):
    battles: Battles
    replicates: int
    with_surprise: bool


_shared: dict[str, tuple[_Job, Randomness]] = {}


def _prepare(job: _Job) -> None:
    _shared["job"] = (job, draw_randomness(len(job.battles), job.replicates, SEED))


def _look(x: Floats) -> tuple[Floats, Floats]:
    job, random = _shared["job"]
    said = summarise(simulate(job.battles, x, random, with_surprise=job.with_surprise))
    return features(said), said.correlation


def _weigh(x: Floats) -> tuple[Floats, Floats, Floats]:
    job, random = _shared["job"]
    simulated = simulate(job.battles, x, random, with_surprise=job.with_surprise)
    said = summarise(simulated)
    at = int(abs(x.sum()) * 1e6) % (random.replicates - KEPT)
    both = np.concatenate([simulated.won[..., None], simulated.outcome], axis=2)
    probability = 1.0 / (1.0 + np.exp(-said.log_odds))
    return (
        log_likelihood(said, job.battles),
        probability,
        both[:, at : at + KEPT].astype(np.float32),
    )


def _workers(job: _Job, plan: Plan) -> ProcessPoolExecutor:
    return ProcessPoolExecutor(plan.processes, initializer=_prepare, initargs=(job,))


class Located(NamedTuple):
    """Where the posterior is: a surrogate that is good around a Gaussian, and how far it misses."""

    surrogate: Surrogate
    around: Gaussian
    correction: Correction


def locate(battles: Battles, rows: Integers, *, with_surprise: bool, plan: Plan) -> Located:
    """Find the posterior given some rows by rounds of designs and surrogates."""
    rng = np.random.default_rng(SEED)
    k = len(PARAMETERS)
    guess = Gaussian(np.zeros(k), np.eye(k))
    with _workers(_Job(battles, plan.replicates, with_surprise), plan) as pool:
        for count, width in zip(plan.rounds, WIDTHS, strict=True):
            draws = guess.draw(count, rng, width)
            looks = list(pool.map(_look, draws, chunksize=8))
            correlation = np.mean([look[1] for look in looks], axis=0)
            seen = np.array([look[0] for look in looks])
            surrogate = learn(draws, seen, correlation, guess.mean)
            guess = laplace(surrogate, battles, rows, guess.mean)
    misses = feed_back(battles, rows, surrogate, guess, with_surprise=with_surprise)
    return Located(surrogate, guess, correction(misses))


def make_design(
    battles: Battles,
    trainings: Iterable[Integers],
    *,
    with_surprise: bool,
    plan: Plan,
) -> Design:
    """Simulate the design of every fold; only its training rows shape a fold's posterior.

    All trainings together say where the surrogate has to be good, and nothing else.
    """
    trainings = list(trainings)
    together = np.unique(np.concatenate(trainings))
    found = locate(battles, together, with_surprise=with_surprise, plan=plan)
    parts = [
        found.correction.of(laplace(found.surrogate, battles, rows, found.around.mean))
        for rows in trainings
    ]
    each = -(-plan.final // len(parts))
    rng = np.random.default_rng(SEED + 1)
    draws = np.concatenate([part.draw(each, rng, INFLATION) for part in parts])
    job = _Job(battles, plan.final_replicates, with_surprise)
    with _workers(job, plan) as pool:
        weighed = list(pool.map(_weigh, draws, chunksize=8))
    fold = np.repeat(np.arange(len(parts)), each)
    density = [part.log_density(draws[fold == i], INFLATION) for i, part in enumerate(parts)]
    return Design(
        draws=draws,
        log_prior=-0.5 * (draws**2).sum(axis=1),
        log_proposal=np.concatenate(density),
        fold=fold,
        log_likelihood=np.array([one[0] for one in weighed]),
        probability=np.array([one[1] for one in weighed]),
        kept=np.array([one[2] for one in weighed]),
    )


class Weights(NamedTuple):
    """Draws of a fold, their weights, summing to 1, and how much these were tempered."""

    draws: Integers
    weight: Floats
    exponent: float
    effective: float


def weights(design: Design, fold: int, rows: Integers) -> Weights:
    """Weigh a fold's draws by the posterior given its training rows."""
    draws = np.flatnonzero(design.fold == fold)
    log_weight = design.log_likelihood[draws][:, rows].sum(axis=1)
    log_weight = log_weight + design.log_prior[draws] - design.log_proposal[draws]
    log_weight = log_weight - log_weight.max()
    low, high, exponent = 0.0, 1.0, 1.0
    for _ in range(30):
        if _effective(exponent * log_weight) >= len(draws) / 3.0:
            low = exponent
        else:
            high = exponent
        if low == 1.0:
            break
        exponent = 0.5 * (low + high)
    weight = np.exp(low * log_weight)
    return Weights(draws, weight / weight.sum(), low, _effective(low * log_weight))


def _effective(log_weight: Floats) -> float:
    weight = np.exp(log_weight)
    return float(weight.sum() ** 2 / (weight**2).sum())
