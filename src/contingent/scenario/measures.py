"""Units that may be written after a number, and their conversion to a field's unit.

A unit is one word or two with a slash (``km``, ``fighters/day``). Conversions are few and exact:
lengths, areas, times, and rates built from them.

>>> convert(120.0, "hours", "days")
5.0
>>> convert(2.0, "km/h", "km/day")
48.0
>>> convert(5.0, "km", "days") is None
True
"""

from __future__ import annotations

SCALES: dict[str, tuple[str, float]] = {
    "km": ("km", 1.0),
    "m": ("km", 0.001),
    "km2": ("km2", 1.0),
    "day": ("days", 1.0),
    "week": ("days", 7.0),
    "fortnight": ("days", 14.0),
    "month": ("days", 30.0),
    "year": ("days", 365.0),
    "hour": ("days", 1.0 / 24.0),
    "h": ("days", 1.0 / 24.0),
    "d": ("days", 1.0),
    "fighter": ("fighters", 1.0),
    "person": ("persons", 1.0),
    "sortie": ("sorties", 1.0),
    "event": ("events", 1.0),
    "death": ("deaths", 1.0),
    "troop": ("fighters", 1.0),
    "people": ("persons", 1.0),
    "%": ("1", 0.01),
}
"""Word in the singular: dimension and factor to its reference unit."""


def convert(value: float, written: str, unit: str) -> float | None:
    """Value in `unit` of a number written in another unit; None if they do not fit."""
    if written == unit:
        return value
    source, target = _factor(written), _factor(unit)
    if source is None or target is None or source[0] != target[0]:
        return None
    ratio = source[1] / target[1]
    inverse = target[1] / source[1]
    return value / inverse if inverse == round(inverse) else value * ratio


def _factor(unit: str) -> tuple[tuple[str, str], float] | None:
    """Dimension (numerator, denominator) and factor to the reference units."""
    if unit == "1":
        return ("1", ""), 1.0
    above, slash, below = unit.partition("/")
    top = _word(above)
    bottom = _word(below) if slash else ("", 1.0)
    if top is None or bottom is None:
        return None
    return (top[0], bottom[0]), top[1] / bottom[1]


def _word(word: str) -> tuple[str, float] | None:
    if word in SCALES:
        return SCALES[word]
    if word.endswith("s") and word[:-1] in SCALES:
        return SCALES[word[:-1]]
    return None
