"""Shocks: attacks and other outside events that come in clusters.

A discrete Hawkes process for each kind of shock. With background rate mu (events a day) and excited
rate e, the number of events is Poisson with mean mu + e; each event raises e by
``branching · (1 - d) / d`` and e decays daily by d = exp(-1/decay), so that one event brings
``branching`` further events on average and the long-run rate is mu / (1 - branching)
(Hawkes 1971, in discrete time; the closed form its test checks). An event moves the will of the
actor that suffers it and the tacit coordination of one pair.

Parameters: ``shock_rate`` events/month, ``shock_branching`` 0..1, ``shock_decay`` days,
``shock_will`` and ``shock_tacit`` on scales 0..1. Off: no shock ever happens.
"""

from __future__ import annotations

from contingent import arithmetic
from contingent.reference.layout import MECHANISM_SHOCKS, SHOCK_MEMORY
from contingent.reference.state import Theatre, clip

DAYS_PER_MONTH = 30.4375
MOST_EVENTS = 20


def advance(t: Theatre) -> None:
    """Draw today's shocks and let them move will and tacit coordination."""
    for n in range(t.sizes["N"]):
        mean = t.shock_rate[n] / DAYS_PER_MONTH + t.excitation[n]
        events = 0
        if mean > 0.0:
            draw = t.uniform(MECHANISM_SHOCKS, n)
            events = min(arithmetic.poisson_quantile(draw, mean), MOST_EVENTS)
        decay = arithmetic.exp_(-1.0 / t.shock_decay[n])
        jump = t.shock_branching[n] * (1.0 - decay) / decay
        t.excitation[n] = (t.excitation[n] + jump * events) * decay
        t.shock_today[n] = events
        if events > 0:
            _strike(t, n, events)


def _strike(t: Theatre, shock: int, events: int) -> None:
    sufferer = t.shock_on[shock]
    t.will[sufferer] = clip(t.will[sufferer] + t.shock_will[shock] * events, 0.0, 1.0)
    first = t.shock_pair_first[shock]
    if first >= 0:
        second = t.shock_pair_second[shock]
        level = clip(t.tacit[first][second] + t.shock_tacit[shock] * events, 0.0, 1.0)
        t.tacit[first][second] = level
        t.tacit[second][first] = level
    days = t.shock_days[shock]
    for _ in range(min(events, SHOCK_MEMORY)):
        for k in range(SHOCK_MEMORY - 1, 0, -1):
            days[k] = days[k - 1]
        days[0] = t.day
