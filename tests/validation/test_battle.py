"""The simulated battle is the mechanism of the reference, step for step."""

import sys
from pathlib import Path

import numpy as np
import pytest
from validation.cdb90 import battle
from validation.cdb90.battle import Draws, Fight

from contingent import streams
from contingent.reference import combat
from contingent.reference.layout import MECHANISM_COMBAT

sys.path.insert(0, str(Path(__file__).parents[1] / "reference"))
from small_program import attack_under_way, play

MODEL = {
    "combat_loss": 0.02,
    "combat_exponent": 0.6,
    "combat_noise": 0.4,
    "even_odds": 0.9,
    "break_base": -3.0,
    "break_ratio": 1.8,
    "break_loss": 4.0,
    "break_resolve": 10.0,
    "break_depth": 3.0,
    "break_speed": 5.0,
}


def one_fight(**given: float) -> Fight:
    values = {
        "attackers": 3_000.0,
        "defenders": 1_500.0,
        "attack_worth": 1.2 * 0.8**0.7,
        "defence_worth": 0.9 * 1.3 * 1.25,
        "room": 2_500.0,
        "combat_loss": MODEL["combat_loss"],
        "depth": 6.0,
    } | given
    arrays = {name: np.array([value]) for name, value in values.items()}
    rest = {name: value for name, value in MODEL.items() if name != "combat_loss"}
    return Fight(
        **arrays, **rest, field_speed=0.5, resolve=0.6, abort_losses=1_000.0, patience=1_000.0
    )


def reference_days(seed: int, days: int) -> list[tuple[float, float, float, float]]:
    program = attack_under_way(
        3_000.0,
        1_500.0,
        choose={"combat_noise": "lognormal"},
        initial_quality={(1, 1): 1.2, (0, 0): 0.9},
        initial_readiness={(1, 1): 0.8, (0, 0): 1.0},
        initial_resolve=0.6,
        initial_entrenchment=0.5,
        terrain=1.3,
        front=5.0,
        front_density=500.0,
        diameter=6.0,
        urban_speed=0.5,
        **MODEL,
    )
    t = program.theatre(seed=seed)
    seen = []
    for _ in range(days):
        play(t, 1)
        if t.holder[0] != 0:
            break
        seen.append(
            (
                t.mobile[1][0] + t.static[1][0],
                t.mobile[0][0] + t.static[0][0],
                t.progress[1][0],
                t.broken[1][0],
            )
        )
    return seen


def draws_of_the_reference(seed: int, days: int) -> tuple[np.ndarray, np.ndarray]:
    key = streams.key_from_seed(seed)
    entity = 1 * 2 + 0
    noise = [
        streams.normal(key, 0, day, MECHANISM_COMBAT, entity, combat.DRAW_NOISE)
        for day in range(1, days + 1)
    ]
    breaking = [
        streams.uniform(key, 0, day, MECHANISM_COMBAT, entity, combat.DRAW_BREAK)
        for day in range(1, days + 1)
    ]
    return np.array(noise), np.array(breaking)


@pytest.mark.parametrize("seed", range(1, 9))
def test_steps_equal_the_reference(seed: int) -> None:
    wanted = reference_days(seed, 20)
    noise, breaking = draws_of_the_reference(seed, 20)
    fight = one_fight()
    state = battle.begin(fight)
    assert len(wanted) >= 3
    for day, row in enumerate(wanted):
        state = battle.step(state, fight, noise[day : day + 1], breaking[day : day + 1])
        got = (state.attackers, state.defenders, state.progress, state.broken)
        assert [float(part[0]) for part in got] == pytest.approx(row, rel=1e-9)


def test_no_noise_and_overwhelming_power_wins_in_depth_over_double_speed() -> None:
    fight = one_fight(attackers=50_000.0, room=np.inf, depth=6.0)
    steps = (len(battle.STEPS), 1)
    draws = Draws(np.zeros(steps), np.ones(steps), np.ones(steps))
    result = battle.run(fight, draws)
    assert result.won[0]
    assert result.days[0] == 6.0


def test_an_attack_that_loses_too_much_is_called_off() -> None:
    fight = one_fight(attackers=300.0, combat_loss=0.2)
    fight = Fight(**{**fight.__dict__, "abort_losses": 0.1})
    steps = (len(battle.STEPS), 1)
    result = battle.run(fight, Draws(np.zeros(steps), np.ones(steps), np.zeros(steps)))
    assert not result.won[0]
    assert result.attacker_loss[0] > 0.1
    assert result.days[0] < 5.0
