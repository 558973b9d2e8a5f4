"""Operations: where they are staged, who joins, what binds a bloc, and how they end."""

from __future__ import annotations

from typing import Any

import pytest
from small_program import SmallProgram, play, small_program

from contingent.reference import layout, operations
from contingent.reference.columns import on_the_road


def row(**given: Any) -> SmallProgram:
    """Places in a row; actor 0 holds all but the last, actor 1 the last, the target."""
    return small_program(
        **{
            "P": 4,
            "on": {"command", "movement"},
            "initial_holder": [0, 0, 0, 1],
            "initial_mobile": {(0, 0): 3_000, (0, 2): 200},
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


def test_a_pocket_behind_the_target_is_no_staging_place_for_those_who_cannot_reach_it() -> None:
    """Place 4, ten km behind the target, is the nearest, but the army is on this side."""
    program = row(
        P=5,
        initial_holder=[0, 0, 0, 1, 0],
        route_km=[100, 100, 100, 10],
        initial_static={(0, 4): 300},
        initial_mobile={(0, 0): 3_000, (0, 2): 200, (0, 4): 100},
    )
    t = program.theatre()
    assert operations.open_operation(t, 0, 3, 0, layout.TAKE)
    assert t.staging[0][3] == 2
    alone = row(P=5, initial_holder=[0, 0, 0, 1, 0], route_km=[100, 100, 100, 10], initial_mobile=0)
    t = alone.theatre()
    assert operations.open_operation(t, 0, 3, 0, layout.TAKE)
    assert t.staging[0][3] == 4


def test_troops_beyond_reach_stay() -> None:
    t = row(reach=250).theatre()
    assert operations.open_operation(t, 0, 3, 0, layout.TAKE)
    assert on_the_road(t, 0) == 0.0
    assert t.mobile[0] == [3_000, 0, 200, 0]
