"""The whole account: separability first, then weights, reports, causes and claims.

`condition_scenario` does the work and returns one record: what ``contingent condition --json``
prints.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np

from contingent.compile import compile_scenario
from contingent.identity import digest8, digest_bytes
from contingent.infer.causes import Effort, causes, event_of
from contingent.infer.condition import (
    QUICK_PARTICLES,
    QUICK_SWEEPS,
    Conditioned,
    Listener,
    Settings,
    condition,
)
from contingent.infer.explanations import Assumed, assumed, posterior
from contingent.infer.grades import READINGS, Reading
from contingent.infer.leaving_out import left_out, let_out_again
from contingent.infer.predictive import Answers, prior_answers
from contingent.infer.record import cause_row, describe
from contingent.infer.reports import Evidence, Selection, select
from contingent.infer.separability import Separability, separability
from contingent.infer.sweep import sweep
from contingent.infer.traces import traces
from contingent.infer.verdicts import claims_before_and_after
from contingent.infer.widths import in_words, widths
from contingent.scenario.types import Scenario

Stage = Callable[[str], None]
EVERY = 10**6
"""More reports than any theatre has."""


@dataclass(frozen=True)
class Budget:
    """How much is spent on what.

    Attributes
    ----------
    settings : of the sampler
    prior_paths : paths of each explanation's prior, for separability and what is expected
    sets : sets of reports made up from each explanation
    claim_futures : futures played to the last day, of each explanation, before and after
    effort : what is played for necessity and sufficiency
    let_out : reports of each explanation that are let out again by runs of their own where stored
        likelihoods do not suffice, the most telling ones first
    """

    settings: Settings
    prior_paths: int = 2_000
    sets: int = 40
    claim_futures: int = 200
    effort: Effort = field(default_factory=Effort)
    let_out: int = 0


def budget_of(
    particles: int | None,
    seed: int,
    *,
    quick: bool = False,
    threads: int | None = None,
    let_out_all: bool = False,
) -> Budget:
    """Budget at the shipped settings, or the quick ones; `particles` overrides either.

    With `let_out_all` every report that needs it is let out by a run of its own.
    """
    found = _budget(particles, seed, quick, threads)
    return replace(found, let_out=EVERY) if let_out_all else found


def _budget(particles: int | None, seed: int, quick: bool, threads: int | None) -> Budget:
    if quick:
        settings = Settings(particles or QUICK_PARTICLES, QUICK_SWEEPS, seed=seed, threads=threads)
        effort = Effort(each=40, worlds=100, pairs=False, with_variants=False)
        return Budget(settings, 400, 20, 40, effort)
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

    def selected(under: Reading) -> Selection:
        return select(
            scenario.theatre, names, as_of=as_of, hindsight=hindsight, reading=under, marks=marks
        )

    selection, settings = selected(reading), budget.settings
    settings.check()
    explained = assumed(scenario, selection)
    happening = event_of(selection, scenario.theatre, event)
    tell("separability")
    ensembles = _ensembles(explained, budget)
    tables = separability_tables(ensembles, happening, budget, settings.seed)
    tell("conditioning")
    kept = None if folder is None else folder / run_folder(scenario, selection, settings)
    problems = {name: one.problem for name, one in explained.items()}
    done = condition(problems, settings, folder=kept, listen=listen)
    record = describe(scenario, selection, explained, done, ensembles, tables, settings)
    record["event"] = None if happening is None else happening.id
    record["kept"] = None if kept is None else str(kept)
    tell("leaving out")
    record["left_out"] = leave_one_out(done, record["diagnosticity"], budget)
    tell("causes")
    record |= _of_the_event(scenario, explained, done, ensembles, happening, budget)
    tell("widths")
    record["widths"] = width_rows(explained, done, settings)
    tell("claims")
    record["claims"] = claims_before_and_after(
        scenario, explained, done, posterior_weights(explained, done, settings),
        budget.claim_futures, settings,
    )  # fmt: skip
    tell("other grades")
    priors = {name: one.prior for name, one in explained.items()}
    others: dict[str, Selection] = {one: selected(one) for one in READINGS if one != reading}
    record["grades"] = sweep(done, priors, others)
    return record


def _ensembles(explained: Mapping[str, Assumed], budget: Budget) -> dict[str, Answers]:
    """Paths from the prior of each explanation."""
    settings = budget.settings
    return {
        name: prior_answers(one.problem, name, budget.prior_paths, settings.seed, settings.threads)
        for name, one in explained.items()
    }


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


def leave_one_out(
    done: Mapping[str, Conditioned], telling: list[str], budget: Budget
) -> dict[str, list[dict[str, Any]]]:
    """Each explanation's evidence without each report, with its diagnostics.

    Where stored likelihoods do not suffice, the most telling reports are let out by runs of their
    own, as many as the budget has.
    """
    found = {}
    for name, one in done.items():
        rows = {row.report: row for row in left_out(one)}
        needed = [report for report in telling if not rows[report].sound][: budget.let_out]
        rows |= let_out_again(one, needed, budget.settings)
        found[name] = [row._asdict() | {"judgement": row.judgement} for row in rows.values()]
    return found


def width_rows(
    explained: Mapping[str, Assumed], done: Mapping[str, Conditioned], settings: Settings
) -> dict[str, dict[str, Any]]:
    """What halving and doubling the assumed ranges does to each explanation."""
    found = widths(explained, done, settings.seed, settings.threads)
    return {
        name: {
            "says": in_words(name, rows),
            "robust": all(one.told and one.same for one in rows) if rows else None,
            "widths": [one._asdict() for one in rows],
        }
        for name, rows in found.items()
        if explained[name].moves
    }


def _of_the_event(
    scenario: Scenario,
    explained: Mapping[str, Assumed],
    done: Mapping[str, Conditioned],
    ensembles: Mapping[str, Answers],
    event: Evidence | None,
    budget: Budget,
) -> dict[str, Any]:
    """What each explanation says of the event, and what its factor had to do with it."""
    if event is None or len(explained) < 2:
        return {"traces": [], "causes": []}
    seed, threads = budget.settings.seed, budget.settings.threads
    rows = causes(scenario, explained, done, event, seed, budget.effort, threads)
    return {
        "traces": [row._asdict() for row in traces(done, ensembles, event)],
        "causes": [cause_row(one) for one in rows],
    }


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
