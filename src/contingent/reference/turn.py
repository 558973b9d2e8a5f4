"""Turn: levers are moved on a day, and the world goes on from where it stands.

On the day of the turn every parameter takes another value, before the day is played. What was made
of the parameters on day 0 stays as it has become: forces, stocks, levels of commitment, will, drawn
dates. Distances are found anew, and a place is worth to a bloc as much more or less as its actors'
aims have changed. Without a turn nothing here runs.
"""

from __future__ import annotations

import numpy as np

from contingent.reference.routes import forget_distances
from contingent.reference.state import Theatre


def advance(t: Theatre, values: np.ndarray) -> None:
    """Move the levers: `values` holds all parameter tables one after the other, (cells,) float."""
    places, blocs = range(t.sizes["P"]), range(t.sizes["B"])
    before = [[_worth(t, b, p) for p in places] for b in blocs]
    t.take_parameters(values)
    for b in blocs:
        for p in places:
            after = _worth(t, b, p)
            if after != before[b][p]:
                t.value[b][p] += after - before[b][p]
    forget_distances(t)


def _worth(t: Theatre, bloc: int, place: int) -> float:
    """Most that the place is worth to an actor of the bloc."""
    worth = 0.0
    for a in t.actors_of[bloc]:
        worth = max(worth, t.aims[a][place])
    return worth
