"""Fan charts: what is offered under the map, and the quantiles of an expression day by day."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from contingent.analysis.chunks import chunk_paths
from contingent.claims.evaluate import series
from contingent.compile.called import called_in
from contingent.language import parse_expression, sort_of
from contingent.scenario.types import Theatre
from contingent.simulate.store import SERIES_TOGETHER
from contingent.simulate.study import Study, unit_of

__all__ = ["QUANTILES", "fan", "fans", "observables_of"]

QUANTILES = (5, 25, 50, 75, 95)
_OFFERED = ("fighters", "losses", "readiness", "commitment", "will", "sorties", "posture")
"""Recorded observables that say something when drawn over time, in the order of the menu."""
_LABELS = {
    "fighters": "fighters of {}", "losses": "losses of {}", "readiness": "readiness of {}",
    "commitment": "commitment of {} ({})", "will": "will of {}",
    "sorties": "sorties a day of {}", "posture": "share of mobile fighters attacking, {}",
    "columns": "columns of {}",
}  # fmt: skip


def observables_of(study: Study, theatre: Theatre) -> list[dict[str, str]]:
    """Return the expressions of which the study can draw a fan, with label and unit."""
    called = called_in(theatre)
    found = []
    for one in study.series:
        if one.observable in _OFFERED and len(one.args) <= 1 + (one.observable == "commitment"):
            label = _LABELS[one.observable].format(*(called.actor(arg) for arg in one.args))
            unit = unit_of(one.observable)
            found.append({"expression": str(one), "label": label, "unit": unit})
    order = {name: place for place, name in enumerate(_OFFERED)}
    return sorted(found, key=lambda row: order[row["expression"].partition("(")[0]])


def fan(study: Study, expression: str) -> NDArray[np.float32]:
    """Return quantiles over the futures, day by day.

    Parameters
    ----------
    study
    expression : a number of the predicate language, or something true or false, of which the five
        rows are then the share of futures in which it holds

    Returns
    -------
    (5, day) float32
        5th, 25th, 50th, 75th and 95th percentile, in the unit of the expression.

    Raises
    ------
    ClaimError
        If the expression cannot be read.
    StudyError
        If the study did not record it.
    """
    formula = parse_expression(expression, study.names.vocabulary())
    parts: list[NDArray[Any]] = [series(formula, paths) for paths in chunk_paths(study)]
    values = np.concatenate(parts).astype(np.float64)
    if sort_of(formula) == "truth":
        return np.tile(values.mean(axis=0), (len(QUANTILES), 1)).astype(np.float32)
    return np.percentile(values, QUANTILES, axis=0).astype(np.float32)


def fans(study: Study, expressions: Sequence[str]) -> dict[str, NDArray[np.float32]]:
    """Return the fans of recorded series by ``fan:EXPRESSION``, those left out that never vary.

    Parameters
    ----------
    study
    expressions : names of recorded series
    """
    rows = {str(one): row for row, one in enumerate(study.series)}
    stored = study.array("recorded")
    found: dict[str, NDArray[np.float32]] = {}
    read: tuple[int, NDArray[Any]] | None = None
    for expression in sorted(expressions, key=rows.__getitem__):
        row = rows[expression]
        first = row - row % SERIES_TOGETHER
        if read is None or read[0] != first:
            block = np.asarray(stored[: study.futures, first : first + SERIES_TOGETHER, :])
            read = (first, block)
        bands = np.percentile(read[1][:, row - first], QUANTILES, axis=0).astype(np.float32)
        if np.ptp(bands) > 0.0:
            found[f"fan:{expression}"] = bands
    return {name: found[name] for name in map("fan:{}".format, expressions) if name in found}
