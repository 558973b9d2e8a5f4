"""Options of the commands, each said once."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

ScenarioName = Annotated[
    str, typer.Argument(metavar="NAME", help="A scenario of the library or a YAML file.")
]
StudyName = Annotated[
    str,
    typer.Argument(
        metavar="STUDY|NAME",
        help="The folder of a study, or a scenario's name for its newest study.",
    ),
]
Json = Annotated[bool, typer.Option("--json", help='Print one JSON object ("version": 1).')]
Futures = Annotated[int, typer.Option("--futures", "-n", min=1, help="Number of futures.")]
Seed = Annotated[int, typer.Option("--seed", "-s", min=0, help="Root seed.")]
Threads = Annotated[
    int | None,
    typer.Option("--threads", min=1, help="Threads; all processors if left out."),
]
Studies = Annotated[
    Path, typer.Option("--studies", metavar="DIR", help="Folder that holds the studies.")
]
STUDIES = Path("studies")


class EngineName(StrEnum):
    """The two engines; they give the same bits."""

    core = "core"
    reference = "reference"


EngineOption = Annotated[
    EngineName, typer.Option("--engine", help="Compiled core, or the reference to be read.")
]
GivenKnown = Annotated[
    bool,
    typer.Option(
        "--given-known", help="Keep only futures that agree with sharp reports before the fence."
    ),
]
Variants = Annotated[
    bool, typer.Option("--variants/--no-variants", help="Play structural variants too.")
]
Checks = Annotated[bool, typer.Option("--checks", help="Print the theatre's list of expectations.")]
Replay = Annotated[
    int | None,
    typer.Option("--replay", metavar="K", min=0, help="Tell future K day by day instead."),
]
Where = Annotated[
    str,
    typer.Option(
        "--where",
        metavar="CLAIM",
        help="With --replay: the K-th future (from 0) in which a claim or predicate comes true; "
        "'not CLAIM' for one in which it fails.",
    ),
]
ConditionedStudy = Annotated[
    Path | None,
    typer.Option(
        "--conditioned",
        metavar="STUDY",
        help="Folder of a conditioned study; the newest that fits the scenario if left out.",
    ),
]
Prior = Annotated[
    bool, typer.Option("--prior", help="Draw worlds from the priors; believe no report.")
]
FiguresIn = Annotated[
    Path | None,
    typer.Option("--figures", metavar="DIR", help="Draw the figures there, as PNG and SVG."),
]
