"""Response: how much relief goes, when, from where, and what binds it."""

from __future__ import annotations

import math
from typing import Any

import pytest
from scipy import stats
from small_program import SmallProgram, play, small_program

from contingent.reference import layout, movement, operations, response
from contingent.reference.columns import on_the_way
from contingent.reference.state import Theatre


def front(**given: Any) -> SmallProgram:
    """Bloc 0 holds a row of four places, 0 under alarm; troops stand at 1 (300) and 2 (2,000)."""
    return small_program(
        **{
            "P": 5,
            "on": {"command", "movement"},
            "initial_holder": [0, 0, 0, 0, 1],
            "initial_static": {(0, 0): 100},
            "initial_mobile": {(0, 1): 300, (0, 2): 2_000},
            "aims": {(0, 0): 4},
        }
        | given
    )


def alarmed(t: Theatre, believed: float, inbound: float = 0.0) -> Theatre:
    """Raise the alarm at place 0 and set what is believed."""
    t.alarm[0][0] = t.alarm_last[0][0] = t.day
    t.garrison[0][0] = 100.0
    t.belief[0][0] = believed
    t.inbound[0][0] = inbound
    return t


def ordered(t: Theatre) -> tuple[float, float]:
    """Relief sent from places 1 and 2."""
    return 300 - t.mobile[0][1], 2_000 - t.mobile[0][2]


@pytest.mark.parametrize(
    ("believed", "inbound", "factor", "terrain", "sent"),
    [
        (1_000, 0, 1.0, 1.0, (300, 600)),
        (250, 0, 1.0, 1.0, (150, 0)),
        (200, 300, 1.5, 1.5, (300, 100)),
        (90, 0, 1.0, 1.0, (0, 0)),
        (9_000, 0, 1.0, 1.0, (300, 2_000)),
    ],
)
def test_relief_closes_the_believed_gap_from_the_nearest_surplus(
    believed: float, inbound: float, factor: float, terrain: float, sent: tuple[float, float]
) -> None:
    """Gap = factor·(believed + inbound)/terrain - 100."""
    t = alarmed(front(response_factor=factor, terrain=terrain).theatre(), believed, inbound)
    response.advance(t, 0)
    assert ordered(t) == pytest.approx(sent)
    assert on_the_way(t, 0, 0, layout.RELIEF) == pytest.approx(sum(sent))


def test_what_is_on_the_way_counts() -> None:
    t = alarmed(front(route_km=1_000).theatre(), 700)
    response.advance(t, 0)
    assert ordered(t) == pytest.approx((300, 300))
    t.day = 2
    response.advance(t, 0)
    assert ordered(t) == pytest.approx((300, 300))


def test_what_is_on_the_way_counts_by_its_power() -> None:
    """300 of quality 0.5 on the way fill 150 of a gap of 500."""
    t = alarmed(front(route_km=1_000, initial_quality=[[1, 0.5, 1, 1, 1], [1] * 5]).theatre(), 250)
    response.advance(t, 0)
    assert ordered(t) == pytest.approx((300, 0))
    t.belief[0][0] = 600.0
    t.day = 2
    response.advance(t, 0)
    assert ordered(t) == pytest.approx((300, 350))


def test_quality_fills_the_gap_with_fewer() -> None:
    program = front(initial_quality=1.5, initial_readiness={(0, 1): 0.5})
    t = alarmed(program.theatre(), 1_000)
    response.advance(t, 0)
    near = 300 * 1.5 * 0.5**0.7
    assert ordered(t) == pytest.approx((300, (1_000 - 150 - near) / 1.5))


@pytest.mark.parametrize(("day", "counts"), [(21, True), (22, False)])
def test_the_enemy_at_a_neighbour_just_lost_counts(day: int, counts: bool) -> None:
    """Believed 1,000 at place 4, half a day away and lost on day 0: 1000·e^(-0.5/1.5) - 100."""
    program = front(
        route_from=[0, 1, 2, 0],
        route_to=[1, 2, 3, 4],
        route_km=[100, 100, 100, 50],
        aims={(0, 0): 4},
    )
    t = program.theatre()
    t.day = day
    alarmed(t, 0)
    t.belief[0][4] = 1_000.0
    t.lost_day[0][4] = 0
    response.advance(t, 0)
    expected = 1_000 * math.exp(-0.5 / 1.5) - 100 if counts else 0.0
    assert sum(ordered(t)) == pytest.approx(expected)


