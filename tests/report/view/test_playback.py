"""One future played back is that future, with its columns between places that a road joins."""

from __future__ import annotations

import numpy as np

from contingent.compile.called import Called
from contingent.report.view.events import KINDS
from contingent.report.view.playback import playback
from contingent.simulate.columns import ROW, columns_of
from contingent.simulate.replay import record


def test_the_same_future_as_in_the_study(demo, run) -> None:
    chunk = next(run.study.chunks())
    program = demo.program()
    for future in (0, 3):
        one = playback(program, future, run.study.manifest.seed)
        assert (one.frames["holders"] == chunk.holders[future]).all()
        assert (one.frames["flags"] == chunk.flags[future]).all()
        assert {event["kind"] for event in one.events} <= set(KINDS)
        assert all(event["place"] in (None, *run.study.names.places) for event in one.events)


def test_fighters_are_those_of_the_log_to_the_man(demo, run) -> None:
    program, names = demo.program(), run.study.names
    found = playback(program, 0, 1).frames["fighters"]
    assert found.shape == (names.days, len(names.places), len(names.actors))
    log = record(program, 0, 1)
    for actor, place in ((0, 0), (len(names.actors) - 1, 1)):
        series = log.daily("fighters", names.actors[actor], names.places[place])
        assert np.abs(found[:, place, actor] - series).max() <= 0.5
    assert found.any()


def test_columns_are_the_same_by_either_engine_and_on_roads(demo, run) -> None:
    program, names = demo.program(), run.study.names
    core = [columns_of(program, future, 1) for future in range(3)]
    reference = columns_of(program, 1, 1, "reference")
    assert core[1].tobytes() == reference.tobytes()
    rows = np.concatenate(core)
    assert len(rows) and rows.shape[1] == len(ROW)
    roads = {frozenset(ends) for _, *ends in names.routes}
    for day, actor, start, end, share, fighters, struck in rows.tolist():
        assert frozenset((names.places[int(start)], names.places[int(end)])) in roads
        assert 0 <= day < names.days and 0 <= actor < len(names.actors)
        assert 0.0 <= share <= 1.0 and fighters > 0.0 and struck in (0.0, 1.0)


def test_places_are_told_by_the_names_of_readers(demo, run) -> None:
    called = Called(places={place: place.upper() for place in run.study.names.places})
    plain = playback(demo.program(), 0, 1).events
    named = playback(demo.program(), 0, 1, called).events
    assert [one["place"] for one in plain] == [one["place"] for one in named]
    about = [one for one in named if one["place"] is not None]
    assert about and all(called.place(one["place"]) in one["says"] for one in about)
