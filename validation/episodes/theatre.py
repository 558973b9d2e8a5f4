"""From a row to a small theatre: a contested place, the attacker's base, the defender's hinterland.

What is written here is what the row says, and wide ranges for what no row says: strengths that are
not known, reserves in the hinterland, aircraft behind *light* and *heavy*, worth of the place, and
what is to be calibrated (quality and resolve of kinds of force, ground and tempo of kinds of place,
patience, effect of aircraft). All else is left to the library. Whether a strength is known changes
only the width of its range; an assault is opened at some odds, so attackers who are not known stand
in a ratio to defenders.

A row tells of an operation that was launched. The attacker stands before the place on day 0 and
decides on the first day by the engine's own rule (believed odds against its threshold) whether to
assault; futures in which he does not are not counted.

A reserve of the defender stands a day's march away, and can come unless the place is encircled on
day 0.

Strengths belong together: where none is known, attackers and reserve are drawn as multiples of the
same future's garrison; where only the attackers are known, the garrison is what the prior of
garrisons and that of the ratio say together.
"""

from __future__ import annotations

import math
from datetime import date, timedelta
from typing import NamedTuple

from contingent.scenario.quantities import Z95
from validation.episodes.rows import Known, Strength, middle

FORCE_KINDS = {
    "state": "regular-brigade",
    "rebel": "insurgent",
    "jihadist": "mobile-jihadist",
    "kurdish": "light-infantry",
    "separatist": "light-infantry",
}
PLACE_KINDS = {
    "urban": "city",
    "town": "town",
    "rural": "village",
    "desert": "desert-town",
    "mountain": "town",
}
#: Ground by terrain: the first day of a row is that of the assault, so little of the belt is left.
GROUND = {
    "urban": "terrain: 1 to 1.8, diameter: 0.7 to 8, belt: 0.3 to 6, urban_speed: 0.02 to 1.5,",
    "town": "terrain: 1 to 1.6, diameter: 0.5 to 3, belt: 0.3 to 8, urban_speed: 0.03 to 3,",
    "rural": "terrain: 0.9 to 1.4, diameter: 0.3 to 2, belt: 0.3 to 8, urban_speed: 0.1 to 4,",
    "desert": "terrain: 0.9 to 1.4, diameter: 0.5 to 3, belt: 0.5 to 15, urban_speed: 0.1 to 4,",
    "mountain": "terrain: 1.1 to 2, diameter: 0.5 to 3, belt: 0.5 to 10, urban_speed: 0.03 to 3,",
}
FIELD_SPEED = "field_speed: 0.3 to 10,"
QUALITY = {
    "state": "0.5 to 1.6",
    "rebel": "0.4 to 1.5",
    "jihadist": "0.6 to 2.2",
    "kurdish": "0.5 to 1.6",
    "separatist": "0.5 to 2",
}
RESOLVE = {
    "state": "0.2 to 0.8",
    "rebel": "0.3 to 0.85",
    "jihadist": "0.4 to 0.95",
    "kurdish": "0.3 to 0.85",
    "separatist": "0.3 to 0.85",
}
SORTIES = {"light": "1 to 8", "heavy": "3 to 50"}
#: The library's 12 to 60 fighters a sortie, widened to both sides; its lethality.
AIR_EFFECT = "effect: 5 to 150, lethality: 0.05 to 0.4,"
#: Ranges that hold both the library's and what the battles of regular armies gave, era included.
COMBAT_RANGES = {
    "combat_exponent": (0.3, 1.4),
    "even_odds": (0.55, 1.2),
    "combat_loss": (0.0006, 0.02),
}
#: The library's before it was calibrated: written down, so that what ships does not come back here.
PINNED = """
  combat_noise: {value: 0.2 to 0.5, basis: assumption}
  break_base: {value: {normal: [-3.5, 0.5]}, basis: assumption}
  break_loss: {value: 2 to 7, basis: assumption}
  break_speed: {value: 4 to 12, basis: assumption}"""
FRONT_DENSITY = (500.0, 2_500.0)
PATIENCE = (1.0, 200.0)
ABORT_LOSSES = (0.01, 0.7)
GARRISON = (200.0, 6_000.0)
ATTACKERS_PER_DEFENDER = (0.7, 8.0)
RESERVE = (0.05, 0.8)
HORIZON_DAYS = 400
OTHER_SIDE = "rebel"
OTHER_TERRAIN = "town"

TEMPLATE = """contingent: 1
theatre: episode
title: One documented operation
start: 2001-01-01
now: 2001-01-01
end: {end}
model:
{combat}
places:
  target: {{kind: {place}, {ground} at: [10.0, 20.0], held_by: defender}}
  base: {{kind: town, at: [10.0, 20.3], held_by: attacker, supply_source_for: [attackers]}}
  hinterland: {{kind: town, at: [10.0, 19.0], held_by: defender, supply_source_for: [defenders]}}
routes:
  - {{between: [base, target], km: 20 to 40, road: paved, basis: assumption}}
{routes}
blocs:
  attackers: {{name: Attackers}}
  defenders: {{name: Defenders}}
actors:
  attacker:
    bloc: attackers
    leads: true
    forces:
      base:
        kind: {attacker}
        {attacker_worth}
        mobile: {attackers}
        static: 50
        basis: assumption
    operations:
      - target: target
        from: base
        phase: probe
        committed: 0.8 to 0.98
        progress: 0
        basis: assumption
    probe: {{value: 0, basis: assumption}}
    patience: {{value: {patience}, basis: assumption}}
    abort_losses: {{value: {abort_losses}, basis: assumption}}
    aims: {{target: 3 to 9, basis: assumption}}
{attacker_air}
  defender:
    bloc: defenders
    leads: true
    forces:
      target:
        kind: {defender}
        {defender_worth}
        mobile: {mobile}
        static: {static}
        basis: assumption
      hinterland:
        kind: {defender}
        {defender_worth}
        mobile: {reserve}
        static: 100
        basis: assumption
    abort_losses: {{value: 0.15 to 0.4, basis: assumption}}
    aims: {{target: 3 to 9, hinterland: 6, basis: assumption}}
{defender_air}
relations:
  - {{pair: [attackers, defenders], stance: hostile}}
"""


