"""What the prior expects of each report: an ensemble of paths with their answers.

Plain draws from the prior of each explanation, played once to the last day that a report looks
at. They tell how surprising every report is before any of the others is believed, which reports no
path can give, which pairs no path can give together, and they stand in for each explanation when
evidence is made up and weighed (`separability`).
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from contingent.infer.draws import Draws, Floats, spawn
from contingent.infer.likelihoods import answer, is_number, likelihood_of, make_reports
from contingent.infer.reports import Evidence
from contingent.infer.smc import effective_size, log_sum_exp
from contingent.infer.theatre import BLOCK, TheatreProblem, play
from contingent.language.formulas import Signal
from contingent.simulate.ensemble import key_of, threads_of
from contingent.simulate.paths import RecordedPaths

PURPOSE = 7
"""Label of the keys of prior ensembles; replicates have their own numbers from 0 on."""
SURPRISING = 0.05


@dataclass(frozen=True, eq=False)
class Answers:
    """What paths drawn from the prior answer to each report.

    Attributes
    ----------
    evidence : the reports
    values : (n, reports) answers
    biases : (n, reports) standard normals of each report's party; 0 where it has none
    """

    evidence: tuple[Evidence, ...]
    values: Floats
    biases: Floats

    def log_likelihoods(self, reported: Sequence[Evidence]) -> Floats:
        """Log-likelihood of a set of reports, real or made up, on each path, (n, reports)."""
        columns = [
            likelihood_of(one, self.values[:, i], self.biases[:, i])
            for i, one in enumerate(reported)
        ]
        return np.stack(columns, axis=1) if columns else np.zeros((len(self.values), 0))

    def make(self, path: int, draws: Draws) -> tuple[Evidence, ...]:
        """Make up the set of reports that one path would have led to."""
        rows = slice(path, path + 1)
        return tuple(
            make_reports(
                one,
                self.values[rows, i],
                self.biases[rows, i],
                Draws(spawn(draws.key, i), draws.round),
            )[0]
            for i, one in enumerate(self.evidence)
        )


class Expected(NamedTuple):
    """What the prior expects of one report.

    Attributes
    ----------
    id : of the report
    chance : probability of the report for one that is made or not; nan for a value
    rank : share of made-up values below the reported one; for the others `chance`
    possible : whether any path answers as it says
    """

    id: str
    chance: float
    rank: float
    possible: bool

    @property
    def surprising(self) -> bool:
        """Whether the report lies in an outer twentieth of what the prior expects."""
        if np.isnan(self.chance):
            return min(self.rank, 1.0 - self.rank) < SURPRISING / 2.0
        return self.chance < SURPRISING


class Estimated(NamedTuple):
    """Probability of a set of reports by plain weighting of prior draws.

    Attributes
    ----------
    log_evidence : its log
    effective : effective sample size of the weights
    """

    log_evidence: float
    effective: float


def prior_answers(
    problem: TheatreProblem, name: str, count: int, seed: int, threads: int | None = None
) -> Answers:
    """Play paths from the prior and ask them every report."""
    key = spawn(key_of(seed), zlib.crc32(name.encode()), 2**31 + PURPOSE)

    def block(number: int) -> tuple[Floats, Floats]:
        size = min(BLOCK, count - number * BLOCK)
        particles = problem.draw(size, Draws(key, number))
        paths = play(problem.program, particles, problem.days)
        biases = particles["normals"][:, len(problem.program.unknowns) :]
        return ask(problem, paths), by_report(problem, biases)

    with ThreadPoolExecutor(threads_of(threads), "prior") as pool:
        parts = list(pool.map(block, range(-(-count // BLOCK))))
    return Answers(
        problem.evidence,
        np.concatenate([part[0] for part in parts]),
        np.concatenate([part[1] for part in parts]),
    )


def ask(problem: TheatreProblem, paths: RecordedPaths) -> Floats:
    """Answers of some paths to every report, (n, reports)."""
    columns = [answer(one, paths) for one in problem.evidence]
    return np.stack(columns, axis=1) if columns else np.zeros((paths.futures, 0))


def by_report(problem: TheatreProblem, biases: Floats) -> Floats:
    """Bias of each report's party, (n, reports); 0 where it has none."""
    found = np.zeros((len(biases), problem.steps))
    for i, one in enumerate(problem.evidence):
        if one.party in problem.parties:
            found[:, i] = biases[:, problem.parties.index(one.party)]
    return found


def expectations(answers: Answers, seed: int = 1) -> list[Expected]:
    """What the prior expects of each report, in their order."""
    found = []
    for i, one in enumerate(answers.evidence):
        values, biases = answers.values[:, i], answers.biases[:, i]
        likelihood = np.exp(likelihood_of(one, values, biases))
        if is_number(one) and one.low is not None and one.high is not None and one.kind != "bounds":
            draws = Draws(spawn(key_of(seed), i), 0)
            made = [report.low for report in make_reports(one, values, biases, draws)]
            rank = float(np.mean(np.array(made) < one.low))
            found.append(Expected(one.id, float("nan"), rank, 0.0 < rank < 1.0))
            continue
        possible = bool((values > 0.5).any()) if not is_number(one) else likelihood.max() > 0.1
        chance = float(likelihood.mean())
        found.append(Expected(one.id, chance, chance, bool(possible)))
    return found


def contradictions(answers: Answers) -> list[tuple[str, str]]:
    """Pairs of reports that some path gives alone and none gives together.

    Only pairs that weigh: where the best path for both is much less likely than the best for each.
    """
    table = answers.log_likelihoods(answers.evidence)
    sharp = [i for i, one in enumerate(answers.evidence) if not is_number(one)]
    so = answers.values > 0.5
    pairs = []
    for position, i in enumerate(sharp):
        for j in sharp[position + 1 :]:
            one, other = answers.evidence[i], answers.evidence[j]
            if not so[:, i].any() or not so[:, j].any() or (so[:, i] & so[:, j]).any():
                continue
            lost = table[:, i].max() + table[:, j].max() - (table[:, i] + table[:, j]).max()
            expected = float(so[:, i].mean() * so[:, j].mean() * len(so))
            if lost > WEIGHTY and (expected >= FEWEST_TOGETHER or rule_out(one, other)):
                pairs.append((one.id, other.id))
    return pairs


def rule_out(one: Evidence, other: Evidence) -> bool:
    """Whether two reports name different holders of a place on the same day."""
    if one.kind != "holder" or other.kind != "holder" or one.negated or other.negated:
        return False
    days = {one.first, one.last, other.first, other.last}
    first, second = (
        formula.observables if isinstance(formula := each.formulas[0], Signal) else ()
        for each in (one, other)
    )
    if len(days) != 1 or len(first) != 1 or len(second) != 1:
        return False
    (actors, place), (others, elsewhere) = first[0].args, second[0].args
    return place == elsewhere and not {*actors} & {*others}


FEWEST_TOGETHER = 5.0
"""Paths that would give both by chance; below this their absence says nothing."""
WEIGHTY = float(np.log(4.0))
"""Nats that a contradiction must cost."""


def weigh(answers: Answers, reported: Sequence[Evidence]) -> Estimated:
    """Estimate the probability of a set of reports by weighting the paths."""
    total = answers.log_likelihoods(reported).sum(axis=1)
    return Estimated(log_sum_exp(total) - float(np.log(len(total))), effective_size(total))
