"""The command that serves the page."""

from __future__ import annotations

import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Annotated

import typer

from contingent.cli.options import STUDIES, Json, Studies, Threads
from contingent.cli.output import emit_json, say, warn
from contingent.errors import SettingError

NEEDED = ("fastapi", "uvicorn")


def serve(
    host: Annotated[
        str,
        typer.Option("--host", metavar="HOST", help="Address to listen on; this machine alone."),
    ] = "127.0.0.1",
    port: Annotated[
        int, typer.Option("--port", min=0, max=65_535, help="Port; 0 for any that is free.")
    ] = 8765,
    also: Annotated[
        list[str] | None,
        typer.Option(
            "--name", metavar="NAME", help="A further name by which browsers may call the server."
        ),
    ] = None,
    studies: Studies = STUDIES,
    scenarios: Annotated[
        Path,
        typer.Option("--scenarios", metavar="DIR", help="Folder of your own scenarios."),
    ] = Path("."),
    article: Annotated[
        Path | None,
        typer.Option("--article", metavar="FILE", help="The article, as text or HTML."),
    ] = None,
    browser: Annotated[
        bool, typer.Option("--open/--no-open", help="Open a browser on the page.")
    ] = True,
    most_futures: Annotated[
        int, typer.Option("--most-futures", min=1, help="Futures that one job may play.")
    ] = 50_000,
    most_days: Annotated[
        int, typer.Option("--most-days", min=1, help="Days that a theatre may have.")
    ] = 4_000,
    most_memory: Annotated[
        int, typer.Option("--most-memory", metavar="MB", min=1, help="Memory that a job may take.")
    ] = 4_000,
    threads: Threads = None,
    json: Json = False,
) -> None:
    """Show studies on a page in the browser: the argument, the theatre and the why.

    Only this machine can ask, unless --host says otherwise; then a token is printed that every
    request must carry. Long work waits in a queue and is found again after a restart.

    Exit codes: 0 stopped, 2 cannot be served (the reason is printed).
    """
    missing = [name for name in NEEDED if find_spec(name) is None]
    if missing:
        raise SettingError(
            "serve", f"no {' and no '.join(missing)}", "the packages of the web extra",
            'pip install "contingent[web]"',
        )  # fmt: skip
    from contingent import api
    from contingent.jobs.budget import Budget
    from contingent.web.serving import serve as listen
    from contingent.web.settings import Settings

    settings = Settings(
        studies=studies,
        scenarios=scenarios,
        host=host,
        port=port,
        hosts=tuple(also or ()),
        article=None if article is None else api.read_text(article),
        budget=Budget(most_futures, most_days, most_memory),
        threads=threads,
    )
    listen(settings, browser=browser, say=_say_json if json else _say)
    if not json:
        say("Stopped. Unfinished jobs are found again at the next start.")


def _say(address: str) -> None:
    say(f"Serving at {address}")
    sys.stdout.flush()
    if "?token=" in address:
        warn("Whoever has this address can see the studies and start work.")


def _say_json(address: str) -> None:
    emit_json({"address": address})
    sys.stdout.flush()
