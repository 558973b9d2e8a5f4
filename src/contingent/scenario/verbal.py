"""Numbers in words: what "several hundred" is read as.

The readings are this project's own, stated so that they can be disputed: the 5th and the 95th
percentile of what a reader may take the words to mean.

>>> read_number("several hundred")
Numbers(low=200.0, high=900.0)
>>> read_number("more than 4,000"), read_number("up to 5_000")
(Numbers(low=4000.0, high=None), Numbers(low=None, high=5000.0))
>>> read_number("3,000 to 5,000"), read_number("about 1000")
(Numbers(low=3000.0, high=5000.0), Numbers(low=800.0, high=1250.0))
"""

from __future__ import annotations

import re
from typing import NamedTuple

WORDS = {
    "a few": (2.0, 6.0),
    "a handful": (3.0, 8.0),
    "several": (3.0, 9.0),
    "dozens": (24.0, 100.0),
    "several dozen": (30.0, 100.0),
    "scores": (40.0, 150.0),
    "about a hundred": (70.0, 140.0),
    "a few hundred": (200.0, 600.0),
    "several hundred": (200.0, 900.0),
    "hundreds": (200.0, 1_000.0),
    "a few thousand": (2_000.0, 6_000.0),
    "several thousand": (2_000.0, 9_000.0),
    "thousands": (2_000.0, 10_000.0),
    "tens of thousands": (20_000.0, 100_000.0),
}
ABOUT = (0.8, 1.25)
AT_LEAST = ("more than", "at least", "over", "no fewer than")
AT_MOST = ("fewer than", "less than", "at most", "up to", "no more than", "under")
_ABOUT = re.compile(r"(?:about|around|some|roughly|approximately)\s+(.+)")
_RANGE = re.compile(r"(.+?)\s*(?:to|-|–)\s*(.+)")


class Numbers(NamedTuple):
    """Bounds of what is meant; equal for an exact number, None where there is no bound."""

    low: float | None
    high: float | None


def read_number(text: str) -> Numbers:
    """Read a number in figures or words.

    Raises
    ------
    ValueError
        if neither figures nor words are known.
    """
    said = " ".join(text.lower().split())
    if said in WORDS:
        return Numbers(*WORDS[said])
    for words in AT_LEAST:
        if said.startswith(f"{words} "):
            return Numbers(read_number(said.removeprefix(words)).low, None)
    for words in AT_MOST:
        if said.startswith(f"{words} "):
            return Numbers(None, read_number(said.removeprefix(words)).high)
    about = _ABOUT.fullmatch(said)
    if about:
        value = _figures(about[1])
        return Numbers(value * ABOUT[0], value * ABOUT[1])
    between = _RANGE.fullmatch(said)
    if between:
        return Numbers(_figures(between[1]), _figures(between[2]))
    value = _figures(said)
    return Numbers(value, value)


def in_words(text: str) -> Numbers | None:
    """Read a number that is said in words; None for plain figures, units and what is unknown.

    >>> in_words("several hundred"), in_words("600 to 900"), in_words("60 km")
    (Numbers(low=200.0, high=900.0), None, None)
    """
    said = " ".join(text.lower().split())
    spoken = said in WORDS or _ABOUT.fullmatch(said) is not None
    spoken = spoken or any(said.startswith(f"{words} ") for words in (*AT_LEAST, *AT_MOST))
    try:
        return read_number(text) if spoken else None
    except ValueError:
        return None


def _figures(text: str) -> float:
    try:
        return float(text.strip().replace(",", "").replace("_", ""))
    except ValueError:
        known = ", ".join(WORDS)
        raise ValueError(f"{text!r}: expected figures or one of: {known}") from None
