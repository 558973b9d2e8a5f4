"""A theatre as a problem of the sampler: whitened unknowns, keys of random inputs, reports.

A particle is one world: standard normals, one for each unknown of the program and one for each
party's bias, and a table of keys, one for each day and mechanism, from which the engine draws every
random input of that day and mechanism. A path is a function of the two, so a report has a plain
likelihood. All paths are played in the compiled core, from day 0 to the last day that the reports
so far look at.

Moves, in the order of a sweep (a theatre has hundreds of unknowns, of which a few dozen matter):

======== =======================================================================================
walk     some unknowns by the scaled difference of two other particles (ter Braak 2006), inputs
         kept; a random few each time, so that the step fits what matters
joint    all unknowns by a preconditioned Crank-Nicolson step (Cotter, Roberts, Stuart & White
         2013), and with the same length squared as chance each key anew; the prior stays as it is
days     every input of one day anew, or of several that follow each other
windows  the inputs of one mechanism anew, for one to five days, once or several times
======== =======================================================================================
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from contingent.compile import Program, unknowns_from_normals, with_series
from contingent.compile.series import wanted_series
from contingent.core.engine import run_futures
from contingent.infer.draws import Draws, Floats
from contingent.infer.likelihoods import log_likelihood
from contingent.infer.reports import Evidence
from contingent.infer.smc import FIRST_OF_PROBLEM, Length, Particles, Proposal, systematic
from contingent.language import Observable
from contingent.reference import layout
from contingent.simulate.paths import RecordedPaths, people_of

(
    UNKNOWNS, KEYS, LATER, WALK, JOINT_UNKNOWNS, JOINT_KEYS, JOINT_CHANCE, DAY, WINDOW, WHICH,
    CHOICE,
) = range(FIRST_OF_PROBLEM, FIRST_OF_PROBLEM + 11)  # fmt: skip
BLOCK = 50
"""Particles played in one call: their series stay in the processor's cache."""
FEW = 24
"""Unknowns that a walk changes at a time."""
SHORT_STEPS, SHORTER = 0.3, 0.25
LONGEST_WINDOW = 5
MOST_WINDOWS = 40
MOVES = {
    "walk": Length(1.0, 8.0),
    "joint": Length(0.3, 1.0),
    "days": Length(1.0, 30.0),
    "windows": Length(2.0, MOST_WINDOWS),
}
MECHANISMS = len(layout.MECHANISMS)


class Learnt(NamedTuple):
    """What the moves know of the particles before they are resampled.

    Attributes
    ----------
    normals : (n, width), resampled by weight: the archive of differences
    """

    normals: Floats


