"""Command: how a running operation is run, and when new ones are weighed."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats
from small_program import attack_under_way, choice, play, small_program

from contingent.reference import choosing, command, layout, operations


@pytest.mark.parametrize("length", [3, 7, 14])
def test_support_for_a_running_attack_does_not_depend_on_the_review_length(
    monkeypatch: pytest.MonkeyPatch, length: int
) -> None:
    """15 % a week: 0.85^6 of 1,000 are left after 42 days."""
    monkeypatch.setattr(choosing, "REVIEW_DAYS", length)
    program = small_program(
        P=3,
        on={"command", "movement"},
        initial_holder=[0, 0, 1],
        initial_mobile={(0, 0): 100, (0, 1): 1_000},
        initial_phase={(0, 2): layout.PROBE},
        initial_lead={(0, 2): 0},
        initial_staging={(0, 2): 0},
        probe=1e6,
        max_operations=0,
    )
    t = program.theatre()
    play(t, 42)
    assert t.mobile[0][1] == pytest.approx(1_000 * 0.85**6)
    assert t.mobile[0][2] + sum(t.column_size[0]) == pytest.approx(1_100 - t.mobile[0][1])


def test_a_bloc_runs_no_more_operations_than_it_can() -> None:
    for most, running, opens in ((1, 1, False), (2, 1, True), (2, 2, False)):
        t = choice(start_cost=-100.0, max_operations=most).theatre()
        t.phase[0][2] = layout.PROBE if running else 0
        t.phase[0][1] = layout.BUILD_UP if running == 2 else 0
        t.probe_length = [[1e9] * 3] * 2
        t.mobile[0][2] = 10
        t.staging[0][1] = 0
        t.day = 7
        command.advance(t)
        assert operations.running(t, 0) == running + opens


def test_an_operation_gathers_marches_probes_and_assaults() -> None:
    """Place 1 a day away: opened on day 0, there on day 1, probing from 2, assault when it ends."""
    t = choice(on={"command", "movement"}, max_operations=0, initial_static={(1, 1): 300}).theatre()
    operations.open_operation(t, 0, 1, 0, layout.TAKE)
    t.probe_length[0][1] = 4.5
    phases = []
    for _ in range(8):
        play(t, 1)
        phases.append(t.phase[0][1])
    assert phases == [layout.BUILD_UP] + 5 * [layout.PROBE] + 2 * [layout.ASSAULT]
    assert t.mobile[0] == [0, 1_200, 0]
    assert t.committed[0][1] == 1_200


def test_a_force_too_weak_never_marches_and_is_dissolved() -> None:
    t = choice(on={"command", "movement"}, max_operations=0, go_threshold=3.0).theatre()
    operations.open_operation(t, 0, 1, 0, layout.TAKE)
    play(t, command.GATHER_DAYS - 1)
    assert t.phase[0][1] == layout.BUILD_UP
    play(t, 1)
    assert t.phase[0][1] == layout.NO_OPERATION
    assert t.assigned[0][1] == 0.0
    assert t.mobile[0][0] == 1_200


def test_probing_ends_in_retreat_when_believed_odds_stay_bad() -> None:
    program = attack_under_way(
        500, 5_000, phase=layout.PROBE, on={"command", "movement"}, max_operations=0
    )
    t = program.theatre()
    t.probe_length[1][0] = 6.0
    play(t, 6 + command.WAIT_DAYS)
    assert t.phase[1][0] == layout.PROBE
    play(t, 1)
    assert t.phase[1][0] == layout.NO_OPERATION
    play(t, 1)
    assert t.mobile[1] == [0, 500]


def test_the_length_of_probing_is_drawn() -> None:
    """Probe·(0.3 + 0.7·Exp(1))."""
    program = choice(probe=10.0)
    lengths = []
    for future in range(400):
        t = program.theatre(future)
        operations.open_operation(t, 0, 1, 0, layout.TAKE)
        lengths.append((t.probe_length[0][1] / 10 - 0.3) / 0.7)
    assert stats.kstest(lengths, "expon").pvalue > 1e-3


def test_an_assault_surprises_by_what_was_not_believed() -> None:
    program = attack_under_way(
        1_000, 100, phase=layout.PROBE, on={"command"}, surprise=0.8, max_operations=0
    )
    t = program.theatre()
    t.belief[0][0] = 250.0
    t.seen_in_contact = 0.0
    play(t, 1)
    assert t.phase[1][0] == layout.ASSAULT
    assert t.surprise_factor[1][0] == pytest.approx(1 + 0.8 * 0.75)


@pytest.mark.parametrize(
    ("lost", "below", "daily"),
    [
        (0.45, 0, 0.1 * 0.45 / 0.44),
        (0.4, 0, 0),
        (0, 61, 0.1 * 61 / 60),
        (0, 59, 0),
        (0.88, 0, 0.2),
        (0.45, 180, 0.3),
        (0.45, 700, 1.0),
    ],
)
def test_giving_up_scales_with_worth_and_with_how_far_it_is_beyond(
    lost: float, below: float, daily: float
) -> None:
    """Worth 8 doubles the losses of 22 % and the 30 days below parity that a worth of 4 bears.

    Beyond them an operation ends with a tenth a day times the larger excess.
    """
    program = attack_under_way(
        1_000, 1_000, on={"command"}, aims={(1, 0): 8}, abort_losses=0.22, patience=30.0
    )
    waits = []
    for future in range(200):
        t = program.theatre(future)
        t.operation_lost[1][0] = lost * 1_000
        t.below_parity[1][0] = below
        for day in range(1, 21):
            t.day = day
            command._run(t, 1, 0)
            if t.phase[1][0] == layout.NO_OPERATION:
                waits.append(day)
                break
    if daily in (0.0, 1.0):
        assert waits == [1] * int(200 * daily)
        return
    counts = np.bincount(np.minimum(waits, 8), minlength=9)[1:]
    counts[7] += 200 - len(waits)
    expected = [200 * daily * (1.0 - daily) ** n for n in range(7)]
    assert stats.chisquare(counts, [*expected, 200 - sum(expected)]).pvalue > 1e-3


def test_an_operation_that_nobody_supplies_ends() -> None:
    """Stocks fall to 15 % in 20·ln(1/0.15) = 37.9 days; the army goes home and is whole."""
    program = attack_under_way(
        2_000,
        1_000,
        on={"command", "movement", "supply"},
        supply_source=[[1, 1], [0, 0]],
        supply_days=20.0,
        days=60,
        max_operations=0,
    )
    t = program.theatre()
    play(t, 38)
    assert t.phase[1][0] == layout.ASSAULT
    play(t, 1)
    assert t.phase[1][0] == layout.NO_OPERATION
    play(t, 1)
    assert t.mobile[1] == [0, 2_000]


def test_isolation_holds_a_ring_past_the_belt_and_a_raid_goes_home() -> None:
    given = {
        "on": {"command", "movement", "combat"},
        "belt": 2.0,
        "field_speed": 1.0,
        "combat_loss": 0.0,
        "max_operations": 0,
        "go_threshold": 1e6,
    }
    t = attack_under_way(3_000, 1_000, initial_aim={(1, 0): layout.ISOLATE}, **given).theatre()
    play(t, 3)
    assert t.phase[1][0] == layout.HOLD
    assert t.aim[1][0] == layout.ISOLATE
    t = attack_under_way(3_000, 1_000, initial_aim={(1, 0): layout.RAID}, **given).theatre()
    play(t, 3)
    assert t.phase[1][0] == layout.NO_OPERATION
    play(t, 1)
    assert t.mobile[1] == [0, 3_000]
    assert t.holder == [0, 1]


def test_a_limited_attack_that_proves_strong_enough_takes_the_place() -> None:
    """3,000 against 1,001 believed, past the belt: they go on; so does a ring that has grown."""
    given = {"on": {"command"}, "belt": 2.0, "diameter": 4.0, "max_operations": 0}
    given |= {"initial_progress": {(1, 0): 0.5}, "go_threshold": 2.9}
    for aim in (layout.ISOLATE, layout.RAID):
        t = attack_under_way(3_000, 1_000, initial_aim={(1, 0): aim}, **given).theatre()
        play(t, 1)
        assert (t.phase[1][0], t.aim[1][0]) == (layout.ASSAULT, layout.TAKE)
        t = attack_under_way(2_900, 1_000, initial_aim={(1, 0): aim}, **given).theatre()
        play(t, 1)
        assert t.phase[1][0] == (layout.HOLD if aim == layout.ISOLATE else layout.NO_OPERATION)
        if aim == layout.ISOLATE:
            assert t.phase_day[1][0] == 1
            play(t, 3)
            assert t.phase[1][0] == layout.HOLD
            t.mobile[1][0] = 3_000.0
            play(t, 1)
            assert (t.phase[1][0], t.aim[1][0]) == (layout.ASSAULT, layout.TAKE)
            assert t.phase_day[1][0] == 5


@pytest.mark.parametrize(("together", "comes"), [(0.49, False), (0.51, True)])
def test_others_support_an_attack_whose_lead_they_work_with(together: float, comes: bool) -> None:
    program = small_program(
        A=3,
        B=2,
        P=3,
        on={"command", "movement"},
        actor_bloc=[0, 1, 0],
        initial_holder=[0, 0, 1],
        initial_mobile={(0, 0): 100, (0, 1): 200, (2, 1): 1_000},
        initial_phase={(0, 2): layout.PROBE},
        initial_staging={(0, 2): 0},
        coordination=together,
        probe=1e6,
        max_operations=0,
    )
    t = program.theatre()
    play(t, 7)
    assert t.mobile[0][1] == pytest.approx(200 * 0.85)
    assert t.mobile[2][1] == pytest.approx(1_000 * (0.85 if comes else 1.0))


def test_a_ring_ends_when_it_is_thin_or_has_waited_too_long() -> None:
    given = {
        "phase": layout.HOLD,
        "on": {"command"},
        "initial_aim": {(1, 0): layout.ISOLATE},
        "go_threshold": 1e6,
        "patience": 5.0,
        "days": 60,
    }
    t = attack_under_way(300, 1_000, **given).theatre()
    play(t, 20)
    assert t.phase[1][0] == layout.HOLD
    play(t, 1)
    assert t.phase[1][0] == layout.NO_OPERATION
    t = attack_under_way(299, 1_000, **given).theatre()
    play(t, 1)
    assert t.phase[1][0] == layout.NO_OPERATION


def test_off_nothing_is_opened_or_ended() -> None:
    t = choice(on=None, off={"command", "combat"}, start_cost=-100.0).theatre()
    play(t, 60)
    assert t.phase == [[0] * 3] * 2
    t = attack_under_way(10, 5_000, on=None, off={"command", "combat"}, abort_losses=0).theatre()
    play(t, 60)
    assert t.phase[1][0] == layout.ASSAULT
