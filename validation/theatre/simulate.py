"""Fighters lost in combat, by place and day, in futures of the theatre as shipped.

The engines record losses by actor, not by place. The reference engine is bit for bit the compiled
one and calls one function for whoever falls in combat; while it plays, what that function returns
is written down with its place and day. Losses on the road and by surrender are not counted.
"""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from contingent.compile import Program, compile_scenario
from contingent.compile.series import with_series
from contingent.compile.unknowns import draw_unknowns
from contingent.reference import combat
from contingent.reference.day import run_future
from contingent.scenario.loading import load
from contingent.simulate.ensemble import key_of

DAYS = 30
FUTURES = 600
SEED = 20161124
PROCESSES = 2
CHUNK = 25


@cache
def program(theatre: str) -> Program:
    """Compile the theatre, cut to day 0 and the days compared, recording no series."""
    whole = with_series(compile_scenario(load(theatre), ()), ())
    return replace(whole, days=DAYS + 1)


@contextmanager
def fallen_written_down(places: int) -> Iterator[NDArray[np.float64]]:
    """While this lasts, add up who falls in combat, (day, place)."""
    fallen = np.zeros((DAYS + 1, places))
    kill = combat.kill

    def kill_and_write(t: Any, bloc: int, place: int, rate: float) -> float:
        number = kill(t, bloc, place, rate)
        fallen[t.day, place] += number
        return number

    combat.kill = kill_and_write
    try:
        yield fallen
    finally:
        combat.kill = kill


def play(theatre: str, first: int, count: int) -> NDArray[np.float64]:
    """Fallen of some futures, (future, day, place)."""
    cut = program(theatre)
    key = key_of(SEED)
    numbers = range(first, first + count)
    thetas = draw_unknowns(cut, key, numbers)
    found = []
    tables: Any = cut
    for number, theta in zip(numbers, thetas, strict=True):
        with fallen_written_down(cut.sizes["P"]) as fallen:
            run_future(tables, theta.tolist(), key, number)
        found.append(fallen)
    return np.stack(found)


def fallen(theatre: str, futures: int = FUTURES) -> NDArray[np.float64]:
    """Fallen of an ensemble from the prior predictive, (future, day, place)."""
    starts = range(0, futures, CHUNK)
    counts = [min(CHUNK, futures - start) for start in starts]
    with ProcessPoolExecutor(PROCESSES) as pool:
        parts = pool.map(play, [theatre] * len(counts), starts, counts)
        return np.concatenate(list(parts))
