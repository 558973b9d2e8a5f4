"""The command line: each command reads its options, calls the front door and prints.

Exit codes: 0 done, 1 a check under ``--strict`` found warnings, 2 what was asked cannot be done
(the reason is printed), 130 stopped by Ctrl-C.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Annotated

import typer

from contingent import __version__
from contingent.cli import (
    analysis_commands,
    condition_commands,
    driver_commands,
    event_commands,
    report_commands,
    run_commands,
    scenario_commands,
    serve_commands,
)
from contingent.cli.output import say, warn
from contingent.errors import ContingentError

app = typer.Typer(
    name="contingent",
    add_completion=False,
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["--help", "-h"], "max_content_width": 100},
)


def _version(wanted: bool) -> None:
    if wanted:
        say(f"contingent {__version__}")
        raise typer.Exit()


@app.callback()
def contingent(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """Work out what a strategic argument is worth, claim by claim.

    A theatre and an argument about it are written down in YAML; thousands of simulated futures
    give every claim a probability, the assumptions it rests on and, once settled, a score.

    Exit codes: 0 done, 1 warnings under --strict, 2 cannot be done (the reason is printed),
    130 stopped by Ctrl-C.
    """


_FUNCTIONS: tuple[Callable[..., None], ...] = (
    scenario_commands.new,
    scenario_commands.check,
    scenario_commands.show,
    run_commands.run,
    run_commands.claims,
    condition_commands.condition,
    event_commands.events,
    analysis_commands.what_if,
    driver_commands.drivers,
    driver_commands.watch,
    analysis_commands.alive,
    analysis_commands.compare,
    analysis_commands.score,
    report_commands.report,
    serve_commands.serve,
    run_commands.studies,
    scenario_commands.schema,
)
COMMANDS = tuple(function.__name__.replace("_", "-") for function in _FUNCTIONS)
"""Names of the commands, in the order of the help."""

for _name, _function in zip(COMMANDS, _FUNCTIONS, strict=True):
    app.command(_name)(_function)


def main() -> None:
    """Run the program; an error a user can do something about is printed, never traced."""
    try:
        app(prog_name="contingent")
    except ContingentError as error:
        warn(str(error))
        sys.exit(2)
    except OSError as error:
        warn(f"{error.filename or 'file system'}: {error.strerror or error}")
        sys.exit(2)
