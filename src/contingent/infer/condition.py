"""Condition a theatre on its reports: independent replicates under each set of assumptions.

Every pair of an explanation and a replicate is a run of its own, with a key made from the seed, the
explanation's name and the replicate's number; runs share nothing, so they may be played in any
order, on any number of threads, stopped and taken up again, and give the same bytes. The spread
over replicates is the error of everything that is said.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from threading import Event
from typing import Any, NamedTuple

import numpy as np

from contingent.errors import InferenceError, SettingError
from contingent.identity import digest_bytes
from contingent.infer.checkpoint import restore, save
from contingent.infer.draws import Floats, spawn
from contingent.infer.replicates import (
    Evidence,
    Judgement,
    combine,
    judge_roots,
    judge_spread,
    worst,
)
from contingent.infer.smc import Info, State, first_state, smc
from contingent.infer.theatre import TheatreProblem
from contingent.simulate.engines import model_digest
from contingent.simulate.ensemble import key_of, threads_of
from contingent.streams import Key

PARTICLES, SWEEPS, REPLICATES = 1_600, 3, 4
QUICK_PARTICLES, QUICK_SWEEPS = 160, 2
HARD_STEPS = 4
"""Tempering steps that one report may take before it is named as the one that hurts."""

UNSETTLED = 0.3
"""Between-replicate spread of a posterior mean, in posterior deviations, from which no verdict is
given on the unknown or the claim."""


@dataclass(frozen=True)
class Settings:
    """How the theatre is conditioned.

    Attributes
    ----------
    particles : of all replicates of one explanation together
    sweeps : rounds of moves after each resampling
    replicates : independent runs
    seed : root seed
    threads : worker threads; as many as processors if left out
    """

    particles: int = PARTICLES
    sweeps: int = SWEEPS
    replicates: int = REPLICATES
    seed: int = 1
    threads: int | None = None

    @property
    def each(self) -> int:
        """Particles of one replicate."""
        return max(1, self.particles // self.replicates)

    def check(self) -> None:
        """Refuse settings that cannot be used."""
        for name in ("particles", "sweeps", "replicates"):
            value = getattr(self, name)
            if value < 1:
                raise SettingError(name, str(value), "at least 1")


class Progress(NamedTuple):
    """What a run tells after each tempering step.

    Attributes
    ----------
    name, replicate : which run
    report, day : report that is let in, and the day it was published (ISO)
    info : what happened
    steps : number of reports in all
    """

    name: str
    replicate: int
    report: str
    day: str
    info: Info
    steps: int


Listener = Callable[[Progress], None]


@dataclass(frozen=True, eq=False)
class Conditioned:
    """A theatre under one set of assumptions, conditioned on its reports.

    Attributes
    ----------
    name : of the explanation
    problem : program and reports
    states : last state of each replicate
    infos : what each replicate told on its way
    """

    name: str
    problem: TheatreProblem
    states: tuple[State, ...]
    infos: tuple[tuple[Info, ...], ...]

    @cached_property
    def increments(self) -> Floats:
        """Log evidence by replicate and report, (replicates, reports)."""
        return np.stack([state.log_evidence for state in self.states])

    @property
    def evidence(self) -> Evidence:
        """Log evidence of all reports."""
        return combine(self.increments.sum(axis=1))

    @property
    def effective(self) -> float:
        """Effective sample size, replicates together."""
        return float(sum(1.0 / (np.exp(s.log_weights) ** 2).sum() for s in self.states))

    @property
    def roots(self) -> int:
        """First particles that have descendants, replicates together."""
        return sum(len(np.unique(state.ancestors)) for state in self.states)

    @property
    def acceptance(self) -> dict[str, float]:
        """Accepted share by move, at the last time each replicate moved."""
        last = [next((i.acceptance for i in reversed(told) if i.acceptance), {})
                for told in self.infos]  # fmt: skip
        moves = dict.fromkeys(move for one in last for move in one)
        return {move: float(np.mean([one[move] for one in last if move in one])) for move in moves}

    @property
    def hard_reports(self) -> list[str]:
        """Reports that took more tempering steps than a report should, the hardest first."""
        counts: dict[int, float] = {}
        for told in self.infos:
            for info in told:
                counts[info.step] = counts.get(info.step, 0.0) + 1.0 / len(self.infos)
        hard = sorted((step for step, n in counts.items() if n > HARD_STEPS),
                      key=lambda step: -counts[step])  # fmt: skip
        return [self.problem.evidence[step].id for step in hard]

    @property
    def collapses(self) -> str:
        """Report after which the runs differ by most more, or else lose most first particles."""
        if not self.problem.steps:
            return ""
        if len(self.states) > 1:
            sums = np.cumsum(self.increments, axis=1).std(axis=0, ddof=1)
            grown = np.diff(sums, prepend=0.0)
            if judge_spread(self.evidence.spread) == "refused":
                return self.problem.evidence[int(np.argmax(grown))].id
        lost = np.zeros(self.problem.steps)
        for told in self.infos:
            before = len(self.states[0].log_weights)
            for info in told:
                lost[info.step] += np.log(before / info.roots)
                before = info.roots
        return self.problem.evidence[int(np.argmax(lost))].id

    @cached_property
    def unsettled(self) -> dict[str, float]:
        """Unknowns of which the replicates disagree, the worst first.

        Name to the between-replicate standard deviation of the posterior mean, in posterior
        deviations; those above `UNSETTLED`. No verdict is given on them.
        """
        if len(self.states) < 2:
            return {one.name: float("inf") for one in self.problem.program.unknowns}
        weights = [np.exp(state.log_weights)[:, None] for state in self.states]
        values = [state.particles["normals"] for state in self.states]
        means = np.stack([(w * v).sum(axis=0) for w, v in zip(weights, values, strict=True)])
        squares = np.stack([(w * v**2).sum(axis=0) for w, v in zip(weights, values, strict=True)])
        deviation = np.sqrt(np.maximum(squares.mean(axis=0) - means.mean(axis=0) ** 2, 1e-12))
        spread = means.std(axis=0, ddof=1) / deviation
        names = [one.name for one in self.problem.program.unknowns]
        order = np.argsort(-spread[: len(names)], kind="stable")
        return {names[i]: float(spread[i]) for i in order if spread[i] > UNSETTLED}

    def to_arviz(self, seed: int = 1) -> Any:
        """Return prior and posterior as ArviZ has them: :mod:`contingent.infer.arviz_export`."""
        from contingent.infer.arviz_export import to_arviz

        return to_arviz(self, seed)

    @property
    def judgement(self) -> Judgement:
        """What may be said of the odds of this explanation."""
        if not self.problem.steps:
            return "fine"
        return worst(judge_spread(self.evidence.spread), judge_roots(self.roots))

    @property
    def mean_spread(self) -> float:
        """Between-replicate standard deviation of posterior means, in prior deviations.

        The root mean square over all unknowns, most of which no report moves.
        """
        means = [np.exp(s.log_weights) @ s.particles["normals"] for s in self.states]
        if len(means) < 2:
            return float("nan")
        return float(np.sqrt(np.var(means, axis=0, ddof=1).mean()))


def condition(
    problems: Mapping[str, TheatreProblem],
    settings: Settings,
    *,
    folder: Path | None = None,
    listen: Listener | None = None,
) -> dict[str, Conditioned]:
    """Condition under each set of assumptions.

    Parameters
    ----------
    problems : by name of the explanation
    settings
    folder : where states are kept after each date; nothing is kept if left out
    listen : told after every tempering step, from the threads that play

    Raises
    ------
    InferenceError
        where every weight has vanished; names the report.
    """
    settings.check()
    stop = Event()
    tasks = [(name, number) for name in problems for number in range(settings.replicates)]

    def play(task: tuple[str, int]) -> tuple[State, tuple[Info, ...]]:
        name, number = task
        return run_replicate(
            problems[name], settings, name, number, folder=folder, listen=listen, stop=stop
        )

    with ThreadPoolExecutor(threads_of(settings.threads), "conditioning") as pool:
        try:
            done = dict(zip(tasks, pool.map(play, tasks), strict=True))
        except BaseException:
            stop.set()
            pool.shutdown(wait=True, cancel_futures=True)
            raise
    found = {}
    for name, problem in problems.items():
        runs = [done[name, number] for number in range(settings.replicates)]
        found[name] = Conditioned(
            name, problem, tuple(run[0] for run in runs), tuple(run[1] for run in runs)
        )
    return found


def run_replicate(
    problem: TheatreProblem,
    settings: Settings,
    name: str,
    number: int,
    *,
    folder: Path | None = None,
    listen: Listener | None = None,
    stop: Event | None = None,
) -> tuple[State, tuple[Info, ...]]:
    """Play one replicate, from where it stood if its state was kept."""
    key = key_of_run(settings.seed, name, number)
    digest = run_digest(problem, settings)
    path = None if folder is None else folder / f"{name or 'plain'}-{number}.npz"
    kept = None if path is None else restore(path, digest)
    state, infos = kept or (first_state(problem, key, settings.each), [])
    try:
        rounds = smc(problem, key, particles=settings.each, sweeps=settings.sweeps, state=state)
        for reached, info in rounds:
            state = reached
            infos.append(info)
            report = problem.evidence[info.step]
            if listen is not None:
                day = report.published.isoformat()
                listen(Progress(name, number, report.id, day, info, problem.steps))
            if path is not None and _date_done(problem, state):
                save(path, state, infos, digest)
            if stop is not None and stop.is_set():
                break
    except InferenceError as error:
        report = problem.evidence[error.partial.step]
        against = opposed(problem, error.partial)
        beside = f" beside {against}: they contradict each other" if against else ""
        raise InferenceError(
            f"{name or 'the theatre'}: no particle is left after the report {report.id}{beside}; "
            "drop one of them, grade it lower, or write a denial",
            error.partial,
        ) from None
    return state, tuple(infos)


def key_of_run(seed: int, name: str, number: int) -> Key:
    """Key of one replicate of an explanation."""
    return spawn(key_of(seed), zlib.crc32(name.encode()), number)


def opposed(problem: TheatreProblem, state: State) -> str:
    """Earlier report that stands most against the one under way; empty where none does.

    The one that the particles which give the report under way best fail to give most.
    """
    table = state.log_likelihood
    if table.shape[1] < 2:
        return ""
    last = table[:, -1]
    best = table[last >= last.max() - np.log(2.0), :-1].mean(axis=0)
    loss = table[:, :-1].max(axis=0) - best
    return problem.evidence[int(np.argmax(loss))].id if loss.max() > np.log(2.0) else ""


def run_digest(problem: TheatreProblem, settings: Settings) -> str:
    """What a kept state hangs on, besides the explanation's name and the replicate's number."""
    parts = (
        problem.program.digest, problem.evidence, problem.parties, dict(problem.moves),
        settings.each, settings.sweeps, settings.seed, model_digest(),
    )  # fmt: skip
    return digest_bytes(repr(parts).encode())


def _date_done(problem: TheatreProblem, state: State) -> bool:
    """Whether all reports of a date of publication have been let in."""
    if state.power > 0.0 or state.step == 0:
        return False
    if state.step == problem.steps:
        return True
    before, after = problem.evidence[state.step - 1], problem.evidence[state.step]
    return before.published != after.published
