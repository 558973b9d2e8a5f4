"""Diplomacy: drift to the usual level, ceasefires by the fortnight, evacuation under siege."""

from __future__ import annotations

from typing import Any

import pytest
from scipy import stats
from small_program import SmallProgram, attack_under_way, play, small_program

from contingent.reference import layout


def test_tacit_coordination_drifts_to_its_usual_level() -> None:
    program = small_program(
        on={"diplomacy"}, initial_tacit=0.9, usual_tacit=[[0, 0.2], [0.6, 0]], tacit_drift=0.03
    )
    t = program.theatre()
    for n in range(1, 80):
        play(t, 1)
        assert t.tacit[0][1] == pytest.approx(0.2 + 0.7 * 0.97**n)
        assert t.tacit[1][0] == pytest.approx(0.6 + 0.3 * 0.97**n)


def pair(**given: Any) -> SmallProgram:
    return small_program(
        **{
            "on": {"diplomacy"},
            "initial_holder": [0, 1],
            "ceasefire_first": [0],
            "ceasefire_second": [1],
        }
        | given
    )


def test_waiting_for_a_ceasefire_is_geometric_in_fortnights() -> None:
    program = pair(ceasefire_chance=[0.3])
    counts = [0] * 6
    for future in range(400):
        t = program.theatre(future)
        for fortnight in range(6):
            play(t, 14)
            if t.ceasefire[0] == 1 or fortnight == 5:
                counts[fortnight] += 1
                break
    expected = [400 * 0.3 * 0.7**n for n in range(5)] + [400 * 0.7**5]
    assert stats.chisquare(counts, expected).pvalue > 1e-3


def test_lasting_of_a_ceasefire_is_geometric_in_fortnights() -> None:
    program = pair(ceasefire_chance=[1], ceasefire_break=[0.4])
    counts = [0] * 5
    for future in range(400):
        t = program.theatre(future)
        play(t, 14)
        assert t.ceasefire == [1]
        for fortnight in range(5):
            play(t, 14)
            if t.ceasefire[0] == 0 or fortnight == 4:
                counts[fortnight] += 1
                break
    expected = [400 * 0.4 * 0.6**n for n in range(4)] + [400 * 0.6**4]
    assert stats.chisquare(counts, expected).pvalue > 1e-3


def test_a_ceasefire_may_wait_for_a_place() -> None:
    program = pair(ceasefire_chance=[1], ceasefire_after_actor=[1], ceasefire_after_place=[0])
    t = program.theatre()
    play(t, 28)
    assert t.ceasefire == [0]
    t.holder[0] = 1
    play(t, 14)
    assert t.ceasefire == [1]


def test_a_ceasefire_ends_operations_between_its_blocs_and_no_others() -> None:
    program = pair(
        A=3,
        P=3,
        on={"diplomacy", "movement"},
        initial_holder=[0, 1, 2],
        initial_mobile={(1, 1): 1_000},
        initial_phase={(1, 0): layout.PROBE, (1, 2): layout.PROBE},
        initial_lead={(1, 0): 1, (1, 2): 1},
        initial_staging={(1, 0): 1, (1, 2): 1},
        committed_share=0.5,
        ceasefire_chance=[1],
    )
    t = program.theatre()
    assert t.mobile[1] == [500, 250, 250]
    play(t, 14)
    assert [t.phase[1][p] for p in (0, 2)] == [layout.NO_OPERATION, layout.PROBE]
    assert t.column_purpose[1][0] == layout.RETREAT
    play(t, 1)
    assert t.mobile[1] == [0, 750, 250]


def test_no_operation_is_opened_under_a_ceasefire() -> None:
    given = {
        "on": None,
        "initial_mobile": {(1, 1): 5_000},
        "aims": {(1, 0): 10},
        "unseen": 10.0,
        "days": 120,
    }
    t = pair(**given).theatre()
    t.ceasefire[0] = 1
    play(t, 119)
    assert t.holder == [0, 1]
    assert t.phase[1][0] == layout.NO_OPERATION
    t = pair(**given).theatre()
    play(t, 119)
    assert t.holder == [1, 1]


