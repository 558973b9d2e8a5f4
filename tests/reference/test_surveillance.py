"""Surveillance against the random-search law of Koopman (1980) and Stone (1975)."""

from __future__ import annotations

import math

import pytest
from scipy import stats
from small_program import SmallProgram, attack_under_way, play, small_program

from contingent.reference import layout, surveillance
from contingent.reference.columns import launch
from contingent.reference.state import Theatre


def approach(size: float = 4_000, **given: object) -> SmallProgram:
    """Actor 1 can march from place 1 on place 0, which actor 0 holds and watches."""
    return small_program(
        **{
            "on": {"surveillance", "movement"},
            "initial_holder": [0, 1],
            "initial_mobile": {(1, 1): size},
            "aims": {(0, 0): 5, (0, 1): 5},
            "hours": [20, 0],
            "route_km": 1_000,
            "sector": [900, 600],
            "signature": 0.3,
        }
        | given
    )


def set_out(t: Theatre, size: float = 4_000) -> None:
    """Let actor 1 march."""
    assert launch(t, 1, 1, 0, size, (1, 1, 1), layout.OFFENSIVE)


@pytest.mark.parametrize(("size", "sweep"), [(4_000, 15.0), (400, 40.0)])
def test_columns_are_found_as_often_as_random_search_says(size: float, sweep: float) -> None:
    """Every place is watched: 20 hours on 1,500 km2 in a day, p = 1 - exp(-20·sweep·v/1500)."""
    chance = 1 - math.exp(-20 * sweep * 0.3 * math.sqrt(size / 1_000) / 1_500)
    found, looks = 0, 0
    program = approach(size, sweep=sweep)
    for future in range(150):
        t = program.theatre(future)
        for p in range(2):
            t.watch[0][p] = 10.0
        set_out(t, size)
        for day in (1, 2, 4, 5, 7, 8):  # days without a new spread of hours
            t.day = day
            if t.column_known[1][0][0] < 0:
                surveillance.look(t)
                looks += 1
                found += t.column_known[1][0][0] == day
    assert stats.binomtest(found, looks, chance).pvalue > 1e-3
    assert looks > 300


@pytest.mark.parametrize(("km", "days"), [(95, 1), (250, 3)])
def test_a_march_is_looked_for_on_each_of_its_days(km: float, days: int) -> None:
    """Found by arrival with 1 - exp(-rate·days); the two ends are all there is to watch."""
    program = approach(route_km=km, sweep=150.0, belief_noise=0.3)
    rate = 20 * 150 * 0.3 * 2 / 1_500
    found = 0
    for future in range(300):
        t = program.theatre(future)
        play(t, 3)
        assert sum(t.watch[0]) == pytest.approx(20)
        t.phase[1][0] = layout.PROBE
        set_out(t)
        play(t, days - 1)
        assert t.mobile[1][0] == 0.0
        play(t, 1)
        assert t.mobile[1][0] == 4_000
        found += t.column_known[1][0][0] >= 0
    assert stats.binomtest(found, 300, 1 - math.exp(-rate * days)).pvalue > 1e-3


@pytest.mark.parametrize(("garrison", "alarmed"), [(1_000, True), (1_250, False)])
def test_a_gathering_next_door_is_a_warning(garrison: float, alarmed: bool) -> None:
    """A column of 2,000 to the enemy's own place 1, a day away: 0.3·2000·e^(-1/1.5) = 308."""
    program = small_program(
        P=3,
        on={"surveillance", "movement"},
        initial_holder=[0, 1, 1],
        initial_mobile={(1, 2): 2_000},
        initial_static={(0, 0): garrison},
        aims={(0, 1): 5, (0, 2): 5},
        route_km=[100, 300],
        sweep=1e6,
        inbound_memory=1.0,
    )
    t = program.theatre()
    t.watch[0] = [10.0] * 3
    assert launch(t, 1, 2, 1, 2_000, (1, 1, 1), layout.OFFENSIVE)
    play(t, 1)
    assert t.inbound[0] == pytest.approx([0.3 * 2_000 * math.exp(-1 / 1.5), 0, 0])
    assert (t.alarm[0][0] == 1) == alarmed


