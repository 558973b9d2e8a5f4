"""The two engines behind one call: the compiled core, and the reference to be read."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from functools import cache
from importlib import resources
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from contingent.compile.program import Floats, Program
from contingent.compile.unknowns import draw_unknowns
from contingent.errors import BuildError, SettingError
from contingent.reference.day import run_future
from contingent.streams import Key

Engine = Literal["core", "reference"]
ENGINES: tuple[Engine, ...] = ("core", "reference")
_SOURCES = ("reference", "arithmetic", "streams.py")


class Played(NamedTuple):
    """What some futures leave behind.

    Attributes
    ----------
    holders : (n, days, places) int16
    flags : (n, days, places) uint8
    series : (n, days, series) float64
    """

    holders: NDArray[np.int16]
    flags: NDArray[np.uint8]
    series: Floats


class Turn(NamedTuple):
    """Levers that are moved on a day: from then on another program's numbers hold.

    Attributes
    ----------
    day : 1 or more
    program : the scenario with the levers moved, over the same actors, places and routes
    draw : gives θ of some futures under that program where it is at hand; drawn anew if left out
    """

    day: int
    program: Program
    draw: Callable[[Sequence[int]], Floats] | None = None


class Stretch(NamedTuple):
    """Days of some futures that the core plays at once.

    Attributes
    ----------
    first : 0 to begin; a later day to play on
    until : the first day that is not played any more
    standing : (n, bytes) uint8
        From :func:`room_to_stand`: how the futures stood before and stand afterwards.
    """

    first: int
    until: int
    standing: NDArray[np.uint8]


def room(program: Program, futures: int) -> Played:
    """Room for what some futures leave behind."""
    from contingent.core.engine import room

    tables: Any = program
    return Played(*room(tables, futures))


def room_to_stand(program: Program, futures: int) -> NDArray[np.uint8]:
    """Room for how some futures stand between two stretches."""
    from contingent.core.engine import standing

    tables: Any = program
    return standing(tables, futures)


def play(
    program: Program,
    thetas: Floats,
    key: Key,
    futures: Sequence[int],
    engine: Engine = "core",
    turn: Turn | None = None,
    columns: Floats | None = None,
    out: Played | None = None,
    stretch: Stretch | None = None,
) -> Played:
    """Play some futures on this thread.

    Parameters
    ----------
    program
    thetas : (n, columns) float
        One row a future.
    key : two 32-bit words made from the root seed
    futures : (n,) numbers of the futures
    engine : ``core`` or ``reference``; both give the same bits
    turn : levers moved on the way
    columns : (n, days, actors, columns, fields) float, optional
        To write every column on the road into (see :mod:`contingent.reference.record`).
    out : arrays of the right shapes for the core to write into; new ones if left out
    stretch : some of the days, for the core; all if left out

    Raises
    ------
    BuildError
        if the core has not been built.
    """
    turned = None if turn is None else (turn.day, _later_values(program, turn, key, futures))
    if engine == "reference":
        return _by_reference(program, thetas, key, futures, turned, columns)
    if engine != "core":
        raise SettingError("engine", repr(engine), " or ".join(ENGINES))
    try:
        from contingent.core.engine import Log, run_futures
    except ImportError as error:
        raise BuildError(f"the compiled core cannot be loaded ({error}); run make core") from None
    tables: Any = program
    numbers = np.asarray(futures, dtype=np.int64)
    into = None if out is None else Log(*out)
    log = run_futures(
        tables, thetas, key, numbers, turned=turned, out=into, columns=columns, stretch=stretch
    )
    return Played(log.holders, log.flags, log.series)


def _later_values(program: Program, turn: Turn, key: Key, futures: Sequence[int]) -> Floats:
    """Every cell of the parameter tables after a turn, (n, cells); the same draws lie behind it."""
    later = turn.program
    if later.parameters.shape != program.parameters.shape:
        raise SettingError("levers", "another theatre", "the same actors, places and routes")
    values = np.tile(later.parameters, (len(futures), 1))
    thetas = draw_unknowns(later, key, futures) if turn.draw is None else turn.draw(futures)
    values[:, later.theta_target] = thetas[:, later.theta_slot] * later.theta_scale
    return values


def _by_reference(
    program: Program,
    thetas: Floats,
    key: Key,
    futures: Sequence[int],
    turned: tuple[int, Floats] | None,
    columns: Floats | None,
) -> Played:
    tables: Any = program
    logs = []
    for i, (row, future) in enumerate(zip(thetas, futures, strict=True)):
        own = None if turned is None else (turned[0], turned[1][i])
        seen = None if columns is None else columns[i]
        logs.append(run_future(tables, row.tolist(), key, int(future), turned=own, columns=seen))
    places, series = program.sizes["P"], program.sizes["S"]
    if not logs:
        return Played(
            np.zeros((0, program.days, places), dtype=np.int16),
            np.zeros((0, program.days, places), dtype=np.uint8),
            np.zeros((0, program.days, series)),
        )
    return Played(
        np.stack([log.holders for log in logs]),
        np.stack([log.flags for log in logs]),
        np.stack([log.series for log in logs]),
    )


@cache
def model_digest() -> str:
    """SHA-256 of the mechanisms: sources of the reference and the compiled core.

    Studies with one digest were played by one model; a study of another is not continued.
    """
    digest = hashlib.sha256()
    package = resources.files("contingent")
    for name in _SOURCES:
        part = package / name
        files = [part] if part.is_file() else sorted(part.iterdir(), key=lambda file: file.name)
        for file in files:
            if file.name.endswith(".py"):
                digest.update(file.name.encode() + b"\0" + file.read_bytes())
    core = find_spec("contingent.core._core")
    if core is not None and core.origin:
        digest.update(Path(core.origin).read_bytes())
    return digest.hexdigest()
