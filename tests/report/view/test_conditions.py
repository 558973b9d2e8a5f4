"""Conditions of claims in words."""

from __future__ import annotations

import pytest

from contingent.compile import compile_scenario
from contingent.compile.called import Called, called_in
from contingent.language import Vocabulary
from contingent.report.view.conditions import clue_in_words, in_words, state_in_words
from contingent.scenario.loading import load


@pytest.fixture(scope="module")
def words() -> Vocabulary:
    return compile_scenario(load("two-towns")).names.vocabulary()


@pytest.fixture(scope="module")
def called() -> Called:
    return called_in(load("two-towns").theatre)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("eventually(holds(league, eastford), by=2031-06-01)",
         "Eastford is held by League, at some time up to 1 Jun 2031"),
        ("eventually(attacks(league, eastford), since=2031-03-02, by=2031-06-01)",
         "Eastford is attacked by League, at some time from 2 Mar 2031 to 1 Jun 2031"),
        ("never(commitment(patron, air) > 1.2 * initial(commitment(patron, air)),"
         " until=2031-06-01)",
         "at no time up to 1 Jun 2031: commitment of Patron (air) is over 1.2 × that of day 0 "
         "(commitment of Patron (air))"),
        ("not eventually(contested(eastford) and not holds(league, eastford))",
         "not so: Eastford is fought over and not so: Eastford is held by League, at some time"),
        ("always(fighters(league) >= 10 or contested(eastford), for=10 days)",
         "fighters of League is at least 10 or Eastford is fought over, throughout within 9 days"),
    ],
)  # fmt: skip
def test_what_there_are_words_for(text: str, said: str, words: Vocabulary, called: Called) -> None:
    assert in_words(text, words, called) == said


@pytest.mark.parametrize(
    "text",
    ["eventually(readiness(league) > 1)", "eventually(fighters(league) - 1 > 2)", "nonsense(",
     "eventually(fighters(league) / 2 > fighters(patron))", "share(contested(eastford)) > 0.5"],
)  # fmt: skip
def test_what_there_are_none_for(text: str, words: Vocabulary, called: Called) -> None:
    assert in_words(text, words, called) is None


def test_a_state_without_words(called: Called) -> None:
    assert state_in_words("holds(league)", called) is None
    assert state_in_words("posture(league)", called) is None


def test_what_is_to_be_looked_for_has_names(called: Called) -> None:
    assert clue_in_words("valley holds eastford", called) == (
        "Eastford is held by The Republic and its patron"
    )
    assert clue_in_words("league attacks dry-ridge", called) == "Dry Ridge is attacked by League"
    assert clue_in_words("many league fighters at dry-ridge (over 2612)", called) == (
        "more than 2,612 fighters of League at Dry Ridge"
    )
    assert clue_in_words("a column at the bridge", called) == "a column at the bridge"
