"""The numbers that a claim rests on most, each with its basis and source."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from typing import Any

from contingent.errors import ClaimError
from contingent.language import observables, parse
from contingent.language.vocabulary import Vocabulary
from contingent.report.view.movers import Mover
from contingent.scenario import changes
from contingent.scenario.phrases import phrase
from contingent.scenario.quantities import Quantity
from contingent.scenario.types import Scenario

__all__ = ["assumption_rows", "quantity_row"]

SHOWN = 8


def assumption_rows(
    scenario: Scenario,
    record: Mapping[str, Any],
    moving: Mapping[str, list[Mover]],
    words: Vocabulary,
) -> dict[str, list[dict[str, Any]]]:
    """Return, for each claim, the numbers it rests on most.

    Those unknowns come first that move the claim by more than chance; then the unknowns about the
    actors and places that its predicate names, in the order of how far they move it.
    """
    known = changes.quantities(scenario.theatre)
    found = {}
    for claim in record["claims"]:
        ranked = [one for one in moving.get(claim["id"], ()) if one.name in known]
        about = _named(claim["predicate"] or "", words)
        first = [one.name for one in ranked if one.matters]
        rest = [one.name for one in ranked if not one.matters and _is_about(one.name, about)]
        chosen = dict.fromkeys([*first, *rest])
        rows = [
            quantity_row(known[name], scenario) | {"moves": name in first}
            for name in list(chosen)[:SHOWN]
        ]
        found[claim["id"]] = rows
    return found


def quantity_row(quantity: Quantity, scenario: Scenario) -> dict[str, Any]:
    """Return a number with its value in words, unit, basis and source."""
    source = quantity.source
    known = scenario.theatre.sources.get(source or "")
    return {
        "name": quantity.name,
        "value": phrase(dataclasses.replace(quantity, unit="1")),
        "unit": "" if quantity.unit == "1" else quantity.unit,
        "basis": quantity.basis,
        "source": known.title if known is not None else source,
        "url": known.url if known is not None else None,
    }


def _named(predicate: str, words: Vocabulary) -> set[str]:
    """Actors, places and other names in a predicate."""
    if not predicate:
        return set()
    try:
        formula = parse(predicate, words)
    except ClaimError:
        return set()
    return {str(name) for one in observables(formula) for name in one.args}


def _is_about(dotted: str, names: set[str]) -> bool:
    """Whether a dotted name belongs to one of some names."""
    parts = dotted.split(".")
    own = parts[1] if parts[0] in ("places", "interventions", "deadlines") else parts[0]
    return own in names
