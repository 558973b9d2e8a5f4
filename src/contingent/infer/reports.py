"""Reports as evidence: which of them may condition, and what each says about a path.

A report conditions if it was published by the fence, speaks of a day of the theatre by the fence,
says something a path can answer, has not been superseded, and does not copy an earlier report of
its chain. The others are listed with the reason. The fence can be moved back (``--as-of``), never
forward, unless hindsight is asked for by name.

Kinds, told from what is written:

=========== ==================================================================================
holder      ``observe: holds(…)``: on its day, or within ``window:`` days of it
event       any other ``observe:`` that is true or false; with a window, at some time within it
inaction    ``observe: not …`` with a window: on no day of the window, which ends on the day
order       ``observe: first A then B``: both came about by the day, A no later than B
value       a number with ``value:``, exact or an interval
bounds      a number with ``at_least:``, ``at_most:`` or both
silence     ``silence: true``: had it happened in the window up to the day, it would be known
knew        ``knew:`` with an ``observe:``: what a side says it knew
intent      ``intent:`` with an ``observe:``: it will happen by the fence; cheap, or ``costly: …``
denial      ``denies:`` another report
=========== ==================================================================================
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from math import log
from typing import Literal

from contingent.compile.names import Names
from contingent.errors import ClaimError, SettingError
from contingent.infer.grades import Reading, trust
from contingent.language import (
    PREDICATES,
    Formula,
    Observable,
    observables,
    parse_observed,
    sort_of,
)
from contingent.language.formulas import Not, Signal
from contingent.scenario.quantities import Z95, Quantity, middle
from contingent.scenario.types import Theatre
from contingent.scenario.types_reports import Report

Kind = Literal[
    "holder", "event", "inaction", "order", "value", "bounds", "silence", "knew", "intent",
    "denial",
]  # fmt: skip
BIAS_SPREAD = 0.35
"""Standard deviation of the log of a party's bias: nine in ten within a factor of 1.8."""
LEAST_COUNT = 0.5
"""Smallest count whose log is taken: nobody at all is read as half a man."""
COSTLY = "costly:"
SHARES = "0 "
"""A predicate whose unit begins so is a share, not a count."""


@dataclass(frozen=True)
class Evidence:
    """One report, ready to be asked of paths.

    Attributes
    ----------
    id, kind : its name and what sort of report it is
    on, published : day it speaks of, day it was published
    says : the report in one sentence
    formulas : what it is about; two for an order
    first, last : days of the theatre that it looks at, both included
    whole : whether it must hold on every day it looks at, or on one
    negated : whether it says that it did not happen
    costly : whether an announced intent cost something
    low, high : bounds reported; equal for an exact value; None where there is none
    share : whether the number is a share, not a count
    trust : probability that the report follows what happened
    party : whose bias it carries
    bias : 5th and 95th percentile of reported over true value, as the file has it; None if not
    said : False in simulated evidence where the report was not made
    guess : log of the value around which a careless reporter guesses, in simulated evidence; the
        reported one if None
    """

    id: str
    kind: Kind
    on: date
    published: date
    says: str
    formulas: tuple[Formula, ...]
    first: int
    last: int
    whole: bool = False
    negated: bool = False
    costly: bool = False
    low: float | None = None
    high: float | None = None
    share: bool = False
    trust: float = 0.5
    party: str = ""
    bias: tuple[float, float] | None = None
    said: bool = True
    guess: float | None = None

    @property
    def observables(self) -> set[Observable]:
        """Daily series it needs."""
        return {one for formula in self.formulas for one in observables(formula)}


@dataclass(frozen=True)
class Refused:
    """A report that conditions nothing, and why.

    Attributes
    ----------
    id : its name
    where : file, line and column, if known
    reason : in words
    late : whether it was published after the fence
    """

    id: str
    where: str
    reason: str
    late: bool = False

    def __str__(self) -> str:
        place = f"{self.where}: " if self.where else ""
        return f"{place}reports.{self.id}: {self.reason}"


