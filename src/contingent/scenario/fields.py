"""Field types of the specification: quantities with their unit and range, dates, names, switches.

Each is an annotated type. Validation turns the written form into the final value; the JSON Schema
describes the written form.
"""

from __future__ import annotations

import datetime
import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any, get_type_hints

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, GetJsonSchemaHandler
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from contingent.errors import QuantityError
from contingent.scenario.quantities import BASES, Basis, Quantity
from contingent.scenario.written import describe, read_basis, read_quantity, read_source

IDENTIFIER = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*\Z")


class Spec(BaseModel):
    """Base of every entry: frozen, no unknown keys."""

    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)


def written_fields(model: type[Spec]) -> dict[str, Any]:
    """Key in a file and annotated type of each field of an entry."""
    hints = get_type_hints(model, include_extras=True)
    return {info.alias or name: hints[name] for name, info in model.model_fields.items()}


def fault(found: str, expected: str, next_step: str = "") -> PydanticCustomError:
    """Build a validation error that carries what was found, expected and the next step."""
    return PydanticCustomError(
        "contingent",
        "found {found}; expected {expected}",
        {"found": found, "expected": expected, "next_step": next_step},
    )


@dataclass(frozen=True)
class Measure:
    """Unit and closed range of a quantity field.

    Attributes
    ----------
    unit : default unit; None accepts any unit (its owner is checked elsewhere)
    low, high : closed range, in `unit`
    """

    unit: str | None
    low: float = -math.inf
    high: float = math.inf

    def read(self, written: Any) -> Quantity:
        """Read a written form, turning a failure into a validation error."""
        if isinstance(written, QuantityError):
            raise fault(written.found, written.expected, written.next_step)
        try:
            return read_quantity(written, unit=self.unit, low=self.low, high=self.high)
        except QuantityError as error:
            raise fault(error.found, error.expected, error.next_step) from None

    def __get_pydantic_core_schema__(self, source: Any, handler: Any) -> CoreSchema:
        """Validate by `read`."""
        return core_schema.no_info_plain_validator_function(self.read)

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        """Mark the field for the schema of quantities, with its unit and range."""
        described: dict[str, Any] = {"x-quantity": True}
        if self.unit is not None:
            described["x-unit"] = self.unit
        if math.isfinite(self.low):
            described["x-low"] = self.low
        if math.isfinite(self.high):
            described["x-high"] = self.high
        return described


class SourcedMapping:
    """Tells the JSON Schema that ``source:`` and ``basis:`` may stand beside named numbers."""

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        """Add the two keys."""
        described = handler(schema)
        described["properties"] = {
            "source": {"type": ["string", "number"]},
            "basis": {"enum": list(BASES)},
        }
        return described


Fraction = Annotated[Quantity, Measure("1", 0.0, 1.0)]
Positive = Annotated[Quantity, Measure("1", 0.0)]
Number = Annotated[Quantity, Measure("1")]
AnyQuantity = Annotated[Quantity, Measure(None)]
Fighters = Annotated[Quantity, Measure("fighters", 0.0)]
FightersPerDay = Annotated[Quantity, Measure("fighters/day", 0.0)]
FightersPerSortie = Annotated[Quantity, Measure("fighters/sortie", 0.0)]
SortiesPerDay = Annotated[Quantity, Measure("sorties/day", 0.0)]
HoursPerDay = Annotated[Quantity, Measure("hours/day", 0.0)]
Persons = Annotated[Quantity, Measure("persons", 0.0)]
Days = Annotated[Quantity, Measure("days", 0.0)]
Kilometres = Annotated[Quantity, Measure("km", 0.0)]
SquareKilometres = Annotated[Quantity, Measure("km2", 0.0)]
KilometresPerDay = Annotated[Quantity, Measure("km/day", 0.0)]
EventsPerMonth = Annotated[Quantity, Measure("events/month", 0.0)]
Value = Annotated[Quantity, Measure("1", 0.0, 10.0)]
"""Worth of a place to an actor, 0 to 10."""
Weight = Annotated[Quantity, Measure("1", 1.0)]
"""A weight of at least 1."""
Entrenchment = Annotated[Quantity, Measure("1", 0.0, 2.0)]


