"""Can the reports that this theatre has tell its explanations apart at all?

From each explanation, sets of reports are made up that are about the same things, of the same
kinds and grades as the real ones; each set is weighed under every explanation. How often the right
one comes out on top, and how often it does so clearly, says what a preference would be worth
*before* the real reports are looked at. The sets are also counted apart that come from paths on
which the event to be explained came about, since only those look like the case at hand.

Evidence is weighed by paths from the prior of each explanation, the same for all sets; a set whose
weights rest on too few paths counts as undecided, never as recovered.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from contingent.infer.draws import Draws, Floats, spawn
from contingent.infer.predictive import Answers, weigh
from contingent.simulate.ensemble import key_of

SETS = 40
FEWEST_EFFECTIVE = 10.0
"""Paths that must count in the evidence of a set for it to be decided."""
FEWEST_SETS = 8
"""Decided sets of two explanations together from which their recovery is counted."""
CLEAR = 1.0
"""Nats by which the right explanation must lead to be recovered clearly."""
RECOVERED = 0.8
"""Share of sets in which the right one of two must lead for the two to be separable."""
PURPOSE = 2**31 + 11


class Recovery(NamedTuple):
    """How one explanation fares on sets of reports made up from it.

    Attributes
    ----------
    name : of the explanation
    sets : number of sets
    first : share in which it comes out on top
    clear : share in which it leads the next by a nat or more
    undecided : share whose evidence rests on too few paths
    """

    name: str
    sets: int
    first: float
    clear: float
    undecided: float


class PairRecovery(NamedTuple):
    """How two explanations are told apart.

    Attributes
    ----------
    one, other : their names
    right : share of decided sets made up from either in which the right one leads; nan of too few
    bits : mean lead of the right one
    telling : the report that tells most, and its mean bits for the right one
    """

    one: str
    other: str
    right: float
    bits: float
    telling: str
    telling_bits: float

    @property
    def separable(self) -> bool:
        """Whether the right one of the two leads often enough."""
        return self.right >= RECOVERED


@dataclass(frozen=True)
class Separability:
    """The table.

    Attributes
    ----------
    paths, sets : paths of each explanation; sets of reports made up from each
    given_event : whether only paths on which the event came about made up sets
    recovery : one row an explanation
    pairs : one row for every two
    """

    paths: int
    sets: int
    given_event: bool
    recovery: tuple[Recovery, ...]
    pairs: tuple[PairRecovery, ...]

    def pair(self, one: str, other: str) -> PairRecovery | None:
        """Return the row of two explanations, in either order."""
        for row in self.pairs:
            if {row.one, row.other} == {one, other}:
                return row
        return None


def separability(
    ensembles: Mapping[str, Answers],
    seed: int,
    *,
    sets: int = SETS,
    sources: Mapping[str, NDArray[np.int64]] | None = None,
) -> Separability:
    """Make up sets of reports from each explanation, and weigh them under all.

    Parameters
    ----------
    ensembles : paths from the prior of each explanation, with their answers
    seed : root seed
    sets : sets of reports from each explanation
    sources : paths that may make up sets, by explanation; all if left out
    """
    names = list(ensembles)
    log_evidence = np.full((len(names), sets, len(names)), np.nan)
    decided = np.zeros((len(names), sets, len(names)), dtype=bool)
    alone: list[Floats] = []
    for number, name in enumerate(names):
        allowed = np.arange(len(ensembles[name].values)) if sources is None else sources[name]
        alone.append(np.zeros((sets, len(ensembles[name].evidence), len(names))))
        for position in range(min(sets, len(allowed))):
            path = int(allowed[position * len(allowed) // min(sets, len(allowed))])
            draws = Draws(spawn(key_of(seed), PURPOSE, number, position), 0)
            made = ensembles[name].make(path, draws)
            for other, rival in enumerate(names):
                # The path that made the set must not vouch for its own explanation.
                rows = np.arange(len(ensembles[rival].values)) != (path if rival == name else -1)
                kept = _rows(ensembles[rival], rows)
                found = weigh(kept, made)
                log_evidence[number, position, other] = found.log_evidence
                decided[number, position, other] = found.effective >= FEWEST_EFFECTIVE
                likelihood = np.exp(kept.log_likelihoods(made))
                alone[number][position, :, other] = np.log(likelihood.mean(axis=0))
    sure = np.asarray(decided.all(axis=2))
    return Separability(
        min(len(one.values) for one in ensembles.values()),
        sets,
        sources is not None,
        tuple(_recovery(i, names, log_evidence, sure) for i in range(len(names))),
        tuple(
            _pair(i, j, names, np.where(decided, log_evidence, np.nan), alone, ensembles)
            for i in range(len(names))
            for j in range(i + 1, len(names))
        ),
    )


def _rows(answers: Answers, rows: NDArray[np.bool_]) -> Answers:
    if rows.all():
        return answers
    return Answers(answers.evidence, answers.values[rows], answers.biases[rows])


def _recovery(
    right: int, names: list[str], log_evidence: Floats, decided: NDArray[np.bool_]
) -> Recovery:
    made = ~np.isnan(log_evidence[right, :, 0])
    count = int(made.sum())
    if not count:
        return Recovery(names[right], 0, float("nan"), float("nan"), float("nan"))
    values = log_evidence[right, made]
    rivals = np.delete(values, right, axis=1)
    lead = values[:, right] - (rivals.max(axis=1) if rivals.shape[1] else -np.inf)
    sure = decided[right, made]
    return Recovery(
        names[right],
        count,
        float(((lead > 0.0) & sure).mean()),
        float(((lead >= CLEAR) & sure).mean()),
        float((~sure).mean()),
    )


def _pair(
    one: int,
    other: int,
    names: list[str],
    log_evidence: Floats,
    alone: list[Floats],
    ensembles: Mapping[str, Answers],
) -> PairRecovery:
    leads = np.concatenate(
        [
            log_evidence[one, :, one] - log_evidence[one, :, other],
            log_evidence[other, :, other] - log_evidence[other, :, one],
        ]
    )
    made = ~np.isnan(leads)
    if made.sum() < FEWEST_SETS:
        return PairRecovery(names[one], names[other], np.nan, np.nan, "", np.nan)
    # Each report alone, for the right one of the two.
    by_report = np.concatenate(
        [
            alone[one][:, :, one] - alone[one][:, :, other],
            alone[other][:, :, other] - alone[other][:, :, one],
        ]
    )[made].mean(axis=0) / np.log(2.0)
    evidence = ensembles[names[one]].evidence
    best = int(np.argmax(by_report)) if len(by_report) else -1
    # A tie is worth half: a coin would get it right as often.
    right = float((leads[made] > 0.0).mean() + 0.5 * (leads[made] == 0.0).mean())
    return PairRecovery(
        names[one],
        names[other],
        right,
        float(leads[made].mean() / np.log(2.0)),
        evidence[best].id if best >= 0 else "",
        float(by_report[best]) if best >= 0 else 0.0,
    )
