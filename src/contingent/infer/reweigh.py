"""Worlds that the reports leave under one set of assumptions, weighed anew under another.

Unknowns are whitened, so two programs over the same unknowns have the same prior; what the reports
leave under the second differs by the ratio of likelihoods alone. The mean ratio is the ratio of the
two evidences. Where few worlds carry that mean the answer is not sound, and the sampler must be run
under the second set of assumptions itself.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from contingent.infer.condition import Conditioned
from contingent.infer.draws import Floats
from contingent.infer.replicates import Evidence, combine
from contingent.infer.smc import Particles, effective_size, log_sum_exp
from contingent.infer.theatre import TheatreProblem
from contingent.infer.worlds import even_rows, rows_of, transfer

LEAST_EFFECTIVE = 0.1
"""Share of the worlds that must count, in every replicate."""


class Reweighed(NamedTuple):
    """The same worlds under other assumptions.

    Attributes
    ----------
    worlds : by replicate, carried to the other program
    log_weights : by replicate, (n,) normalised
    log_likelihoods : by replicate, (n, reports) under the other assumptions
    changes : (replicates,) log of the mean ratio of likelihoods
    log_evidences : (replicates,) under the other assumptions
    effective : smallest share of worlds that count in a replicate
    """

    worlds: tuple[Particles, ...]
    log_weights: tuple[Floats, ...]
    log_likelihoods: tuple[Floats, ...]
    changes: Floats
    log_evidences: Floats
    effective: float

    @property
    def evidence(self) -> Evidence:
        """Log evidence under the other assumptions."""
        return combine(self.log_evidences)

    @property
    def sound(self) -> bool:
        """Whether enough worlds carry the answer."""
        return self.effective >= LEAST_EFFECTIVE


def reweigh(
    done: Conditioned, target: TheatreProblem, seed: int, each: int | None = None
) -> Reweighed:
    """Weigh the worlds of a conditioned theatre anew.

    Parameters
    ----------
    done : conditioned under its own assumptions
    target : the other assumptions, with the same number of reports
    seed : of unknowns that only the target has
    each : worlds of each replicate; all particles if left out
    """
    worlds, weights, likelihoods, changes, logs = [], [], [], [], []
    least = 1.0
    for number, state in enumerate(done.states):
        rows = even_rows(state, each)
        particles = rows_of(state.particles, rows)
        moved = transfer(particles, done.problem.program, target.program, seed, number)
        if target is done.problem:
            likelihood = state.log_likelihood[rows]
        else:
            likelihood = target.log_likelihoods(moved, target.steps)
        ratio = (likelihood - state.log_likelihood[rows]).sum(axis=1)
        total = log_sum_exp(ratio)
        least = min(least, effective_size(ratio) / len(ratio))
        worlds.append(moved)
        weights.append(ratio - total)
        likelihoods.append(likelihood)
        changes.append(total - np.log(len(ratio)))
        logs.append(float(state.log_evidence.sum()) + changes[-1])
    return Reweighed(
        tuple(worlds), tuple(weights), tuple(likelihoods), np.array(changes), np.array(logs), least
    )
