"""Necessity and sufficiency of each factor for an event, by abduction, action and prediction.

*Necessary*: take the worlds in which the factor holds and that the reports leave (abduction), on
which the event came about; undo the factor and nothing else (action); play them again with the same
random inputs (prediction). In how many does the event still come about?

*Sufficient*: take worlds of the plain priors on which the event did not come about, bring the
factor in, and play them again. In how many does it come about now? (Pearl's probabilities of
causation; *Causality*, chapter 9.)

A factor is the set of assumptions of an explanation. Undoing it gives each number back the value
that the same draw has under the plain priors. Nothing is conditioned again after the action.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import combinations
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy import stats

from contingent.compile import Program
from contingent.errors import SettingError
from contingent.infer.condition import Conditioned
from contingent.infer.draws import Draws
from contingent.infer.explanations import Assumed, plain_of, under
from contingent.infer.likelihoods import is_so
from contingent.infer.reports import Evidence, Selection
from contingent.infer.smc import Particles, State, systematic
from contingent.infer.theatre import BLOCK, TheatreProblem, play, problem_of
from contingent.language.formulas import Not
from contingent.scenario.types import Scenario, Theatre
from contingent.scenario.types_relations import Explanation
from contingent.simulate.ensemble import key_of

MISSING = 90
"""Purpose of the normals of unknowns that one program has and the other has not."""
FEWEST_WORLDS = 10


class Share(NamedTuple):
    """A share of worlds with its interval over replicates.

    Attributes
    ----------
    value, low, high : 95 % interval by Student's t; nan where there are too few worlds
    worlds : number of worlds it was counted on
    """

    value: float
    low: float
    high: float
    worlds: int


class Cause(NamedTuple):
    """What a factor, or two together, had to do with the event.

    Attributes
    ----------
    factors : names of explanations
    event : chance of the event under the factors' priors, before any report
    still : share of worlds in which the event comes about although the factor is undone
    sufficient : share of worlds without the event in which the factor brings it about
    """

    factors: tuple[str, ...]
    event: float
    still: Share | None
    sufficient: Share

    @property
    def necessity(self) -> float:
        """Chance that the event would not have come about without the factor."""
        return float("nan") if self.still is None else 1.0 - self.still.value


def event_of(selection: Selection, theatre: Theatre, name: str = "") -> Evidence | None:
    """Return the report of the event to be explained.

    Without a name: the most trusted report that a place has another holder than on day 0.

    Raises
    ------
    SettingError
        if no report has the name.
    """
    if name:
        for one in selection.evidence:
            if one.id == name:
                return one
        known = ", ".join(one.id for one in selection.evidence)
        raise SettingError("event", repr(name), f"a report that conditions: {known}")
    changed = [one for one in selection.evidence if _new_holder(one, theatre)]
    return max(changed, key=lambda one: one.trust, default=None)


def _new_holder(evidence: Evidence, theatre: Theatre) -> bool:
    if evidence.kind != "holder" or not evidence.said:
        return False
    for observable in evidence.observables:
        actors, place = observable.args
        if theatre.places[str(place)].held_by in actors:
            return False
    return not isinstance(evidence.formulas[0], Not)


def causes(
    scenario: Scenario,
    explained: Mapping[str, Assumed],
    done: Mapping[str, Conditioned],
    event: Evidence,
    prior: Particles,
    seed: int,
    *,
    with_pairs: bool = True,
) -> list[Cause]:
    """Necessity and sufficiency of each factor, and sufficiency of every two.

    Parameters
    ----------
    scenario, explained, done : the theatre under each explanation, conditioned
    event : report of the event
    prior : worlds of the plain priors, in the plain problem's shape
    seed : root seed
    """
    plain = explained[plain_of(explained)]
    happened = _happens(plain.problem, prior, event)
    without = _rows(prior, ~happened)
    found = []
    for name, one in explained.items():
        if not one.moves:
            continue
        chance, sufficient = _brought_about(plain.problem, one.problem, prior, without, event, seed)
        still = _still(done[name], plain.problem, event, seed)
        found.append(Cause((name,), chance, still, sufficient))
    if not with_pairs or scenario.argument is None:
        return found
    factors = [name for name, one in explained.items() if one.moves]
    for first, second in combinations(factors, 2):
        both = _joined(scenario, first, second, plain.problem)
        chance, sufficient = _brought_about(plain.problem, both, prior, without, event, seed)
        found.append(Cause((first, second), chance, None, sufficient))
    return found


def _joined(scenario: Scenario, first: str, second: str, like: TheatreProblem) -> TheatreProblem:
    """The theatre under two explanations at once; the second has the last word."""
    assert scenario.argument is not None
    one, other = (scenario.argument.explanations[name] for name in (first, second))
    both = Explanation(
        says="", assume={**one.assume, **other.assume}, switch={**one.switch, **other.switch}
    )
    _, program = under(scenario, f"{first}+{second}", both)
    return problem_of(program, like.evidence, like.parties)


def _still(done: Conditioned, plain: TheatreProblem, event: Evidence, seed: int) -> Share:
    """Share of the posterior's worlds with the event in which it stays when the factor goes."""
    shares, worlds = [], 0
    for number, state in enumerate(done.states):
        particles = evened(state)
        with_event = _rows(particles, _happens(done.problem, particles, event))
        count = len(with_event["normals"])
        worlds += count
        if count:
            moved = transfer(with_event, done.problem.program, plain.program, seed, number)
            shares.append(float(_happens(plain, moved, event).mean()))
    return share_of(shares, worlds)


