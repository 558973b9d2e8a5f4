"""Does an event come about in each of some worlds? Told by playing them, or from a likelihood."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from contingent.infer.draws import Floats
from contingent.infer.likelihoods import is_so, likelihood_of
from contingent.infer.reports import Evidence
from contingent.infer.smc import Particles
from contingent.infer.theatre import BLOCK, TheatreProblem, play

Truth = NDArray[np.bool_]


def happens(problem: TheatreProblem, particles: Particles, event: Evidence) -> Truth:
    """Play worlds and say whether an event comes about in each, (n,)."""
    count = len(particles["normals"])
    found = np.zeros(count, dtype=bool)
    for first in range(0, count, BLOCK):
        rows = slice(first, first + BLOCK)
        block = {name: array[rows] for name, array in particles.items()}
        found[rows] = is_so(event, play(problem.program, block, event.last + 1))
    return found


def came_about(event: Evidence, log_likelihood: Floats) -> Truth:
    """Whether an event came about in each world, told from the likelihood of its report, (n,)."""
    not_so, so = likelihood_of(event, np.array([0.0, 1.0]), np.zeros(2))
    return np.asarray(np.abs(log_likelihood - so) < np.abs(log_likelihood - not_so))
