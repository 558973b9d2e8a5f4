"""A program: a scenario as arrays, ready for either engine, with the names behind the numbers.

Three forms of a scenario exist, each frozen and printable: document, specification, program. A
program holds every table of :mod:`contingent.reference.layout`, the unknowns with their
distributions, and how the unknowns reach the tables. θ has one column for each unknown and after
them one for each derived number (see :mod:`contingent.compile.expressions`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from contingent.compile.expressions import Expression
from contingent.compile.names import Names
from contingent.identity import canonical_json, digest_arrays, digest_bytes
from contingent.reference import layout
from contingent.reference.state import table_size
from contingent.scenario.quantities import Distribution

Floats = NDArray[np.float64]
Integers = NDArray[np.int32]


@dataclass(frozen=True)
class Unknown:
    """One uncertain number; its value is ``clip(times * draw + plus, low, high)``.

    Attributes
    ----------
    name : dotted name; the draw hangs on it and on nothing else
    distribution, parameters, values : as in :mod:`contingent.scenario.quantities`
    unit, source, basis : for those who read it
    """

    name: str
    distribution: Distribution
    parameters: tuple[float, ...]
    values: tuple[float, ...]
    times: float
    plus: float
    low: float
    high: float
    unit: str
    source: str | None
    basis: str | None


@dataclass(frozen=True)
class Group:
    """Unknowns that are correlated with each other.

    Attributes
    ----------
    columns : columns in θ, in the order of their names
    factor : lower triangle that turns independent normals into correlated ones, row by row
    """

    columns: tuple[int, ...]
    factor: tuple[tuple[float, ...], ...]


@dataclass(frozen=True)
class Series:
    """One recorded column: an observable of the engine and the names it is about."""

    observable: str
    args: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"{self.observable}({', '.join(self.args)})"


@dataclass(frozen=True)
class OutsideEvent:
    """An event outside the theatre, judged rather than simulated.

    Attributes
    ----------
    probability : middle of the judged chance; None if nobody gave one
    settled, day : what is known of it by the fence: whether it happened, and the day; None, -1
    parents : events without which it cannot happen
    """

    name: str
    probability: float | None
    settled: bool | None
    day: int
    parents: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class Program:
    """What a future is made from.

    Attributes
    ----------
    name : name of the scenario
    names : names by index
    sizes : dimension letter to size
    days : number of days, day 0 included
    structure : table to int32 array, shaped by its dimensions
    parameters : (cells,) float, tables of ``layout.PARAMETER_TABLES`` one after the other; unknown
        cells hold their median
    unknowns, derived : what the columns of θ are
    theta_target, theta_slot, theta_scale : (bindings,); cell, column of θ and factor
    correlations : groups of correlated unknowns
    series : what is recorded besides holders and flags
    events : events outside the theatre
    """

    name: str
    names: Names
    sizes: Mapping[str, int]
    days: int
    structure: Mapping[str, Integers]
    parameters: Floats
    unknowns: tuple[Unknown, ...]
    derived: tuple[Expression, ...]
    theta_target: Integers
    theta_slot: Integers
    theta_scale: Floats
    correlations: tuple[Group, ...]
    series: tuple[Series, ...]
    events: tuple[OutsideEvent, ...] = ()

    @property
    def columns(self) -> int:
        """Number of columns of θ: unknowns, then derived numbers."""
        return len(self.unknowns) + len(self.derived)

    @cached_property
    def digest(self) -> str:
        """SHA-256 of all that a future hangs on, seed and engine apart."""
        return digest_bytes(canonical_json(self._identity()).encode())

    def _identity(self) -> dict[str, Any]:
        return {
            "layout": [[t.name, t.dimensions] for t in _ALL_TABLES],
            "observables": layout.OBSERVABLES,
            "names": self.names.to_plain(),
            "structure": digest_arrays(dict(self.structure)),
            "parameters": digest_arrays(
                {
                    "parameters": self.parameters,
                    "target": self.theta_target,
                    "slot": self.theta_slot,
                    "scale": self.theta_scale,
                }
            ),
            "unknowns": [repr(unknown) for unknown in self.unknowns],
            "derived": [repr(expression) for expression in self.derived],
            "correlations": [repr(group) for group in self.correlations],
            "series": [str(series) for series in self.series],
            "events": [repr(event) for event in self.events],
        }

    def table(self, name: str, theta: Floats | None = None) -> NDArray[Any]:
        """One table, shaped by its dimensions; with θ (columns,) the values of that future."""
        if name in self.structure:
            return self.structure[name]
        start, dimensions = offsets(self.sizes)[name]
        stop = start + table_size(dimensions, self.sizes)
        block = self.parameters[start:stop].copy()
        if theta is not None:
            inside = (self.theta_target >= start) & (self.theta_target < stop)
            block[self.theta_target[inside] - start] = (
                theta[self.theta_slot[inside]] * self.theta_scale[inside]
            )
        return block.reshape([self.sizes[letter] for letter in dimensions])

    def bindings(self, name: str) -> dict[int, tuple[int, float]]:
        """Unknown cells of a table: flat cell to column of θ and factor."""
        start, dimensions = offsets(self.sizes)[name]
        stop = start + table_size(dimensions, self.sizes)
        rows = zip(self.theta_target, self.theta_slot, self.theta_scale, strict=True)
        return {int(t) - start: (int(s), float(k)) for t, s, k in rows if start <= t < stop}

    def with_choice(self, structure: str, option: str) -> Program:
        """Return the program with another option of one structural rule."""
        choice = self.structure["choice"].copy()
        choice[tuple(layout.STRUCTURE).index(structure)] = layout.STRUCTURE[structure].index(option)
        return replace(self, structure={**self.structure, "choice": choice})

    def with_mechanism(self, mechanism: str, *, on: bool) -> Program:
        """Return the program with one mechanism switched on or off."""
        switched = self.structure["mechanism_on"].copy()
        switched[layout.MECHANISMS.index(mechanism)] = int(on)
        return replace(self, structure={**self.structure, "mechanism_on": switched})

    def choices(self) -> dict[str, str]:
        """Option in force of every structural rule."""
        picked = self.structure["choice"]
        return {
            name: options[int(picked[i])]
            for i, (name, options) in enumerate(layout.STRUCTURE.items())
        }


_ALL_TABLES = (
    *layout.STRUCTURE_TABLES,
    *layout.PARAMETER_TABLES,
    *layout.STATE_FLOATS,
    *layout.STATE_INTS,
)


def offsets(sizes: Mapping[str, int]) -> dict[str, tuple[int, str]]:
    """First cell and dimensions of every parameter table."""
    return {table.name: (start, table.dimensions) for table, start in _starts(sizes)}


def _starts(sizes: Mapping[str, int]) -> Iterator[tuple[layout.Table, int]]:
    start = 0
    for table in layout.PARAMETER_TABLES:
        yield table, start
        start += table_size(table.dimensions, sizes)
