"""Quantities as people write them: ``60 km/day``, ``14 days``, ``33 sorties/day``, ``30%``.

A unit is a product of named units over another; each has a dimension and a factor. `read` is what
most callers want: the number in the unit they ask for, or an error that says what was found.

>>> read("60 km/day", "km/day"), read("2 weeks", "days"), read("30%", "fraction")
(60.0, 14.0, 0.3)
>>> read("150", "men"), read(150, "men")
(150.0, 150.0)
>>> read("6 km", "km/day")
Traceback (most recent call last):
contingent.errors.QuantityError: found '6 km' (length), expected length/time; write e.g. 6 km/day

A number without a unit is taken to be in the wanted one. A month is 30.4375 days and a year 365.25.
Sorties, strikes and munitions are dimensions of their own: counts of one are not counts of another.
Prefixes, offsets (temperatures) and money are left out.
"""

import math
import re
from collections import Counter
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache

from contingent.errors import QuantityError

Dimension = tuple[tuple[str, int], ...]
"""Base dimensions with their powers, sorted by name, none of power zero."""


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit: `factor` of the base units (km, day, person, …) of its dimension."""

    text: str
    factor: float
    dimension: Dimension


@dataclass(frozen=True, slots=True)
class Written:
    """A number as written, with its unit; without one `unit` is None."""

    value: float
    unit: Unit | None


# Each row: base dimension, factor in its base unit, names.
_NAMED: tuple[tuple[str, float, str], ...] = (
    ("length", 1.0, "km kilometre kilometres kilometer kilometers"),
    ("length", 0.001, "m metre metres meter meters"),
    ("length", 1.609344, "mi mile miles"),
    ("time", 1.0, "day days d"),
    ("time", 1.0 / 24.0, "hour hours h"),
    ("time", 1.0 / 1440.0, "minute minutes min"),
    ("time", 7.0, "week weeks"),
    ("time", 30.4375, "month months"),
    ("time", 365.25, "year years"),
    ("people", 1.0, "men man people person persons fighters fighter troops soldiers"),
    ("sorties", 1.0, "sorties sortie"),
    ("strikes", 1.0, "strikes strike"),
    ("munitions", 1.0, "munitions munition"),
    ("vehicles", 1.0, "vehicles vehicle"),
    ("aircraft", 1.0, "aircraft"),
    ("mass", 1.0, "t tonne tonnes"),
    ("fraction", 1.0, "fraction share"),
    ("fraction", 0.01, "% percent"),
)
_UNITS = {name: (dim, factor) for dim, factor, names in _NAMED for name in names.split()}
_NUMBER = re.compile(
    r"\s*([+-]?(?:\d[\d_]*\.?[\d_]*|\.\d+)(?:[eE][+-]?\d+)?)\s*(.*?)\s*\Z", re.DOTALL
)
_FACTOR = re.compile(r"\s*([A-Za-z]+|%)\s*(?:\^?(-?\d)|([²³]))?\s*\Z")
_RAISED = {"²": 2, "³": 3}


def read(written: str | float, wanted: str) -> float:
    """The number in the wanted unit; a bare number is taken to be in it already.

    Raises
    ------
    QuantityError
        If there is no number, the unit is unknown, or it measures something else.
    """
    target = parse_unit(wanted)
    if not isinstance(written, str):
        return _finite(float(written), str(written), target)
    quantity = parse_quantity(written, wanted=wanted)
    unit = quantity.unit or target
    if unit.dimension != target.dimension:
        raise QuantityError(
            f"{written.strip()!r} ({describe(unit.dimension)})",
            describe(target.dimension) if target.dimension else target.text,
            f"write e.g. {quantity.value:g} {target.text}",
        )
    if unit.factor == target.factor:
        return quantity.value
    return quantity.value * unit.factor / target.factor


def parse_quantity(text: str, *, wanted: str = "") -> Written:
    """The number and the unit of a text such as ``60 km/day``."""
    match = _NUMBER.match(text)
    example = f"60 {wanted}" if wanted else "60 km/day"
    if match is None:
        raise QuantityError(repr(text), "a number", f"write e.g. {example}")
    number, unit = match.groups()
    if re.match(r",\d", unit):
        raise QuantityError(repr(text), "a number", "group digits with _, as in 30_000")
    try:
        value = float(number)
    except ValueError:
        raise QuantityError(repr(text), "a number", "write digits as in 30_000") from None
    return Written(_finite(value, repr(text), None), parse_unit(unit) if unit else None)


@cache
def parse_unit(text: str) -> Unit:
    """The unit of a text such as ``km/day``, ``km^2`` or ``%``."""
    parts = text.split("/")
    powers: Counter[str] = Counter()
    factor = 1.0
    for index, part in enumerate(parts):
        for atom in re.split(r"[*·]|(?<=\w)\s+(?=[A-Za-z])", part.strip()):
            if atom == "1" and index == 0 and len(parts) > 1:
                continue
            match = _FACTOR.match(atom)
            if match is None or match[1] not in _UNITS:
                raise QuantityError(f"the unit {atom.strip()!r}", "a known unit", _suggestion(atom))
            power = int(match[2]) if match[2] else _RAISED.get(match[3], 1)
            dimension, size = _UNITS[match[1]]
            power = power if index == 0 else -power
            factor *= size**power
            powers[dimension] += power
    return Unit(text.strip(), factor, tuple(sorted((d, p) for d, p in powers.items() if p)))


def describe(dimension: Dimension) -> str:
    """A dimension in words, such as ``length/time``."""
    above = [d if p == 1 else f"{d}^{p}" for d, p in dimension if p > 0]
    below = [d if p == -1 else f"{d}^{-p}" for d, p in dimension if p < 0]
    if not below:
        return " ".join(above) or "a pure number"
    return "/".join([" ".join(above) or "1", *below])


def _finite(value: float, text: str, unit: Unit | None) -> float:
    if not math.isfinite(value):
        raise QuantityError(text, f"a finite number{f' of {unit.text}' if unit else ''}")
    return value


def _suggestion(atom: str) -> str:
    near = get_close_matches(atom.strip(), _UNITS, n=1)
    return (
        f"did you mean {near[0]}?"
        if near
        else "known are " + ", ".join(names.split()[0] for _, _, names in _NAMED)
    )
