"""Clock: dates of plans, what they do, and deadlines with their needs and nearness."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from scipy import stats
from small_program import play, small_program

from contingent.reference import clock, layout
from contingent.reference.columns import on_the_road


def plan(kind: int, **given: Any) -> Any:
    """One plan of actor 1 at place 0, day 10 exactly."""
    return small_program(
        **{
            "L": 1,
            "on": {"clock"},
            "plan_kind": [kind],
            "plan_actor": [1],
            "plan_day": [10],
        }
        | given
    )


def test_dates_are_rounded_normals() -> None:
    program = plan(layout.PLAN_REINFORCE, plan_day=[30], plan_spread=[4])
    dates = [program.theatre(future).plan_date[0] for future in range(1_000)]
    edges = [-np.inf, *np.arange(22.5, 38), np.inf]
    counts = np.histogram(dates, edges)[0]
    expected = 1_000 * np.diff(stats.norm(30, 4).cdf(edges))
    assert stats.chisquare(counts, expected).pvalue > 1e-3


def test_plans_before_the_start_happen_on_day_one() -> None:
    assert plan(layout.PLAN_REINFORCE, plan_day=[-5]).theatre().plan_date == [1]
    assert plan(layout.PLAN_REINFORCE, plan_day=[10.4]).theatre().plan_date == [10]


def test_plans_are_carried_out_as_often_as_stated() -> None:
    program = plan(
        layout.PLAN_REINFORCE,
        plan_day=[1],
        plan_probability=[0.3],
        plan_size=[400],
        initial_holder=[1, 0],
    )
    came = 0
    for future in range(400):
        t = program.theatre(future)
        play(t, 2)
        assert t.mobile[1][0] in (0.0, 400.0)
        assert t.arrived[1] == t.mobile[1][0]
        came += t.mobile[1][0] > 0
    assert stats.binomtest(came, 400, 0.3).pvalue > 1e-3


def test_reinforcements_do_not_land_among_the_enemy() -> None:
    t = plan(layout.PLAN_REINFORCE, plan_size=[400], initial_holder=[0, 1]).theatre()
    play(t, 12)
    assert t.arrived == [0.0, 0.0]
    assert t.mobile[1] == [0.0, 0.0]


def test_a_planned_attack_opens_an_operation_on_its_day() -> None:
    program = plan(
        layout.PLAN_ATTACK, initial_holder=[0, 1], initial_mobile={(1, 1): 2_000}, plan_day=[7]
    )
    t = program.theatre()
    play(t, 6)
    assert t.phase[1][0] == layout.NO_OPERATION
    play(t, 1)
    assert (t.phase[1][0], t.lead[1][0], t.aim[1][0]) == (layout.BUILD_UP, 1, layout.TAKE)
    assert t.opened[1][0] == 7


def test_a_planned_withdrawal_sends_the_share_home() -> None:
    """Half of 600 mobile and 400 static leave: 500."""
    program = plan(
        layout.PLAN_WITHDRAW,
        P=3,
        initial_holder=[1, 0, 1],
        route_from=[0],
        route_to=[2],
        initial_mobile={(1, 0): 600},
        initial_static={(1, 0): 400},
        plan_share=[0.5],
        on={"clock", "movement"},
    )
    t = program.theatre()
    play(t, 9)
    assert on_the_road(t, 1) == 0.0
    play(t, 1)
    assert t.withdrew[1][0] == 1
    assert (t.mobile[1][0], t.static[1][0], t.mobile[1][2]) == pytest.approx((400, 200, 400))


def deadline(**given: Any) -> Any:
    """One deadline on day 5 that binds actor 1."""
    return small_program(
        **{
            "D": 1,
            "on": {"clock"},
            "P": 3,
            "initial_holder": [0, 1, 1],
            "people": [500, 300, 200],
            "deadline_day": [5],
            "deadline_binds": [[0, 1]],
        }
        | given
    )


@pytest.mark.parametrize(
    ("need", "met"),
    [
        ((layout.NEED_PEOPLE, 0, -1, 0.5), 1),
        ((layout.NEED_PEOPLE, 0, -1, 0.51), 0),
        ((layout.NEED_PEOPLE, 1, -1, 0.5), 1),
        ((layout.NEED_HOLDS, 1, 2, 0.0), 1),
        ((layout.NEED_HOLDS, 0, 2, 0.0), 0),
        ((layout.NEED_CEASEFIRE, 0, -1, 0.0), 1),
        ((layout.NEED_CEASEFIRE, 1, -1, 0.0), 0),
    ],
)
def test_a_deadline_is_met_if_and_only_if_its_needs_hold(
    need: tuple[int, int, int, float], met: int
) -> None:
    program = deadline(
        need_deadline=[0, 0],
        need_kind=[layout.NEED_HOLDS, need[0]],
        need_first=[0, need[1]],
        need_second=[0, need[2]],
        need_level=[0, need[3]],
        ceasefire_first=[0, 0],
        ceasefire_second=[1, 1],
    )
    t = program.theatre()
    t.ceasefire[0] = 1
    play(t, 4)
    assert t.satisfied == [-1]
    play(t, 1)
    assert t.satisfied == [met]
    t.holder[0] = 1
    play(t, 5)
    assert t.satisfied == [met]


def test_needs_of_one_deadline_do_not_bind_another() -> None:
    program = deadline(
        D=2,
        deadline_day=[5, 6],
        deadline_binds=[[0, 1], [0, 1]],
        need_deadline=[1],
        need_kind=[layout.NEED_HOLDS],
        need_first=[1],
        need_second=[0],
    )
    t = program.theatre()
    play(t, 8)
    assert t.satisfied == [1, 0]


def test_a_deadline_may_be_missed_though_its_needs_hold() -> None:
    program = deadline(deadline_day=[1], deadline_chance=[0.65])
    met = 0
    for future in range(400):
        t = program.theatre(future)
        play(t, 1)
        met += t.satisfied[0]
    assert stats.binomtest(met, 400, 0.65).pvalue > 1e-3


def test_nearness_runs_from_the_horizon_to_the_day() -> None:
    program = deadline(D=2, deadline_day=[50, 70], deadline_horizon=[20, 10], on={"clock"})
    t = program.theatre()
    assert t.deadline_binds == [[0, 1]] * 2
    seen = {}
    for day in (29, 30, 35, 45, 50, 51, 61, 65, 70, 71):
        t.day = day
        seen[day] = clock.nearness(t, 1)
        assert clock.nearness(t, 0) == 0.0
    expected = {29: 0, 30: 0, 35: 0.25, 45: 0.75, 50: 1, 51: 0, 61: 0.1, 65: 0.5, 70: 1, 71: 0}
    assert seen == pytest.approx(expected)


def test_off_nothing_is_planned_met_or_felt() -> None:
    given = {"off": {"clock"}, "on": None, "L": 1, "plan_day": [3], "plan_size": [500]}
    given |= {"plan_kind": [layout.PLAN_REINFORCE], "plan_actor": [1], "plan_at": [1]}
    t = deadline(**given).theatre()
    play(t, 5)
    assert t.satisfied == [-1]
    assert t.arrived == [0.0, 0.0]
    assert clock.nearness(t, 1) == 0.0
