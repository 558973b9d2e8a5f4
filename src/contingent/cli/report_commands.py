"""The command that writes a study as one file."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from contingent.cli.opening import opened
from contingent.cli.options import STUDIES, Json, Studies, StudyName, Threads
from contingent.cli.output import emit_json, say
from contingent.cli.progress import stages


class ReportFormat(StrEnum):
    """What a report can be."""

    html = "html"
    md = "md"
    docx = "docx"
    png = "png"


def report(
    name: StudyName,
    output: Annotated[
        Path, typer.Option("--output", "-o", metavar="FILE", help="The file to be written.")
    ],
    format: Annotated[
        ReportFormat | None,
        typer.Option("--format", help="What to write; by the file's ending if left out."),
    ] = None,
    article: Annotated[
        Path | None,
        typer.Option(
            "--article",
            metavar="FILE",
            help="The article for the page, as text or HTML; that kept with the study if left out.",
        ),
    ] = None,
    scenario: Annotated[
        str | None,
        typer.Option(
            "--scenario", metavar="NAME", help="The scenario played, where its name does not tell."
        ),
    ] = None,
    futures: Annotated[
        int | None,
        typer.Option(
            "--futures",
            "-n",
            min=0,
            help="Futures that can be played back in the page; 300 if left out.",
        ),
    ] = None,
    what_if_futures: Annotated[
        int,
        typer.Option(
            "--what-if-futures", min=0, help="Futures of each named what-if; 0 leaves them out."
        ),
    ] = 1_000,
    threads: Threads = None,
    json: Json = False,
    studies: Studies = STUDIES,
) -> None:
    """Write a study as one file: the page in HTML, or a brief for an editor.

    The page opens from disk with no network. It holds the probabilities of all futures, some
    hundred futures to be played back, and the argument's what-ifs worked out beforehand. A brief
    (md, docx, png) holds one paragraph, one figure, what would flip the conclusion, its limits and
    methods.

    Exit codes: 0 written, 2 cannot be written, or the scenario has changed, 130 Ctrl-C.
    """
    from contingent import api

    found = opened(name, studies)
    spelled = scenario or (name if Path(name).suffix in (".yaml", ".yml") else None)
    with stages("futures", quiet=json) as listen:
        written = api.report(
            found, output, scenario=spelled, kind=format.value if format else None,
            article=article, futures=futures, what_if_futures=what_if_futures, threads=threads,
            studies=studies, listen=listen,
        )  # fmt: skip
    if json:
        emit_json({"study": found.study.folder, "files": list(written.files),
                   "bytes": written.size, "played_back": written.played_back,
                   "conditioned": written.conditioned})  # fmt: skip
        return
    say(f"Study: {found.study.folder}")
    for path in written.files:
        say(f"Written: {path}")
    played = f", {written.played_back} futures to be played back" if written.played_back else ""
    say(f"{written.size / 1e6:.2f} MB{played}.")
