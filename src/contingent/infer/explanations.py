"""Explanations as sets of assumptions, and what the reports make of them.

An explanation moves priors (``assume:``) and switches mechanisms (``switch:``); the theatre's plain
priors stand beside them under the name of the explanation that assumes nothing. Explanations may
overlap, so odds between them are read as: if one of these sets of priors had to be believed. Odds
that are closer than twice their Monte Carlo error do not separate two explanations, whatever their
point estimate.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np
from scipy import stats

from contingent.claims.factors import supposing
from contingent.compile import Program, compile_scenario
from contingent.errors import SettingError
from contingent.infer.condition import Conditioned
from contingent.infer.draws import Draws, Floats
from contingent.infer.replicates import Evidence, combine
from contingent.infer.reports import Selection
from contingent.infer.theatre import TheatreProblem, problem_of
from contingent.scenario.quantities import middle
from contingent.scenario.types import Scenario
from contingent.scenario.types_relations import Explanation
from contingent.simulate.ensemble import key_of

PLAIN = "unexplained"
BITS = float(np.log(2.0))
DRAWN = 4_000
"""Draws of the log evidences from their errors, for intervals of the weights."""
SPREAD_DRAWS = 60


@dataclass(frozen=True, eq=False)
class Assumed:
    """The theatre under one explanation.

    Attributes
    ----------
    name, says : of the explanation
    scenario, program, problem : under its assumptions
    prior : weight among all explanations, normalised
    moves : dotted names it changes, and mechanisms it switches
    """

    name: str
    says: str
    scenario: Scenario
    program: Program
    problem: TheatreProblem
    prior: float
    moves: tuple[str, ...]


class Weight(NamedTuple):
    """Posterior weight of one explanation.

    Attributes
    ----------
    value, low, high : with its 95 % Monte Carlo interval
    """

    value: float
    low: float
    high: float


class Pair(NamedTuple):
    """Odds between two explanations.

    Attributes
    ----------
    one, other : their names
    log_odds : log of the evidence for `one` over that for `other`
    error : its standard error
    separated : whether it is at least twice its error and neither is refused
    """

    one: str
    other: str
    log_odds: float
    error: float
    separated: bool


def assumed(scenario: Scenario, selection: Selection) -> dict[str, Assumed]:
    """The theatre under each explanation, the plain priors among them.

    Raises
    ------
    SettingError
        if an assumption leads nowhere; names the explanation.
    """
    offered = dict(scenario.argument.explanations) if scenario.argument is not None else {}
    if not any(not one.assume and not one.switch for one in offered.values()):
        offered[PLAIN] = Explanation(says="The theatre's plain ranges.")
    weights = {name: _weight(one) for name, one in offered.items()}
    total = sum(weights.values())
    if total <= 0.0:
        raise SettingError("explanations", "no prior weight above 0", "at least one")
    found = {}
    for name, one in offered.items():
        changed, program = under(scenario, name, one)
        problem = problem_of(program, selection.evidence, selection.parties)
        moves = (*one.assume, *(f"mechanisms.{key}" for key in one.switch))
        found[name] = Assumed(
            name, one.says, changed, program, problem, weights[name] / total, moves
        )
    return found


def under(scenario: Scenario, name: str, one: Explanation) -> tuple[Scenario, Program]:
    """Return scenario and program under one explanation."""
    changed = supposing(scenario, name, one)
    return changed, compile_scenario(changed)


def _weight(one: Explanation) -> float:
    value = middle(one.weight)
    return 1.0 if np.isnan(value) else value


def plain_of(explained: Mapping[str, Assumed]) -> str:
    """Name of the explanation that assumes nothing."""
    return next(name for name, one in explained.items() if not one.moves)


def twins(explained: Mapping[str, Assumed]) -> list[tuple[str, str]]:
    """Pairs of explanations that make the same program, so that nothing can tell them apart."""
    names = list(explained)
    return [
        (one, other)
        for i, one in enumerate(names)
        for other in names[i + 1 :]
        if explained[one].program.digest == explained[other].program.digest
    ]


def evidence_after(done: Conditioned, reports: int) -> Evidence:
    """Log evidence of the first reports."""
    return combine(done.increments[:, :reports].sum(axis=1))


def posterior(
    evidences: Sequence[Evidence], priors: Sequence[float], replicates: int, seed: int
) -> list[Weight]:
    """Posterior weights of explanations that exclude each other, with Monte Carlo intervals.

    Log evidences are drawn from Student's t around their estimates, with as many degrees of
    freedom as replicates less one; a single replicate has no interval (0 to 1).
    """
    values = np.array([one.value for one in evidences])
    log_priors = np.log(np.maximum(priors, 1e-300))
    middle_weights = _normalised(values + log_priors)
    if replicates < 2:
        return [Weight(float(one), 0.0, 1.0) for one in middle_weights]
    errors = np.array([one.error for one in evidences])
    uniform = Draws(key_of(seed), 0).uniforms(SPREAD_DRAWS, DRAWN, len(values))
    drawn = values + errors * stats.t.ppf(uniform, replicates - 1)
    weights = _normalised(drawn + log_priors)
    low, high = np.quantile(weights, [0.025, 0.975], axis=0)
    return [
        Weight(float(value), float(one), float(other))
        for value, one, other in zip(middle_weights, low, high, strict=True)
    ]


def _normalised(logs: Floats) -> Floats:
    shifted = np.exp(logs - logs.max(axis=-1, keepdims=True))
    return np.asarray(shifted / shifted.sum(axis=-1, keepdims=True))


def pairs(done: Mapping[str, Conditioned]) -> list[Pair]:
    """Odds between every two explanations."""
    names = list(done)
    found = []
    for i, one in enumerate(names):
        for other in names[i + 1 :]:
            first, second = done[one].evidence, done[other].evidence
            difference = first.value - second.value
            error = float(np.hypot(first.error, second.error))
            allowed = "refused" not in (done[one].judgement, done[other].judgement)
            apart = bool(allowed and abs(difference) >= 2.0 * error and error > 0.0)
            found.append(Pair(one, other, difference, error, apart))
    return found


def bits_error(done: Conditioned) -> Floats:
    """Standard error of each report's bits, by the jackknife over replicates, (reports,)."""
    count = len(done.states)
    if count < 2:
        return np.full(done.problem.steps, np.inf)
    kept = [replace(done, states=(*done.states[:i], *done.states[i + 1 :])) for i in range(count)]
    values = np.stack([bits(one) for one in kept])
    spread = ((values - values.mean(axis=0)) ** 2).sum(axis=0)
    return np.asarray(np.sqrt((count - 1) / count * spread))


def bits(done: Conditioned) -> Floats:
    """Weight of each report under an explanation, in bits; the sum is the log evidence, (reports,).

    Reports are let in one at a time in the order of publication, those of a day in the order of
    the file: within a day that order is a convention. Increments of the mean evidence.
    """
    totals = [evidence_after(done, count).value for count in range(done.problem.steps + 1)]
    return np.diff(totals) / BITS
