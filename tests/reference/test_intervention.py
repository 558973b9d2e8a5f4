"""Intervention: how often an option is taken, and what keeps it from being taken."""

from __future__ import annotations

import math
from typing import Any

import pytest
from scipy import stats
from small_program import SmallProgram, play, small_program

from contingent.reference import intervention, layout

FUTURES = 300


def option(**given: Any) -> SmallProgram:
    """Actor 2 may enter at its place 2 against place 0, held by actor 0; actor 1 holds place 1."""
    return small_program(
        **{
            "A": 3,
            "P": 3,
            "X": 1,
            "on": {"intervention"},
            "initial_holder": [0, 1, 2],
            "route_from": [0, 0],
            "route_to": [1, 2],
            "option_actor": [2],
            "option_target": [0],
            "option_from": [2],
            "option_force": [1_500],
            "option_threshold": [-100],
            "stance": [[1, -1, -1], [-1, 1, 0], [-1, 0, 1]],
        }
        | given
    )


def taken(program: SmallProgram, days: int = 14) -> int:
    """Futures in which the option was taken."""
    count = 0
    for future in range(FUTURES):
        t = program.theatre(future)
        play(t, days)
        count += t.intervened[0] >= 0
    return count


@pytest.mark.parametrize(("will", "threshold"), [(0.5, 0.6), (0.3, 0.35), (0.9, 0.5)])
def test_logit_of_will_at_each_occasion(will: float, threshold: float) -> None:
    program = option(initial_will=will, option_threshold=[threshold])
    chance = 1 / (1 + math.exp(-6 * (will - threshold)))
    assert stats.binomtest(taken(program), FUTURES, chance).pvalue > 1e-3


