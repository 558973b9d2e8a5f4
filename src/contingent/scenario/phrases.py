"""A quantity in words, as an author would write it.

>>> phrase(Quantity("lognormal", (150.0, 700.0), "fighters"))
'150 to 700 fighters'
>>> phrase(Quantity("exact", (30000.0,), "persons", times=2.0))
'2 × 30_000 persons'
"""

from __future__ import annotations

import math

from contingent.scenario.quantities import Z95, Quantity


def phrase(quantity: Quantity) -> str:
    """Return the quantity with its unit and what a what-if did to it."""
    unit = "" if quantity.unit == "1" else f" {quantity.unit}"
    text = _draw(quantity)
    if quantity.times != 1.0:
        text = f"{number(quantity.times)} × {text}"
    if quantity.plus:
        text = f"{text} {'+' if quantity.plus > 0 else '−'} {number(abs(quantity.plus))}"
    return text + unit


def _draw(quantity: Quantity) -> str:
    parameters = [number(parameter) for parameter in quantity.parameters]
    match quantity.distribution:
        case "exact":
            return parameters[0]
        case "lognormal" | "logitnormal":
            return f"{parameters[0]} to {parameters[1]}"
        case "normal":
            mean, deviation = quantity.parameters
            ends = (number(mean - Z95 * deviation), number(mean + Z95 * deviation))
            return f"{ends[0]} to {ends[1]} (normal)"
        case "choice":
            pairs = zip(quantity.choices, parameters, strict=True)
            return "{" + ", ".join(f"{label}: {weight}" for label, weight in pairs) + "}"
        case "shared":
            return str(quantity.unknown)
        case form:
            return f"{form} [{parameters[0]}, {parameters[1]}]"


def number(value: float) -> str:
    """Return a number with up to four digits, whole thousands grouped.

    >>> number(30000.0), number(0.25), number(1234.5678)
    ('30_000', '0.25', '1_235')
    """
    if not math.isfinite(value):
        return str(value)
    if abs(value) >= 1000:
        return f"{round(value):_}"
    return f"{value:.4g}"