@dataclass(frozen=True)
class Selection:
    """Reports that condition, in the order in which they were published, and those that do not.

    Attributes
    ----------
    evidence, refused : the two sorts
    fence : last day of publication
    hindsight : whether the fence was moved forward
    """

    evidence: tuple[Evidence, ...]
    refused: tuple[Refused, ...]
    fence: date
    hindsight: bool = False

    @property
    def parties(self) -> tuple[str, ...]:
        """Parties whose bias is unknown, in order of appearance."""
        numbers = [one for one in self.evidence if one.kind in ("value", "bounds", "knew")]
        biased = [one.party for one in numbers if one.low is not None or one.high is not None]
        return tuple(dict.fromkeys(biased))

    @property
    def horizons(self) -> tuple[int, ...]:
        """Last day that must be simulated for each report and those before it."""
        reached, found = 0, []
        for one in self.evidence:
            reached = max(reached, one.last)
            found.append(reached)
        return tuple(found)


def select(
    theatre: Theatre,
    names: Names,
    *,
    as_of: date | None = None,
    hindsight: bool = False,
    reading: Reading = "published",
    marks: Mapping[str, str] | None = None,
) -> Selection:
    """Choose the reports that condition.

    Parameters
    ----------
    theatre, names : the theatre and the names of its program
    as_of : last day of publication; the theatre's fence if left out
    hindsight : whether `as_of` may lie after the fence
    reading : how grades are read
    marks : position of each report by its name, for messages

    Raises
    ------
    SettingError
        if the fence would move forward without hindsight, or leaves the period.
    ClaimError
        if what a report observes cannot be read; names the report.
    """
    fence = _fence(theatre, as_of, hindsight)
    found: list[Evidence] = []
    refused: list[Refused] = []
    origins: dict[tuple[str, ...], str] = {}
    replaced = {r.supersedes: r.id for r in theatre.reports if r.published <= fence}
    by_name = {report.id: report for report in theatre.reports}
    ordered = sorted(theatre.reports, key=lambda report: report.published)
    for report in ordered:
        reason = _unfit(report, theatre, fence) or _replaced(report, replaced)
        if not reason:
            reason = _copied(report, origins)
        if reason:
            place = (marks or {}).get(report.id, "")
            refused.append(Refused(report.id, place, reason, report.published > fence))
            continue
        found.append(read_report(report, by_name, names, fence, reading))
    return Selection(tuple(found), tuple(refused), fence, fence > theatre.now)


def _fence(theatre: Theatre, as_of: date | None, hindsight: bool) -> date:
    fence = as_of or theatre.now
    if fence > theatre.now and not hindsight:
        raise SettingError(
            "as-of", f"{fence}, after the fence", f"a day up to {theatre.now}",
            "--hindsight moves the fence forward and marks every result",
        )  # fmt: skip
    if not theatre.start <= fence <= theatre.end:
        raise SettingError(
            "as-of", str(fence), f"a day of the theatre, {theatre.start} to {theatre.end}"
        )
    return fence


def _unfit(report: Report, theatre: Theatre, fence: date) -> str:
    """Why a report cannot condition; empty if it can."""
    if report.published > fence:
        return f"published {report.published}, after the fence {fence}: it conditions nothing"
    if not theatre.start <= report.on <= theatre.end:
        return f"{report.on} is outside the period {theatre.start} to {theatre.end}"
    if report.on > fence:
        return f"speaks of {report.on}, after the fence {fence}"
    if report.observe is None and report.denies is None:
        return "has no predicate, so no path can answer it"
    return ""


def _replaced(report: Report, replaced: Mapping[str | None, str]) -> str:
    by = replaced.get(report.id)
    return f"superseded by {by}" if by else ""


def _copied(report: Report, origins: dict[tuple[str, ...], str]) -> str:
    """Whether an earlier report of its chain says the same; notes the report if not."""
    if report.chain is None:
        return ""
    same = (
        report.chain, " ".join((report.observe or "").split()), str(report.on), str(report.value),
        str(report.at_least), str(report.at_most), str(report.denies), str(report.silence),
    )  # fmt: skip
    if same in origins:
        return f"copies {origins[same]} (chain {report.chain})"
    origins[same] = report.id
    return ""


