"""Supply: who is connected, and how stocks run down.

Every third day (staggered over blocs) a bloc's places are marked as connected if supplies from one
of its sources reach them over routes and places no hostile bloc holds or has isolated. Connected
stocks fill by a fifth of the gap a day; cut off, they decay with time constant ``supply_days``, at
the bloc's own places not below what ``airlift`` keeps up. A place whose holder is not connected is
besieged.

Closed form checked by its test: connectivity against a graph search, stocks against the
exponential. Off: every place is connected and stocks stay as on day 0.
"""

from __future__ import annotations

from contingent import arithmetic
from contingent.reference import routes
from contingent.reference.state import Theatre, bloc_fighters, own_place

CHECK_DAYS = 3
REFILL = 0.2


def advance(t: Theatre) -> None:
    """Update connections whose turn it is, and all stocks."""
    decay = arithmetic.exp_(-1.0 / t.supply_days)
    for b in range(t.sizes["B"]):
        if (t.day + b) % CHECK_DAYS == 0:
            routes.find_connected(t, b)
        for p in range(t.sizes["P"]):
            level = t.supply[b][p]
            if t.connected[b][p] == 1:
                t.supply[b][p] = level + REFILL * (1.0 - level)
            elif own_place(t, b, p):
                t.supply[b][p] = max(level * decay, min(level, t.airlift[p]))
            elif bloc_fighters(t, b, p) > 0.0:
                t.supply[b][p] = level * decay
            else:
                t.supply[b][p] = level + REFILL * (1.0 - level)
    mark_besieged(t)


def mark_besieged(t: Theatre) -> None:
    """Mark the places whose holder's bloc cannot supply them."""
    for p in range(t.sizes["P"]):
        t.besieged[p] = 1 - t.connected[t.actor_bloc[t.holder[p]]][p]
