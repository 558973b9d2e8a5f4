"""The verdict table: what is said beside each number."""

from __future__ import annotations

import io

import pytest
from rich.console import Console

from contingent.claims.untouched import DECISIONS
from contingent.report.tables import footer, print_verdicts, row, settled_word

CLAIM = {
    "id": "fall", "says": "The ford falls.", "kind": "forecast", "status": "evaluated",
    "probability": 0.474, "low": 0.44, "high": 0.507, "variants_low": 0.3, "variants_high": 0.6,
    "futures_used": 1000, "settled": None, "settled_by": None, "hedge_low": 0.55,
    "hedge_high": 0.8, "distance": "direct", "readings": {}, "plain": None, "given": None,
    "do": None, "void": False, "reason": "", "disagreement": None, "hand": None, "companion": None,
    "decision_half_unvalidated": True, "decision_half": ["onset", "sight and response"],
    "outside_view": None,
}  # fmt: skip
RECORD = {
    "claims": [CLAIM], "given_known": None, "bases": {"assumption": 3, "tuned": 1},
    "counts": {"evaluated": 1, "too_few": 0, "unmodelled": 0, "not_truth_apt": 0},
}  # fmt: skip


VIEW = {
    "place": "ford", "attackers": ["north"], "attacker_class": "any", "asked_days": 36,
    "attack": "given", "denied": False,
    "rates": [
        {"source": "documented operations", "horizon": 30, "n": 33, "k": 12, "mean": 0.368,
         "low": 0.238, "high": 0.506, "last": "2016-11-23"},
        {"source": "surges", "horizon": 30, "n": 30, "k": 3, "mean": 0.113, "low": 0.037,
         "high": 0.217, "last": "2016-11-23"},
    ],
}  # fmt: skip


def test_the_outside_view_is_said_beside_the_number() -> None:
    said = (
        "outside view, ford falls within 30 days (attackers of all kinds): "
        "12 of 33 documented operations, 24–51 %; 3 of 30 surges, 4–22 %"
    )
    assert said in row({**CLAIM, "outside_view": VIEW}).notes
    first, second = VIEW["rates"]
    other = {
        **VIEW, "attack": "not given", "attacker_class": "insurgent",
        "rates": [first, {**second, "horizon": 7, "source": "surges in a table"}],
    }  # fmt: skip
    assert (
        "outside view, ford falls once attacked (attackers of the kind insurgent): 12 of 33 "
        "documented operations within 30 days, 24–51 %; 3 of 30 surges within 7 days, 4–22 %"
    ) in row({**CLAIM, "outside_view": other}).notes
    assert not any("outside" in note for note in row(CLAIM).notes)
    with_view = {**RECORD, "claims": [{**CLAIM, "outside_view": VIEW}]}
    assert any("not to be added up" in line for line in footer(with_view))
    assert not any("not to be added up" in line for line in footer(RECORD))


def test_what_rests_on_no_data_is_named_at_the_claim_in_a_line() -> None:
    everything = [one.name for one in DECISIONS]
    but_one = [name for name in everything if name != "intervention"]
    for names, said in (
        (["onset", "sight and response"], "onset, sight and response"),
        (but_one, "all but intervention"),
        (everything, "all of it"),
    ):
        notes = row({**CLAIM, "decision_half": names}).notes
        assert f"decision half unvalidated: {said}" in notes
    assert all(name in " ".join(footer(RECORD)) for name in everything)
    sound = {**CLAIM, "decision_half_unvalidated": False, "decision_half": []}
    assert not any("unvalidated" in note for note in row(sound).notes)
    assert not any("unvalidated" in line for line in footer({**RECORD, "claims": [sound]}))


def test_cells() -> None:
    assert row(CLAIM).cells == ("forecast", "47", "44–51", "30–60", "55–80", "–")


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"status": "unmodelled", "reason": "no mood"}, "not modelled: no mood"),
        ({"distance": "proxy"}, "proxy: the predicate stands in for the sentence"),
        ({"readings": {"a": 0.1, "b": None}}, "readings: a 10, b –"),
        (
            {"given": {"text": "g", "probability": 0.5, "futures_used": 80, "futures": 1000}},
            "given g: 50 % of 80",
        ),
        (
            {"status": "too_few",
             "given": {"text": "g", "probability": None, "futures_used": 8, "futures": 1000}},
            "too few: its condition comes about in 8 of 1,000 futures",
        ),
        (
            {"do": {"text": "x * 2", "probability": 0.25, "futures_used": 400, "futures": 400}},
            "do x * 2: 25 % of 400",
        ),
        (
            {"disagreement": "for good", "hand": {"verdict": "false"}},
            "the coder says false: for good",
        ),
    ],
)  # fmt: skip
def test_notes(changed, said: str) -> None:
    assert said in row({**CLAIM, **changed}).notes


@pytest.mark.parametrize(
    ("settled", "by", "hand", "void", "word"),
    [
        (True, "history", None, False, "true"),
        (False, "hand", {"verdict": "false"}, False, "false (h)"),
        ("open", "hand", {"verdict": "mixed"}, False, "mixed (h)"),
        ("open", None, None, False, "open"),
        (None, None, None, True, "void"),
        (None, None, None, False, "–"),
    ],
)
def test_how_it_was_settled(settled, by, hand, void, word: str) -> None:
    claim = {**CLAIM, "settled": settled, "settled_by": by, "hand": hand, "void": void}
    assert settled_word(claim) == word


def test_what_must_be_said_is_said() -> None:
    said = " ".join(footer(RECORD))
    assert "unconditioned" in said
    assert "Decision half unvalidated" in said
    assert "3 assumption, 1 tuned" in said
    known = {"reports": {"R1": "holds(a, b)"}, "left": 7, "futures": 90}
    assert "Of 90 futures, 7 agree with R1" in " ".join(footer({**RECORD, "given_known": known}))


def test_a_hundred_columns_and_markup_as_it_stands() -> None:
    claim = {**CLAIM, "says": "[bold]Not markup[/bold] " + "very " * 40}
    target = Console(file=io.StringIO(), width=100)
    print_verdicts({**RECORD, "claims": [claim]}, target)
    text = target.file.getvalue()
    assert max(map(len, text.splitlines())) <= 100
    assert "[bold]Not markup[/bold]" in text
