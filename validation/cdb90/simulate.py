"""Simulated battles for the rows of the data base, under one vector of coefficients."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.stats import norm, qmc

from validation.cdb90.battle import STEPS, Draws, Fight, run
from validation.cdb90.parameters import FIXED, INDEX, natural
from validation.cdb90.rows import ERAS, GROUND, LOSS_BOUNDS, POSTURES, SHORTEST_DAYS, Battles

Floats = NDArray[np.float64]
TYPICAL_SIZE = 20_000.0
LATENT = 5
SHARED = (
    "combat_exponent",
    "combat_noise",
    "even_odds",
    "break_loss",
    "break_speed",
    "abort_losses",
    "patience",
)
UNKNOWN, INTENSITY, SIDES, TEMPO, CAPTURED = range(LATENT)


class Randomness(NamedTuple):
    """Numbers that stay the same from one vector of coefficients to the next.

    Attributes
    ----------
    latent : (LATENT, n * replicates) normals: what is not known of each battle
    draws : randomness of the steps
    replicates : simulated battles a row
    """

    latent: Floats
    draws: Draws
    replicates: int


def draw_randomness(rows: int, replicates: int, seed: int) -> Randomness:
    """Draw it: a shifted Sobol sequence in each row for the latent part, plain for the steps."""
    rng = np.random.default_rng(seed)
    points = qmc.Sobol(LATENT, rng=rng).random(replicates)
    shifted = (points[None] + rng.random((rows, 1, LATENT))) % 1.0
    latent = norm.ppf(np.clip(shifted, 1e-6, 1.0 - 1e-6)).reshape(rows * replicates, LATENT).T
    shape = (len(STEPS), rows * replicates)
    steps = Draws(rng.standard_normal(shape), rng.random(shape), rng.random(shape))
    return Randomness(np.ascontiguousarray(latent), steps, replicates)


class Settings(NamedTuple):
    """Coefficients applied to rows, one axis n: middles of ln odds, ln loss, ln tempo."""

    odds: Floats
    loss: Floats
    tempo: Floats


def settings(battles: Battles, c: Floats, *, with_surprise: bool) -> Settings:
    """What the coefficients say of each row."""

    def value(name: str) -> float:
        return float(c[INDEX[name]])

    def by_era(prefix: str) -> Floats:
        return np.array([value(f"{prefix} {era}") for era in ERAS])[battles.era]

    def by_posture(fortified: str, moving: str, prepared: float = 0.0) -> Floats:
        effects = dict.fromkeys(POSTURES, 0.0)
        effects |= {"prepared": prepared, "fortified": value(fortified), "moving": value(moving)}
        return np.array(list(effects.values()))[battles.posture]

    size = np.log(np.sqrt(battles.attackers * battles.defenders) / TYPICAL_SIZE)
    odds = value("advantage") + value("ratio") * battles.log_ratio
    odds = odds + by_posture("fortified", "moving", value("prepared")) + by_era("odds")
    odds = odds + battles.ground @ np.array([value(name) for name in GROUND])
    odds = odds + value("air") * (battles.air > 0) + value("no_air") * (battles.air < 0)
    if with_surprise:
        odds = odds + value("surprise") * battles.surprise
    loss = value("combat_loss") + by_era("loss") + value("loss size") * size
    tempo = value("tempo") + by_era("tempo") + value("tempo size") * size
    return Settings(
        odds * np.exp(value("unknown")),
        loss + by_posture("loss fortified", "loss moving"),
        tempo + by_posture("tempo fortified", "tempo moving"),
    )


def make_fight(battles: Battles, c: Floats, s: Settings, random: Randomness) -> Fight:
    """Fights of all replicates of all rows."""
    m = random.replicates
    attackers, defenders = np.repeat(battles.attackers, m), np.repeat(battles.defenders, m)
    unknown = np.exp(c[INDEX["unknown"]]) * random.latent[UNKNOWN]
    worth = np.exp(np.repeat(s.odds, m) + unknown) * defenders / attackers
    intensity = np.exp(c[INDEX["loss spread"]]) * random.latent[INTENSITY]
    depth = float(np.exp(c[INDEX["depth"]]))
    return Fight(
        attackers=attackers,
        defenders=defenders,
        attack_worth=worth,
        defence_worth=np.ones_like(worth),
        room=np.full_like(worth, np.inf),
        combat_loss=np.exp(np.repeat(s.loss, m) + intensity),
        depth=np.full_like(worth, depth),
        field_speed=1.0,
        break_base=float(c[INDEX["break_base"]]),
        **{name: float(np.exp(c[INDEX[name]])) for name in SHARED},
        **FIXED,
    )


class Outcomes(NamedTuple):
    """Simulated battles: won (n, m), and ln losses of both sides and ln days (n, m, 3)."""

    won: Floats
    outcome: Floats


def simulate(
    battles: Battles, whitened: Floats, random: Randomness, *, with_surprise: bool
) -> Outcomes:
    """Simulate every row ``random.replicates`` times."""
    c = natural(whitened)
    m = random.replicates
    middle = settings(battles, c, with_surprise=with_surprise)
    result = run(make_fight(battles, c, middle, random), random.draws)
    captured = c[INDEX["captured"]] + np.exp(c[INDEX["captured spread"]]) * random.latent[CAPTURED]
    taken = np.where(result.won, 1.0 / (1.0 + np.exp(-captured)), 0.0)
    defender = 1.0 - (1.0 - result.defender_loss) * (1.0 - taken)
    sides = 0.5 * np.exp(c[INDEX["side spread"]]) * random.latent[SIDES]
    low, high = LOSS_BOUNDS
    losses = [
        np.log(np.clip(loss * np.exp(sign * sides), low, high))
        for loss, sign in ((result.attacker_loss, 1.0), (defender, -1.0))
    ]
    tempo = np.repeat(middle.tempo, m)
    tempo = tempo + np.exp(c[INDEX["tempo spread"]]) * random.latent[TEMPO]
    days = np.log(np.maximum(result.days * np.exp(-tempo), SHORTEST_DAYS))
    shape = (len(battles), m)
    stacked = np.stack([part.reshape(shape) for part in (*losses, days)], axis=2)
    return Outcomes(result.won.astype(float).reshape(shape), stacked)
