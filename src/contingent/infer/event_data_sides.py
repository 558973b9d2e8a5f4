"""Whose dead, and near which place: the names of an event table in the words of a theatre.

Which name of a table stands for which bloc or actor is data, not program: a CSV with the columns
``format``, ``name`` and ``side`` beside the theatre's file, ``THEATRE.sides.csv``. A name may hold
``*`` and ``?``; the first row that fits wins, upper and lower case alike. An empty ``side`` says
that the name is known and left aside. Events belong to the nearest place of the theatre, if one
lies within reach.
"""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from contingent.errors import Fault, ScenarioError, SettingError
from contingent.infer.event_data import EventTable
from contingent.scenario.document import LIBRARY
from contingent.scenario.extends import find
from contingent.scenario.types import Theatre

if TYPE_CHECKING:
    import pandas as pd

NEEDED = ("format", "name", "side")
SHOWN = 5


@dataclass(frozen=True)
class Sides:
    """Names of a table as blocs of a theatre.

    Attributes
    ----------
    path : file they were read from
    rows : pattern in lower case and side (bloc or actor; empty for none), in the file's order
    blocs : bloc of every side
    """

    path: Path
    rows: tuple[tuple[str, str], ...]
    blocs: dict[str, str]

    def bloc_of(self, name: str) -> str | None:
        """Bloc that a name stands for; empty if it is known and left aside, None if unknown."""
        for pattern, side in self.rows:
            if fnmatchcase(name.lower(), pattern):
                return self.blocs.get(side, "")
        return None


def sides_file(name: str | Path, theatre: str, format_name: str) -> Path:
    """File with the sides of a theatre: beside the scenario's file or in the library.

    Raises
    ------
    SettingError
        if there is none.
    """
    candidates = [folder / f"{theatre}.sides.csv" for folder in (find(name).parent, LIBRARY)]
    found = next((path for path in candidates if path.is_file()), None)
    if found is None:
        raise SettingError(
            "sides", f"no file {theatre}.sides.csv beside the theatre",
            "a CSV with the columns format, name, side",
            f"write one row for each name of the table, such as {format_name},Some army,some-bloc, "
            "or name a file with --sides",
        )  # fmt: skip
    return found


def read_sides(path: Path, theatre: Theatre, format_name: str) -> Sides:
    """Read which name stands for which side.

    Raises
    ------
    SettingError
        if the file cannot be read, lacks a column or has no row of the format.
    ScenarioError
        with every side that the theatre does not have.
    """
    blocs = {bloc: bloc for bloc in theatre.blocs}
    blocs |= {actor: entry.bloc for actor, entry in theatre.actors.items()}
    rows, faults = [], []
    for line, row in _rows(path):
        side = row["side"].strip()
        if side and side not in blocs:
            expected = "a bloc or an actor of the theatre: " + ", ".join(sorted(blocs))
            faults.append(Fault(str(path), line, 0, "side", repr(side), expected))
        if row["format"].strip() == format_name:
            rows.append((row["name"].strip().lower(), side))
    if faults:
        raise ScenarioError(faults)
    if not rows:
        raise SettingError(str(path), f"no row of format {format_name}", "one for each name")
    return Sides(path, tuple(rows), blocs)


def _rows(path: Path) -> list[tuple[int, dict[str, str]]]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file)
            missing = [name for name in NEEDED if name not in (reader.fieldnames or [])]
            if missing:
                raise SettingError(
                    str(path), f"no column {', '.join(missing)}", ", ".join(NEEDED),
                    "the first line names the columns",
                )  # fmt: skip
            return [(reader.line_num, {name: row[name] or "" for name in NEEDED}) for row in reader]
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise SettingError(
            str(path), f"a file that cannot be read ({error})", "a CSV in UTF-8"
        ) from None


def with_sides(table: EventTable, sides: Sides) -> EventTable:
    """Add the columns ``bloc_a`` and ``bloc_b``, and leave out events of no two sides.

    Raises
    ------
    SettingError
        if no event has two sides of the theatre; names the most frequent names.
    """
    import pandas as pd

    events = table.events.copy()
    names = pd.unique(pd.concat([events["side_a"], events["side_b"]]))
    bloc = {name: sides.bloc_of(name) for name in names}
    events["bloc_a"] = events["side_a"].map(bloc)
    events["bloc_b"] = events["side_b"].map(bloc)
    table = EventTable(events, table.format, table.left_out)
    strange = events["bloc_a"].isna() | events["bloc_b"].isna()
    often = _often(events, [name for name in names if bloc[name] is None])
    aside = ~strange & ((events["bloc_a"] == "") | (events["bloc_b"] == ""))
    within = ~strange & ~aside & (events["bloc_a"] == events["bloc_b"])
    if len(events) and (strange | aside | within).all():
        raise SettingError(
            str(sides.path), f"no event has two sides that it names (most frequent: {often})",
            "a row for each name of the table",
        )  # fmt: skip
    table = table.without(strange, f"{sides.path.name} does not name a side (most often {often})")
    aside, within = aside[~strange].reset_index(drop=True), within[~strange].reset_index(drop=True)
    table = table.without(aside, f"{sides.path.name} leaves a side aside")
    return table.without(within[~aside].reset_index(drop=True), "both sides are of one bloc")


def _often(events: pd.DataFrame, names: Sequence[str]) -> str:
    counts = events["side_a"].value_counts().add(events["side_b"].value_counts(), fill_value=0)
    frequent = counts[[name for name in names if name]].sort_values(ascending=False, kind="stable")
    return "; ".join(map(str, frequent.index[:SHOWN]))


def with_places(table: EventTable, theatre: Theatre, within_km: float) -> EventTable:
    """Add the columns ``place``, the nearest within reach or empty, and ``km``.

    Raises
    ------
    SettingError
        if the theatre says of no place where it lies, or no event is near any.
    """
    from pyproj import Geod

    located = {name: place.at for name, place in theatre.places.items() if place.at is not None}
    if not located:
        raise SettingError("places", "none with at:", "latitude and longitude of places")
    events = table.events.copy()
    spots = np.array(list(located.values()))
    rows, columns = len(events), len(spots)
    _, _, metres = Geod(ellps="WGS84").inv(
        np.repeat(events["lon"].to_numpy(), columns),
        np.repeat(events["lat"].to_numpy(), columns),
        np.tile(spots[:, 1], rows),
        np.tile(spots[:, 0], rows),
    )
    km = np.asarray(metres).reshape(rows, columns) / 1_000.0
    nearest = km.argmin(axis=1)
    events["km"] = km[np.arange(rows), nearest]
    names = np.array(list(located))[nearest]
    events["place"] = np.where(events["km"] <= within_km, names, "")
    if rows and not (events["place"] != "").any():
        closest = int(events["km"].to_numpy().argmin())
        raise SettingError(
            "places", f"no event within {within_km:g} km of any place of the theatre",
            "at least one", f"the nearest is {events['km'].iloc[closest]:.0f} km from "
            f"{names[closest]}; --within takes more",
        )  # fmt: skip
    return EventTable(events, table.format, table.left_out)
