"""Writes ``layout.h``, the tables of the C++ core, from the reference engine's table list.

CMake runs ``python generate_layout.py REFERENCE_FOLDER OUTPUT_H`` before compiling. The reference's
files are loaded by their paths, because the package is not yet installed then.
"""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from types import ModuleType
from typing import Any

#: Words a table may not be called in C++; the member then gets an underscore.
KEYWORDS = {"static"}

PREFACE = """\
// Written by generate_layout.py from reference/layout.py and reference/tables.py. Do not edit.
#pragma once

#include <cstdint>

#include "grid.h"

namespace contingent {
"""


def load(name: str, folder: Path) -> ModuleType:
    """Load a module of the reference from its file without importing the packages around it."""
    path = folder / f"{name}.py"
    spec = importlib.util.spec_from_file_location(f"contingent.reference.{name}", path)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def fixed_sizes(layout: ModuleType) -> dict[str, int]:
    """Dimensions that no scenario changes."""
    return {
        "K": len(layout.COMMITMENT_KINDS),
        "W": layout.COLUMNS_PER_ACTOR,
        "G": len(layout.ROAD_CLASSES),
        "H": layout.SHOCK_MEMORY,
        "M": len(layout.MECHANISMS),
        "J": len(layout.STRUCTURE),
        "O": 1,
    }


def constants(layout: ModuleType) -> dict[str, int]:
    """Every whole number of the layout with a name in capitals, and one name an observable."""
    found = {
        name: value
        for name, value in vars(layout).items()
        if name.isupper() and type(value) is int and not name.startswith("_")
    }
    for number, name in enumerate(layout.OBSERVABLES):
        found["OBSERVE_" + name.upper()] = number
    return found


def member(name: str) -> str:
    """What the table is called in C++."""
    return name + "_" if name in KEYWORDS else name


def declaration(table: Any, cell: str) -> str:
    """The member that stands for a table."""
    name, dimensions, says = member(table.name), table.dimensions, table.says
    if dimensions == "O":
        kind = "double "
    elif len(dimensions) == 1:
        kind = cell + "* "
    else:
        kind = ("Grid" if len(dimensions) == 2 else "Cube") + f"<{cell}> "
    return f"    {kind}{name};  // {dimensions}: {says}"


def cells(table: Any) -> str:
    """C++ expression for the number of cells of a table."""
    return " * ".join(f"t.{letter}" for letter in table.dimensions)


def binding(table: Any) -> str:
    """The lines that point a member at the next cells of a block; a gap shows who leaves them."""
    name, dimensions = member(table.name), table.dimensions
    if dimensions == "O":
        value = "*next"
    elif len(dimensions) == 1:
        value = "next"
    elif len(dimensions) == 2:
        value = f"{{next, t.{dimensions[1]}}}"
    else:
        value = f"{{next, t.{dimensions[1]} * t.{dimensions[2]}, t.{dimensions[2]}}}"
    return f"    t.{name} = {value};\n    next += {cells(table)} + gap;"


def listing(name: str, first: str, second: str, rows: Mapping[str, str]) -> str:
    """An array of pairs, for whoever asks what the core was built for."""
    lines = "\n".join(f"    {{{key}, {value}}}," for key, value in rows.items())
    return f"""
inline constexpr struct {{
    {first};
    {second};
}} {name}[] = {{
{lines}
}};"""


def group(name: str, tables: Iterable[Any], cell: str, constant: bool) -> str:
    """Names, size and binding of one group of tables."""
    tables = list(tables)
    kind = name.upper() + "_TABLES"
    listed = "\n".join(f'    {{"{table.name}", "{table.dimensions}"}},' for table in tables)
    total = "\n".join(f"    total += {cells(table)};" for table in tables)
    bound = "\n".join(binding(table) for table in tables)
    block = ("const " if constant else "") + cell
    return f"""
inline constexpr TableName {kind}[] = {{
{listed}
}};

inline Size {name}_cells(const Sizes& t) {{
    Size total = 0;
{total}
    return total;
}}

inline void bind_{name}(Tables& t, {block}* next, Size gap = 0) {{
{bound}
}}
"""


def write(layout: ModuleType) -> str:
    """The whole header."""
    fixed = fixed_sizes(layout)
    groups = (
        ("structure", layout.STRUCTURE_TABLES, "Cell", True),
        ("parameter", layout.PARAMETER_TABLES, "double", True),
        ("state_float", layout.STATE_FLOATS, "double", False),
        ("state_int", layout.STATE_INTS, "Cell", False),
    )
    used = {letter for _, tables, _, _ in groups for table in tables for letter in table.dimensions}
    free = sorted(used - set(fixed))
    parts = [PREFACE]
    named = constants(layout)
    parts += [f"inline constexpr int {name} = {value};" for name, value in named.items()]
    parts.append(
        listing("CONSTANTS", "const char* name", "int value", {f'"{n}"': n for n in named})
    )
    parts.append("\n// Sizes of a scenario; those that no scenario changes are constants.")
    parts.append("struct Sizes {")
    parts += [f"    Size {letter};" for letter in free]
    parts += [f"    static constexpr Size {letter} = {size};" for letter, size in fixed.items()]
    parts.append("};")
    pointers = {f"'{letter}'": f"&Sizes::{letter}" for letter in free}
    parts.append(listing("FREE_SIZES", "char letter", "Size Sizes::*size", pointers))
    numbers = {f"'{letter}'": str(size) for letter, size in fixed.items()}
    parts.append(listing("FIXED_SIZES", "char letter", "Size size", numbers))
    parts.append("\nstruct Tables : Sizes {")
    for _, tables, cell, constant in groups:
        parts += [declaration(table, ("const " if constant else "") + cell) for table in tables]
    parts.append("};")
    parts += [group(*one) for one in groups]
    parts.append("}  // namespace contingent\n")
    return "\n".join(parts)


if __name__ == "__main__":
    reference, target = map(Path, sys.argv[1:])
    load("tables", reference)  # which the layout imports
    target.write_text(write(load("layout", reference)), encoding="utf-8")
