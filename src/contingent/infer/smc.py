"""Sequential Monte Carlo over evidence that arrives step by step, for any problem.

Particles start as draws from the prior. Each step brings one piece of evidence, whose likelihood
is let in by degrees (*tempering*: the next power is found by bisection so that the effective sample
size stays at half the particles), after which particles are resampled systematically and moved by
Metropolis steps that leave the evidence so far invariant (Chopin 2002; Del Moral, Doucet & Jasra
2006). The product of the mean incremental weights estimates the probability of the evidence, step
by step. It is consistent; since powers, covariances and step lengths are learnt from the particles
it is not exactly unbiased.

The problem supplies everything else: draws from its prior, log-likelihoods, moves. The primitive
is a generator of states; what a caller wants to watch, stop, show or keep on disk is its own loop::

    for state, info in smc(problem, key, particles=1_000):
        print(info.step, info.temperature, info.effective, state.log_evidence.sum())

It does not know what a future, a place or a report is.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from contingent.errors import InferenceError
from contingent.infer.draws import Draws, Floats, Integers
from contingent.streams import Key

Particles = Mapping[str, NDArray[Any]]
"""Arrays by name; the first axis of each is the particle."""

KEPT = 0.5
"""Share of the particles that the effective sample size may fall to within a step."""
RESAMPLED_BELOW = 0.51
WANTED_ACCEPTANCE = 0.25
FASTEST_CHANGE = 2.0
"""The length of a move changes at most by this factor from one round to the next."""
HALVINGS = 60
LEAST_POWER = 1e-9
RESAMPLING, ACCEPTING, FIRST_OF_PROBLEM = 1, 2, 16
"""Purposes of random numbers; a problem uses its own from `FIRST_OF_PROBLEM` on."""


class Length(NamedTuple):
    """How far a move goes.

    Attributes
    ----------
    first : at the start; 0 for a move that has no length to adapt
    most : at most
    """

    first: float = 0.0
    most: float = float("inf")


class Proposal(NamedTuple):
    """What a move proposes.

    Attributes
    ----------
    particles : proposed, one for each particle
    log_ratio : (n,) log of prior density times reverse over forward proposal; 0 for a move that
        leaves the prior invariant
    """

    particles: Particles
    log_ratio: Floats | float = 0.0


class Problem(Protocol):
    """What is to be conditioned."""

    @property
    def steps(self) -> int:
        """Number of pieces of evidence."""
        ...

    @property
    def moves(self) -> Mapping[str, Length]:
        """How far each move goes, by its name."""
        ...

    def draw(self, count: int, draws: Draws) -> Particles:
        """Draw particles from the prior."""
        ...

    def extend(self, particles: Particles, step: int, draws: Draws) -> Particles:
        """Make afresh what no evidence before `step` hangs on."""
        ...

    def reach(self, step: int) -> int:
        """How many pieces of evidence can be looked at with `step`, itself and before included."""
        ...

    def log_likelihoods(self, particles: Particles, steps: int) -> Floats:
        """Log-likelihood of the first `steps` pieces of evidence, (n, steps)."""
        ...

    def learn(self, particles: Particles, weights: Floats) -> Any:
        """What the moves want to know about the particles before they are resampled."""
        ...

    def propose(
        self,
        move: str,
        particles: Particles,
        steps: int,
        length: float,
        learnt: Any,
        draws: Draws,
    ) -> Proposal:
        """Propose one move of every particle, with `steps` pieces of evidence let in."""
        ...


class State(NamedTuple):
    """What the next round needs.

    Attributes
    ----------
    step : number of pieces of evidence wholly let in
    power : power of the next one that is let in already, 0 <= power < 1
    particles : as the problem makes them
    log_likelihood : (n, pieces looked at) of each piece of evidence, the one under way included
        and those after it that need no more to be looked at
    log_weights : (n,) normalised
    log_evidence : (problem.steps,) log of the mean incremental weight, by piece of evidence
    ancestors : (n,) first particle that each descends from
    lengths : length of each move
    round : how often particles have been moved or extended
    """

    step: int
    power: float
    particles: Particles
    log_likelihood: Floats
    log_weights: Floats
    log_evidence: Floats
    ancestors: Integers
    lengths: Mapping[str, float]
    round: int


class Info(NamedTuple):
    """What a person may want to know about a round.

    Attributes
    ----------
    step : piece of evidence that was let in
    power : power reached
    effective : effective sample size after reweighting
    acceptance : accepted share by move; empty where nothing was moved
    roots : number of distinct first ancestors
    log_evidence : of all evidence so far
    """

    step: int
    power: float
    effective: float
    acceptance: Mapping[str, float]
    roots: int
    log_evidence: float


def smc(
    problem: Problem,
    key: Key,
    *,
    particles: int,
    sweeps: int = 3,
    state: State | None = None,
) -> Iterator[tuple[State, Info]]:
    """Let in the evidence, one tempering step at a time.

    Parameters
    ----------
    problem
    key : root of all random numbers of this run
    particles : how many, at least 1
    sweeps : rounds of moves after each resampling
    state : where an interrupted run stood; from the prior if left out
    """
    current = first_state(problem, key, particles) if state is None else state
    while current.step < problem.steps:
        current, info = advance(problem, key, current, sweeps)
        yield current, info


def fit(problem: Problem, key: Key, *, particles: int, sweeps: int = 3) -> State:
    """Let in all evidence and return the last state."""
    state = first_state(problem, key, particles)
    while state.step < problem.steps:
        state, _ = advance(problem, key, state, sweeps)
    return state


def first_state(problem: Problem, key: Key, particles: int) -> State:
    """Draw particles from the prior."""
    if particles < 1:
        raise ValueError(f"particles = {particles}: expected at least 1")
    drawn = problem.draw(particles, Draws(key, 0))
    return State(
        step=0,
        power=0.0,
        particles=drawn,
        log_likelihood=np.zeros((particles, 0)),
        log_weights=np.full(particles, -np.log(particles)),
        log_evidence=np.zeros(problem.steps),
        ancestors=np.arange(particles),
        lengths={move: length.first for move, length in problem.moves.items()},
        round=1,
    )


def advance(problem: Problem, key: Key, state: State, sweeps: int) -> tuple[State, Info]:
    """One tempering step: reweight, and if weights have become uneven resample and move."""
    if state.log_likelihood.shape[1] <= state.step:
        state = _extended(problem, key, state)
    last = state.log_likelihood[:, state.step]
    rise, log_weights, increment = temper(state.log_weights, last, 1.0 - state.power)
    power = state.power + rise
    if not np.isfinite(increment):
        raise InferenceError("every weight has vanished", state)
    log_evidence = state.log_evidence.copy()
    log_evidence[state.step] += increment
    state = state._replace(log_weights=log_weights, log_evidence=log_evidence)
    effective = effective_size(log_weights)
    acceptance: Mapping[str, float] = {}
    count = len(log_weights)
    if effective < RESAMPLED_BELOW * count and count > 1:
        ahead = state.log_likelihood.shape[1] - state.step - 1
        powers = np.concatenate([np.ones(state.step), [power], np.zeros(ahead)])
        state, acceptance = resampled(problem, key, state, powers, sweeps)
    done = power >= 1.0
    info = Info(
        state.step,
        power,
        effective,
        acceptance,
        len(np.unique(state.ancestors)),
        float(log_evidence.sum()),
    )
    return state._replace(step=state.step + done, power=0.0 if done else power), info


def _extended(problem: Problem, key: Key, state: State) -> State:
    """Make fresh what lies ahead, and look at the next pieces of evidence."""
    draws = Draws(key, state.round)
    particles = problem.extend(state.particles, state.step, draws)
    likelihood = problem.log_likelihoods(particles, problem.reach(state.step))
    return state._replace(particles=particles, log_likelihood=likelihood, round=state.round + 1)


def temper(log_weights: Floats, log_likelihood: Floats, most: float) -> tuple[float, Floats, float]:
    """Find how far the evidence can be let in, and let it in.

    Parameters
    ----------
    log_weights : (n,) normalised
    log_likelihood : (n,) of the piece of evidence; -inf where it is impossible
    most : greatest rise of the power

    Returns
    -------
    rise, log_weights, increment
        The rise; normalised weights after it; log of the mean incremental weight, -inf where no
        particle is left.
    """
    floor = KEPT * len(log_weights)

    def after(rise: float) -> Floats:
        return log_weights + rise * log_likelihood

    high = most
    if effective_size(after(high)) < floor:
        low = 0.0
        for _ in range(HALVINGS):
            middle = 0.5 * (low + high)
            low, high = (middle, high) if effective_size(after(middle)) >= floor else (low, middle)
        high = min(max(low, LEAST_POWER), most)
    raised = after(high)
    total = log_sum_exp(raised)
    if not np.isfinite(total):
        return high, log_weights, -np.inf
    return high, raised - total, total - log_sum_exp(log_weights)


def resampled(
    problem: Problem, key: Key, state: State, powers: Floats, sweeps: int
) -> tuple[State, Mapping[str, float]]:
    """Resample and move with each piece of evidence let in to its power.

    Lengths are adapted for the next round only.
    """
    weights = np.exp(state.log_weights)
    learnt = problem.learn(state.particles, weights)
    draws = Draws(key, state.round)
    rows = systematic(weights, float(draws.uniforms(RESAMPLING, 1)[0, 0]))
    particles: Particles = {name: array[rows] for name, array in state.particles.items()}
    likelihood = state.log_likelihood[rows]
    accepted = dict.fromkeys(problem.moves, 0.0)
    turn = state.round
    for _ in range(sweeps):
        for move in problem.moves:
            draws = Draws(key, turn)
            particles, likelihood, share = _metropolis(
                problem, move, particles, likelihood, powers, state.lengths[move], learnt, draws
            )
            accepted[move] += share / sweeps
            turn += 1
    count = len(weights)
    moved = state._replace(
        particles=particles,
        log_likelihood=likelihood,
        log_weights=np.full(count, -np.log(count)),
        ancestors=state.ancestors[rows],
        lengths={
            move: min(adapted(state.lengths[move], accepted[move]), length.most)
            for move, length in problem.moves.items()
        },
        round=turn,
    )
    return moved, accepted


def _metropolis(
    problem: Problem,
    move: str,
    particles: Particles,
    likelihood: Floats,
    powers: Floats,
    length: float,
    learnt: Any,
    draws: Draws,
) -> tuple[Particles, Floats, float]:
    """Propose, weigh, accept or stay; the share accepted comes last."""
    steps = len(powers)
    proposal = problem.propose(move, particles, steps, length, learnt, draws)
    proposed = problem.log_likelihoods(proposal.particles, steps)
    # A product of 0 and -inf would be nan where nothing is let in yet.
    gain = np.where(powers > 0.0, powers * (proposed - likelihood), 0.0).sum(axis=1)
    gain = np.nan_to_num(gain + proposal.log_ratio, nan=-np.inf, posinf=np.inf, neginf=-np.inf)
    chance = draws.uniforms(ACCEPTING, len(gain))[:, 0]
    taken = np.log(chance) < gain
    merged = {
        name: np.where(taken.reshape(-1, *[1] * (old.ndim - 1)), proposal.particles[name], old)
        for name, old in particles.items()
    }
    return merged, np.where(taken[:, None], proposed, likelihood), float(taken.mean())


def adapted(length: float, acceptance: float) -> float:
    """Lengthen a move that is nearly always accepted, shorten one that hardly ever is.

    >>> adapted(1.0, 0.5), adapted(1.0, 0.0), adapted(0.0, 1.0)
    (2.0, 0.5, 0.0)
    """
    factor = acceptance / WANTED_ACCEPTANCE
    return length * min(max(factor, 1.0 / FASTEST_CHANGE), FASTEST_CHANGE)


def systematic(weights: Floats, uniform: float) -> Integers:
    """Systematic resampling: particle i appears floor or ceil of n·w_i times.

    >>> systematic(np.array([0.5, 0.25, 0.25, 0.0]), 0.5).tolist()
    [0, 0, 1, 2]
    """
    count = len(weights)
    ladder = (np.arange(count) + uniform) / count
    heights = np.cumsum(weights)
    heights /= heights[-1]
    return np.searchsorted(heights, ladder, side="right").clip(0, count - 1).astype(np.int64)


def effective_size(log_weights: Floats) -> float:
    """Kish's effective sample size, 1 to n; 0 where every weight has vanished."""
    highest = float(np.max(log_weights))
    if not np.isfinite(highest):
        return 0.0
    weights = np.exp(log_weights - highest)
    return float(weights.sum() ** 2 / (weights**2).sum())


def log_sum_exp(values: Floats) -> float:
    """Log of a sum of exponentials; -inf for nothing but -inf."""
    highest = float(np.max(values))
    if not np.isfinite(highest):
        return -np.inf
    return highest + float(np.log(np.exp(values - highest).sum()))
