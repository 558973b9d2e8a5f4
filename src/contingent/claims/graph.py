"""How the claims of an argument hang together, and what breaks it.

A claim may *follow from* others (they are offered as its grounds), *need* others (it cannot be so
without them) and *reject* others (its author holds them to be false). What a claim stands on are
its premises; a rejected claim counts as a premise that it is false.

Each conclusion gets two verdicts, both shares of the same futures: does it follow **in the
author's world**, where his premises hold and only what he names plays a part, and do the premises
hold **in ours**. The *break-points* are the premises whose falling makes the greatest difference;
the *missing actor* is who, named nowhere in the argument, most often makes the conclusion fail.

>>> argument = Argument({"rain": Links(), "flood": Links(follows_from=("rain",))})
>>> argument.premises("flood")
(Premise(claim='rain', holds=True),)
>>> Argument({"a": Links(needs=("b",)), "b": Links(follows_from=("a",))})
Traceback (most recent call last):
contingent.errors.ClaimError: the argument goes round in a circle: a needs b, b follows from a; \
take one of these links out
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from math import sqrt

import numpy as np
from numpy.typing import NDArray

from contingent.claims.verdict import Estimate, estimate
from contingent.errors import ClaimError

__all__ = [
    "Argument",
    "BreakPoint",
    "Following",
    "Links",
    "Premise",
    "absent_actors",
    "break_points",
    "follows",
]

Column = NDArray[np.bool_]

_WORDS = {"follows_from": "follows from", "needs": "needs", "rejects": "rejects"}


@dataclass(frozen=True)
class Links:
    """What one claim stands on: names of other claims of the argument."""

    follows_from: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    rejects: tuple[str, ...] = ()

    def each(self) -> list[tuple[str, str]]:
        """Return (sort of link, claim) for every link."""
        return [(sort, name) for sort in _WORDS for name in getattr(self, sort)]


@dataclass(frozen=True)
class Premise:
    """A claim on which another stands, and whether it is held to be true or false."""

    claim: str
    holds: bool = True

    def __str__(self) -> str:
        """Return the premise as one would say it."""
        return self.claim if self.holds else f"not {self.claim}"


class Argument:
    """The claims of an argument and the links between them.

    Parameters
    ----------
    links : mapping of str to Links
        Claim to what it stands on, in the order of the file.

    Raises
    ------
    ClaimError
        If a link names no claim of the argument, or the links go round in a circle, which is
        printed.
    """

    def __init__(self, links: Mapping[str, Links]) -> None:
        self.links = dict(links)
        for claim, own in self.links.items():
            for sort, name in own.each():
                if name not in self.links:
                    raise ClaimError(
                        f"claim {claim} {_WORDS[sort]} {name}, which is no claim of the argument",
                        next_step=f"expected one of {', '.join(self.links)}",
                    )
        self.order = self._sorted()

    def _sorted(self) -> tuple[str, ...]:
        """Return the claims so that each comes after what it stands on."""
        done: dict[str, None] = {}
        for root in self.links:
            path: list[tuple[str, str]] = []
            pending = [(root, iter(self.links[root].each()))]
            while pending:
                claim, rest = pending[-1]
                sort, name = next(rest, ("", ""))
                if not sort:
                    done[claim] = None
                    pending.pop()
                    path = path[:-1]
                    continue
                on_path = [one for one, _ in pending]
                if name in on_path:
                    self._circle([*path[on_path.index(name) :], (claim, sort)], name)
                if name not in done:
                    path.append((claim, sort))
                    pending.append((name, iter(self.links[name].each())))
        return tuple(done)

    def _circle(self, steps: list[tuple[str, str]], back_to: str) -> None:
        targets = [*(claim for claim, _ in steps[1:]), back_to]
        shown = ", ".join(
            f"{claim} {_WORDS[sort]} {target}"
            for (claim, sort), target in zip(steps, targets, strict=True)
        )
        raise ClaimError(
            f"the argument goes round in a circle: {shown}",
            next_step="take one of these links out",
        )

    @property
    def conclusions(self) -> tuple[str, ...]:
        """Claims that stand on others."""
        return tuple(claim for claim in self.order if self.links[claim].each())

    def premises(self, claim: str) -> tuple[Premise, ...]:
        """Return what a claim stands on directly."""
        return tuple(
            dict.fromkeys(
                Premise(name, sort != "rejects") for sort, name in self.links[claim].each()
            )
        )

    def grounds(self, claim: str) -> tuple[str, ...]:
        """Return everything a claim stands on, directly or not, grounds first."""
        wanted, pending = set(), [claim]
        while pending:
            for _, name in self.links[pending.pop()].each():
                if name not in wanted:
                    wanted.add(name)
                    pending.append(name)
        return tuple(one for one in self.order if one in wanted)


@dataclass(frozen=True)
class Following:
    """Whether a conclusion follows, and whether its premises hold.

    Attributes
    ----------
    claim : str
    premises : tuple of Premise
        Those that are modelled, so that futures can be sorted by them.
    unmodelled : tuple of str
        Premises no future can be sorted by; they are left out, and that is said.
    authors_world : Estimate
        The conclusion among futures in which the premises hold and nobody unnamed acts.
    premises_hold : Estimate
        All premises together, among all futures.
    each_holds : mapping of str to Estimate
        Each premise alone, among all futures.
    our_world : Estimate
        The conclusion among all futures.
    without_unnamed : Estimate
        The conclusion among futures in which nobody unnamed acts, whatever the premises.
    """

    claim: str
    premises: tuple[Premise, ...]
    unmodelled: tuple[str, ...]
    authors_world: Estimate
    premises_hold: Estimate
    each_holds: Mapping[str, Estimate]
    our_world: Estimate
    without_unnamed: Estimate


@dataclass(frozen=True)
class BreakPoint:
    """What becomes of a conclusion if one premise falls.

    Attributes
    ----------
    premise : Premise
    standing, fallen : Estimate
        The conclusion where all premises hold; where all but this one do.
    change : float or None
        Fallen minus standing; None where either is too few.
    error : float or None
        Standard error of the change.
    paired : bool
        Whether the same futures were run twice, with the premise and without.
    """

    premise: Premise
    standing: Estimate
    fallen: Estimate
    change: float | None
    error: float | None
    paired: bool


def _holding(columns: Mapping[str, Column], premise: Premise) -> Column:
    return columns[premise.claim] if premise.holds else ~columns[premise.claim]


def _all(columns: list[Column], futures: int) -> Column:
    together: Column = np.logical_and.reduce([np.ones(futures, dtype=bool), *columns])
    return together


def follows(
    argument: Argument,
    claim: str,
    columns: Mapping[str, Column],
    unnamed: Mapping[str, Column] | None = None,
) -> Following:
    """Return a conclusion's verdict in the author's world and in ours.

    Parameters
    ----------
    argument : Argument
    claim : str
    columns : mapping of str to (future,) bool
        In which futures each claim comes true; claims without a column are unmodelled.
    unnamed : mapping of str to (future,) bool
        Actors and options that the argument does not name: in which futures they act.

    Returns
    -------
    Following
        Too few where the author's world hardly ever comes about.
    """
    premises = argument.premises(claim)
    modelled = tuple(premise for premise in premises if premise.claim in columns)
    outcome = columns[claim]
    futures = len(outcome)
    together = _all([_holding(columns, premise) for premise in modelled], futures)
    nobody = ~np.logical_or.reduce([np.zeros(futures, dtype=bool), *(unnamed or {}).values()])
    return Following(
        claim,
        modelled,
        tuple(premise.claim for premise in premises if premise.claim not in columns),
        estimate(outcome, together & nobody),
        estimate(together),
        {str(premise): estimate(_holding(columns, premise)) for premise in modelled},
        estimate(outcome),
        estimate(outcome, nobody),
    )


def break_points(
    argument: Argument,
    claim: str,
    columns: Mapping[str, Column],
    flipped: Mapping[str, Column] | None = None,
) -> tuple[BreakPoint, ...]:
    """Return the premises of a claim, the one whose fall changes it most first.

    Parameters
    ----------
    argument : Argument
    claim : str
    columns : mapping of str to (future,) bool
        In which futures each claim comes true.
    flipped : mapping of str to (future,) bool, optional
        For a premise: in which of the *same* futures the conclusion comes true when the premise
        is made to fall, all else and all chance alike. Where given, futures are compared in
        pairs; else futures in which the premise fell by itself are compared with others.

    Returns
    -------
    tuple of BreakPoint
        Without a number, where too few, last.
    """
    premises = [one for one in argument.premises(claim) if one.claim in columns]
    found = [
        _paired(premise, columns[claim], (flipped or {})[premise.claim])
        if premise.claim in (flipped or {})
        else _compared(premise, premises, claim, columns)
        for premise in premises
    ]
    return tuple(sorted(found, key=lambda one: -abs(one.change) if one.change is not None else 1.0))


def _paired(premise: Premise, outcome: Column, fallen: Column) -> BreakPoint:
    """Compare each future with itself, the premise made to fall."""
    standing, without = estimate(outcome), estimate(fallen)
    if standing.too_few or without.too_few:
        return BreakPoint(premise, standing, without, None, None, paired=True)
    difference = fallen.astype(float) - outcome
    error = float(difference.std() / sqrt(len(difference)))
    return BreakPoint(premise, standing, without, float(difference.mean()), error, paired=True)


def _compared(
    premise: Premise, premises: list[Premise], claim: str, columns: Mapping[str, Column]
) -> BreakPoint:
    """Compare futures in which all premises hold with those in which all but one do."""
    others = [_holding(columns, one) for one in premises if one != premise]
    rest = _all(others, len(columns[claim]))
    holds = _holding(columns, premise)
    standing = estimate(columns[claim], rest & holds)
    fallen = estimate(columns[claim], rest & ~holds)
    if standing.probability is None or fallen.probability is None:
        return BreakPoint(premise, standing, fallen, None, None, paired=False)
    variance = sum(
        one.probability * (1 - one.probability) / one.futures_used
        for one in (standing, fallen)
        if one.probability is not None
    )
    change = fallen.probability - standing.probability
    return BreakPoint(premise, standing, fallen, change, sqrt(variance), paired=False)


def absent_actors(
    outcome: Column,
    blame: Callable[[int], str | None],
    named: tuple[str, ...] = (),
) -> tuple[tuple[str, int], ...]:
    """Return who, not named by the author, makes a conclusion fail, most often first.

    Parameters
    ----------
    outcome : (future,) bool
        In which futures the conclusion comes true.
    blame : callable
        Future to the actor or option that made it fail there, or None if nobody did.
    named : tuple of str
        Actors and options that the argument names.

    Returns
    -------
    tuple of (str, int)
        Name and number of futures; ties in order of name. Empty if nobody unnamed is to blame.
    """
    blamed = (blame(int(future)) for future in np.flatnonzero(~outcome))
    counts = Counter(name for name in blamed if name is not None and name not in named)
    return tuple(sorted(counts.items(), key=lambda one: (-one[1], one[0])))
