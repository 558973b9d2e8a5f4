"""Commands that look into one claim: drivers, watch."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from contingent.cli.opening import conditioned_study, worlds_record
from contingent.cli.options import (
    STUDIES,
    ConditionedStudy,
    FiguresIn,
    Futures,
    Json,
    Prior,
    ScenarioName,
    Seed,
    Studies,
    Threads,
)
from contingent.cli.output import console, emit_json, keep_figures, say, warn

if TYPE_CHECKING:
    from contingent.infer.ahead import Ahead
    from contingent.infer.condition import Conditioned, Settings
    from contingent.infer.kept import Ensemble
    from contingent.scenario.types import Scenario
    from contingent.simulate.study import Study

ClaimName = Annotated[str, typer.Option("--claim", metavar="ID", help="The claim.")]
Particles = Annotated[
    int, typer.Option("--particles", min=1, help="Particles of the sampler, in all.")
]


def drivers(
    name: ScenarioName,
    claim: ClaimName,
    futures: Futures = 400,
    particles: Particles = 400,
    seed: Seed = 1,
    conditioned: ConditionedStudy = None,
    prior: Prior = False,
    figures: FiguresIn = None,
    threads: Threads = None,
    json: Json = False,
    studies: Studies = STUDIES,
) -> None:
    """Rank the unknowns that move a claim, and say the rule its true futures obey.

    Worlds are those that the reports leave under the theatre's plain ranges, from a conditioned
    study where there is one, else conditioned anew; with --prior those of the priors.
    What is found is kept with the newest study of the scenario, whose page and report show it.

    Exit codes: 0 printed, 2 no such claim or the scenario has faults, 130 Ctrl-C.
    """
    from contingent.analysis.drivers import drivers_record
    from contingent.infer.ahead import look_ahead
    from contingent.report.ahead import print_drivers
    from contingent.scenario.loading import load

    settings = _settings(particles, seed, threads)
    ensemble = conditioned_study(name, conditioned, studies, prior=prior)
    scenario = load(name) if ensemble is None else ensemble.scenario
    ahead = look_ahead(
        scenario, claim, futures, settings, conditioned=not prior, kept=_plain(ensemble)
    )
    found = drivers_record(ahead, seed)
    kept = _keep(studies, scenario, "drivers", found)
    record = found | {"worlds": _worlds(ensemble, prior=prior)}
    if figures is not None:
        keep_figures(_drawn_drivers(record, ahead), figures)
    if json:
        emit_json(record)
        return
    print_drivers(record, console())
    _say_kept(kept)


def watch(
    name: ScenarioName,
    claim: ClaimName,
    futures: Futures = 400,
    particles: Particles = 400,
    seed: Seed = 1,
    conditioned: ConditionedStudy = None,
    prior: Prior = False,
    figures: FiguresIn = None,
    threads: Threads = None,
    json: Json = False,
    studies: Studies = STUDIES,
) -> None:
    """Rank what to look for next: what a report of it would tell about a claim.

    Worlds are those that the reports leave under the theatre's plain ranges, from a conditioned
    study where there is one, else conditioned anew; with --prior those of the priors.
    What is found is kept with the newest study of the scenario, whose page and report show it.

    Exit codes: 0 printed, 2 no such claim or the scenario has faults, 130 Ctrl-C.
    """
    from contingent.analysis.watch import candidates, reader, watch_record, watched_days
    from contingent.compile.names import read_names
    from contingent.infer.ahead import look_ahead
    from contingent.report.ahead import print_watch
    from contingent.scenario.loading import load

    ensemble = conditioned_study(name, conditioned, studies, prior=prior)
    scenario = load(name) if ensemble is None else ensemble.scenario
    names = read_names(scenario.theatre)
    wanted = candidates(scenario.theatre, names)
    days = watched_days(names, names.days)
    ahead = look_ahead(
        scenario, claim, futures, _settings(particles, seed, threads), conditioned=not prior,
        kept=_plain(ensemble), observables=[one.observable for one in wanted],
        read=reader(days, wanted),
    )  # fmt: skip
    found = watch_record(ahead, wanted, days)
    kept = _keep(studies, scenario, "watch", found)
    record = found | {"worlds": _worlds(ensemble, prior=prior)}
    if figures is not None:
        from contingent.report.claim_figures import watch_figure

        keep_figures({f"watch-{claim}": watch_figure(record)}, figures)
    if json:
        emit_json(record)
        return
    print_watch(record, console())
    _say_kept(kept)


def _keep(studies: Path, scenario: Scenario, part: str, record: dict[str, Any]) -> Study | None:
    """Keep what was found with the newest study of the scenario, whose page then shows it."""
    from contingent.jobs.studies import Studies
    from contingent.report.view.found import keep_found

    study = Studies(studies).newest(scenario)
    if study is not None:
        try:
            keep_found(study, part, record)
        except OSError as error:
            warn(f"Not kept with the study {study.folder}: {error.strerror}")
            return None
    return study


def _say_kept(study: Study | None) -> None:
    if study is not None:
        say(f"Kept with the study {study.folder}, whose page and report show it.")


def _drawn_drivers(record: dict[str, Any], ahead: Ahead) -> dict[str, Any]:
    """The tornado, and the rule where there is one."""
    from contingent.report.claim_figures import box_figure, drivers_figure

    found = {f"drivers-{record['claim']}": drivers_figure(record)}
    if record["rule"] is not None:
        names = [unknown.name for unknown in ahead.program.unknowns]
        values = {
            limit["name"]: ahead.unknowns[ahead.met, names.index(limit["name"])]
            for limit in record["rule"]["limits"]
        }
        found[f"rule-{record['claim']}"] = box_figure(record, values, ahead.outcome[ahead.met])
    return found


def _settings(particles: int, seed: int, threads: int | None) -> Settings:
    from contingent.infer.condition import QUICK_SWEEPS, Settings

    return Settings(particles, QUICK_SWEEPS, seed=seed, threads=threads)


def _plain(ensemble: Ensemble | None) -> Conditioned | None:
    """The theatre's plain ranges in a conditioned study."""
    from contingent.infer.explanations import plain_of

    return None if ensemble is None else ensemble.done[plain_of(ensemble.explained)]


def _worlds(ensemble: Ensemble | None, *, prior: bool) -> dict[str, Any]:
    """Say which worlds were used."""
    return worlds_record(ensemble) | {"conditioned": not prior}
