"""JSON Schema (2020-12) of the files, made from the types: for editors, and for other programs.

The schema describes the written form of one document: a theatre, or with the key ``argument`` an
argument. It is a little wider than the language: what needs more than one entry to be seen
(references, dates in order, …) is the business of ``check``.
"""

from __future__ import annotations

from copy import deepcopy
from typing import Any

from pydantic.json_schema import models_json_schema

from contingent.scenario.quantities import BASES
from contingent.scenario.types import Theatre
from contingent.scenario.types_argument import Argument
from contingent.scenario.written import NUMBER

DIALECT = "https://json-schema.org/draft/2020-12/schema"
QUANTITY = "#/$defs/Quantity"
ALWAYS = ("contingent", "theatre")
"""Keys that a theatre needs even if it extends another."""
_PLAIN_NUMBER = NUMBER.replace(r"\\d", "[0-9]")
_MEASURED = rf"{_PLAIN_NUMBER}( *[%A-Za-z][^ ]*)?"


def json_schema() -> dict[str, Any]:
    """Return the JSON Schema of one document of a scenario file."""
    _, schema = models_json_schema(
        [(Theatre, "validation"), (Argument, "validation")], by_alias=True
    )
    definitions: dict[str, Any] = _with_references(schema["$defs"])
    definitions["Quantity"] = quantity_schema()
    theatre, force = definitions["Theatre"], definitions["Force"]
    theatre["properties"].pop("kinds")
    _allow_building_on(theatre)
    _allow_placed_forces(definitions["Actor"], force, definitions)
    return {
        "$schema": DIALECT,
        "title": "Contingent: theatre or argument",
        "type": "object",
        "if": {"required": ["argument"]},
        "then": {"$ref": "#/$defs/Argument"},
        "else": {"$ref": "#/$defs/Theatre"},
        "$defs": definitions,
    }


def _with_references(schema: Any) -> Any:
    """Put a reference to the schema of quantities wherever a field is marked as one."""
    if isinstance(schema, list):
        return [_with_references(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    kept = {key: _with_references(item) for key, item in schema.items() if key != "x-quantity"}
    return {"$ref": QUANTITY, **kept} if "x-quantity" in schema else kept


def _allow_building_on(theatre: dict[str, Any]) -> None:
    """Add ``extends`` and ``patch``; a theatre that extends another may leave keys to it."""
    theatre["properties"]["extends"] = {
        "type": "string",
        "description": "File in the same folder or library name of the theatre this one builds on.",
    }
    theatre["properties"]["patch"] = {
        "type": "object",
        "description": "Dotted names with their new values; null removes the entry.",
    }
    required = theatre.pop("required")
    theatre["required"] = list(ALWAYS)
    theatre["if"] = {"not": {"required": ["extends"]}}
    theatre["then"] = {"required": required}


def _allow_placed_forces(
    actor: dict[str, Any], force: dict[str, Any], definitions: dict[str, Any]
) -> None:
    """Let forces be written as a mapping by place as well as a list of forces with ``at``."""
    placed = deepcopy(force)
    placed["title"] = "Force at the place that is its key"
    placed["properties"].pop("at")
    placed["required"] = [key for key in force["required"] if key != "at"]
    definitions["PlacedForce"] = placed
    one = {"$ref": "#/$defs/PlacedForce"}
    as_list = actor["properties"]["forces"]
    actor["properties"]["forces"] = {
        "description": as_list.pop("description"),
        "anyOf": [
            {
                "type": "object",
                "additionalProperties": {"anyOf": [one, {"type": "array", "items": one}]},
            },
            {"type": "array", "items": {"$ref": "#/$defs/Force"}},
        ],
    }


def quantity_schema() -> dict[str, Any]:
    """Schema of every written form of a quantity."""
    number = {"anyOf": [{"type": "number"}, {"type": "string", "pattern": f"^{_MEASURED}$"}]}
    pair = {"type": "array", "items": number, "minItems": 2, "maxItems": 2}
    weights = {"type": "object", "additionalProperties": {"type": "number", "minimum": 0}}
    forms = [
        _form("beta", pair, "Shape numbers a and b."),
        _form("normal", pair, "Mean and standard deviation."),
        _form("lognormal", pair, "5th and 95th percentile."),
        _form("logitnormal", pair, "5th and 95th percentile, between 0 and 1."),
        _form("uniform", pair, "Lowest and highest value."),
        _form("choice", weights, "Values with their probabilities."),
        _form("unknown", {"type": "string"}, "Name of a shared unknown.", times=number),
    ]
    bare = [
        {"type": "number", "description": "Exact."},
        {
            "type": "string",
            "pattern": f"^ *{_MEASURED} *$",
            "description": "Exact, with a unit, such as 60 km/day.",
        },
        {
            "type": "string",
            "pattern": f"^ *{_MEASURED} +to +{_MEASURED} *$",
            "description": "5th to 95th percentile, such as 150 to 700.",
        },
    ]
    value = _form("value", {"anyOf": [*bare, *forms]}, "Any of these, with its source.")
    return {
        "title": "Quantity",
        "description": "A number, exact or uncertain.",
        "anyOf": [*bare, *forms, value],
    }


def _form(key: str, schema: dict[str, Any], says: str, **more: Any) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": {
            key: {**schema, "description": says},
            **more,
            "source": {"type": ["string", "number"]},
            "basis": {"enum": list(BASES)},
        },
        "required": [key],
        "additionalProperties": False,
    }
