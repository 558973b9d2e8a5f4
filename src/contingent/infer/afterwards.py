"""Probability of a claim in the worlds that the reports leave, from counts of each replicate.

It is the mean over replicates and explanations; its interval comes from the spread of replicates
and from the number of futures, whichever is wider, told as an effective number of futures.
"""

from __future__ import annotations

from collections.abc import Mapping
from math import nan, sqrt
from typing import NamedTuple

import numpy as np

from contingent.claims.verdict import wilson
from contingent.infer.condition import UNSETTLED

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
    worth = max(counted, 1.0)
    low, high = wilson(probability * worth, worth)
    apart = sqrt(spread / variance) if variance > 0.0 else 0.0
    return Chance(probability, low, high, counted, apart if len(by_replicate) > 1 else nan)


def _kish(tables: Mapping[str, Table], used: Mapping[str, float], claim: str) -> float:
    """Futures that meet the condition, discounted for the unevenness of weights."""
    sizes = {name: sum(row.met for row in tables[name][claim]) for name in used}
    total = sum(used[name] * sizes[name] for name in used)
    squares = sum(used[name] ** 2 * sizes[name] for name in used)
    return total**2 / squares if squares > 0.0 else 0.0
