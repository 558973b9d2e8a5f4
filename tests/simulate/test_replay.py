"""A replay is the future of the study, told alike by both engines."""

from __future__ import annotations

import numpy as np
import pytest

from contingent.compile import Program
from contingent.compile.called import Called
from contingent.simulate.ensemble import simulate
from contingent.simulate.replay import Record, record, replay
from contingent.simulate.telling import KINDS, number, tell


@pytest.fixture(scope="module")
def one(program: Program) -> Record:
    return record(program, 11, 1)


def test_it_is_the_same_future(program: Program, one: Record) -> None:
    (chunk,) = simulate(program, range(11, 12), 1)
    assert np.array_equal(one.holders, chunk.holders[0])
    assert np.array_equal(one.flags, chunk.flags[0])
    for row, series in enumerate(program.series):
        assert one.daily(series.observable, *series.args) == pytest.approx(
            chunk.series[0, row], rel=1e-3
        )


def test_both_engines_tell_the_same(program: Program) -> None:
    text = replay(program, 11, 1)
    assert replay(program, 11, 1, engine="reference") == text
    assert text.startswith("small, future 11 of seed 1: 2020-01-01 to 2020-04-30\n")


def test_every_change_of_holder_is_told(program: Program) -> None:
    for future in range(12):
        one = record(program, future, 1)
        changed = np.argwhere(one.holders[1:] != one.holders[:-1])
        words = (" took ", " passed from ")
        told = [entry for entry in tell(one) if any(word in entry.says for word in words)]
        assert [(int(day) + 1) for day, _ in changed] == [entry.day for entry in told]


def test_attacks_begin_and_end(program: Program, one: Record) -> None:
    says = [entry.says for entry in tell(one)]
    assert any(line.startswith("northern stood before mill with north") for line in says)
    assert any("northern assaulted mill" in line for line in says)
    assert any(line.startswith("the deadline vote") or "vote asks was met" in line for line in says)


def test_sides_and_places_are_called_as_readers_know_them(program: Program) -> None:
    names = program.names
    called = Called(
        {actor: f"The {actor} army" for actor in names.actors},
        {bloc: f"The {bloc} side" for bloc in names.blocs},
        {place: f"{place.title()} Town" for place in names.places},
    )
    plain = list(tell(record(program, 11, 1)))
    told = list(tell(record(program, 11, 1, called=called)))
    assert [(one.day, one.kind, one.place) for one in plain] == [
        (one.day, one.kind, one.place) for one in told
    ]
    assert {one.kind for one in told} <= set(KINDS)
    text = "\n".join(one.says for one in told if one.kind != "intervention")
    assert "The northern side stood before Mill Town with The north army" in text
    for name in names.actors:
        assert text.count(name) == text.count(f"The {name}")


def test_an_intervention_names_who_steps_in_and_where(program: Program) -> None:
    futures = range(40)
    lines = [one for k in futures for one in tell(record(program, k, 1)) if "option" in one.says]
    assert lines
    assert {(one.kind, one.place) for one in lines} == {("intervention", "hill")}
    assert {one.says for one in lines} == {"far stepped in at hill (option far-in)"}


def test_days_ascend_and_lines_are_dated(program: Program, one: Record) -> None:
    entries = list(tell(one))
    assert [entry.day for entry in entries] == sorted(entry.day for entry in entries)
    assert all((entry.on - program.names.start).days == entry.day for entry in entries)


def test_numbers_are_rounded_for_reading() -> None:
    assert [number(value) for value in (0.0, 4.4, 123.4, 12_345.0)] == ["0", "4", "123", "12,300"]
