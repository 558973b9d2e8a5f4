"""What if a lever were turned in the worlds that the reports leave?

Each explanation has as many worlds as its weight wants. Both branches of a world have the same
unknowns and the same random inputs, day by day and mechanism by mechanism; the branch with the
lever is played from day 0, or from the day on which the lever is turned, and is not conditioned
again: abduction, action, prediction.

Worlds that descend from one particle are not independent. The interval counts each ancestor once,
and is never narrower than that of as many matched pairs.
"""

from __future__ import annotations

import time
from collections.abc import Iterable
from dataclasses import replace as changed

import numpy as np

from contingent.analysis.what_if import (
    Difference,
    Listener,
    WhatIf,
    difference_of,
    largest_first,
    movable,
    turn_of,
)
from contingent.claims.columns import Question
from contingent.claims.companions import Playing, needed
from contingent.claims.reading import ReadClaim
from contingent.claims.verdict import Columns
from contingent.compile import compile_scenario
from contingent.infer.branches import Step, Worlds, ask, conditioned_worlds, shares_of
from contingent.infer.kept import Ensemble
from contingent.scenario.changes import replace
from contingent.scenario.types import Scenario

__all__ = ["what_if_conditioned"]


def what_if_conditioned(
    ensemble: Ensemble,
    asked: Iterable[WhatIf],
    playing: Playing,
    *,
    listen: Listener | None = None,
) -> dict[str, list[Difference]]:
    """Play the worlds of a conditioned study without and with each lever.

    Returns and raises what :func:`contingent.analysis.what_if.what_if` does.
    """
    asked = list(asked)
    claims, questions = movable(ensemble.scenario)
    worlds = _worlds(ensemble, playing.futures)
    clock = _Clock(listen, sum(map(len, worlds.values())) * (1 + len(asked)))
    branches: dict[str, list[dict[str, Columns]]] = {one.name: [] for one in asked}
    base = []
    for name, own in worlds.items():
        under = ensemble.explained[name].scenario
        steps = {one.name: _step(under, one, questions) for one in asked}
        plain = Step(compile_scenario(under, needed(questions)), questions)
        base.append(ask(own, plain, playing.seed, playing.threads))
        clock.played(len(own))
        for one in asked:
            branches[one.name].append(ask(own, steps[one.name], playing.seed, playing.threads))
            clock.played(len(own))
    clusters = _clusters(list(worlds.values()))
    return {one.name: _compared(claims, base, branches[one.name], clusters) for one in asked}


def _worlds(ensemble: Ensemble, futures: int) -> dict[str, Worlds]:
    """Worlds of each explanation by weight, as many from each replicate."""
    replicates = int(ensemble.manifest["replicates"])
    units = shares_of(ensemble.weights, max(futures // replicates, 1))
    return {
        name: conditioned_worlds(ensemble.explained[name], ensemble.done[name], each * replicates)
        for name, each in units.items()
    }


def _step(scenario: Scenario, asked: WhatIf, questions: list[Question]) -> Step:
    """The run in which a lever is turned, from day 0 or from its day on."""
    series = needed(questions)
    program = compile_scenario(scenario, series)
    branch = compile_scenario(replace(scenario, asked.do), series)
    turn = turn_of(asked, program, branch)
    return Step(branch if turn is None else program, questions, turn)


def _clusters(worlds: list[Worlds]) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    """Number of the ancestor of each world, all explanations together."""
    found, first = [], 0
    for one in worlds:
        clusters = one.clusters
        found.append(clusters + first)
        first += int(clusters.max()) + 1
    return np.concatenate(found).astype(np.int64)


def _compared(
    claims: Iterable[ReadClaim],
    base: list[dict[str, Columns]],
    branch: list[dict[str, Columns]],
    clusters: np.ndarray[tuple[int], np.dtype[np.int64]],
) -> list[Difference]:
    found = []
    for claim in claims:
        key = f"{claim.id}/{claim.wordings[0].name}"
        before, after = (_joined([one[key] for one in run]) for run in (base, branch))
        found.append(difference_of(claim, before, after, clusters))
    return largest_first(found)


def _joined(parts: list[Columns]) -> Columns:
    outcome = np.concatenate([one.outcome for one in parts])
    given = [one.given for one in parts if one.given is not None]
    return changed(parts[0], outcome=outcome, given=np.concatenate(given) if given else None)


class _Clock:
    """Counts worlds played, for the listener."""

    def __init__(self, listen: Listener | None, total: int) -> None:
        self._listen, self._total, self._done = listen, total, 0
        self._began = time.monotonic()

    def played(self, worlds: int) -> None:
        """Tell that some more worlds have been played."""
        self._done += worlds
        if self._listen is not None:
            self._listen(self._done, self._total, time.monotonic() - self._began)
