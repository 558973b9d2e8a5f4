"""From events to reports and to monthly deaths.

Reports are written in the form that ``--reports`` reads. An event table is one party (``by``, with
one unknown bias), and gives two kinds of report:

- **a fight**: around a place of the theatre, in a week, between the bloc that holds it on day 0 and
  an enemy: somebody stands against the place. It needs a battle by the table's own word, or dead
  of both sides (an air strike leaves dead on one side only);
- **losses**: a side's dead since day 0, as an interval. Its lower end is what the table books to
  the side, scaled to the events' lower estimates; its upper end adds the dead booked to nobody,
  scaled to their upper estimates. The model's losses hold dispersed and surrendered fighters too,
  and every table misses deaths: so the report carries a wide bias.

A report counts as published on the day of its events' latest text, where the table has it, else a
stated number of days after the last event. The table itself was compiled later; its rows may know
more than that day did. Nothing published after the fence becomes a report.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from contingent.errors import SettingError
from contingent.files import whole
from contingent.infer.event_data import EventTable, LeftOut, filtered, until
from contingent.infer.event_data_formats import format_of, read_events
from contingent.infer.event_data_sides import read_sides, sides_file, with_places, with_sides
from contingent.scenario.types import Theatre

if TYPE_CHECKING:
    import pandas as pd

WEEK = 7
CLEAR_GRADE, VAGUE_GRADE, LOSS_GRADE = "B3", "C3", "C3"
ELSEWHERE = "elsewhere"
COLUMNS = (
    "id", "on", "published", "observe", "value", "window", "grade", "by", "bias", "says", "source",
)  # fmt: skip


@dataclass(frozen=True)
class Settings:
    """What is assumed on the way from events to reports.

    Attributes
    ----------
    within_km : how far from a place an event may lie and still belong to it
    lag_days : days from an event to its publication, where the table does not say
    bias : recorded over true losses, 5th to 95th percentile, as a theatre file writes it
    every_row : whether rows are kept that are left out by default
    """

    within_km: float = 25.0
    lag_days: int = 3
    bias: str = "0.05 to 1"
    every_row: bool = False


@dataclass(frozen=True)
class Outcome:
    """Reports and deaths from a table of events.

    Attributes
    ----------
    reports : one row a report, with the columns of a table of reports
    deaths : one row a month, dyad and area
    left_out : rows of the file that were not used
    said : what was assumed, one sentence each
    events : number of events used
    """

    reports: tuple[dict[str, str], ...]
    deaths: pd.DataFrame
    left_out: tuple[LeftOut, ...]
    said: tuple[str, ...]
    events: int


def turn_events(
    path: Path,
    format_name: str,
    name: str | Path,
    theatre: Theatre,
    settings: Settings | None = None,
    sides: Path | None = None,
) -> Outcome:
    """Read a table of events and turn it into reports and monthly deaths of a theatre.

    Parameters
    ----------
    path, format_name : the file, and ``ucdp`` or ``acled``
    name : the scenario as given, beside whose file the sides are looked for
    theatre
    settings : what is assumed
    sides : file of sides, if it is not ``THEATRE.sides.csv``

    Raises
    ------
    SettingError
        for an unknown format, missing columns, no sides, no event near a place.
    ScenarioError
        with faulty cells.
    """
    chosen, settings = format_of(format_name), settings or Settings()
    table = read_events(path, format_name)
    where = sides or sides_file(name, theatre.theatre, format_name)
    known = read_sides(where, theatre, format_name)
    table = until(table, theatre.now)
    if not settings.every_row:
        table = filtered(table, chosen.vaguest)
    table = with_places(with_sides(table, known), theatre, settings.within_km)
    if table.events.empty:
        raise SettingError(
            str(path), "no event is left", "at least one",
            "; ".join(map(str, table.left_out)) or "the table has no event before the fence",
        )  # fmt: skip
    deaths = monthly_deaths(table)
    far = table.events["place"] == ""
    near = table.without(far, f"farther than {settings.within_km:g} km from any place: no report")
    before = near.events["first"].dt.date < theatre.start
    near = near.without(before, f"before day 0, {theatre.start}: in the deaths, no report")
    events = _with_publication(near.events, settings.lag_days)
    reports = [*_fights(events, theatre, chosen.name), *_losses(events, theatre, chosen, settings)]
    return Outcome(
        tuple(reports), deaths, near.left_out, _said(near, chosen.by_side, settings), len(events)
    )


def _said(table: EventTable, by_side: bool, settings: Settings) -> tuple[str, ...]:
    kept = "every row is kept (--every-row)" if settings.every_row else "filters are on"
    said = [kept]
    if table.events["published"].isna().all():
        said.append(
            "the table does not say when its texts were published: assumed "
            f"{settings.lag_days} days after an event"
        )
    said.append(
        "the table was compiled later than its events: a row may know more than its day did"
    )
    if not by_side:
        said.append("the table does not split the dead by side: no report of losses")
    return tuple(said)


def monthly_deaths(table: EventTable) -> pd.DataFrame:
    """Deaths by month (of the first day), dyad and area.

    Returns
    -------
    table with ``month``, ``dyad`` (two blocs), ``area`` (the nearest place, or elsewhere),
    ``events``, the dead of either bloc in the order of the dyad, ``civilians``, ``unknown``,
    ``low``, ``best``, ``high``
    """
    import pandas as pd

    events = table.events
    turned = events["bloc_a"] > events["bloc_b"]
    rows = pd.DataFrame(
        {
            "month": events["first"].dt.strftime("%Y-%m"),
            "dyad": events["bloc_a"].where(~turned, events["bloc_b"])
            + " - "
            + events["bloc_b"].where(~turned, events["bloc_a"]),
            "area": events["place"].where(events["place"] != "", ELSEWHERE),
            "events": 1,
            "dead_first": events["dead_a"].where(~turned, events["dead_b"]),
            "dead_second": events["dead_b"].where(~turned, events["dead_a"]),
        }
        | {name: events[name] for name in ("civilians", "unknown", "low", "best", "high")}
    )
    summed = rows.groupby(["month", "dyad", "area"], as_index=False).sum()
    counts = summed.columns[3:]
    summed[counts] = summed[counts].round().astype(int)
    return summed


def _with_publication(events: pd.DataFrame, lag_days: int) -> pd.DataFrame:
    import pandas as pd

    said = pd.to_datetime(events["published"])
    assumed = events["last"] + pd.Timedelta(days=lag_days)
    return events.assign(published=said.where(said >= events["last"], assumed))


def _fights(events: pd.DataFrame, theatre: Theatre, table: str) -> list[dict[str, str]]:
    """One report for each place, enemy and week in which a fight on the ground is recorded."""
    holder = {name: place.held_by for name, place in theatre.places.items()}
    bloc = {name: theatre.actors[actor].bloc for name, actor in holder.items() if actor}
    near = events.assign(
        holder=events["place"].map(bloc),
        week=(events["first"].dt.date - theatre.start).map(lambda gap: gap.days // WEEK),
    )
    near = near[(near["holder"] == near["bloc_a"]) | (near["holder"] == near["bloc_b"])]
    near = near.assign(enemy=near["bloc_b"].where(near["holder"] == near["bloc_a"], near["bloc_a"]))
    near = near[near["published"].dt.date <= theatre.now]
    reports = []
    for (place, enemy, week), rows in near.groupby(["place", "enemy", "week"]):
        battle = rows["ground"].eq(True).any()
        both = rows["dead_a"].sum() > 0 and rows["dead_b"].sum() > 0
        if not battle and not both:
            continue
        on, begun = rows["last"].max().date(), rows["first"].min().date()
        dead = (
            f"{rows['best'].sum():.0f} ({rows['low'].sum():.0f} to {rows['high'].sum():.0f}) dead"
        )
        reports.append(
            _row(
                id=f"{table}-{place}-{enemy}-{week}",
                on=on,
                published=rows["published"].max().date(),
                observe=f"contested({place}) or outskirts_contested({place})",
                window=str((on - begun).days),
                grade=CLEAR_GRADE if rows["clear"].any() else VAGUE_GRADE,
                by=table,
                says=f"Fighting with {enemy} near {place}: {dead} in {_counted(rows)}",
                source=_ids(rows),
            )
        )
    return reports


def _losses(
    events: pd.DataFrame, theatre: Theatre, chosen: Any, settings: Settings
) -> list[dict[str, str]]:
    """One report for each bloc: its recorded dead from day 0 to the last event published."""
    if not chosen.by_side:
        return []
    reports = []
    usable = events[events["published"].dt.date <= theatre.now]
    for bloc in theatre.blocs:
        sides = [usable[usable["bloc_a"] == bloc], usable[usable["bloc_b"] == bloc]]
        numbers = [
            _bounds(rows, dead) for rows, dead in zip(sides, ("dead_a", "dead_b"), strict=True)
        ]
        low, best, high = (sum(column) for column in zip(*numbers, strict=True))
        if best <= 0:
            continue
        rows = max(sides, key=len)
        on = max(part["last"].max().date() for part in sides if len(part))
        value = f"{best:.0f}" if low == high else f"{max(low, 0.5):.1f} to {high:.1f}"
        reports.append(
            _row(
                id=f"{chosen.name}-losses-{bloc}",
                on=on,
                published=max(part["published"].max().date() for part in sides if len(part)),
                observe=f"losses({bloc})",
                value=value,
                grade=LOSS_GRADE,
                by=chosen.name,
                bias=settings.bias,
                says=f"{best:.0f} ({low:.0f} to {high:.0f}) dead of {bloc} recorded since day 0",
                source=f"{sum(map(len, sides))} in all: {_ids(rows)}",
            )
        )
    return reports


def _bounds(rows: pd.DataFrame, dead: str) -> tuple[float, float, float]:
    """Lower, best and upper number of a side's dead in some events."""
    best = rows[dead].fillna(0.0)
    share = rows["best"].clip(lower=1.0)
    low = best * rows["low"] / share
    high = (best + rows["unknown"].fillna(0.0)) * rows["high"] / share
    return float(low.sum()), float(best.sum()), float(high.sum())


def _counted(rows: pd.DataFrame) -> str:
    return "one event" if len(rows) == 1 else f"{len(rows)} events"


def _ids(rows: pd.DataFrame) -> str:
    named = [str(one) for one in rows["id"].head(5)]
    return "events " + " ".join(named) + (" …" if len(rows) > len(named) else "")


def _row(**cells: str | date) -> dict[str, str]:
    return {name: str(cells.get(name, "")) for name in COLUMNS}


def write_reports(path: Path, reports: tuple[dict[str, str], ...]) -> None:
    """Write a table of reports; whole or not at all."""
    with whole(path) as partial, partial.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(reports)


def write_deaths(path: Path, deaths: pd.DataFrame) -> None:
    """Write the table of monthly deaths; whole or not at all."""
    with whole(path) as partial:
        deaths.to_csv(partial, index=False)