def test_a_found_column_is_expected_at_its_target() -> None:
    """Inbound belief is bias times its size, apart from belief at the place, and alarms."""
    t = approach(sweep=1e6, bias=0.4, inbound_memory=0.9).theatre()
    t.watch[0] = [10.0, 10.0]
    set_out(t)
    play(t, 1)
    assert t.detected_today == [0, 1]
    assert t.inbound[0] == pytest.approx([0.9 * 0.4 * 4_000, 0])
    assert t.alarm[0][0] == 1
    assert t.belief[0][0] == 0.0
    play(t, 1)
    assert t.detected_today == [0, 0]
    assert t.inbound[0][0] == pytest.approx(0.9**2 * 0.4 * 4_000)


def test_a_found_column_that_arrives_is_not_counted_twice() -> None:
    """Two columns are on the way; when the first is there its share moves to the place."""
    t = approach(sweep=1e6, bias=0.4, inbound_memory=1.0, seen_in_contact=0, route_km=250).theatre()
    t.watch[0] = [10.0, 10.0]
    t.phase[1][0] = layout.PROBE
    set_out(t, 1_000)
    play(t, 1)
    set_out(t, 3_000)
    play(t, 1)
    assert t.inbound[0][0] == pytest.approx(0.4 * 4_000)
    play(t, 1)
    assert t.mobile[1][0] == 1_000
    assert t.inbound[0][0] == pytest.approx(0.4 * 3_000)
    assert t.belief[0][0] == pytest.approx(0.4 * 1_000)
    play(t, 1)
    assert t.inbound[0][0] == pytest.approx(0)
    assert t.belief[0][0] == pytest.approx(0.4 * 4_000)


def test_relief_and_retreat_are_seen_but_alarm_nobody() -> None:
    t = approach(sweep=1e6).theatre()
    t.watch[0] = [10.0, 10.0]
    assert launch(t, 1, 1, 0, 4_000, (1, 1, 1), layout.RETREAT)
    play(t, 1)
    assert t.detected_today == [0, 1]
    assert t.inbound[0] == [0, 0]
    assert t.alarm[0] == [-1, -1]


def test_hours_are_spread_by_worth_times_threat_to_the_focus() -> None:
    """Believed 800 and 3,800 beside the least threat of 200, worth 4 and 1: 4 against 4 and ^2."""
    for focus, shares in ((1.0, (4, 4)), (2.0, (16, 16)), (0.0, (1, 1))):
        program = approach(attention_focus=focus, aims={(0, 0): 4, (0, 1): 1}, hours=[24, 0])
        t = program.theatre()
        t.belief[0] = [800.0, 3_800.0]
        surveillance._spread_hours(t, 0)
        expected = [24 * share / sum(shares) for share in shares]
        assert t.watch[0] == pytest.approx(expected)
    t = approach(attention_focus=2.0, aims={(0, 0): 4, (0, 1): 1}, hours=[24, 0]).theatre()
    t.belief[0] = [800.0, 800.0]
    surveillance._spread_hours(t, 0)
    assert t.watch[0] == pytest.approx([24 * 16 / 17, 24 / 17])


def test_allies_share_their_hours_by_their_coordination() -> None:
    program = small_program(
        A=3,
        B=2,
        actor_bloc=[0, 0, 1],
        hours=[10, 30, 5],
        coordination=[[1, 0.2, 0], [0.6, 1, 0], [0, 0, 1]],
    )
    t = program.theatre()
    surveillance._spread_hours(t, 0)
    assert sum(t.watch[0]) == pytest.approx(10 + 0.6 * 30)


