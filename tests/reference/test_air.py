"""Air tasking: how sorties are shared, what they do, and what binds them."""

from __future__ import annotations

import math
from typing import Any

import pytest
from scipy import stats
from small_program import SmallProgram, attack_under_way, play, small_program

from contingent.reference import air, combat, layout
from contingent.reference.columns import launch
from contingent.reference.state import Theatre

STAND = {"urban_speed": 0.0, "diameter": 1_000.0, "combat_loss": 0.0}


def three_fights(**given: Any) -> SmallProgram:
    """Actor 1 attacks places 0, 1 and 2 of actor 0 with 200 each from place 3; actor 0 flies 60."""
    return small_program(
        **{
            "P": 4,
            "on": {"air"},
            "initial_holder": [0, 0, 0, 1],
            "initial_static": {(0, 0): 200, (0, 1): 600, (0, 2): 1_800},
            "initial_mobile": {(1, 3): 600},
            "initial_phase": {(1, 0): 3, (1, 1): 3, (1, 2): 3},
            "initial_lead": {(1, 0): 1, (1, 1): 1, (1, 2): 1},
            "initial_staging": {(1, 0): 3, (1, 1): 3, (1, 2): 3},
            "committed_share": {(1, 0): 1 / 3, (1, 1): 1 / 2, (1, 2): 1},
            "aims": {(0, 0): 8, (0, 1): 4, (0, 2): 2},
            "sorties": [60, 0],
            "seen_in_contact": 0,
        }
        | given
    )


@pytest.mark.parametrize("focus", [0.0, 0.7, 2.0])
def test_sorties_follow_worth_and_threat_to_the_response_focus(focus: float) -> None:
    """Weight (worth·(1 + ln(1 + threat/500)))^focus · G/(G + 200)."""
    t = three_fights(response_focus=focus).theatre()
    t.belief[0] = [100.0, 500.0, 2_000.0, 0.0]
    t.inbound[0] = [0.0, 500.0, 0.0, 0.0]
    play(t, 1)
    threats, worths, grounds = (100, 1_000, 2_000), (8, 4, 2), (200, 600, 1_800)
    weights = [
        (worth * (1 + math.log(1 + threat / 500))) ** focus * ground / (ground + 200)
        for worth, threat, ground in zip(worths, threats, grounds, strict=True)
    ]
    expected = [60 * weight / sum(weights) for weight in weights]
    assert t.sorties_flown[0][:3] == pytest.approx(expected)
    assert sum(t.sorties_flown[0]) == pytest.approx(60)


def test_the_main_effort_is_preferred_by_priority() -> None:
    """Actor 1's own attack against the defence of its place 1: priority 3 to 1."""
    program = attack_under_way(
        800,
        300,
        P=3,
        initial_holder=[0, 1, 1],
        initial_static={(0, 0): 300, (1, 2): 800},
        initial_phase={(1, 0): 3, (0, 2): 3},
        initial_lead={(1, 0): 1},
        initial_staging={(1, 0): 1, (0, 2): 0},
        initial_mobile={(1, 1): 800, (0, 0): 50},
        aims=5,
        on={"air"},
        sorties=[0, 40],
        priority=3.0,
        response_focus=1.0,
    )
    t = program.theatre()
    t.belief[1] = [0.0, 0.0, 0.0]
    t.belief[0] = [0.0, 0.0, 0.0]
    play(t, 1)
    assert t.sorties_flown[1] == pytest.approx([30, 0, 10])


def test_range_thins_sorties_and_ends_them() -> None:
    """At half the range three quarters are left in the weight; beyond it nothing is flown."""
    given = {"air_range": 400, "response_focus": 0.0}
    t = three_fights(air_distance=[[0, 200, 401, 0], [0] * 4], **given).theatre()
    play(t, 1)
    weights = [0.5, 0.75 * 0.75, 0.0]
    expected = [60 * weight / sum(weights) for weight in weights]
    assert t.sorties_flown[0][:3] == pytest.approx(expected)
    assert air.range_share(t, 0, 1) == pytest.approx(0.75)


