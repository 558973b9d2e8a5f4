"""Operations: where they are staged, who joins, and how troops come home."""

from __future__ import annotations

from typing import Any

import pytest
from scipy import stats
from small_program import SmallProgram, play, small_program

from contingent.reference import capture, layout, operations
from contingent.reference.columns import on_the_road


def row(**given: Any) -> SmallProgram:
    """Places in a row; actor 0 holds all but the last, actor 1 the last, the target."""
    return small_program(
        **{
            "P": 4,
            "on": {"command", "movement"},
            "initial_holder": [0, 0, 0, 1],
            "initial_mobile": {(0, 0): 3_000, (0, 2): 200},
            "max_operations": 0,
        }
        | given
    )


def test_staged_where_the_free_troops_pass_last() -> None:
    t = row().theatre()
    assert operations.open_operation(t, 0, 3, 0, layout.TAKE)
    assert t.staging[0][3] == 2
    assert t.assigned[0][3] == pytest.approx(200)
    play(t, 2)
    assert t.assigned[0][3] == pytest.approx(3_200)


def test_a_pocket_behind_the_target_stages_nothing_for_those_who_cannot_reach_it() -> None:
    """Place 4, ten km behind the target, is the nearest, but the army is on this side."""
    pocket = {"P": 5, "initial_holder": [0, 0, 0, 1, 0], "route_km": [100, 100, 100, 10]}
    program = row(**pocket, initial_mobile={(0, 0): 3_000, (0, 2): 200, (0, 4): 100})
    t = program.theatre()
    assert operations.open_operation(t, 0, 3, 0, layout.TAKE)
    assert t.staging[0][3] == 2
    t = row(**pocket, initial_mobile=0).theatre()
    assert operations.open_operation(t, 0, 3, 0, layout.TAKE)
    assert t.staging[0][3] == 4


def test_troops_beyond_reach_and_needed_at_home_stay() -> None:
    t = row(reach=250).theatre()
    assert operations.open_operation(t, 0, 3, 0, layout.TAKE)
    assert on_the_road(t, 0) == 0.0
    assert t.mobile[0] == [3_000, 0, 200, 0]
    t = row(reach=301).theatre()
    assert operations.open_operation(t, 0, 3, 0, layout.TAKE)
    assert on_the_road(t, 0) == 3_000
    t = row(need_ratio=0.5, commit_share=0.8).theatre()
    t.belief[0][0] = 2_000.0
    assert operations.open_operation(t, 0, 3, 0, layout.TAKE)
    assert on_the_road(t, 0) == pytest.approx(0.8 * 2_000)


def test_troops_that_the_road_cannot_take_today_set_out_tomorrow() -> None:
    """Of 3,000 four days away 700 leave each day, until all have."""
    t = row(capacity=700, route_km=200).theatre()
    assert operations.open_operation(t, 0, 3, 0, layout.TAKE)
    left = [t.mobile[0][0]]
    for _ in range(5):
        play(t, 1)
        left.append(t.mobile[0][0])
    assert left == pytest.approx([2_300, 1_600, 900, 200, 0, 0])
    play(t, 4)
    assert t.assigned[0][3] + t.mobile[0][3] + on_the_road(t, 0) == pytest.approx(3_200)


def fork(**given: Any) -> SmallProgram:
    """Actor 1's place 0 lies between places 1 and 2 of actor 0, a day away; 3 is behind 1."""
    return small_program(
        **{
            "P": 4,
            "on": {"command", "movement"},
            "initial_holder": [1, 0, 0, 0],
            "route_from": [0, 0, 1],
            "route_to": [1, 2, 3],
            "initial_mobile": {(0, 3): 900, (0, 2): 400},
            "max_operations": 0,
        }
        | given
    )


def test_staging_weighs_only_troops_within_reach_and_free() -> None:
    t = fork(reach=201).theatre()
    assert operations.choose_staging(t, 0, 0, 0) == 1
    assert operations.choose_staging(fork(reach=199).theatre(), 0, 0, 0) == 2
    t.mobile[0][3], t.mobile[0][2] = 300.0, 400.0
    assert operations.choose_staging(t, 0, 0, 0) == 2
    t = fork(need_ratio=1.0).theatre()
    t.belief[0][3] = 800.0
    assert operations.choose_staging(t, 0, 0, 0) == 2


