"""The theatre as the page draws it: actors, blocs, places, routes, reports, the region."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from contingent.compile.called import Called, called_in
from contingent.compile.names import Names
from contingent.errors import ClaimError
from contingent.language import Vocabulary, observables, parse_state
from contingent.report.view.conditions import state_in_words
from contingent.scenario.quantities import UNSET, Quantity, middle
from contingent.scenario.types import Theatre
from contingent.scenario.types_reports import Report

__all__ = ["COLOURS", "PATTERNS", "days_record", "theatre_record"]

COLOURS, PATTERNS = 8, 4
MARGIN = 0.08
"""Of the region's height and width, around its outermost places."""
LEAST_SPAN = 0.5
"""Degrees that a region spans at least."""


def days_record(names: Names) -> dict[str, Any]:
    """Return day 0, the fence, the last day and how many days that makes."""
    return {
        "start": names.start.isoformat(),
        "now": names.now.isoformat(),
        "end": names.end.isoformat(),
        "count": names.days,
    }


def theatre_record(theatre: Theatre, names: Names) -> dict[str, Any]:
    """Return what the map and its legend need, rows in the order of the frames.

    Parameters
    ----------
    theatre : of the scenario
    names : of the study; they order actors and places
    """
    called = called_in(theatre)
    places = _places(theatre, called, names)
    return {
        "title": theatre.title or theatre.theatre,
        "summary": theatre.summary or "",
        "actors": _actors(called, names),
        "blocs": [{"id": bloc, "name": called.bloc(bloc)} for bloc in names.blocs],
        "places": places,
        "routes": _routes(theatre),
        "reports": [_report(theatre, one, names.vocabulary()) for one in theatre.reports],
        "region": _region(places, theatre),
    }


def _actors(called: Called, names: Names) -> list[dict[str, Any]]:
    """Actors with the colour of their bloc and a pattern within it.

    Where a bloc has used up its patterns, a colour that no bloc has is taken, then any free pair.
    """
    taken: set[tuple[int, int]] = set()
    rows = []
    for actor, bloc in zip(names.actors, names.bloc_of, strict=True):
        colour, pattern = _pair(names.blocs.index(bloc), len(names.blocs), taken)
        taken.add((colour, pattern))
        name = called.actor(actor)
        rows.append({"id": actor, "name": name, "bloc": bloc, "colour": colour, "pattern": pattern})
    return rows


def _pair(bloc: int, blocs: int, taken: set[tuple[int, int]]) -> tuple[int, int]:
    own = bloc % COLOURS
    spare = [*range(min(blocs, COLOURS), COLOURS), *range(COLOURS)]
    pairs = [(own, pattern) for pattern in range(PATTERNS)]
    pairs += [(colour, pattern) for colour in spare for pattern in range(PATTERNS)]
    return next((pair for pair in pairs if pair not in taken), pairs[0])


def _places(theatre: Theatre, called: Called, names: Names) -> list[dict[str, Any]]:
    rows = []
    for number, name in enumerate(names.places):
        place = theatre.places[name]
        at = place.at or _on_a_grid(number, len(names.places))
        rows.append(
            {
                "id": name, "name": called.place(name), "kind": place.kind,
                "lon": at[1], "lat": at[0], "placed": place.at is not None,
                "people": _number(place.people), "airbase": place.airbase,
                "part_of": place.part_of,
            }
        )  # fmt: skip
    return rows


def _on_a_grid(number: int, count: int) -> tuple[float, float]:
    """Latitude and longitude of a place that has none: on a square grid at the equator."""
    side = max(int(count**0.5 + 0.999), 1)
    return 0.5 * (side - 1 - number // side), 0.5 * (number % side)


def _number(quantity: Quantity) -> float | None:
    if quantity is UNSET:
        return None
    value = middle(quantity)
    return value if value == value else None


def _routes(theatre: Theatre) -> list[dict[str, Any]]:
    return [
        {
            "id": route.id, "from": route.between[0], "to": route.between[1],
            "km": _number(route.km), "road": route.road,
        }
        for route in theatre.routes
    ]  # fmt: skip


def _report(theatre: Theatre, report: Report, words: Vocabulary) -> dict[str, Any]:
    return {
        "id": report.id, "on": report.on.isoformat(), "published": report.published.isoformat(),
        "says": report.says or _observed(report, theatre) or report.id,
        "by": report.by or report.source or "", "grade": report.grade,
        "place": _place_of(report, theatre, words),
    }  # fmt: skip


def _observed(report: Report, theatre: Theatre) -> str:
    """Say what a report observes, with the names shown to readers where it is a plain state."""
    written = report.observe or report.knew or report.intent or ""
    found = re.fullmatch(r"\s*(not\s+)?(\w+\([^()]*\))\s*", written)
    said = None if found is None else state_in_words(found[2], called_in(theatre))
    if found is None or said is None:
        return written
    return f"Not so: {said}" if found[1] else said


def _place_of(report: Report, theatre: Theatre, words: Vocabulary) -> str | None:
    """Return the first place that what was observed speaks of."""
    try:
        formula = parse_state(report.observe or "", words)
    except ClaimError:
        return None
    spoken = (str(name) for one in observables(formula) for name in one.args)
    return next((name for name in spoken if name in theatre.places), None)


def _region(places: Sequence[dict[str, Any]], theatre: Theatre) -> dict[str, Any]:
    """Return the box around all places; fictional if the file says so or places none."""
    west, east = _span([place["lon"] for place in places])
    south, north = _span([place["lat"] for place in places])
    fictional = theatre.fictional or not any(place["placed"] for place in places)
    return {"west": west, "south": south, "east": east, "north": north, "fictional": fictional}


def _span(values: Sequence[float]) -> tuple[float, float]:
    low, high = min(values), max(values)
    margin = max(MARGIN * (high - low), 0.5 * (LEAST_SPAN - (high - low)))
    return round(low - margin, 4), round(high + margin, 4)
