"""Shocks against the long-run rate of a Hawkes process."""

from __future__ import annotations

import math

import numpy as np
import pytest
from scipy import stats
from small_program import play, small_program

from contingent.reference import shocks
from contingent.reference.layout import SHOCK_MEMORY

DAYS = 6_000


@pytest.mark.parametrize(("rate", "branching", "decay"), [(9.0, 0.6, 5.0), (30.0, 0.3, 20.0)])
def test_long_run_rate(rate: float, branching: float, decay: float) -> None:
    """Mu/(1 - branching) events a day; the count of T days has variance mu·T/(1 - branching)^3."""
    program = small_program(
        N=1, on={"shocks"}, shock_rate=rate, shock_branching=branching, shock_decay=decay
    )
    t = program.theatre()
    events = 0
    for day in range(1, DAYS + 1):
        t.day = day
        shocks.advance(t)
        events += t.shock_today[0]
    mu = rate / shocks.DAYS_PER_MONTH
    error = math.sqrt(mu * DAYS / (1 - branching) ** 3)
    assert events == pytest.approx(mu * DAYS / (1 - branching), abs=3.3 * error)
    assert abs(events - mu * DAYS) > 5 * error


def test_without_excitation_events_are_poisson() -> None:
    program = small_program(N=1, on={"shocks"}, shock_rate=30.4375)
    t = program.theatre()
    counts = np.zeros(5)
    for day in range(1, 3_001):
        t.day = day
        shocks.advance(t)
        counts[min(t.shock_today[0], 4)] += 1
    expected = stats.poisson(1).pmf(range(4))
    expected = 3_000 * np.append(expected, 1 - expected.sum())
    assert stats.chisquare(counts, expected).pvalue > 1e-3


def test_an_event_brings_its_branching_of_further_events() -> None:
    """The excited rates that one event leaves behind add up to branching, decaying by exp(-1/τ)."""
    program = small_program(N=1, on={"shocks"}, shock_rate=1e-9, shock_branching=0.7, shock_decay=8)
    t = program.theatre()
    t.uniform = lambda *place: 1 - 1e-12  # one event on day 1
    play(t, 1)
    assert t.shock_today[0] == 1
    t.uniform = lambda *place: 0.5  # and none later
    total = 0.0
    before = t.excitation[0]
    for _ in range(200):
        total += t.excitation[0]
        play(t, 1)
        assert t.excitation[0] == pytest.approx(before * math.exp(-1 / 8))
        before = t.excitation[0]
    assert total == pytest.approx(0.7)


def test_events_move_will_and_tacit_coordination() -> None:
    program = small_program(
        A=3,
        N=2,
        on={"shocks"},
        shock_rate=[30, 0],
        shock_on=[2, 1],
        shock_will=[-0.01, 0.5],
        shock_tacit=[0.02, 0.5],
        shock_pair_first=[0, 0],
        shock_pair_second=[1, 2],
        initial_tacit=0.3,
    )
    t = program.theatre()
    events = 0
    for _ in range(12):
        play(t, 1)
        events += t.shock_today[0]
    assert events > 3
    assert t.will == pytest.approx([0.5, 0.5, 0.5 - 0.01 * events])
    assert t.tacit[0][1] == t.tacit[1][0] == pytest.approx(0.3 + 0.02 * events)
    assert t.tacit[0][2] == 0.3
    play(t, 100)
    assert t.will[2] == 0.0
    assert t.tacit[0][1] == 1.0


def test_the_last_days_with_events_are_remembered() -> None:
    t = small_program(N=1, on={"shocks"}, shock_rate=10).theatre()
    days: list[int] = []
    for _ in range(60):
        play(t, 1)
        days = [t.day] * t.shock_today[0] + days
    assert len(days) > SHOCK_MEMORY
    assert t.shock_days[0] == days[:SHOCK_MEMORY]


def test_off_nothing_happens() -> None:
    t = small_program(N=1, off={"shocks"}, shock_rate=30, shock_will=0.1).theatre()
    play(t, 30)
    assert t.will == [0.5, 0.5]
    assert t.shock_days == [[-1000] * SHOCK_MEMORY]
    assert t.excitation == [0.0]
