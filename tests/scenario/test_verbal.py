from __future__ import annotations

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
