"""Columns of the known tables of events, read into one form.

``ucdp``: UCDP Georeferenced Event Dataset (Sundberg & Melander 2013), as published or in the cut
form with ``lat`` and ``lon``. ``where_prec`` is 1 for the exact place, 2 within about 25 km, 3 for
a district, above that for provinces and countries; ``type_of_violence`` 1 and 2 are armed sides
against each other, 3 is one-sided. ``source_date``, where it is there, tells when the latest text
was published.

``acled``: Armed Conflict Location & Event Data (Raleigh et al. 2010). ``geo_precision`` is 1 for
the place, 2 for a place near by, 3 for a region; ``time_precision`` 1 for the day, 2 for a week, 3
for a month. ``fatalities`` is one number, neither bounded nor split by side, and the order of
``actor1`` and ``actor2`` says nothing about who attacked. Battles are fights on the ground.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from contingent.errors import Fault, ScenarioError, SettingError
from contingent.infer.event_data import COLUMNS, EventTable

if TYPE_CHECKING:
    import pandas as pd

MOST_FAULTS = 20
MOST_ROWS = 2_000_000
ARMED_ACLED = ("Battles", "Explosions/Remote violence")
DAYS_OF_PRECISION = {1: 1, 2: 7, 3: 31}


@dataclass(frozen=True)
class Format:
    """One table's way of writing events.

    Attributes
    ----------
    name : as users write it
    title : what it is called
    needed : columns; of a pair written ``a|b`` one is enough
    vaguest : largest code of precision of the place that is kept by default
    by_side : whether it splits the dead by side
    read : turns the raw cells into the columns of an event
    """

    name: str
    title: str
    needed: tuple[str, ...]
    vaguest: int
    by_side: bool
    read: Callable[[_Cells], dict[str, Any]]


class _Cells:
    """Cells of a file as text, read by column; faults are gathered, not raised."""

    def __init__(self, path: Path, raw: pd.DataFrame) -> None:
        self.path, self.raw = path, raw
        self.faults: list[Fault] = []

    def name(self, column: str) -> str:
        """The one of two names that the file has; empty if it has none."""
        return next((one for one in column.split("|") if one in self.raw.columns), "")

    def text(self, column: str) -> pd.Series:
        return self.raw[self.name(column)].fillna("").str.strip()

    def numbers(self, column: str, *, may_miss: bool = False) -> pd.Series:
        import pandas as pd

        written = self.text(column)
        found = pd.to_numeric(written.str.extract(r"^(-?[\d.]+)")[0], errors="coerce")
        read = pd.to_numeric(written, errors="coerce").fillna(found if may_miss else float("nan"))
        bad = read.isna() & ((written != "") | (not may_miss))
        self._note(bad, column, written, "a number")
        return read

    def counts(self, column: str, *, may_miss: bool = False) -> pd.Series:
        read = self.numbers(column, may_miss=may_miss)
        self._note(read < 0, column, self.text(column), "a count, 0 or more")
        return read

    def days(self, column: str, *, may_miss: bool = False) -> pd.Series:
        import pandas as pd

        written = self.text(column)
        plain = pd.to_datetime(written.str.slice(0, 10), format="%Y-%m-%d", errors="coerce")
        read = plain.fillna(pd.to_datetime(written, format="%d %B %Y", errors="coerce"))
        bad = read.isna() & ((written != "") | (not may_miss))
        self._note(bad, column, written, "a day such as 2016-05-01")
        return read

    def degrees(self, column: str, most: float) -> pd.Series:
        read = self.numbers(column)
        self._note(
            read.abs() > most, column, self.text(column), f"degrees from -{most:g} to {most:g}"
        )
        return read

    def _note(self, bad: pd.Series, column: str, written: pd.Series, expected: str) -> None:
        for row in written.index[bad.fillna(False).astype(bool)]:
            if len(self.faults) < MOST_FAULTS:
                found = repr(str(written[row])) if written[row] else "an empty cell"
                line = int(row) + 2
                fault = Fault(str(self.path), line, 0, self.name(column), found, expected)
                self.faults.append(fault)


def read_events(path: Path, format_name: str) -> EventTable:
    """Read a table of events, plain or compressed (``.xz``, ``.gz``, ``.bz2``, ``.zip``).

    Parameters
    ----------
    path : CSV in UTF-8, one event a row
    format_name : ``ucdp`` or ``acled``

    Raises
    ------
    SettingError
        for an unknown format, a file that cannot be read, and missing columns.
    ScenarioError
        with the first twenty faulty cells, by line and column.
    """
    chosen = format_of(format_name)
    raw = _raw(path)
    cells = _Cells(path, raw)
    missing = [column for column in chosen.needed if not cells.name(column)]
    if missing:
        raise SettingError(
            str(path), "no column " + ", ".join(one.replace("|", " or ") for one in missing),
            f"the columns of {chosen.title}", _other_format(chosen, raw.columns),
        )  # fmt: skip
    events = _frame(chosen.read(cells), len(raw))
    if cells.faults:
        raise ScenarioError(cells.faults)
    return EventTable(events, chosen.name)


def format_of(name: str) -> Format:
    """Return the format with a name.

    Raises
    ------
    SettingError
        if there is none.
    """
    if name not in FORMATS:
        raise SettingError("format", repr(name), " or ".join(FORMATS))
    return FORMATS[name]


def _raw(path: Path) -> pd.DataFrame:
    import pandas as pd

    try:
        raw = pd.read_csv(path, dtype=str, keep_default_na=False, nrows=MOST_ROWS + 1)
    except (OSError, ValueError, EOFError, UnicodeDecodeError) as error:
        raise SettingError(
            str(path), f"a file that cannot be read ({error})", "a CSV in UTF-8, plain or packed"
        ) from None
    if len(raw) > MOST_ROWS:
        raise SettingError(str(path), "too many rows", f"at most {MOST_ROWS:,}")
    if raw.empty:
        raise SettingError(str(path), "no rows", "one event a row under a line of column names")
    return raw


def _other_format(chosen: Format, columns: Sequence[str]) -> str:
    for other in FORMATS.values():
        if other is not chosen and all(
            any(one in columns for one in column.split("|")) for column in other.needed
        ):
            return f"these are the columns of {other.title}: --format {other.name}"
    return "the first line names the columns"


def _frame(columns: dict[str, Any], rows: int) -> pd.DataFrame:
    import pandas as pd

    frame = pd.DataFrame({"line": range(2, rows + 2), **columns})
    frame["published"] = pd.to_datetime(frame["published"])
    return frame[list(COLUMNS)]


def _ucdp(cells: _Cells) -> dict[str, Any]:
    first, last = cells.days("date_start"), cells.days("date_end", may_miss=True)
    kind = cells.numbers("type_of_violence")
    best = cells.counts("best")
    clear = cells.name("event_clarity")
    return {
        "id": cells.text("id"),
        "first": first,
        "last": last.fillna(first),
        "days": (last - first).dt.days + 1,
        "place_precision": _vaguest_of(cells),
        "lat": cells.degrees("lat|latitude", 90.0),
        "lon": cells.degrees("lon|longitude", 180.0),
        "side_a": cells.text("side_a"),
        "side_b": cells.text("side_b"),
        "armed": kind < 3,
        "ground": None,
        "dead_a": cells.counts("deaths_a", may_miss=True),
        "dead_b": cells.counts("deaths_b", may_miss=True),
        "civilians": cells.counts("deaths_civilians", may_miss=True),
        "unknown": cells.counts("deaths_unknown", may_miss=True),
        "low": cells.counts("low").clip(upper=best),
        "best": best,
        "high": cells.counts("high").clip(lower=best),
        "published": _latest_source(cells),
        "clear": cells.numbers(clear, may_miss=True) == 1 if clear else False,
    }


def _vaguest_of(cells: _Cells) -> pd.Series:
    """Precision of the place; of a range such as ``1-2`` the vaguer end."""
    return cells.numbers("where_prec", may_miss=True).combine(
        cells.text("where_prec").str.extract(r"-(\d+)$")[0].astype(float), max
    )


def _latest_source(cells: _Cells) -> Any:
    """Day of the latest text an event rests on, where the table has it."""
    import pandas as pd

    if not cells.name("source_date"):
        return pd.NaT
    latest = cells.text("source_date").str.findall(r"\d{4}-\d{2}-\d{2}").map(max, na_action=None)
    return pd.to_datetime(latest, errors="coerce")


def _acled(cells: _Cells) -> dict[str, Any]:
    import pandas as pd

    first = cells.days("event_date")
    days = cells.numbers("time_precision").map(DAYS_OF_PRECISION)
    dead = cells.counts("fatalities")
    sort = cells.text("event_type")
    empty = pd.Series(0.0, index=first.index)
    return {
        "id": cells.text("event_id_cnty"),
        "first": first,
        "last": first,
        "days": days.fillna(max(DAYS_OF_PRECISION.values())),
        "place_precision": cells.numbers("geo_precision"),
        "lat": cells.degrees("latitude", 90.0),
        "lon": cells.degrees("longitude", 180.0),
        "side_a": cells.text("actor1"),
        "side_b": cells.text("actor2"),
        "armed": sort.isin(ARMED_ACLED) & (cells.text("actor2") != ""),
        "ground": sort == "Battles",
        "dead_a": empty,
        "dead_b": empty,
        "civilians": empty,
        "unknown": dead,
        "low": dead,
        "best": dead,
        "high": dead,
        "published": pd.NaT,
        "clear": cells.numbers("time_precision") == 1,
    }


FORMATS = {
    "ucdp": Format(
        "ucdp",
        "UCDP GED",
        (
            "id", "date_start", "date_end", "side_a", "side_b", "where_prec", "lat|latitude",
            "lon|longitude", "deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown", "best",
            "low", "high", "type_of_violence",
        ),
        3,
        True,
        _ucdp,
    ),
    "acled": Format(
        "acled",
        "ACLED",
        (
            "event_id_cnty", "event_date", "time_precision", "event_type", "actor1", "actor2",
            "latitude", "longitude", "geo_precision", "fatalities",
        ),
        2,
        False,
        _acled,
    ),
}  # fmt: skip
