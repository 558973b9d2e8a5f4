"""Rules of the model: mechanism switches, structural choices, parameters of the mechanisms."""

from __future__ import annotations

from contingent.compile.tables import Tables
from contingent.errors import SettingError
from contingent.reference import layout
from contingent.scenario.quantities import Quantity
from contingent.scenario.types import Structure, Theatre

ALWAYS_ON = "record"


def compile_rules(tables: Tables, theatre: Theatre) -> None:
    """Fill switches, choices and the model-wide parameters."""
    for m, mechanism in enumerate(layout.MECHANISMS):
        on = mechanism == ALWAYS_ON or theatre.mechanisms.get(mechanism, True)
        tables.structure["mechanism_on"][m] = int(on)
    for j, (name, options) in enumerate(layout.STRUCTURE.items()):
        tables.structure["choice"][j] = _option(theatre, name, options)
    for table in layout.PARAMETER_TABLES:
        if table.dimensions == "O":
            tables.set(table.name, (0,), parameter(theatre, table.name))
        elif table.dimensions == "G":
            for g, road in enumerate(layout.ROAD_CLASSES):
                tables.set(table.name, (g,), parameter(theatre, f"{table.name}.{road}"))


def parameter(theatre: Theatre, name: str) -> Quantity:
    """Parameter of the mechanisms by the name that follows ``model.``."""
    if name not in theatre.model:
        raise SettingError(
            f"model.{name}", "nothing", "a number", "the library's model.yaml should have it"
        )
    return theatre.model[name]


def _option(theatre: Theatre, name: str, options: tuple[str, ...]) -> int:
    written = getattr(theatre.structure, name)
    if written == Structure.model_fields[name].default:
        return 0
    if written not in options:
        raise SettingError(f"structure.{name}", repr(written), f"one of {', '.join(options)}")
    return options.index(written)
