"""Options that several commands share, each said once."""

from __future__ import annotations

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
