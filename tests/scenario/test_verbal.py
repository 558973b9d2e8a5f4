from __future__ import annotations

from pathlib import Path

import pytest

from contingent.scenario.verbal import WORDS, read_number


def test_words_are_ranges() -> None:
    assert all(low < high for low, high in WORDS.values())
    assert read_number(" Several  Thousand ") == (2_000.0, 9_000.0)
    assert read_number("at least several hundred") == (200.0, None)
    assert read_number("fewer than 30") == (None, 30.0)
    assert read_number("150-700") == (150.0, 700.0)


def test_what_is_no_number_says_what_would_be() -> None:
    with pytest.raises(ValueError, match="several hundred"):
        read_number("a horde")


def test_the_manual_has_every_word_with_its_reading() -> None:
    manual = (Path(__file__).parents[2] / "docs" / "conditioning.md").read_text(encoding="utf-8")
    for word, (low, high) in WORDS.items():
        assert f"| {word} | {low:,.0f} | {high:,.0f} |" in manual
