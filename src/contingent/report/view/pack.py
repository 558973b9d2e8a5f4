"""Many futures to be played back, in little room: what changes from day to day, and nothing else.

A day differs from the one before in few places, so holders, flags, progress and sorties are kept as
changes: day, place and value of each. Columns are put in the order of their roads, so that what
follows in the list follows on the road, and are rounded to what a map can show. The decoder for
the browser is ``futureOf`` in ``page/frames.js``.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from contingent.report.view.events import KINDS
from contingent.report.view.playback import Playback

__all__ = ["CHANGING", "Packed", "pack", "unpack"]

CHANGING = ("holders", "flags", "progress", "sorties")
COLUMN_KEYS = ("day", "actor", "from", "to", "share", "fighters", "struck")
SHARES = 64
"""Steps in which progress and the share of the way are kept."""
Array = NDArray[Any]


@dataclass(eq=False)
class Packed:
    """Futures in little room.

    Attributes
    ----------
    frames : ``pack:…`` arrays
    json : ``kinds``, ``places`` and ``events``: one list a future of [day, kind, place, says]
    """

    frames: dict[str, Array] = field(default_factory=dict)
    json: dict[str, Any] = field(default_factory=dict)


def pack(futures: Iterable[Playback], places: Sequence[str]) -> Packed:
    """Pack futures.

    Parameters
    ----------
    futures : played back
    places : names, in the order of the frames
    """
    numbers: list[int] = []
    changes: dict[str, list[Array]] = {name: [] for name in CHANGING}
    columns: list[Array] = []
    told: list[list[list[Any]]] = []
    number_of = {place: number for number, place in enumerate(places)}
    for one in futures:
        numbers.append(one.future)
        for name in CHANGING:
            changes[name].append(changes_of(_coarse(name, one.frames[name])))
        columns.append(_rows(one.frames["columns"]))
        told.append(
            [
                [row["day"], KINDS.index(row["kind"]), number_of.get(row["place"], -1), row["says"]]
                for row in one.events
            ]
        )
    frames: dict[str, Array] = {"pack:futures": np.array(numbers, dtype=np.uint32)}
    for name in CHANGING:
        frames |= _listed(f"pack:{name}", ("day", "place", "value"), changes[name])
    frames |= _listed("pack:columns", COLUMN_KEYS, columns)
    return Packed(frames, {"kinds": list(KINDS), "places": list(places), "events": told})


def _coarse(name: str, values: Array) -> Array:
    """Round what a map cannot show: progress to 64 steps, sorties to a digit and a half."""
    whole: Array = values.astype(np.int64)
    if name == "progress":
        return np.asarray(np.rint(whole * (SHARES / 255.0)).astype(np.int64))
    if name == "sorties":
        step = np.where(whole >= 40, 10, np.where(whole >= 10, 5, 1))
        return np.asarray(np.rint(whole / step).astype(np.int64) * step)
    return whole


def changes_of(values: Array) -> Array:
    """Return day, place and value wherever a table (day, place) differs from the day before.

    >>> changes_of(np.array([[0, 3], [0, 3], [2, 3]])).tolist()
    [[0, 1, 3], [2, 0, 2]]
    """
    before = np.vstack([np.zeros_like(values[:1]), values[:-1]])
    day, place = np.nonzero(values != before)
    return np.stack([day, place, values[day, place]], axis=1)


def _rows(columns: Array) -> Array:
    """Return columns as whole numbers in the order of their roads."""
    rows = columns.astype(np.float64)
    rows[:, 4] = np.rint(rows[:, 4] * SHARES)
    rows[:, 5] = _two_digits(rows[:, 5])
    order = np.lexsort((rows[:, 5], rows[:, 4], rows[:, 0], rows[:, 3], rows[:, 2], rows[:, 1]))
    return rows[order].astype(np.int64)


def _two_digits(values: Array) -> Array:
    step = 10.0 ** np.maximum(np.floor(np.log10(np.maximum(values, 1.0))) - 1.0, 0.0)
    return np.minimum(np.maximum(np.rint(values / step), 1.0) * step, 65_000.0)


def _listed(name: str, keys: Sequence[str], parts: Sequence[Array]) -> dict[str, Array]:
    """Return lists of all futures one after the other, and how long each is; days as steps."""
    whole = np.concatenate(parts) if parts else np.zeros((0, len(keys)), dtype=np.int64)
    found: dict[str, Array] = {
        f"{name}:count": np.array([len(part) for part in parts], dtype=np.uint32)
    }
    for column, key in enumerate(keys):
        values = whole[:, column]
        if key == "day":
            found[f"{name}:{key}"] = np.diff(values, prepend=0).astype(np.int16)
        else:
            small = not len(values) or values.max() < 256
            found[f"{name}:{key}"] = values.astype(np.uint8 if small else np.uint16)
    return found


def unpack(packed: Packed, future: int, days: int) -> Playback:
    """Return one future as the page sees it; what was rounded stays rounded.

    Raises
    ------
    KeyError
        If the future is not among those packed.
    """
    numbers = packed.frames["pack:futures"].tolist()
    if future not in numbers:
        raise KeyError(future)
    at, places = numbers.index(future), len(packed.json["places"])
    frames = {}
    for name in CHANGING:
        rows = _part(packed, f"pack:{name}", ("day", "place", "value"), at)
        table = np.zeros((days, places), dtype=np.int64)
        for day, place, value in rows:
            table[day:, place] = value
        if name == "progress":
            table = np.rint(table * (255.0 / SHARES)).astype(np.int64)
        frames[name] = table.astype(np.int8 if name == "holders" else np.uint8)
    rows = _part(packed, "pack:columns", COLUMN_KEYS, at).astype(np.float32)
    rows[:, 4] /= SHARES
    frames["columns"] = rows[np.argsort(rows[:, 0], kind="stable")]
    kinds, names = packed.json["kinds"], packed.json["places"]
    events = [
        {"day": day, "says": says, "place": names[place] if place >= 0 else None,
         "kind": kinds[kind]}
        for day, kind, place, says in packed.json["events"][at]
    ]  # fmt: skip
    return Playback(future, frames, events)


def _part(packed: Packed, name: str, keys: Sequence[str], at: int) -> Array:
    """Return the rows of one future."""
    counts = packed.frames[f"{name}:count"].astype(np.int64)
    first = int(counts[:at].sum())
    rows = slice(first, first + int(counts[at]))
    columns = []
    for key in keys:
        values = packed.frames[f"{name}:{key}"].astype(np.int64)
        columns.append((np.cumsum(values) if key == "day" else values)[rows])
    return np.stack(columns, axis=1)
