"""Worlds played to the last day with one claim asked of them: what drivers and watch look at.

The worlds are those that the reports leave under the theatre's plain priors, or, without
conditioning, draws from those priors. Each counts as often as any other.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from contingent.claims.columns import Question
from contingent.claims.evaluate import evaluate
from contingent.claims.reading import ReadClaim, read_argument
from contingent.compile import Program, compile_scenario, unknowns_from_normals
from contingent.errors import SettingError
from contingent.infer.branches import PLAYED, PRIOR_LABEL, play_on
from contingent.infer.condition import Conditioned, Listener, Settings, condition
from contingent.infer.draws import Draws, Floats, spawn
from contingent.infer.reports import select
from contingent.infer.smc import Particles
from contingent.infer.theatre import TheatreProblem, problem_of
from contingent.infer.worlds import evened
from contingent.language import Observable
from contingent.scenario.types import Scenario
from contingent.simulate.ensemble import key_of, threads_of
from contingent.simulate.paths import RecordedPaths


@dataclass(frozen=True, eq=False)
class Ahead:
    """Worlds and what comes of one claim in them.

    Attributes
    ----------
    claim : the claim
    program : of the theatre's plain priors
    unknowns : (n, unknowns) values, in their units
    outcome : (n,) whether the claim comes true
    met : (n,) whether its condition is met
    seen : what was read from the paths of each block, in order
    conditioned : whether the reports were believed
    """

    claim: ReadClaim
    program: Program
    unknowns: Floats
    outcome: NDArray[np.bool_]
    met: NDArray[np.bool_]
    seen: tuple[Any, ...]
    conditioned: bool


def claim_of(scenario: Scenario, name: str) -> tuple[ReadClaim, Question]:
    """Return a claim that a future can answer.

    Raises
    ------
    SettingError
        if there is no such claim, or nothing in a future answers it.
    """
    claims, asked = _asked_of(scenario)
    by_name = {claim.id: claim for claim in claims}
    questions = {question.key: question for question in asked}
    if name not in by_name:
        raise SettingError("claim", repr(name), f"one of {', '.join(questions) or '(none)'}")
    if name not in questions:
        reason = by_name[name].reason or "it supposes something set"
        raise SettingError("claim", f"{name}: {reason}", "a claim that a future can answer")
    return by_name[name], questions[name]


def _asked_of(scenario: Scenario) -> tuple[list[ReadClaim], list[Question]]:
    """Claims that a conditioned future can answer, and the headline question of each."""
    if scenario.argument is None:
        return [], []
    plain = compile_scenario(scenario)
    chances = {e.name for e in plain.events if e.probability is not None or e.settled is not None}
    claims, asked = [], []
    for claim in read_argument(scenario.argument, plain.names.vocabulary()):
        claims.append(claim)
        if not claim.wordings or claim.wordings[0].do or claim.do:
            continue
        events = {str(o.args[0]) for o in claim.observables() if o.name == "event"}
        if events <= chances:
            first = claim.wordings[0]
            day = plain.names.day(claim.since)
            asked.append(Question(claim.id, first.formula, first.given, day))
    return claims, asked


def look_ahead(
    scenario: Scenario,
    name: str,
    futures: int,
    settings: Settings,
    *,
    conditioned: bool = True,
    kept: Conditioned | None = None,
    observables: Iterable[Observable] = (),
    read: Callable[[RecordedPaths], Any] | None = None,
    listen: Listener | None = None,
) -> Ahead:
    """Play worlds to the last day and ask them one claim.

    Parameters
    ----------
    scenario : with an argument
    name : of the claim
    futures : worlds to be played
    settings : of the sampler
    conditioned : whether the worlds are those that the reports leave
    kept : the theatre's plain priors, conditioned already; conditioned anew if left out
    observables : recorded besides what the claim needs
    read : asked of each block of paths; what it returns is kept
    """
    claim, question = claim_of(scenario, name)
    wanted = {*claim.observables(), *observables}
    program = compile_scenario(scenario, sorted(wanted, key=str))
    if kept is None:
        selection = select(scenario.theatre, program.names)
        problem = problem_of(program, selection.evidence, selection.parties)
        worlds = _worlds(problem, futures, settings, conditioned, listen)
    else:
        problem, worlds = kept.problem, worlds_of(kept, futures)
    blocks = _blocks(worlds)

    def ask(number: int) -> tuple[NDArray[np.bool_], NDArray[np.bool_], Any]:
        paths = play_on(program, blocks[number], settings.seed, 0, number * PLAYED)
        outcome = evaluate(question.formula, paths, question.since_day)
        met = np.ones_like(outcome)
        if question.given is not None:
            met = evaluate(question.given, paths, question.since_day)
        return outcome, met, read(paths) if read is not None else None

    with ThreadPoolExecutor(threads_of(settings.threads), "ahead") as pool:
        parts = list(pool.map(ask, range(len(blocks))))
    count = len(program.unknowns)
    thetas = unknowns_from_normals(program, worlds["normals"][:, :count])[:, :count]
    return Ahead(
        claim,
        program,
        thetas,
        np.concatenate([part[0] for part in parts]),
        np.concatenate([part[1] for part in parts]),
        tuple(part[2] for part in parts),
        conditioned and problem.steps > 0,
    )


def _blocks(worlds: Particles) -> list[Particles]:
    """Cut worlds into blocks of which the series stay in the processor's cache."""
    return [
        {key: array[first : first + PLAYED] for key, array in worlds.items()}
        for first in range(0, len(worlds["normals"]), PLAYED)
    ]


def _worlds(
    problem: TheatreProblem,
    futures: int,
    settings: Settings,
    conditioned: bool,
    listen: Listener | None,
) -> Particles:
    if not conditioned or not problem.steps:
        return problem.draw(futures, Draws(spawn(key_of(settings.seed), PRIOR_LABEL), 0))
    sized = replace(settings, particles=max(settings.particles, 1))
    return worlds_of(condition({"": problem}, sized, listen=listen)[""], futures)


def worlds_of(done: Conditioned, futures: int) -> Particles:
    """Worlds that the reports leave, as many from each replicate."""
    each = max(1, futures // len(done.states))
    parts = [evened(state, each) for state in done.states]
    return {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}
