"""Futures of a program, run by the compiled core, with the bits of the reference engine.

>>> sorted(Log._fields)
['flags', 'holders', 'series']
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

import contingent.core._core as _core
from contingent.core.checking import (
    FIXED_SIZES,
    FREE_SIZES,
    PARAMETER_TABLES,
    Program,
    cells,
    checked,
)

__all__ = ["Log", "Program", "room", "run_futures", "standing"]


class Log(NamedTuple):
    """What futures leave behind, one row a future.

    Attributes
    ----------
    holders : (n, days, places) int16
        Actor that holds the place.
    flags : (n, days, places) uint8
        Contested 1, outskirts 2, assaulted 4.
    series : (n, days, series) float64
        The recorded observables.
    """

    holders: np.ndarray
    flags: np.ndarray
    series: np.ndarray


def room(program: Program, futures: int) -> Log:
    """Room for what some futures of a program leave behind."""
    sizes, days = checked(program).sizes, int(program.days)
    return Log(
        np.empty((futures, days, sizes["P"]), dtype=np.int16),
        np.empty((futures, days, sizes["P"]), dtype=np.uint8),
        np.empty((futures, days, sizes["S"])),
    )


def standing(program: Program, futures: int) -> np.ndarray:
    """Room for how some futures of a program stand, (futures, bytes) uint8."""
    return np.empty((futures, _core.standing_bytes(_sizes(checked(program).sizes))), dtype=np.uint8)


def run_futures(
    program: Program,
    thetas: ArrayLike,
    key: tuple[int, int],
    futures: ArrayLike,
    *,
    keys: np.ndarray | None = None,
    turned: tuple[int, np.ndarray] | None = None,
    out: Log | None = None,
    columns: np.ndarray | None = None,
    stretch: tuple[int, int, np.ndarray] | None = None,
) -> Log:
    """Play futures from day 0 to the last day, on the calling thread, without holding the GIL.

    Parameters
    ----------
    program
        Tables of the scenario.
    thetas : (n, n_unknowns) float
        Values of the unknowns, one row a future.
    key : (int, int)
        Two 32-bit words made from the root seed.
    futures : (n,) int
        Numbers of the futures, 0 <= number < 2**32.
    keys : (days, mechanisms, 2) or (n, days, mechanisms, 2) uint32, optional
        Keys of single days and mechanisms, for all futures or for each its own.
    turned : (int, (n, cells) float), optional
        A day on which levers are moved, and what every cell of the parameter tables becomes in
        each future (see :mod:`contingent.reference.turn`).
    out
        Arrays to write into; new ones are made where none are given.
    columns : (n, days, actors, columns, fields) float64, optional
        To write every column on the road into (see :mod:`contingent.reference.record`).
    stretch : (int, int, (n, bytes) uint8), optional
        The first day to play, the first not to play any more, and how the futures stood at the end
        of the day before (see :func:`standing`); it becomes how they stand at the end. A future
        played in stretches is the same to the last bit; only its days are written into the log.

    Returns
    -------
    Log
        A future's rows do not hang on which others are run with it.
    """
    sizes, structure = checked(program)
    days = int(program.days)
    if not 1 <= days <= 100_000:
        raise ValueError(f"days = {days}: expected 1 to 100000")
    expected = sum(cells(dimensions, sizes) for _, dimensions in PARAMETER_TABLES)
    parameters = np.ascontiguousarray(program.parameters, dtype=np.float64)
    if parameters.shape != (expected,):
        raise ValueError(f"parameters: shape {parameters.shape}, expected {(expected,)}")
    numbers = _numbers(futures)
    n = len(numbers)
    values = np.ascontiguousarray(thetas, dtype=np.float64)
    if values.ndim != 2 or len(values) != n:
        raise ValueError(f"thetas: shape {values.shape}, expected ({n}, unknowns)")
    log = out or room(program, n)
    _core.run_futures(
        _sizes(sizes),
        days,
        structure,
        parameters,
        np.ascontiguousarray(program.theta_target, dtype=np.int64),
        np.ascontiguousarray(program.theta_slot, dtype=np.int64),
        np.ascontiguousarray(program.theta_scale, dtype=np.float64),
        values,
        key,
        numbers,
        _key_table(keys, n, days),
        log.holders,
        log.flags,
        log.series,
        None if turned is None else np.ascontiguousarray(turned[1], dtype=np.float64),
        -1 if turned is None else int(turned[0]),
        columns,
        *((0, days, None) if stretch is None else stretch),
    )
    return log


def _sizes(sizes: dict[str, int]) -> np.ndarray:
    return np.array([sizes[letter] for letter in FREE_SIZES], dtype=np.int64)


def _numbers(futures: ArrayLike) -> np.ndarray:
    numbers = np.asarray(futures)
    if numbers.ndim != 1 or numbers.dtype.kind not in "iu":
        raise ValueError("futures: expected a list of whole numbers")
    if len(numbers) and (int(numbers.min()) < 0 or int(numbers.max()) >= 2**32):
        raise ValueError("futures: expected numbers from 0 to 2**32 - 1")
    return numbers.astype(np.uint32)


def _key_table(keys: np.ndarray | None, n: int, days: int) -> np.ndarray | None:
    if keys is None:
        return None
    table = np.ascontiguousarray(keys, dtype=np.uint32)
    if table.ndim == 3:
        table = table[np.newaxis]
    one = (days, FIXED_SIZES["M"], 2)
    if table.ndim != 4 or table.shape[1:] != one or table.shape[0] not in (1, n):
        raise ValueError(f"keys: shape {keys.shape}, expected {one} or {(n, *one)}")
    return table
