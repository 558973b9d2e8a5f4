"""Futures that agree with what was known: plain rejection on sharp reports of holders.

A report is sharp if it says who holds, or does not hold, a place (``holds(…)``, denied with
``not``, joined with ``and``), was published by the fence, speaks of a day by the fence, and is
neither silence, nor a denial of another report, nor superseded. It is taken at its word, on its
day or, with ``window:``, on one of the days around it. This is the crude way: it knows no error
rates and may leave hardly a future; the number left is part of the answer.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from contingent.errors import ClaimError
from contingent.language import Formula, Observable, parse_state
from contingent.language.formulas import And, Not, Signal
from contingent.scenario.types import Scenario
from contingent.scenario.types_reports import Report
from contingent.simulate.paths import RecordedPaths


@dataclass(frozen=True)
class Known:
    """What plain rejection leaves.

    Attributes
    ----------
    mask : (future,) bool, True where a future agrees with every sharp report
    reports : the reports used, in file order
    met : how many futures agree with each report alone
    """

    mask: NDArray[np.bool_]
    reports: tuple[str, ...]
    met: tuple[int, ...]

    @property
    def left(self) -> int:
        """Number of futures left."""
        return int(self.mask.sum())


def given_known(scenario: Scenario, paths: RecordedPaths) -> Known:
    """Find the futures that agree with every sharp report before the fence."""
    mask = np.ones(paths.futures, dtype=bool)
    used, met = [], []
    for report, formula in sharp_reports(scenario, paths):
        days = _days(report, paths)
        agrees = _value(formula, paths)[:, days].any(axis=1)
        used.append(report.id)
        met.append(int(agrees.sum()))
        mask &= agrees
    return Known(mask, tuple(used), tuple(met))


def sharp_reports(scenario: Scenario, paths: RecordedPaths) -> list[tuple[Report, Formula]]:
    """Reports that can be taken at their word, with what they say."""
    theatre, words = scenario.theatre, paths.names.vocabulary()
    published = [r for r in theatre.reports if r.published <= theatre.now and r.on <= theatre.now]
    replaced = {report.supersedes for report in published}
    found = []
    for report in published:
        if report.silence or report.denies or report.id in replaced or report.observe is None:
            continue
        try:
            formula = parse_state(report.observe, words)
        except ClaimError:
            continue
        if _is_sharp(formula):
            found.append((report, formula))
    return found


def _is_sharp(formula: Formula) -> bool:
    match formula:
        case And(operands):
            return all(_is_sharp(operand) for operand in operands)
        case Not(operand):
            return _is_sharp(operand)
        case Signal(observables):
            return all(one.name == "holds" for one in observables)
    return False


def _value(formula: Formula, paths: RecordedPaths) -> NDArray[np.bool_]:
    """Truth of a sharp formula, (future, day)."""
    match formula:
        case And(operands):
            parts = [_value(operand, paths) for operand in operands]
            return np.asarray(np.logical_and.reduce(parts))
        case Not(operand):
            return ~_value(operand, paths)
        case Signal(observables):
            return _any(observables, paths)
    raise AssertionError(formula)


def _any(observables: Iterable[Observable], paths: RecordedPaths) -> NDArray[np.bool_]:
    parts = [paths.signal(one).astype(bool) for one in observables]
    return np.asarray(np.logical_or.reduce(parts))


def _days(report: Report, paths: RecordedPaths) -> slice:
    """Days on one of which the report must hold."""
    day = (report.on - paths.start).days
    window = report.window or 0
    return slice(max(day - window, 0), max(min(day + window, paths.days - 1) + 1, 0))
