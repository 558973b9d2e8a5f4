"""What a claim is worth: shares of futures, with their errors, and what history says of it.

A verdict is counted from columns of true and false, one entry a future. It carries everything
that must be said beside the number: the interval of sampling (Wilson 1927, at 95 %), the range
over structural variants and over readings of the wording, the share in the runs in which an
antecedent was *set* (``do``) beside the share in those where it *came about* (``given``), and how
many futures each rests on. Where an antecedent hardly ever comes about nothing is divided: the
status says *too_few*.

>>> import numpy as np
>>> falls = np.arange(200) < 60
>>> verdict = judge(Statement("fall", "The ford falls.", "forecast"), falls)
>>> verdict.status, verdict.probability, round(verdict.low, 3), round(verdict.high, 3)
('evaluated', 0.3, 0.241, 0.367)
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from math import sqrt
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

__all__ = [
    "FEWEST",
    "LEAST_SHARE",
    "Columns",
    "Estimate",
    "Ruling",
    "Statement",
    "Verdict",
    "estimate",
    "judge",
    "rule",
    "wilson",
]

Kind = Literal["observation", "explanation", "forecast", "conditional", "normative", "background"]
Status = Literal["evaluated", "unmodelled", "not_truth_apt", "too_few"]
Distance = Literal["direct", "close", "proxy"]
Settled = bool | Literal["open"] | None
Column = NDArray[np.bool_]

FEWEST = 50
"""Futures in which a condition must be met before a share among them is given."""

LEAST_SHARE = 0.01
"""Share of futures in which a condition must be met before a share among them is given."""

_NORMAL_95 = 1.959963984540054


@dataclass(frozen=True)
class Columns:
    """In which futures a claim comes true, and in which its condition is met.

    Attributes
    ----------
    outcome : (future,) bool
    given : (future,) bool or None
        None if there is no condition.
    """

    outcome: Column
    given: Column | None = None


@dataclass(frozen=True)
class Estimate:
    """A share of futures.

    Attributes
    ----------
    probability, low, high : float or None
        Share in which the claim comes true and its 95 % interval; None where too few.
    futures_used, futures : int
        How many futures meet the condition, and of how many.
    too_few : bool
    """

    probability: float | None
    low: float | None
    high: float | None
    futures_used: int
    futures: int
    too_few: bool

    def to_json(self) -> dict[str, Any]:
        """Return the estimate as plain values."""
        return {
            "probability": self.probability,
            "low": self.low,
            "high": self.high,
            "futures_used": self.futures_used,
            "futures": self.futures,
        }


@dataclass(frozen=True)
class Ruling:
    """What history says of a claim.

    Attributes
    ----------
    settled : bool, "open" or None
        None where there is nothing to settle.
    void : bool
        Whether the claim's antecedent did not come about, or is not known to have.
    reason : str
    """

    settled: Settled = None
    void: bool = False
    reason: str = ""


@dataclass(frozen=True)
class Statement:
    """What is known of a claim before any future is looked at.

    Attributes
    ----------
    id, says : str
        Name, and paraphrase of the sentence.
    kind : {"observation", "explanation", "forecast", "conditional", "normative", "background"}
    distance : {"direct", "close", "proxy"}
        How far the predicate is from the sentence.
    hedge : (float, float) or None
        Probability range that the author's words imply.
    cluster : str
        Claims of one cluster are scored once; the claim's own id if empty.
    given, do : str
        The antecedent as written.
    note : str
    """

    id: str
    says: str
    kind: Kind
    distance: Distance = "direct"
    hedge: tuple[float, float] | None = None
    cluster: str = ""
    given: str = ""
    do: str = ""
    note: str = ""


@dataclass(frozen=True)
class Verdict:
    """A claim judged.

    Attributes
    ----------
    statement : Statement
    status : {"evaluated", "unmodelled", "not_truth_apt", "too_few"}
    probability, low, high : float or None
        The headline: among futures that meet ``given``, else under ``do``, else among all.
    futures_used : int
    plain, given, do : Estimate or None
        Among all futures; among those that meet the condition; with the antecedent set.
    variants_low, variants_high : float or None
        Range of the headline over structural variants.
    variants : int
        How many variants gave a number.
    wording_low, wording_high : float or None
        Range over readings of the wording; `readings` holds each.
    ruling : Ruling
    bases : mapping of str to int
        How many numbers of each basis the verdict rests on.
    decision_half : tuple of str
        Decisions that it rests on and that no data touch (`untouched.DECISIONS`).
    """

    statement: Statement
    status: Status
    probability: float | None = None
    low: float | None = None
    high: float | None = None
    futures_used: int = 0
    plain: Estimate | None = None
    given: Estimate | None = None
    do: Estimate | None = None
    variants_low: float | None = None
    variants_high: float | None = None
    variants: int = 0
    wording_low: float | None = None
    wording_high: float | None = None
    readings: Mapping[str, float | None] = field(default_factory=dict)
    ruling: Ruling = Ruling()
    bases: Mapping[str, int] = field(default_factory=dict)
    decision_half: tuple[str, ...] = ()

    @property
    def decision_half_unvalidated(self) -> bool:
        """Whether it rests on decisions that no data touch."""
        return bool(self.decision_half)

    @property
    def id(self) -> str:
        """The claim's name."""
        return self.statement.id

    @property
    def settled(self) -> Settled:
        """True, False, "open", or None where there is nothing to settle."""
        return self.ruling.settled

    @property
    def cluster(self) -> str:
        """The cluster in which the claim is scored."""
        return self.statement.cluster or self.statement.id

    def to_json(self) -> dict[str, Any]:
        """Return the verdict as plain values; absent numbers are None."""
        statement = self.statement
        hedge_low, hedge_high = statement.hedge or (None, None)
        return {
            "id": statement.id,
            "says": statement.says,
            "kind": statement.kind,
            "status": self.status,
            "probability": self.probability,
            "low": self.low,
            "high": self.high,
            "variants_low": self.variants_low,
            "variants_high": self.variants_high,
            "futures_used": self.futures_used,
            "settled": self.settled,
            "hedge_low": hedge_low,
            "hedge_high": hedge_high,
            "distance": statement.distance,
            "wording_low": self.wording_low,
            "wording_high": self.wording_high,
            "readings": dict(self.readings),
            "variants": self.variants,
            "plain": self.plain.to_json() if self.plain else None,
            "given": self.given.to_json() | {"text": statement.given} if self.given else None,
            "do": self.do.to_json() | {"text": statement.do} if self.do else None,
            "void": self.ruling.void,
            "reason": self.ruling.reason,
            "bases": dict(self.bases),
            "decision_half_unvalidated": self.decision_half_unvalidated,
            "decision_half": list(self.decision_half),
            "cluster": self.cluster,
            "note": statement.note,
        }