def test_needs_of_the_sources_come_first() -> None:
    """Place 2 keeps 0.5 for each of 1,200 believed there."""
    t = alarmed(front(need_ratio=0.5).theatre(), 9_000)
    t.belief[0][2] = 1_200
    response.advance(t, 0)
    assert ordered(t) == pytest.approx((300, 1_400))


def test_troops_that_wait_for_an_attack_stay() -> None:
    t = alarmed(front().theatre(), 9_000)
    t.assigned[0][4], t.staging[0][4] = 1_500, 2
    response.advance(t, 0)
    assert ordered(t) == pytest.approx((300, 500))


def test_sources_beyond_reach_and_contested_ones_send_nobody() -> None:
    t = alarmed(front(reach=150).theatre(), 9_000)
    response.advance(t, 0)
    assert ordered(t) == pytest.approx((300, 0))
    t = alarmed(front().theatre(), 9_000)
    t.flags[2] = layout.CONTESTED
    response.advance(t, 0)
    assert ordered(t) == pytest.approx((300, 0))
    t = alarmed(front().theatre(), 9_000)
    t.flags[2] = layout.OUTSKIRTS
    response.advance(t, 0)
    assert ordered(t) == pytest.approx((300, 1_000))


@pytest.mark.parametrize(("release", "priority", "worth"), [(0.2, 3.0, 6.0), (0.0, 1.0, 4.0)])
def test_the_main_effort_binds_surplus(release: float, priority: float, worth: float) -> None:
    """An attack on place 4, half through: bound = priority·worth·0.5/(that + 4)."""
    program = front(release=release, priority=priority, aims={(0, 0): 4, (0, 4): worth})
    t = alarmed(program.theatre(), 9_000)
    t.attacking[0][4] = 1
    t.progress[0][4] = 1.0
    bound = priority * worth * 0.5 / (priority * worth * 0.5 + 4)
    share = release + (1 - release) * (1 - bound)
    response.advance(t, 0)
    assert ordered(t) == pytest.approx((300 * share, 2_000 * share))


def test_what_is_left_of_the_main_effort_is_measured_by_the_depth_in_use() -> None:
    """Half of the built-up 2 km is passed: 0.5 is left without the belt, 0.9 of 10 km with it."""
    for belt, left in (("off", 0.5), ("on", 0.9)):
        program = front(belt=8.0, choose={"belt": belt}, aims={(0, 0): 4, (0, 4): 6})
        t = program.theatre()
        t.attacking[0][4], t.progress[0][4] = 1, 1.0
        assert operations.bound_share(t, 0, 0) == pytest.approx(6 * left / (6 * left + 4))


def test_an_assaulted_place_of_the_bloc_binds_like_an_attack() -> None:
    program = front(release=0.1, priority=2.0, aims={(0, 0): 4, (0, 3): 6})
    t = alarmed(program.theatre(), 9_000)
    t.flags[3] = layout.CONTESTED | layout.ASSAULTED
    bound = 12 / 16
    response.advance(t, 0)
    assert ordered(t)[1] == pytest.approx(2_000 * (0.1 + 0.9 * (1 - bound)))


def test_running_operations_give_only_what_is_released() -> None:
    """Troops before place 4, worth 8 to 4: release 0.3 times 1 - 2/3."""
    program = front(
        release=0.3,
        aims={(0, 0): 4, (0, 4): 8},
        initial_mobile={(0, 4): 1_000},
        initial_phase={(0, 4): layout.ASSAULT},
        initial_staging={(0, 4): 3},
    )
    t = alarmed(program.theatre(), 9_000)
    t.attacking[0][4] = 1
    response.advance(t, 0)
    assert 1_000 - t.mobile[0][4] == pytest.approx(1_000 * 0.3 / 3)


def test_orders_wait_for_the_delay_and_come_every_second_day() -> None:
    t = alarmed(front(delay=4, route_km=10_000, response_factor=1.0).theatre(), 200)
    sent = []
    for day in range(1, 10):
        t.day = day
        t.belief[0][0] += 10
        t.alarm_last[0][0] = day
        response.advance(t, 0)
        sent.append(ordered(t)[0])
    assert sent == pytest.approx([0, 0, 0, 140, 140, 160, 160, 180, 180])


