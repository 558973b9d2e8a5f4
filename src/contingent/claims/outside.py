"""The outside view beside the model's number, for claims that a town falls.

The attacker's class follows from the kinds of force that the attackers have and can send; where no
base rate of the library fits, nothing is said.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from contingent.claims.falls import fall_of
from contingent.claims.reading import ReadClaim
from contingent.scenario.outside_view import attacker_class, rates
from contingent.scenario.quantities import middle
from contingent.scenario.types import Theatre

__all__ = ["outside_view"]


def outside_view(claim: ReadClaim, theatre: Theatre) -> dict[str, Any] | None:
    """Return base rates of the fall that a claim speaks of; None where it or they do not fit.

    Returns
    -------
    dict or None
        place, attackers, attacker_class, asked_days (that the claim gives), attack (*given*, *under
        way*, *not given*: the rates hold once there is one), denied (whether the claim is that the
        place does not fall), rates (one a source: source, horizon in days, n, k, mean, low, high,
        last).
    """
    fall = fall_of(claim, theatre)
    if fall is None:
        return None
    attacker = attacker_class(_kinds(theatre, fall.attackers))
    found = () if attacker is None else rates(attacker, fall.days, theatre.now)
    if not found:
        return None
    return {
        "place": fall.place,
        "attackers": [name for name in theatre.actors if name in fall.attackers],
        "attacker_class": attacker,
        "asked_days": fall.days,
        "attack": fall.attack,
        "denied": fall.denied,
        "rates": [
            {
                "source": one.source,
                "horizon": one.horizon,
                "n": one.n,
                "k": one.k,
                "mean": one.mean,
                "low": one.low,
                "high": one.high,
                "last": one.last,
            }
            for one in found
        ],
    }


def _kinds(theatre: Theatre, actors: Iterable[str]) -> set[str]:
    """Kinds of the forces that some actors could send to attack."""
    return {
        force.kind
        for name in actors
        for force in theatre.actors[name].forces
        if middle(force.mobile) != 0.0
    }
