"""Every run that the claims of an argument need on the worlds of each explanation, and its counts.

The worlds are played once as they are, once for each thing that some claim supposes set (``do:``),
and, for *because*, once with the factor and once without. All runs share the worlds' unknowns and
random inputs. What comes of it is counted by replicate.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from contingent.claims.assess import Pipeline
from contingent.claims.columns import Question, question_key
from contingent.claims.companions import Playing, change_key, needed
from contingent.claims.factors import because
from contingent.claims.judging import asked_of_factors, asked_under_change
from contingent.claims.reading import ReadClaim, Wording
from contingent.compile import compile_scenario
from contingent.errors import SettingError
from contingent.infer.afterwards import Counted, Table
from contingent.infer.branches import Step, Worlds, ask, by_replicate
from contingent.infer.explanations import Assumed, plain_of
from contingent.scenario.changes import replace
from contingent.scenario.types import Scenario

WHOLE = "*"
"""Marks the headline counted in all worlds, whatever its condition."""


@dataclass(frozen=True, eq=False)
class Asked:
    """What is asked of the worlds, by the run that answers it.

    Attributes
    ----------
    pipeline : the argument as it is read
    claims : those that are asked, in the order of the article
    plainly : asked of the worlds as they are
    changes : sets of things to be set, by their key
    under_change : asked with something set, by the key of what is set
    factors : asked with and without a factor, by its name
    """

    pipeline: Pipeline
    claims: tuple[ReadClaim, ...]
    plainly: tuple[Question, ...]
    changes: Mapping[str, Mapping[str, Any]]
    under_change: Mapping[str, Sequence[Question]]
    factors: Mapping[str, Sequence[Question]]


@dataclass(frozen=True)
class Counts:
    """Counts of all runs.

    Attributes
    ----------
    tables : by explanation, then by run and question (`key_in`), one count a replicate
    factors : the same for the readings of *because*, by the factor's name
    sizes : number of worlds by explanation
    unset : what could not be set, by its key, with the reason
    """

    tables: Mapping[str, Table]
    factors: Mapping[str, Table]
    sizes: Mapping[str, int]
    unset: Mapping[str, str] = field(default_factory=dict)


def key_in(run: str, question: str) -> str:
    """Key of a question in a run; the run of the worlds as they are has no name.

    >>> key_in("", "fall/as-written"), key_in("{}", "fall/as-written")
    ('fall/as-written', '{} fall/as-written')
    """
    return f"{run} {question}" if run else question


def key_of_reading(claim: ReadClaim, wording: Wording) -> str:
    """Where the number of a reading is counted: as `judging.Answers` reads it."""
    key = f"{claim.id}/{wording.name}"
    if wording.do:
        return key_in(change_key(wording.do), key)
    if claim.do and wording.given is None and wording.factor is None:
        return key_in(change_key(claim.do), key)
    return key


def asked_of(
    scenario: Scenario, only: Callable[[ReadClaim], ReadClaim | None] | None = None
) -> Asked:
    """Read the claims of a scenario and sort what they ask by run.

    Parameters
    ----------
    scenario : with an argument; nothing is asked without one
    only : what is asked of a claim, None for nothing; every claim as it is if left out
    """
    pipeline = Pipeline(scenario, Playing(1, 1))
    since = pipeline.since
    wanted = pipeline.claims if only is None else map(only, pipeline.claims)
    claims = tuple(one for one in wanted if one is not None)
    plainly = []
    for claim in claims:
        for number, one in enumerate(claim.wordings):
            if one.do or one.factor is not None:
                continue
            key = f"{claim.id}/{one.name}"
            plainly.append(Question(key, one.formula, one.given, since[claim.id]))
            if number == 0 and one.given is not None:
                plainly.append(Question(key + WHOLE, one.formula, None, since[claim.id]))
    changes = {change_key(one): one for claim in claims for one in claim.runs()}
    under_change = asked_under_change(claims, since)
    return Asked(
        pipeline, claims, tuple(plainly), changes, under_change, asked_of_factors(claims, since)
    )


def count(
    asked: Asked,
    explained: Mapping[str, Assumed],
    worlds: Mapping[str, Worlds],
    seed: int,
    threads: int | None = None,
) -> Counts:
    """Play the worlds of every explanation in every run, and count.

    Parameters
    ----------
    asked : of the scenario
    explained, worlds : by explanation
    seed, threads : root seed, worker threads
    """
    tables: dict[str, Table] = {}
    unset: dict[str, str] = {}
    for name, own in worlds.items():
        scenario = explained[name].scenario
        table = _counted(own, scenario, asked.plainly, "", seed, threads)
        for key, wanted in asked.under_change.items():
            try:
                changed = replace(scenario, asked.changes[key])
            except SettingError as error:
                unset[key] = str(error)
                continue
            table |= _counted(own, changed, wanted, key, seed, threads)
        tables[name] = table
    plain = plain_of(explained)
    factors = {
        name: _because(asked, name, explained, worlds[name], worlds[plain], seed, threads)
        for name in asked.factors
    }
    return Counts(tables, factors, {name: len(one) for name, one in worlds.items()}, unset)


def _counted(
    worlds: Worlds,
    scenario: Scenario,
    wanted: Sequence[Question],
    run: str,
    seed: int,
    threads: int | None,
) -> Table:
    if not wanted:
        return {}
    step = Step(compile_scenario(scenario, needed(wanted)), wanted)
    return {
        key_in(run, key): [Counted(*one) for one in by_replicate(worlds, columns)]
        for key, columns in ask(worlds, step, seed, threads).items()
    }


def _because(
    asked: Asked,
    factor: str,
    explained: Mapping[str, Assumed],
    having: Worlds,
    plain: Worlds,
    seed: int,
    threads: int | None,
) -> Table:
    """Undo the factor in the worlds that have it; bring it into the plain ones."""
    wanted = asked.factors[factor]
    series = needed(wanted)
    under = Step(compile_scenario(explained[factor].scenario, series), wanted)
    without = Step(compile_scenario(explained[plain_of(explained)].scenario, series), wanted)
    # Necessity is asked of the first worlds, sufficiency of the second.
    played = {
        asks: (worlds, ask(worlds, under, seed, threads), ask(worlds, without, seed, threads))
        for asks, worlds in (("necessity", having), ("sufficiency", plain))
    }
    table: Table = {}
    for claim in asked.claims:
        for one in claim.wordings:
            if one.factor is None or one.factor.name != factor:
                continue
            key = f"{claim.id}/{one.name}"
            worlds, with_it, without_it = played[one.factor.asks]
            question = question_key(claim, one)
            columns = because(one.factor.asks, with_it[question], without_it[question])
            table[key] = [Counted(*each) for each in by_replicate(worlds, columns)]
    return table