def read_day(written: Any) -> datetime.date:
    """Read a calendar date; the reader of the document has already turned dates into dates."""
    if isinstance(written, datetime.date):
        return written
    if isinstance(written, str) and re.fullmatch(r"\d{4}-\d{2}-\d{2}", written.strip()):
        try:
            return datetime.date.fromisoformat(written.strip())
        except ValueError:
            raise fault(describe(written), "a day of the calendar") from None
    raise fault(describe(written), "a date such as 2020-01-31")


def read_text(written: Any) -> str:
    """Read a text; a plain scalar that looks like a number or a date is taken as written."""
    if isinstance(written, str):
        return written
    if isinstance(written, bool | Mapping | list) or written is None:
        raise fault(describe(written), "a text")
    return str(written)


def read_identifier(written: Any) -> str:
    """Read a name made of letters, digits, hyphens and underscores."""
    text = read_text(written)
    if not IDENTIFIER.match(text):
        raise fault(describe(text), "a name of letters, digits, - and _, such as east-bank")
    return text


def read_flag(written: Any) -> bool:
    """Read true or false; on and off mean the same."""
    if isinstance(written, bool):
        return written
    if written in ("on", "off"):
        return bool(written == "on")
    raise fault(describe(written), "true or false")


def read_switch(written: Any) -> bool:
    """Read on or off; true and false mean the same."""
    if isinstance(written, bool) or written in ("on", "off"):
        return written in (True, "on")
    raise fault(describe(written), "on or off")


def read_whole(written: Any) -> int:
    """Read a whole number of at least 0."""
    if isinstance(written, bool) or not isinstance(written, int) or written < 0:
        raise fault(describe(written), "a whole number of at least 0")
    return written


def read_share(written: Any) -> float:
    """Read a plain number from 0 to 1."""
    if isinstance(written, bool) or not isinstance(written, int | float) or not 0 <= written <= 1:
        raise fault(describe(written), "a number from 0 to 1")
    return float(written)


def read_rank(written: Any) -> float:
    """Read a rank correlation from -1 to 1."""
    if isinstance(written, bool) or not isinstance(written, int | float) or not abs(written) <= 1:
        raise fault(describe(written), "a rank correlation from -1 to 1")
    return float(written)


def _basis(written: Any) -> Basis | None:
    try:
        return read_basis(written)
    except QuantityError as error:
        raise fault(error.found, error.expected) from None


def _source(written: Any) -> str | None:
    try:
        return read_source(written)
    except QuantityError as error:
        raise fault(error.found, error.expected) from None


def share_out(written: Any) -> Any:
    """Give ``source:`` and ``basis:`` beside the numbers of a mapping to each of them."""
    if not isinstance(written, Mapping):
        return written
    beside = {key: written[key] for key in ("source", "basis") if key in written}
    if not beside:
        return written
    return {
        key: {**beside, **number} if isinstance(number, Mapping) else {"value": number, **beside}
        for key, number in written.items()
        if key not in beside
    }


Day = Annotated[
    datetime.date,
    BeforeValidator(read_day, json_schema_input_type=datetime.date),
]
Text = Annotated[str, BeforeValidator(read_text, json_schema_input_type=str | float)]
Name = Annotated[str, BeforeValidator(read_identifier, json_schema_input_type=str | float)]
Flag = Annotated[bool, BeforeValidator(read_flag, json_schema_input_type=bool)]
Switch = Annotated[bool, BeforeValidator(read_switch, json_schema_input_type=str | bool)]
Whole = Annotated[int, BeforeValidator(read_whole, json_schema_input_type=int)]
Share = Annotated[float, BeforeValidator(read_share, json_schema_input_type=float)]
Rank = Annotated[float, BeforeValidator(read_rank, json_schema_input_type=float)]
Aims = Annotated[dict[Name, Value], BeforeValidator(share_out), SourcedMapping()]
Stocks = Annotated[dict[Name, Fraction], BeforeValidator(share_out), SourcedMapping()]
Unknowns = Annotated[dict[Name, AnyQuantity], BeforeValidator(share_out), SourcedMapping()]
Changes = dict[Text, Any]
"""Dotted name to a written change (``* 2``, ``+ 100``, a number, any quantity or a plain value)."""


class Sourced(Spec):
    """An entry whose ``source:`` and ``basis:`` apply to the numbers beside them."""

    source: Annotated[
        str | None, BeforeValidator(_source, json_schema_input_type=str | float | None)
    ] = Field(default=None, description="Where the numbers beside this key come from.")
    basis: Annotated[Basis | None, BeforeValidator(_basis)] = Field(
        default=None, description="On what footing the numbers beside this key stand."
    )
