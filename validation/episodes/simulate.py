"""Futures of an operation, by the engine, at given coordinates; all else from its own prior.

A row's garrison, its attackers where they are not known, and the reserve are drawn together: the
correlations of :func:`validation.episodes.theatre.strengths`.
"""

from __future__ import annotations

import tempfile
import zlib
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray

from contingent import streams
from contingent.compile import (
    Program,
    Series,
    compile_scenario,
    draw_normals,
    unknowns_from_normals,
)
from contingent.core.engine import Log, run_futures
from contingent.scenario.loading import load
from validation.episodes.coordinates import COORDINATES, RESERVE
from validation.episodes.rows import Known
from validation.episodes.theatre import strengths, theatre_text

Floats = NDArray[np.float64]
T = TypeVar("T")
KEPT_DAYS = 7
LATER_DAYS = 30
FEWEST = 20
BATCH = 500
GARRISON = "defender.forces.target.mobile"
GARRISON_STATIC = "defender.forces.target.static"
ATTACKERS = "attacker.forces.base.mobile"
RESERVES = "defender.forces.hinterland.mobile"
RECORDED = (
    Series("attacks", ("attacker", "target")),
    Series("losses", ("attacker",)),
    Series("losses", ("defender",)),
    Series("attempted", ("attacker", "target")),
)


class Futures(NamedTuple):
    """How simulated operations went, futures f.

    Attributes
    ----------
    holds, holds_later : (f,) 1 if the attacker took and kept the place; and 30 days later
    outcome : (f, 3) ln days, ln killed of attacker, of defender
    launched : (f,) True where the attacker chose to assault on the first day
    """

    holds: Floats
    holds_later: Floats
    outcome: Floats
    launched: NDArray[np.bool_]

    @property
    def counted(self) -> NDArray[np.bool_]:
        """Futures that count: a row tells of an operation that was launched.

        All of them where hardly any was, because what the row says of strengths is then not what
        the attacker believed.
        """
        return self.launched if self.launched.sum() >= FEWEST else np.ones_like(self.launched)


def program_of(known: Known) -> Program:
    """Compile the small theatre of a row."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "episode.yaml"
        path.write_text(theatre_text(known), encoding="utf-8")
        return compile_scenario(load(path), RECORDED)


def normals(program: Program, known: Known, at: Floats) -> Floats:
    """Whitened unknowns (f, unknowns) at coordinates (f, coordinates)."""
    out = draw_normals(program, key_of(known), np.arange(len(at)))
    column = {unknown.name: i for i, unknown in enumerate(program.unknowns)}
    for number, coordinate in enumerate(COORDINATES):
        for name in coordinate.unknowns:
            if name in column:
                out[:, column[name]] = at[:, number]
    forces = strengths(known)
    garrison = out[:, column[GARRISON]]
    out[:, column[GARRISON_STATIC]] = garrison
    for name, own, with_garrison in (
        (ATTACKERS, out[:, column[ATTACKERS]], forces.attackers_with_garrison),
        (RESERVES, at[:, RESERVE], forces.reserve_with_garrison),
    ):
        out[:, column[name]] = with_garrison * garrison + np.sqrt(1.0 - with_garrison**2) * own
    return out


def key_of(known: Known) -> streams.Key:
    """Root key of a row's random numbers."""
    return streams.key_from_seed(zlib.crc32(known.id.encode()))


def simulate(known: Known, at: Floats) -> Futures:
    """Play one future at each of the coordinates (f, coordinates)."""
    program = program_of(known)
    theta = unknowns_from_normals(program, normals(program, known, at))
    places = program.names.places.index("target"), program.names.actors.index("attacker")
    columns = [[str(s) for s in program.series].index(str(series)) for series in RECORDED]
    parts = []
    tables: Any = program
    for start in range(0, len(theta), BATCH):
        some = slice(start, min(start + BATCH, len(theta)))
        log = run_futures(tables, theta[some], key_of(known), np.arange(some.start, some.stop))
        parts.append(_read(log, places, columns))
    return Futures(*(np.concatenate(column) for column in zip(*parts, strict=True)))


def _read(
    log: Log, where: tuple[int, int], columns: list[int]
) -> tuple[Floats, Floats, Floats, NDArray[np.bool_]]:
    place, actor = where
    held = log.holders[:, :, place] == actor
    days = held.shape[1]
    attacks, lost_attacker, lost_defender, assaults = (
        log.series[:, :, column] for column in columns
    )
    kept = _first(_lasting(held), days)
    over = _first(~held & (attacks == 0.0) & (np.arange(days) > 0), days)
    taken = kept < over
    end = np.clip(np.where(taken, kept, over), 1, days - 1)
    n = np.arange(len(held))
    later = held[n, np.minimum(kept + LATER_DAYS, days - 1)] & taken
    killed = [lost_attacker[n, end], lost_defender[n, np.maximum(end - 1, 1)]]
    numbers = np.maximum(np.column_stack([end, *killed]), 1.0)
    launched = np.asarray((assaults[:, 1] > 0.0) | held[:, 1])
    return taken.astype(float), later.astype(float), np.log(numbers), launched


def _lasting(held: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """True on days from which the place is held for KEPT_DAYS days or to the end."""
    lasting = held.copy()
    for ahead in range(1, KEPT_DAYS):
        lasting[:, :-ahead] &= held[:, ahead:]
    return lasting


def _first(marks: NDArray[np.bool_], none: int) -> NDArray[np.int64]:
    return np.where(marks.any(axis=1), marks.argmax(axis=1), none).astype(np.int64)


def for_all(
    job: Callable[[Known, Floats], T],
    known: Sequence[Known],
    at: Sequence[Floats],
    processes: int,
) -> list[T]:
    """Do a job with every row and its coordinates, in several processes."""
    with ProcessPoolExecutor(processes) as pool:
        waiting = [pool.submit(job, *pair) for pair in zip(known, at, strict=True)]
        return [one.result() for one in waiting]
