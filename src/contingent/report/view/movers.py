"""Which unknowns move each claim over the futures of a study, before any report is believed.

The index is that of :mod:`contingent.analysis.drivers`: futures are cut into fifths by the value of
one unknown; the index is the mean distance between the claim's share in a fifth and over all. So
many unknowns are looked at that some stand out by chance; the noise is therefore that of the
strongest of all of them where outcomes are shuffled.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from contingent.analysis.drivers import FEWEST, in_bins, index_of
from contingent.infer.draws import Draws
from contingent.report.view.shares import OUTSIDE, TRUE
from contingent.simulate.ensemble import key_of
from contingent.simulate.study import Study

__all__ = ["Mover", "driver_rows", "most_moving", "movers"]

SHUFFLES, SHUFFLE = 20, 70
SHOWN = 8
_NUMBERS = ("strength", "lowest", "highest", "noise")


class Mover(NamedTuple):
    """How far one unknown moves a claim.

    Attributes
    ----------
    name, unit : the unknown
    strength : index, 0..1
    lowest, highest : share of the claim in the lowest and the highest fifth
    noise : index that the strongest unknown reaches by chance (95th percentile)
    matters : whether the index exceeds it
    """

    name: str
    unit: str
    strength: float
    lowest: float
    highest: float
    noise: float
    matters: bool


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
            binned[key] = in_bins(values[rows])
        found[claim] = _ranked(binned[key], outcome, facts, number)
    return found


def _ranked(
    bins: NDArray[np.int8], outcome: NDArray[np.bool_], facts: Sequence[dict[str, Any]], number: int
) -> list[Mover]:
    draws = Draws(key_of(1), number)
    shuffled = outcome[np.argsort(draws.uniforms(SHUFFLE, SHUFFLES, len(outcome)), axis=1)]
    # Counts of futures, which single precision holds exactly.
    truth = np.vstack([outcome[None], shuffled]).astype(np.float32)
    index, shares = index_of(bins, truth, np.ones((1, len(outcome)), dtype=np.float32))
    noise = float(np.quantile(index[1:].max(axis=1), 0.95))
    # Rounded, so that unknowns which move it alike stand in their own order on every machine.
    order = np.argsort(-np.round(index[0], 12), kind="stable")
    return [
        Mover(
            str(facts[i]["name"]), str(facts[i]["unit"]), float(index[0, i]),
            float(shares[0, 0, i]), float(shares[-1, 0, i]), noise, bool(index[0, i] > noise),
        )
        for i in order
    ]  # fmt: skip


def driver_rows(found: dict[str, list[Mover]]) -> dict[str, dict[str, Any]]:
    """Return the strongest unknowns of each claim, as JSON has them."""
    return {
        claim: {
            "claim": claim,
            "conditioned": False,
            "drivers": [
                one._asdict() | {name: round(getattr(one, name), 5) for name in _NUMBERS}
                for one in rows[:SHOWN]
            ],
            "rule": None,
        }
        for claim, rows in found.items()
    }


def most_moving(found: dict[str, list[Mover]], count: int) -> list[str]:
    """Return the unknowns that move most of all claims: by the sum of what exceeds the noise."""
    total: dict[str, float] = {}
    for rows in found.values():
        for one in rows:
            if one.matters:
                total[one.name] = total.get(one.name, 0.0) + one.strength - one.noise
    return sorted(total, key=lambda name: (-total[name], name))[:count]
