"""Able to live: in a theatre with reserves in reach and early warning every parameter matters.

Each contrast moves one parameter over about the width of its prior and looks at what it is about,
with the same random numbers on both sides. An effect counts beyond three standard errors of the
paired difference, in the direction that the words say. What is shown is that the machine can do it;
how much it matters in a given theatre is for `contingent alive` to say.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

import numpy as np
import pytest
from stress import (
    ARMY,
    BACKER,
    CITY,
    DAYS,
    DEFENDERS,
    RAIDER,
    RESERVE,
    TOWN,
    Futures,
    stress,
)

FUTURES = 400
WEEK = 7


def one(actor: int, value: float, others: float) -> list[float]:
    """A table over actors in which one of them differs."""
    table = [others] * 7
    table[actor] = value
    return table


def first_attack(f: Futures) -> np.ndarray:
    """Day of the first contact at the town, the last day if there is none."""
    attacks = f.series("attacks") > 0
    return np.where(attacks.any(axis=1), attacks.argmax(axis=1), DAYS)


def until(f: Futures, name: str, days: np.ndarray) -> np.ndarray:
    """Sum of a series up to a day of each future."""
    return (f.series(name) * (np.arange(DAYS) <= days[:, None])).sum(axis=1)


OUTCOMES: dict[str, Callable[[Futures], np.ndarray]] = {
    "town held": lambda f: f.holds(DEFENDERS, TOWN),
    "city taken": lambda f: f.holds(DEFENDERS, CITY),
    "warned before contact": lambda f: (until(f, "inbound", first_attack(f)) > 0).astype(float),
    "relief in the first week": lambda f: until(f, "relief", first_attack(f) + WEEK),
    "sorties at the town in the first week": lambda f: until(
        f, "sorties at the town", first_attack(f) + WEEK
    ),
    "sorties": lambda f: f.series("sorties").sum(axis=1),
    "air committed": lambda f: f.series("air")[:, -1],
    "intervened": lambda f: f.series("intervened")[:, -1],
    "raiders' readiness": lambda f: f.series("readiness")[:, -1],
    "raiders": lambda f: f.series("raiders")[:, -1],
    "attack opened within a month": lambda f: (
        (f.series("offensive")[:, :30] > 0).any(axis=1).astype(float)
    ),
}

Contrast = tuple[dict[str, Any], dict[str, Any], dict[str, int]]

CONTRASTS: dict[str, Contrast] = {
    "surveillance hours": (
        {"hours": {(BACKER,): 5}},
        {"hours": {(BACKER,): 120}},
        {"warned before contact": 1, "relief in the first week": 1, "town held": 1},
    ),
    "attention focus": (
        {"attention_focus": one(BACKER, 0.5, 1.1)},
        {"attention_focus": one(BACKER, 2.5, 1.1)},
        {"warned before contact": -1, "relief in the first week": -1, "town held": -1},
    ),
    "response focus": (
        {"response_focus": one(BACKER, 0.5, 1.1)},
        {"response_focus": one(BACKER, 2.5, 1.1)},
        {"sorties at the town in the first week": -1, "town held": -1, "city taken": 1},
    ),
    "bias": (
        {"bias": one(ARMY, 0.3, 0.75)},
        {"bias": one(ARMY, 1.0, 0.75)},
        {"relief in the first week": 1, "town held": 1},
    ),
    "command delay": (
        {"delay": one(ARMY, 1.0, 3.7)},
        {"delay": one(ARMY, 7.0, 3.7)},
        {"relief in the first week": -1, "town held": -1},
    ),
    "coordination": (
        {"coordination": 0.2},
        {"coordination": 0.9},
        {"relief in the first week": 1, "town held": 1},
    ),
    "release": (
        {"release": one(ARMY, 0.05, 0.25)},
        {"release": one(ARMY, 0.7, 0.25)},
        {"relief in the first week": 1, "town held": 1, "city taken": -1},
    ),
    "priority of the main effort": (
        {"priority": one(ARMY, 1.0, 2.7)},
        {"priority": one(ARMY, 8.0, 2.7)},
        {"relief in the first week": -1, "town held": -1},
    ),
    "rest": (
        {"rest": 0.01},
        {"rest": 0.04},
        {"raiders' readiness": 1, "city taken": -1},
    ),
    "wear": ({"wear": 0.003}, {"wear": 0.008}, {"raiders' readiness": -1, "city taken": 1}),
    "sorties a day": (
        {"sorties": {(BACKER,): 20}},
        {"sorties": {(BACKER,): 80}},
        {"sorties at the town in the first week": 1, "town held": 1, "city taken": 1},
    ),
    "a sponsor's flow": (
        {"sponsored": {(RAIDER,): 0}},
        {"sponsored": {(RAIDER,): 40}},
        {"raiders": 1, "town held": -1},
    ),
    "will": (
        {"initial_will": 0.3},
        {"initial_will": 0.8},
        {"air committed": 1, "intervened": 1, "town held": 1},
    ),
    "creep aversion": (
        {"creep_aversion": 0.2},
        {"creep_aversion": 0.8},
        {"air committed": -1, "sorties": -1},
    ),
    "a near deadline": (
        {"deadline_weight": 0.0},
        {"deadline_weight": 2.0},
        {"air committed": 1, "sorties": 1},
    ),
    "stake": ({"stake": 0.5}, {"stake": 2.0}, {"air committed": 1, "sorties": 1}),
    "a blocker": (
        {"blocker_fighters": [2_000]},
        {"blocker_fighters": [300]},
        {"intervened": -1, "town held": -1},
    ),
    "tacit coordination": (
        {"initial_tacit": 0.2, "usual_tacit": 0.2},
        {"initial_tacit": 0.8, "usual_tacit": 0.8},
        {"intervened": 1, "town held": 1},
    ),
}

#: A long approach over open ground under many eyes and aircraft.
LONG = {
    "route_km": [150, 200, 10, 420, 80, 400],
    "hours": {(BACKER,): 120},
    "attention_focus": one(BACKER, 0.5, 1.1),
    "sorties": {(BACKER,): 80},
    "delay": 0.0,
}
CONTRASTS["lethality against columns"] = (
    LONG | {"column_lethality": 1.0},
    LONG | {"column_lethality": 8.0},
    {"raiders": -1},
)

#: A raider who hesitates, so that the opponent's business can decide.
HESITANT = {"start_cost": one(RAIDER, 6.0, 2.3)}
WEIGHS = {"opportunism": one(RAIDER, 1.5, 0.75)}
IDLE = {"initial_phase": {(DEFENDERS, CITY): 0}, "max_operations": [0, 1, 1, 1]}
EYES = {"hours": {(BACKER,): 120}}
OPENED = "attack opened within a month"

CONTRASTS |= {
    "opportunism": (HESITANT | {"opportunism": 0.0}, HESITANT | WEIGHS, {OPENED: -1}),
    "an opponent busy elsewhere": (HESITANT | WEIGHS | IDLE, HESITANT | WEIGHS, {OPENED: 1}),
    "the opponent's aircraft": (
        HESITANT | WEIGHS | {"sorties": {(BACKER,): 0}},
        HESITANT | WEIGHS | {"sorties": {(BACKER,): 80}},
        {OPENED: -1},
    ),
    "an opponent whose eyes are on his main effort": (
        HESITANT | WEIGHS | EYES | {"attention_focus": one(BACKER, 0.5, 1.1)},
        HESITANT | WEIGHS | EYES | {"attention_focus": one(BACKER, 2.5, 1.1)},
        {OPENED: 1},
    ),
    "the opponent's reserve": (
        HESITANT | WEIGHS,
        HESITANT | WEIGHS | {"initial_mobile": {(ARMY, RESERVE): 4_500}},
        {OPENED: -1},
    ),
}


@cache
def plain() -> Futures:
    return Futures(stress(), FUTURES)


def effect(low: Futures, high: Futures, outcome: str) -> tuple[float, float]:
    """Mean paired difference and its standard error."""
    difference = OUTCOMES[outcome](high) - OUTCOMES[outcome](low)
    return float(difference.mean()), float(difference.std(ddof=1) / np.sqrt(len(difference)))


@pytest.mark.parametrize("name", CONTRASTS)
def test_moves_what_it_is_about(name: str) -> None:
    low, high, wanted = CONTRASTS[name]
    worlds = Futures(stress(**low), FUTURES), Futures(stress(**high), FUTURES)
    for outcome, sign in wanted.items():
        mean, error = effect(*worlds, outcome)
        assert sign * mean > 3 * error, (outcome, mean, error)


def test_an_attacker_who_does_not_weigh_it_is_not_moved_by_his_opponents_business() -> None:
    blind = HESITANT | {"opportunism": 0.0}
    worlds = [Futures(stress(**(blind | change)), FUTURES) for change in (IDLE, {})]
    mean, error = effect(*worlds, OPENED)
    assert abs(mean) <= 3 * error


def test_the_theatre_is_undecided() -> None:
    """Neither side always wins, or nothing could be moved."""
    for name in ("town held", "city taken", "intervened"):
        assert 0.2 < OUTCOMES[name](plain()).mean() < 0.8, name


def test_no_change_is_no_effect() -> None:
    """The same futures are paired to the last bit; other futures are not."""
    again = Futures(stress(), FUTURES)
    for outcome in OUTCOMES:
        assert effect(plain(), again, outcome) == (0.0, 0.0)
    other = Futures(stress(), FUTURES, seed=2)
    assert effect(plain(), other, "town held")[1] > 0.0