def _brought_about(
    plain: TheatreProblem,
    factor: TheatreProblem,
    prior: Particles,
    without: Particles,
    event: Evidence,
    seed: int,
) -> tuple[float, Share]:
    """Chance of the event with the factor, and share of worlds without it that it turns."""
    everywhere = transfer(prior, plain.program, factor.program, seed, 0)
    chance = float(_happens(factor, everywhere, event).mean())
    turned = transfer(without, plain.program, factor.program, seed, 0)
    came = _happens(factor, turned, event)
    parts = [float(part.mean()) for part in np.array_split(came, 4) if len(part)]
    return chance, share_of(parts, len(came))


def share_of(parts: Sequence[float], worlds: int) -> Share:
    """Mean of some shares and its interval; nothing is said of a handful of worlds.

    >>> share_of([0.5, 0.5], 40)
    Share(value=0.5, low=0.5, high=0.5, worlds=40)
    """
    if worlds < FEWEST_WORLDS or not parts:
        return Share(float("nan"), float("nan"), float("nan"), worlds)
    value = float(np.mean(parts))
    if len(parts) < 2:
        return Share(value, 0.0, 1.0, worlds)
    half = float(stats.t.ppf(0.975, len(parts) - 1) * np.std(parts, ddof=1) / np.sqrt(len(parts)))
    return Share(value, max(value - half, 0.0), min(value + half, 1.0), worlds)


def evened(state: State, count: int | None = None) -> Particles:
    """Particles of a state with equal weights, each as often as it weighs."""
    weights = np.exp(state.log_weights)
    rows = systematic(weights, 0.5)
    if count is not None:
        rows = rows[np.arange(count) * len(rows) // count]
    return {name: array[rows] for name, array in state.particles.items()}


def transfer(
    particles: Particles, source: Program, target: Program, seed: int, number: int
) -> Particles:
    """Carry worlds from one program to another: the same draw for each unknown of the same name.

    Unknowns that only the target has are drawn from their prior.
    """
    columns = {unknown.name: i for i, unknown in enumerate(source.unknowns)}
    old = particles["normals"]
    biases = old[:, len(source.unknowns) :]
    width = len(target.unknowns)
    new = np.empty((len(old), width + biases.shape[1]))
    missing = []
    for i, unknown in enumerate(target.unknowns):
        if unknown.name in columns:
            new[:, i] = old[:, columns[unknown.name]]
        else:
            missing.append(i)
    if missing:
        draws = Draws(key_of(seed), number)
        new[:, missing] = draws.normals(MISSING, len(old), np.array(missing))
    new[:, width:] = biases
    return {**particles, "normals": new}


def _happens(problem: TheatreProblem, particles: Particles, event: Evidence) -> NDArray[np.bool_]:
    """Whether the event comes about in each world, (n,)."""
    count = len(particles["normals"])
    found = np.zeros(count, dtype=bool)
    for first in range(0, count, BLOCK):
        block = _rows(particles, slice(first, first + BLOCK))
        found[first : first + BLOCK] = is_so(event, play(problem.program, block, event.last + 1))
    return found


def _rows(particles: Particles, rows: NDArray[np.bool_] | slice) -> Particles:
    return {name: array[rows] for name, array in particles.items()}


def prior_worlds(problem: TheatreProblem, count: int, seed: int) -> Particles:
    """Draw worlds of a problem's prior."""
    return problem.draw(count, Draws(key_of(seed), 0))
