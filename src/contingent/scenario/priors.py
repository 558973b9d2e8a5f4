"""Put the library's priors where an author left a number out, and give every quantity its name.

Three files of the library hold priors, each number with its source and basis: ``kinds.yaml`` (kinds
of force, place and road; all of a kind share one unknown, named ``kinds.force.garrison.quality``),
``defaults.yaml`` (an actor's habits; each actor has its own unknown) and ``model.yaml`` (parameters
of the mechanisms, ``model.NAME``).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import cache
from types import UnionType
from typing import Any, TypeVar, Union, get_args, get_origin

from contingent.scenario.document import LIBRARY, read_plain
from contingent.scenario.fields import Measure, Sourced, Spec
from contingent.scenario.naming import (
    join,
    keys_of,
    map_quantities,
    walk_quantities,
    written_key,
)
from contingent.scenario.parameters import model_parameters
from contingent.scenario.quantities import UNSET, Quantity, middle
from contingent.scenario.types import MECHANISMS, Theatre
from contingent.scenario.types_actors import Actor, Force
from contingent.scenario.types_places import Place, Route
from contingent.scenario.written import read_quantity

Entry = TypeVar("Entry", bound=Spec)


def measure_of(model: type[Spec], field: str) -> Measure | None:
    """Unit and range of a quantity field; None for any other field."""
    information = model.model_fields[field]
    for extra in information.metadata:
        if isinstance(extra, Measure):
            return extra
    annotation = information.annotation
    if get_origin(annotation) in (Union, UnionType):
        for option in get_args(annotation):
            for extra in getattr(option, "__metadata__", ()):
                if isinstance(extra, Measure):
                    return extra
    return None


@cache
def kind_priors(sort: str) -> dict[str, dict[str, Quantity]]:
    """Priors by kind and field of a sort (force, place, road), named ``kinds.SORT.KIND.FIELD``."""
    sorts: dict[str, type[Spec]] = {"force": Force, "place": Place, "road": Route}
    model = sorts[sort]
    entries = read_plain(LIBRARY / "kinds.yaml")[sort]
    return {
        kind: {
            field: _prior(model, field, written, f"kinds.{sort}.{kind}.{field}")
            for field, written in fields.items()
        }
        for kind, fields in entries.items()
    }


@cache
def defaults() -> dict[str, dict[str, Any]]:
    """Written defaults by section (actor, air, commitment, …) and key."""
    found: dict[str, dict[str, Any]] = read_plain(LIBRARY / "defaults.yaml")
    return found


def _prior(model: type[Spec], field: str, written: Any, name: str) -> Quantity:
    measure = measure_of(model, field)
    if measure is None:
        raise KeyError(f"{model.__name__} has no number called {field}")
    return read_quantity(written, unit=measure.unit, low=measure.low, high=measure.high, name=name)


def together(first: str, second: str) -> bool:
    """Take two entries to stand in one file: the answer where nothing is known of files."""
    return True


def fill_in(theatre: Theatre, in_one_file: Callable[[str, str], bool] = together) -> Theatre:
    """Return the theatre with priors, names, route names, mechanisms and model complete.

    Parameters
    ----------
    theatre : as it was read
    in_one_file : tells of two dotted names whether they stand in one file; a number that replaces
        one of another file does not take over its source
    """
    theatre = with_sources(theatre, in_one_file)
    theatre = theatre.model_copy(
        update={
            "routes": tuple(_settle_route(route) for route in theatre.routes),
            "actors": {name: _settle_actor(actor) for name, actor in theatre.actors.items()},
            "places": {name: _settle_place(place) for name, place in theatre.places.items()},
            "mechanisms": {name: theatre.mechanisms.get(name, True) for name in MECHANISMS},
            "model": _settle_model(theatre.model),
        }
    )
    theatre = with_defaults(theatre)
    theatre = map_quantities(theatre, _name)
    named = (quantity for _, quantity in walk_quantities(theatre))
    kinds = {
        item.name.removeprefix("kinds."): item for item in named if item.name.startswith("kinds.")
    }
    return theatre.model_copy(update={"kinds": kinds})


def _settle_route(route: Route) -> Route:
    if not route.id:
        route = route.model_copy(update={"id": "-".join(route.between)})
    return _with_priors(route, kind_priors("road").get(route.road, {}))


def _settle_place(place: Place) -> Place:
    return _with_priors(place, kind_priors("place").get(place.kind, {}))


def _settle_actor(actor: Actor) -> Actor:
    """Give forces the priors of their kind, and the actor the signature of its largest force."""
    own = {} if actor.signature is UNSET else {"signature": actor.signature}
    forces = tuple(
        _with_priors(force, {**kind_priors("force").get(force.kind, {}), **own})
        for force in actor.forces
    )
    update: dict[str, Any] = {"forces": forces}
    if actor.signature is UNSET and forces:
        update["signature"] = max(forces, key=_strength).signature
    return actor.model_copy(update=update)


def _strength(force: Force) -> float:
    """Middle of the fighters of a force; a number left out or shared counts as none."""
    sizes = (middle(force.mobile), middle(force.static))
    return sum(size for size in sizes if size == size)


def _settle_model(written: Mapping[str, Quantity]) -> dict[str, Quantity]:
    """Combine the author's parameters with the library's, in the library's order."""
    known = {name: parameter.quantity for name, parameter in model_parameters().items()}
    return {**known, **written}


