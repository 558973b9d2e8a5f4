"""Futures to look at: the typical ones, and for each claim some in which it comes true or fails.

Typical is the future nearest to the middle of what the claims ask: each claim that comes true in
some futures and fails in others is one question, and a future's distance is the sum over the
questions of how unusual its answer is. Among equals, the one whose places change hands as often as
in the middle future, then the lowest number.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from contingent.report.view.shares import FALSE, TRUE, blocks
from contingent.simulate.study import Study

__all__ = ["Exemplars", "chosen", "exemplars", "nearest_first", "only"]

TYPICAL = 12
EACH = 12
Exemplars = dict[str, list[int] | dict[str, dict[str, list[int]]]]


def exemplars(
    study: Study, truth: NDArray[np.uint8], claims: Sequence[str], within: int | None = None
) -> Exemplars:
    """Return ``typical`` futures and ``by_claim`` those in which it comes true or fails.

    Parameters
    ----------
    study
    truth : (future, claim), from :func:`contingent.report.view.shares.truth_table`
    claims : names of the columns
    within : only futures below this number
    """
    order = nearest_first(study, truth)
    if within is not None:
        order = order[order < within]
    by_claim = {}
    for column, claim in enumerate(claims):
        answers = truth[order, column]
        by_claim[claim] = {
            "true": order[answers == TRUE][:EACH].tolist(),
            "false": order[answers == FALSE][:EACH].tolist(),
        }
    return {"typical": order[:TYPICAL].tolist(), "by_claim": by_claim}


def nearest_first(study: Study, truth: NDArray[np.uint8]) -> NDArray[np.int64]:
    """Return the numbers of the futures, the most typical first."""
    unusual = np.zeros(len(truth))
    for column in truth.T:
        shares = np.bincount(column, minlength=3) / max(len(column), 1)
        if shares.max(initial=0.0) < 1.0:
            unusual += 1.0 - shares[column]
    changes = _changes(study)[: len(truth)]
    from_middle = np.abs(changes - np.median(changes)) if len(changes) else changes
    return np.lexsort((np.arange(len(truth)), from_middle, unusual)).astype(np.int64)


def _changes(study: Study) -> NDArray[np.int64]:
    """How often places change hands in each future, (future,)."""
    parts = [(held[:, 1:] != held[:, :-1]).sum(axis=(1, 2)) for held in blocks(study, "holders")]
    return np.concatenate(parts).astype(np.int64) if parts else np.zeros(0, dtype=np.int64)


def chosen(kept: Mapping[str, Any]) -> list[int]:
    """Return every future of some exemplars once: the first of each list, then the second …"""
    sides = [one[side] for one in kept["by_claim"].values() for side in ("true", "false")]
    longest = max((len(one) for one in [kept["typical"], *sides]), default=0)
    rounds = (
        one[place]
        for place in range(longest)
        for one in [kept["typical"], *sides]
        if place < len(one)
    )
    return list(dict.fromkeys(rounds))


def only(kept: Mapping[str, Any], numbers: Iterable[int]) -> Exemplars:
    """Return exemplars without the futures that are not among some numbers."""
    there = set(numbers)
    return {
        "typical": [one for one in kept["typical"] if one in there],
        "by_claim": {
            claim: {side: [one for one in listed if one in there] for side, listed in sides.items()}
            for claim, sides in kept["by_claim"].items()
        },
    }
