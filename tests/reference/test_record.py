"""Record: every observable on a state made by hand."""

from __future__ import annotations

import numpy as np
import pytest
from small_program import small_program

from contingent.reference import layout, record
from contingent.reference.state import Theatre


@pytest.fixture
def t() -> Theatre:
    """Actors 0 and 1 of bloc 0 against actor 2 of bloc 1, on four places."""
    program = small_program(
        A=3,
        B=2,
        P=4,
        D=1,
        X=1,
        C=1,
        actor_bloc=[0, 0, 1],
        initial_holder=[0, 0, 1, 2],
        people=[400, 300, 200, 100],
        diameter=[4, 4, 4, 4],
        belt=[1, 1, 1, 1],
        deadline_day=[9],
        deadline_binds=[[0, 0, 0]],
    )
    t = program.theatre()
    t.day = 5
    t.mobile = [[100, 0, 0, 300], [0, 50, 0, 0], [0, 0, 80, 20]]
    t.static = [[10, 20, 0, 0], [0, 0, 40, 0], [0, 0, 0, 60]]
    t.readiness = [[0.5, 0.8, 1, 0.9], [1, 0.4, 0.6, 1], [1, 1, 0.7, 0.2]]
    t.column_size[0][3], t.column_purpose[0][3] = 70, layout.OFFENSIVE
    t.column_size[1][0], t.column_purpose[1][0] = 30, layout.RELIEF
    t.columns_used = [4, 1, 0]
    t.phase = [[0, 0, 0, layout.ASSAULT], [0, 0, layout.PROBE, 0]]
    t.attacking = [[0, 0, 0, 1], [0, 0, 1, 0]]
    t.flags = [0, 0, layout.OUTSKIRTS, layout.CONTESTED | layout.ASSAULTED]
    t.progress = [[0, 0, 0, 2.0], [0, 0, 0.5, 3.5]]
    t.killed, t.surrendered = [7, 8, 9], [1, 0, 2]
    t.belief = [[0, 0, 90, 70], [0, 0, 0, 110]]
    t.inbound = [[0, 33, 0, 0], [0, 0, 0, 44]]
    t.connected = [[1, 1, 0, 0], [0, 0, 1, 1]]
    t.commitment = [[0.1, 0.2, 0.3, 0.4], [0, 0, 0, 0], [0.5, 0, 0, 0]]
    t.announced = [[0.15, 0.25, 0.35, 0.45], [0, 0, 0, 0], [0.6, 0, 0, 0]]
    t.will = [0.1, 0.2, 0.3]
    t.tacit = [[0, 0.11, 0.12], [0.13, 0, 0.14], [0.15, 0.16, 0]]
    t.sorties_flown = [[1, 2, 3, 4], [0, 0, 0, 0], [0.5, 0, 0, 0]]
    t.withdrew = [[0, 1, 0, 0], [0] * 4, [0] * 4]
    t.detected_today, t.launched_today, t.struck_today = [2, 0, 1], [3, 0, 4], [5, 0, 6]
    t.reinforced = [0, 12, 0, 0]
    t.ceasefire, t.route_open = [1], [1, 0, 1]
    return t


