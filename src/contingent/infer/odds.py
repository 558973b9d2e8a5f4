"""Odds in words."""

from __future__ import annotations

import numpy as np

SMALL = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


def times_likelier(log_odds: float) -> str:
    """Say odds in words.

    >>> times_likelier(np.log(3.1)), times_likelier(-np.log(8)), times_likelier(0.1)
    ('about three times likelier', 'about eight times less likely', 'hardly likelier')
    >>> times_likelier(np.log(40))
    'about 40 times likelier'
    """
    factor = float(np.exp(min(abs(log_odds), 20.0)))
    if factor < 1.5:
        return "hardly likelier" if log_odds >= 0.0 else "hardly less likely"
    if factor < 1.75:
        said = "one and a half"
    else:
        said = SMALL[round(factor) - 1] if round(factor) <= len(SMALL) else f"{factor:.0f}"
    return f"about {said} times {'likelier' if log_odds > 0.0 else 'less likely'}"
