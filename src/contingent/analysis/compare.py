"""Two studies side by side: what differs between them, and what the difference does.

Claims are matched by name. Where both studies have the same seed, their futures are the same
wherever the paths agree, and shares are compared future by future; else the errors of two
independent shares add up. What differs is listed: numbers, structural rules, mechanisms.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import sqrt
from typing import Any

import numpy as np

from contingent.analysis.what_if import NORMAL_95, matched_pairs
from contingent.claims.keeping import kept_record, kept_scenario, kept_truth
from contingent.errors import StudyError
from contingent.simulate.study import Study

__all__ = ["Comparison", "compare"]


@dataclass(frozen=True)
class Comparison:
    """What two studies have apart.

    Attributes
    ----------
    one, other : their folders
    numbers : dotted name to the two ways it is written; None where one has no such number
    rules : structural rules and mechanisms with their two settings
    claims : records of id, says, one, other, difference, error, low, high, paired
    only : claims that stand in one of them alone
    """

    one: str
    other: str
    numbers: Mapping[str, tuple[str | None, str | None]]
    rules: Mapping[str, tuple[Any, Any]]
    claims: tuple[Mapping[str, Any], ...]
    only: tuple[tuple[str, ...], tuple[str, ...]]

    def record(self) -> dict[str, Any]:
        """Return the comparison as plain data."""
        return {
            "one": self.one,
            "other": self.other,
            "numbers": {name: list(pair) for name, pair in self.numbers.items()},
            "rules": {name: list(pair) for name, pair in self.rules.items()},
            "claims": [dict(claim) for claim in self.claims],
            "only_one": list(self.only[0]),
            "only_other": list(self.only[1]),
        }


def compare(one: Study, other: Study) -> Comparison:
    """Compare two studies with verdicts.

    Raises
    ------
    StudyError
        If one of them has none.
    """
    first, second = kept_record(one.folder), kept_record(other.folder)
    by_id = {claim["id"]: claim for claim in second["claims"]}
    mine = [claim["id"] for claim in first["claims"]]
    paired = _paired_columns(one, other)
    claims = [
        _compared(claim, by_id[claim["id"]], paired)
        for claim in first["claims"]
        if claim["id"] in by_id
    ]
    numbers, rules = _differing(one, other)
    return Comparison(
        str(one.folder),
        str(other.folder),
        numbers,
        rules,
        tuple(sorted(claims, key=lambda claim: -abs(claim["difference"] or 0.0))),
        (
            tuple(name for name in mine if name not in by_id),
            tuple(name for name in by_id if name not in mine),
        ),
    )


def _paired_columns(one: Study, other: Study) -> tuple[Any, Any] | None:
    """Truth of both studies, if their futures can be compared one by one."""
    if one.manifest.seed != other.manifest.seed:
        return None
    try:
        return kept_truth(one.folder), kept_truth(other.folder)
    except StudyError:
        return None


def _differing(
    one: Study, other: Study
) -> tuple[dict[str, tuple[str | None, str | None]], dict[str, tuple[Any, Any]]]:
    try:
        first, second = kept_scenario(one.folder), kept_scenario(other.folder)
    except StudyError:
        return {}, {}
    rules = {
        name: (first[part].get(name), second[part].get(name))
        for part in ("structure", "mechanisms")
        for name in {**first[part], **second[part]}
        if first[part].get(name) != second[part].get(name)
    }
    mine, theirs = first["quantities"], second["quantities"]
    numbers = {
        name: (mine.get(name), theirs.get(name))
        for name in {**mine, **theirs}
        if mine.get(name) != theirs.get(name)
    }
    return numbers, rules


def _compared(
    one: Mapping[str, Any], other: Mapping[str, Any], paired: tuple[Any, Any] | None
) -> dict[str, Any]:
    record: dict[str, Any] = {
        "id": one["id"],
        "says": one["says"],
        "one": one["probability"],
        "other": other["probability"],
        "difference": None,
        "error": None,
        "low": None,
        "high": None,
        "paired": False,
    }
    if one["probability"] is None or other["probability"] is None:
        return record
    difference = other["probability"] - one["probability"]
    middle, error = difference, sqrt(_variance(one) + _variance(other))
    columns = _same_question(one, other, paired)
    if columns is not None:
        before, after = columns
        gained = int(np.count_nonzero(after & ~before))
        lost = int(np.count_nonzero(before & ~after))
        middle, error = matched_pairs(gained, lost, len(before))
    return record | {
        "difference": difference,
        "error": error,
        "low": max(middle - NORMAL_95 * error, -1.0),
        "high": min(middle + NORMAL_95 * error, 1.0),
        "paired": columns is not None,
    }


def _variance(claim: Mapping[str, Any]) -> float:
    share = float(claim["probability"])
    return share * (1.0 - share) / max(int(claim["futures_used"]), 1)


def _same_question(
    one: Mapping[str, Any], other: Mapping[str, Any], paired: tuple[Any, Any] | None
) -> tuple[Any, Any] | None:
    """Columns of an unconditional claim with the same predicate in both studies."""
    plain = not (one["given"] or other["given"] or one["do"] or other["do"])
    if paired is None or not plain or one["predicate"] != other["predicate"]:
        return None
    keys = [next((key for key in part if key.startswith(f"{one['id']}/")), None) for part in paired]
    if keys[0] is None or keys[0] != keys[1]:
        return None
    before, after = (part[keys[0]] for part in paired)
    futures = min(len(before), len(after))
    if futures != len(before) or futures != len(after):
        return None
    return before, after
