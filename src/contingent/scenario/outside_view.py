"""The outside view: how often an attacked place changed hands, by the attacker's kind.

``outside_view.csv`` of the library holds base rates counted from three sources of attacks, which
overlap and differ in what they leave out, so that they are shown side by side and never added up.
A rate counts only for a theatre whose fence is not before the last day of its data.

>>> from datetime import date
>>> regular = attacker_class({"regular-brigade", "elite"})
>>> regular, attacker_class({"elite", "insurgent"}), attacker_class(set())
('regular', 'any', None)
>>> rates("regular", 45, fence=date(2016, 12, 12))[0].horizon
30
>>> rates("regular", 5, date(2016, 12, 12)), rates("regular", 45, date(2014, 1, 1))
((), ())
"""

from __future__ import annotations

import csv
from collections.abc import Iterable
from datetime import date
from functools import cache
from typing import NamedTuple

from contingent.scenario.document import LIBRARY

__all__ = ["ANY", "Rate", "attacker_class", "library_rates", "rates"]

ANY = "any"
"""Class of all attackers together, for forces of several classes."""


class Rate(NamedTuple):
    """One base rate.

    Attributes
    ----------
    attacker : class of attacker
    kinds : kinds of force that the class stands for; empty for `ANY`
    horizon : days after the attack began
    n, k : attacks seen for that long, and those after which the attacker held the place by then
    mean, low, high : of the posterior of the rate under Jeffreys' prior, and its 90 % interval
    source : what was counted
    last : last day of the data
    """

    attacker: str
    kinds: frozenset[str]
    horizon: int
    n: int
    k: int
    mean: float
    low: float
    high: float
    source: str
    last: date


@cache
def library_rates() -> tuple[Rate, ...]:
    """Every base rate of the library, in the order of its file."""
    with (LIBRARY / "outside_view.csv").open(encoding="utf-8", newline="") as file:
        return tuple(_rate(row) for row in csv.DictReader(file))


def _rate(row: dict[str, str]) -> Rate:
    return Rate(
        row["attacker"],
        frozenset(row["kinds"].split()),
        int(row["horizon"]),
        int(row["n"]),
        int(row["k"]),
        float(row["mean"]),
        float(row["low"]),
        float(row["high"]),
        row["source"],
        date.fromisoformat(row["last"]),
    )


def attacker_class(kinds: Iterable[str]) -> str | None:
    """Class of an attacker with forces of some kinds.

    Returns
    -------
    str or None
        The class that stands for all of them; `ANY` where they are of several classes; None
        without a force, or where some kind belongs to no class.
    """
    wanted = frozenset(kinds)
    classes = {rate.attacker: rate.kinds for rate in library_rates() if rate.attacker != ANY}
    own = {name for name, stands_for in classes.items() if wanted & stands_for}
    if not wanted or not wanted <= frozenset[str]().union(*classes.values()):
        return None
    return own.pop() if len(own) == 1 else ANY


def rates(attacker: str, days: int, fence: date) -> tuple[Rate, ...]:
    """Base rates of a class of attacker, one for each source.

    Parameters
    ----------
    attacker : a class
    days : that the attacker has; the longest horizon within them is taken
    fence : rates from data of a later day are left out

    Returns
    -------
    tuple of Rate
        Empty where no row fits.
    """
    known = [
        rate
        for rate in library_rates()
        if rate.attacker == attacker and rate.last <= fence and rate.horizon <= days and rate.n
    ]
    longest: dict[str, Rate] = {}
    for rate in known:
        best = longest.get(rate.source)
        if best is None or rate.horizon > best.horizon:
            longest[rate.source] = rate
    return tuple(longest.values())
