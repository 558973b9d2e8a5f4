"""A Bayesian Poisson rate of onsets.

    onset of attacker a on place p in week w ~ Poisson(exposure · exp(m + level[a] + x · beta))

with m ~ normal(-4, 1.5) (a place is attacked once a month to once in twenty years), level ~
normal(0, 0.7), beta ~ normal(0, 0.5) on standardised covariates. The posterior is taken at its mode
with the curvature there (Laplace), and corrected by importance sampling from a wider Student's t
around it; both are given.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import optimize, stats

from validation.onset.table import BLOCS

Floats = NDArray[np.float64]
COVARIATES = ("log_km", "busy_defender", "busy_attacker", "aircraft", "air_elsewhere")
LEVEL = (-4.0, 1.5)
OWN_SPREAD = 0.7
SLOPE_SPREAD = 0.5
DRAWS = 20_000
DEGREES = 5
SEED = 11


class Design(NamedTuple):
    """What the rate is made of.

    Attributes
    ----------
    names : columns of `matrix`
    matrix : (n, k)
    exposure, onset : (n,)
    mean, spread : (k,) of the normal priors
    scale : of the covariates, standard deviation by name
    """

    names: tuple[str, ...]
    matrix: Floats
    exposure: Floats
    onset: Floats
    mean: Floats
    spread: Floats
    scale: dict[str, tuple[float, float]]


class Posterior(NamedTuple):
    """Draws of the coefficients.

    Attributes
    ----------
    names : (k,)
    mode, deviation : (k,) of the Laplace approximation
    draws : (n, k) after importance resampling
    effective : share of the proposals that count
    """

    names: tuple[str, ...]
    mode: Floats
    deviation: Floats
    draws: Floats
    effective: float

    def interval(self, name: str) -> tuple[float, float, float]:
        """Lower end of the 90 % interval, mean and upper end of a coefficient."""
        values = self.draws[:, self.names.index(name)]
        low, high = np.quantile(values, [0.05, 0.95])
        return float(low), float(values.mean()), float(high)


def design(table: pd.DataFrame, covariates: tuple[str, ...] = COVARIATES) -> Design:
    """Standardise covariates by exposure and put the priors beside them."""
    table = table.assign(log_km=np.log(table["km"]))
    weights = table["exposure"].to_numpy()
    columns, scale = [np.ones(len(table))], {}
    for bloc in BLOCS:
        columns.append((table["attacker"] == bloc).to_numpy(float))
    for name in covariates:
        values = table[name].to_numpy(float)
        middle = float(np.average(values, weights=weights))
        spread = float(np.sqrt(np.average((values - middle) ** 2, weights=weights)))
        scale[name] = (middle, spread)
        columns.append((values - middle) / spread)
    mean = np.zeros(len(columns))
    mean[0] = LEVEL[0]
    spreads = [LEVEL[1], *[OWN_SPREAD] * len(BLOCS), *[SLOPE_SPREAD] * len(covariates)]
    names = ("level", *(f"level of {bloc}" for bloc in BLOCS), *covariates)
    onset = table["onset"].to_numpy(float)
    return Design(names, np.stack(columns, 1), weights, onset, mean, np.array(spreads), scale)


def log_posterior(given: Design, beta: Floats) -> Floats:
    """Log posterior density up to a constant; beta : (..., k)."""
    log_rate = beta @ given.matrix.T + np.log(given.exposure)
    fit = (given.onset * log_rate - np.exp(log_rate)).sum(axis=-1)
    return np.asarray(fit - 0.5 * (((beta - given.mean) / given.spread) ** 2).sum(axis=-1))


def fit(given: Design, seed: int = SEED, draws: int = DRAWS) -> Posterior:
    """Find the mode, and correct the normal around it by importance sampling."""

    def gradient(beta: Floats) -> Floats:
        rate = np.exp(given.matrix @ beta) * given.exposure
        return -given.matrix.T @ (given.onset - rate) + (beta - given.mean) / given.spread**2

    found = optimize.minimize(
        lambda beta: -float(log_posterior(given, beta)), given.mean, jac=gradient, method="BFGS"
    )
    rate = np.exp(given.matrix @ found.x) * given.exposure
    curvature = (given.matrix.T * rate) @ given.matrix + np.diag(1.0 / given.spread**2)
    covariance = np.linalg.inv(curvature)
    proposal = stats.multivariate_t(found.x, covariance, df=DEGREES, seed=seed)
    proposed = proposal.rvs(draws)
    parts = [log_posterior(given, part) for part in np.array_split(proposed, 40)]
    logs = np.concatenate(parts) - proposal.logpdf(proposed)
    weights = np.exp(logs - logs.max())
    weights /= weights.sum()
    kept = np.random.default_rng(seed).choice(draws, draws, p=weights)
    effective = 1.0 / (draws * (weights**2).sum())
    deviation = np.sqrt(np.diag(covariance))
    return Posterior(given.names, found.x, deviation, proposed[kept], float(effective))
