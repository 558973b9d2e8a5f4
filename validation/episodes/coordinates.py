"""What is learned from operations: a short list of shared numbers, and how operations differ.

An operation has a whitened value on each of fourteen *coordinates* (worth and will of its forces,
effect of aircraft, law and rate of losses, room at the front, tempo, endurance, reserve): the
standard normal behind the library's or the adapter's range. It is the shared *parameter* that the
coordinate belongs to (quality and resolve by kind of force, urban tempo by kind of place, all else
one for all) plus the operation's own departure, normal with the spread of its *family*. The spreads
are learned with the parameters; a coordinate without a family is the same in all operations.
"""

from __future__ import annotations

import zlib
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from validation.episodes.rows import Known
from validation.episodes.theatre import side_of, terrain_of

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]


class Coordinate(NamedTuple):
    """One number of an operation: the unknowns it stands behind, and its family of spreads."""

    name: str
    unknowns: tuple[str, ...]
    family: str


COORDINATES = (
    Coordinate("attacker quality", ("attacker.forces.base.quality",), "worth"),
    Coordinate(
        "defender quality",
        ("defender.forces.target.quality", "defender.forces.hinterland.quality"),
        "worth",
    ),
    Coordinate(
        "defender resolve",
        ("defender.forces.target.resolve", "defender.forces.hinterland.resolve"),
        "worth",
    ),
    Coordinate("attacker air", ("attacker.air.effect",), "worth"),
    Coordinate("defender air", ("defender.air.effect",), "worth"),
    Coordinate("combat_exponent", ("model.combat_exponent",), ""),
    Coordinate("combat_loss", ("model.combat_loss",), "loss"),
    Coordinate("even_odds", ("model.even_odds",), ""),
    Coordinate("front_density", ("model.front_density",), ""),
    Coordinate("urban_speed", ("places.target.urban_speed",), "tempo"),
    Coordinate("field_speed", ("places.target.field_speed",), "tempo"),
    Coordinate("patience", ("attacker.patience",), "endurance"),
    Coordinate("abort_losses", ("attacker.abort_losses",), "endurance"),
    Coordinate("reserve", ("defender.forces.hinterland.mobile",), ""),
)
FAMILIES = ("worth", "loss", "tempo", "endurance")
QUALITIES = ("state", "rebel", "jihadist", "kurdish", "separatist")
PARAMETERS = (
    *(f"quality {side}" for side in QUALITIES),
    *(f"resolve {side}" for side in QUALITIES),
    "air",
    "combat_exponent",
    "combat_loss",
    "even_odds",
    "front_density",
    "urban_speed urban",
    "urban_speed elsewhere",
    "field_speed",
    "patience",
    "abort_losses",
    "reserve",
)
#: Prior of the ln of a family's spread: 0.3 to 1.6 of the range's own.
SPREAD = (float(np.log(0.7)), 0.5)
RESERVE = next(i for i, one in enumerate(COORDINATES) if one.name == "reserve")


def parameter_of(known: Known) -> Integers:
    """Number of the shared parameter behind every coordinate of a row."""
    attacker, defender = side_of(known.attacker), side_of(known.defender)
    where = "urban" if terrain_of(known) == "urban" else "elsewhere"
    named = {
        "attacker quality": f"quality {attacker}",
        "defender quality": f"quality {defender}",
        "defender resolve": f"resolve {defender}",
        "attacker air": "air",
        "defender air": "air",
        "urban_speed": f"urban_speed {where}",
    }
    names = [named.get(one.name, one.name) for one in COORDINATES]
    return np.array([PARAMETERS.index(name) for name in names], dtype=np.int64)


def family_of() -> Integers:
    """Number of the family of every coordinate, -1 for none."""
    numbers = [FAMILIES.index(one.family) if one.family else -1 for one in COORDINATES]
    return np.array(numbers, dtype=np.int64)


class Draws(NamedTuple):
    """Draws of what is shared.

    Attributes
    ----------
    parameters : (d, parameters) in prior standard deviations
    spreads : (d, families)
    """

    parameters: Floats
    spreads: Floats


def prior_draws(draws: int, seed: int) -> Draws:
    """Draw parameters and spreads from their prior."""
    rng = np.random.default_rng(seed)
    spreads = np.exp(SPREAD[0] + SPREAD[1] * rng.standard_normal((draws, len(FAMILIES))))
    return Draws(rng.standard_normal((draws, len(PARAMETERS))), spreads)


def operation_draws(known: Known, shared: Draws, each: int) -> Floats:
    """Coordinates (d * each, coordinates) of an operation under shared draws."""
    rng = np.random.default_rng(zlib.crc32(known.id.encode()))
    centre = np.repeat(shared.parameters[:, parameter_of(known)], each, axis=0)
    spreads = np.column_stack([shared.spreads, np.zeros(len(shared.spreads))])[:, family_of()]
    own = rng.standard_normal(centre.shape)
    return np.asarray(centre + np.repeat(spreads, each, axis=0) * own)
