"""Tables under construction: cells are set by name, unknowns are registered as they turn up."""

from __future__ import annotations

import math
from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from contingent.compile.expressions import Clipped, Column, Constant, Expression
from contingent.compile.names import Names
from contingent.compile.program import Unknown, offsets
from contingent.errors import SettingError
from contingent.reference import layout
from contingent.reference.state import table_size
from contingent.scenario.changes import names as named_quantities
from contingent.scenario.quantities import Quantity
from contingent.scenario.types import Theatre

DEEPEST_SHARING = 20
FLOORS = {
    "terrain": 0.01,
    "diameter": 0.01,
    "urban_speed": 1e-4,
    "field_speed": 1e-3,
    "front": 0.01,
    "sector": 0.1,
    "route_km": 0.01,
    "go_threshold": 0.01,
    "shock_decay": 0.1,
    "deadline_horizon": 1.0,
    "march_speed": 1.0,
    "front_density": 1.0,
    "distance_cost": 1.0,
    "supply_days": 0.5,
    "even_odds": 0.01,
}
"""Least values of tables by which an engine divides, in their units."""


class Tables:
    """Cells and unknowns of a program that is being compiled.

    Parameters
    ----------
    theatre : supplies shared unknowns and kinds
    names : sizes follow from it
    sizes : dimension letter to size
    """

    def __init__(self, theatre: Theatre, names: Names, sizes: Mapping[str, int]) -> None:
        self.names = names
        self.sizes = dict(sizes)
        self.structure: dict[str, NDArray[np.int32]] = {
            table.name: np.zeros([sizes[d] for d in table.dimensions], dtype=np.int32)
            for table in layout.STRUCTURE_TABLES
        }
        self.unknowns: dict[str, Unknown] = {}
        self.derived: dict[Expression, int] = {}
        self.bound: dict[int, Column | int] = {}
        self._offsets = offsets(sizes)
        cells = sum(table_size(t.dimensions, sizes) for t in layout.PARAMETER_TABLES)
        self.parameters = np.zeros(cells)
        self._theatre = theatre
        self._named: dict[str, Quantity] | None = None
        self._column: dict[str, int] = {}
        self._registered: list[Quantity] = []

    def set(self, table: str, cell: tuple[int, ...], value: Quantity | Expression | float) -> None:
        """Set one cell of a parameter table."""
        expression = self.read(value) if isinstance(value, Quantity) else value
        if isinstance(expression, float | int):
            expression = Constant(float(expression))
        expression = self._above_floor(table, expression)
        flat = self._flat(table, cell)
        self.bound.pop(flat, None)
        match expression:
            case Constant(number):
                if math.isnan(number):
                    name = value.name if isinstance(value, Quantity) else f"{table}{list(cell)}"
                    raise SettingError(name, "no number", "a number, or a prior for it")
                self.parameters[flat] = number
            case Column():
                self.bound[flat] = expression
            case _:
                self.bound[flat] = self.derived.setdefault(expression, len(self.derived))

    def fill(self, table: str, value: float) -> None:
        """Set every cell of a parameter table to one number."""
        start, dimensions = self._offsets[table]
        self.parameters[start : start + table_size(dimensions, self.sizes)] = value

    def read(self, quantity: Quantity) -> Expression:
        """Turn a quantity into an expression, registering its unknown."""
        return self._read(quantity, 0)

    def _flat(self, table: str, cell: tuple[int, ...]) -> int:
        start, dimensions = self._offsets[table]
        flat = 0
        for letter, index in zip(dimensions, cell, strict=True):
            flat = flat * self.sizes[letter] + index
        return start + flat

    def _read(self, quantity: Quantity, depth: int) -> Expression:
        if depth > DEEPEST_SHARING:
            raise SettingError(quantity.name, "an unknown shared in a circle", "a distribution")
        if quantity.certain:
            value = quantity.times * quantity.parameters[0] + quantity.plus
            return Constant(_clipped(value, quantity.low, quantity.high))
        if quantity.distribution == "shared":
            base = self._read(self._shared(quantity), depth + 1)
            return self._changed(base, quantity)
        return self._register(quantity)

    def _shared(self, quantity: Quantity) -> Quantity:
        """Find the quantity whose value another one takes."""
        dotted = quantity.unknown or ""
        section, _, rest = dotted.partition(".")
        found: Quantity | None
        if section == "unknowns":
            found = self._theatre.unknowns.get(rest)
        elif section == "kinds":
            found = self._theatre.kinds.get(rest)
        else:
            if self._named is None:
                self._named = named_quantities(self._theatre)
            found = self._named.get(dotted)
        if found is None:
            raise SettingError(quantity.name, f"the unknown {dotted!r}", "the name of an unknown")
        return found

    def _changed(self, base: Expression, quantity: Quantity) -> Expression:
        """``clip(times * base + plus, low, high)`` in its simplest form."""
        times, plus, low, high = quantity.times, quantity.plus, quantity.low, quantity.high
        least, most = self.support(base)
        ends = sorted((_scaled(least, times) + plus, _scaled(most, times) + plus))
        inside = low <= ends[0] and ends[1] <= high
        match base:
            case Constant(value):
                return Constant(_clipped(times * value + plus, low, high))
            case Column(index, scale) if inside and plus == 0.0:
                return Column(index, scale * times)
        return Clipped(base, times, plus, low, high)

    def _register(self, quantity: Quantity) -> Column:
        column = self._column.get(quantity.name)
        if column is not None and self._registered[column] is quantity:
            return Column(column)
        unknown = Unknown(
            quantity.name,
            quantity.distribution,
            quantity.parameters,
            quantity.values,
            quantity.times,
            quantity.plus,
            quantity.low,
            quantity.high,
            quantity.unit,
            quantity.source,
            quantity.basis,
        )
        known = self.unknowns.setdefault(quantity.name, unknown)
        if known != unknown:
            raise SettingError(quantity.name, "two meanings of one name", "one")
        if column is None:
            column = self._column[quantity.name] = len(self._registered)
            self._registered.append(quantity)
        return Column(column)

    def support(self, expression: Expression) -> tuple[float, float]:
        """Bounds within which an expression surely lies."""
        match expression:
            case Constant(value):
                return value, value
            case Column(index, scale):
                unknown = self._unknown(index)
                ends = sorted(_scaled(end, scale) for end in _support(unknown))
                return ends[0], ends[1]
            case Clipped(_, _, _, low, high):
                return low, high
        return -math.inf, math.inf

    def _unknown(self, column: int) -> Unknown:
        return self.unknowns[self._registered[column].name]

    def _above_floor(self, table: str, expression: Expression) -> Expression:
        floor = FLOORS.get(table)
        if floor is None:
            return expression
        if isinstance(expression, Constant):
            return Constant(max(expression.value, floor))
        if isinstance(expression, Column) and self.support(expression)[0] >= 0.0:
            unknown = self._unknown(expression.index)
            if unknown.distribution in ("lognormal", "logitnormal"):
                return expression
        if self.support(expression)[0] >= floor:
            return expression
        return Clipped(expression, low=floor)


def _clipped(value: float, low: float, high: float) -> float:
    return min(max(value, low), high)


def _scaled(value: float, times: float) -> float:
    """Product in which nothing times infinity is nothing."""
    return 0.0 if times == 0.0 else value * times


def _support(unknown: Unknown) -> tuple[float, float]:
    match unknown.distribution:
        case "lognormal":
            least, most = 0.0, math.inf
        case "logitnormal" | "beta":
            least, most = 0.0, 1.0
        case "uniform":
            least, most = unknown.parameters
        case "choice":
            least, most = min(unknown.values), max(unknown.values)
        case _:
            least, most = -math.inf, math.inf
    ends = sorted((_scaled(least, unknown.times), _scaled(most, unknown.times)))
    return (
        _clipped(ends[0] + unknown.plus, unknown.low, unknown.high),
        _clipped(ends[1] + unknown.plus, unknown.low, unknown.high),
    )
