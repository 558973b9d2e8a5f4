"""Numbers of a world of two towns that are looked at: unknowns, the path, claims.

The claims are those of the library's argument that can come about so early, cut to the last day
that a report looks at, and a few more about the same places.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from contingent.claims.evaluate import evaluate
from contingent.compile import with_series
from contingent.compile.program import Series
from contingent.compile.series import wanted_series
from contingent.infer.smc import Particles
from contingent.infer.theatre import BLOCK, TheatreProblem, likelihoods, play, thetas_of
from contingent.language import Formula, observables, parse
from validation.conditioning.two_towns import WATCHED, problem

Floats = NDArray[np.float64]
CLAIMS = {
    "the League attempts Eastford": "eventually(attempted(league, eastford), by=2031-03-09)",
    "unseen until it attacks there": (
        "weak_until(detected(league) == 0, attacks(league, eastford), by=2031-03-09)"
    ),
    "more than half of Westmill is taken": "eventually(progress(westmill) > 0.5, by=2031-03-09)",
    "its garrison falls below 1,500": (
        "eventually(fighters(league, westmill) < 1_500, by=2031-03-09)"
    ),
    "those before it never fall below 2,000": (
        "always(fighters(republic, westmill) >= 2_000, until=2031-03-09)"
    ),
}


class Interest(NamedTuple):
    """The problem, recording what the numbers need, and what they are.

    Attributes
    ----------
    problem : reports as they are
    unknowns : column of the normals by label, in prior deviations
    series : rows of the path, of which the last day counts
    claims : predicate by label
    """

    problem: TheatreProblem
    unknowns: dict[str, int]
    series: tuple[Series, ...]
    claims: dict[str, Formula]

    @property
    def labels(self) -> list[str]:
        """Names of the numbers, in their order."""
        return [*self.unknowns, *map(str, self.series), *self.claims]

    def ask(self, worlds: Particles) -> tuple[Floats, Floats]:
        """Log-likelihood of all reports, (n,), and the numbers, (n, numbers), of one play."""
        made = self.problem
        thetas = thetas_of(made.program, worlds)
        logs, numbers = [], []
        for first in range(0, len(thetas), BLOCK):
            rows = slice(first, first + BLOCK)
            block = {name: array[rows] for name, array in worlds.items()}
            paths = play(made.program, block, made.days, thetas=thetas[rows])
            normals = block["normals"]
            biases = normals[:, len(made.program.unknowns) :]
            logs.append(likelihoods(made.evidence, paths, biases, made.parties).sum(axis=1))
            columns = [normals[:, column] for column in self.unknowns.values()]
            columns += [paths.recorded(one)[:, -1].astype(float) for one in self.series]
            columns += [evaluate(one, paths, 0).astype(float) for one in self.claims.values()]
            numbers.append(np.stack(columns, axis=1))
        return np.concatenate(logs), np.concatenate(numbers)


def interest() -> Interest:
    """Two towns with what is looked at."""
    made = problem()
    program = made.program
    words = program.names.vocabulary()
    claims = {label: parse(text, words) for label, text in CLAIMS.items()}
    wanted = sorted({one for claim in claims.values() for one in observables(claim)}, key=str)
    rows = [row for one in wanted for row in wanted_series(one, program.names)]
    series = tuple(one for one in program.series if one.observable in ("fighters", "progress"))
    names = [unknown.name for unknown in program.unknowns]
    columns = {name: names.index(name) for name in WATCHED}
    columns |= {f"bias of {party}": len(names) + i for i, party in enumerate(made.parties)}
    wider = TheatreProblem(
        with_series(program, [*program.series, *rows]), made.evidence, made.parties, made.moves
    )
    return Interest(wider, columns, series, claims)
