"""Does the machine behave? Expectations about a theatre's futures, counted.

The list stands beside the theatre's file (:mod:`contingent.scenario.checklist`). A state predicate
is asked when it is first true, no later than ``by:`` and, with ``given:``, no earlier than its
condition; the days are told at 5, 50 and 95 % of the futures in which it comes true. These are
checks of the machine: that they are met validates nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from contingent.analysis.chunks import chunk_paths
from contingent.claims.evaluate import Paths, evaluate, series
from contingent.claims.verdict import wilson
from contingent.language import (
    Formula,
    Observable,
    Vocabulary,
    is_path,
    observables,
    parse_expression,
)
from contingent.scenario.checklist import BOUNDS, Check, checklist_file, read_checklist
from contingent.scenario.types import Scenario
from contingent.simulate.study import Study

__all__ = ["check_run", "checks_of", "observables_of"]

NEVER = -1
RANGE = (5, 50, 95)
Days = NDArray[np.int64]


@dataclass
class _Tally:
    """What is known of one check so far: first days of predicate and condition, per future."""

    check: Check
    formula: Formula
    condition: Formula | None
    last: int
    first: list[Days] = field(default_factory=list)
    begun: list[Days] = field(default_factory=list)


def checks_of(name: str | Path, scenario: Scenario) -> tuple[Check, ...]:
    """Return the expectations about a scenario's theatre; none if there is no list."""
    path = checklist_file(name, scenario.theatre.theatre)
    return () if path is None else read_checklist(path)


def observables_of(checks: Iterable[Check], vocabulary: Vocabulary) -> list[Observable]:
    """Every daily series that some checks need, in a fixed order."""
    found: set[Observable] = set()
    for check in checks:
        for text in (check.predicate, check.given):
            if text is not None:
                found |= observables(parse_expression(text, vocabulary))
    return sorted(found, key=str)


def check_run(
    checks: Sequence[Check], study: Study, futures: int | None = None
) -> list[dict[str, Any]]:
    """Count every check over a study's futures, the first `futures` of them if given.

    Returns
    -------
    list of dict
        id, says, expect, share, low, high (95 % interval), futures (that meet the condition), met,
        first (dates at 5, 50 and 95 % of those in which it comes true), days (the same, counted
        from the condition).
    """
    vocabulary = study.names.vocabulary()
    tallies = [_tally(check, vocabulary, study.names.days) for check in checks]
    for paths in chunk_paths(study, futures):
        for tally in tallies:
            _count(tally, paths)
    return [_record(tally, study) for tally in tallies]


def _tally(check: Check, vocabulary: Vocabulary, days: int) -> _Tally:
    formula = parse_expression(check.predicate, vocabulary)
    condition = None if check.given is None else parse_expression(check.given, vocabulary)
    last = days - 1
    if check.by is not None:
        last = min(max((check.by - vocabulary.start).days, 0), last)
    return _Tally(check, formula, condition, last)


def _count(tally: _Tally, paths: Paths) -> None:
    begun = np.zeros(paths.futures, dtype=np.int64)
    if tally.condition is not None:
        begun = _first_day(tally.condition, paths, np.zeros_like(begun), tally.last)
    tally.begun.append(begun)
    tally.first.append(_first_day(tally.formula, paths, begun, tally.last))


def _first_day(formula: Formula, paths: Paths, begin: Days, last: int) -> Days:
    """First day, from `begin` to `last`, on which a state is so; a claim counts as day `begin`."""
    if is_path(formula):
        came = evaluate(formula, paths, 0)
        return np.where(came & (begin >= 0), begin, NEVER)
    truth = series(formula, paths).astype(bool)
    days = np.arange(paths.days)
    truth = truth & (days >= begin[:, None]) & (begin[:, None] >= 0) & (days <= last)
    return np.where(truth.any(axis=1), truth.argmax(axis=1), NEVER)


def _record(tally: _Tally, study: Study) -> dict[str, Any]:
    first, begun = np.concatenate(tally.first), np.concatenate(tally.begun)
    counted = int((begun >= 0).sum())
    came = first[first >= 0]
    share = len(came) / counted if counted else None
    low, high = wilson(len(came), counted) if counted else (None, None)
    least, most = BOUNDS[tally.check.expect]
    state = not is_path(tally.formula)
    record: dict[str, Any] = {
        "id": tally.check.id,
        "says": tally.check.says,
        "expect": tally.check.expect,
        "share": share,
        "low": low,
        "high": high,
        "futures": counted,
        "met": None if share is None else least <= share <= most,
        "first": [],
        "days": [],
    }
    if state and len(came):
        quantiles = np.percentile(came, RANGE, method="nearest")
        record["first"] = [study.names.date(int(day)) for day in quantiles]
        if tally.condition is not None and not is_path(tally.condition):
            waited = (first - begun)[first >= 0]
            record["days"] = [int(day) for day in np.percentile(waited, RANGE, method="nearest")]
    return record
