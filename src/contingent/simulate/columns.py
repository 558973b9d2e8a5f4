"""Columns on the road of one future, day by day: who, between which places, how far, how many."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from contingent.compile.program import Floats, Program
from contingent.compile.unknowns import draw_unknowns
from contingent.reference import routes
from contingent.reference.record import COLUMN_FIELDS
from contingent.reference.state import Theatre
from contingent.simulate.engines import Engine, play
from contingent.simulate.ensemble import key_of

__all__ = ["ROW", "columns_of", "columns_on_the_road", "room_for_columns"]

ROW = ("day", "actor", "from", "to", "share", "fighters", "struck")
"""What a row of `columns_of` holds; share is how much of the leg lies behind it, 0..1."""


def room_for_columns(program: Program, futures: int = 1) -> Floats:
    """Return what :func:`contingent.simulate.engines.play` writes columns into."""
    sizes = program.sizes
    return np.zeros((futures, program.days, sizes["A"], sizes["W"], len(COLUMN_FIELDS)))


def columns_of(
    program: Program, future: int, seed: int, engine: Engine = "core"
) -> NDArray[np.float32]:
    """Return every column of a future: one row a column a day, (n, 7).

    Parameters
    ----------
    program
    future, seed : which one
    engine : ``core`` or ``reference``; the rows are the same

    Returns
    -------
    (n, 7) float32
        See `ROW`; by day, then by actor.
    """
    key = key_of(seed)
    thetas = draw_unknowns(program, key, [future])
    seen = room_for_columns(program)
    play(program, thetas, key, [future], engine, columns=seen)
    return columns_on_the_road(program, thetas[0], seen[0])


def columns_on_the_road(program: Program, theta: Floats, seen: Floats) -> NDArray[np.float32]:
    """Turn what an engine wrote of the columns into rows.

    Parameters
    ----------
    program
    theta : (columns of θ,) float
    seen : (days, actors, columns, fields) float
    """
    at, ahead, left, speed, size, struck = np.moveaxis(seen, -1, 0)
    day, actor, slot = np.nonzero(size > 0.0)
    rows = (day, actor, slot)
    start, end = at[rows].astype(np.int64), ahead[rows].astype(np.int64)
    whole = _leg_days(program, theta)[start, end] / speed[rows]
    share = np.clip(1.0 - left[rows] / np.maximum(whole, 1e-9), 0.0, 1.0)
    columns: list[NDArray[Any]] = [day, actor, start, end, share, size[rows], struck[rows]]
    return np.stack(columns, axis=1).astype(np.float32)


def _leg_days(program: Program, theta: Floats) -> Floats:
    """Days an ordinary column needs from place to place, by the longest road that joins them.

    A column does not say which of two roads between the same places it took.
    """
    tables: Any = program
    t = Theatre(tables, theta.tolist(), (0, 0), 0)
    places = t.sizes["P"]
    days = np.zeros((places, places))
    for r, (one, other) in enumerate(zip(t.route_from, t.route_to, strict=True)):
        longest = max(days[one, other], routes.leg_days(t, r))
        days[one, other] = days[other, one] = longest
    return days
