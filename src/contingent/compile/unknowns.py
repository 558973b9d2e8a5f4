"""Unknowns: from counters to normals, from normals to correlated values.

The draw of an unknown is a pure function of the root seed, the number of the future and the
unknown's dotted name (its CRC-32 is the entity), so that an unknown that is added, dropped or
moved changes no other one, and a what-if shares its draws with the original. Values come from
whitened normals: a lower triangle correlates them, then each goes through the quantile function
of its distribution. All sums run in a fixed order and all functions are our own: the bits are the
same everywhere.
"""

from __future__ import annotations

import zlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray

from contingent import streams
from contingent.arithmetic import (
    beta_quantile,
    choice_quantile,
    exp_array,
    log_array,
    logistic_array,
    logit_array,
    normal_cdf_array,
)
from contingent.compile.expressions import Floats, evaluate
from contingent.compile.program import Program, Unknown
from contingent.scenario.quantities import Z95

UNKNOWNS_WORD = 255
"""The mechanism's word of the counter; the engines use those of layout.MECHANISMS."""

Rows = list[Unknown]


def draw_unknowns(program: Program, key: streams.Key, futures: ArrayLike) -> Floats:
    """Draw θ for some futures.

    Parameters
    ----------
    program
    key : two 32-bit words made from the root seed
    futures : (n,) numbers of the futures, 0 <= number < 2**32

    Returns
    -------
    (n, columns) float
        Unknowns in the order of the program, then its derived numbers.
    """
    return unknowns_from_normals(program, draw_normals(program, key, futures))


def draw_normals(program: Program, key: streams.Key, futures: ArrayLike) -> Floats:
    """Draw independent standard normals, (n, unknowns), one for each unknown."""
    numbers = np.atleast_1d(np.asarray(futures, dtype=np.uint64))
    entities, draws = _counters([unknown.name for unknown in program.unknowns])
    if not len(entities):
        return np.zeros((len(numbers), 0))
    return streams.normals(key, numbers[:, None], 0, UNKNOWNS_WORD, entities, draws)


def _counters(names: Sequence[str]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Entity and draw of each name; names with the same CRC-32 take different draws."""
    entities = np.array([zlib.crc32(name.encode()) for name in names], dtype=np.int64)
    order: dict[int, list[str]] = defaultdict(list)
    for name, entity in sorted(zip(names, entities.tolist(), strict=True)):
        order[entity].append(name)
    draws = [order[e].index(n) for n, e in zip(names, entities.tolist(), strict=True)]
    return entities, np.array(draws, dtype=np.int64)


def unknowns_from_normals(program: Program, z: Floats) -> Floats:
    """Turn whitened normals (n, unknowns) into θ (n, columns)."""
    theta = np.empty((len(z), program.columns))
    _fill(program, theta, correlate(program, z), range(len(program.unknowns)))
    return theta


def moved_unknowns(program: Program, known: Program) -> list[int] | None:
    """Columns of the unknowns that differ from those of a known program.

    None where they cannot be compared: other unknowns, or other correlations.
    """
    names = [unknown.name for unknown in program.unknowns]
    others = [unknown.name for unknown in known.unknowns]
    if names != others or program.correlations != known.correlations:
        return None
    pairs = enumerate(zip(program.unknowns, known.unknowns, strict=True))
    return [column for column, (one, other) in pairs if one is not other and one != other]


def unknowns_beside(
    program: Program, normals: Floats, known: Floats, moved: Sequence[int]
) -> Floats:
    """Turn normals into θ where most of it is known already.

    Parameters
    ----------
    program
    normals : (n, unknowns), correlated
    known : (n, columns) θ of a known program
    moved : columns of the unknowns that differ there, as `moved_unknowns` finds them

    Returns
    -------
    (n, columns) float
        The bits of `unknowns_from_normals`.
    """
    theta = np.empty((len(normals), program.columns))
    theta[:, : len(program.unknowns)] = known[:, : len(program.unknowns)]
    _fill(program, theta, normals, moved)
    return theta


def _fill(program: Program, theta: Floats, normals: Floats, unknowns: Iterable[int]) -> None:
    """Write some unknowns, and all derived numbers, from correlated normals."""
    by_distribution: dict[str, list[int]] = defaultdict(list)
    for column in unknowns:
        by_distribution[program.unknowns[column].distribution].append(column)
    for distribution, columns in by_distribution.items():
        rows = [program.unknowns[column] for column in columns]
        drawn = QUANTILES[distribution](normals[:, columns], rows)
        theta[:, columns] = _changed(drawn, rows)
    first = len(program.unknowns)
    for position, expression in enumerate(program.derived):
        theta[:, first + position] = evaluate(expression, theta)


def correlate(program: Program, z: Floats) -> Floats:
    """Give independent normals the correlations of the program."""
    if not program.correlations:
        return z
    normals = z.copy()
    for group in program.correlations:
        for column, row in zip(group.columns, group.factor, strict=True):
            total = np.zeros(len(z))
            for factor, other in zip(row, group.columns, strict=False):
                total = total + factor * z[:, other]
            normals[:, column] = total
    return normals


def _changed(drawn: Floats, rows: Rows) -> Floats:
    """Apply ``clip(times * draw + plus, low, high)``."""
    times, plus = _column(rows, "times"), _column(rows, "plus")
    return np.clip(times * drawn + plus, _column(rows, "low"), _column(rows, "high"))


def _column(rows: Rows, attribute: str) -> Floats:
    return np.array([getattr(row, attribute) for row in rows], dtype=float)


def _pair(rows: Rows) -> tuple[Floats, Floats]:
    both = np.array([row.parameters for row in rows], dtype=float)
    return both[:, 0], both[:, 1]


def _between(z: Floats, low: Floats, high: Floats) -> Floats:
    """Normal whose 5th and 95th percentiles are `low` and `high`."""
    return (low + high) * 0.5 + (high - low) / (2.0 * Z95) * z


def _normal(z: Floats, rows: Rows) -> Floats:
    mean, deviation = _pair(rows)
    return mean + deviation * z


def _lognormal(z: Floats, rows: Rows) -> Floats:
    low, high = _pair(rows)
    return exp_array(_between(z, log_array(low), log_array(high)))


def _logit_normal(z: Floats, rows: Rows) -> Floats:
    low, high = _pair(rows)
    return logistic_array(_between(z, logit_array(low), logit_array(high)))


def _uniform(z: Floats, rows: Rows) -> Floats:
    low, high = _pair(rows)
    return low + (high - low) * normal_cdf_array(z)


def _beta(z: Floats, rows: Rows) -> Floats:
    u = normal_cdf_array(z)
    columns = [beta_quantile(u[:, i], *row.parameters) for i, row in enumerate(rows)]
    return np.stack(columns, axis=1)


def _choice(z: Floats, rows: Rows) -> Floats:
    u = normal_cdf_array(z)
    columns = [
        np.array(row.values)[choice_quantile(u[:, i], row.parameters)] for i, row in enumerate(rows)
    ]
    return np.stack(columns, axis=1)


QUANTILES: dict[str, Callable[[Floats, Rows], Floats]] = {
    "normal": _normal,
    "lognormal": _lognormal,
    "logitnormal": _logit_normal,
    "uniform": _uniform,
    "beta": _beta,
    "choice": _choice,
}
