"""Independent runs of one problem: their mean evidence, and its error from their spread.

The mean is that of the evidences, not of their logs, which would be too low (Jensen). The error
comes from the spread over replicates alone, since particles of one run share ancestors.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, NamedTuple

import numpy as np

from contingent.infer.draws import Floats
from contingent.infer.smc import log_sum_exp

FINE, ABOUT = 0.3, 1.0
"""Nats of spread up to which an evidence is taken as it is, and as a rough figure."""
ROOTS_WARN, ROOTS_REFUSE = 30, 10
"""First particles with descendants, over all replicates, below which odds are rough or refused."""

Judgement = Literal["fine", "about", "refused"]


class Evidence(NamedTuple):
    """Probability of the evidence under one set of assumptions.

    Attributes
    ----------
    value : log of the mean over replicates
    spread : standard deviation of the log over replicates; nan for a single one
    error : standard error of `value`, by the jackknife; nan for a single replicate
    """

    value: float
    spread: float
    error: float


def combine(log_evidences: Sequence[float] | Floats) -> Evidence:
    """Combine replicates.

    >>> combine([-2.0, -2.0])
    Evidence(value=-2.0, spread=0.0, error=0.0)
    """
    values = np.asarray(log_evidences, dtype=np.float64)
    count = len(values)
    mean = log_sum_exp(values) - float(np.log(count))
    if count < 2:
        return Evidence(mean, float("nan"), float("nan"))
    left_out = np.array(
        [log_sum_exp(np.delete(values, i)) - np.log(count - 1) for i in range(count)]
    )
    variance = (count - 1) / count * float(((left_out - left_out.mean()) ** 2).sum())
    return Evidence(mean, float(values.std(ddof=1)), float(np.sqrt(variance)))


def judge_spread(spread: float) -> Judgement:
    """Say what a spread of log evidence allows: odds, rough odds, or none.

    >>> judge_spread(0.2), judge_spread(0.5), judge_spread(1.5), judge_spread(float("nan"))
    ('fine', 'about', 'refused', 'refused')
    """
    if not spread <= ABOUT:
        return "refused"
    return "fine" if spread < FINE else "about"


def judge_roots(roots: int) -> Judgement:
    """Say what the number of first particles with descendants, over all replicates, allows.

    >>> judge_roots(400), judge_roots(20), judge_roots(5)
    ('fine', 'about', 'refused')
    """
    if roots < ROOTS_REFUSE:
        return "refused"
    return "about" if roots < ROOTS_WARN else "fine"


def worst(*judgements: Judgement) -> Judgement:
    """Return the severest of some judgements."""
    order: tuple[Judgement, ...] = ("fine", "about", "refused")
    return max(judgements, key=order.index, default="fine")
