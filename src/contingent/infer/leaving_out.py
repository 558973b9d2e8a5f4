"""Leave-one-out: the evidence of an explanation without one of the reports.

First from what is stored: 1 / p(y | rest) is the mean of 1 / L over the worlds that all reports
leave. That mean says nothing where few worlds carry it (Pareto's k, effective sample size) or where
hardly a world is left in which the report would have been otherwise: then its weight without the
report is unknown. For those the report is *let out* by degrees, with resampling and moves at each
step as when it was let in (tempering backwards): a run of its own, from where the full run stood.
"""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import NamedTuple

import numpy as np

from contingent.errors import InferenceError
from contingent.infer.condition import Conditioned, Settings, key_of_run
from contingent.infer.draws import Floats, spawn
from contingent.infer.events import came_about
from contingent.infer.likelihoods import is_number, likelihood_of
from contingent.infer.pareto import TRUSTED, pareto_k
from contingent.infer.replicates import Judgement, combine, judge_spread
from contingent.infer.reports import Evidence
from contingent.infer.reweigh import LEAST_EFFECTIVE
from contingent.infer.smc import (
    RESAMPLED_BELOW,
    Problem,
    State,
    effective_size,
    log_sum_exp,
    resampled,
    temper,
)
from contingent.simulate.ensemble import threads_of
from contingent.streams import Key

FEWEST_OTHERWISE = 20
"""Worlds, replicates together, in which a telling report must be otherwise."""
TELLING = float(np.log(3.0))
"""Nats by which a report's likelihood must hang on what it says for the above to matter."""
LETTING_OUT = 2**31 + 31


class LeftOut(NamedTuple):
    """An explanation's evidence without one report.

    Attributes
    ----------
    report : its name
    log_evidence : without it
    pareto_k : worst over replicates
    effective : smallest share of the worlds that count in a replicate
    otherwise : worlds in which what it says is otherwise; nan for a number
    sound : whether stored likelihoods suffice
    again : whether the report was let out by a run of its own
    spread : standard deviation of that run's log evidence over replicates; nan without one
    """

    report: str
    log_evidence: float
    pareto_k: float
    effective: float
    otherwise: float
    sound: bool
    again: bool = False
    spread: float = float("nan")

    @property
    def judgement(self) -> Judgement:
        """What may be said of it."""
        if self.again:
            return judge_spread(self.spread)
        return "fine" if self.sound else "refused"


def left_out(done: Conditioned) -> list[LeftOut]:
    """Take each report out again by stored likelihoods, with what speaks for or against that."""
    return [_stored(done, i, one) for i, one in enumerate(done.problem.evidence)]


def _stored(done: Conditioned, column: int, report: Evidence) -> LeftOut:
    logs, worst, least, otherwise = [], 0.0, 1.0, 0
    for state in done.states:
        likelihood = state.log_likelihood[:, column]
        weights = state.log_weights - likelihood
        logs.append(float(state.log_evidence.sum()) + log_sum_exp(weights))
        worst = max(worst, pareto_k(weights))
        least = min(least, effective_size(weights) / len(weights))
        if not is_number(report):
            so = came_about(report, likelihood)
            otherwise += int(min(so.sum(), (~so).sum()))
    sound = least >= LEAST_EFFECTIVE and worst < TRUSTED
    if not is_number(report) and _contrast(report) > TELLING:
        sound = sound and otherwise >= FEWEST_OTHERWISE
    counted = float("nan") if is_number(report) else float(otherwise)
    return LeftOut(report.id, combine(logs).value, worst, least, counted, bool(sound))


def _contrast(report: Evidence) -> float:
    """Nats between the likelihood of a report where it is so and where it is not."""
    not_so, so = likelihood_of(report, np.array([0.0, 1.0]), np.zeros(2))
    return abs(float(so - not_so))


def let_out_again(
    done: Conditioned, reports: Sequence[str], settings: Settings
) -> dict[str, LeftOut]:
    """Let reports out by runs of their own, each from where the full run stood.

    Parameters
    ----------
    done : conditioned on all reports
    reports : names of those to be let out, one at a time
    settings : of the run
    """
    names = [one.id for one in done.problem.evidence]
    rows = {row.report: row for row in left_out(done) if row.report in reports}
    tasks = [(name, number) for name in rows for number in range(len(done.states))]

    def play(task: tuple[str, int]) -> float:
        name, number = task
        state, column = done.states[number], names.index(name)
        root = key_of_run(settings.seed, done.name, number)
        key = spawn(root, LETTING_OUT, column)
        return float(state.log_evidence.sum()) + let_out(
            done.problem, key, state, column, settings.sweeps
        )

    with ThreadPoolExecutor(threads_of(settings.threads), "leaving out") as pool:
        logs = dict(zip(tasks, pool.map(play, tasks), strict=True))
    found = {}
    for name, row in rows.items():
        evidence = combine([logs[name, number] for number in range(len(done.states))])
        found[name] = row._replace(log_evidence=evidence.value, again=True, spread=evidence.spread)
    return found


def let_out(problem: Problem, key: Key, state: State, which: int, sweeps: int) -> float:
    """Let one piece of evidence out by degrees; returns the log of what the evidence gains."""
    powers: Floats = np.ones(state.step)
    gained = 0.0
    while powers[which] > 0.0:
        rise, log_weights, increment = temper(
            state.log_weights, -state.log_likelihood[:, which], float(powers[which])
        )
        if not np.isfinite(increment):
            raise InferenceError("every weight has vanished", state)
        gained += increment
        powers[which] = max(powers[which] - rise, 0.0)
        state = state._replace(log_weights=log_weights)
        count = len(log_weights)
        if effective_size(log_weights) < RESAMPLED_BELOW * count and count > 1:
            state, _ = resampled(problem, key, state, powers, sweeps)
    return gained
