"""The command that conditions a theatre on its reports."""

from __future__ import annotations

import time
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from contingent.cli.options import STUDIES, FiguresIn, Json, ScenarioName, Seed, Studies, Threads
from contingent.cli.output import console, emit_json, keep_figures, say, warn

if TYPE_CHECKING:
    from contingent.infer.condition import Progress

EVERY = 5.0
"""Seconds between two lines of progress."""


def condition(
    name: ScenarioName,
    particles: Annotated[
        int | None,
        typer.Option("--particles", "-n", min=1, help="Particles of each explanation, in all."),
    ] = None,
    seed: Seed = 1,
    quick: Annotated[
        bool, typer.Option("--quick", help="A rough answer soon, with its honest error.")
    ] = False,
    as_of: Annotated[
        datetime | None,
        typer.Option("--as-of", formats=["%Y-%m-%d"], help="Move the fence back to this day."),
    ] = None,
    hindsight: Annotated[
        bool, typer.Option("--hindsight", help="Let --as-of lie after the fence; marks results.")
    ] = False,
    reports: Annotated[
        Path | None, typer.Option("--reports", metavar="CSV", help="Further reports from a table.")
    ] = None,
    grades: Annotated[
        str, typer.Option("--grades", help="How grades are read: published, generous, strict.")
    ] = "published",
    event: Annotated[
        str, typer.Option("--event", metavar="REPORT", help="Report of the event to explain.")
    ] = "",
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", metavar="STUDY", help="Keep it in this folder, by name."),
    ] = None,
    rerun_left_out: Annotated[
        bool,
        typer.Option(
            "--rerun-left-out",
            help="Leave each report out by a run of its own where stored likelihoods do not do.",
        ),
    ] = False,
    figures: FiguresIn = None,
    threads: Threads = None,
    json: Json = False,
    studies: Studies = STUDIES,
) -> None:
    """Condition on dated reports: weigh explanations, and see what that does to every claim.

    States are kept after each date, so that a run that was stopped goes on. What is left in the end
    is a conditioned study, from which what-if, drivers, watch and score work without conditioning
    anew.

    Exit codes: 0 done, 2 faults or settings that cannot be used, 130 stopped by Ctrl-C.
    """
    from contingent.infer.account import budget_of, condition_scenario
    from contingent.infer.kept import Told, keep_ensemble
    from contingent.infer.sources import read_sources, reading_of

    scenario, marks = read_sources(name, reports)
    budget = budget_of(particles, seed, quick=quick, threads=threads, let_out_all=rerun_left_out)
    record = condition_scenario(
        scenario,
        budget,
        as_of=_day(as_of),
        hindsight=hindsight,
        reading=reading_of(grades),
        marks=marks,
        event=event,
        folder=studies / "conditioning",
        listen=None if json else _Told(),
        stage=None if json else _stage,
    )
    told = Told(budget.settings, _day(as_of), hindsight, grades, reports)
    record["kept"] = str(keep_ensemble(scenario, record, told, output))
    if figures is not None:
        from contingent.report.conditioning_figures import conditioning_figures

        keep_figures(conditioning_figures(record), figures)
    if json:
        emit_json(record)
        return
    from contingent.report.conditioning import print_conditioning

    print_conditioning(record, console())
    say(f"Study: {record['kept']}")


def _day(moment: datetime | None) -> date | None:
    return None if moment is None else moment.date()


def _stage(name: str) -> None:
    warn(f"{name} …")


class _Told:
    """Prints a line of progress now and then."""

    def __init__(self) -> None:
        self._last = 0.0

    def __call__(self, progress: Progress) -> None:
        now = time.monotonic()
        if now - self._last < EVERY:
            return
        self._last = now
        info = progress.info
        accepted = ", ".join(f"{move} {share:.2f}" for move, share in info.acceptance.items())
        warn(
            f"{progress.day} {progress.name} #{progress.replicate + 1}: {progress.report} "
            f"{info.power:.2f} ({info.step + 1} of {progress.steps}), ESS {info.effective:.0f}, "
            f"log evidence {info.log_evidence:.2f}" + (f", accepted {accepted}" if accepted else "")
        )
