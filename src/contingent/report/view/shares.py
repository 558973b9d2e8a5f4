"""Frames over all futures: who holds what, what is fought over, which claims come true."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from contingent.claims.keeping import kept_truth
from contingent.reference import layout
from contingent.simulate.study import Study

__all__ = ["FALSE", "OUTSIDE", "TRUE", "blocks", "place_shares", "quantised", "truth_table"]

FALSE, TRUE, OUTSIDE = 0, 1, 2
"""A claim in a future: it fails, it comes true, it does not count there (condition not met)."""
FOUGHT_OVER = layout.CONTESTED | layout.OUTSKIRTS
Bytes = NDArray[np.uint8]


def place_shares(study: Study) -> dict[str, Bytes]:
    """Return the shares of futures, day by day, in units of 1/255.

    Returns
    -------
    dict
        ``holder_shares`` (day, place, actor): who holds it; ``contested_share`` (day, place): it is
        fought over, inside or in its outskirts.
    """
    days, places = study.names.days, len(study.names.places)
    actors = len(study.names.actors)
    holders = np.zeros((days, places, actors), dtype=np.int64)
    fought = np.zeros((days, places), dtype=np.int64)
    for held, flags in zip(blocks(study, "holders"), blocks(study, "flags"), strict=True):
        for actor in range(actors):
            holders[:, :, actor] += (held == actor).sum(axis=0)
        fought += ((flags & FOUGHT_OVER) != 0).sum(axis=0)
    return {
        "holder_shares": quantised(holders / study.futures),
        "contested_share": quantised(fought / study.futures),
    }


def blocks(study: Study, kind: str) -> Iterator[NDArray[Any]]:
    """Hand out one stored array chunk by chunk: the others need not be read."""
    stored, size = study.array(kind), study.manifest.chunk
    for first in range(0, study.futures, size):
        yield np.asarray(stored[first : min(first + size, study.futures)])


def quantised(shares: NDArray[np.float64]) -> Bytes:
    """Return shares 0..1 as whole numbers 0..255; what is not nought does not become nought."""
    rounded = np.rint(np.asarray(shares) * 255.0)
    return np.where(shares > 0.0, np.maximum(rounded, 1.0), 0.0).astype(np.uint8)


def truth_table(study: Study, claims: Sequence[str]) -> Bytes:
    """Return in which futures each claim comes true, by its first reading: (future, claim).

    `OUTSIDE` where its condition is not met, and everywhere for a claim that has no reading.
    """
    kept: dict[str, NDArray[Any]] = dict(kept_truth(study.folder))
    futures = len(next(iter(kept.values()), ()))
    table = np.full((futures, len(claims)), OUTSIDE, dtype=np.uint8)
    for column, claim in enumerate(claims):
        key = first_reading(kept, claim)
        if key is None:
            continue
        table[:, column] = np.where(kept[key], TRUE, FALSE)
        if f"{key}?" in kept:
            table[~kept[f"{key}?"], column] = OUTSIDE
    return table


def first_reading(kept: dict[str, NDArray[Any]], claim: str) -> str | None:
    """Return the key of the reading that a claim's probability comes from."""
    keys = (key for key in kept if key.rpartition("/")[0] == claim and not key.endswith("?"))
    return next(keys, None)
