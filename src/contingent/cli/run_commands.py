"""Commands that play futures and read what they are worth: run, claims, studies."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from contingent.cli.opening import opened
from contingent.cli.options import (
    STUDIES,
    Checks,
    EngineName,
    EngineOption,
    Futures,
    GivenKnown,
    Json,
    Replay,
    ScenarioName,
    Seed,
    Studies,
    StudyName,
    Threads,
    Variants,
    Where,
)
from contingent.cli.output import console, emit_json, say, warn
from contingent.cli.progress import shown

if TYPE_CHECKING:
    from contingent.api import Scenario


def run(
    name: ScenarioName,
    futures: Futures = 2_000,
    seed: Seed = 1,
    threads: Threads = None,
    engine: EngineOption = EngineName.core,
    given_known: GivenKnown = False,
    variants: Variants = True,
    checks: Checks = False,
    replay: Replay = None,
    where: Where = "",
    json: Json = False,
    studies: Studies = STUDIES,
) -> None:
    """Play futures, print what each claim is worth, and keep them in a study.

    What the study already holds is not played again; a run that was stopped goes on.

    Exit codes: 0 done, 2 faults or settings that cannot be used, 130 stopped by Ctrl-C.
    """
    from contingent import api

    scenario = api.load(name)
    if replay is not None:
        _replay(scenario, replay, where, futures, seed, engine.value, json)
        return
    try:
        with shown(quiet=json) as listen:
            done = scenario.run(
                futures,
                seed=seed,
                threads=threads,
                engine=engine.value,
                given_known=given_known,
                variants=variants,
                studies=studies,
                listen=listen,
            )
    except KeyboardInterrupt:
        _say_what_is_kept(scenario, seed, studies)
        raise
    record = dict(done.record)
    if checks:
        from contingent.analysis.checks import check_run

        record["checks"] = check_run(scenario.checks, done.study, futures)
    if json:
        emit_json(record)
    else:
        _print_run(record)


def _print_run(record: dict[str, Any]) -> None:
    from contingent.report.checks import print_checks
    from contingent.report.tables import print_verdicts

    target = console()
    if record["claims"]:
        print_verdicts(record, target)
    if "checks" in record:
        print_checks(record["checks"], target)
    played = record["futures_played"]
    how = (
        f"{record['futures_per_second']:,.0f} futures/s"
        if played
        else "all of them were there already"
    )
    say(f"{record['futures']:,} futures, seed {record['seed']}: {how}.")
    say(f"Study: {record['study']}")


def _say_what_is_kept(scenario: Scenario, seed: int, studies: Path) -> None:
    from contingent.errors import StudyError
    from contingent.simulate.study import Study

    folder = scenario.study_folder(seed, studies=studies)
    try:
        kept = Study(folder).futures
    except StudyError:
        warn("Stopped. Nothing is kept.")
        return
    warn(f"Stopped. {kept:,} futures are kept in {folder}; the same command goes on from there.")


def _replay(
    scenario: Scenario,
    number: int,
    where: str,
    futures: int,
    seed: int,
    engine: str,
    json: bool,
) -> None:
    future = number
    if where:
        from contingent.analysis.search import nth_future

        future = nth_future(scenario.spec, where, number, futures, seed)
    text = scenario.replay(future, seed=seed, engine=engine)  # type: ignore[arg-type]
    if json:
        emit_json(
            {
                "scenario": scenario.name,
                "seed": seed,
                "future": future,
                "where": where or None,
                "log": text.splitlines(),
            }
        )
    else:
        say(text)


def claims(
    name: StudyName,
    suggest: Annotated[
        bool, typer.Option("--suggest", help="Suggest templates for the words of each claim.")
    ] = False,
    article: Annotated[
        Path | None,
        typer.Option("--article", metavar="FILE", help="Find each claim's sentence in a text."),
    ] = None,
    graph: Annotated[
        bool, typer.Option("--graph", help="Show how the argument hangs together and breaks.")
    ] = False,
    json: Json = False,
    studies: Studies = STUDIES,
) -> None:
    """Print the verdicts of a study, or look at the claims from another side.

    --suggest and --article need no study; NAME is then a scenario.

    Exit codes: 0 printed, 1 the text has changed (with --article), 2 cannot be done.
    """
    from contingent.report.tables import print_verdicts

    if suggest or article is not None:
        _look_at_words(name, article, json)
        return
    found = opened(name, studies)
    record = dict(found.record)
    if graph:
        from contingent.analysis.argument import argument_record
        from contingent.report.argument_text import print_argument

        shape = argument_record(found.study, record)
        if json:
            emit_json(shape)
        else:
            say(f"Study: {found.study.folder}")
            print_argument(shape, console())
        return
    if json:
        emit_json(record)
        return
    say(f"Study: {found.study.folder} ({record['futures']:,} futures, seed {record['seed']})")
    print_verdicts(record, console())


def _look_at_words(name: str, article: Path | None, json: bool) -> None:
    from contingent import api
    from contingent.report import words

    scenario = api.load(name).spec
    record = (
        words.suggestions(scenario)
        if article is None
        else words.anchors(scenario, api.read_text(article))
    )
    if json:
        emit_json(record)
    else:
        words.print_words(record, console())
    if record.get("changed"):
        raise typer.Exit(1)


def studies(
    name: Annotated[
        str | None, typer.Argument(metavar="NAME", help="Only studies of this scenario.")
    ] = None,
    json: Json = False,
    folder: Studies = STUDIES,
) -> None:
    """List the studies in a folder, played and conditioned, the newest first.

    Exit codes: 0 listed.
    """
    from contingent import api
    from contingent.infer.kept import list_ensembles
    from contingent.report.studies import (
        conditioned_record,
        print_conditioned,
        print_studies,
        study_record,
    )

    found = [study_record(study) for study in api.studies(folder, name)]
    conditioned = [
        conditioned_record(place, manifest)
        for place, manifest in list_ensembles(folder)
        if name is None or manifest["name"] == name
    ]
    if json:
        emit_json({"folder": folder, "studies": found, "conditioned": conditioned})
        return
    if found or not conditioned:
        print_studies(found, folder, console())
    print_conditioned(conditioned, console())
