"""How likely a battle is under simulated ones: a synthetic likelihood, row by row.

The simulated battles of a row give a chance of winning (with half a battle added on either side),
and, for those won and those not, means of the ln losses and of ln days with one covariance: given
who won, the three numbers are taken as Student's t with five degrees of freedom (a synthetic
likelihood, Wood 2010, with tails that keep one miscounted battle from ruling). Its scale is the one
that makes the likelihood greatest if the numbers are Gaussian with the simulated spread; with the
spread itself as scale, spreads that are fitted come out too large. A number that is not known does
not count.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.integrate import quad
from scipy.optimize import brentq
from scipy.stats import chi2

from validation.cdb90.rows import Battles
from validation.cdb90.simulate import Outcomes

Floats = NDArray[np.float64]
MEASURED = 0.2
DEGREES = 5.0
FEW = 4.0


def _matched_scale(dimensions: int) -> float:
    """Scale of the t that is likeliest for standard Gaussian numbers: its score has mean zero."""

    def score(scale: float) -> float:
        def part(square: float) -> float:
            shrunk = square / scale**2
            return (
                (DEGREES + dimensions) * shrunk / (DEGREES + shrunk) * chi2.pdf(square, dimensions)
            )

        return float(quad(part, 0.0, np.inf)[0]) - dimensions

    return float(brentq(score, 0.3, 1.0))


SCALES = np.array([1.0, *(_matched_scale(dimensions) for dimensions in (1, 2, 3))])
"""Scale of the t over the simulated spread, by how many of the three numbers are known."""


class Summary(NamedTuple):
    """What the simulated battles of each row say.

    Attributes
    ----------
    log_odds : (n,) of winning
    means : (n, 2, 3) of the outcomes, if lost and if won
    log_spreads : (n, 3) of the outcomes given who won
    correlation : (n, 3, 3) of the outcomes given who won
    """

    log_odds: Floats
    means: Floats
    log_spreads: Floats
    correlation: Floats


def summarise(simulated: Outcomes) -> Summary:
    """Means and spreads of each row; a side with few battles borrows from the other."""
    won, outcome = simulated
    m = won.shape[1]
    p = (won.sum(axis=1) + 0.5) / (m + 1.0)
    whole = outcome.mean(axis=1)
    means = np.empty((len(won), 2, 3))
    for side in (0, 1):
        weight = won if side else 1.0 - won
        count = weight.sum(axis=1)[:, None]
        means[:, side] = (np.einsum("nm,nmk->nk", weight, outcome) + FEW * whole) / (count + FEW)
    chosen = np.where(won[..., None] > 0.5, means[:, None, 1], means[:, None, 0])
    rest = outcome - chosen
    covariance = np.einsum("nmi,nmj->nij", rest, rest) / m + MEASURED**2 * np.eye(3)
    spreads = np.sqrt(np.einsum("nii->ni", covariance))
    correlation = covariance / spreads[:, :, None] / spreads[:, None, :]
    return Summary(np.log(p / (1.0 - p)), means, np.log(spreads), correlation)


def precision(correlation: Floats, known: NDArray[np.bool_]) -> tuple[Floats, Floats]:
    """Inverse of the correlation and its ln determinant, over the known outcomes of each row."""
    both = known[:, :, None] & known[:, None, :]
    filled = np.where(both, correlation, np.eye(3))
    return np.linalg.inv(filled), np.linalg.slogdet(filled)[1]


def log_likelihood(summary: Summary, battles: Battles) -> Floats:
    """Ln likelihood of each row (n,), constants left out."""
    known = np.isfinite(battles.outcome)
    side = battles.won.astype(int)
    winner = -np.logaddexp(0.0, np.where(side == 1, -1.0, 1.0) * summary.log_odds)
    mean = summary.means[np.arange(len(side)), side]
    spread = np.exp(summary.log_spreads) * SCALES[known.sum(axis=1)][:, None]
    rest = np.where(known, (battles.outcome - mean) / spread, 0.0)
    inverse, determinant = precision(summary.correlation, known)
    square = np.einsum("ni,nij,nj->n", rest, inverse, rest)
    scale = np.where(known, summary.log_spreads, 0.0).sum(axis=1)
    weight = 0.5 * (DEGREES + known.sum(axis=1))
    tail = weight * np.log1p(square / DEGREES)
    return np.asarray(winner - tail - scale - 0.5 * determinant)
