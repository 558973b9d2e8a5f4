"""From a row to a small theatre: a contested place, the attacker's base, the defender's hinterland.

What is written here is what the row says, and wide ranges for what no row says: strengths that are
not known, reserves in the hinterland, aircraft behind *light* and *heavy*, worth of the place, and
what is to be calibrated (quality and resolve of kinds of force, ground and tempo of kinds of place,
patience, effect of aircraft). All else is left to the library. Whether a strength is known changes
only the width of its range; an assault is opened at some odds, so attackers who are not known stand
in a ratio to defenders.

A reserve of the defender stands a day's march away, and can come unless the place is encircled on
day 0.
"""

from __future__ import annotations

import math
from datetime import date, timedelta

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
AIR_EFFECT = "effect: 3 to 60, lethality: 0.02 to 0.4,"
DEFENDERS = {"state": (300.0, 6_000.0), "jihadist": (200.0, 5_000.0)}
OTHER_DEFENDERS = (200.0, 6_000.0)
ATTACKERS_PER_DEFENDER = (0.7, 8.0)
RESERVE = (0.05, 0.8)
HORIZON_DAYS = 330

TEMPLATE = """contingent: 1
theatre: episode
title: One documented operation
start: 2001-01-01
now: 2001-01-01
end: {end}
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
        phase: assault
        committed: 0.8 to 0.98
        progress: 0
        basis: assumption
    patience: {{value: 2 to 60, basis: assumption}}
    abort_losses: {{value: 0.02 to 0.5, basis: assumption}}
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
      hinterland: {{kind: {defender}, mobile: {reserve}, static: 100, basis: assumption}}
    aims: {{target: 3 to 9, hinterland: 6, basis: assumption}}
{defender_air}
relations:
  - {{pair: [attackers, defenders], stance: hostile}}
"""


def theatre_text(known: Known) -> str:
    """Theatre file of a row."""
    attackers, defenders = strengths(known)
    open_road = "  - {between: [target, hinterland], km: 50 to 150, road: paved, basis: assumption}"
    besieged = "besieged: true, stocks: {defenders: 0.4 to 0.9},"
    ground = GROUND[known.terrain] + FIELD_SPEED + (besieged if known.encircled else "")
    return TEMPLATE.format(
        end=str(date(2001, 1, 1) + timedelta(days=HORIZON_DAYS)),
        place=PLACE_KINDS[known.terrain],
        ground=ground,
        routes="" if known.encircled else open_road,
        attacker=FORCE_KINDS[known.attacker],
        defender=FORCE_KINDS[known.defender],
        attackers=_written(attackers),
        attacker_worth=_worth(known.attacker),
        defender_worth=_worth(known.defender),
        mobile=_written(_scaled(defenders, 0.5)),
        static=_written(_scaled(defenders, 0.5)),
        reserve=_written((RESERVE[0] * defenders[0], RESERVE[1] * defenders[1])),
        attacker_air=_air(known.attacker_air),
        defender_air=_air(known.defender_air),
    )


def _worth(side: str) -> str:
    return f"quality: {QUALITY[side]}\n        resolve: {RESOLVE[side]}"


def _air(level: str) -> str:
    if level == "none":
        return ""
    return (
        f"    air: {{sorties_per_day: {SORTIES[level]}, {AIR_EFFECT} basis: assumption}}\n"
        + COMMITMENT
    )


COMMITMENT = "    commitment: {air: 1, ground: 0, advisers: 0, supplies: 0, creep_aversion: 0.5}"


def strengths(known: Known) -> tuple[tuple[float, float], tuple[float, float]]:
    """Ranges (5th to 95th percentile) of both sides' strength."""
    attackers, defenders = _range(known.attackers), _range(known.defenders)
    low, high = ATTACKERS_PER_DEFENDER
    if defenders is None and attackers is None:
        defenders = DEFENDERS.get(known.defender, OTHER_DEFENDERS)
    if defenders is None:
        best = middle(known.attackers)
        defenders = (best / high, best / low)
    if attackers is None:
        best = math.sqrt(defenders[0] * defenders[1])
        attackers = (low * best, high * best)
    return attackers, defenders


def _range(strength: Strength) -> tuple[float, float] | None:
    """Range around what was known, wider than its bounds: figures of day 0 were often wrong."""
    best = middle(strength)
    if math.isnan(best):
        return None
    low = strength.low if math.isfinite(strength.low) else best
    high = strength.high if math.isfinite(strength.high) else best
    return min(0.85 * low, 0.75 * best), max(1.15 * high, 1.4 * best)


def _scaled(given: tuple[float, float], factor: float) -> tuple[float, float]:
    return (factor * given[0], factor * given[1])


def _written(given: tuple[float, float]) -> str:
    return f"{given[0]:.0f} to {given[1]:.0f}"
