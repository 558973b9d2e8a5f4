"""Commands that ask further: what-if, alive, compare, score."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from contingent.cli.opening import conditioned_study, opened, worlds_record
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
    StudyName,
    Threads,
)
from contingent.cli.output import console, emit_json, keep_figures, say
from contingent.cli.progress import counted


def what_if(
    name: ScenarioName,
    which: Annotated[
        list[str] | None,
        typer.Argument(metavar="[WHAT-IF]...", help="What-ifs of the argument; all if left out."),
    ] = None,
    do: Annotated[
        list[str] | None,
        typer.Option(
            "--do",
            metavar="NAME=CHANGE",
            help='A lever, as in --do "north.air.sorties_per_day=* 2". May be repeated.',
        ),
    ] = None,
    begins: Annotated[
        str | None,
        typer.Option(
            "--from", metavar="DATE", help="Day from which --do holds; day 0 if left out."
        ),
    ] = None,
    conditioned: ConditionedStudy = None,
    prior: Prior = False,
    figures: FiguresIn = None,
    futures: Futures = 1_000,
    seed: Seed = 1,
    threads: Threads = None,
    json: Json = False,
    studies: Studies = STUDIES,
) -> None:
    """Turn levers and print the difference to each claim, the largest first.

    Levers are turned in the worlds that the reports leave, where contingent condition has kept
    them, else in those of the priors; the output says which. Both branches share their random
    numbers, so the difference is counted future by future, and nothing is conditioned again.

    Exit codes: 0 printed, 2 a lever leads nowhere or the scenario has faults, 130 Ctrl-C.
    """
    from contingent import api
    from contingent.report.what_if import print_what_ifs, what_if_record, worlds_in_words

    scenario = api.load(name)
    asked = api.levers(scenario, which or [], do or [], begins)
    ensemble = conditioned_study(name, conditioned, studies, prior=prior)
    with counted("futures", quiet=json) as listen:
        found = scenario.what_if(
            asked, futures=futures, seed=seed, threads=threads, listen=listen, conditioned=ensemble
        )
    record = what_if_record(asked, found)
    if figures is not None:
        from contingent.report.claim_figures import differences_figure

        keep_figures({f"what-if-{one['name']}": differences_figure(one) for one in record}, figures)
    worlds = worlds_record(ensemble)
    if json:
        emit_json({"scenario": scenario.name, "futures": futures, "seed": seed, "worlds": worlds,
                   "what_ifs": record})  # fmt: skip
        return
    say(worlds_in_words(worlds, name))
    say()
    print_what_ifs(record, console())


def alive(
    name: ScenarioName,
    pairs: Annotated[
        int | None,
        typer.Option("--pairs", min=2, help="Futures in which each parameter is moved."),
    ] = None,
    minutes: Annotated[
        float, typer.Option("--minutes", min=0.05, help="Rough budget if --pairs is left out.")
    ] = 4.0,
    only: Annotated[
        list[str] | None,
        typer.Option("--only", metavar="PATTERN", help="Parameters, such as '*.delay'."),
    ] = None,
    everything: Annotated[
        bool, typer.Option("--all", help="Print every row, not only what moves.")
    ] = False,
    seed: Seed = 1,
    threads: Threads = None,
    json: Json = False,
) -> None:
    """Move each parameter over its prior range and print what moves by how much.

    One at a time from its 5th to its 95th percentile, all else and all chance alike.

    Exit codes: 0 printed, 2 cannot be done, 130 Ctrl-C.
    """
    from contingent import api
    from contingent.report.alive import alive_record, print_alive

    scenario = api.load(name)
    with counted("parameters", quiet=json) as listen:
        found = scenario.alive(
            seed=seed,
            pairs=pairs,
            seconds=60.0 * minutes,
            only=only or [],
            threads=threads,
            listen=listen,
        )
    if json:
        emit_json({"scenario": scenario.name, "seed": seed, "parameters": alive_record(found)})
    else:
        print_alive(found, console(), everything=everything)


def compare(
    one: StudyName,
    other: StudyName,
    json: Json = False,
    studies: Studies = STUDIES,
) -> None:
    """Print what differs between two studies and what the difference does.

    Exit codes: 0 printed, 2 a study is missing.
    """
    from contingent import api
    from contingent.report.compare import print_comparison

    first, second = (opened(name, studies) for name in (one, other))
    found = api.compare(first, second)
    if json:
        emit_json(found.record())
    else:
        print_comparison(found.record(), console())


def score(
    name: StudyName,
    conditioned: ConditionedStudy = None,
    trail: Annotated[
        bool,
        typer.Option("--trail", help="Show each forecast's probability as it stood on each date."),
    ] = False,
    threads: Threads = None,
    json: Json = False,
    studies: Studies = STUDIES,
) -> None:
    """Score author, model and base rate on the forecasts that are settled.

    The model is scored before the reports and, where contingent condition has kept a study of the
    same scenario, after them. Clusters count once; void claims and those that are not truth-apt
    are listed. Nobody is ranked on fewer than thirty settled clusters.

    Exit codes: 0 printed, 2 no study, or none that --trail can follow.
    """
    from contingent.analysis.scoring import score_record
    from contingent.infer.kept import find_by_digest, read_record
    from contingent.report.scores import print_scores

    found = opened(name, studies)
    folder = conditioned or find_by_digest(found.study.manifest.scenario, studies)
    record = score_record(found.record, None if folder is None else read_record(folder))
    if trail:
        record["trail"] = _trail(name, found.study.manifest.name, folder, threads)
    if json:
        emit_json(record)
    else:
        say(f"Study: {found.study.folder}")
        print_scores(record, console())


def _trail(name: str, scenario: str, folder: Path | None, threads: int | None) -> dict[str, Any]:
    """Forecasts by date, from a conditioned study."""
    from contingent.errors import StudyError
    from contingent.infer.kept import open_ensemble
    from contingent.infer.trail import trail as trail_of

    if folder is None:
        raise StudyError(
            f"no conditioned study of {scenario}, so no past dates; make one with: "
            f"contingent condition {scenario}"
        )
    source = name if Path(name).is_file() else scenario
    return trail_of(open_ensemble(source, folder), threads)