def _with_priors(entry: Entry, priors: Mapping[str, Quantity]) -> Entry:
    missing = {
        field: prior for field, prior in priors.items() if getattr(entry, field, None) is UNSET
    }
    return entry.model_copy(update=missing) if missing else entry


def _section(entry: Spec) -> str:
    """Section of defaults.yaml for an entry: its class name in lower case with underscores."""
    name = type(entry).__name__
    return "".join(f"_{c.lower()}" if c.isupper() else c for c in name).lstrip("_")


def with_defaults(entry: Any) -> Any:
    """Fill every number that is still left out from defaults.yaml, at any depth."""
    if isinstance(entry, Mapping):
        return {key: with_defaults(item) for key, item in entry.items()}
    if isinstance(entry, tuple):
        return tuple(with_defaults(item) for item in entry)
    if not isinstance(entry, Spec):
        return entry
    section = defaults().get(_section(entry), {})
    update: dict[str, Any] = {}
    for field in type(entry).model_fields:
        value = getattr(entry, field)
        if field in section and (value is UNSET or value is None):
            update[field] = _default(entry, field, section)
        elif isinstance(value, Spec | Mapping | tuple):
            deeper = with_defaults(value)
            if deeper != value:
                update[field] = deeper
    return entry.model_copy(update=update) if update else entry


def with_sources(
    entry: Any, in_one_file: Callable[[str, str], bool] = together, prefix: str = ""
) -> Any:
    """Give each number the ``source:`` and ``basis:`` that stand beside it, at any depth."""
    if isinstance(entry, Mapping):
        return {
            key: with_sources(item, in_one_file, join(prefix, str(key)))
            for key, item in entry.items()
        }
    if isinstance(entry, tuple):
        return tuple(
            with_sources(item, in_one_file, join(prefix, name))
            for name, item in zip(keys_of(entry), entry, strict=True)
        )
    if not isinstance(entry, Spec):
        return entry
    model, update = type(entry), {}
    for field in model.model_fields:
        value = getattr(entry, field)
        name = join(prefix, written_key(model, field))
        if isinstance(value, Quantity) and value is not UNSET and isinstance(entry, Sourced):
            update[field] = _sourced(value, entry, name, prefix, in_one_file)
        elif isinstance(value, Spec | Mapping | tuple):
            update[field] = with_sources(value, in_one_file, name)
    return entry.model_copy(update=update)


def _sourced(
    quantity: Quantity,
    entry: Sourced,
    name: str,
    prefix: str,
    in_one_file: Callable[[str, str], bool],
) -> Quantity:
    """Give a number the source and basis beside it, unless it has its own or another file's."""
    source, basis = quantity.source, quantity.basis
    if source is None and entry.source and in_one_file(name, join(prefix, "source")):
        source = entry.source
    if basis is None and entry.basis and in_one_file(name, join(prefix, "basis")):
        basis = entry.basis
    return replace(quantity, source=source, basis=basis)


def _default(entry: Spec, field: str, section: Mapping[str, Any]) -> Any:
    measure = measure_of(type(entry), field)
    written = section[field]
    if measure is None:
        return written
    return read_quantity(written, unit=measure.unit, low=measure.low, high=measure.high)


def _name(quantity: Quantity, dotted: str) -> Quantity:
    return quantity if quantity.name else replace(quantity, name=dotted)
