"""How an argument stands: does each conclusion follow in its author's world, and in ours?

Every future of a study says of each claim whether it comes true there (a premise with a condition:
that it is not contradicted). Futures in which a conclusion's premises hold, and nobody acts whom
the author does not name, are his world; all of them are ours. A conclusion with a condition is
looked at where its condition comes about. To act is to take a place that the conclusion speaks of,
from the author's cut-off on.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from contingent.claims.graph import (
    Argument,
    BreakPoint,
    Following,
    Links,
    absent_actors,
    break_points,
    follows,
)
from contingent.claims.keeping import kept_truth
from contingent.errors import ClaimError
from contingent.language import observables, parse
from contingent.simulate.study import Study

__all__ = ["argument_record"]

Column = NDArray[np.bool_]
NEVER = 1_000_000


@dataclass(frozen=True)
class _Takers:
    """First day on which each unnamed actor takes a place, (future,) by place and actor."""

    days: Mapping[tuple[str, str], NDArray[np.int64]]
    actors: tuple[str, ...]

    def of(self, places: frozenset[str]) -> dict[str, NDArray[np.int64]]:
        """First day on which each actor takes one of some places."""
        found = {}
        for actor in self.actors:
            days = [self.days[place, actor] for place in places if (place, actor) in self.days]
            if days:
                found[actor] = np.minimum.reduce(days)
        return found


def argument_record(study: Study, record: Mapping[str, Any]) -> dict[str, Any]:
    """Return every conclusion with its two verdicts and what breaks it, as plain data.

    Raises
    ------
    StudyError
        If the study does not hold the truth of its claims.
    """
    claims = {claim["id"]: claim for claim in record["claims"]}
    argument = Argument(
        {
            name: Links(*(tuple(claim[key]) for key in ("follows_from", "needs", "rejects")))
            for name, claim in claims.items()
        }
    )
    truth = kept_truth(study.folder)
    columns = _columns(claims, truth)
    named = frozenset(name for claim in claims.values() for name in claim["names"])
    places = {name: _places(claim, study) for name, claim in claims.items()}
    concerned = frozenset().union(*(places[name] for name in argument.conclusions))
    unnamed = tuple(actor for actor in study.names.actors if actor not in named) if named else ()
    takers = _takers(study, concerned, unnamed, len(next(iter(columns.values()), ())))
    conclusions = [
        _conclusion(argument, name, columns, _condition(name, truth), takers.of(places[name]))
        for name in argument.conclusions
        if name in columns
    ]
    return {
        "scenario": record["scenario"],
        "study": record["study"],
        "futures": record["futures"],
        "named": sorted(named),
        "unnamed": list(unnamed),
        "conclusions": conclusions,
        "unmodelled": [name for name in argument.conclusions if name not in columns],
        "links": [
            {"claim": name, "sort": sort, "on": other}
            for name, links in argument.links.items()
            for sort, other in links.each()
        ],
    }


def _columns(claims: Mapping[str, Any], truth: Mapping[str, Column]) -> dict[str, Column]:
    """In which futures each claim is not contradicted, by its first reading."""
    found = {}
    for name, claim in claims.items():
        key = _first_reading(name, truth)
        if key is None:
            continue
        outcome, given = truth[key], truth.get(f"{key}?")
        shown = claim["companion"]
        reached = shown["probability"] if shown is not None else None
        if reached is not None and reached < shown["level"]:
            outcome = np.zeros_like(outcome)
        found[name] = outcome if given is None else outcome | ~given
    return found


def _first_reading(name: str, truth: Mapping[str, Column]) -> str | None:
    keys = (key for key in truth if key.rpartition("/")[0] == name and not key.endswith("?"))
    return next(keys, None)


def _condition(name: str, truth: Mapping[str, Column]) -> Column | None:
    """In which futures the condition of a claim comes about; None without one."""
    return truth.get(f"{_first_reading(name, truth)}?")


def _places(claim: Mapping[str, Any], study: Study) -> frozenset[str]:
    """Places whose holder a claim's predicate speaks of."""
    if not claim["predicate"]:
        return frozenset()
    try:
        formula = parse(claim["predicate"], study.names.vocabulary())
    except ClaimError:
        return frozenset()
    return frozenset(str(one.args[1]) for one in observables(formula) if one.name == "holds")


def _takers(study: Study, places: frozenset[str], actors: tuple[str, ...], futures: int) -> _Takers:
    """Find who, unnamed, takes what, chunk by chunk."""
    names = study.names
    since = max(names.day(names.now), 0)
    parts: dict[tuple[str, str], list[NDArray[np.int64]]] = {}
    for chunk in study.chunks():
        for place in sorted(places):
            holders = chunk.holders[:, :, names.places.index(place)]
            for actor in actors:
                index = names.actors.index(actor)
                if (holders[:, 0] == index).any():
                    continue
                held = holders[:, since:] == index
                day = np.where(held.any(axis=1), held.argmax(axis=1) + since, NEVER)
                parts.setdefault((place, actor), []).append(day.astype(np.int64))
    return _Takers({key: np.concatenate(days)[:futures] for key, days in parts.items()}, actors)


def _conclusion(
    argument: Argument,
    name: str,
    everywhere: Mapping[str, Column],
    condition: Column | None,
    first_days: Mapping[str, NDArray[np.int64]],
) -> dict[str, Any]:
    rows = slice(None) if condition is None else np.flatnonzero(condition)
    columns = {claim: column[rows] for claim, column in everywhere.items()}
    takes = {actor: days[rows] for actor, days in first_days.items()}
    unnamed = {actor: days < NEVER for actor, days in takes.items()}
    following = follows(argument, name, columns, unnamed)
    order = list(takes)

    def blame(future: int) -> str | None:
        days = [int(takes[actor][future]) for actor in order]
        first = min(days, default=NEVER)
        return order[days.index(first)] if first < NEVER else None

    absent = absent_actors(columns[name], blame)
    record = _record(following, break_points(argument, name, columns), absent)
    return record | {"condition_met": None if condition is None else len(columns[name])}


def _record(
    following: Following,
    breaks: tuple[BreakPoint, ...],
    absent: tuple[tuple[str, int], ...],
) -> dict[str, Any]:
    return {
        "claim": following.claim,
        "premises": [str(premise) for premise in following.premises],
        "unmodelled_premises": list(following.unmodelled),
        "authors_world": following.authors_world.to_json(),
        "our_world": following.our_world.to_json(),
        "premises_hold": following.premises_hold.to_json(),
        "each_holds": {name: one.to_json() for name, one in following.each_holds.items()},
        "without_unnamed": following.without_unnamed.to_json(),
        "break_points": [
            {
                "premise": str(one.premise),
                "standing": one.standing.to_json(),
                "fallen": one.fallen.to_json(),
                "change": one.change,
                "error": one.error,
            }
            for one in breaks
        ],
        "missing": [{"actor": actor, "futures": number} for actor, number in absent],
    }
