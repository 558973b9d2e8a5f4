"""The combat mechanism as a simulated battle: many fights at once, in NumPy.

The equations are those of :mod:`contingent.reference.combat` for one attacker and one defender:
power from fighters and their worth, loss fractions ``loss · ratio^±exponent`` with lognormal noise
on the ratio, progress at the speed of three to one, breaking, which speeds up the advance, and an
attacker who gives up on losses or time below parity (:mod:`contingent.reference.command`). Two
things differ, and only in the clock and the ground:

- a step lasts a *fighting day*; a field battle runs through many of them in a day of the calendar
  (its tempo). Late steps are longer: 24 of one fighting day, 18 of two, 15 of four;
- the ground is a field whose depth takes the place of the built-up area, without a belt.

>>> int(STEPS.sum())
120
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
STEPS = np.concatenate([np.full(24, 1.0), np.full(18, 2.0), np.full(15, 4.0)])
LOG_CAP = float(np.log(50.0))
GIVE_UP_CHANCE = 0.1
COMPRESS_EVERY = 4


@dataclass(frozen=True)
class Fight:
    """What a fight is made of, one axis n; names and units as in the reference's tables.

    Attributes
    ----------
    attackers, defenders : (n,) float, fighters
    attack_worth, defence_worth : (n,) float, power of one fighter
    room : (n,) float, fighters that find room at the front
    combat_loss : (n,) float, loss fraction a fighting day at even odds
    depth : (n,) float, km of field
    field_speed : km a fighting day at three to one
    others : parameters that all fights of a run share
    """

    attackers: Floats
    defenders: Floats
    attack_worth: Floats
    defence_worth: Floats
    room: Floats
    combat_loss: Floats
    depth: Floats
    field_speed: float
    combat_exponent: float
    combat_noise: float
    even_odds: float
    resolve: float
    break_base: float
    break_ratio: float
    break_loss: float
    break_resolve: float
    break_depth: float
    break_speed: float
    abort_losses: float
    patience: float

    def take(self, rows: NDArray[np.int64]) -> Fight:
        """Some of the fights."""
        values = {name: getattr(self, name) for name in self.__dataclass_fields__}
        arrays = {k: v[rows] for k, v in values.items() if isinstance(v, np.ndarray)}
        return replace(self, **arrays)  # type: ignore[arg-type]


class State(NamedTuple):
    """What changes from step to step, one axis n."""

    attackers: Floats
    defenders: Floats
    progress: Floats
    below_parity: Floats
    broken: NDArray[np.bool_]

    def take(self, rows: NDArray[np.int64]) -> State:
        """Some of the fights."""
        return State._make(part[rows] for part in self)

    def unless(self, stays: NDArray[np.bool_], other: State) -> State:
        """Return this state where it stays, the other elsewhere."""
        return State._make(np.where(stays, a, b) for a, b in zip(self, other, strict=True))


class Draws(NamedTuple):
    """Randomness of a run: (steps, n) normals, and uniforms for breaking and giving up."""

    noise: Floats
    breaking: Floats
    giving_up: Floats


class Result(NamedTuple):
    """How fights ended, one axis n.

    Attributes
    ----------
    won : the attacker passed the field
    attacker_loss, defender_loss : fractions lost in the fighting
    days : fighting days
    """

    won: NDArray[np.bool_]
    attacker_loss: Floats
    defender_loss: Floats
    days: Floats


def begin(fight: Fight) -> State:
    """State before the first step."""
    n = len(fight.attackers)
    zero = np.zeros(n)
    return State(fight.attackers, fight.defenders, zero, zero, np.zeros(n, dtype=bool))


def step(state: State, fight: Fight, noise: Floats, breaking: Floats, days: float = 1.0) -> State:
    """Fight for some days: exchange of losses, then breaking and progress."""
    share = np.minimum(1.0, fight.room / state.attackers)
    attack = state.attackers * fight.attack_worth * share
    defence = state.defenders * fight.defence_worth
    log_ratio = np.log(attack / defence) + fight.combat_noise * noise
    log_ratio = np.clip(log_ratio, -LOG_CAP, LOG_CAP)
    pressure = np.exp(fight.combat_exponent * log_ratio)
    defenders = state.defenders * _kept(fight.combat_loss * pressure, days)
    attackers = state.attackers * _kept(fight.combat_loss / pressure * share, days)
    push = (log_ratio - np.log(fight.even_odds)) / np.log(3.0 / fight.even_odds)
    push = np.clip(push, -0.3, 2.0)
    lost = 1.0 - defenders / fight.defenders
    broken = state.broken | (breaking < _break_chance(state, fight, log_ratio, lost, days))
    advance = push * fight.field_speed * days
    advance = np.where((advance > 0.0) & broken, advance * fight.break_speed, advance)
    return State(
        attackers,
        defenders,
        np.maximum(state.progress + advance, 0.0),
        np.maximum(state.below_parity + (0.5 - push) * days, 0.0),
        broken,
    )


def _kept(fraction: Floats, days: float) -> Floats:
    kept = 1.0 - np.minimum(fraction, 0.5)
    return kept if days == 1.0 else kept**days


def _break_chance(
    state: State, fight: Fight, log_ratio: Floats, lost: Floats, days: float
) -> Floats:
    held = np.clip(1.0 - state.progress / fight.depth, 0.0, 1.0)
    held = held * np.minimum(1.0, fight.depth / 4.0)
    odds = fight.break_base + fight.break_ratio * np.clip(log_ratio, -np.log(4.0), np.log(4.0))
    odds = odds + fight.break_loss * lost - fight.break_depth * held
    odds = odds - fight.break_resolve * (fight.resolve - 0.5)
    stays = 1.0 / (1.0 + np.exp(odds))
    return np.asarray(1.0 - (stays if days == 1.0 else stays**days))


def gives_up(state: State, fight: Fight, draw: Floats, days: float = 1.0) -> NDArray[np.bool_]:
    """Whether the attacker calls the attack off before the next step."""
    lost = 1.0 - state.attackers / fight.attackers
    tired = (lost > fight.abort_losses) | (state.below_parity > fight.patience)
    return np.asarray(tired & (draw < 1.0 - (1.0 - GIVE_UP_CHANCE) ** days))


def run(fight: Fight, draws: Draws) -> Result:
    """Fight to the end; an attack that is still on after the last step has not won."""
    n = len(fight.attackers)
    active = np.arange(n)
    state, going = begin(fight), fight
    result = Result(np.zeros(n, dtype=bool), np.zeros(n), np.zeros(n), np.full(n, STEPS.sum()))
    elapsed = 0.0
    ended = np.zeros(n, dtype=bool)
    for number, days in enumerate(STEPS):
        if number % COMPRESS_EVERY == 0 and ended.any():
            keep = np.flatnonzero(~ended)
            active, going = active[keep], going.take(keep)
            state, ended = state.take(keep), ended[keep]
        if len(active) == 0:
            break
        stop = ~ended & gives_up(state, going, draws.giving_up[number][active], days)
        _settle(result, active, state, going, stop, elapsed)
        ended |= stop
        draw = draws.noise[number][active], draws.breaking[number][active]
        moved = step(state, going, *draw, days)
        state = state.unless(ended, moved)
        elapsed += days
        won = ~ended & (state.progress >= going.depth)
        result.won[active[won]] = True
        _settle(result, active, state, going, won, elapsed)
        ended |= won
    _settle(result, active, state, going, ~ended, elapsed)
    return result


def _settle(
    result: Result,
    active: NDArray[np.int64],
    state: State,
    fight: Fight,
    which: NDArray[np.bool_],
    elapsed: float,
) -> None:
    """Write down fights that end now (``result`` is changed)."""
    rows = active[which]
    result.attacker_loss[rows] = 1.0 - state.attackers[which] / fight.attackers[which]
    result.defender_loss[rows] = 1.0 - state.defenders[which] / fight.defenders[which]
    result.days[rows] = max(elapsed, 1.0)