class Range(NamedTuple):
    """Lognormal: middle and spread of the ln."""

    middle: float
    spread: float

    @property
    def written(self) -> str:
        """5th to 95th percentile."""
        low, high = (math.exp(self.middle + sign * Z95 * self.spread) for sign in (-1.0, 1.0))
        return f"{low:.1f} to {high:.1f}"

    def times(self, other: Range) -> Range:
        """Product of two independent numbers."""
        return Range(self.middle + other.middle, math.hypot(self.spread, other.spread))


class Strengths(NamedTuple):
    """Attackers, garrison and reserve.

    Attributes
    ----------
    attackers, garrison, reserve : their ranges
    attackers_with_garrison, reserve_with_garrison : correlation of their ln with the garrison's
    """

    attackers: Range
    garrison: Range
    reserve: Range
    attackers_with_garrison: float
    reserve_with_garrison: float


def theatre_text(known: Known) -> str:
    """Theatre file of a row."""
    forces = strengths(known)
    half = forces.garrison.times(Range(math.log(0.5), 0.0))
    open_road = "  - {between: [target, hinterland], km: 50 to 150, road: paved, basis: assumption}"
    besieged = "besieged: true, stocks: {defenders: 0.4 to 0.9},"
    ground = GROUND[terrain_of(known)] + FIELD_SPEED + (besieged if known.encircled else "")
    attacker, defender = side_of(known.attacker), side_of(known.defender)
    return TEMPLATE.format(
        end=str(date(2001, 1, 1) + timedelta(days=HORIZON_DAYS)),
        combat=_combat(),
        patience=_ends(PATIENCE),
        abort_losses=_ends(ABORT_LOSSES),
        place=PLACE_KINDS[terrain_of(known)],
        ground=ground,
        routes="" if known.encircled else open_road,
        attacker=FORCE_KINDS[attacker],
        defender=FORCE_KINDS[defender],
        attackers=forces.attackers.written,
        attacker_worth=_worth(attacker),
        defender_worth=_worth(defender),
        mobile=half.written,
        static=half.written,
        reserve=forces.reserve.written,
        attacker_air=_air(known.attacker_air),
        defender_air=_air(known.defender_air),
    )


def side_of(kind: str) -> str:
    """Kind of force, or the one nearest to it that has ranges."""
    return kind if kind in FORCE_KINDS else OTHER_SIDE


def terrain_of(known: Known) -> str:
    """Terrain of the row, or the one nearest to it that has ranges."""
    return known.terrain if known.terrain in GROUND else OTHER_TERRAIN


def _combat() -> str:
    ranges = {**COMBAT_RANGES, "front_density": FRONT_DENSITY}
    lines = (
        f"  {name}: {{value: {_ends(ends)}, basis: assumption}}" for name, ends in ranges.items()
    )
    return "\n".join(lines) + PINNED


def _ends(ends: tuple[float, float]) -> str:
    return f"{ends[0]:g} to {ends[1]:g}"


def _worth(side: str) -> str:
    return f"quality: {QUALITY[side]}\n        resolve: {RESOLVE[side]}"


def _air(level: str) -> str:
    if level not in SORTIES:
        return ""
    return f"    air: {{sorties_per_day: {SORTIES[level]}, {AIR_EFFECT} basis: assumption}}"


def strengths(known: Known) -> Strengths:
    """Ranges of both sides' strength, and how they hang together."""
    attackers, garrison = _range(known.attackers), _range(known.defenders)
    ratio = _between(*ATTACKERS_PER_DEFENDER)
    if garrison is None:
        garrison = _between(*GARRISON)
        if attackers is not None:
            garrison = _both(garrison, Range(attackers.middle - ratio.middle, ratio.spread))
    tied = 0.0
    if attackers is None:
        attackers = garrison.times(ratio)
        tied = garrison.spread / attackers.spread
    reserve = garrison.times(_between(*RESERVE))
    return Strengths(attackers, garrison, reserve, tied, garrison.spread / reserve.spread)


def _between(low: float, high: float) -> Range:
    return Range(math.log(low * high) / 2.0, math.log(high / low) / (2.0 * Z95))


def _both(one: Range, other: Range) -> Range:
    """What two independent sources say together: the product of their densities."""
    weights = one.spread**-2, other.spread**-2
    total = sum(weights)
    middle_ln = (weights[0] * one.middle + weights[1] * other.middle) / total
    return Range(middle_ln, total**-0.5)


def _range(strength: Strength) -> Range | None:
    """Range around what was known, wider than its bounds: figures of day 0 were often wrong."""
    best = middle(strength)
    if math.isnan(best):
        return None
    low = strength.low if math.isfinite(strength.low) else best
    high = strength.high if math.isfinite(strength.high) else best
    return _between(min(0.85 * low, 0.75 * best), max(1.15 * high, 1.4 * best))