@dataclass(frozen=True, eq=False)
class TheatreProblem:
    """One program and the reports that condition it.

    Attributes
    ----------
    program : records what the reports need
    evidence : reports in the order in which they are let in
    parties : parties with an unknown bias
    moves : how far each goes
    """

    program: Program
    evidence: tuple[Evidence, ...]
    parties: tuple[str, ...]
    moves: Mapping[str, Length] = field(default_factory=lambda: dict(MOVES))

    @property
    def steps(self) -> int:
        """Number of reports."""
        return len(self.evidence)

    @property
    def horizons(self) -> list[int]:
        """Last day to be played for each report and those before it."""
        days = [one.last for one in self.evidence]
        return np.maximum.accumulate(days).tolist() if days else []

    @property
    def days(self) -> int:
        """Days for which a particle holds keys: up to the last that any report looks at."""
        return max(self.horizons, default=0) + 1

    @property
    def width(self) -> int:
        """Number of normals of a particle."""
        return len(self.program.unknowns) + len(self.parties)

    def draw(self, count: int, draws: Draws) -> Particles:
        """Draw particles from the prior."""
        return {
            "normals": draws.normals(UNKNOWNS, count, np.arange(self.width)),
            "keys": _key_words(draws, KEYS, count, self.days),
        }

    def extend(self, particles: Particles, step: int, draws: Draws) -> Particles:
        """Give fresh keys to the days that no report before `step` looks at."""
        reached = self.horizons[step - 1] if step else 0
        wanted = self.horizons[step]
        if not step or wanted <= reached:
            return particles
        keys = particles["keys"].copy()
        later = self.days - 1 - reached
        keys[:, reached + 1 :] = _key_words(draws, LATER, len(keys), later)
        return {**particles, "keys": keys}

    def reach(self, step: int) -> int:
        """Reports that a particle played as far as `step` needs can be asked."""
        horizons = self.horizons
        return sum(day <= horizons[step] for day in horizons)

    def log_likelihoods(self, particles: Particles, steps: int) -> Floats:
        """Play every particle to the day it needs, and ask the first reports."""
        count = len(particles["normals"])
        found = np.empty((count, steps))
        days = self.horizons[steps - 1] + 1 if steps else 1
        thetas = thetas_of(self.program, particles)
        for first in range(0, count, BLOCK):
            rows = slice(first, first + BLOCK)
            block = {name: array[rows] for name, array in particles.items()}
            paths = play(self.program, block, days, thetas=thetas[rows])
            biases = block["normals"][:, len(self.program.unknowns) :]
            found[rows] = likelihoods(self.evidence[:steps], paths, biases, self.parties)
        return found

    def learn(self, particles: Particles, weights: Floats) -> Learnt:
        """Keep the particles, each as often as it weighs."""
        return Learnt(particles["normals"][systematic(weights, 0.5)])

    def propose(
        self,
        move: str,
        particles: Particles,
        steps: int,
        length: float,
        learnt: Any,
        draws: Draws,
    ) -> Proposal:
        """Propose one move of every particle."""
        match move:
            case "walk":
                return _walk(particles, length, learnt.normals, draws)
            case "joint":
                return Proposal(_joint(particles, length, draws))
            case "redraw":
                return Proposal(_redraw(particles, length, draws))
        keys = particles["keys"].copy()
        last = self.horizons[steps - 1]
        if move == "days":
            _renew_days(keys, last, length, draws)
        else:
            _renew_windows(keys, last, length, draws)
        return Proposal({**particles, "keys": keys})


def problem_of(
    program: Program, evidence: Sequence[Evidence], parties: Sequence[str]
) -> TheatreProblem:
    """Record what the reports need and nothing else, and make the problem."""
    wanted = sorted({one for report in evidence for one in report.observables}, key=str)
    rows = [one for observable in wanted for one in wanted_series(observable, program.names)]
    series = tuple(dict.fromkeys(rows))
    return TheatreProblem(with_series(program, series), tuple(evidence), tuple(parties))


def thetas_of(program: Program, particles: Particles) -> Floats:
    """Values of the unknowns of particles, (n, columns)."""
    return unknowns_from_normals(program, particles["normals"][:, : len(program.unknowns)])


def play(
    program: Program,
    particles: Particles,
    days: int,
    events: Mapping[str, NDArray[np.int64]] | None = None,
    *,
    thetas: Floats | None = None,
    turned: tuple[int, Floats] | None = None,
) -> RecordedPaths:
    """Play particles from day 0 for a number of days, perhaps with a lever turned on one of them.

    A particle's future has the number 0: only its unknowns and keys tell it from others, so that
    copies of a particle have the same path.
    """
    count = len(particles["normals"])
    thetas = thetas_of(program, particles) if thetas is None else thetas
    shorter: Any = replace(program, days=days)
    log = run_futures(
        shorter,
        thetas,
        (0, 0),
        np.zeros(count, dtype=np.int64),
        keys=particles["keys"][:, :days],
        turned=turned,
    )
    return RecordedPaths(
        program.names,
        program.series,
        log.holders,
        log.flags,
        log.series.transpose(0, 2, 1),
        people_of(program, thetas),
        events or {},
    )


def likelihoods(
    evidence: Sequence[Evidence], paths: RecordedPaths, biases: Floats, parties: Sequence[str]
) -> Floats:
    """Log-likelihood of some reports on some paths, (n, reports)."""
    none = np.zeros(paths.futures)
    columns = [
        log_likelihood(
            one, paths, biases[:, parties.index(one.party)] if one.party in parties else none
        )
        for one in evidence
    ]
    return np.stack(columns, axis=1) if columns else np.zeros((paths.futures, 0))