def siege(**given: Any) -> SmallProgram:
    """Actor 1 assaults place 0, half taken at a ratio above 1; actor 0 also holds 2 and 3."""
    return attack_under_way(
        3_000,
        1_000,
        **{
            "P": 4,
            "on": {"combat", "supply", "diplomacy"},
            "initial_holder": [0, 1, 0, 0],
            "initial_static": {(0, 0): 1_000, (0, 2): 50, (0, 3): 70},
            "initial_stocks": {(0, 0): 0.6},
            "supply_source": [[0, 0, 1, 1], [1, 1, 1, 1]],
            "initial_progress": {(1, 0): 0.5},
            "urban_speed": 0.0,
            "combat_loss": 0.0,
            "evacuation_garrison": [0],
            "evacuation_besieger": [1],
            "evacuation_chance": [0.2],
        }
        | given,
    )


def waits(program: SmallProgram, futures: int = 250) -> list[int]:
    """Futures that ended on the first to fifth day, and later."""
    counts = [0] * 6
    for future in range(futures):
        t = program.theatre(future)
        for day in range(6):
            play(t, 1)
            if t.holder[0] == 1 or day == 5:
                counts[day] += 1
                break
    return counts


@pytest.mark.parametrize(
    ("given", "chance"),
    [
        ({}, 0.2),
        ({"initial_progress": {(1, 0): 0.25}}, 0.1),
        ({"initial_static": {(0, 0): 6_000, (0, 3): 70}}, 0.1),
    ],
)
def test_waiting_for_evacuation_is_geometric(given: dict[str, Any], chance: float) -> None:
    """The chance is halved at a quarter of the depth, and at a ratio of one half."""
    counts = waits(siege(**given))
    expected = [250 * chance * (1 - chance) ** n for n in range(5)] + [250 * (1 - chance) ** 5]
    assert stats.chisquare(counts, expected).pvalue > 1e-3


@pytest.mark.parametrize(
    "given",
    [
        {"supply_source": 1, "route_from": [0], "route_to": [2]},  # not besieged
        {"initial_stocks": {(0, 0): 0.99}},  # well supplied
        {"initial_phase": {(1, 0): layout.PROBE}},  # not assaulted
        {"initial_progress": {(1, 0): 0.0}},  # nothing gained yet
        {"choose": {"evacuation": "off"}},
        {"on": {"combat", "supply"}},
        {"evacuation_garrison": [1]},
    ],
)
def test_evacuation_needs_siege_hunger_and_assault(given: dict[str, Any]) -> None:
    given = {"evacuation_chance": [1.0]} | given
    assert waits(siege(**given), 20) == [0, 0, 0, 0, 0, 20]


def test_evacuees_reach_the_strongest_open_place_of_their_bloc() -> None:
    t = siege(evacuation_chance=[1.0]).theatre()
    play(t, 1)
    assert t.holder[0] == 1
    assert t.withdrew[0][0] == 1
    assert t.mobile[0] == [0, 0, 0, 1_000]
    assert t.static[0] == [0, 0, 50, 70]
    assert t.departed[0] == 0.0
    nowhere = siege(
        evacuation_chance=[1.0], initial_holder=[0, 1, 1, 1], initial_static={(0, 0): 900}
    )
    t = nowhere.theatre()
    play(t, 1)
    assert t.departed[0] == 900
    assert t.holder[0] == 1


def test_off_relations_stay() -> None:
    given = {"on": None, "off": {"diplomacy"}, "initial_tacit": 0.3, "usual_tacit": 0.9}
    t = pair(tacit_drift=0.5, ceasefire_chance=[1], **given).theatre()
    play(t, 40)
    assert t.tacit == [[0.3, 0.3], [0.3, 0.3]]
    assert t.ceasefire == [0]