def test_belief_closes_the_gap_by_the_share_of_the_sector_searched() -> None:
    """Share 1 - exp(-hours·3·sweep/sector) each third day; towards bias·truth without noise."""
    program = approach(
        initial_mobile={(1, 1): 2_000},
        bias=[0.6, 1],
        sector=[900, 1_200],
        sweep=4.0,
        aims={(0, 1): 5},
        attention_focus=50.0,
    )
    t = program.theatre()
    assert t.belief[0][1] == pytest.approx(1_200)
    t.belief[0][1] = 100.0
    share = 1 - math.exp(-20 * 3 * 4 / 1_200)
    believed = 100.0
    for day in range(1, 13):
        play(t, 1)
        if day % 3 == 0:
            believed += share * (0.6 * 2_000 - believed)
        assert t.belief[0][1] == pytest.approx(believed, rel=1e-6)


def test_the_unknown_is_discovered_and_the_gone_forgotten() -> None:
    program = approach(sweep=1e5, initial_mobile={(1, 1): 2_000})
    t = program.theatre()
    t.belief[0][1] = 0.0
    play(t, 3)
    assert t.belief[0][1] == pytest.approx(2_000)
    t.mobile[1][1] = 0.0
    play(t, 3)
    assert t.belief[0][1] == pytest.approx(0.0)


def test_belief_converges_to_bias_times_truth_with_lognormal_noise() -> None:
    """Searched through and through, ln(belief / (bias·truth)) is normal with the stated spread."""
    program = approach(sweep=1e5, bias=0.7, belief_noise=0.25, initial_mobile={(1, 1): 2_000})
    logs = []
    for future in range(300):
        t = program.theatre(future)
        play(t, 3)
        logs.append(math.log(t.belief[0][1] / 1_400) / 0.25)
    assert stats.kstest(logs, "norm").pvalue > 1e-3


@pytest.mark.parametrize(("phase", "shown"), [(layout.PROBE, 0.35), (layout.ASSAULT, 1.0)])
def test_contact_shows_all_of_an_assault_and_a_part_of_a_probe(phase: int, shown: float) -> None:
    program = attack_under_way(2_000, 1_000, phase=phase, on=set(), initial_since={(1, 0): -5})
    t = program.theatre()
    t.belief[0][0] = 0.0
    for n in range(1, 40):
        play(t, 1)
        expected = shown * 2_000 * (1 - 0.75**n)
        assert t.belief[0][0] == pytest.approx(expected)


def test_half_the_gap_closes_on_the_day_of_the_assault() -> None:
    t = attack_under_way(2_000, 1_000, on=set(), initial_since={(1, 0): 1}).theatre()
    t.belief[0][0] = 400.0
    play(t, 1)
    assert t.belief[0][0] == pytest.approx(1_200)
    play(t, 1)
    assert t.belief[0][0] == pytest.approx(1_400)


def test_contact_does_not_talk_a_defender_out_of_what_it_believes() -> None:
    t = attack_under_way(2_000, 1_000, on=set()).theatre()
    t.belief[0][0] = 3_000.0
    play(t, 3)
    assert t.belief[0][0] == 3_000.0


def test_without_fog_belief_is_truth_and_every_column_is_found_at_once() -> None:
    program = approach(choose={"fog": "none"}, bias=0.3, belief_noise=0.5, hours=0, sweep=1e-6)
    t = program.theatre()
    set_out(t, 1_500)
    play(t, 1)
    assert t.column_known[1][0] == [1, -1]
    assert t.belief[0] == [0.0, 2_500.0]
    assert t.inbound[0][0] == pytest.approx(0.93 * 1_500)


def test_off_sees_nothing_but_contact() -> None:
    t = approach(on={"movement"}, sweep=1e6, inbound_memory=1).theatre()
    t.belief[0][1] = 123.0
    set_out(t)
    play(t, 5)
    assert t.detected_today == [0, 0]
    assert t.column_known[1][0] == [-1, -1]
    assert t.watch == [[0.0, 0.0]] * 2
    assert t.belief[0][1] == 123.0