EXPECTED = {
    "attacks": {(0, 3): 1, (1, 3): 0, (0, 0): 0, (2, 2): 1, (2, 3): 0},
    "attempted": {(0, 3): 1, (1, 3): 0, (2, 2): 0},
    "withdrew": {(0, 1): 1, (0, 0): 0},
    "fighters": {(0, 0): 110, (0, 3): 300, (0, -1): 500, (1, -1): 120, (2, 3): 80, (2, -1): 160},
    "losses": {(0, -1): 8, (1, -1): 8, (2, -1): 11},
    "readiness": {(1, -1): (50 * 0.4 + 40 * 0.6) / 90, (2, -1): (80 * 0.7 + 80 * 0.2) / 160},
    "posture": {(0, -1): 370 / 550, (1, -1): 370 / 550, (2, -1): 80 / 100},
    "main_effort": {(0, -1): 3, (1, -1): 3, (2, -1): 2},
    "belief": {(0, 2): 90, (1, 3): 70, (2, 3): 110},
    "inbound": {(0, 1): 33, (1, 1): 33, (2, 3): 44},
    "commitment": {(0, 0): 0.1, (0, 3): 0.4, (2, 0): 0.5},
    "announced": {(0, 0): 0.15, (0, 3): 0.45, (2, 0): 0.6},
    "will": {(0, -1): 0.1, (2, -1): 0.3},
    "tacit": {(0, 1): 0.11, (1, 0): 0.13, (2, 1): 0.16},
    "ceasefire": {(0, -1): 1},
    "supplied": {(0, 0): 1, (1, 2): 0, (2, 2): 1, (2, 0): 0},
    "open": {(0, -1): 1, (1, -1): 0},
    "progress": {(3, -1): 0.7, (2, -1): 0.1, (0, -1): 0},
    "sorties": {(0, 2): 3, (0, -1): 10, (2, -1): 0.5},
    "detected": {(0, -1): 2, (2, -1): 1},
    "columns": {(0, -1): 3, (2, -1): 4},
    "struck_columns": {(0, -1): 5, (2, -1): 6},
    "intervened": {(0, -1): 0},
    "satisfied": {(0, -1): 0},
    "held_people": {(0, -1): 0.9, (1, -1): 0.1},
    "reinforced": {(1, -1): 12, (0, -1): 0},
}


@pytest.mark.parametrize("name", layout.OBSERVABLES)
def test_observable(t: Theatre, name: str) -> None:
    number = layout.OBSERVABLES.index(name)
    seen = {place: record.observe(t, number, *place) for place in EXPECTED[name]}
    assert seen == pytest.approx(EXPECTED[name])


def test_deadlines_and_options_once_settled(t: Theatre) -> None:
    satisfied, intervened = map(layout.OBSERVABLES.index, ("satisfied", "intervened"))
    t.intervened = [4]
    assert record.observe(t, intervened, 0, -1) == 1
    for state, seen in ((-1, 0), (0, 0), (1, 1)):
        t.satisfied = [state]
        assert record.observe(t, satisfied, 0, -1) == seen


def test_the_main_effort_may_be_a_defence(t: Theatre) -> None:
    """Actor 0's bloc has 300 at place 3, which it attacks, and now 400 at place 0 under attack."""
    number = layout.OBSERVABLES.index("main_effort")
    t.mobile[0][0] = 390
    assert record.observe(t, number, 0, -1) == 3
    t.flags[0] = layout.OUTSKIRTS
    assert record.observe(t, number, 0, -1) == 0
    t.attacking = [[0] * 4] * 2
    t.flags = [0] * 4
    assert record.observe(t, number, 0, -1) == -1


def test_the_log_has_every_day_and_day_zero_as_it_stands() -> None:
    program = small_program(
        days=4,
        on={"readiness", "movement", "record"},
        initial_holder=[0, 1],
        initial_mobile={(0, 0): 100},
        recruits=[10, 0],
        record=[("fighters", 0, 0), ("fighters", 0, -1), ("open", 0, -1)],
    )
    log = program.run()
    assert log.series.tolist() == [[100 + 10 * day] * 2 + [1] for day in range(4)]
    assert log.holders.tolist() == [[0, 1]] * 4
    assert not np.any(log.flags)


def test_off_only_holders_and_flags_are_written() -> None:
    program = small_program(
        days=4,
        off={"record"},
        initial_holder=[0, 1],
        initial_mobile={(0, 0): 100},
        record=[("fighters", 0, 0)],
    )
    log = program.run()
    assert not np.any(log.series)
    assert log.holders.tolist() == [[0, 1]] * 4
