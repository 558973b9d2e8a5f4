"""What the reports do to every claim: prior against conditioned probability.

The worlds that the reports leave are played on from the fence to the last day with fresh random
inputs, under each explanation; claims are asked of them as of any future. A conditioned
probability is the mean over replicates, its interval comes from their spread and from the number of
futures, whichever is wider, told as an effective number of futures.
"""

from __future__ import annotations

from collections.abc import Mapping
from math import nan, sqrt
from typing import NamedTuple

import numpy as np

from contingent.claims.columns import Question
from contingent.claims.reading import ReadClaim, read_argument
from contingent.compile import Program, compile_scenario
from contingent.infer.condition import UNSETTLED
from contingent.infer.draws import Draws, spawn
from contingent.infer.smc import Particles
from contingent.infer.theatre import MECHANISMS, TheatreProblem, play
from contingent.scenario.types import Scenario
from contingent.simulate.ensemble import key_of
from contingent.simulate.outside import event_days
from contingent.simulate.paths import RecordedPaths

AFTERWARDS = 95
"""Purpose of the keys of the days after the last that a report looks at."""
PRIOR_LABEL = 2**31 + 23
PLAYED = 20
DEVIATE = 1.959963984540054
FEWEST_GIVEN = 20
"""Futures that must meet a claim's condition, replicates together."""


class Chance(NamedTuple):
    """A probability of a claim.

    Attributes
    ----------
    probability, low, high : with a 95 % interval; None where too few futures meet the condition
    effective : futures that it is worth
    spread : between-replicate standard deviation, in those of one future's outcome; nan for one
    """

    probability: float | None
    low: float | None
    high: float | None
    effective: float
    spread: float = float("nan")

    @property
    def refused(self) -> bool:
        """Whether the replicates differ by too much for a verdict."""
        return self.spread > UNSETTLED


class Counted(NamedTuple):
    """Futures of one replicate in which a claim is met, and true.

    Attributes
    ----------
    met, true : counts
    """

    met: int
    true: int


Table = dict[str, list[Counted]]
"""Claim to one count for each replicate."""


def asked_of(scenario: Scenario) -> tuple[list[ReadClaim], list[Question]]:
    """Claims that a conditioned future can answer, and the headline question of each."""
    if scenario.argument is None:
        return [], []
    plain = compile_scenario(scenario)
    chances = {e.name for e in plain.events if e.probability is not None or e.settled is not None}
    claims, asked = [], []
    for claim in read_argument(scenario.argument, plain.names.vocabulary()):
        claims.append(claim)
        if not claim.wordings or claim.wordings[0].do or claim.do:
            continue
        events = {str(o.args[0]) for o in claim.observables() if o.name == "event"}
        if events <= chances:
            first = claim.wordings[0]
            day = plain.names.day(claim.since)
            asked.append(Question(claim.id, first.formula, first.given, day))
    return claims, asked


def play_on(
    program: Program,
    problem: TheatreProblem,
    block: Particles,
    seed: int,
    number: int,
    first: int,
) -> RecordedPaths:
    """Play worlds to the last day, with fresh inputs after the days their keys cover."""
    count = len(block["normals"])
    later = program.days - problem.days
    keys = block["keys"]
    if later > 0:
        draws = Draws(spawn(key_of(seed), number, first), 0)
        fresh = draws.words(AFTERWARDS, count, later * MECHANISMS)
        keys = np.concatenate([keys, fresh.reshape(count, later, MECHANISMS, 2)], axis=1)
    futures = range(number * 2**20 + first, number * 2**20 + first + count)
    events = event_days(program.events, program.names, seed, futures)
    return play(program, {**block, "keys": keys}, program.days, events)


def chance_of(tables: Mapping[str, Table], weights: Mapping[str, float], claim: str) -> Chance:
    """Probability of a claim, averaged over explanations by weight."""
    used = {name: weight for name, weight in weights.items() if weight > 0.0}
    replicates = min(len(tables[name][claim]) for name in used)
    met, true, futures, by_replicate = 0.0, 0.0, 0, []
    for number in range(replicates):
        rows = {name: tables[name][claim][number] for name in used}
        below = sum(used[name] * rows[name].met for name in used)
        above = sum(used[name] * rows[name].true for name in used)
        met, true = met + below, true + above
        futures += sum(row.met for row in rows.values())
        if below > 0.0:
            by_replicate.append(above / below)
    if futures < FEWEST_GIVEN or met <= 0.0:
        return Chance(None, None, None, float(futures))
    probability = true / met
    counted = _kish(tables, used, claim)
    spread = float(np.var(by_replicate, ddof=1)) if len(by_replicate) > 1 else 0.0
    variance = probability * (1.0 - probability)
    if spread > 0.0 and variance > 0.0:
        counted = min(counted, variance / (spread / len(by_replicate)))
    low, high = wilson_of(probability, max(counted, 1.0))
    apart = sqrt(spread / variance) if variance > 0.0 else 0.0
    return Chance(probability, low, high, counted, apart if len(by_replicate) > 1 else nan)


def wilson_of(share: float, trials: float) -> tuple[float, float]:
    """Wilson's 95 % interval of a share of an effective number of futures.

    >>> low, high = wilson_of(0.5, 100.0)
    >>> round(low, 3), round(high, 3)
    (0.404, 0.596)
    """
    squared = DEVIATE**2
    centre = (share + squared / (2.0 * trials)) / (1.0 + squared / trials)
    inside = share * (1.0 - share) / trials + squared / (4.0 * trials**2)
    half = DEVIATE * sqrt(max(inside, 0.0)) / (1.0 + squared / trials)
    return max(centre - half, 0.0), min(centre + half, 1.0)


def _kish(tables: Mapping[str, Table], used: Mapping[str, float], claim: str) -> float:
    """Futures that meet the condition, discounted for the unevenness of weights."""
    sizes = {name: sum(row.met for row in tables[name][claim]) for name in used}
    total = sum(used[name] * sizes[name] for name in used)
    squares = sum(used[name] ** 2 * sizes[name] for name in used)
    return total**2 / squares if squares > 0.0 else 0.0