def test_old_fronts_are_weekly_and_old_alarms_end() -> None:
    t = alarmed(front(route_km=10_000).theatre(), 100)
    orders = []
    for day in range(1, 60):
        t.day = day
        t.alarm_last[0][0] = min(day, 36)
        before = t.relief_day[0][0]
        response.advance(t, 0)
        if t.relief_day[0][0] != before:
            orders.append(day)
        assert (t.alarm[0][0] >= 0) == (day <= 36 + response.ALARM_DAYS)
    assert orders == [*range(1, 22, 2), 28, 35, 42, 49, 56]


@pytest.mark.parametrize("together", [0.0, 0.4, 0.9])
def test_others_take_part_with_three_tenths_and_seven_tenths_of_coordination(
    together: float,
) -> None:
    program = front(
        A=3,
        B=2,
        actor_bloc=[0, 1, 0],
        initial_mobile={(2, 1): 300},
        coordination=together,
    )
    came = 0
    for future in range(400):
        t = alarmed(program.theatre(future), 500)
        response.advance(t, 0)
        assert t.mobile[2][1] in (0.0, 300.0)
        came += t.mobile[2][1] == 0.0
    assert stats.binomtest(came, 400, 0.3 + 0.7 * together).pvalue > 1e-3


def test_the_holder_itself_always_goes_and_actors_stay_out_of_closed_areas() -> None:
    program = front(coordination=0.0)
    for future in range(20):
        t = alarmed(program.theatre(future), 300)
        response.advance(t, 0)
        assert ordered(t)[0] == pytest.approx(200)
    t = alarmed(front(area=[[0, 1, 1, 1, 1], [1] * 5]).theatre(), 300)
    response.advance(t, 0)
    assert ordered(t) == (0, 0)


def test_quota_asks_for_a_share_of_the_garrison_whatever_is_believed() -> None:
    """Half of the 100 that stood there at the alarm; the relief that came does not ask for more."""
    for believed in (0.0, 300.0, 9_000.0):
        t = alarmed(front(choose={"response": "quota"}, quota_share=0.5).theatre(), believed)
        for day in range(1, 20):
            t.day = day
            t.alarm_last[0][0] = day
            response.advance(t, 0)
            movement.advance(t)
        assert ordered(t) == pytest.approx((50, 0))
        assert t.mobile[0][0] == pytest.approx(50)


def test_without_alarm_surplus_moves_to_where_it_is_needed_once_a_week() -> None:
    """Need 0.5·(believed 800 at the place) = 400 against 100 there."""
    t = front(need_ratio=0.5).theatre()
    t.belief[0][0] = 800.0
    moved = {}
    for _ in range(8):
        play(t, 1)
        moved[t.day] = t.launched_today[0]
        t.belief[0][0] = 800.0
    assert [day for day, columns in moved.items() if columns] == [7]
    assert ordered(t) == pytest.approx((300, 0))
    t = front(need_ratio=0.5).theatre()
    t.belief[0][0] = 100.0
    play(t, 8)
    assert ordered(t) == (0, 0)


@pytest.mark.parametrize(
    ("ratio", "together", "aim", "chance"),
    [(1.6, 0.25, 0.0, 0.3), (1.6, 0.0, 5.0, 0.2), (1.6, 1.0, 0.0, 0.0), (1.4, 0.0, 0.0, 0.0)],
)
def test_allied_contingents_leave_a_lost_fight(
    ratio: float, together: float, aim: float, chance: float
) -> None:
    """Chance leave·(1 - coordination)·(1 - aim/10) a day once the ratio is past 1.5."""
    program = front(
        A=3,
        B=2,
        actor_bloc=[0, 1, 0],
        initial_mobile={(2, 0): 200},
        aims={(2, 0): aim},
        coordination=together,
        leave_chance=0.4,
    )
    left = 0
    for future in range(300):
        t = alarmed(program.theatre(future), 0)
        t.flags[0] = layout.CONTESTED | layout.ASSAULTED
        t.attacking[1][0], t.ratio[1][0] = 1, ratio
        response.advance(t, 0)
        assert t.withdrew[2][0] == (t.mobile[2][0] == 0.0)
        left += t.withdrew[2][0]
    if chance in (0.0, 1.0):
        assert left == 300 * chance
    else:
        assert stats.binomtest(left, 300, chance).pvalue > 1e-3


def test_off_no_relief_is_sent() -> None:
    t = alarmed(front(on=None, off={"command"}).theatre(), 9_000)
    play(t, 10)
    assert ordered(t) == (0, 0)
    assert t.launched_today == [0, 0]
