"""Necessity and sufficiency of factors for an event, by abduction, action and prediction.

*Necessary*: take the worlds in which the factor holds and that the reports leave (abduction), on
which the event came about; undo the factor and nothing else (action); play them again with the same
random inputs (prediction). In how many does the event still come about?

*Sufficient*: take worlds of the plain priors on which the event did not come about, bring the
factor in, and play them again. In how many does it come about now? (Pearl's probabilities of
causation; *Causality*, chapter 9.)

A factor is the set of assumptions of an explanation; two are looked at together as well. Undoing a
factor gives each number back the value that the same draw has under the plain priors. Nothing is
conditioned again after the action.

Worlds in which two factors hold are those that the reports leave under either of them, weighed anew
under both (`reweigh`). The same is done under every structural variant of the model: the range over
variants stands beside the interval over replicates, since structure moves answers more than chance
does. Where too few worlds carry a weighed answer, none is given.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from itertools import combinations
from typing import NamedTuple

import numpy as np
from scipy import stats

from contingent.compile.variants import variants
from contingent.errors import SettingError
from contingent.infer.condition import Conditioned
from contingent.infer.draws import Floats
from contingent.infer.events import Truth, came_about, happens
from contingent.infer.explanations import Assumed, plain_of, under
from contingent.infer.likelihoods import is_number
from contingent.infer.reports import Evidence, Selection
from contingent.infer.reweigh import LEAST_EFFECTIVE, Reweighed, reweigh
from contingent.infer.smc import Particles, effective_size
from contingent.infer.theatre import TheatreProblem, problem_of
from contingent.infer.worlds import prior_worlds, rows_of, transfer
from contingent.language.formulas import Not
from contingent.scenario.types import Scenario, Theatre
from contingent.scenario.types_relations import Explanation
from contingent.simulate.ensemble import threads_of

__all__ = [
    "Cause", "Effort", "Held", "Range", "Share", "causes", "event_of", "share_of", "still_share",
    "transfer",
]  # fmt: skip

FEWEST_WORLDS = 10
PARTS = 4


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


class Range(NamedTuple):
    """Range of a share over structural variants of the model.

    Attributes
    ----------
    low, high : over the model as it is and its variants; nan where none has an answer
    answered, asked : variants with an answer, and all of them
    """

    low: float
    high: float
    answered: int
    asked: int


class Cause(NamedTuple):
    """What a factor, or two together, had to do with the event.

    Attributes
    ----------
    factors : names of explanations
    event : chance of the event under the factors' priors, before any report
    still : share of worlds in which the event comes about although the factor is undone
    still_range : its range over variants
    sufficient : share of worlds without the event in which the factor brings it about
    sufficient_range : its range over variants
    """

    factors: tuple[str, ...]
    event: float
    still: Share
    still_range: Range
    sufficient: Share
    sufficient_range: Range

    @property
    def necessity(self) -> float:
        """Chance that the event would not have come about without the factor."""
        return 1.0 - self.still.value


@dataclass(frozen=True)
class Effort:
    """How many worlds are played for what.

    Attributes
    ----------
    each : worlds of each replicate for necessity; `each` of a pair's either factor
    worlds : worlds of the plain priors for sufficiency
    pairs, with_variants : whether factors are looked at two at a time, and under variants
    variant_each, variant_worlds : the same under each variant
    """

    each: int = 100
    worlds: int = 400
    pairs: bool = True
    with_variants: bool = True
    variant_each: int = 25
    variant_worlds: int = 100


class Held(NamedTuple):
    """Worlds in which a factor holds, by replicate, and whether the event came about in each."""

    worlds: Sequence[Particles]
    log_weights: Sequence[Floats]
    happened: Sequence[Truth]


def event_of(selection: Selection, theatre: Theatre, name: str = "") -> Evidence | None:
    """Return the report of the event to be explained.

    Without a name: the most trusted report that a place has another holder than on day 0.

    Raises
    ------
    SettingError
        if no report of something true or false has the name.
    """
    if name:
        for one in selection.evidence:
            if one.id == name and not is_number(one):
                return one
        known = ", ".join(one.id for one in selection.evidence if not is_number(one))
        raise SettingError(
            "event", repr(name), f"a report that conditions, of something true or false: {known}"
        )
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
    seed: int,
    effort: Effort | None = None,
    threads: int | None = None,
) -> list[Cause]:
    """Necessity and sufficiency of each factor, alone and in pairs.

    Parameters
    ----------
    scenario, explained, done : the theatre under each explanation, conditioned
    event : report of the event
    seed : root seed
    effort : how many worlds are played
    threads : worker threads
    """
    effort = effort or Effort()
    plain = explained[plain_of(explained)].problem
    factors = [name for name, one in explained.items() if one.moves]
    groups: list[tuple[str, ...]] = [(name,) for name in factors]
    if effort.pairs and scenario.argument is not None:
        groups += combinations(factors, 2)
    names = ["", *(variants(plain.program) if effort.with_variants else ())]

    with ThreadPoolExecutor(threads_of(threads), "causes") as pool:
        played = pool.map(lambda name: _Plain.of(plain, name, event, seed, effort), names)
        plains = dict(zip(names, played, strict=True))

        def look(group: tuple[str, ...]) -> Cause:
            problem = _joined(scenario, explained, group, plain)
            runs = [done[name] for name in group]
            return _cause(group, runs, problem, plains, event, seed, effort)

        return list(pool.map(look, groups))


class _Plain(NamedTuple):
    """The plain priors under one structure: worlds, and where the event came about."""

    problem: TheatreProblem
    worlds: Particles
    happened: Truth

    @classmethod
    def of(
        cls, plain: TheatreProblem, variant: str, event: Evidence, seed: int, effort: Effort
    ) -> _Plain:
        problem = _as_variant(plain, variant)
        worlds = prior_worlds(problem, effort.variant_worlds if variant else effort.worlds, seed)
        return cls(problem, worlds, happens(problem, worlds, event))


def _as_variant(problem: TheatreProblem, variant: str) -> TheatreProblem:
    """The problem under a variant of the model, named rule and option; itself without one."""
    if not variant:
        return problem
    rule, option = variant.split(" ", 1)
    return replace(problem, program=problem.program.with_choice(rule, option))


def _joined(
    scenario: Scenario,
    explained: Mapping[str, Assumed],
    group: tuple[str, ...],
    like: TheatreProblem,
) -> TheatreProblem:
    """The theatre under one or two explanations; the second has the last word."""
    if len(group) == 1:
        return explained[group[0]].problem
    assert scenario.argument is not None
    one, other = (scenario.argument.explanations[name] for name in group)
    both = Explanation(
        says="", assume={**one.assume, **other.assume}, switch={**one.switch, **other.switch}
    )
    _, program = under(scenario, "+".join(group), both)
    return problem_of(program, like.evidence, like.parties)


def _cause(
    group: tuple[str, ...],
    runs: Sequence[Conditioned],
    problem: TheatreProblem,
    plains: Mapping[str, _Plain],
    event: Evidence,
    seed: int,
    effort: Effort,
) -> Cause:
    """Everything about one factor, or about two together."""
    chance, sufficient = _brought_about(plains[""], problem, event, seed)
    column = [one.id for one in problem.evidence].index(event.id)
    held = _held([reweigh(run, problem, seed, effort.each) for run in runs], event, column)
    still = still_share(held, problem, plains[""].problem, event, seed)
    stills, enoughs = [still.value], [sufficient.value]
    for name, plain in plains.items():
        if name:
            changed = _as_variant(problem, name)
            each = [reweigh(run, changed, seed, effort.variant_each) for run in runs]
            pooled = _pooled(_held(each, event, column))
            stills.append(still_share(pooled, changed, plain.problem, event, seed).value)
            enoughs.append(_brought_about(plain, changed, event, seed)[1].value)
    return Cause(group, chance, still, _range(stills), sufficient, _range(enoughs))


def _held(found: Sequence[Reweighed], event: Evidence, column: int) -> Held:
    """Worlds of several runs under the same assumptions, one replicate after the other."""
    worlds, weights, happened = [], [], []
    for one in found:
        for particles, logs, table in zip(
            one.worlds, one.log_weights, one.log_likelihoods, strict=True
        ):
            worlds.append(particles)
            weights.append(logs)
            happened.append(came_about(event, table[:, column]))
    return Held(worlds, weights, happened)


def still_share(
    held: Held, factor: TheatreProblem, plain: TheatreProblem, event: Evidence, seed: int
) -> Share:
    """Share of the worlds with the event in which it stays when the factor goes."""
    shares, worlds = [], 0
    for number, (particles, logs, happened) in enumerate(
        zip(held.worlds, held.log_weights, held.happened, strict=True)
    ):
        count = int(happened.sum())
        if effective_size(logs) < LEAST_EFFECTIVE * len(logs) or not count:
            continue
        worlds += count
        moved = transfer(rows_of(particles, happened), factor.program, plain.program, seed, number)
        weights = np.exp(logs[happened] - logs[happened].max())
        stayed = happens(plain, moved, event)
        shares.append(float((weights * stayed).sum() / weights.sum()))
    return share_of(shares, worlds)


def _pooled(held: Held) -> Held:
    """All replicates as one, for a share that needs no interval."""
    if not held.worlds:
        return held
    names = held.worlds[0]
    worlds = {name: np.concatenate([one[name] for one in held.worlds]) for name in names}
    return Held([worlds], [np.concatenate(held.log_weights)], [np.concatenate(held.happened)])


def _range(shares: Sequence[float]) -> Range:
    """Lowest and highest of the model's share (the first) and its variants'."""
    known = [share for share in shares if np.isfinite(share)]
    answered = sum(np.isfinite(share) for share in shares[1:])
    if not known:
        return Range(float("nan"), float("nan"), 0, len(shares) - 1)
    return Range(min(known), max(known), int(answered), len(shares) - 1)


def _brought_about(
    plain: _Plain, factor: TheatreProblem, event: Evidence, seed: int
) -> tuple[float, Share]:
    """Chance of the event with the factor, and share of worlds without it that it turns."""
    moved = transfer(plain.worlds, plain.problem.program, factor.program, seed, 0)
    came = happens(factor, moved, event)
    turned = came[~plain.happened]
    parts = [float(part.mean()) for part in np.array_split(turned, PARTS) if len(part)]
    return float(came.mean()), share_of(parts, len(turned))


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
