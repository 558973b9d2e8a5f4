"""The command that turns a table of events into reports."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from contingent.cli.options import Json
from contingent.cli.output import emit_json, say

if TYPE_CHECKING:
    from contingent.infer.event_data_reports import Outcome


def events(
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help="A CSV of events, plain or compressed.")
    ],
    scenario: Annotated[
        str, typer.Option("--scenario", metavar="NAME", help="Theatre that they happened in.")
    ],
    form: Annotated[str, typer.Option("--format", help="ucdp (UCDP GED) or acled (ACLED).")],
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="CSV", help="Write the reports here.")
    ] = None,
    deaths: Annotated[
        Path | None,
        typer.Option("--deaths", metavar="CSV", help="Write deaths by month, dyad and area here."),
    ] = None,
    sides: Annotated[
        Path | None,
        typer.Option(
            "--sides", metavar="CSV", help="Which name of the table is which bloc or actor."
        ),
    ] = None,
    within: Annotated[
        float, typer.Option("--within", min=0.1, metavar="KM", help="Reach of a place.")
    ] = 25.0,
    lag: Annotated[
        int,
        typer.Option(
            "--lag", min=0, metavar="DAYS", help="Days to publication where the table is silent."
        ),
    ] = 3,
    bias: Annotated[
        str, typer.Option("--bias", metavar="RANGE", help="Recorded over true losses.")
    ] = "0.05 to 1",
    every_row: Annotated[
        bool, typer.Option("--every-row", help="Keep vague, long and uneven rows too.")
    ] = False,
    json: Json = False,
) -> None:
    """Turn a table of events into reports and into deaths by month, dyad and area.

    The reports are in the form that condition --reports reads. Names of sides stand for
    blocs or actors as THEATRE.sides.csv beside the theatre says. Rows on vague places, of more
    than seven days, of an uneven inclusion rule or without two armed sides are left out, and so
    is what happened or was published after the fence; how many is said.

    Exit codes: 0 done, 2 the table or the theatre cannot be used.
    """
    from contingent.infer.event_data_reports import (
        Settings,
        turn_events,
        write_deaths,
        write_reports,
    )
    from contingent.scenario.loading import load

    theatre = load(scenario).theatre
    settings = Settings(within, lag, bias, every_row)
    outcome = turn_events(file, form, scenario, theatre, settings, sides)
    if output is not None:
        write_reports(output, outcome.reports)
    if deaths is not None:
        write_deaths(deaths, outcome.deaths)
    if json:
        emit_json(_record(outcome))
    else:
        _tell(outcome, output, deaths)


def _record(outcome: Outcome) -> dict[str, object]:
    left_out = [
        {"rows": one.rows, "dead": one.dead, "reason": one.reason} for one in outcome.left_out
    ]
    return {
        "events": outcome.events,
        "left_out": left_out,
        "assumed": list(outcome.said),
        "reports": list(outcome.reports),
        "deaths": outcome.deaths.to_dict("records"),
    }


def _tell(outcome: Outcome, output: Path | None, deaths: Path | None) -> None:
    for one in (*outcome.left_out, *outcome.said):
        say(str(one))
    say()
    dead = int(outcome.deaths["best"].sum())
    say(
        f"{_counted(outcome.events)} became {len(outcome.reports)} reports; "
        f"{dead:,} dead in {len(outcome.deaths)} rows of month, dyad and area."
    )
    for report in outcome.reports if output is None else ():
        say(f"  {report['published']}  {report['id']}: {report['says']}")
    if output is not None:
        say(f"Wrote {output}. Now: contingent condition NAME --reports {output}")
    if deaths is not None:
        say(f"Wrote {deaths}.")


def _counted(number: int) -> str:
    return "one event" if number == 1 else f"{number:,} events"
