"""Drivers: which unknowns move a claim, and the rule that its true futures obey.

Given-data indices after PAWN (Pianosi & Wagener 2015; 2018): worlds are cut into equal bins by the
value of one unknown, and the index is the mean distance between the claim's probability in a bin
and over all. It needs no special design and no independence, so worlds that reports have weighted
and correlated will do. Its interval is that of the bootstrap; what the index shows of an unknown
that has nothing to do with the claim (the outcome shuffled) is the noise it must exceed.

Rules are boxes after PRIM (Friedman & Fisher 1999): of the strongest unknowns, the range is peeled
bit by bit where that raises the share of true futures most.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from contingent.infer.draws import Draws, Floats
from contingent.simulate.ensemble import key_of

BINS, RESAMPLES = 5, 100
BOOT, SHUFFLE = 60, 61
PEEL, LEAST_SUPPORT, LEAST_COVERAGE = 0.1, 0.1, 0.3
IN_A_BOX = 8
SHOWN = 15
FEWEST = 50
Truth = NDArray[np.bool_]
Bins = NDArray[np.int8]


class Driver(NamedTuple):
    """How far one unknown moves a claim.

    Attributes
    ----------
    name : dotted name
    strength, low, high : index: mean distance of probabilities, with its 95 % interval
    lowest, highest : probability of the claim in the lowest and the highest fifth
    noise : index of an unknown that has nothing to do with the claim (95th percentile)
    """

    name: str
    strength: float
    low: float
    high: float
    lowest: float
    highest: float
    noise: float

    @property
    def matters(self) -> bool:
        """Whether the index exceeds the noise."""
        return self.strength > self.noise


class Limit(NamedTuple):
    """A side of a box: the range of one unknown, with infinity where nothing was peeled."""

    name: str
    low: float
    high: float


class Box(NamedTuple):
    """A rule.

    Attributes
    ----------
    limits : which unknowns lie where
    coverage : share of the claim's true futures inside
    density : probability of the claim inside
    support : share of all futures inside
    """

    limits: tuple[Limit, ...]
    coverage: float
    density: float
    support: float


def rank_drivers(
    values: Floats, names: Sequence[str], outcome: Truth, seed: int = 1
) -> list[Driver]:
    """Rank unknowns by how far they move a claim, the strongest first.

    Parameters
    ----------
    values : (n, unknowns)
    names : of the unknowns
    outcome : (n,) whether the claim comes true
    """
    count, width = values.shape
    if count < FEWEST or not width:
        return []
    bins = in_bins(values)
    truth = outcome.astype(np.float64)
    draws = Draws(key_of(seed), 0)
    rows = draws.whole(BOOT, RESAMPLES, count, count)
    weights = np.stack([np.bincount(row, minlength=count) for row in rows]).astype(np.float64)
    index, shares = index_of(bins, truth[None], np.ones((1, count)))
    spread, _ = index_of(bins, truth[None], weights)
    shuffled = truth[np.argsort(draws.uniforms(SHUFFLE, RESAMPLES, count), axis=1)]
    nothing, _ = index_of(bins, shuffled, np.ones((RESAMPLES, count)))
    noise = float(np.quantile(nothing, 0.95))
    half = 1.96 * spread.std(axis=0, ddof=1)
    found = [
        Driver(
            name, float(index[0, i]), max(float(index[0, i] - half[i]), 0.0),
            float(index[0, i] + half[i]), float(shares[0, 0, i]), float(shares[-1, 0, i]), noise,
        )
        for i, name in enumerate(names)
    ]  # fmt: skip
    return sorted(found, key=lambda one: -one.strength)


def in_bins(values: Floats) -> Bins:
    """Bin of each value by its rank within the column, 0 to `BINS` - 1; (n, unknowns)."""
    order = np.argsort(np.argsort(values, axis=0, kind="stable"), axis=0, kind="stable")
    return np.asarray(order * BINS // len(values), dtype=np.int8)


def index_of(bins: Bins, truth: NDArray[Any], weights: NDArray[Any]) -> tuple[Floats, Floats]:
    """Return how far each unknown moves a claim, and the claim's probability bin by bin.

    Parameters
    ----------
    bins : (n, unknowns) from :func:`in_bins`
    truth : (sets, n) or (1, n) of 0 and 1; its products with `weights` are added up in the
        precision of `weights`
    weights : (sets, n) or (1, n), of the worlds

    Returns
    -------
    index : (sets, unknowns), 0..1
    shares : (bins, sets, unknowns), 0..1
    """
    counted = weights * truth
    overall = _exact(counted.sum(axis=1)) / _exact(weights.sum(axis=1))
    shares = []
    for number in range(BINS):
        inside = (bins == number).astype(weights.dtype)
        shares.append(_exact(counted @ inside) / np.maximum(_exact(weights @ inside), 1.0))
    distance = np.zeros_like(shares[0])
    for share in shares:
        distance += np.abs(share - overall[:, None]) / BINS
    return distance, np.stack(shares)


def _exact(counts: NDArray[Any]) -> Floats:
    return counts.astype(np.float64)


def find_box(
    values: Floats, names: Sequence[str], outcome: Truth, drivers: Sequence[Driver]
) -> Box | None:
    """Peel a box in which the claim is likeliest; None where nothing is to be peeled."""
    chosen = [list(names).index(one.name) for one in drivers[:IN_A_BOX] if one.matters]
    if not chosen or not outcome.any() or outcome.all():
        return None
    limits = {column: [-np.inf, np.inf] for column in chosen}
    inside = np.ones(len(values), dtype=bool)
    while True:
        best = _best_peel(values, outcome, inside, chosen)
        if best is None:
            break
        column, side, edge, kept = best
        if (outcome & kept).sum() < LEAST_COVERAGE * outcome.sum():
            break
        limits[column][side], inside = edge, kept
    sides = tuple(
        Limit(names[column], low, high)
        for column, (low, high) in limits.items()
        if np.isfinite(low) or np.isfinite(high)
    )
    if not sides:
        return None
    return Box(
        sides,
        float((outcome & inside).sum() / outcome.sum()),
        float(outcome[inside].mean()),
        float(inside.mean()),
    )


def _best_peel(
    values: Floats, outcome: Truth, inside: Truth, chosen: Sequence[int]
) -> tuple[int, int, float, Truth] | None:
    """The peel that raises the share of true futures most; None if none does."""
    best, density = None, float(outcome[inside].mean())
    for column in chosen:
        here = values[inside, column]
        for side, share in ((0, PEEL), (1, 1.0 - PEEL)):
            edge = float(np.quantile(here, share))
            beyond = values[:, column] > edge if side == 0 else values[:, column] < edge
            kept = inside & beyond
            if kept.mean() < LEAST_SUPPORT or kept.sum() == inside.sum():
                continue
            found = float(outcome[kept].mean())
            if found > density:
                best, density = (column, side, edge, kept), found
    return best


def in_words(box: Box) -> str:
    """Say a box.

    >>> in_words(Box((Limit("a.b", 3.0, float("inf")),), 0.5, 0.8, 0.2))
    'where a.b is above 3: true in 80 of 100 futures; 50 of 100 true ones lie there'
    """
    parts = []
    for name, low, high in box.limits:
        if np.isfinite(low) and np.isfinite(high):
            parts.append(f"{name} is {low:.3g} to {high:.3g}")
        elif np.isfinite(low):
            parts.append(f"{name} is above {low:.3g}")
        else:
            parts.append(f"{name} is below {high:.3g}")
    return (
        f"where {' and '.join(parts)}: true in {100 * box.density:.0f} of 100 futures; "
        f"{100 * box.coverage:.0f} of 100 true ones lie there"
    )


def drivers_record(ahead: Any, seed: int) -> dict[str, Any]:
    """Drivers and rule of a claim as JSON has them."""
    met = ahead.met
    names = [unknown.name for unknown in ahead.program.unknowns]
    values, outcome = ahead.unknowns[met], ahead.outcome[met]
    ranked = rank_drivers(values, names, outcome, seed)
    box = find_box(values, names, outcome, ranked)
    return {
        "claim": ahead.claim.id,
        "says": ahead.claim.statement.says,
        "conditioned": ahead.conditioned,
        "futures": int(met.sum()),
        "probability": float(outcome.mean()) if len(outcome) else None,
        "drivers": [
            one._asdict() | {"matters": one.matters} for one in ranked[:SHOWN]
        ],
        "rule": None
        if box is None
        else {
            "limits": [limit._asdict() for limit in box.limits],
            "coverage": box.coverage, "density": box.density, "support": box.support,
            "says": in_words(box),
        },
    }  # fmt: skip
