"""What to look for next, for each claim, over the futures of a study before any report is believed.

A clue is that a bloc holds a place on a day after the fence. It is worth its mutual information
with the claim in bits, as in :mod:`contingent.analysis.watch`, whose lists over the worlds after
the reports take the place of these where a study keeps them. So many clues are looked at that some
would tell something by chance; those no better than the best of so many without any worth are left
out (likelihood ratio against its chi-square, level split over all clues: Bonferroni).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from statistics import NormalDist
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from contingent.analysis.drivers import FEWEST
from contingent.analysis.watch import RAREST, Clue, told, watched_days
from contingent.compile.called import Called
from contingent.report.view.shares import OUTSIDE, TRUE, blocks
from contingent.simulate.study import Study

__all__ = ["watch_rows"]

SHOWN = 8
CHANCE = 0.05
"""Chance that anything at all is listed for a claim of which nothing tells."""


class Holding(NamedTuple):
    """A bloc holds a place on a day."""

    bloc: str
    place: str
    day: int


def watch_rows(
    study: Study, truth: NDArray[np.uint8], claims: Sequence[str], called: Called
) -> dict[str, dict[str, Any]]:
    """Return what tells most of each claim, each place once, on its most telling day.

    Claims that come true in all or no futures, or count in fewer than fifty, are left out.

    Parameters
    ----------
    study
    truth : (future, claim), from :func:`contingent.report.view.shares.truth_table`
    claims : names of the columns
    called : what readers are shown for blocs and places
    """
    wanted, seen = _holdings(study)
    seen = seen[: len(truth)]
    found = {}
    for number, claim in enumerate(claims):
        counts = truth[:, number] != OUTSIDE
        outcome = truth[counts, number] == TRUE
        if len(outcome) < FEWEST or outcome.all() or not outcome.any() or not wanted:
            continue
        rows = _ranked(seen[counts], outcome, wanted, study, called)
        found[claim] = {
            "claim": claim,
            "conditioned": False,
            "futures": len(outcome),
            "probability": float(outcome.mean()),
            "watch": rows,
        }
    return found


def _holdings(study: Study) -> tuple[list[Holding], NDArray[np.bool_]]:
    """Return who may hold what on the watched days, and in which futures: (future, holding)."""
    names = study.names
    days = watched_days(names, names.days)
    bloc_of = np.array([names.blocs.index(bloc) for bloc in names.bloc_of])
    blocs = np.concatenate([bloc_of[held[:, days]] for held in blocks(study, "holders")])
    shares = np.stack([(blocs == bloc).mean(axis=0) for bloc in range(len(names.blocs))])
    kept = np.argwhere((shares >= RAREST) & (shares <= 1.0 - RAREST))
    wanted = [Holding(names.blocs[b], names.places[p], days[d]) for b, d, p in kept]
    seen = [blocs[:, d, p] == b for b, d, p in kept]
    return wanted, np.stack(seen, axis=1) if seen else np.zeros((len(blocs), 0), dtype=np.bool_)


def _ranked(
    seen: NDArray[np.bool_],
    outcome: NDArray[np.bool_],
    wanted: Sequence[Holding],
    study: Study,
    called: Called,
) -> list[dict[str, Any]]:
    count = len(outcome)
    share = seen.mean(axis=0)
    both = outcome.astype(np.float64) @ seen.astype(np.float64)
    with np.errstate(invalid="ignore", divide="ignore"):
        after = both / (count * share)
        without = (outcome.sum() - both) / (count * (1.0 - share))
    gain = told(np.array(outcome.mean()), share, after, without)
    telling = (gain > _by_chance(count, len(wanted))) & (np.minimum(share, 1.0 - share) >= RAREST)
    best: dict[str, int] = {}
    for i in np.argsort(-gain, kind="stable"):
        if telling[i]:
            best.setdefault(wanted[i].place, int(i))
    return [
        Clue(
            f"{called.place(place)} is held by {called.bloc(wanted[i].bloc)}",
            (study.names.start + timedelta(wanted[i].day)).isoformat(),
            round(float(gain[i]), 5),
            *(round(float(one[i]), 4) for one in (share, after, without)),
        )._asdict()
        for place, i in list(best.items())[:SHOWN]
    ]


def _by_chance(count: int, clues: int) -> float:
    """Bits that the best of so many worthless clues exceeds in one case of twenty at most."""
    edge = NormalDist().inv_cdf(1.0 - 0.5 * CHANCE / clues)
    return edge**2 / (2.0 * count * float(np.log(2.0)))
