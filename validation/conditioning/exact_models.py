"""Three models whose evidence and posterior are known exactly, as problems for the sampler.

Each has one unknown (a standard normal before it is transformed) and, but for the counts, one
random input a day; evidence arrives day by day. They are expressed as a theatre is: whitened
unknowns, inputs by day, a likelihood for each report.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import stats

from contingent.infer.draws import Draws
from contingent.infer.smc import FIRST_OF_PROBLEM, Length, Particles, Proposal

Floats = NDArray[np.float64]
UNKNOWNS, INPUTS, WALK, JOINT, DAY, WHICH = range(FIRST_OF_PROBLEM, FIRST_OF_PROBLEM + 6)
Path = Callable[[Floats, Floats], Floats]

STAYS = (0.5, 0.45)
"""The hidden chain stays where it is with probability 0.5 + 0.45·(2Φ(t) − 1)."""
SEEN = np.array([[0.7, 0.2, 0.1], [0.15, 0.7, 0.15], [0.1, 0.2, 0.7]])
SYMBOLS = (0, 0, 1, 1, 1, 2, 2, 0)
DRIFT, STEP_NOISE, SIGHT_NOISE = 0.3, 0.5, 0.4
SIGHTINGS = (0.4, 0.9, 0.7, 1.6, 2.1, 1.7, 2.9, 3.2)
SHAPE, RATE = 2.0, 0.5
COUNTS = (3, 6, 4, 9, 5, 7)


@dataclass(frozen=True)
class Exact:
    """A problem of the sampler with whitened unknowns and inputs.

    Attributes
    ----------
    name : of the model
    log_densities : unknowns (n, 1) and inputs (n, days) to log-likelihoods (n, days)
    days : number of pieces of evidence
    quantity : unknowns and inputs to the number whose posterior mean is known, (n,)
    log_evidence, mean : the exact answers
    """

    name: str
    log_densities: Path
    days: int
    quantity: Path
    log_evidence: float
    mean: float
    moves: dict[str, Length] = field(
        default_factory=lambda: {"walk": Length(2.38), "joint": Length(0.5, 1.0), "day": Length()}
    )

    @property
    def steps(self) -> int:
        return self.days

    def reach(self, step: int) -> int:
        return step + 1

    def draw(self, count: int, draws: Draws) -> Particles:
        return {
            "unknowns": draws.normals(UNKNOWNS, count, np.arange(1)),
            "inputs": draws.normals(INPUTS, count, np.arange(self.days)),
        }

    def extend(self, particles: Particles, step: int, draws: Draws) -> Particles:
        inputs = particles["inputs"].copy()
        later = np.arange(step, self.days)
        inputs[:, step:] = draws.normals(INPUTS, len(inputs), later)
        return {**particles, "inputs": inputs}

    def log_likelihoods(self, particles: Particles, steps: int) -> Floats:
        return self.log_densities(particles["unknowns"], particles["inputs"])[:, :steps]

    def learn(self, particles: Particles, weights: Floats) -> Any:
        t = particles["unknowns"][:, 0]
        mean = weights @ t
        return float(np.sqrt(weights @ (t - mean) ** 2 + 1e-4))

    def propose(
        self, move: str, particles: Particles, steps: int, length: float, learnt: Any, draws: Draws
    ) -> Proposal:
        t, inputs = particles["unknowns"], particles["inputs"]
        count = len(t)
        if move == "walk":
            new = t + length * learnt * draws.normals(WALK, count, np.arange(1))
            ratio = 0.5 * (t**2 - new**2).sum(axis=1)
            return Proposal({"unknowns": new, "inputs": inputs}, ratio)
        if move == "joint":
            beta = min(length, 1.0)
            keep = np.sqrt(1.0 - beta**2)
            noise = draws.normals(JOINT, count, np.arange(1 + self.days))
            return Proposal(
                {
                    "unknowns": keep * t + beta * noise[:, :1],
                    "inputs": keep * inputs + beta * noise[:, 1:],
                }
            )
        fresh = inputs.copy()
        day = draws.whole(WHICH, count, steps)[:, 0]
        fresh[np.arange(count), day] = draws.normals(DAY, count, np.arange(1))[:, 0]
        return Proposal({"unknowns": t, "inputs": fresh})


def stay_probability(t: Floats) -> Floats:
    return STAYS[0] + STAYS[1] * (2.0 * stats.norm.cdf(t) - 1.0)


def hidden_chain(t: Floats, inputs: Floats) -> NDArray[np.int64]:
    """States of the hidden chain, (n, days): three states, begun in any with equal chance."""
    u = stats.norm.cdf(inputs)
    stays = stay_probability(t[:, 0])
    states = np.empty(inputs.shape, dtype=np.int64)
    states[:, 0] = np.minimum((3 * u[:, 0]).astype(int), 2)
    for day in range(1, inputs.shape[1]):
        moved = u[:, day] >= stays
        up = (u[:, day] - stays) / (1.0 - stays) < 0.5
        states[:, day] = (states[:, day - 1] + np.where(moved, np.where(up, 1, 2), 0)) % 3
    return states


def hidden_markov() -> Exact:
    """Forward algorithm, integrated over the unknown on a fine grid."""

    def densities(t: Floats, inputs: Floats) -> Floats:
        return np.log(SEEN[hidden_chain(t, inputs), np.array(SYMBOLS)])

    def ends_in_two(t: Floats, inputs: Floats) -> Floats:
        return (hidden_chain(t, inputs)[:, -1] == 2).astype(float)

    grid = np.linspace(-7.0, 7.0, 4001)
    prior = stats.norm.pdf(grid) * (grid[1] - grid[0])
    likelihood, last = np.empty(len(grid)), np.empty(len(grid))
    for i, stays in enumerate(stay_probability(grid)):
        change = np.full((3, 3), (1.0 - stays) / 2.0) + np.eye(3) * (stays - (1.0 - stays) / 2.0)
        alpha = np.full(3, 1.0 / 3.0) * SEEN[:, SYMBOLS[0]]
        for symbol in SYMBOLS[1:]:
            alpha = (alpha @ change) * SEEN[:, symbol]
        likelihood[i], last[i] = alpha.sum(), alpha[2]
    total = float(prior @ likelihood)
    return Exact(
        "hidden Markov", densities, len(SYMBOLS), ends_in_two, float(np.log(total)),
        float(prior @ last) / total,
    )  # fmt: skip


def linear_gaussian(drift: float = DRIFT, days: int = len(SIGHTINGS)) -> Exact:
    """A walk with unknown drift seen through noise: everything is jointly normal (Kalman).

    `drift` is the prior deviation of the drift a day, `days` the number of sightings.
    """
    seen = np.array(SIGHTINGS[:days])

    def walk(t: Floats, inputs: Floats) -> Floats:
        return np.cumsum(drift * t + STEP_NOISE * inputs, axis=1)

    def densities(t: Floats, inputs: Floats) -> Floats:
        return stats.norm.logpdf(seen, walk(t, inputs), SIGHT_NOISE)

    sums = np.tril(np.ones((days, days)))
    onto = np.column_stack([drift * np.arange(1, days + 1), STEP_NOISE * sums])
    covariance = onto @ onto.T + SIGHT_NOISE**2 * np.eye(days)
    evidence = stats.multivariate_normal.logpdf(seen, np.zeros(days), covariance)
    mean = float((onto.T @ np.linalg.solve(covariance, seen))[0])
    return Exact(
        "linear Gaussian", densities, days, lambda t, inputs: t[:, 0], float(evidence), mean
    )


def counts() -> Exact:
    """Poisson counts whose rate has a gamma prior: the evidence is negative binomial."""
    seen = np.array(COUNTS)

    def rate(t: Floats, inputs: Floats) -> Floats:
        return stats.gamma.ppf(stats.norm.cdf(t[:, 0]), SHAPE, scale=1.0 / RATE)

    def densities(t: Floats, inputs: Floats) -> Floats:
        return stats.poisson.logpmf(seen, rate(t, inputs)[:, None])

    shape, inverse, evidence = SHAPE, RATE, 0.0
    for count in COUNTS:
        evidence += stats.nbinom.logpmf(count, shape, inverse / (inverse + 1.0))
        shape, inverse = shape + count, inverse + 1.0
    return Exact("counts", densities, len(COUNTS), rate, float(evidence), shape / inverse)


MODELS = (hidden_markov, linear_gaussian, counts)
