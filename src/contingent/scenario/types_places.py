"""Entries of the ground: places and the routes between them."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from contingent.scenario.fields import (
    Days,
    Entrenchment,
    Flag,
    Fraction,
    Kilometres,
    KilometresPerDay,
    Measure,
    Name,
    Persons,
    Positive,
    Sourced,
    SquareKilometres,
    Stocks,
    Text,
)
from contingent.scenario.quantities import Quantity, unset

PlaceKind = Literal[
    "capital", "city", "town", "desert-town", "village", "pocket", "airbase", "crossing"
]
Road = Literal["motorway", "paved", "track", "desert-track"]
Latitude = Annotated[float, Field(ge=-90.0, le=90.0)]
Longitude = Annotated[float, Field(ge=-180.0, le=180.0)]


class Place(Sourced):
    """A town, base or pocket. Numbers the author leaves out are the priors of its kind."""

    name: Text | None = Field(default=None, description="Name shown to readers.")
    at: tuple[Latitude, Longitude] | None = Field(
        default=None, description="Latitude and longitude, degrees."
    )
    people: Persons = Field(default_factory=unset, description="Inhabitants on day 0.")
    kind: PlaceKind = Field(description="Kind of place; carries the priors.")
    held_by: Name | None = Field(default=None, description="Actor that holds it on day 0.")
    part_of: Name | None = Field(default=None, description="Place of which it is a part.")
    supply_source_for: tuple[Name, ...] = Field(
        default=(), description="Blocs supplied from here without any route."
    )
    airbase: Flag = Field(default=False, description="Whether aircraft can be based here.")
    besieged: Flag = Field(default=False, description="Whether it is under siege on day 0.")
    terrain: Positive = Field(default_factory=unset, description="Multiplier of defence.")
    diameter: Kilometres = Field(default_factory=unset, description="Built-up area, across.")
    belt: Kilometres = Field(default_factory=unset, description="Outskirts in front of it.")
    urban_speed: KilometresPerDay = Field(
        default_factory=unset, description="Advance through the built-up area at 3:1."
    )
    field_speed: KilometresPerDay = Field(
        default_factory=unset, description="Advance through the belt at 3:1."
    )
    front: Kilometres = Field(default_factory=unset, description="Length of its front.")
    sector: SquareKilometres = Field(
        default_factory=unset, description="Area that surveillance must cover."
    )
    entrenchment: Entrenchment = Field(default_factory=unset, description="Level on day 0.")
    stocks: Stocks = Field(
        default_factory=dict, description="Stocks of each bloc on day 0 as a share of full."
    )
    airlift: Fraction = Field(
        default_factory=unset, description="Floor of supply by airlift; 0 without one."
    )


class Route(Sourced):
    """A road between two places, in both directions."""

    id: Name = Field(default="", description="Name; the two places joined by - if left out.")
    between: tuple[Name, Name] = Field(description="The two places it joins.")
    km: Annotated[Quantity, Measure("km", 0.001)] = Field(description="Length by road.")
    road: Road = Field(description="Class of the road.")
    border_delay: Days = Field(default_factory=unset, description="Time lost at a border.")
    capacity: Annotated[Quantity, Measure("fighters/day", 0.0)] = Field(
        default_factory=unset, description="Troops that can pass in a day."
    )
    open: Flag = Field(default=True, description="Whether it is open on day 0.")