def wilson(successes: float, trials: float, deviate: float = _NORMAL_95) -> tuple[float, float]:
    """Return Wilson's score interval of a proportion.

    Parameters
    ----------
    successes, trials : float
        0 <= successes <= trials, trials at least 1; fractions where futures are weighed.
    deviate : float
        Normal deviate; the default gives 95 %.

    Returns
    -------
    (float, float)
        Within 0 and 1 (Wilson 1927, J. Am. Stat. Assoc. 22, 209-212).
    """
    share = successes / trials
    spread = deviate**2 / trials
    middle = (share + spread / 2) / (1 + spread)
    half = deviate * sqrt(share * (1 - share) / trials + spread / (4 * trials)) / (1 + spread)
    low = 0.0 if successes == 0 else middle - half
    high = 1.0 if successes == trials else middle + half
    return max(low, 0.0), min(high, 1.0)


def estimate(outcome: Column, given: Column | None = None) -> Estimate:
    """Return the share of futures in which a claim comes true.

    Parameters
    ----------
    outcome : (future,) bool
    given : (future,) bool, optional
        Condition; without it all futures count.

    Returns
    -------
    Estimate
        Too few if no future is left, or with a condition fewer than `FEWEST` or a smaller share
        than `LEAST_SHARE`.
    """
    futures = len(outcome)
    if given is not None and len(given) != futures:
        raise ValueError(f"the claim has {futures} futures, its condition {len(given)}")
    used = futures if given is None else int(np.count_nonzero(given))
    enough = used > 0 if given is None else used >= max(FEWEST, LEAST_SHARE * futures)
    if not enough:
        return Estimate(None, None, None, used, futures, too_few=True)
    true = int(np.count_nonzero(outcome if given is None else outcome & given))
    low, high = wilson(true, used)
    return Estimate(true / used, low, high, used, futures, too_few=False)


