"""Places and routes as tables.

- A place is *open ground* (columns near it can be struck from the air) if its kind is desert-town
  or airbase.
- Supply on day 0 is full unless ``stocks`` says otherwise; at a place marked ``besieged`` the
  holder's bloc has half of it.
- Distances from an air base are geodesics on the WGS 84 ellipsoid, computed by PROJ; a place
  without coordinates takes those of the place it is part of, and counts as in range where there
  are none.
"""

from __future__ import annotations

import math

from pyproj import Geod

from contingent.compile.names import index_of
from contingent.compile.tables import Tables
from contingent.errors import SettingError
from contingent.reference import layout
from contingent.scenario.quantities import middle
from contingent.scenario.types import Theatre
from contingent.scenario.types_places import Place

OPEN_GROUND = ("desert-town", "airbase")
BESIEGED_STOCKS = 0.5
_PLACE_FIELDS = (
    "people",
    "terrain",
    "diameter",
    "belt",
    "urban_speed",
    "field_speed",
    "front",
    "sector",
    "airlift",
)


def compile_places(tables: Tables, theatre: Theatre) -> None:
    """Fill the tables of places."""
    names = tables.names
    tables.fill("initial_stocks", 1.0)
    for p, (name, place) in enumerate(theatre.places.items()):
        for field in _PLACE_FIELDS:
            tables.set(field, (p,), getattr(place, field))
        tables.set("initial_entrenchment", (p,), place.entrenchment)
        tables.structure["initial_holder"][p] = _holder(theatre, name, place, tables)
        tables.structure["place_desert"][p] = int(place.kind in OPEN_GROUND)
        for bloc in place.supply_source_for:
            if bloc in names.blocs:
                tables.structure["supply_source"][names.blocs.index(bloc), p] = 1
        if place.besieged:
            bloc = names.bloc_of[tables.structure["initial_holder"][p]]
            tables.set("initial_stocks", (names.blocs.index(bloc), p), BESIEGED_STOCKS)
        for bloc, stock in place.stocks.items():
            if bloc in names.blocs:
                tables.set("initial_stocks", (names.blocs.index(bloc), p), stock)


def compile_routes(tables: Tables, theatre: Theatre) -> None:
    """Fill the tables of routes."""
    places = tables.names.places
    for r, route in enumerate(theatre.routes):
        where = f"routes.{route.id}"
        tables.structure["route_from"][r] = index_of(route.between[0], places, where, "places")
        tables.structure["route_to"][r] = index_of(route.between[1], places, where, "places")
        tables.structure["route_class"][r] = layout.ROAD_CLASSES.index(route.road)
        tables.structure["initial_open"][r] = int(route.open)
        tables.set("route_km", (r,), route.km)
        tables.set("border_delay", (r,), route.border_delay)
        tables.set("capacity", (r,), route.capacity)


def _holder(theatre: Theatre, name: str, place: Place, tables: Tables) -> int:
    """Actor that holds a place: the one written, else the strongest one that stands there."""
    where = f"places.{name}.held_by"
    if place.held_by is not None:
        return index_of(place.held_by, tables.names.actors, where, "actors")
    best, most = -1, 0.0
    for a, actor in enumerate(theatre.actors.values()):
        sizes = [middle(x) for f in actor.forces if f.at == name for x in (f.mobile, f.static)]
        force = sum(size for size in sizes if not math.isnan(size))
        if force > most:
            best, most = a, force
    if best < 0:
        raise SettingError(where, "nothing", "the actor that holds the place on day 0")
    return best


def kilometres(theatre: Theatre, base: str, place: str) -> float:
    """Distance in a straight line over the ground, km; 0 where a place has no coordinates."""
    one, other = _position(theatre, base), _position(theatre, place)
    if one is None or other is None:
        return 0.0
    metres = Geod(ellps="WGS84").inv(one[1], one[0], other[1], other[0])[2]
    return round(float(metres)) / 1000.0


def _position(theatre: Theatre, name: str) -> tuple[float, float] | None:
    """Latitude and longitude of a place, or of the place it is part of."""
    place = theatre.places.get(name)
    if place is None or place.at is not None:
        return None if place is None else place.at
    whole = theatre.places.get(place.part_of or "")
    return None if whole is None else whole.at
