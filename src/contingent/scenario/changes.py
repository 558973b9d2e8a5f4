"""List a scenario's quantities and change them by dotted name: what-ifs, explanations, patches in
code.

A change is written as in a what-if: ``* 2``, ``+ 100``, a number or any quantity; entries that are
not numbers (``routes.ford-mill.open``) take a plain value. A number that comes from a kind's prior
may be changed at one place: it stays tied to the shared unknown and differs by the change alone.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from typing import Any

from pydantic import TypeAdapter, ValidationError

from contingent.errors import QuantityError, SettingError
from contingent.scenario.faults import nearest
from contingent.scenario.fields import Measure, Spec, Switch, written_fields
from contingent.scenario.naming import OMITTED, keys_of, map_quantities, walk_quantities
from contingent.scenario.priors import measure_of
from contingent.scenario.quantities import UNSET, Quantity
from contingent.scenario.types import Scenario, Theatre
from contingent.scenario.written import change, read_quantity


def quantities(spec: Scenario | Theatre) -> dict[str, Quantity]:
    """Every quantity of a scenario by its dotted name, in file order, each shared one once."""
    theatre = spec.theatre if isinstance(spec, Scenario) else spec
    parts: list[Any] = [theatre]
    if isinstance(spec, Scenario) and spec.argument is not None:
        parts.append(spec.argument)
    found: dict[str, Quantity] = {}
    for part in parts:
        for _, quantity in walk_quantities(part):
            if quantity is not UNSET:
                found.setdefault(quantity.name, quantity)
    return found


def names(spec: Scenario | Theatre) -> dict[str, Quantity]:
    """Every dotted name that leads to a number, also where the number is shared by a kind."""
    theatre = spec.theatre if isinstance(spec, Scenario) else spec
    return dict(walk_quantities(theatre))


def replace(scenario: Scenario, changes: Mapping[str, Any]) -> Scenario:
    """Return the scenario with changed entries of its theatre.

    Parameters
    ----------
    scenario : left as it is
    changes : dotted name to change; the prefix ``actors.`` may be left out or written

    Raises
    ------
    SettingError
        if a name leads nowhere (names the nearest one) or a value does not fit.
    """
    theatre = scenario.theatre
    for dotted, written in changes.items():
        theatre = _replace_one(theatre, dotted.removeprefix(f"{OMITTED}."), written)
    return dataclasses.replace(scenario, theatre=theatre)


def _replace_one(theatre: Theatre, dotted: str, written: Any) -> Theatre:
    if dotted.startswith("kinds."):
        return _replace_shared(theatre, dotted, written)
    parts = dotted.split(".")
    if parts[0] not in written_fields(Theatre):
        parts = [OMITTED, *parts]
    changed: Theatre = _within(theatre, parts, dotted, written, theatre)
    return changed


def _replace_shared(theatre: Theatre, dotted: str, written: Any) -> Theatre:
    """Change the prior of a kind wherever it stands."""
    if dotted.removeprefix("kinds.") not in theatre.kinds:
        _lost(dotted, theatre)
    new = _changed(theatre.kinds[dotted.removeprefix("kinds.")], dotted, written)

    def exchange(quantity: Quantity, _: str) -> Quantity:
        return new if quantity.name == dotted else quantity

    changed: Theatre = map_quantities(theatre, exchange)
    return changed


def _within(entry: Any, parts: list[str], dotted: str, written: Any, theatre: Theatre) -> Any:
    """Rebuild `entry` with the part that `parts` lead to changed."""
    if isinstance(entry, Spec):
        return _within_spec(entry, parts, dotted, written, theatre)
    keys: list[str] = []
    if isinstance(entry, Mapping):
        keys = [str(key) for key in entry]
    elif isinstance(entry, tuple):
        keys = keys_of(entry)
    for taken in range(len(parts), 0, -1):
        key = ".".join(parts[:taken])
        if key in keys:
            return _within_entries(entry, key, keys, parts[taken:], dotted, written, theatre)
    return _lost(dotted, theatre)


def _within_entries(
    entry: Any,
    key: str,
    keys: list[str],
    rest: list[str],
    dotted: str,
    written: Any,
    theatre: Theatre,
) -> Any:
    position = keys.index(key)
    old = entry[key] if isinstance(entry, Mapping) else entry[position]
    if rest:
        new = _within(old, rest, dotted, written, theatre)
    elif isinstance(old, Quantity):
        new = _changed(old, dotted, written)
    elif isinstance(old, bool):
        new = _plain(Switch, dotted, written)
    else:
        return _lost(dotted, theatre)
    if isinstance(entry, Mapping):
        return {**entry, key: new}
    return (*entry[:position], new, *entry[position + 1 :])


def _within_spec(entry: Spec, parts: list[str], dotted: str, written: Any, theatre: Theatre) -> Any:
    model = type(entry)
    fields = {info.alias or name: name for name, info in model.model_fields.items()}
    if parts[0] not in fields:
        return _lost(dotted, theatre)
    field = fields[parts[0]]
    old = getattr(entry, field)
    measure = measure_of(model, field)
    if old is None and len(parts) > 1:
        raise SettingError(
            dotted,
            f"a part of {parts[0]!r}, which the entry does not have in this theatre",
            f"an entry that has {parts[0]!r}",
            f"write {parts[0]}: in the theatre first",
        )
    if len(parts) > 1:
        new = _within(old, parts[1:], dotted, written, theatre)
    elif isinstance(old, Quantity):
        new = _changed(old, dotted, written)
    elif measure is not None:
        new = _first(measure, dotted, written)
    else:
        new = _plain(written_fields(model)[parts[0]], dotted, written)
    return entry.model_copy(update={field: new})


def _changed(old: Quantity, dotted: str, written: Any) -> Quantity:
    """Quantity after a change; one that was shared by a kind becomes this entry's own."""
    try:
        new = change(old, written)
    except QuantityError as error:
        raise SettingError(dotted, error.found, error.expected, error.next_step) from None
    if old.name in ("", dotted):
        return new
    if new.parameters == old.parameters and new.distribution == old.distribution:
        return dataclasses.replace(
            new, distribution="shared", parameters=(), choices=(), unknown=old.name, name=dotted
        )
    return dataclasses.replace(new, name=dotted)


def _first(measure: Measure, dotted: str, written: Any) -> Quantity:
    """Quantity where there was none before."""
    try:
        return read_quantity(
            written, unit=measure.unit, low=measure.low, high=measure.high, name=dotted
        )
    except QuantityError as error:
        raise SettingError(dotted, error.found, error.expected, error.next_step) from None


def _plain(annotation: Any, dotted: str, written: Any) -> Any:
    """Value of a field that is not a number."""
    try:
        return TypeAdapter(annotation).validate_python(written)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        context = first.get("ctx", {})
        expected = str(context.get("expected", "a value that this entry takes"))
        raise SettingError(dotted, repr(written), expected) from None


def _lost(dotted: str, theatre: Theatre) -> Any:
    """Raise the error for a name that leads nowhere."""
    known = [*names(theatre), *(f"kinds.{name}" for name in theatre.kinds)]
    close = nearest(dotted, known)
    step = f"did you mean {close!r}?" if close else "`contingent show --as spec` lists the names"
    raise SettingError(dotted, "a name that leads to no entry", "the name of an entry", step)