def test_sorties_scale_with_commitment_duties_and_base() -> None:
    program = three_fights(
        initial_commitment=[[0.5, 0, 0, 0], [0] * 4],
        U=3,
        duty_actor=[0, 0, 1],
        duty_first_day=[1, 5, 1],
        duty_last_day=[3, 9, 9],
        duty_place=[-1, 3, -1],
        duty_share=[0.2, 0.5, 0.9],
        air_base=[3, -1],
        on={"air", "clock"},
    )
    t = program.theatre()
    t.day = 1
    assert air._available(t, 0) == 0.0  # the base is hostile
    t.air_base[0] = -1
    t.commitment[0][0] = 0.4
    assert air._available(t, 0) == pytest.approx(60 * 0.8 * 0.8)
    t.day = 4
    assert air._available(t, 0) == pytest.approx(60 * 0.8)
    t.day = 6  # only while somebody attacks place 3
    assert air._available(t, 0) == pytest.approx(60 * 0.8)
    t.flags[3] = layout.CONTESTED
    assert air._available(t, 0) == pytest.approx(60 * 0.8 * 0.5)
    t.mechanism_on[layout.MECHANISM_CLOCK] = 0
    assert air._available(t, 0) == pytest.approx(60 * 0.8)


def test_surge_in_the_first_week_of_an_assault_however_long_the_probing() -> None:
    program = attack_under_way(
        500,
        500,
        phase=layout.PROBE,
        on={"air"},
        sorties=[20, 0],
        surge=[50, 0],
        initial_since={(1, 0): -30},
    )
    t = program.theatre()
    play(t, 2)
    assert t.sorties_flown[0][0] == pytest.approx(20)
    t.phase[1][0] = layout.ASSAULT
    t.phase_day[1][0] = 3
    flown = []
    for _ in range(9):
        play(t, 1)
        flown.append(t.sorties_flown[0][0])
    assert flown == pytest.approx([50] * 7 + [20] * 2)


def test_lethality_and_effect_need_troops_on_the_ground() -> None:
    """30 sorties over 600 fighters: presence 0.75; kills at most a fifth of the enemy a day."""
    given = {"on": {"combat", "air"}, "air_effect": 20.0, **STAND}
    t = attack_under_way(600, 1_000, sorties=[0, 30], air_lethality=2.0, **given).theatre()
    play(t, 1)
    assert 1_000 - t.static[0][0] == pytest.approx(30 * 2 * 0.75)
    assert combat.attack(t, 1, 0) == pytest.approx(600 + 30 * 20 * 0.75)
    t = attack_under_way(600, 1_000, sorties=[0, 30], air_lethality=50.0, **given).theatre()
    play(t, 1)
    assert t.static[0][0] == pytest.approx(800)


def test_the_defenders_aircraft_hit_attackers_by_their_share() -> None:
    program = small_program(
        A=3,
        P=1,
        stance=[[1, -1, -1], [-1, 1, 0], [-1, 0, 1]],
        on={"combat", "air"},
        choose={"combat_noise": "none"},
        initial_static={(0, 0): 600},
        sorties=[10, 0, 0],
        air_lethality=2.0,
        **STAND,
    )
    t = program.theatre()
    for actor, force in ((1, 900.0), (2, 300.0)):
        t.mobile[actor][0] = force
        t.phase[actor][0] = layout.ASSAULT
    play(t, 1)
    killed = 10 * 2 * 0.75
    assert t.killed[1] == pytest.approx(killed * 0.75, rel=1e-2)
    assert t.killed[1] + t.killed[2] == pytest.approx(killed, rel=1e-2)


def test_allies_fly_by_their_coordination_and_neutrals_stay_away() -> None:
    stance = [[1, -1, 1, 0], [-1, 1, -1, 0], [1, -1, 1, 0], [0, 0, 0, 1]]
    program = attack_under_way(
        600,
        400,
        A=4,
        initial_holder=[0, 1],
        stance=stance,
        coordination=0.3,
        sorties=[0, 0, 25, 25],
        on={"air"},
    )
    t = program.theatre()
    play(t, 1)
    assert t.sorties_flown[2][0] == pytest.approx(25)
    assert t.air_support[0][0] == 0.0  # no effect given
    assert t.sorties_flown[3] == [0, 0]
    full = air._fight_weight(t, 0, 0)
    assert air._fight_weight(t, 2, 0) == pytest.approx(0.3 * full)
    assert air._fight_weight(t, 3, 0) == 0.0


def test_an_attack_is_supported_for_the_own_bloc_first_and_never_for_a_rival() -> None:
    """Blocs 1 and 2 are allied and attack; bloc 3 attacks too, hostile to all."""
    stance = [[1, -1, -1, -1], [-1, 1, 1, -1], [-1, 1, 1, -1], [-1, -1, -1, 1]]
    program = small_program(A=4, P=1, stance=stance, initial_static={(0, 0): 500}, aims=1.0)
    for attackers, supported in (((1, 2, 3), 2), ((1, 3), 1), ((3,), -1)):
        t = program.theatre()
        for b in attackers:
            t.mobile[b][0], t.attacking[b][0] = 100.0, 1
        t.flags[0] = layout.CONTESTED
        assert air.engaged_bloc(t, 2, 0) == supported
        assert air.engaged_bloc(t, 0, 0) == 0


