"""Day 0: the state is what the tables say."""

from __future__ import annotations

import pytest
from small_program import small_program

from contingent.reference import layout
from contingent.reference.initial import LONG_AGO
from contingent.reference.state import Theatre


def theatre() -> Theatre:
    """Actors 0 and 1 (bloc 0) assault place 1 of actor 2 (bloc 1) from place 0; place 2 waits."""
    return small_program(
        A=3,
        B=2,
        P=3,
        N=1,
        X=1,
        D=1,
        C=1,
        actor_bloc=[0, 0, 1],
        initial_holder=[0, 2, 2],
        supply_source=[[1, 0, 0], [0, 0, 0]],
        initial_mobile={(0, 0): 1_000, (1, 0): 300, (2, 1): 500},
        initial_static={(0, 0): 80, (2, 1): 50},
        initial_quality=[[1.5, 1, 1], [1, 1, 1], [1, 1, 1]],
        initial_stocks=[[0.9, 0.8, 0.7], [0.6, 0.5, 0.4]],
        initial_entrenchment=[0.1, 0.2, 0.3],
        initial_phase={(0, 1): layout.ASSAULT, (0, 2): layout.BUILD_UP},
        initial_lead={(0, 1): 1, (0, 2): 0},
        initial_staging={(0, 1): 0, (0, 2): 0},
        initial_aim={(0, 1): layout.ISOLATE},
        initial_since={(0, 1): -12, (0, 2): -3},
        initial_progress={(0, 1): 0.25},
        committed_share={(0, 1): 0.6, (0, 2): 0.5},
        diameter=4.0,
        belt=2.0,
        probe=[3, 9, 5],
        bias=[0.5, 1, 0.8],
        aims={(0, 1): 3, (1, 1): 7},
        initial_commitment=[[0.1, 0.2, 0.3, 0.4]] * 3,
        initial_will=[0.2, 0.4, 0.6],
        initial_tacit=0.25,
        initial_open=[1, 0],
        deadline_day=[5],
        deadline_binds=[[0] * 3],
    ).theatre()


def test_operations_that_run_stand_at_their_target() -> None:
    """Six tenths of 1,000 and 300 have gone to place 1, half of the rest waits for place 2."""
    t = theatre()
    assert t.mobile[0] == [400, 600, 0]
    assert t.mobile[1] == pytest.approx([120, 180, 0])
    assert t.quality[0][1] == 1.5
    assert t.committed[0] == pytest.approx([0, 780, 0])
    assert [t.assigned[a][2] for a in range(3)] == pytest.approx([200, 60, 0])
    assert t.phase[0] == [0, layout.ASSAULT, layout.BUILD_UP]
    assert (t.lead[0][1], t.staging[0][1], t.aim[0][1]) == (1, 0, layout.ISOLATE)
    assert t.staging[0][2] == 0
    assert (t.opened[0][1], t.phase_day[0][1], t.phase_day[0][2]) == (-12, -12, -3)
    assert (t.marched[0][1], t.marched[0][2]) == (1, 0)
    assert t.probe_length[0][1] == 9
    assert t.progress[0] == pytest.approx([0, 0.25 * 6, 0])


def test_contacts_alarms_and_sieges_are_there_from_the_start() -> None:
    t = theatre()
    assert t.attacking[0] == [0, 1, 0]
    assert t.flags == [0, layout.OUTSKIRTS | layout.ASSAULTED, 0]
    assert t.fight_start[1] == 550
    assert t.alarm[1] == [-1, 0, -1]
    assert t.alarm_last[1] == [LONG_AGO, 0, LONG_AGO]
    assert t.garrison[1][1] == 550
    assert t.connected == [[1, 1, 0], [0, 0, 0]]
    assert t.besieged == [0, 1, 1]


def test_beliefs_are_bias_times_truth() -> None:
    t = theatre()
    assert t.belief[0] == pytest.approx([0, 0.5 * 550, 0])
    assert t.belief[1] == pytest.approx([0.8 * 600, 0.8 * 780, 0])
    assert t.inbound == [[0] * 3] * 2


def test_the_rest_is_copied_and_the_past_is_empty() -> None:
    t = theatre()
    assert t.holder == [0, 2, 2]
    assert t.value[0] == [0, 7, 0]
    assert t.supply == [[0.9, 0.8, 0.7], [0.6, 0.5, 0.4]]
    assert t.entrenchment == [0.1, 0.2, 0.3]
    assert t.commitment == t.announced == [[0.1, 0.2, 0.3, 0.4]] * 3
    assert t.will == [0.2, 0.4, 0.6]
    assert t.tacit == [[0.25] * 3] * 3
    assert t.sponsor_level == [1, 1, 1]
    assert t.route_open == [1, 0]
    assert t.surprise_factor == [[1.0] * 3] * 2
    never = [[LONG_AGO] * 3] * 2
    assert t.closed == t.lost_day == t.relief_day == never
    assert t.capture_day == [LONG_AGO] * 3
    assert t.shock_days == [[LONG_AGO] * layout.SHOCK_MEMORY]
    assert (t.satisfied, t.intervened, t.ceasefire) == ([-1], [-1], [0])
    assert t.killed == t.surrendered == t.departed == t.arrived == t.recruited == [0, 0, 0]


def test_with_supply_off_nobody_is_besieged_on_day_nought() -> None:
    t = small_program(off={"supply"}, supply_source=0).theatre()
    assert t.connected == [[1, 1], [1, 1]]
    assert t.besieged == [0, 0]
