"""Hedge words and the lexicons behind them."""

import pytest

from contingent.claims.hedges import LEXICONS, STATED, every, hedge, lookup
from contingent.errors import SettingError


def test_every_row_is_a_range_with_a_source() -> None:
    rows = every()
    assert {row.lexicon for row in rows} == set(LEXICONS)
    for row in rows:
        assert 0 <= row.low <= row.middle <= row.high <= 1
        assert row.source
        assert row.match in ("as printed", "other form", "nearest")
        assert row.match != "as printed" or row.entry
    assert len({(row.phrase, row.lexicon) for row in rows}) == len(rows)


@pytest.mark.parametrize(
    ("phrase", "low", "high"),
    [
        ("almost no chance", 0.01, 0.05),
        ("very unlikely", 0.05, 0.20),
        ("unlikely", 0.20, 0.45),
        ("roughly even odds", 0.45, 0.55),
        ("probably", 0.55, 0.80),
        ("highly probable", 0.80, 0.95),
        ("nearly certain", 0.95, 0.99),
    ],
)
def test_icd_203(phrase: str, low: float, high: float) -> None:
    found = lookup(phrase, ["icd-203"])
    assert found is not None and (found.low, found.high) == (low, high)


@pytest.mark.parametrize(
    ("phrase", "middle", "give"),
    [
        ("almost certain", 0.93, 0.06),
        ("probable", 0.75, 0.12),
        ("chances about even", 0.5, 0.1),
        ("probably not", 0.3, 0.1),
        ("almost certainly not", 0.07, 0.05),
        ("impossible", 0, 0),
    ],
)
def test_kent(phrase: str, middle: float, give: float) -> None:
    found = lookup(phrase, ["kent-1964"])
    assert found is not None
    assert (found.low, found.middle, found.high) == pytest.approx(
        (middle - give, middle, middle + give)
    )


def test_readers_take_a_real_possibility_for_almost_anything() -> None:
    found = lookup("a real possibility", ["mauboussin-2018"])
    assert found is not None and found.high - found.low > 0.6
    assert (
        sum(row.lexicon == "mauboussin-2018" and row.phrase == row.entry for row in every()) == 23
    )


def test_the_longest_phrase_counts() -> None:
    assert lookup("It is VERY  likely to fall").phrase == "very likely"  # type: ignore[union-attr]
    assert lookup("they will almost certainly not come").entry == "almost certainly not"  # type: ignore[union-attr]


def test_words_are_whole() -> None:
    assert lookup("the likelihood of a mayor") is None
    assert lookup("nearly-certain") is None


def test_of_two_lexicons_the_first_asked_counts() -> None:
    assert lookup("likely").lexicon == "icd-203"  # type: ignore[union-attr]
    assert lookup("likely", ["mauboussin-2018", "icd-203"]).lexicon == "mauboussin-2018"  # type: ignore[union-attr]
    with pytest.raises(SettingError, match="icd-203, kent-1964"):
        lookup("likely", ["oed"])


@pytest.mark.parametrize("text", ["it is not likely", "it isn't likely", "hardly a likely event"])
def test_a_denied_phrase_is_turned_round(text: str) -> None:
    found = lookup(text)
    assert found is not None and found.negated
    assert (found.low, found.middle, found.high) == (0.2, 0.325, 0.45)


def test_the_file_wins_over_the_lexicons() -> None:
    found = hedge("likely", 0.6)
    assert found is not None and (found.low, found.high, found.lexicon) == (0.6, 0.6, STATED)
    assert hedge("decisively", (0.7, 0.9)).middle == pytest.approx(0.8)  # type: ignore[union-attr]
    assert hedge("decisively") is None
    assert hedge("likely").lexicon == "icd-203"  # type: ignore[union-attr]


@pytest.mark.parametrize("stated", [1.2, (0.8, 0.2), (-0.1, 0.5)])
def test_a_stated_probability_lies_within_0_and_1(stated: float | tuple[float, float]) -> None:
    with pytest.raises(SettingError, match="hedge_probability"):
        hedge("likely", stated)
