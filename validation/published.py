"""Published results that the combat equations rest on, reproduced with the engine's own step.

They verify code, not wars. Each is run through :func:`validation.cdb90.battle.step`, which a test
holds equal to the reference mechanism step for step, without noise, breaking or frontage, at
Lanchester's exponent.

- **Iwo Jima** (Engel, *Operations Research* 2, 1954): US losses 0.0544 a day for every Japanese
  soldier, Japanese
  0.0106 for every American; landings of 54,000, 6,000 and 13,000 in the first, third and sixth day;
  21,500 defenders. Engel: 52,735 Americans in action and no defender left after 36 days. Two
  coefficients are one loss rate, sqrt(A·B), and one ratio of worth, sqrt(A/B).
- **Trafalgar** (Lanchester, *Aircraft in Warfare*, 1916, on Nelson's memorandum): 32 ships against
  23 and 8 against 23. Lanchester: British strength 32² + 8² = 1,088 against 23² + 23² = 1,058.
- **Concentration** (the same book): 50,000 men beat 40,000 and then 30,000, and all are then spent,
  because 50² = 40² + 30².

Papers whose equations the engine does not have (Deitchman's guerrillas: one exponent for each side;
Koopman's optimal allocation of effort: the engine's attention follows worth and threat) are not
reproduced.

>>> [row.name for row in reproduce()][:2]
['Iwo Jima: Americans in action, day 36', 'Iwo Jima: defenders left, day 36, of 21,500']
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from validation.cdb90 import battle
from validation.cdb90.battle import Fight, State

FINE = 0.05


class Reproduction(NamedTuple):
    """One published number and ours; ``tolerance`` is absolute."""

    name: str
    published: float
    reproduced: float
    tolerance: float
    source: str

    @property
    def holds(self) -> bool:
        """Whether ours is within the tolerance."""
        return abs(self.reproduced - self.published) <= self.tolerance


def square_fight(attackers: float, defenders: float, *, loss: float, worth: float) -> Fight:
    """Fight by Lanchester's square law; ``worth`` of a defender against an attacker's 1."""
    columns = {
        "attackers": attackers,
        "defenders": defenders,
        "attack_worth": 1.0,
        "defence_worth": worth,
        "room": np.inf,
        "combat_loss": loss,
        "depth": np.inf,
    }
    arrays = {name: np.array([value]) for name, value in columns.items()}
    return Fight(
        **arrays,
        field_speed=0.0,
        combat_exponent=1.0,
        combat_noise=0.0,
        even_odds=1.0,
        resolve=0.5,
        break_base=-50.0,
        break_ratio=0.0,
        break_loss=0.0,
        break_resolve=0.0,
        break_depth=0.0,
        break_speed=1.0,
        abort_losses=2.0,
        patience=np.inf,
    )


def _steps(state: State, fight: Fight, days: float) -> State:
    nothing = np.zeros(1)
    for _ in range(round(days / FINE)):
        state = battle.step(state, fight, nothing, nothing + 1.0, FINE)
    return state


def iwo_jima() -> list[Reproduction]:
    """Engel's fit, run forward for 36 days."""
    american, japanese = 0.0106, 0.0544
    fight = square_fight(
        54_000.0, 21_500.0, loss=np.sqrt(american * japanese), worth=np.sqrt(japanese / american)
    )
    landings = {2: 6_000.0, 5: 13_000.0}
    state = battle.begin(fight)
    for day in range(36):
        state = state._replace(attackers=state.attackers + landings.get(day, 0.0))
        state = _steps(state, fight, 1.0)
    source = "Engel 1954"
    left = float(state.attackers[0]), float(state.defenders[0])
    return [
        Reproduction("Iwo Jima: Americans in action, day 36", 52_735.0, left[0], 1_055.0, source),
        Reproduction("Iwo Jima: defenders left, day 36, of 21,500", 0.0, left[1], 645.0, source),
    ]


def survivors(attackers: float, defenders: float) -> float:
    """Attackers left when the last defender is gone; minus the defenders left if they win."""
    fight = square_fight(attackers, defenders, loss=0.02, worth=1.0)
    state = battle.begin(fight)
    for _ in range(400):
        state = _steps(state, fight, 1.0)
        if min(state.attackers[0], state.defenders[0]) < 1e-3 * max(attackers, defenders):
            break
    return float(state.attackers[0] - state.defenders[0])


def trafalgar() -> list[Reproduction]:
    """Lanchester's arithmetic of Nelson's plan, in ships."""
    rear, van = survivors(32.0, 23.0), survivors(8.0, 23.0)
    source = "Lanchester 1916, Nelson's memorandum"
    return [
        Reproduction("Trafalgar: 32 ships left from 23", np.sqrt(495.0), rear, 0.45, source),
        Reproduction("Trafalgar: 23 ships left from 8", -np.sqrt(465.0), van, 0.45, source),
        Reproduction(
            "Trafalgar: squares, British less allied", 30.0, rear**2 - van**2, 20.0, source
        ),
    ]


def concentration() -> list[Reproduction]:
    """Two armies beaten one after the other."""
    left = survivors(50_000.0, 40_000.0)
    last = survivors(left, 30_000.0)
    source = "Lanchester 1916, chapter V"
    return [
        Reproduction("50,000 left from 40,000", 30_000.0, left, 600.0, source),
        Reproduction("and from 30,000 more: square left", 0.0, (last / 5e4) ** 2, 0.02, source),
    ]


def reproduce() -> list[Reproduction]:
    """All of them."""
    return [*iwo_jima(), *trafalgar(), *concentration()]
