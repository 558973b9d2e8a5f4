"""Worlds that the reports leave: drawn with equal weights, carried between programs."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from contingent.compile import Program
from contingent.infer.draws import Draws, Floats, Integers
from contingent.infer.likelihoods import is_so, likelihood_of
from contingent.infer.reports import Evidence
from contingent.infer.smc import Particles, State, systematic
from contingent.infer.theatre import BLOCK, TheatreProblem, play
from contingent.simulate.ensemble import key_of

Truth = NDArray[np.bool_]
MISSING = 90
"""Purpose of the normals of unknowns that one program has and the other has not."""


def even_rows(state: State, count: int | None = None) -> Integers:
    """Particles of a state that stand for it with equal weights, each as often as it weighs."""
    rows = systematic(np.exp(state.log_weights), 0.5)
    if count is not None:
        rows = rows[np.arange(count) * len(rows) // count]
    return rows


def evened(state: State, count: int | None = None) -> Particles:
    """Particles of a state with equal weights, each as often as it weighs."""
    return rows_of(state.particles, even_rows(state, count))


def rows_of(particles: Particles, rows: NDArray[np.bool_] | Integers | slice) -> Particles:
    """Some of the particles."""
    return {name: array[rows] for name, array in particles.items()}


def transfer(
    particles: Particles, source: Program, target: Program, seed: int, number: int
) -> Particles:
    """Carry worlds from one program to another: the same draw for each unknown of the same name.

    Unknowns that only the target has are drawn from their prior.
    """
    columns = {unknown.name: i for i, unknown in enumerate(source.unknowns)}
    old = particles["normals"]
    biases = old[:, len(source.unknowns) :]
    width = len(target.unknowns)
    new = np.empty((len(old), width + biases.shape[1]))
    missing = []
    for i, unknown in enumerate(target.unknowns):
        if unknown.name in columns:
            new[:, i] = old[:, columns[unknown.name]]
        else:
            missing.append(i)
    if missing:
        draws = Draws(key_of(seed), number)
        new[:, missing] = draws.normals(MISSING, len(old), np.array(missing))
    new[:, width:] = biases
    return {**particles, "normals": new}


def prior_worlds(problem: TheatreProblem, count: int, seed: int) -> Particles:
    """Draw worlds of a problem's prior."""
    return problem.draw(count, Draws(key_of(seed), 0))


def happens(problem: TheatreProblem, particles: Particles, event: Evidence) -> Truth:
    """Whether the event comes about in each world, (n,)."""
    count = len(particles["normals"])
    found = np.zeros(count, dtype=bool)
    for first in range(0, count, BLOCK):
        block = rows_of(particles, slice(first, first + BLOCK))
        found[first : first + BLOCK] = is_so(event, play(problem.program, block, event.last + 1))
    return found


def came_about(event: Evidence, log_likelihood: Floats) -> Truth:
    """Whether the event came about in worlds of which the likelihood of its report is known, (n,).

    The report of something true or false has one likelihood where it is so and one where it is not.
    """
    not_so, so = likelihood_of(event, np.array([0.0, 1.0]), np.zeros(2))
    return np.asarray(np.abs(log_likelihood - so) < np.abs(log_likelihood - not_so))