def observables_of(evidence: Sequence[Evidence]) -> set[Observable]:
    """Every daily series that some reports need."""
    return {one for report in evidence for one in report.observables}


def _key_words(draws: Draws, purpose: int, count: int, days: int) -> NDArray[np.uint32]:
    return draws.words(purpose, count, days * MECHANISMS).reshape(count, days, MECHANISMS, 2)


def _walk(particles: Particles, length: float, archive: Floats, draws: Draws) -> Proposal:
    """Change a few unknowns by the scaled difference of two particles of the archive."""
    old = particles["normals"]
    count, width = old.shape
    few = min(FEW, width)
    picked = draws.whole(CHOICE, count, len(archive), 2)
    columns = draws.whole(WHICH, count, width, few)
    uniform = draws.uniforms(WALK, count, 2)
    step = length * 2.38 / np.sqrt(2.0 * few)
    step = np.where(uniform[:, 0] < SHORT_STEPS, step * SHORTER, step)[:, None]
    rows = np.arange(count)[:, None]
    apart = archive[picked[:, :1], columns] - archive[picked[:, 1:], columns]
    # A little noise of its own reaches worlds that no two particles span.
    noise = 0.05 * draws.normals(WALK, count, np.arange(8, 8 + few))
    new = old.copy()
    new[rows, columns] = old[rows, columns] + step * (apart + noise)
    ratio = 0.5 * (old**2 - new**2).sum(axis=1)
    return Proposal({**particles, "normals": new}, ratio)


def _joint(particles: Particles, length: float, draws: Draws) -> Particles:
    """Turn all unknowns a little, and renew some keys."""
    old, keys = particles["normals"], particles["keys"]
    beta = min(length, 1.0)
    noise = draws.normals(JOINT_UNKNOWNS, len(old), np.arange(old.shape[1]))
    fresh = _key_words(draws, JOINT_KEYS, len(old), keys.shape[1])
    chance = draws.uniforms(JOINT_CHANCE, len(old), keys.shape[1] * MECHANISMS)
    renewed = (chance < beta**2).reshape(keys.shape[:3])
    return {
        "normals": np.sqrt(1.0 - beta**2) * old + beta * noise,
        "keys": np.where(renewed[..., None], fresh, keys),
    }


def _redraw(particles: Particles, length: float, draws: Draws) -> Particles:
    """Draw a share of the unknowns anew."""
    old = particles["normals"]
    noise = draws.normals(JOINT_UNKNOWNS, len(old), np.arange(old.shape[1]))
    chance = draws.uniforms(JOINT_CHANCE, len(old), old.shape[1])
    return {**particles, "normals": np.where(chance < min(length, 1.0), noise, old)}


def _renew_days(keys: NDArray[np.uint32], last: int, length: float, draws: Draws) -> None:
    """Renew the inputs of some days that follow each other, within 0 to `last`."""
    count = len(keys)
    days = min(max(round(length), 1), last + 1)
    first = draws.whole(WHICH, count, last + 2 - days)
    rows = np.arange(count)[:, None]
    keys[rows, first + np.arange(days)] = _key_words(draws, DAY, count, days)


def _renew_windows(keys: NDArray[np.uint32], last: int, length: float, draws: Draws) -> None:
    """Renew the inputs of one mechanism for one to five days, once or several times."""
    count = len(keys)
    times = min(max(round(length), 1), MOST_WINDOWS)
    uniform = draws.uniforms(WHICH, count, 3 * times)
    fresh = _key_words(draws, WINDOW, count, LONGEST_WINDOW * times)
    rows = np.arange(count)
    for turn in range(times):
        place, which, size = uniform[:, 3 * turn : 3 * turn + 3].T
        first = np.floor(place * (last + 1)).astype(np.int64)
        mechanism = np.floor(which * MECHANISMS).astype(np.int64)
        for offset in range(LONGEST_WINDOW):
            day = first + offset
            taken = rows[(offset < 1.0 + size * LONGEST_WINDOW) & (day <= last)]
            cell = (taken, turn * LONGEST_WINDOW + offset, mechanism[taken])
            keys[taken, day[taken], mechanism[taken]] = fresh[cell]
