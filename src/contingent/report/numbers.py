"""Numbers as people read them: whole percents, ranges, dates; never more than two digits."""

from __future__ import annotations

__all__ = ["percent", "percent_range", "signed_points"]

NOTHING = "–"


def percent(share: float | None) -> str:
    """A probability in whole percent; what is close to 0 or 1 is not rounded into it.

    >>> percent(0.474), percent(0.002), percent(0.998), percent(0.0), percent(None)
    ('47', '<1', '>99', '0', '–')
    """
    if share is None:
        return NOTHING
    if 0.0 < share < 0.005:
        return "<1"
    if 0.995 <= share < 1.0:
        return ">99"
    return f"{100.0 * share:.0f}"


def percent_range(low: float | None, high: float | None) -> str:
    """A range of probabilities in whole percent.

    >>> percent_range(0.44, 0.507), percent_range(0.5, 0.5), percent_range(None, None)
    ('44–51', '50', '–')
    """
    if low is None or high is None:
        return NOTHING
    one, other = percent(low), percent(high)
    return one if one == other else f"{one}–{other}"


def signed_points(difference: float | None) -> str:
    """A difference of probabilities in percentage points.

    >>> signed_points(0.042), signed_points(-0.1), signed_points(0.0)
    ('+4.2', '-10.0', '0.0')
    """
    if difference is None:
        return NOTHING
    points = 100.0 * difference
    return f"{points:+.1f}" if abs(points) >= 0.05 else "0.0"
