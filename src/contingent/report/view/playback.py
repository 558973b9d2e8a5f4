"""One future to be played back day by day: holders, fights, aircraft, columns, what is told.

The future is played again with the fuller list of series of :mod:`contingent.simulate.replay`; by
construction it is the same future to the last bit.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from contingent.compile.called import Called
from contingent.compile.program import Program
from contingent.report.view.events import events
from contingent.simulate.columns import columns_of
from contingent.simulate.engines import Engine
from contingent.simulate.replay import Record, fuller, record_of

__all__ = ["Playback", "playback"]


@dataclass(frozen=True, eq=False)
class Playback:
    """One future as the page plays it.

    Attributes
    ----------
    future : its number
    frames : ``holders`` int8 (day, place), the number of the actor; ``flags`` uint8 (day, place),
        contested 1, outskirts 2, assaulted 4; ``progress`` uint8 (day, place), 255 is all the way
        in; ``sorties`` uint8 (day, place), of all actors; ``columns`` float32 (n, 7), see
        :data:`contingent.simulate.columns.ROW`; ``fighters`` uint16 (day, place, actor)
    events : what is told: day, says, place (or None), kind
    """

    future: int
    frames: dict[str, NDArray[Any]]
    events: list[dict[str, Any]]


def playback(
    program: Program,
    future: int,
    seed: int,
    called: Called | None = None,
    engine: Engine = "core",
) -> Playback:
    """Play one future again and return what the page needs of it.

    Parameters
    ----------
    program : of the study
    future, seed : which one
    called : what readers are shown for sides, actors and places; their own names if left out
    engine : ``core`` or ``reference``; both give the same
    """
    return playback_of(fuller(program), future, seed, called, engine=engine)


def playback_of(
    program: Program,
    future: int,
    seed: int,
    called: Called | None,
    *,
    marches: bool = True,
    engine: Engine = "core",
) -> Playback:
    """Play one future of a program that has the fuller series already.

    Without `marches` nothing is told of columns: the map shows them.
    """
    one = record_of(program, future, seed, engine, called)
    frames: dict[str, NDArray[Any]] = {
        "holders": one.holders.astype(np.int8),
        "flags": one.flags.astype(np.uint8),
        "progress": _progress(one),
        "sorties": _sorties(one),
        "columns": columns_of(program, future, seed, engine),
        "fighters": _fighters(one),
    }
    return Playback(future, frames, events(one, marches=marches))


def _progress(one: Record) -> NDArray[np.uint8]:
    rows = [one.daily("progress", place) for place in one.names.places]
    return np.rint(np.clip(np.stack(rows, axis=1), 0.0, 1.0) * 255.0).astype(np.uint8)


def _fighters(one: Record) -> NDArray[np.uint16]:
    """Return how many stand where, (day, place, actor); more than 65,535 are written as that."""
    by_day = np.rint(np.clip(one.fighters, 0.0, 65_535.0)).astype(np.uint16)
    return np.ascontiguousarray(by_day.transpose(2, 1, 0))


def _sorties(one: Record) -> NDArray[np.uint8]:
    total = np.zeros((one.program.days, len(one.names.places)))
    for column, place in enumerate(one.names.places):
        for actor in one.names.actors:
            total[:, column] += one.daily("sorties", actor, place)
    return np.rint(np.clip(total, 0.0, 255.0)).astype(np.uint8)