def test_no_more_than_the_mobile_are_assigned_and_none_from_before_the_enemy() -> None:
    program = fork(initial_static={(0, 2): 5_000}, initial_mobile={(0, 2): 400})
    t = program.theatre()
    t.mobile[0][0] = 250.0
    assert operations.open_operation(t, 0, 0, 0, layout.TAKE)
    assert t.assigned[0][0] == 400
    assert t.planned[0][0] == 0.0
    assert t.mobile[0][0] == 250


def test_a_closed_operation_attacks_nobody() -> None:
    t = row(initial_mobile={(0, 3): 400}).theatre()
    t.phase[0][3], t.attacking[0][3], t.assigned[0][3] = layout.ASSAULT, 1, 30.0
    t.day = 12
    operations.close_operation(t, 0, 3, False)
    assert (t.phase[0][3], t.attacking[0][3], t.assigned[0][3]) == (layout.NO_OPERATION, 0, 0.0)
    assert t.closed[0][3] == 12
    assert t.mobile[0][3] == 400


def test_others_join_by_their_coordination_with_the_lead() -> None:
    program = row(
        A=3,
        B=2,
        actor_bloc=[0, 1, 0],
        initial_mobile={(0, 2): 500, (2, 2): 400},
        coordination=0.35,
    )
    joined = 0
    for future in range(400):
        t = program.theatre(future)
        operations.open_operation(t, 0, 3, 0, layout.TAKE)
        assert t.assigned[0][3] == 500
        assert t.assigned[2][3] in (0.0, 400.0)
        joined += t.assigned[2][3] > 0
    assert stats.binomtest(joined, 400, 0.35).pvalue > 1e-3


def test_those_who_wait_for_one_attack_are_not_asked_for_another() -> None:
    program = row(
        initial_holder=[0, 0, 0, 1],
        P=4,
        route_from=[0, 0, 0],
        route_to=[1, 2, 3],
        initial_mobile={(0, 0): 1_000},
        commit_share=0.6,
    )
    t = program.theatre()
    t.holder[2] = 1
    operations.open_operation(t, 0, 3, 0, layout.TAKE)
    operations.open_operation(t, 0, 2, 0, layout.TAKE)
    assert t.assigned[0][3] == pytest.approx(600)
    assert t.assigned[0][2] == pytest.approx(240)
    assert operations.held_back(t, 0, 0) == pytest.approx(840)


def test_troops_called_back_walk_home_or_give_up() -> None:
    """Withdrawn troops become mobile and march; with no place left they surrender."""
    program = row(initial_mobile={(0, 3): 400}, initial_static={(0, 3): 100})
    t = program.theatre()
    t.phase[0][3] = layout.PROBE
    operations.close_operation(t, 0, 3, True)
    assert on_the_road(t, 0) == 500
    play(t, 1)
    assert t.mobile[0] == [0, 0, 500, 0]
    t = row(initial_mobile={(0, 3): 400}, initial_holder=[1, 1, 1, 1]).theatre()
    t.phase[0][3] = layout.PROBE
    operations.close_operation(t, 0, 3, True)
    assert t.surrendered[0] == 400


def test_nobody_stays_at_a_hostile_place_without_an_operation() -> None:
    """The road takes 150 a day: the last of 400 leave on the third day."""
    t = row(initial_mobile={(0, 3): 400}, capacity=150).theatre()
    t.phase[0][3] = layout.PROBE
    t.probe_length[0][3] = 1e9
    operations.close_operation(t, 0, 3, True)
    left = []
    for _ in range(4):
        left.append(t.mobile[0][3])
        play(t, 1)
    assert left == [250, 100, 0, 0]
    assert t.mobile[0][2] == 400


def test_troops_before_a_town_that_a_neutral_took_go_home() -> None:
    program = row(A=3, stance=[[1, -1, 0], [-1, 1, -1], [0, -1, 1]])
    t = program.theatre()
    t.phase[0][3] = layout.ASSAULT
    t.mobile[0][3], t.mobile[2][3] = 300.0, 100.0
    capture.hand_over(t, 2, 3)
    assert t.holder[3] == 2
    assert t.phase[0][3] == layout.NO_OPERATION
    play(t, 1)
    assert t.mobile[0][2:] == [500, 0]


def test_one_operation_a_target() -> None:
    t = row().theatre()
    assert operations.open_operation(t, 0, 3, 0, layout.TAKE)
    assert not operations.open_operation(t, 0, 3, 0, layout.RAID)
    assert t.aim[0][3] == layout.TAKE
