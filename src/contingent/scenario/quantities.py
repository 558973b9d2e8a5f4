"""Quantities: numbers, exact or uncertain, with unit, range, source and basis.

A number in a scenario file is exact (``5``), measured (``60 km/day``), an interval (``150 to 700``,
the 5th to 95th percentile) or an explicit distribution (``{beta: [2, 5]}``). Each becomes one
frozen `Quantity`. The value in a future is ``clip(times * draw + plus, low, high)``: a what-if
changes `times` and `plus`, never the draw, so that both branches share their random numbers.

Parameters by distribution:

========== =====================================================================
exact      (value,)
lognormal  (5th percentile, 95th percentile), both above 0
normal     (mean, standard deviation)
logitnormal (5th percentile, 95th percentile), both strictly within 0..1
beta       (a, b), both above 0
uniform    (low, high)
choice     probabilities, one for each of `choices`; they sum to 1
shared     (); the draw is the value of the quantity named in `unknown`
========== =====================================================================
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal, get_args

Distribution = Literal[
    "exact", "lognormal", "normal", "logitnormal", "beta", "uniform", "choice", "shared"
]
Basis = Literal["published", "calibrated", "estimate", "assumption", "tuned"]
BASES: tuple[str, ...] = get_args(Basis)
Z95 = 1.6448536269514722
"""The 95th percentile of the standard normal distribution."""


@dataclass(frozen=True, slots=True)
class Quantity:
    """One number of the scenario, exact or uncertain.

    Attributes
    ----------
    distribution : how the draw is distributed; see the module's table
    parameters : parameters of the distribution, in `unit`
    unit : the field's unit; "1" for a pure number or fraction
    name : stable dotted name, such as ``north.air.sorties_per_day``
    source : identifier or text of the source; None if the author gave none
    basis : published, calibrated, estimate, assumption or tuned; None if the author gave none
    choices : labels of a choice, in file order
    unknown : dotted name of the quantity whose value is shared (distribution ``shared``)
    times, plus : the value is ``times * draw + plus``; dimensionless and in `unit`
    low, high : closed range the value is clipped to, in `unit`
    """

    distribution: Distribution
    parameters: tuple[float, ...]
    unit: str = "1"
    name: str = ""
    source: str | None = None
    basis: Basis | None = None
    choices: tuple[str, ...] = ()
    unknown: str | None = None
    times: float = 1.0
    plus: float = 0.0
    low: float = -math.inf
    high: float = math.inf

    @property
    def certain(self) -> bool:
        """True if every future has the same value."""
        return self.distribution == "exact"

    @property
    def values(self) -> tuple[float, ...]:
        """The numbers behind the labels of a choice (empty for any other distribution)."""
        return tuple(float(label.replace("_", "")) for label in self.choices)


UNSET = Quantity("exact", (math.nan,), name="(unset)")
"""Stands for a number the author left out until the library's prior replaces it."""


def unset() -> Quantity:
    """Return the placeholder of a number whose prior comes from the library."""
    return UNSET


def middle(quantity: Quantity) -> float:
    """Median of the quantity (mean for a choice), in its unit; nan for a shared unknown.

    >>> middle(Quantity("lognormal", (100.0, 400.0)))
    200.0
    """
    draw = _middle_of_draw(quantity)
    return min(max(quantity.times * draw + quantity.plus, quantity.low), quantity.high)


def _middle_of_draw(quantity: Quantity) -> float:
    first, second = (*quantity.parameters, math.nan, math.nan)[:2]
    match quantity.distribution:
        case "exact" | "normal":
            return first
        case "lognormal":
            return math.sqrt(first * second)
        case "logitnormal":
            odds = math.sqrt(first / (1.0 - first) * second / (1.0 - second))
            return odds / (1.0 + odds)
        case "uniform":
            return 0.5 * (first + second)
        case "beta":
            return first / (first + second)
        case "choice":
            return sum(p * v for p, v in zip(quantity.parameters, quantity.values, strict=True))
        case "shared":
            return math.nan
