"""Rank correlations of unknowns as lower triangles (a Gaussian copula).

Spearman's rank correlation ρ of two continuous variables is reached by normals with the
correlation ``2·sin(π·ρ/6)`` (Pearson 1907; exact under a Gaussian copula). Unknowns that hang
together form a group; within it the triangle follows the order of their names, so that an unknown
that joins the theatre without being correlated changes nobody's draw.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence

from contingent.compile.program import Group
from contingent.errors import SettingError

PI_SIXTH = 0.5235987755982988


def normal_correlation(rank: float) -> float:
    """Correlation of normals whose rank correlation is `rank`.

    >>> normal_correlation(1.0), round(normal_correlation(0.5), 6)
    (1.0, 0.517638)
    """
    if abs(rank) == 1.0:
        return rank
    x = PI_SIXTH * rank
    term, total = x, x
    for k in range(1, 12):
        term *= -x * x / ((2 * k) * (2 * k + 1))
        total += term
    return 2.0 * total


def groups(pairs: Mapping[tuple[str, str], float], columns: Mapping[str, int]) -> tuple[Group, ...]:
    """Sort correlated unknowns into groups and factorise each.

    Parameters
    ----------
    pairs : names of two unknowns to their rank correlation
    columns : name to column in θ

    Raises
    ------
    SettingError
        if the correlations contradict each other (no such joint distribution exists).
    """
    found = []
    for members in _components(pairs):
        matrix = [[_entry(pairs, one, other) for other in members] for one in members]
        factor = _triangle(matrix, members)
        found.append(Group(tuple(columns[name] for name in members), factor))
    return tuple(found)


def _entry(pairs: Mapping[tuple[str, str], float], one: str, other: str) -> float:
    if one == other:
        return 1.0
    rank = pairs.get((one, other), pairs.get((other, one), 0.0))
    return normal_correlation(rank)


def _components(pairs: Iterable[tuple[str, str]]) -> list[list[str]]:
    """Names that hang together, each component sorted, components by their first name."""
    group: dict[str, set[str]] = {}
    for one, other in pairs:
        joined = group.get(one, {one}) | group.get(other, {other})
        for name in joined:
            group[name] = joined
    distinct = {id(members): sorted(members) for members in group.values()}
    return sorted(distinct.values())


def _triangle(
    matrix: Sequence[Sequence[float]], members: list[str]
) -> tuple[tuple[float, ...], ...]:
    """Cholesky factor, row by row (Cholesky-Banachiewicz); singular matrices are allowed."""
    rows: list[list[float]] = []
    for i, wanted in enumerate(matrix):
        row: list[float] = []
        for j in range(i):
            rest = wanted[j]
            for k in range(j):
                rest -= row[k] * rows[j][k]
            row.append(rest / rows[j][j] if rows[j][j] > 0.0 else 0.0)
        left = wanted[i]
        for value in row:
            left -= value * value
        if left < -1e-9:
            raise SettingError(
                "correlations",
                f"rank correlations of {', '.join(members)} that cannot hold together",
                "a set that some joint distribution has",
                "weaken one of them",
            )
        row.append(math.sqrt(max(left, 0.0)))
        rows.append(row)
    return tuple(tuple(row) for row in rows)
