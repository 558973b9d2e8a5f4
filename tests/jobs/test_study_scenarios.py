"""What was played into a study is read and compiled once, and does not hang on its files then."""

from __future__ import annotations

import os

import numpy as np
import pytest

from contingent.jobs.made import Made
from contingent.jobs.scenarios import Scenarios
from contingent.jobs.studies import Studies
from contingent.jobs.study_scenarios import StudyScenarios
from contingent.report.view.playback import playback_of


@pytest.fixture
def played_into(studies: Studies, scenarios: Scenarios) -> StudyScenarios:
    return StudyScenarios(studies, scenarios)


def test_it_is_made_once_and_plays_the_study_again(
    played_into: StudyScenarios, studies: Studies, study: str
) -> None:
    found = studies.study(study)
    program, called = played_into.again(found)
    assert played_into.again(studies.study(study)).program is program
    assert played_into.scenario(found) is played_into.scenario(found)
    assert called.bloc("valley") == "The Republic and its patron"
    one = playback_of(program, 5, found.manifest.seed, called)
    assert np.array_equal(one.frames["holders"], next(found.chunks()).holders[5])


def test_a_study_played_on_is_read_anew(
    played_into: StudyScenarios, studies: Studies, study: str
) -> None:
    found = studies.study(study)
    before = played_into.again(found).program
    written = found.folder / "manifest.json"
    os.utime(written, ns=(1, written.stat().st_mtime_ns + 1_000))
    assert played_into.again(found).program is not before


def test_the_last_used_are_remembered_and_a_failure_is_not() -> None:
    made: Made[int] = Made(2)
    asked: list[int] = []

    def make(number: int) -> int:
        asked.append(number)
        if number < 0:
            raise ValueError(number)
        return number

    for number in (1, 2, 1, 3, 1, 2):
        assert made.get(number, lambda number=number: make(number)) == number
    assert asked == [1, 2, 3, 2]
    for _ in range(2):
        with pytest.raises(ValueError, match="-1"):
            made.get(-1, lambda: make(-1))
    assert asked[-2:] == [-1, -1]