def read_report(
    report: Report,
    by_name: Mapping[str, Report],
    names: Names,
    fence: date,
    reading: Reading = "published",
) -> Evidence:
    """Turn a report into evidence.

    Raises
    ------
    ClaimError
        if what it observes cannot be read.
    SettingError
        if it says nothing that a path can answer in the way it is written.
    """
    denied = by_name[report.denies] if report.denies else None
    text = report.observe or (denied.observe if denied else None) or ""
    formulas = _formulas(report.id, text, names)
    said = "; ".join(part for part in (report.says, report.knew, report.intent) if part)
    base = Evidence(
        id=report.id,
        kind="event",
        on=report.on,
        published=report.published,
        says=said or text,
        formulas=formulas,
        first=names.day(report.on),
        last=names.day(report.on),
        costly=(report.intent or "").lower().startswith(COSTLY),
        share=all(PREDICATES[o.name].unit.startswith(SHARES) for o in observables(formulas[0])),
        trust=trust(report.grade, reading),
        party=report.chain or report.by or report.id,
        bias=_bias(report.bias),
    )
    if sort_of(formulas[0]) == "number":
        return _numeric(report, base, names)
    return _binary(report, base, names, fence)


def _formulas(report: str, text: str, names: Names) -> tuple[Formula, ...]:
    try:
        return parse_observed(text, names.vocabulary())
    except ClaimError as error:
        raise ClaimError(
            f"report {report}: {error.message}", error.text, error.position, error.next_step
        ) from None


def _binary(report: Report, base: Evidence, names: Names, fence: date) -> Evidence:
    """Evidence of what is true or false."""
    day, window = names.day(report.on), report.window or 0
    begun = max(day - window, 0)
    if report.denies:
        return replace(base, kind="denial", negated=True, first=begun)
    if report.silence:
        return replace(base, kind="silence", negated=True, first=begun)
    if report.intent is not None:
        until = names.day(fence) if report.window is None else min(day + window, names.day(fence))
        return replace(base, kind="intent", last=until)
    if len(base.formulas) == 2:
        return replace(base, kind="order", first=begun if report.window else 0)
    formula = base.formulas[0]
    if report.window and isinstance(formula, Not):
        return replace(base, kind="inaction", whole=True, first=begun)
    end = max(min(day + window, names.day(report.published), names.day(fence)), day)
    kind: Kind = "knew" if report.knew is not None else "event"
    if kind == "event" and _about_holders(formula):
        kind = "holder"
    return replace(base, kind=kind, first=begun, last=end)


def _about_holders(formula: Formula) -> bool:
    inner = formula.operand if isinstance(formula, Not) else formula
    return isinstance(inner, Signal) and all(one.name == "holds" for one in inner.observables)


def _numeric(report: Report, base: Evidence, names: Names) -> Evidence:
    """Evidence of a number."""
    first = max(names.day(report.on) - (report.window or 0), 0)
    low = None if report.at_least is None else middle(report.at_least)
    high = None if report.at_most is None else middle(report.at_most)
    if report.value is not None:
        low, high = _interval(report.value)
        kind: Kind = "value"
    elif low is None and high is None:
        raise SettingError(
            f"reports.{report.id}", "a number without value:, at_least: or at_most:", "one of them"
        )
    else:
        kind = "bounds"
    if not base.share:
        low = None if low is None else max(low, LEAST_COUNT)
        high = None if high is None else max(high, LEAST_COUNT)
    kind = "knew" if report.knew is not None else kind
    return replace(base, kind=kind, first=first, low=low, high=high)


def _interval(value: Quantity) -> tuple[float, float]:
    """5th and 95th percentile of a reported value."""
    if value.distribution in ("lognormal", "logitnormal", "uniform"):
        low, high = value.parameters
        return low, high
    if value.distribution == "normal":
        mean, deviation = value.parameters
        return mean - Z95 * deviation, mean + Z95 * deviation
    return middle(value), middle(value)


def _bias(written: Quantity | None) -> tuple[float, float] | None:
    if written is None:
        return None
    low, high = _interval(written)
    return max(low, 1e-6), max(high, 1e-6)


def log_bias(evidence: Evidence) -> tuple[float, float]:
    """Mean and standard deviation of the log of reported over true value.

    >>> from datetime import date
    >>> day = date(2020, 1, 1)
    >>> log_bias(Evidence("r", "value", day, day, "", (), 0, 0))
    (0.0, 0.35)
    """
    if evidence.bias is None:
        return 0.0, BIAS_SPREAD
    low, high = log(evidence.bias[0]), log(evidence.bias[1])
    return 0.5 * (low + high), (high - low) / (2.0 * Z95)
