"""Capture: who holds the place, who is beaten, who is alarmed, and pressing on."""

from __future__ import annotations

from typing import Any

import pytest
from scipy import stats
from small_program import SmallProgram, attack_under_way, play, small_program

from contingent.reference import capture, layout
from contingent.reference.state import Theatre


def taken(**given: Any) -> SmallProgram:
    """Actor 1 from place 1 takes place 0 on day 1; place 2 behind it is also actor 0's."""
    return attack_under_way(
        3_000,
        1_000,
        **{
            "P": 3,
            "initial_holder": [0, 1, 0],
            "route_from": [0, 0],
            "route_to": [1, 2],
            "on": {"combat", "movement", "command"},
            "diameter": 0.001,
            "combat_loss": 0.0,
            "max_operations": 0,
        }
        | given,
    )


def test_the_strongest_actor_of_the_winning_bloc_holds() -> None:
    program = taken(
        A=4,
        B=2,
        actor_bloc=[0, 1, 1, 1],
        initial_mobile={(1, 1): 1_200, (2, 1): 1_800, (3, 1): 100},
    )
    t = program.theatre()
    play(t, 1)
    assert t.holder[0] == 2
    assert t.capture_day[0] == 1
    assert t.lost_day[0][0] == 1
    assert t.phase[1][0] == layout.NO_OPERATION


def test_stocks_and_ground_are_taken_over() -> None:
    t = taken(initial_stocks=0.3, initial_entrenchment=0.9).theatre()
    play(t, 1)
    assert t.supply[1][0] == 0.8
    assert t.entrenchment[0] == 0.0
    assert t.progress[1][0] == 0.0


def test_neighbours_of_the_loser_are_alarmed() -> None:
    t = taken().theatre()
    t.alarm[0][2] = -1
    play(t, 1)
    assert t.alarm[0] == [-1, -1, 1]


def test_rivals_stay_and_fight_on() -> None:
    """Bloc 2, hostile to both, was attacking too: it is not beaten, and attacks the new holder."""
    program = taken(A=3, initial_holder=[0, 1, 0])
    t = program.theatre()
    t.mobile[2][0] = 50.0
    t.phase[2][0] = layout.ASSAULT
    play(t, 1)
    assert t.holder[0] == 1
    assert t.mobile[2][0] > 40.0
    assert t.phase[2][0] == layout.ASSAULT
    assert t.surrendered[2] == 0.0


def pressing_on(t: Theatre) -> bool:
    play(t, 1)
    assert t.holder[0] == 1
    return bool(t.phase[1][2] != layout.NO_OPERATION)


def test_the_winner_presses_on_as_often_as_stated() -> None:
    program = taken(exploitation=0.4, aims={(1, 2): 5}, commit_share=0.2)
    count = 0
    for future in range(300):
        t = program.theatre(future)
        if pressing_on(t):
            count += 1
            assert t.probe_length[1][2] == 0.5
            assert t.staging[1][2] == 0
            assert t.assigned[1][2] == pytest.approx(capture.EXPLOIT_SHARE * t.mobile[1][0])
            assert t.lead[1][2] == 1
    assert stats.binomtest(count, 300, 0.4).pvalue > 1e-3


@pytest.mark.parametrize(
    "given",
    [
        {"aims": 0.0},
        {"route_km": [100, 121]},
        {"choose": {"exploitation": "off"}},
        {"area": [[1] * 3, [1, 1, 0]]},
        {"on": {"combat", "movement"}},
        {"ceasefire_first": [1], "ceasefire_second": [0]},
    ],
)
def test_not_where_nothing_is_wanted_near_or_allowed(given: dict[str, Any]) -> None:
    program = taken(**({"exploitation": 1.0, "aims": {(1, 2): 5}} | given))
    t = program.theatre()
    if t.sizes["C"]:
        t.ceasefire = [1]
    assert not pressing_on(t)
    assert pressing_on(taken(exploitation=1.0, aims={(1, 2): 5}, route_km=[100, 119]).theatre())


def test_an_undefended_place_is_walked_into_at_eight_km_a_day() -> None:
    t = attack_under_way(10, 0, diameter=12.0, belt=8.0).theatre()
    track = []
    for _ in range(3):
        play(t, 1)
        track.append((t.holder[0], t.progress[1][0]))
    assert track == [(0, 8.0), (0, 16.0), (1, 0.0)]


def test_nobody_takes_a_place_by_probing() -> None:
    t = attack_under_way(1_000, 0, phase=layout.PROBE, belt=3.0, days=60).theatre()
    play(t, 59)
    assert t.holder[0] == 0
    assert t.progress[1][0] == 3.0


def test_evacuation_hands_over_without_a_beaten_garrison() -> None:
    program = small_program(P=1, A=2, initial_mobile={(1, 0): 80})
    t = program.theatre()
    capture.hand_over(t, 1, 0)
    assert t.holder[0] == 1
    assert t.surrendered == [0.0, 0.0]
