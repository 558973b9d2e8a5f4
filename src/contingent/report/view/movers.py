"""Which unknowns move each claim over the futures of a study, before any report is believed.

The index is that of :mod:`contingent.analysis.drivers`: futures are cut into fifths by the value of
one unknown; the index is the mean distance between the claim's share in a fifth and over all. So
many unknowns are looked at that some stand out by chance; the noise is therefore that of the
strongest of all of them where outcomes are shuffled.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from contingent.analysis.drivers import BINS, FEWEST
from contingent.compile.program import Floats
from contingent.infer.draws import Draws
from contingent.report.view.shares import OUTSIDE, TRUE
from contingent.simulate.ensemble import key_of
from contingent.simulate.study import Study

__all__ = ["Mover", "driver_rows", "most_moving", "movers"]

SHUFFLES, SHUFFLE = 20, 70
SHOWN = 8


@dataclass(frozen=True)
class Mover:
    """How far one unknown moves a claim.

    Attributes
    ----------
    name, unit : the unknown
    strength : index, 0..1
    lowest, highest : share of the claim in the lowest and the highest fifth
    noise : index that the strongest unknown reaches by chance (95th percentile)
    """

    name: str
    unit: str
    strength: float
    lowest: float
    highest: float
    noise: float

    @property
    def matters(self) -> bool:
        """Whether the index exceeds what chance gives to the strongest."""
        return self.strength > self.noise


def movers(study: Study, truth: NDArray[np.uint8], claims: Sequence[str]) -> dict[str, list[Mover]]:
    """Return the unknowns by how far they move each claim, the strongest first.

    Claims that come true in all or no futures, or count in fewer than fifty, are left out.

    Parameters
    ----------
    study
    truth : (future, claim), from :func:`contingent.report.view.shares.truth_table`
    claims : names of the columns
    """
    columns = [i for i in range(study.thetas.shape[1]) if np.ptp(study.thetas[:, i]) > 0.0]
    values = study.thetas[: len(truth), columns]
    facts = [study.manifest.columns[i] for i in columns]
    found: dict[str, list[Mover]] = {}
    binned: dict[bytes, NDArray[np.int8]] = {}
    for number, claim in enumerate(claims):
        rows = np.flatnonzero(truth[:, number] != OUTSIDE)
        outcome = truth[rows, number] == TRUE
        if len(rows) < FEWEST or outcome.all() or not outcome.any():
            continue
        key = rows.tobytes()
        if key not in binned:
            binned[key] = _binned(values[rows])
        found[claim] = _ranked(binned[key], outcome.astype(np.float64), facts, number)
    return found


def _binned(values: Floats) -> NDArray[np.int8]:
    """Fifth of each value by its rank within the column."""
    order = np.argsort(np.argsort(values, axis=0, kind="stable"), axis=0, kind="stable")
    return (order * BINS // len(values)).astype(np.int8)


def _ranked(
    bins: NDArray[np.int8], outcome: Floats, facts: Sequence[dict[str, Any]], number: int
) -> list[Mover]:
    draws = Draws(key_of(1), number)
    shuffled = outcome[np.argsort(draws.uniforms(SHUFFLE, SHUFFLES, len(outcome)), axis=1)]
    shares = _shares(bins, np.vstack([outcome[None], shuffled]))
    index = np.abs(shares - outcome.mean()).mean(axis=0)
    noise = float(np.quantile(index[1:].max(axis=1), 0.95))
    order = np.argsort(-index[0], kind="stable")
    return [
        Mover(
            str(facts[i]["name"]), str(facts[i]["unit"]), float(index[0, i]),
            float(shares[0, 0, i]), float(shares[-1, 0, i]), noise,
        )
        for i in order
    ]  # fmt: skip


def _shares(bins: NDArray[np.int8], truth: Floats) -> Floats:
    """Share of the claim by fifth, (fifths, sets, unknowns)."""
    parts = []
    whole = truth.astype(np.float32)  # counts of futures, which it holds exactly
    for number in range(BINS):
        inside = (bins == number).astype(np.float32)
        counts = (whole @ inside).astype(np.float64)
        parts.append(counts / np.maximum(inside.sum(axis=0, dtype=np.float64), 1.0))
    return np.stack(parts)


def driver_rows(found: dict[str, list[Mover]]) -> dict[str, list[dict[str, Any]]]:
    """Return the strongest unknowns of each claim, as JSON has them."""
    return {
        claim: [
            {
                "name": one.name, "unit": one.unit, "strength": round(one.strength, 5),
                "lowest": round(one.lowest, 4), "highest": round(one.highest, 4),
                "noise": round(one.noise, 5), "matters": one.matters,
            }
            for one in rows[:SHOWN]
        ]
        for claim, rows in found.items()
    }  # fmt: skip


def most_moving(found: dict[str, list[Mover]], count: int) -> list[str]:
    """Return the unknowns that move most of all claims: by the sum of what exceeds the noise."""
    total: dict[str, float] = {}
    for rows in found.values():
        for one in rows:
            if one.matters:
                total[one.name] = total.get(one.name, 0.0) + one.strength - one.noise
    return sorted(total, key=lambda name: (-total[name], name))[:count]
