"""Watch: what to look for next, where and when, to learn most about a claim.

For each thing that could be seen after the fence (a holder, an attack, more fighters than usual),
each week up to a horizon: how much a report of it would tell about the claim, as mutual information
in bits (the expected information gain of a perfect report), and the split: if it is seen the claim
has this probability, if not, that.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from contingent.compile.names import Names
from contingent.infer.ahead import Ahead
from contingent.infer.draws import Floats
from contingent.language import Observable
from contingent.scenario.types import Theatre
from contingent.simulate.paths import RecordedPaths

EVERY, HORIZON = 7, 56
RAREST = 0.02
SHOWN = 15
"""What is seen, or not seen, in a smaller share of futures is left out: a split of noise."""
Truth = NDArray[np.bool_]


class Candidate(NamedTuple):
    """One thing that could be seen.

    Attributes
    ----------
    observable : the series
    says : what is seen
    counted : whether the series is a count, seen where it lies above its median
    """

    observable: Observable
    says: str
    counted: bool


class Clue(NamedTuple):
    """One thing to look for.

    Attributes
    ----------
    says, date : what, and the day (ISO)
    bits : expected information gain
    seen : probability that it is seen
    if_seen, if_not : probability of the claim then
    """

    says: str
    date: str
    bits: float
    seen: float
    if_seen: float
    if_not: float


def candidates(theatre: Theatre, names: Names) -> list[Candidate]:
    """Things that could be seen: holders, attacks and fighters at contested or wanted places."""
    found = []
    for place in theatre.places:
        wanting = [name for name, actor in theatre.actors.items() if place in actor.aims]
        for bloc in dict.fromkeys(theatre.actors[name].bloc for name in wanting):
            actors = names.actors_of(bloc)
            if len(actors):
                found.append(Candidate(Observable("holds", (actors, place)),
                                       f"{bloc} holds {place}", False))  # fmt: skip
        for name in wanting:
            if theatre.actors[name].forces:
                attack, count = (
                    Observable(what, (name, place)) for what in ("attacks", "fighters")
                )
                found.append(Candidate(attack, f"{name} attacks {place}", False))
                found.append(Candidate(count, f"many {name} fighters at {place}", True))
    return found


def watched_days(names: Names, last: int) -> list[int]:
    """Days on which one may look: weekly after the fence, before the claim is settled anyway."""
    first = names.day(names.now) + EVERY
    stop = min(first + HORIZON, last, names.days)
    return list(range(first, stop, EVERY)) or [min(first, names.days - 1)]


def reader(days: Sequence[int], wanted: Sequence[Candidate]) -> Any:
    """Return what reads the values of all candidates on some days, (n, candidates, days)."""

    def read(paths: RecordedPaths) -> Floats:
        columns = [paths.signal(one.observable)[:, list(days)].astype(np.float64) for one in wanted]
        return np.stack(columns, axis=1)

    return read


def rank_clues(
    outcome: Truth, values: Floats, wanted: Sequence[Candidate], days: Sequence[int], names: Names
) -> list[Clue]:
    """Rank what could be seen by how much it would tell, the most telling first.

    Parameters
    ----------
    outcome : (n,) whether the claim comes true
    values : (n, candidates, days)
    """
    found = []
    for i, one in enumerate(wanted):
        for j, day in enumerate(days):
            column = values[:, i, j]
            threshold = float(np.median(column)) if one.counted else 0.5
            clue = _clue(outcome, column > threshold, one, names, day, threshold)
            if clue is not None:
                found.append(clue)
    return sorted(found, key=lambda clue: -clue.bits)


def _clue(
    outcome: Truth, seen: Truth, one: Candidate, names: Names, day: int, threshold: float
) -> Clue | None:
    share = float(seen.mean())
    if min(share, 1.0 - share) < RAREST:
        return None
    after, without = float(outcome[seen].mean()), float(outcome[~seen].mean())
    overall = float(outcome.mean())
    gain = float(told(*(np.array(one) for one in (overall, share, after, without))))
    # Miller's correction: two shares estimated instead of one raise the gain by chance.
    corrected = gain - 1.0 / (2.0 * len(outcome) * float(np.log(2.0)))
    says = f"{one.says} (over {threshold:.0f})" if one.counted else one.says
    date = names.start + timedelta(day)
    return Clue(says, date.isoformat(), max(corrected, 0.0), share, after, without)


def told(overall: Floats, seen: Floats, if_seen: Floats, if_not: Floats) -> Floats:
    """Return what seeing a thing or not tells of a claim, in bits: their mutual information.

    Parameters
    ----------
    overall, if_seen, if_not : probability of the claim, 0..1; whatever where it has none
    seen : probability that the thing is seen, 0..1
    """
    after = seen * entropy(if_seen) + (1.0 - seen) * entropy(if_not)
    return np.asarray(entropy(overall) - after)


def entropy(share: Floats) -> Floats:
    """Entropy of coins in bits; nought where a share is none, all or not known.

    >>> entropy(np.array([0.5, 1.0, np.nan])).tolist()
    [1.0, 0.0, 0.0]
    """
    inside = (share > 0.0) & (share < 1.0)
    p = np.where(inside, share, 0.5)
    return np.where(inside, -p * np.log2(p) - (1.0 - p) * np.log2(1.0 - p), 0.0)


def watch_record(ahead: Ahead, wanted: Sequence[Candidate], days: Sequence[int]) -> dict[str, Any]:
    """What to watch for a claim, as JSON has it; each thing once, on its most telling day."""
    values = np.concatenate(ahead.seen)[ahead.met]
    outcome = ahead.outcome[ahead.met]
    ranked = rank_clues(outcome, values, wanted, days, ahead.program.names)
    first: dict[str, Clue] = {}
    for clue in ranked:
        first.setdefault(clue.says.partition(" (over")[0], clue)
    return {
        "claim": ahead.claim.id,
        "says": ahead.claim.statement.says,
        "conditioned": ahead.conditioned,
        "futures": len(outcome),
        "probability": float(outcome.mean()) if len(outcome) else None,
        "watch": [clue._asdict() for clue in list(first.values())[:SHOWN]],
    }
