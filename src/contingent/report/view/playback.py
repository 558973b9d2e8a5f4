"""One future to be played back day by day: holders, fights, aircraft, columns, what is told.

The future is played again with the fuller list of series of :mod:`contingent.simulate.replay`; by
construction it is the same future to the last bit.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from contingent.compile.program import Program
from contingent.simulate.columns import columns_of
from contingent.simulate.engines import Engine
from contingent.simulate.replay import Record, record
from contingent.simulate.telling import tell

__all__ = ["Playback", "playback"]

_KINDS = (
    ("takes", " takes "), ("takes", "passes from"), ("assault", "assaults"),
    ("attack", " attacks "), ("attack", "stands before"), ("breaks", "breaks off"),
    ("breaks", "stops assaulting"), ("leaves", "of its own accord"), ("column", "set out"),
    ("column", "sets out"), ("found", "found by an enemy"), ("strike", "from the air"),
    ("arrives", " reach "), ("politics", "the option"), ("politics", "deadline"),
    ("politics", "ceasefire"), ("politics", "commitment"), ("politics", "the will of"),
    ("effort", "the main effort"), ("strength", "fighters:"),
)  # fmt: skip
"""Sort of an event to words by which its line is told from others, in order."""


@dataclass(frozen=True, eq=False)
class Playback:
    """One future as the page plays it.

    Attributes
    ----------
    future : its number
    frames : ``holders`` int8 (day, place), the number of the actor; ``flags`` uint8 (day, place),
        contested 1, outskirts 2, assaulted 4; ``progress`` uint8 (day, place), 255 is all the way
        in; ``sorties`` uint8 (day, place), of all actors; ``columns`` float32 (n, 7), see
        :data:`contingent.simulate.columns.ROW`
    events : what is told: day, says, place (or None), kind
    """

    future: int
    frames: dict[str, NDArray[Any]]
    events: list[dict[str, Any]]


def playback(program: Program, future: int, seed: int, engine: Engine = "core") -> Playback:
    """Play one future again and return what the page needs of it."""
    one = record(program, future, seed, engine)
    frames: dict[str, NDArray[Any]] = {
        "holders": one.holders.astype(np.int8),
        "flags": one.flags.astype(np.uint8),
        "progress": _progress(one),
        "sorties": _sorties(one),
        "columns": columns_of(program, future, seed, engine),
    }
    return Playback(future, frames, events(one))


def _progress(one: Record) -> NDArray[np.uint8]:
    rows = [one.daily("progress", place) for place in one.names.places]
    return np.rint(np.clip(np.stack(rows, axis=1), 0.0, 1.0) * 255.0).astype(np.uint8)


def _sorties(one: Record) -> NDArray[np.uint8]:
    total = np.zeros((one.program.days, len(one.names.places)))
    for column, place in enumerate(one.names.places):
        for actor in one.names.actors:
            total[:, column] += one.daily("sorties", actor, place)
    return np.rint(np.clip(total, 0.0, 255.0)).astype(np.uint8)


def events(one: Record) -> list[dict[str, Any]]:
    """Return what is told of a future, with the place each line is about."""
    by_length = sorted(one.names.places, key=len, reverse=True)
    return [
        {
            "day": entry.day,
            "says": entry.says,
            "place": _place(entry.says, by_length),
            "kind": _kind(entry.says),
        }
        for entry in tell(one)
    ]


def _place(says: str, places: list[str]) -> str | None:
    """Return the first place that a line names; of two that begin alike the longer."""
    words = f" {says.replace(',', ' ').replace(';', ' ')} "
    found = [(words.find(f" {place} "), place) for place in places]
    return min(((at, place) for at, place in found if at >= 0), default=(0, None))[1]


def _kind(says: str) -> str:
    return next((kind for kind, words in _KINDS if words in says), "other")
