"""The sliders: levers of the file's what-ifs first, then the unknowns that move most claims."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np

from contingent.compile.called import called_in
from contingent.scenario import changes
from contingent.scenario.quantities import Quantity, middle
from contingent.scenario.types import Scenario
from contingent.simulate.study import Study

__all__ = ["lever_rows"]

LEAST, MOST = 0.25, 4.0
"""Factors at the ends of a slider."""
MOVING = 8
STEPS = 40
Row = dict[str, Any]


def lever_rows(scenario: Scenario, study: Study, moving: Sequence[str]) -> list[Row]:
    """Return the sliders.

    A lever that a what-if multiplies is a factor; one that it sets, or an unknown that moves
    claims, is a value between what bounds it: its own range where it has one, else what it took in
    the futures, widened to what the what-if sets.

    Parameters
    ----------
    scenario, study
    moving : dotted names of the unknowns that move most
    """
    known = changes.names(scenario.theatre)
    rows: dict[str, Row] = {}
    what_ifs = {} if scenario.argument is None else scenario.argument.what_if
    for entry in what_ifs.values():
        for dotted, change in entry.do.items():
            name = dotted.removeprefix("actors.")
            if name in known:
                row = _of_change(name, change, known[name], scenario)
                rows[name] = _wider(rows.get(name), row) if row else rows.get(name, {})
    rows = {name: row for name, row in rows.items() if row}
    for name in moving:
        if name not in rows and name in known and len(rows) < len(what_ifs) * 3 + MOVING:
            row = _of_futures(name, known[name], study, scenario)
            if row:
                rows[name] = row
    return list(rows.values())


def _of_change(name: str, change: Any, quantity: Quantity, scenario: Scenario) -> Row | None:
    text = str(change).strip()
    if text.startswith("*"):
        factor = _number(text[1:])
        if factor is None:
            return None
        return _row(name, quantity, scenario, "factor", min(LEAST, factor), max(MOST, factor), 1.0)
    value = _number(text.replace("_", ""))
    usual = middle(quantity)
    if value is None or not math.isfinite(usual):
        return None
    low = quantity.low if math.isfinite(quantity.low) else min(0.0, value, usual)
    high = quantity.high if math.isfinite(quantity.high) else 1.25 * max(value, usual)
    return _row(name, quantity, scenario, "value", low, high, usual)


def _of_futures(name: str, quantity: Quantity, study: Study, scenario: Scenario) -> Row | None:
    column = next((i for i, one in enumerate(study.manifest.columns) if one["name"] == name), None)
    if column is None or quantity.choices:
        return None
    low, usual, high = np.percentile(study.thetas[:, column], (1, 50, 99)).tolist()
    if not low < usual < high:
        return None
    return _row(name, quantity, scenario, "value", low, high, usual)


def _row(
    name: str, quantity: Quantity, scenario: Scenario, kind: str, low: float, high: float,
    value: float,
) -> Row:  # fmt: skip
    return {
        "name": name,
        "says": label(name, scenario),
        "unit": "" if kind == "factor" or quantity.unit == "1" else quantity.unit,
        "kind": kind,
        "low": rounded(low),
        "high": rounded(high),
        "value": rounded(value),
        "step": rounded((high - low) / STEPS) if kind == "value" else 0.05,
    }


def _wider(one: Row | None, other: Row) -> Row:
    """Return a slider that reaches what either does; the first says whether it is a factor."""
    if one is None or one["kind"] != other["kind"]:
        return one or other
    return one | {
        "low": min(one["low"], other["low"]),
        "high": max(one["high"], other["high"]),
        "step": max(one["step"], other["step"]),
    }


def label(dotted: str, scenario: Scenario) -> str:
    """Return a dotted name in words a reader knows.

    ``north.air.sorties_per_day`` becomes "Northern forces: air, sorties per day".
    """
    called = called_in(scenario.theatre)
    first, *rest = dotted.split(".")
    if first == "places" and rest:
        first, rest = called.place(rest[0]), rest[1:]
    first = called.actor(first)
    said = ", ".join(_words(part, (called.actors, called.places)) for part in rest)
    return f"{first[:1].upper()}{first[1:]}: {said}" if said else first


def _words(part: str, names: Iterable[Mapping[str, str]]) -> str:
    for known in names:
        if part in known:
            return known[part]
    return part.replace("_", " ").replace("-", " ")


def _number(text: str) -> float | None:
    try:
        value = float(text.strip())
    except ValueError:
        return None
    return value if math.isfinite(value) else None


def rounded(value: float, digits: int = 4) -> float:
    """Return a number with so many digits.

    >>> rounded(0.123456), rounded(123456.0), rounded(0.0)
    (0.1235, 123500.0, 0.0)
    """
    if value == 0.0 or not math.isfinite(value):
        return value
    return round(value, digits - 1 - math.floor(math.log10(abs(value))))
