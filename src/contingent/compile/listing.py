"""Plain tables of text, and a program printed table by table with its names."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import product
from typing import Any

import numpy as np

from contingent.compile.pointers import POINTERS, WORDS
from contingent.compile.program import Program
from contingent.reference import layout


def listing(title: str, headings: Sequence[str], rows: Iterable[Sequence[Any]]) -> str:
    """Lay rows out in columns under a title.

    >>> print(listing("Totals", ("who", "men"), [("north", 5)]))
    Totals
      who    men
      north  5
    """
    cells = [[str(cell) for cell in row] for row in rows]
    if not cells:
        return f"{title}: none"
    table = [list(headings), *cells]
    widths = [max(len(row[i]) for row in table) for i in range(len(headings))]
    lines = ["  ".join(cell.ljust(widths[i]) for i, cell in enumerate(row)) for row in table]
    return "\n".join([title, *(f"  {line}".rstrip() for line in lines)])


def program_text(program: Program) -> str:
    """Print a program: sizes, rules, every table with names, unknowns, series."""
    sizes = ", ".join(f"{letter} {size}" for letter, size in program.sizes.items())
    rules = ", ".join(f"{rule} {option}" for rule, option in program.choices().items())
    parts = [
        f"program {program.name}, digest {program.digest}",
        f"{program.days} days from {program.names.start}; sizes: {sizes}",
        f"rules: {rules}",
    ]
    for table in (*layout.STRUCTURE_TABLES, *layout.PARAMETER_TABLES):
        if table.name not in ("choice", "series_observable", "series_first", "series_second"):
            parts.append("\n".join(table_lines(program, table)))
    parts.append(
        listing(
            "unknowns",
            ("name", "distribution", "parameters", "unit", "basis"),
            [
                (one.name, one.distribution, _numbers(one.parameters), one.unit, one.basis or "-")
                for one in program.unknowns
            ],
        )
    )
    parts.append("\n".join(["derived", *(f"  {one}"[:200] for one in program.derived)]))
    parts.append("\n".join(["series", *(f"  {one}" for one in program.series)]))
    return "\n\n".join(parts)


def table_lines(program: Program, table: layout.Table) -> Iterator[str]:
    """One table: its commonest value once, then every cell that differs or is unknown."""
    values = program.table(table.name)
    axes = [_labels(letter, program) for letter in table.dimensions]
    dimensions = " by ".join(DIMENSIONS[letter] for letter in table.dimensions)
    yield f"{table.name} ({dimensions or 'one'}): {table.says}"
    if values.size == 0:
        yield "  (empty)"
        return
    bound = program.bindings(table.name) if table in layout.PARAMETER_TABLES else {}
    flat = values.ravel().tolist()
    common = Counter(v for i, v in enumerate(flat) if i not in bound).most_common(1)
    usual = common[0][0] if common and common[0][1] > 1 else None
    for index, labels in enumerate(product(*axes)):
        shown = _shown(program, table.name, flat[index])
        if index in bound:
            shown = f"{shown} <- {_column(program, *bound[index])}"
        if index in bound or flat[index] != usual:
            yield f"  {', '.join(labels)}: {shown}"
    if usual is not None:
        yield f"  elsewhere: {_shown(program, table.name, usual)}"


def _shown(program: Program, table: str, value: float) -> str:
    """A cell as a reader wants it: the name that it points at, a word, or the number."""
    if table in WORDS:
        return WORDS[table][int(value)]
    if table not in POINTERS:
        return f"{value:g}"
    return "-" if value < 0 else _labels(POINTERS[table], program)[int(value)]


DIMENSIONS = {
    "A": "actor",
    "P": "place",
    "R": "route",
    "B": "bloc",
    "K": "kind",
    "W": "column",
    "G": "road",
    "N": "shock",
    "H": "memory",
    "L": "plan",
    "D": "deadline",
    "Q": "need",
    "X": "option",
    "Y": "trigger",
    "Z": "permission",
    "V": "blocker",
    "C": "ceasefire",
    "E": "evacuation",
    "U": "duty",
    "S": "series",
    "M": "mechanism",
    "J": "rule",
    "O": "model",
}


def _labels(letter: str, program: Program) -> Sequence[str]:
    names = program.names
    known: dict[str, Sequence[str]] = {
        "A": names.actors,
        "P": names.places,
        "B": names.blocs,
        "R": [name for name, _, _ in names.routes],
        "C": [name for name, _, _ in names.ceasefires],
        "K": layout.COMMITMENT_KINDS,
        "G": layout.ROAD_CLASSES,
        "M": layout.MECHANISMS,
        "N": names.shocks,
        "L": names.plans,
        "D": names.deadlines,
        "X": names.options,
        "U": names.duties,
    }
    return known.get(letter, [str(i) for i in range(program.sizes[letter])])


def _column(program: Program, column: int, scale: float) -> str:
    first = len(program.unknowns)
    factor = "" if scale == 1.0 else f" * {scale:g}"
    if column < first:
        return program.unknowns[column].name + factor
    return f"derived.{column - first}{factor}"


def _numbers(values: Iterable[float]) -> str:
    return ", ".join(np.format_float_positional(v, precision=4, trim="-") for v in values)