def test_a_place_nobody_wants_is_still_worth_a_half() -> None:
    t = three_fights(aims={(0, 0): 1, (0, 1): 0.2, (0, 2): 0}, response_focus=1.0).theatre()
    t.belief[0] = [0.0] * 4
    play(t, 1)
    weights = [1 * 0.5, 0.5 * 0.75, 0.5 * 0.9]
    expected = [60 * weight / sum(weights) for weight in weights]
    assert t.sorties_flown[0][:3] == pytest.approx(expected)


def on_the_march(**given: Any) -> tuple[Theatre, SmallProgram]:
    """A column of 1,000 of actor 1 marches from 1 to 0, found by bloc 0 today."""
    program = small_program(
        **{
            "on": {"air", "movement"},
            "route_km": 10_000,
            "initial_holder": [0, 1],
            "initial_mobile": {(1, 1): 1_000},
            "aims": {(0, 0): 5},
            "sorties": [40, 0],
            "column_lethality": 5.0,
            "place_desert": 1,
        }
        | given
    )
    t = program.theatre()
    assert launch(t, 1, 1, 0, 1_000, (1, 1, 1), layout.OFFENSIVE)
    t.column_known[1][0][0] = 0
    return t, program


def test_columns_lose_by_sorties_and_size() -> None:
    """40 sorties of 5, on a column of 1,000 of which 1000/1100 is exposed; slowed tomorrow."""
    t, _ = on_the_march()
    play(t, 1)
    lost = 40 * 5 * 1_000 / 1_100
    assert t.column_size[1][0] == pytest.approx(1_000 - lost)
    assert t.killed[1] == pytest.approx(lost)
    assert (t.struck_today[1], t.column_hit[1][0], t.column_sorties[0]) == (1, 1, 40)
    t, _ = on_the_march(column_lethality=1e6)
    play(t, 1)
    assert t.column_size[1][0] == pytest.approx(400)
    t, _ = on_the_march(column_lethality=1.0)
    play(t, 1)
    assert t.column_hit[1][0] == 0


def test_columns_are_struck_only_when_found_and_after_a_quarter_of_the_delay() -> None:
    t, _ = on_the_march(delay=12.0)
    t.day = t.column_known[1][0][0] = 5
    struck = []
    for _ in range(4):
        play(t, 1)
        struck.append(t.struck_today[1])
    assert struck == [0, 0, 1, 1]
    t, _ = on_the_march()
    t.column_known[1][0][0] = -1
    play(t, 3)
    assert t.killed[1] == 0.0


def test_columns_compete_with_fights_and_cover_shields_them() -> None:
    for desert, ground in ((1, 1.0), (0, air.OFF_DESERT)):
        program = three_fights(
            on={"air", "movement"},
            route_km=10_000,
            place_desert=desert,
            interdiction_share=0.6,
            response_focus=1.5,
            bias=0.5,
            initial_phase={(1, 0): 3},
            committed_share=0.5,
        )
        t = program.theatre()
        t.belief[0] = [0.0] * 4
        assert launch(t, 1, 3, 2, 300, (1, 1, 1), layout.OFFENSIVE)
        t.column_known[1][0][0] = 0
        fight = 8**1.5 * 200 / 400
        column = (2 * (1 + math.log(1 + 0.5 * 300 / 500)) * 0.6 * ground) ** 1.5
        play(t, 1)
        assert t.sorties_flown[0][0] == pytest.approx(60 * fight / (fight + column))
        assert t.column_sorties[0] == pytest.approx(60 * column / (fight + column))


def test_a_battered_column_may_turn_back() -> None:
    turned = 0
    for future in range(300):
        t, program = on_the_march(column_lethality=1e6)
        t = program.theatre(future)
        launch(t, 1, 1, 0, 1_000, (1, 1, 1), layout.OFFENSIVE)
        t.column_known[1][0][0] = 0
        play(t, 1)
        turned += t.mobile[1][1] > 0.0
    assert stats.binomtest(turned, 300, 0.5).pvalue > 1e-3


def test_off_nothing_is_flown() -> None:
    t = three_fights(on=None, off={"air"}).theatre()
    play(t, 5)
    assert t.sorties_flown == [[0.0] * 4] * 2
    assert t.air_support == [[0.0] * 4] * 2
    assert t.column_sorties == [0.0, 0.0]
