"""What claims see of a future is what the engine recorded."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np
import pytest

from contingent.compile import Names, Program
from contingent.compile.program import OutsideEvent
from contingent.errors import StudyError
from contingent.language import Observable
from contingent.scenario.types import Scenario
from contingent.simulate.engines import play
from contingent.simulate.ensemble import Chunk, key_of, simulate
from contingent.simulate.given import given_known
from contingent.simulate.outside import event_days
from contingent.simulate.paths import RecordedPaths, paths_of, paths_of_played, people_of
from contingent.simulate.store import run_study
from contingent.simulate.study import open_study


@pytest.fixture(scope="module")
def chunk(program: Program) -> Chunk:
    (only,) = simulate(program, 60, 1)
    return only


@pytest.fixture(scope="module")
def paths(program: Program, chunk: Chunk) -> RecordedPaths:
    return paths_of(program, chunk, 1)


def see(paths: RecordedPaths, name: str, *args: str | tuple[str, ...]) -> np.ndarray:
    return np.asarray(paths.signal(Observable(name, args)))


def test_holders_and_flags(paths: RecordedPaths, chunk: Chunk) -> None:
    assert (paths.futures, paths.days, paths.start) == (60, 121, date(2020, 1, 1))
    south = see(paths, "holds", ("south", "guard"), "mill")
    assert np.array_equal(south, chunk.holders[:, :, 1] <= 1)
    assert np.array_equal(see(paths, "contested", "mill"), chunk.flags[:, :, 1] % 2 == 1)
    outskirts = see(paths, "outskirts_contested", "mill")
    assert np.array_equal(outskirts, chunk.flags[:, :, 1] // 2 % 2 == 1)
    assert outskirts.any()


def test_held_people_agrees_with_the_engine(paths: RecordedPaths) -> None:
    own = see(paths, "held_people", ("south", "guard"))
    recorded = see(paths, "fighters", "north", "mill")
    assert recorded.dtype == np.float32
    series = [one for one in paths._rows if one.observable == "held_people"]
    assert own == pytest.approx(paths.recorded(series[0]), rel=1e-3)


def test_held_people_is_the_share_on_every_single_day(paths: RecordedPaths, chunk: Chunk) -> None:
    expected = np.zeros((60, 121))
    for place in range(chunk.holders.shape[2]):
        expected += (chunk.holders[:, :, place] <= 1) * paths._people[:, place : place + 1]
    whole = np.zeros((60, 1))
    for place in range(chunk.holders.shape[2]):
        whole += paths._people[:, place : place + 1]
    assert np.array_equal(see(paths, "held_people", ("south", "guard")), expected / whole)
    assert len(np.unique(expected)) > 2


def test_inhabitants_are_those_of_each_future(program: Program, chunk: Chunk) -> None:
    people = people_of(program, chunk.thetas)
    for row, theta in zip(people, chunk.thetas, strict=True):
        assert np.array_equal(row, program.table("people", theta))


def test_futures_just_played_and_futures_that_end_earlier(
    program: Program, paths: RecordedPaths, chunk: Chunk
) -> None:
    played = play(program, chunk.thetas, key_of(1), range(60))
    fresh = paths_of_played(program, played, chunk.thetas, 1, range(60))
    for days in (121, 40, 1):
        part = fresh.upto(days)
        assert (part.futures, part.days, part.start) == (60, days, paths.start)
        for name, args in (
            ("attacks", ("north", "mill")),
            ("fighters", ("north", "mill")),
            ("main_effort", ("north",)),
            ("holds", ("north", "mill")),
            ("held_people", (("north",),)),
        ):
            assert np.array_equal(see(part, name, *args), see(paths, name, *args)[:, :days]), name


def test_truths_are_bools_and_places_numbers(paths: RecordedPaths) -> None:
    for name, args in (
        ("attacks", ("north", "mill")),
        ("open", ("mill", "ford")),
        ("ceasefire", ("guard", "north")),
        ("intervened", ("far-in",)),
        ("satisfied", ("vote",)),
    ):
        assert see(paths, name, *args).dtype == bool, name
    assert see(paths, "main_effort", "north").dtype == np.int64
    assert not see(paths, "ceasefire", "north", "far").any()


def test_what_was_not_recorded_is_said(paths: RecordedPaths) -> None:
    with pytest.raises(StudyError, match=r"belief\(south, mill\) was not recorded"):
        see(paths, "belief", "south", "mill")


def test_a_stored_study_shows_the_same(
    program: Program, paths: RecordedPaths, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    study = open_study(run_study(program, 60, 1, root=tmp_path))
    for limit in (2**30, 0):
        monkeypatch.setattr("contingent.simulate.study.LOADED_AT_ONCE", limit)
        stored = study.paths()
        for name, args in (
            ("fighters", ("north",)),
            ("holds", (("north",), "mill")),
            ("held_people", (("north",),)),
            ("event", ("election",)),
        ):
            assert np.array_equal(see(stored, name, *args), see(paths, name, *args)), name
    assert study.paths(7).futures == 7
    assert see(study.paths(7), "fighters", "north").shape == (7, 121)


def test_an_event_happens_as_often_as_judged(program: Program) -> None:
    days = event_days(program.events, program.names, 3, range(4000))["election"]
    assert (days >= 0).mean() == pytest.approx(0.4, abs=0.03)
    first = program.names.day(date(2020, 1, 20))
    assert first < days[days >= 0].min() <= days.max() <= 120


def test_parents_and_settled_events(program: Program) -> None:
    names: Names = program.names
    events = (
        OutsideEvent("child", 0.9, None, -1, ("parent",)),
        OutsideEvent("parent", 0.5, None, -1, ()),
        OutsideEvent("past", None, True, 4, ()),
        OutsideEvent("not", None, False, 4, ()),
        OutsideEvent("open", None, None, -1, ()),
        OutsideEvent("orphan", 0.5, None, -1, ("open",)),
        OutsideEvent("ring", 0.5, None, -1, ("ring",)),
    )
    days = event_days(events, names, 1, range(500))
    assert set(days) == {"child", "parent", "past", "not"}
    born = days["child"] >= 0
    assert (days["parent"][born] >= 0).all()
    assert (days["child"][born] >= days["parent"][born]).all()
    assert (days["past"] == 4).all()
    assert (days["not"] == -1).all()


def test_known_reports_leave_the_futures_that_agree(
    scenario: Scenario, paths: RecordedPaths, chunk: Chunk
) -> None:
    known = given_known(scenario, paths)
    day = paths.names.day(date(2020, 1, 15))
    assert known.reports == ("R1",)
    assert np.array_equal(known.mask, chunk.holders[:, day, 1] == 0)
    assert known.met == (known.left,)
    assert 0 < known.left < 60


def test_reports_after_the_fence_or_in_doubt_are_left_out(
    scenario: Scenario, paths: RecordedPaths
) -> None:
    (report,) = scenario.theatre.reports
    fence = scenario.theatre.now
    odd = (
        report.model_copy(update={"id": "late", "published": date(2020, 2, 1)}),
        report.model_copy(update={"id": "soon", "on": date(2020, 2, 1), "published": fence}),
        report.model_copy(update={"id": "quiet", "silence": True}),
        report.model_copy(update={"id": "count", "observe": "fighters(north, mill) > 5"}),
        report.model_copy(update={"id": "denial", "denies": "R1"}),
        report.model_copy(update={"id": "odd", "observe": "holds(nobody, mill)"}),
        report.model_copy(update={"id": "old", "observe": "holds(north, ford)"}),
        report.model_copy(
            update={"id": "new", "observe": "not holds(north, ford)", "supersedes": "old"}
        ),
    )
    theatre = scenario.theatre.model_copy(update={"reports": odd})
    assert given_known(Scenario(theatre), paths).reports == ("new",)


def test_a_window_asks_for_one_of_its_days(scenario: Scenario, paths: RecordedPaths) -> None:
    (report,) = scenario.theatre.reports
    wide = report.model_copy(update={"window": 200})
    theatre = scenario.theatre.model_copy(update={"reports": (wide,)})
    assert given_known(Scenario(theatre), paths).left == 60
