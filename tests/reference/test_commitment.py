"""Commitment: choices of the logit, what pulls at it, and how actual levels follow."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
from scipy import stats
from small_program import SmallProgram, play, small_program

from contingent.reference import commitment, layout

OCCASIONS = [day for day in range(1, 1_500) if (day + 5) % commitment.REVIEW_DAYS == 0]


def backer(**given: Any) -> SmallProgram:
    """Actor 1 has commitments of air and ground at 0.5 of 1."""
    return small_program(
        **{
            "on": {"commitment"},
            "initial_holder": [0, 1],
            "initial_commitment": [[0, 0, 0, 0], [0.5, 0.5, 0, 0]],
        }
        | given
    )


def choices(program: SmallProgram, futures: int = 8, **state: Any) -> np.ndarray:
    """How often commitment was lowered, left and raised at its occasions, the level held at 0.5."""
    counts = np.zeros(3)
    for future in range(futures):
        t = program.theatre(future)
        for name, value in state.items():
            setattr(t, name, value)
        for day in OCCASIONS:
            t.day = day
            commitment.advance(t)
            for k in range(2):
                counts[1 + round((t.announced[1][k] - 0.5) * 10)] += 1
                t.announced[1][k] = t.commitment[1][k] = 0.5
    return counts


def expected(lean: float, inertia: float, total: float, aversion: float = 0.0) -> np.ndarray:
    weights = np.exp([-lean, inertia, lean - aversion])
    return total * weights / weights.sum()


@pytest.mark.parametrize(("will", "aversion", "inertia"), [(0.7, 0.4, 1.0), (0.4, 0.0, 0.3)])
def test_logit_of_will_and_creep_aversion(will: float, aversion: float, inertia: float) -> None:
    program = backer(
        initial_will=will, creep_aversion=aversion, commitment_inertia=inertia, ceiling=0.8
    )
    counts = choices(program)
    lean = 2 * (2 * will - 1) - aversion * 0.5 / 0.8
    wanted = expected(lean, inertia, counts.sum(), aversion)
    assert stats.chisquare(counts, wanted).pvalue > 1e-3


def test_threat_and_a_near_deadline_pull() -> None:
    """Two of five points of worth were lost: threat 0.4; the deadline is at its day throughout."""
    program = backer(
        stake=1.5,
        aims={(1, 0): 2, (1, 1): 3},
        D=1,
        deadline_day=[5_000],
        deadline_binds=[[0, 1]],
        deadline_horizon=[1e9],
        deadline_weight=0.5,
        on={"commitment", "clock"},
    )
    counts = choices(program, lost_day=[[-1000, -1000], [5_000, -1000]])
    pull = 1.5 * 0.4 + 0.5
    assert stats.chisquare(counts, expected(pull, 1.0, counts.sum())).pvalue > 1e-3


def test_free_riding_on_what_allies_give() -> None:
    """An ally with 0.8 of one kind out of four ceilings of 1: mean 0.2."""
    program = backer(
        A=3,
        actor_bloc=[0, 1, 1],
        initial_holder=[0, 1],
        initial_commitment=[[0] * 4, [0.5, 0.5, 0, 0], [0.8, 0, 0, 0]],
        free_riding=3.0,
        commitment_inertia=0.0,
        ceiling=[1, 1, 1],
    )
    t = program.theatre()
    assert commitment._allies(t, 1) == pytest.approx(0.2)
    counts = np.zeros(3)
    for future in range(8):
        t = program.theatre(future)
        for day in OCCASIONS:
            t.day = day
            commitment._decide(t, 1)
            for k in range(2):
                counts[1 + round((t.announced[1][k] - 0.5) * 10)] += 1
                t.announced[1][k] = 0.5
    assert stats.chisquare(counts, expected(-0.6, 0.0, counts.sum())).pvalue > 1e-3


def test_threat_is_worth_attacked_or_lost_within_a_month() -> None:
    program = backer(P=4, initial_holder=[1, 1, 0, 0], aims={(1, 0): 1, (1, 1): 2, (1, 2): 5})
    t = program.theatre()
    assert commitment.threat(t, 1) == 0.0
    t.attacking[0][1] = 1
    assert commitment.threat(t, 1) == pytest.approx(2 / 3)
    t.lost_day[1][2] = 0
    t.day = 30
    assert commitment.threat(t, 1) == pytest.approx(7 / 8)
    t.day = 31
    assert commitment.threat(t, 1) == pytest.approx(2 / 3)


def test_occasions_are_fortnightly_and_on_the_day_of_a_shock() -> None:
    program = backer(commitment_inertia=-700.0, initial_will=1.0, step=0.001)
    t = program.theatre()
    raised = []
    for _ in range(60):
        before = t.announced[1][0]
        play(t, 1)
        if t.announced[1][0] > before:
            raised.append(t.day)
    assert raised == [9, 23, 37, 51]
    program = backer(
        commitment_inertia=-700.0,
        initial_will=1.0,
        step=0.001,
        N=1,
        shock_on=[1],
        on={"commitment"},
    )
    t = program.theatre()
    t.day = 12
    t.shock_today = [1]
    commitment.advance(t)
    assert t.announced[1][0] == pytest.approx(0.501)


def test_actual_levels_follow_exponentially_and_bring_fighters() -> None:
    """Level(n) = goal + (start - goal)·(1 - 1/lag)^n; 5,000 fighters per 1.0 come to place 1."""
    program = backer(
        lag=10.0,
        ground_force=5_000.0,
        entry=[-1, 1],
        initial_mobile={(1, 1): 100},
        commitment_inertia=700.0,
        initial_commitment=[[0] * 4, [0.5, 0.2, 0, 0]],
    )
    t = program.theatre()
    t.announced[1][0] = 0.1
    t.announced[1][1] = 0.8
    for n in range(1, 50):
        play(t, 1)
        assert t.commitment[1][0] == pytest.approx(0.1 + 0.4 * 0.9**n)
        assert t.commitment[1][1] == pytest.approx(0.8 - 0.6 * 0.9**n)
        came = 5_000 * 0.6 * (1 - 0.9**n)
        assert t.mobile[1][1] == pytest.approx(100 + came)
        assert t.arrived[1] == pytest.approx(came)
    assert commitment.air_level(t, 1) == pytest.approx(0.2, rel=0.1)


def test_leaving_takes_no_more_than_stand_at_the_entry() -> None:
    program = backer(
        ground_force=5_000.0, entry=[-1, 1], initial_mobile={(1, 1): 700}, commitment_inertia=700.0
    )
    t = program.theatre()
    t.announced[1][1] = 0.3
    play(t, 1)
    assert t.mobile[1][1] == 0.0
    assert t.departed[1] == pytest.approx(700)
    assert t.commitment[1][1] == pytest.approx(0.3)


def test_nobody_comes_through_a_hostile_entry() -> None:
    t = backer(ground_force=5_000.0, entry=[-1, 0], commitment_inertia=700.0).theatre()
    t.announced[1][1] = 0.9
    play(t, 1)
    assert t.arrived == [0.0, 0.0]
    assert t.mobile == [[0.0, 0.0], [0.0, 0.0]]


def test_shocks_on_others_are_no_occasion() -> None:
    t = backer(commitment_inertia=-700.0, initial_will=1.0, N=1, shock_on=[0]).theatre()
    t.day = 12
    t.shock_today = [1]
    commitment.advance(t)
    assert t.announced[1][0] == 0.5


def test_will_goes_back_to_its_usual_level() -> None:
    t = backer(will_drift=0.04).theatre()
    t.will = [0.9, 0.1]
    for n in range(1, 60):
        play(t, 1)
        assert t.will == pytest.approx([0.5 + 0.4 * 0.96**n, 0.5 - 0.4 * 0.96**n])


def test_kinds_out_of_use_stay_out_and_ceilings_hold() -> None:
    t = backer(commitment_inertia=-700.0, initial_will=1.0, ceiling=0.65).theatre()
    play(t, 200)
    assert t.announced[1] == pytest.approx([0.65, 0.65, 0, 0])
    t = backer(commitment_inertia=-700.0, initial_will=0.0).theatre()
    play(t, 200)
    assert t.announced[1] == [0, 0, 0, 0]


def test_off_levels_stay() -> None:
    t = backer(on=None, off={"commitment"}, initial_will=1.0, commitment_inertia=-700).theatre()
    play(t, 60)
    assert t.announced[1] == t.commitment[1] == [0.5, 0.5, 0, 0]
    assert layout.COMMITMENT_KINDS == ("air", "ground", "advisers", "supplies")
    assert math.isclose(commitment.air_level(t, 0), 1.0)
