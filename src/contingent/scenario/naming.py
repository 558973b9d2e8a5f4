"""Dotted names: how every entry and number of a scenario is called, in files, errors and commands.

An entry of a mapping is called by its key, an entry of a list by its `id` or by what it is about
(``routes.ford-mill``, ``relations.north-south``). The prefix ``actors.`` is left out:
``north.air.sorties_per_day``. The same rules apply to the written document and to the
specification.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from contingent.scenario.fields import Spec
from contingent.scenario.quantities import Quantity

Leaf = Callable[[Quantity, str], Quantity]
OMITTED = "actors"
"""First part of a name that may be left out."""


def part(entry: Any, key: str) -> Any:
    """Value of a key of a written mapping, or of a field of a specification."""
    if isinstance(entry, Mapping):
        return entry.get(key)
    attribute = {"from": "origin" if hasattr(entry, "origin") else "begins"}.get(key, key)
    return getattr(entry, attribute, None)


def keys_of(entries: Sequence[Any]) -> list[str]:
    """Names of the entries of a list, each distinct.

    >>> keys_of([{"between": ["a", "b"]}, {"id": "ring", "between": ["a", "c"]}])
    ['a-b', 'ring']
    >>> keys_of([{"at": "ford", "kind": "elite"}, {"at": "ford", "kind": "garrison"}])
    ['ford.elite', 'ford.garrison']
    >>> keys_of(["x", "y"])
    ['0', '1']
    """
    short = [_short_key(entry) for entry in entries]
    often = Counter(short)
    keys: dict[str, None] = {}
    for position, (entry, key) in enumerate(zip(entries, short, strict=True)):
        if key is None:
            name = str(position)
        elif often[key] == 1:
            name = key
        else:
            name = _longer_key(entry, key)
        keys[name if name not in keys else f"{name}.{position}"] = None
    return list(keys)


def _short_key(entry: Any) -> str | None:
    if not isinstance(entry, Mapping | Spec):
        return None
    for key in ("id", "between", "pair", "garrison", "target", "by", "actor", "at"):
        value = part(entry, key)
        if value in (None, ""):
            continue
        if key == "garrison":
            return f"{value}-{part(entry, 'besieger')}"
        if key in ("between", "pair"):
            return "-".join(map(str, value)) if isinstance(value, Sequence) else None
        return str(value)
    return None


def _longer_key(entry: Any, key: str) -> str:
    """Name of an entry whose short name is not distinct."""
    for more in ("kind", "from", "at"):
        value = part(entry, more)
        if value not in (None, "", key):
            return f"{key}.{value}"
    return key


def join(prefix: str, key: str) -> str:
    """Dotted name of a part of an entry."""
    if not prefix:
        return "" if key == OMITTED else key
    return f"{prefix}.{key}"


def written_key(model: type[Spec], field: str) -> str:
    """Key under which a field is written in a file."""
    return model.model_fields[field].alias or field


def map_quantities(entry: Any, change: Leaf, prefix: str = "") -> Any:
    """Rebuild a specification with `change(quantity, dotted name)` applied to every quantity."""
    if isinstance(entry, Quantity):
        return change(entry, prefix)
    if isinstance(entry, Spec):
        model = type(entry)
        updates = {}
        for field in model.model_fields:
            old = getattr(entry, field)
            new = map_quantities(old, change, join(prefix, written_key(model, field)))
            if new is not old:
                updates[field] = new
        return entry.model_copy(update=updates) if updates else entry
    if isinstance(entry, Mapping):
        changed = {
            key: map_quantities(item, change, join(prefix, str(key))) for key, item in entry.items()
        }
        return changed if any(changed[key] is not entry[key] for key in entry) else entry
    if isinstance(entry, tuple) and entry and isinstance(entry[0], Spec):
        names = keys_of(entry)
        items = tuple(
            map_quantities(item, change, join(prefix, name))
            for item, name in zip(entry, names, strict=True)
        )
        same = all(new is old for new, old in zip(items, entry, strict=True))
        return entry if same else items
    return entry


def walk_quantities(entry: Any, prefix: str = "") -> Iterator[tuple[str, Quantity]]:
    """Yield (field's dotted name, quantity) in file order; placeholders are not skipped."""
    if isinstance(entry, Quantity):
        yield prefix, entry
    elif isinstance(entry, Spec):
        model = type(entry)
        for field in model.model_fields:
            yield from walk_quantities(
                getattr(entry, field), join(prefix, written_key(model, field))
            )
    elif isinstance(entry, Mapping):
        for key, item in entry.items():
            yield from walk_quantities(item, join(prefix, str(key)))
    elif isinstance(entry, tuple) and entry and isinstance(entry[0], Spec):
        for name, item in zip(keys_of(entry), entry, strict=True):
            yield from walk_quantities(item, join(prefix, name))


def walk_specs(entry: Any, prefix: str = "") -> Iterator[tuple[str, Spec]]:
    """Yield (dotted name, entry) for every entry of a specification, outer ones first."""
    if isinstance(entry, Spec):
        yield prefix, entry
        model = type(entry)
        for field in model.model_fields:
            yield from walk_specs(getattr(entry, field), join(prefix, written_key(model, field)))
    elif isinstance(entry, Mapping):
        for key, item in entry.items():
            yield from walk_specs(item, join(prefix, str(key)))
    elif isinstance(entry, tuple) and entry and isinstance(entry[0], Spec):
        for name, item in zip(keys_of(entry), entry, strict=True):
            yield from walk_specs(item, join(prefix, name))
