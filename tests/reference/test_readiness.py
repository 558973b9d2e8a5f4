"""Readiness and replenishment in closed form."""

from __future__ import annotations

from typing import Any

import pytest
from small_program import SmallProgram, attack_under_way, play, small_program

from contingent.reference import layout, readiness

STAND = {"urban_speed": 0.0, "diameter": 1_000.0, "combat_loss": 0.0}


@pytest.mark.parametrize(
    ("phase", "intensity"), [(layout.ASSAULT, 1.0), (layout.PROBE, 0.2), (layout.HOLD, 0.05)]
)
def test_fighting_wears_by_its_intensity(phase: int, intensity: float) -> None:
    program = attack_under_way(
        1_000,
        1_000,
        phase=phase,
        on={"combat", "readiness"},
        wear=0.01,
        initial_readiness=0.9,
        **STAND,
    )
    t = program.theatre()
    for n in range(1, 50):
        play(t, 1)
        assert t.readiness[1][0] == pytest.approx(0.9 - 0.01 * intensity * n)
        assert t.readiness[0][0] == pytest.approx(0.9 - 0.01 * intensity * n)


def test_wear_stops_at_the_bottom() -> None:
    program = attack_under_way(1_000, 1_000, on={"combat", "readiness"}, wear=0.1, **STAND)
    t = program.theatre()
    play(t, 20)
    assert t.readiness[1][0] == readiness.LOWEST


def test_rest_closes_its_share_of_the_gap_to_supply() -> None:
    program = small_program(
        on={"readiness"},
        initial_static={(0, 0): 100},
        initial_readiness=0.3,
        initial_stocks=0.8,
        rest=0.05,
    )
    t = program.theatre()
    for n in range(1, 60):
        play(t, 1)
        assert t.readiness[0][0] == pytest.approx(0.8 - 0.5 * 0.95**n)
    assert t.readiness[0][1] == 0.3  # nobody there


def test_wear_and_half_the_rest_settle_where_they_balance() -> None:
    """In a fight r' = r - w + rest/2·(1 - r + w): r = 1 - w·(2/rest - 1)."""
    program = attack_under_way(
        1_000, 1_000, on={"combat", "readiness"}, wear=0.005, rest=0.04, **STAND
    )
    t = program.theatre()
    play(t, 600)
    assert t.readiness[1][0] == pytest.approx(1 - 0.005 * 49, rel=1e-4)


def test_advisers_hasten_rest() -> None:
    program = small_program(
        A=2,
        B=1,
        actor_bloc=[0, 0],
        on={"readiness"},
        initial_static={(0, 0): 100},
        initial_readiness=0.5,
        initial_commitment=[[0] * 4, [0, 0, 0.6, 0]],
        rest=0.05,
    )
    t = program.theatre()
    for n in range(1, 20):
        play(t, 1)
        assert t.readiness[0][0] == pytest.approx(1 - 0.5 * (1 - 0.08) ** n)


def recruiting(**given: Any) -> SmallProgram:
    return small_program(
        **{
            "on": {"readiness", "movement"},
            "initial_mobile": {(0, 0): 500},
            "recruits": [30, 0],
            "recruit_place": [1, -1],
        }
        | given
    )


def test_recruits_join_at_their_rate_and_stop_at_the_ceiling() -> None:
    t = recruiting(recruit_ceiling=800.0).theatre()
    play(t, 4)
    assert t.mobile[0] == [500, 120]
    play(t, 30)
    assert t.mobile[0] == [500, 300]
    assert t.recruited == [300, 0]


def test_recruits_muster_elsewhere_when_their_place_is_lost() -> None:
    t = recruiting(initial_holder=[0, 1]).theatre()
    play(t, 3)
    assert t.mobile[0] == [590, 0]
    t = recruiting(initial_holder=[1, 1], initial_mobile=0).theatre()
    play(t, 3)
    assert t.mobile[0] == [0, 0]
    assert t.recruited == [0, 0]


def test_a_sponsors_flow_follows_its_supplies_with_the_lag() -> None:
    """From 10 a day at 0.5 to 10·0.2/0.5 = 4: level(n) = 0.4 + 0.6·(1 - 1/8)^n."""
    program = small_program(
        on={"readiness"},
        initial_mobile={(0, 0): 500},
        sponsor=[1, -1],
        sponsored=[10, 0],
        sponsor_lag=8.0,
        initial_commitment=[[0] * 4, [0, 0, 0, 0.5]],
    )
    t = program.theatre()
    t.commitment[1][3] = 0.2
    total = 500.0
    for n in range(1, 60):
        play(t, 1)
        total += 10 * (0.4 + 0.6 * (7 / 8) ** n)
        assert t.mobile[0][0] == pytest.approx(total)
    assert t.recruited[0] == pytest.approx(total - 500)


def test_newcomers_have_the_actors_usual_traits() -> None:
    program = recruiting(
        initial_mobile={(0, 0): 300},
        initial_static={(0, 1): 100},
        initial_quality=[[1.0, 2.0], [1, 1]],
        recruit_place=[0, -1],
        recruits=[300, 0],
        initial_readiness=0.5,
        rest=0.0,
    )
    t = program.theatre()
    play(t, 1)
    assert t.quality[0][0] == pytest.approx((300 * 1 + 300 * 1.25) / 600)
    assert t.readiness[0][0] == pytest.approx(0.75)


def test_places_left_alone_dig_in() -> None:
    program = attack_under_way(
        1_000, 1_000, on={"combat", "readiness"}, initial_entrenchment=[0.3, 0.95], **STAND
    )
    t = program.theatre()
    play(t, 4)
    assert t.entrenchment == pytest.approx([0.3, 0.99])
    play(t, 10)
    assert t.entrenchment == pytest.approx([0.3, 1.0])


def test_digging_ends_at_one_and_takes_nothing_from_older_works() -> None:
    t = small_program(P=3, on={"readiness"}, initial_entrenchment=[0.995, 1.2, 0.5]).theatre()
    play(t, 3)
    assert t.entrenchment == pytest.approx([1.0, 1.2, 0.53])


def test_off_nobody_tires_joins_or_digs() -> None:
    program = attack_under_way(
        1_000,
        1_000,
        on=None,
        off={"readiness"},
        wear=0.1,
        rest=0.1,
        recruits=50,
        initial_readiness=0.7,
    )
    t = program.theatre()
    play(t, 20)
    assert t.recruited == [0, 0]
    assert t.entrenchment == [0, 0]
    assert t.readiness == [[0.7, 0.7], [0.7, 0.7]]
