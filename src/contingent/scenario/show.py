"""Print a scenario's forms: the document as put together, and the specification it became."""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from contingent.errors import ScenarioError
from contingent.scenario.document import Location
from contingent.scenario.faults import Mark
from contingent.scenario.fields import Spec
from contingent.scenario.located import Layout
from contingent.scenario.naming import keys_of, written_key
from contingent.scenario.parts import read_parts
from contingent.scenario.phrases import phrase
from contingent.scenario.quantities import Quantity
from contingent.scenario.types import Scenario
from contingent.scenario.written import NUMBER

_BARE = re.compile(r"[A-Za-z][A-Za-z0-9_./-]*\Z")
_WORDS = ("null", "true", "false")
COLUMN = 72
"""Where the origin of a line is printed, if the line leaves room."""


def show_document(name: str | Path) -> str:
    """Return the theatre and the argument as one normalised YAML text.

    ``extends`` and ``patch`` are carried out; every line says in a comment from which file and line
    it comes.

    Raises
    ------
    ScenarioError
        if a part cannot be read or put together.
    """
    parts = read_parts(name)
    if parts.faults:
        raise ScenarioError(parts.faults)
    layouts = [layout for layout in (parts.theatre, parts.argument) if layout is not None]
    return "---\n".join("".join(f"{line}\n" for line in _document(item)) for item in layouts)


def _document(layout: Layout) -> Iterator[str]:
    for key, value in layout.data.items():
        yield from _entry(layout, (key,), f"{_scalar(key)}:", value, "")


def _entry(layout: Layout, location: Location, head: str, value: Any, indent: str) -> Iterator[str]:
    """Lines of one entry: `head` is its key with a colon, or the dash of a list."""
    mark = layout.mark(location)
    if isinstance(value, Mapping) and value:
        yield _line(f"{indent}{head}", mark)
        for key, item in value.items():
            yield from _entry(layout, (*location, key), f"{_scalar(key)}:", item, f"{indent}  ")
    elif isinstance(value, list) and any(isinstance(item, Mapping | list) for item in value):
        yield _line(f"{indent}{head}", mark)
        for position, item in enumerate(value):
            yield from _item(layout, (*location, position), item, f"{indent}  ")
    else:
        yield _line(f"{indent}{head} {_inline(value)}", mark)


def _item(layout: Layout, location: Location, item: Any, indent: str) -> Iterator[str]:
    """Lines of one entry of a list."""
    if not isinstance(item, Mapping) or not item:
        yield _line(f"{indent}- {_inline(item)}", layout.mark(location))
        return
    lines = [
        line
        for key, value in item.items()
        for line in _entry(layout, (*location, key), f"{_scalar(key)}:", value, f"{indent}  ")
    ]
    yield f"{indent}- {lines[0][len(indent) + 2 :]}"
    yield from lines[1:]


def _line(text: str, mark: Mark) -> str:
    return f"{text.ljust(COLUMN)}  # {Path(mark.file).name}:{mark.line}"


def _inline(value: Any) -> str:
    if isinstance(value, Mapping):
        inner = ", ".join(f"{_scalar(key)}: {_inline(item)}" for key, item in value.items())
        return f"{{{inner}}}"
    if isinstance(value, list):
        return f"[{', '.join(_inline(item) for item in value)}]"
    return _scalar(value)


def _scalar(value: Any) -> str:
    """Return a scalar so that reading it gives the same value."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, float):
        special = {"nan": ".nan", "inf": ".inf", "-inf": "-.inf"}
        return special.get(str(value), repr(value))
    if isinstance(value, int):
        return str(value)
    text = str(value)
    interval = re.fullmatch(rf"{NUMBER} to {NUMBER}", text)
    if interval or (_BARE.match(text) and text.lower() not in _WORDS):
        return text
    return json.dumps(text, ensure_ascii=False)


def show_spec(scenario: Scenario) -> str:
    """Return the specification as text: every entry, every number with unit and footing."""
    lines = [f"theatre {scenario.theatre.theatre}", *_spec(scenario.theatre, "  ")]
    if scenario.argument is not None:
        lines += ["", f"argument {scenario.argument.argument}", *_spec(scenario.argument, "  ")]
    return "\n".join(lines) + "\n"


def _spec(entry: Spec, indent: str) -> Iterator[str]:
    model = type(entry)
    for field in model.model_fields:
        yield from _field(written_key(model, field), getattr(entry, field), indent)


def _field(key: str, value: Any, indent: str) -> Iterator[str]:
    if value is None or value in ((), {}):
        return
    if isinstance(value, Quantity):
        own = "" if f"kinds.{key}" == value.name else value.name
        yield f"{indent}{key}: {phrase(value)}{_footing(value, own)}"
    elif isinstance(value, Spec):
        yield f"{indent}{key}:"
        yield from _spec(value, f"{indent}  ")
    elif isinstance(value, Mapping):
        yield f"{indent}{key}:"
        for name, item in value.items():
            yield from _field(str(name), item, f"{indent}  ")
    elif isinstance(value, tuple) and isinstance(value[0], Spec):
        yield f"{indent}{key}:"
        for name, item in zip(keys_of(value), value, strict=True):
            yield from _field(name, item, f"{indent}  ")
    else:
        shown = ", ".join(map(str, value)) if isinstance(value, tuple) else _plain(value)
        yield f"{indent}{key}: {shown}"


def _plain(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value)


def _footing(quantity: Quantity, name: str) -> str:
    """Return basis and source, and before them the name of a number that all of a kind share."""
    shared = name if name.startswith("kinds.") else None
    shown = "; ".join(item for item in (shared, quantity.basis, quantity.source) if item)
    return f"  ({shown})" if shown else ""
