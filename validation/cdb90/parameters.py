"""Parameters of a simulated battle and their priors: those of the library where it has them.

All live on the line with a Gaussian prior (logarithms of what is positive), so that one vector of
standard normals says everything. What multiplies power, loss or tempo is in ln units.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from validation.cdb90.rows import ERAS, GROUND

Floats = NDArray[np.float64]


class Parameter(NamedTuple):
    """One coefficient: Gaussian prior, what it does, and its name in the library if it has one."""

    name: str
    mean: float
    spread: float
    says: str
    library: str = ""


def _range(low: float, high: float) -> tuple[float, float]:
    """Mean and spread of ln x for 5th and 95th percentiles of x."""
    return (float(np.log(low * high)) / 2.0, float(np.log(high / low)) / 3.29)


#: Effects on ln odds are in units of the spread of what is not known of a battle's odds, so that
#: the
#: prior of each says how far it can shift the chance of winning, whatever that spread is.
ODDS = (
    Parameter("ratio", 0.5, 0.25, "attackers over defenders, by ln, power ratio"),
    Parameter("advantage", 0.3, 0.4, "power that attackers have because they chose to attack"),
    Parameter("prepared", -0.15, 0.25, "prepared against hasty defence, power ratio"),
    Parameter("fortified", -0.3, 0.25, "fortified against hasty defence, power ratio"),
    Parameter("moving", 0.1, 0.25, "delaying or withdrawing defender, power ratio"),
    *(
        Parameter(name, mean, 0.2, f"{name} ground, power ratio")
        for name, mean in zip(GROUND, (-0.15, 0.1, -0.1, 0.0, 0.1, -0.2), strict=True)
    ),
    Parameter("air", 0.3, 0.25, "air superiority of the attacker, power ratio"),
    Parameter("no_air", -0.3, 0.25, "air superiority of the defender, power ratio"),
    *(Parameter(f"odds {era}", 0.0, 0.2, f"{era}, power ratio") for era in ERAS),
    Parameter("surprise", 0.25, 0.2, "one level of surprise, power ratio"),
    Parameter("unknown", float(np.log(0.7)), 0.5, "ln spread of what is not known of the odds"),
)
LOSSES = (
    Parameter("combat_loss", *_range(0.002, 0.008), "ln loss a day at even odds", "combat_loss"),
    Parameter("combat_exponent", *_range(0.3, 1.0), "ln exponent of losses", "combat_exponent"),
    *(Parameter(f"loss {era}", 0.0, 0.6, f"{era}, ln losses") for era in ERAS),
    Parameter("loss size", -0.2, 0.2, "ln losses by ln size of the armies"),
    Parameter("loss fortified", 0.0, 0.3, "fortified defence, ln losses"),
    Parameter("loss moving", 0.0, 0.3, "delaying or withdrawing defender, ln losses"),
    Parameter("loss spread", float(np.log(0.6)), 0.4, "ln spread of intensity over battles"),
    Parameter(
        "side spread", float(np.log(0.5)), 0.4, "ln spread of one side's lethality over battles"
    ),
    Parameter(
        "captured", -1.7, 0.7, "logit of the share of a beaten garrison taken", "escape_share"
    ),
    Parameter("captured spread", 0.0, 0.4, "ln spread of that logit over battles"),
)
TEMPO = (
    Parameter("tempo", float(np.log(20.0)), 1.0, "ln fighting days in a day of the calendar"),
    *(Parameter(f"tempo {era}", 0.0, 1.0, f"{era}, ln tempo") for era in ERAS),
    Parameter("tempo size", -0.3, 0.3, "ln tempo by ln size of the armies"),
    Parameter("tempo fortified", 0.0, 0.4, "fortified defence, ln tempo"),
    Parameter("tempo moving", 0.0, 0.4, "delaying or withdrawing defender, ln tempo"),
    Parameter("tempo spread", float(np.log(0.7)), 0.3, "ln spread of tempo over battles"),
)
ENDING = (
    Parameter("depth", float(np.log(8.0)), 0.6, "ln of the field's depth, in days at three to one"),
    Parameter("combat_noise", *_range(0.2, 0.5), "ln daily spread of ln odds", "combat_noise"),
    Parameter("even_odds", *_range(0.8, 1.2), "ln ratio at which nobody advances", "even_odds"),
    Parameter("break_base", -3.5, 0.5, "log odds of breaking a day", "break_base"),
    Parameter("break_loss", *_range(2.0, 7.0), "ln effect of losses on breaking", "break_loss"),
    Parameter("break_speed", *_range(4.0, 12.0), "ln speed once broken", "break_speed"),
    Parameter(
        "abort_losses", *_range(0.15, 0.4), "ln loss at which an attack ends", "abort_losses"
    ),
    Parameter("patience", *_range(15.0, 60.0), "ln days below parity endured", "patience"),
)
PARAMETERS = (*ODDS, *LOSSES, *TEMPO, *ENDING)
INDEX = {parameter.name: i for i, parameter in enumerate(PARAMETERS)}
MEANS = np.array([parameter.mean for parameter in PARAMETERS])
SPREADS = np.array([parameter.spread for parameter in PARAMETERS])
FIXED = {"break_ratio": 1.77, "break_depth": 2.74, "break_resolve": 9.8, "resolve": 0.5}


def natural(whitened: Floats) -> Floats:
    """Coefficients from standard normals, along the last axis."""
    return np.asarray(MEANS + SPREADS * whitened)
