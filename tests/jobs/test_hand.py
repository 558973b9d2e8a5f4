"""One question of each asker counts, and one is played at a time."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from threading import Event, Thread

import pytest

from contingent.analysis.what_if import WhatIf
from contingent.errors import SettingError
from contingent.jobs.budget import Budget
from contingent.jobs.hand import Asked, Hand
from contingent.jobs.missing import Missing
from contingent.jobs.scenarios import Scenarios
from contingent.jobs.stopping import Stopped
from contingent.jobs.studies import Changed, Studies
from contingent.jobs.study_scenarios import StudyScenarios

LEVER = WhatIf("do", {"patron.air.sorties_per_day": "* 3"})


@pytest.fixture
def hand(studies: Studies, scenarios: Scenarios) -> Iterator[Hand]:
    one = Hand(studies, StudyScenarios(studies, scenarios), 2)
    yield one
    one.close()


def test_a_newer_question_takes_the_place_of_the_older(hand: Hand, study: str) -> None:
    older = hand.ask(Asked(study, LEVER, 100_000, client="tab"), Event())
    next(older)
    newer = hand.ask(Asked(study, LEVER, 20, client="tab"), Event())
    said: list[bool] = []
    thread = Thread(target=lambda: said.extend(one.final for one in newer))
    thread.start()
    with pytest.raises(Stopped, match="newer question"):
        for _ in older:
            pass
    thread.join(60)
    assert said[-1] is True


def test_askers_do_not_disturb_each_other(hand: Hand, study: str) -> None:
    one = hand.ask(Asked(study, LEVER, 40, client="one"), Event())
    first = next(one)
    other = hand.ask(Asked(study, LEVER, 40, client="other"), Event())
    found: list[bool] = []
    thread = Thread(target=lambda: found.extend(answer.final for answer in other))
    thread.start()
    assert [first, *one][-1].final
    thread.join(60)
    assert found[-1] is True


def test_who_gives_up_while_waiting_is_not_played(hand: Hand, study: str) -> None:
    playing = hand.ask(Asked(study, LEVER, 100_000), Event())
    next(playing)
    stop = Event()
    stop.set()
    with pytest.raises(Stopped):
        next(hand.ask(Asked(study, LEVER, 20), stop))
    playing.close()
    gone = Event()
    gone.set()
    with pytest.raises(Stopped):
        next(hand.ask(Asked(study, LEVER, 20), gone))


def test_a_newer_question_counts_before_its_answer_is_fetched(hand: Hand, study: str) -> None:
    stop = Event()
    older = hand.ask(Asked(study, LEVER, 20, client="tab"), stop)
    newer = hand.ask(Asked(study, LEVER, 20, client="tab"), Event())
    assert stop.is_set()
    with pytest.raises(Stopped, match="newer question"):
        next(older)
    assert list(newer)[-1].final


def test_a_question_must_fit_the_budget(studies: Studies, scenarios: Scenarios, study: str) -> None:
    played = StudyScenarios(studies, scenarios)
    hand = Hand(studies, played, 1, Budget(futures=19))
    with pytest.raises(SettingError, match="futures: found 20, expected at most 19"):
        next(hand.ask(Asked(study, LEVER, 20), Event()))
    assert list(hand.ask(Asked(study, LEVER, 19), Event()))[-1].final
    hand.close()


def test_closing_stops_every_question(studies: Studies, scenarios: Scenarios, study: str) -> None:
    hand = Hand(studies, StudyScenarios(studies, scenarios), 1)
    asked = hand.ask(Asked(study, LEVER, 100_000, client="tab"), Event())
    next(asked)
    hand.close()
    with pytest.raises((Stopped, RuntimeError)):
        list(asked)


def test_a_baseline_is_made_once_and_again_when_the_study_grows(hand: Hand, study: str) -> None:
    first = hand.baseline(study)
    assert hand.baseline(study) is first
    manifest = first.study.folder / "manifest.json"
    manifest.touch()
    assert hand.baseline(study) is not first


def test_a_study_is_read_before_anybody_asks(hand: Hand, study: str) -> None:
    base = hand.baseline(study)
    whole = base.columns(base.questions[0].key, 500).outcome
    assert len(whole) == base.study.futures


def test_only_studies_and_scenarios_at_hand_are_asked(
    hand: Hand, study: str, studies: Studies, root: Path
) -> None:
    with pytest.raises(Missing, match=r"there is no study '\.\./studies'"):
        next(hand.ask(Asked("../studies", LEVER, 10), Event()))
    folder = studies.folder / study
    manifest = json.loads((folder / "manifest.json").read_text())
    manifest["scenario"] = "0" * 64
    (folder / "manifest.json").write_text(json.dumps(manifest))
    with pytest.raises(Changed, match="run the scenario again"):
        next(hand.ask(Asked(study, LEVER, 10), Event()))
