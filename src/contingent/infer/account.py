"""The whole account: separability first, then weights, reports, causes and claims.

`condition_scenario` does the work and returns one record: what ``contingent condition --json``
prints. A preference between two explanations is stated only where their odds are at least twice
their error, no run is refused, *and* reports made up from either recover it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np

from contingent.compile import compile_scenario
from contingent.identity import digest8, digest_bytes
from contingent.infer import afterwards
from contingent.infer.causes import Cause, causes, event_of, prior_worlds
from contingent.infer.condition import (
    QUICK_PARTICLES,
    QUICK_SWEEPS,
    Conditioned,
    Listener,
    Settings,
    condition,
)
from contingent.infer.explanations import (
    Assumed,
    Pair,
    assumed,
    bits,
    evidence_after,
    left_out,
    pairs,
    plain_of,
    posterior,
    times_likelier,
    twins,
)
from contingent.infer.grades import Reading
from contingent.infer.predictive import Answers, contradictions, expectations, prior_answers
from contingent.infer.replicates import judge_roots, judge_spread
from contingent.infer.reports import Evidence, Selection, select
from contingent.infer.separability import Separability, separability
from contingent.scenario.types import Scenario

Stage = Callable[[str], None]
PAIRED_FROM = 400
"""Worlds of the plain priors from which factors are also looked at two at a time."""


@dataclass(frozen=True)
class Budget:
    """How much is spent on what.

    Attributes
    ----------
    settings : of the sampler
    prior_paths : paths of each explanation's prior, for separability and what is expected
    sets : sets of reports made up from each explanation
    claim_futures : futures played to the last day, of each explanation, before and after
    worlds : worlds of the plain priors for sufficiency
    """

    settings: Settings
    prior_paths: int = 2_000
    sets: int = 40
    claim_futures: int = 200
    worlds: int = 400


def budget_of(
    particles: int | None, seed: int, *, quick: bool = False, threads: int | None = None
) -> Budget:
    """Budget at the shipped settings, or the quick ones; `particles` overrides either."""
    if quick:
        settings = Settings(particles or QUICK_PARTICLES, QUICK_SWEEPS, seed=seed, threads=threads)
        return Budget(settings, prior_paths=400, sets=20, claim_futures=40, worlds=100)
    default = Settings(seed=seed, threads=threads)
    return Budget(Settings(particles or default.particles, seed=seed, threads=threads))


def condition_scenario(
    scenario: Scenario,
    budget: Budget,
    *,
    as_of: date | None = None,
    hindsight: bool = False,
    reading: Reading = "published",
    marks: Mapping[str, str] | None = None,
    event: str = "",
    folder: Path | None = None,
    listen: Listener | None = None,
    stage: Stage | None = None,
) -> dict[str, Any]:
    """Condition a scenario on its reports, and account for it.

    Parameters
    ----------
    scenario, budget
    as_of, hindsight, reading, marks : as `reports.select` has them
    event : report of the event to be explained; found in the reports if left out
    folder : root under which states are kept, so that a run that was stopped goes on
    listen, stage : told of every tempering step, and of every stage of the work
    """
    tell = stage or (lambda _: None)
    names = compile_scenario(scenario).names
    selection = select(
        scenario.theatre, names, as_of=as_of, hindsight=hindsight, reading=reading, marks=marks
    )
    explained = assumed(scenario, selection)
    settings = budget.settings
    settings.check()
    tell("separability")
    ensembles = {
        name: prior_answers(one.problem, name, budget.prior_paths, settings.seed, settings.threads)
        for name, one in explained.items()
    }
    happening = event_of(selection, scenario.theatre, event)
    tables = separability_tables(ensembles, happening, budget, settings.seed)
    tell("conditioning")
    kept = None if folder is None else folder / run_folder(scenario, selection, settings)
    done = condition(
        {name: one.problem for name, one in explained.items()}, settings, folder=kept, listen=listen
    )
    tell("causes")
    found = _causes(scenario, explained, done, happening, budget)
    tell("claims")
    claims = claim_rows(scenario, explained, done, budget)
    record = describe(scenario, selection, explained, done, ensembles, tables, settings)
    record["event"] = None if happening is None else happening.id
    record["causes"] = [cause_row(one) for one in found]
    record["claims"] = claims
    record["kept"] = None if kept is None else str(kept)
    return record


def run_folder(scenario: Scenario, selection: Selection, settings: Settings) -> str:
    """Name of the folder in which states of a run are kept."""
    parts = (scenario.theatre, scenario.argument, selection.evidence, settings.each,
             settings.sweeps, settings.replicates)  # fmt: skip
    return f"{scenario.name}-{digest8(digest_bytes(repr(parts).encode()))}-s{settings.seed}"


def separability_tables(
    ensembles: Mapping[str, Answers], event: Evidence | None, budget: Budget, seed: int
) -> dict[str, Separability]:
    """The table over all made-up sets, and over those from paths with the event."""
    tables = {"all": separability(ensembles, seed, sets=budget.sets)}
    if event is None:
        return tables
    first = next(iter(ensembles.values()))
    column = [one.id for one in first.evidence].index(event.id)
    sources = {name: np.flatnonzero(one.values[:, column] > 0.5) for name, one in ensembles.items()}
    tables["given_event"] = separability(ensembles, seed, sets=budget.sets, sources=sources)
    return tables


def _causes(
    scenario: Scenario,
    explained: Mapping[str, Assumed],
    done: Mapping[str, Conditioned],
    event: Evidence | None,
    budget: Budget,
) -> list[Cause]:
    if event is None or len(explained) < 2:
        return []
    seed = budget.settings.seed
    plain = explained[plain_of(explained)].problem
    worlds = prior_worlds(plain, budget.worlds, seed)
    return causes(
        scenario, explained, done, event, worlds, seed, with_pairs=budget.worlds >= PAIRED_FROM
    )


def claim_rows(
    scenario: Scenario,
    explained: Mapping[str, Assumed],
    done: Mapping[str, Conditioned],
    budget: Budget,
) -> list[dict[str, Any]]:
    """Prior → conditioned probability of every claim."""
    claims, asked = afterwards.asked_of(scenario)
    if not claims:
        return []
    settings = budget.settings
    prior, after = {}, {}
    for name, one in explained.items():
        prior[name] = afterwards.prior_counts(
            one, asked, budget.claim_futures, settings.seed, settings.replicates, settings.threads
        )
        after[name] = afterwards.conditioned_counts(
            one, done[name], asked, budget.claim_futures, settings.seed, settings.threads
        )
    priors = {name: one.prior for name, one in explained.items()}
    weights = posterior_weights(explained, done, settings)
    return [afterwards.claim_row(claim, prior, after, priors, weights) for claim in claims]


def posterior_weights(
    explained: Mapping[str, Assumed], done: Mapping[str, Conditioned], settings: Settings
) -> dict[str, float]:
    """Posterior weight of each explanation; the priors where any is refused."""
    priors = [one.prior for one in explained.values()]
    if any(one.judgement == "refused" for one in done.values()):
        return dict(zip(explained, priors, strict=True))
    found = posterior(
        [done[name].evidence for name in explained], priors, settings.replicates, settings.seed
    )
    return {name: weight.value for name, weight in zip(explained, found, strict=True)}


def describe(
    scenario: Scenario,
    selection: Selection,
    explained: Mapping[str, Assumed],
    done: Mapping[str, Conditioned],
    ensembles: Mapping[str, Answers],
    tables: Mapping[str, Separability],
    settings: Settings,
) -> dict[str, Any]:
    """Everything but causes and claims, as JSON has it."""
    plain = plain_of(explained)
    odds = pairs(done)
    stated = {(one.one, one.other): is_stated(one, tables) for one in odds}
    columns = {name: bits(one) for name, one in done.items()}
    telling = sorted(
        range(len(selection.evidence)),
        key=lambda i: -float(np.ptp([column[i] for column in columns.values()])),
    )
    return {
        "scenario": scenario.name,
        "seed": settings.seed,
        "particles": settings.each * settings.replicates,
        "replicates": settings.replicates,
        "sweeps": settings.sweeps,
        "fence": selection.fence,
        "hindsight": selection.hindsight,
        "says": in_a_sentence(explained, odds, stated, done),
        "explanations": explanation_rows(explained, done, odds, stated, settings),
        "pairs": [
            {**one._asdict(), "separated": stated[one.one, one.other],
             "says": f"{one.one}: {times_likelier(one.log_odds)} than {one.other}"
             if stated[one.one, one.other] else "not separated"}
            for one in odds
        ],
        "evidence": [
            {
                "id": one.id, "date": one.published, "on": one.on, "kind": one.kind,
                "trust": round(one.trust, 3), "says": one.says,
                "bits": {name: float(column[i]) for name, column in columns.items()},
            }
            for i, one in enumerate(selection.evidence)
        ],
        "diagnosticity": [selection.evidence[i].id for i in telling],
        "refused_reports": [
            {"id": one.id, "where": one.where, "reason": one.reason, "late": one.late}
            for one in selection.refused
        ],
        "over_time": over_time(explained, done, settings),
        "left_out": {
            name: [row._asdict() for row in left_out(one)] for name, one in done.items()
        },
        "expected": [
            row._asdict() | {"surprising": row.surprising}
            for row in expectations(ensembles[plain], settings.seed)
        ],
        "never_together": contradictions(ensembles[plain]),
        "separability": {name: table_row(table) for name, table in tables.items()},
        "same": twins(explained),
    }  # fmt: skip


def is_stated(pair: Pair, tables: Mapping[str, Separability]) -> bool:
    """Whether a preference may be stated: the odds are clear, and made-up reports recover it."""
    rows = [table.pair(pair.one, pair.other) for table in tables.values()]
    return pair.separated and any(row is not None and row.separable for row in rows)


def explanation_rows(
    explained: Mapping[str, Assumed],
    done: Mapping[str, Conditioned],
    odds: list[Pair],
    stated: Mapping[tuple[str, str], bool],
    settings: Settings,
) -> list[dict[str, Any]]:
    """One row an explanation; no posterior is given where any run is refused."""
    priors = [one.prior for one in explained.values()]
    weights = posterior(
        [done[name].evidence for name in explained], priors, settings.replicates, settings.seed
    )
    refused = any(one.judgement == "refused" for one in done.values())
    rows = []
    for (name, one), weight in zip(explained.items(), weights, strict=True):
        run = done[name]
        rows.append(
            {
                "name": name, "says": one.says, "prior": one.prior,
                "posterior": None if refused else weight.value,
                "low": None if refused else weight.low,
                "high": None if refused else weight.high,
                "log_evidence": run.evidence.value, "log_evidence_sd": run.evidence.spread,
                "log_evidence_error": run.evidence.error, "ess": run.effective,
                "separated": any(stated[pair.one, pair.other] for pair in odds
                                 if name in (pair.one, pair.other)),
                "judgement": run.judgement, "roots": run.roots,
                "spread_judgement": judge_spread(run.evidence.spread),
                "roots_judgement": judge_roots(run.roots),
                "acceptance": run.acceptance, "hard_reports": run.hard_reports,
                "mean_spread": run.mean_spread, "changes": list(one.moves),
            }
        )  # fmt: skip
    return rows


def over_time(
    explained: Mapping[str, Assumed], done: Mapping[str, Conditioned], settings: Settings
) -> list[dict[str, Any]]:
    """Posterior weights after the reports published by each date."""
    evidence = next(iter(explained.values())).problem.evidence
    priors = [one.prior for one in explained.values()]
    rows = []
    for day in dict.fromkeys(one.published for one in evidence):
        count = sum(one.published <= day for one in evidence)
        found = posterior(
            [evidence_after(done[name], count) for name in explained],
            priors, settings.replicates, settings.seed,
        )  # fmt: skip
        weights = {name: one._asdict() for name, one in zip(explained, found, strict=True)}
        rows.append({"date": day, "reports": count, "weights": weights})
    return rows


def in_a_sentence(
    explained: Mapping[str, Assumed],
    odds: list[Pair],
    stated: Mapping[tuple[str, str], bool],
    done: Mapping[str, Conditioned],
) -> str:
    """What can and what cannot be told apart."""
    if len(explained) < 2:
        return "There is one explanation, so there is nothing to tell apart."
    apart = [one for one in odds if stated[one.one, one.other]]
    said = "; ".join(
        f"{one.one} is {times_likelier(one.log_odds)} than {one.other}"
        if one.log_odds > 0.0
        else f"{one.other} is {times_likelier(-one.log_odds)} than {one.one}"
        for one in apart
    )
    rest = f"{len(odds) - len(apart)} of {len(odds)} pairs are not separated."
    refused = [name for name, one in done.items() if one.judgement == "refused"]
    if refused:
        return " ".join(part for part in (_refusal(refused, done), said and f"{said}.") if part)
    if not apart:
        return (
            f"On these reports none of the {len(explained)} explanations can be told from another: "
            "not separated."
        )
    return f"{said}. {rest}"


def _refusal(refused: list[str], done: Mapping[str, Conditioned]) -> str:
    """Why no weights are given, and what to do."""
    hard = dict.fromkeys(report for name in refused for report in done[name].hard_reports)
    named = f" The reports that hurt most: {', '.join(hard)}." if hard else ""
    return (
        f"No odds are given: the runs of {', '.join(refused)} differ too much, or rest on too "
        f"few first particles. Run with more particles.{named}"
    )


def cause_row(cause: Cause) -> dict[str, Any]:
    """One factor as JSON has it."""
    return {
        "factors": list(cause.factors),
        "event_before_reports": cause.event,
        "still_without": None if cause.still is None else cause.still._asdict(),
        "necessity": None if cause.still is None else cause.necessity,
        "sufficiency": cause.sufficient._asdict(),
    }


def table_row(table: Separability) -> dict[str, Any]:
    """The separability table as JSON has it."""
    return {
        "paths": table.paths,
        "sets": table.sets,
        "recovery": [row._asdict() for row in table.recovery],
        "pairs": [row._asdict() | {"separable": row.separable} for row in table.pairs],
    }
