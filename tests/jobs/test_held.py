"""A held slider says what the slow way says, sooner and in parts."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from contextlib import suppress
from datetime import timedelta
from threading import Event
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contingent.analysis.what_if import WhatIf, what_if
from contingent.claims.companions import Playing
from contingent.compile import Program, compile_scenario
from contingent.compile.unknowns import draw_unknowns
from contingent.errors import SettingError
from contingent.jobs import baseline as baseline_module
from contingent.jobs import branch as branch_module
from contingent.jobs import draws as draws_module
from contingent.jobs import held as held_module
from contingent.jobs.baseline import Baseline
from contingent.jobs.branch import Branch, shortened
from contingent.jobs.held import Answer, Held
from contingent.jobs.scenarios import Scenarios
from contingent.jobs.stopping import Stopped
from contingent.jobs.studies import Studies, scenario_of
from contingent.language.formulas import Initial, Signal, walk
from contingent.scenario.changes import names
from contingent.scenario.loading import load
from contingent.simulate.engines import Stretch
from contingent.simulate.ensemble import key_of, play_chunk

LEVER = WhatIf("do", {"patron.air.sorties_per_day": "* 3"})


@pytest.fixture
def base(studies: Studies, scenarios: Scenarios, study: str) -> Baseline:
    found = studies.study(study)
    return Baseline(scenario_of(found, scenarios).spec, found)


@pytest.fixture
def held() -> Iterator[Held]:
    one = Held(2)
    yield one
    one.close()


def slow(asked: WhatIf, futures: int) -> list[object]:
    return list(what_if(load("two-towns"), [asked], Playing(futures, 1))["do"])


def last(answers: Iterator[Answer]) -> Answer:
    return list(answers)[-1]


@pytest.mark.parametrize("futures", [60, 120, 150])
def test_the_last_answer_is_that_of_the_slow_way(base: Baseline, held: Held, futures: int) -> None:
    """Also where the study holds fewer futures than are asked for."""
    answer = last(held.ask(base, LEVER, futures))
    assert list(answer.differences) == slow(LEVER, futures)
    assert (answer.futures, answer.wanted, answer.later, answer.final) == (
        futures,
        futures,
        (),
        True,
    )
    assert any(one.difference for one in answer.differences)


def test_a_study_of_another_model_is_played_and_not_read(
    base: Baseline, held: Held, studies: Studies, study: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(baseline_module, "this_model", lambda _: False)
    monkeypatch.setattr(baseline_module, "chunk_paths", None)
    fresh = Baseline(base.scenario, studies.study(study))
    assert list(last(held.ask(fresh, LEVER, 60)).differences) == slow(LEVER, 60)


def test_a_study_that_recorded_too_little_is_played(
    base: Baseline, held: Held, studies: Studies, study: str
) -> None:
    found = studies.study(study)
    found.series = ()
    fresh = Baseline(base.scenario, found)
    assert list(last(held.ask(fresh, LEVER, 40)).differences) == slow(LEVER, 40)


def test_the_selected_claim_comes_first_and_is_the_same_then(
    base: Baseline, held: Held, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(baseline_module, "SPARES", 1.0)
    answers = list(held.ask(base, LEVER, 60, claim="strike"))
    first = next(one for one in answers if one.futures == 60)
    assert first.later and not first.final
    whole = {one.claim: one for one in answers[-1].differences}
    assert not answers[-1].later
    for one in first.differences:
        assert one == whole[one.claim]
    assert "strike" in {one.claim for one in first.differences}
    assert set(first.later) == set(whole) - {one.claim for one in first.differences}


def test_futures_are_played_on_from_where_they_stand(
    base: Baseline, held: Held, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(baseline_module, "SPARES", 1.0)
    played: list[int] = []
    play = branch_module.play

    def counted(*args: Any, stretch: Stretch, **kept: Any) -> Any:
        played.append(len(args[1]) * (stretch.until - stretch.first))
        return play(*args, stretch=stretch, **kept)

    monkeypatch.setattr(branch_module, "play", counted)
    answers = list(held.ask(base, LEVER, 60, claim="strike"))
    assert answers[0].later and sum(played) == 60 * max(base.days.values())
    assert list(answers[-1].differences) == slow(LEVER, 60)
    assert not base.branch(LEVER)._begun


def test_stages_go_from_the_selected_claim_to_the_last_by_worthwhile_steps(
    base: Baseline, monkeypatch: pytest.MonkeyPatch
) -> None:
    days = {"a/x": 19, "b/x": 20, "c/x": 56, "d/x": 110, "e/x": 128, "f/x": 207, "g/x": 403}
    one = base.questions[0]
    monkeypatch.setattr(base, "days", days)
    monkeypatch.setattr(base, "questions", tuple(dataclasses.replace(one, key=key) for key in days))
    assert {claim: [stage.days for stage in base.stages(claim)] for claim in "aceg"} == {
        "a": [19, 56, 110, 207, 403],
        "c": [56, 110, 207, 403],
        "e": [128, 403],
        "g": [403],
    }
    assert [len(stage.questions) for stage in base.stages("c")] == [3, 4, 6, 7]
    assert [stage.later for stage in base.stages("e")] == [("f", "g"), ()]
    assert [stage.days for stage in base.stages("e", only=True)] == [128]
    assert [stage.days for stage in base.stages(None)] == [403]


def test_too_many_futures_are_not_kept_standing(
    base: Baseline, held: Held, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(baseline_module, "SPARES", 1.0)
    monkeypatch.setattr(held_module, "MOST_STANDING", 59 * base.branch(LEVER).bytes_each(100))
    assert not next(held.ask(base, LEVER, 60, claim="strike")).later


def test_claims_that_look_nearly_as_far_are_answered_together(
    base: Baseline, held: Held, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(baseline_module, "SPARES", 0.1)
    assert not next(held.ask(base, LEVER, 60, claim="strike")).later


def test_a_claim_is_asked_no_earlier_than_it_was_written(base: Baseline, held: Held) -> None:
    assert {one.key: base.days[one.key] > one.since_day for one in base.questions} == {
        one.key: True for one in base.questions
    }
    signal = next(one for one in walk(base.questions[0].formula) if isinstance(one, Signal))
    early = dataclasses.replace(
        base.questions[0], formula=Initial(signal), given=None, since_day=20
    )
    assert base._days(early) == 21


def test_a_position_that_was_asked_before_is_not_played_again(
    base: Baseline, held: Held, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = WhatIf("do", LEVER.do, "", base.program.names.start + timedelta(days=9))
    first = last(held.ask(base, asked, 60))
    finer = last(held.ask(base, asked, 110))
    assert list(finer.differences) == slow(asked, 110)
    monkeypatch.setattr(Branch, "play", None)
    again = list(held.ask(base, asked, 60, claim="strike"))
    assert [one.final for one in again] == [True]
    assert again[0].differences == first.differences
    with pytest.raises(TypeError):
        last(held.ask(base, LEVER, 60))


def test_what_was_played_before_the_hand_moved_is_not_lost(base: Baseline, held: Held) -> None:
    stop = Event()
    answers = held.ask(base, LEVER, 400, stop=stop)
    next(answers)
    stop.set()
    with pytest.raises(Stopped):
        list(answers)
    assert 50 <= base.branch(LEVER).said.futures(base.days) < 400
    assert list(last(held.ask(base, LEVER, 120)).differences) == slow(LEVER, 120)


def test_what_is_at_hand_before_a_question_changes_no_answer(base: Baseline, held: Held) -> None:
    base.ready(120)
    assert base.columns(base.questions[0].key, 120).outcome.shape == (120,)
    assert list(last(held.ask(base, LEVER, 60)).differences) == slow(LEVER, 60)


def test_only_the_last_positions_are_remembered(
    base: Baseline, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(baseline_module, "MOST_BRANCHES", 2)
    one, two, three = (WhatIf("do", {"patron.air.sorties_per_day": n}) for n in (1.0, 2.0, 3.0))
    kept = base.branch(one)
    other = base.branch(two)
    assert base.branch(one) is kept
    base.branch(three)
    assert base.branch(one) is kept
    assert base.branch(two) is not other


def test_later_claims_may_be_left_to_another_question(base: Baseline, held: Held) -> None:
    answer = last(held.ask(base, LEVER, 40, claim="strike", only_claim=True))
    assert answer.final and answer.later


def test_a_claim_before_the_turn_differs_by_nothing(base: Baseline, held: Held) -> None:
    start, days = base.program.names.start, min(base.days.values())
    turned = WhatIf("do", LEVER.do, "", start + timedelta(days=days + 1))
    claim = next(key for key, n in base.days.items() if n == days).partition("/")[0]
    answer = last(held.ask(base, turned, 60, claim=claim, only_claim=True))
    assert {one.difference for one in answer.differences if one.difference is not None} == {0.0}
    assert list(last(held.ask(base, turned, 60)).differences) == slow(turned, 60)


def test_what_cannot_be_asked_is_refused(base: Baseline, held: Held) -> None:
    with pytest.raises(SettingError, match="did you mean"):
        list(held.ask(base, WhatIf("do", {"patron.air.sorties_per_dy": 1.0}), 10))
    with pytest.raises(SettingError, match="a claim that a future answers: westmill-falls"):
        list(held.ask(base, LEVER, 10, claim="nobody"))
    with pytest.raises(SettingError, match="at least 1"):
        list(held.ask(base, LEVER, 0))
    with pytest.raises(SettingError, match="without an argument"):
        Baseline(dataclasses.replace(base.scenario, argument=None), base.study)


def test_nobody_waits_any_longer(base: Baseline, held: Held) -> None:
    stop = Event()
    stop.set()
    with pytest.raises(Stopped):
        list(held.ask(base, LEVER, 500, stop=stop))
    assert last(held.ask(base, LEVER, 10)).final, "the threads are there for the next question"


@settings(max_examples=6, deadline=None)
@given(days=st.integers(2, 60), first=st.integers(0, 500))
def test_a_shorter_program_plays_the_same_days(days: int, first: int) -> None:
    program = compile_scenario(load("two-towns"))
    span = range(first, first + 2)
    whole = play_chunk(program, key_of(1), span)
    part = play_chunk(shortened(program, days), key_of(1), span)
    assert np.array_equal(whole.holders[:, :days], part.holders)
    assert np.array_equal(whole.flags[:, :days], part.flags)
    assert np.array_equal(whole.series[:, :, :days], part.series)


@pytest.mark.parametrize("span", [range(3), range(95, 130), range(250, 251)])
@pytest.mark.parametrize("kept", [2_000, 100])
def test_kept_draws_give_the_unknowns_that_are_drawn(
    base: Baseline, span: range, kept: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(draws_module, "KEPT", kept)
    branch = base.moved(LEVER.do)
    for _ in range(2):
        assert np.array_equal(base.draws.of(branch)(span), draw_unknowns(branch, key_of(1), span))
    assert not np.array_equal(base.draws.of(branch)(span), base.draws.of(base.program)(span))


def test_an_unknown_more_is_drawn_as_well(base: Baseline) -> None:
    before = {unknown.name for unknown in base.program.unknowns}
    branch = base.moved({"republic.delay": "1 to 30"})
    if len(branch.unknowns) == len(before):
        branch = next(
            found
            for name, one in names(base.scenario.theatre).items()
            if one.certain and (found := _more(base, name, len(before))) is not None
        )
    span = range(5)
    assert np.array_equal(base.draws.of(branch)(span), draw_unknowns(branch, key_of(1), span))


def _more(base: Baseline, name: str, known: int) -> Program | None:
    with suppress(SettingError):
        branch = base.moved({name: "0.2 to 0.3"})
        if len(branch.unknowns) > known:
            return branch
    return None
