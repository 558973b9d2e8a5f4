"""Fronts as groups of places, and recorded deaths by front and window."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from contingent.infer.event_data import EventTable, filtered, until
from contingent.infer.event_data_formats import read_events
from contingent.infer.event_data_sides import read_sides, sides_file, with_places, with_sides
from contingent.scenario.loading import load
from contingent.scenario.types import Theatre

THEATRE = "syria-2016"
EVENTS = Path(__file__).parents[1] / "data" / "ucdp_ged_syria_iraq_to_2016-12-13.csv.xz"
FENCE = date(2016, 12, 12)
REACH_KM = 50.0
RATE_DAYS = 30.0
MONTHS = ("2016-07", "2016-08", "2016-09", "2016-10", "2016-11")


class Front(NamedTuple):
    """Places and the two sides whose fighting there is counted.

    Attributes
    ----------
    name, title : identifier and heading
    places : of the theatre
    one, other : blocs of either side
    """

    name: str
    title: str
    places: tuple[str, ...]
    one: frozenset[str]
    other: frozenset[str]

    def between(self, events: pd.DataFrame) -> pd.Series:
        """Events of the front's places in which its two sides meet."""
        forth = events["bloc_a"].isin(self.one) & events["bloc_b"].isin(self.other)
        back = events["bloc_b"].isin(self.one) & events["bloc_a"].isin(self.other)
        return events["place"].isin(self.places) & (forth | back)


class Window(NamedTuple):
    """Days that are compared.

    Attributes
    ----------
    name : the month, or ``same-days``
    first, last : both counted
    """

    name: str
    first: date
    last: date

    @property
    def days(self) -> int:
        """Number of days."""
        return (self.last - self.first).days + 1


@cache
def theatre() -> Theatre:
    """Return the flagship's theatre."""
    return load(THEATRE).theatre


@cache
def fronts() -> tuple[Front, ...]:
    """Fronts of ``fronts.csv``; every place belongs to one at most."""
    table = pd.read_csv(Path(__file__).with_name("fronts.csv"))
    found = tuple(
        Front(
            row.front,
            row.title,
            tuple(row.places.split()),
            frozenset(row.one.split()),
            frozenset(row.other.split()),
        )
        for row in table.itertuples()
    )
    places = [place for front in found for place in front.places]
    assert len(places) == len(set(places)), "a place belongs to two fronts"
    assert set(places) <= set(theatre().places), "a place is not of the theatre"
    return found


def windows(start: date) -> tuple[Window, ...]:
    """Months before day 0, then the days from day 1 to the fence."""
    found = []
    for month in MONTHS:
        first = pd.Timestamp(f"{month}-01")
        last = min((first + pd.offsets.MonthEnd(0)).date(), start - pd.Timedelta(days=1))
        found.append(Window(month, first.date(), last))
    return (*found, Window("same-days", start + pd.Timedelta(days=1), FENCE))


@cache
def events(last: date = FENCE) -> EventTable:
    """Fit events up to a day, with blocs and nearest places; combatants' dead as ``fallen``."""
    where = theatre()
    table = filtered(until(read_events(EVENTS, "ucdp"), last), 3)
    table = with_sides(table, read_sides(sides_file(THEATRE, THEATRE, "ucdp"), where, "ucdp"))
    table = with_places(table, where, REACH_KM)
    frame = table.events
    share = 1.0 - frame["civilians"] / frame["best"].clip(lower=1.0)
    for name in ("low", "best", "high"):
        frame[f"fallen_{name}"] = frame[name] * share
    return table


def recorded() -> pd.DataFrame:
    """Recorded deaths of combatants per 30 days, by front and window: low, best, high."""
    frame = events().events
    rows = []
    for front in fronts():
        own = frame[front.between(frame)]
        for window in windows(theatre().start):
            days = own["first"].dt.date
            inside = own[(days >= window.first) & (days <= window.last)]
            scale = RATE_DAYS / window.days
            rows.append(
                {
                    "front": front.name,
                    "window": window.name,
                    "first": window.first,
                    "last": window.last,
                    "events": len(inside),
                    **{
                        f"recorded_{name}": scale * inside[f"fallen_{name}"].sum()
                        for name in ("low", "best", "high")
                    },
                    "civilians": scale * inside["civilians"].sum(),
                }
            )
    return pd.DataFrame(rows)
