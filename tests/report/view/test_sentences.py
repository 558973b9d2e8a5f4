"""Verdicts in sentences that a person would say."""

from __future__ import annotations

import pytest

from contingent.report.view.sentences import history, is_surprising, of_hundred, sentence

CLAIM = {
    "status": "evaluated", "probability": 0.29, "low": 0.24, "high": 0.35, "given": None,
    "do": None, "variants_low": None, "variants_high": None, "futures_used": 300,
    "hedge": None, "hedge_low": None, "hedge_high": None, "settled": "open", "settled_by": None,
    "reason": "",
}  # fmt: skip


def test_share_and_range() -> None:
    said = sentence(CLAIM, 300)
    assert said == (
        "It comes true in 29 of 100 of the futures played. By the number of futures alone it could "
        "be 24 to 35 of 100."
    )


AFTER = {"probability": 0.11, "low": 0.08, "high": 0.15}


def test_after_the_reports_it_says_both_shares() -> None:
    claim = CLAIM | {"probability": 0.75, "low": 0.7, "high": 0.8, "variants_low": 0.6,
                     "variants_high": 0.9, "hedge": "likely", "hedge_low": 0.6,
                     "hedge_high": 0.9}  # fmt: skip
    said = sentence(claim, 300, AFTER)
    assert said.startswith(
        "Before the reports it comes true in 75 of 100 of the futures, after them in 11 of 100 "
        "(8 to 15 of 100). Before them, by the number of futures alone it could be 70 to 80 of "
        "100; other rules of the model give 60 to 90 of 100."
    )
    assert said.endswith("stand for 60 to 90 of 100; the model gives it less.")
    assert is_surprising(claim, AFTER) and not is_surprising(claim)
    given = sentence(claim | {"given": {}, "futures_used": 88}, 300, AFTER)
    assert "Of those it comes true in 75 of 100 before the reports and in 11 of 100 after" in given
    unsure = sentence(claim, 300, {"probability": 0.11, "low": None, "high": None})
    assert "after them in 11 of 100. Before them," in unsure
    assert sentence(claim | {"do": {}}, 300, AFTER).startswith("Before the reports with what it")


def test_none_and_all_of_the_futures() -> None:
    none = sentence(CLAIM | {"probability": 0.0, "low": 0.0, "high": 0.004}, 300)
    assert none == "It comes true in none of the futures played."
    every = CLAIM | {"probability": 1.0, "low": 0.96, "high": 1.0, "given": {}, "futures_used": 88}
    assert "comes about in 88 of 300 futures; in all of those it comes true." in sentence(
        every, 300
    )


def test_author_variants_and_history() -> None:
    claim = CLAIM | {
        "hedge": "probably", "hedge_low": 0.6, "hedge_high": 0.9, "settled": True,
        "settled_by": "hand", "variants_low": 0.1, "variants_high": 0.4,
    }  # fmt: skip
    said = sentence(claim, 300)
    assert "other rules of the model give 10 to 40 of 100" in said
    assert "(probably) stand for 60 to 90 of 100; the model gives it less." in said
    assert said.endswith("the model gives it less.")  # what history settled stands apart
    assert history(claim) == "It came true (settled by hand)."
    assert history(claim | {"settled": "open"}) == ""


@pytest.mark.parametrize(
    ("status", "words"),
    [("unmodelled", "says nothing about this. No air."), ("not_truth_apt", "what ought to be"),
     ("too_few", "in 300 of 900 futures, too few")],
)  # fmt: skip
def test_without_a_number(status, words) -> None:
    assert words in sentence(CLAIM | {"status": status, "reason": "no air"}, 900)


@pytest.mark.parametrize(
    ("changed", "surprising"),
    [({}, True), ({"high": 0.55}, False), ({"hedge_low": 0.3, "hedge_high": 0.5}, False),
     ({"hedge_low": 0.6, "hedge_high": 0.9}, True), ({"hedge_low": 0.0, "hedge_high": 0.1}, True),
     ({"status": "too_few"}, False)],
)  # fmt: skip
def test_model_against_author(changed, surprising) -> None:
    assert is_surprising(CLAIM | changed) is surprising


def test_rare_shares_are_not_rounded_to_none() -> None:
    assert of_hundred(0.001) == "fewer than 1 of 100"