def test_occasions_are_fortnightly_so_that_waiting_is_geometric() -> None:
    program = option(option_threshold=[0.5 + math.log(4) / 6])
    counts = [0] * 6
    for future in range(FUTURES):
        t = program.theatre(future)
        play(t, 70)
        day = t.intervened[0]
        assert day % 14 == 0 or day == -1
        counts[day // 14 - 1 if day > 0 else 5] += 1
    expected = [FUTURES * 0.2 * 0.8**n for n in range(5)] + [FUTURES * 0.8**5]
    assert stats.chisquare(counts, expected).pvalue > 1e-3


def test_permission_is_a_draw_below_tacit_coordination() -> None:
    tacit = [[1, 0, 0], [0, 1, 0], [0, 0.35, 1]]
    program = option(
        Z=1, permission_option=[0], permission_actor=[1], initial_tacit=tacit, usual_tacit=tacit
    )
    assert stats.binomtest(taken(program), FUTURES, 0.35).pvalue > 1e-3


def test_permission_is_not_movement() -> None:
    """It opens an operation and no more: nobody stands at the target, and its holder stays."""
    t = option(on=None, off={"combat"}, commit_share=0.0).theatre()
    play(t, 14)
    assert t.intervened[0] == 14
    assert (t.phase[2][0], t.lead[2][0], t.aim[2][0]) == (layout.BUILD_UP, 2, layout.TAKE)
    assert t.mobile[2] == [0, 0, 1_500]
    assert t.arrived == [0, 0, 1_500]
    assert t.value[2][0] == intervention.WANTED
    play(t, 40)
    assert t.mobile[2] == [0, 0, 1_500]
    assert t.holder == [0, 1, 2]
    assert t.phase[2][0] == layout.NO_OPERATION


def test_an_intervener_marches_and_takes_its_target() -> None:
    t = option(on=None, days=60).theatre()
    play(t, 59)
    assert t.holder[0] == 2


def test_an_intervener_without_a_place_of_its_own_works_from_an_allys() -> None:
    program = option(
        on=None,
        initial_holder=[0, 1, 1],
        stance=[[1, -1, -1], [-1, 1, 1], [-1, 1, 1]],
    )
    t = program.theatre()
    play(t, 14)
    assert t.phase[2][0] == layout.BUILD_UP
    assert t.mobile[2][0] == pytest.approx(1_500)
    play(t, 40)
    assert t.holder[0] == 2


@pytest.mark.parametrize(("standing", "blocked"), [(499, False), (500, True), (0, False)])
def test_a_blocker_with_enough_fighters_stops_it(standing: int, blocked: bool) -> None:
    program = option(
        V=1,
        blocker_option=[0],
        blocker_actor=[1],
        blocker_place=[1],
        blocker_fighters=[500 if standing else 0],
        initial_static={(1, 1): standing},
    )
    assert taken(program, 28) == (0 if blocked else FUTURES)


def test_only_what_blocks_this_option_blocks_it() -> None:
    program = option(
        X=2,
        option_actor=[2, 2],
        option_target=[0, 0],
        option_from=[2, 2],
        option_force=[10, 10],
        option_threshold=-100,
        V=1,
        blocker_option=[1],
        blocker_actor=[1],
        blocker_place=[1],
        blocker_fighters=[10],
        initial_static={(1, 1): 100},
    )
    t = program.theatre()
    play(t, 14)
    assert t.intervened == [14, -1]


def trigger(kind: int, first: int, second: int, window: int = 10) -> SmallProgram:
    return option(
        trigger_option=[0],
        trigger_kind=[kind],
        trigger_first=[first],
        trigger_second=[second],
        trigger_days=[window],
        shock_on=[0, 0],
        D=1,
        deadline_day=[5],
        deadline_binds=[[0, 0, 0]],
    )


@pytest.mark.parametrize(
    ("kind", "first", "second", "state", "met"),
    [
        (layout.TRIGGER_SHOCKS, 1, 2, {"shock_days": [[14, 14], [14, 4]]}, True),
        (layout.TRIGGER_SHOCKS, 1, 2, {"shock_days": [[14, 14], [14, 3]]}, False),
        (layout.TRIGGER_HOLDS, 1, 1, {}, True),
        (layout.TRIGGER_HOLDS, 0, 1, {}, False),
        (
            layout.TRIGGER_LOST,
            1,
            0,
            {"lost_day": [[-1000] * 3, [3, -1000, -1000], [-1000] * 3]},
            True,
        ),
        (layout.TRIGGER_LOST, 1, 0, {}, False),
        (layout.TRIGGER_AFTER, -1, 14, {}, True),
        (layout.TRIGGER_AFTER, -1, 15, {}, False),
        (layout.TRIGGER_SATISFIED, 0, -1, {"satisfied": [1]}, True),
        (layout.TRIGGER_SATISFIED, 0, -1, {"satisfied": [0]}, False),
    ],
)
def test_triggers(kind: int, first: int, second: int, state: dict[str, Any], met: bool) -> None:
    t = trigger(kind, first, second).theatre()
    if "shock_days" in state:
        state = {"shock_days": [days + [-1000] * 6 for days in state["shock_days"]]}
    for name, value in state.items():
        setattr(t, name, value)
    t.day = 14
    intervention.advance(t)
    assert (t.intervened[0] == 14) == met


def test_conditions_on_a_holder_mean_his_bloc() -> None:
    """Actor 3 of actor 1's bloc holds place 1: both count as holding it."""
    for first, met in ((1, True), (3, True), (0, False)):
        program = option(
            A=4,
            B=3,
            actor_bloc=[0, 1, 2, 1],
            initial_holder=[0, 3, 2],
            trigger_option=[0],
            trigger_kind=[layout.TRIGGER_HOLDS],
            trigger_first=[first],
            trigger_second=[1],
            need_deadline=[0],
            need_kind=[layout.NEED_HOLDS],
            need_first=[first],
            need_second=[1],
            D=1,
            deadline_day=[5],
            deadline_binds=[[0] * 4],
            ceasefire_first=[0],
            ceasefire_second=[1],
            ceasefire_after_actor=[first],
            ceasefire_after_place=[1],
            ceasefire_chance=[1.0],
            on={"intervention", "clock", "diplomacy"},
        )
        t = program.theatre()
        play(t, 14)
        assert (t.intervened[0] == 14) == met
        assert (t.satisfied[0] == 1) == met
        assert (t.ceasefire[0] == 1) == met


def test_not_before_its_day_and_not_twice() -> None:
    t = option(option_earliest=[15]).theatre()
    play(t, 27)
    assert t.intervened[0] == -1
    play(t, 1)
    assert t.intervened[0] == 28
    play(t, 30)
    assert t.intervened[0] == 28
    assert t.arrived[2] == 1_500


def test_off_nobody_intervenes() -> None:
    t = option(on=None, off={"intervention"}).theatre()
    play(t, 60)
    assert t.intervened == [-1]
    assert t.arrived == [0, 0, 0]