def rule(claim: bool | None, *, given: bool | None = True) -> Ruling:
    """Return what history says of a claim with an antecedent.

    Parameters
    ----------
    claim, given : bool or None
        What history makes of the claim and of its antecedent; None where it is open. A claim
        without an antecedent has `given` true.

    Returns
    -------
    Ruling
        Void unless the antecedent is settled true.
    """
    if given is True:
        return Ruling("open" if claim is None else claim)
    known = "did not come about" if given is False else "is not known to have come about"
    return Ruling(None, void=True, reason=f"void: its condition {known}")


def _range(columns: Sequence[Columns]) -> tuple[float | None, float | None, int]:
    """Return lowest and highest share over several columns, and how many had one."""
    shares = [estimate(column.outcome, column.given).probability for column in columns]
    found = [share for share in shares if share is not None]
    return (min(found), max(found), len(found)) if found else (None, None, 0)


def judge(
    statement: Statement,
    outcome: Column | None,
    *,
    given: Column | None = None,
    do: Column | None = None,
    variants: Sequence[Columns] = (),
    readings: Mapping[str, Columns] | None = None,
    ruling: Ruling | None = None,
    bases: Mapping[str, int] | None = None,
    decision_half: tuple[str, ...] = (),
) -> Verdict:
    """Return the verdict on one claim.

    Parameters
    ----------
    statement : Statement
    outcome : (future,) bool or None
        In which futures the claim comes true; None if no mechanism speaks to it.
    given : (future,) bool, optional
        In which of the same futures the condition is met.
    do : (future,) bool, optional
        In which futures the claim comes true when its antecedent is set.
    variants : sequence of Columns
        The same claim under each structural variant (with its condition, or under do).
    readings : mapping of str to Columns
        The claim in each reading of its wording.
    ruling : Ruling, optional
        What history says.
    bases : mapping of str to int
    decision_half : tuple of str
        Decisions that it rests on and that no data touch.

    Returns
    -------
    Verdict
    """
    ruling = ruling or Ruling()
    if statement.kind == "normative":
        return Verdict(statement, "not_truth_apt")
    plain = None if outcome is None else estimate(outcome)
    conditioned = None if outcome is None or given is None else estimate(outcome, given)
    intervened = None if do is None else estimate(do)
    headline = conditioned or intervened or plain
    if headline is None:
        return Verdict(statement, "unmodelled", ruling=ruling)
    variants_low, variants_high, counted = _range(variants)
    wordings = readings or {}
    wording_low, wording_high, _ = _range(list(wordings.values()))
    return Verdict(
        statement,
        "too_few" if headline.too_few else "evaluated",
        headline.probability,
        headline.low,
        headline.high,
        headline.futures_used,
        plain,
        conditioned,
        intervened,
        variants_low,
        variants_high,
        counted,
        wording_low,
        wording_high,
        {name: estimate(one.outcome, one.given).probability for name, one in wordings.items()},
        ruling,
        bases or {},
        decision_half,
    )
