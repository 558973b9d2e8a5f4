"""What hedge words are worth: from *likely* to a range of probabilities.

Three published lexicons stand in ``hedges.csv``, one row a phrase, each with its source:

- ``icd-203``: what United States intelligence analysts must mean (ODNI 2015).
- ``kent-1964``: what Kent proposed they should mean, "give or take" a margin.
- ``mauboussin-2018``: what 1,976 readers take phrases to mean; 5th, 50th and 95th percentile of
  the published answers, rounded to the whole per cent the answers were given in.

The first two are rules for writers, the third is about readers. They differ, which is why a
hedge is a range and its lexicon is named. A row's ``match`` says whether the phrase is *as
printed* there, an *other form* of the printed one, or merely the *nearest*. Words in no lexicon
(*decisively*, *evidently*) have no range: state one with ``hedge_probability:``.

>>> found = lookup("it is very likely to fall")
>>> found.phrase, found.low, found.high, found.lexicon
('very likely', 0.8, 0.95, 'icd-203')
>>> lookup("it is not likely to fall")[1:4]
(0.2, 0.325, 0.45)
>>> lookup("it will decisively fall") is None
True
"""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from contingent.errors import SettingError

__all__ = ["LEXICONS", "Hedge", "every", "hedge", "lookup"]

LEXICONS = ("icd-203", "kent-1964", "mauboussin-2018")
"""The lexicons, in the order in which they are asked."""

STATED = "stated in the file"

_DENIAL = re.compile(r"(?:\b(?:not|hardly|scarcely|no)|n['’]t)\s+(?:\w+\s+)?$", re.IGNORECASE)


class Hedge(NamedTuple):
    """What a hedge implies.

    Attributes
    ----------
    phrase : str
        The words found.
    low, middle, high : float
        Range of probability, 0 to 1, and its middle.
    lexicon : str
        One of `LEXICONS`, or `STATED`.
    entry, match, source : str
        The phrase as the lexicon prints it, how near it is, and where.
    negated : bool
        Whether the words are denied, so that the range is the complement of the lexicon's.
    """

    phrase: str
    low: float
    middle: float
    high: float
    lexicon: str
    entry: str
    match: str
    source: str
    negated: bool = False


@cache
def every() -> tuple[Hedge, ...]:
    """Return all rows of the table, longest phrase first, then by lexicon."""
    table = files("contingent.claims").joinpath("hedges.csv").read_text(encoding="utf-8")
    rows = [
        Hedge(
            row["phrase"],
            float(row["low"]),
            float(row["middle"]),
            float(row["high"]),
            row["lexicon"],
            row["entry"],
            row["match"],
            row["source"],
        )
        for row in csv.DictReader(table.splitlines())
    ]
    return tuple(sorted(rows, key=lambda row: (-len(row.phrase), LEXICONS.index(row.lexicon))))


def _complement(found: Hedge) -> Hedge:
    low, middle, high = (round(1 - bound, 9) for bound in (found.high, found.middle, found.low))
    return found._replace(low=low, middle=middle, high=high, negated=True)


def lookup(text: str, lexicons: Sequence[str] = LEXICONS) -> Hedge | None:
    """Return the longest phrase of the lexicons that a text contains.

    Parameters
    ----------
    text : str
        Hedge words or a whole sentence.
    lexicons : sequence of str
        Which to ask; of two with the same phrase the earlier counts.

    Returns
    -------
    Hedge or None
        With the complement of the range where the phrase is denied (*not likely*).
    """
    for lexicon in lexicons:
        if lexicon not in LEXICONS:
            raise SettingError("lexicon", repr(lexicon), f"one of {', '.join(LEXICONS)}")
    words = re.sub(r"\s+", " ", text)
    rows = (row for row in every() if row.lexicon in lexicons)
    for row in sorted(rows, key=lambda row: (-len(row.phrase), lexicons.index(row.lexicon))):
        found = re.search(rf"(?<![\w-]){re.escape(row.phrase)}(?![\w-])", words, re.IGNORECASE)
        if found:
            return _complement(row) if _DENIAL.search(words[: found.start()]) else row
    return None


def hedge(
    words: str,
    stated: float | tuple[float, float] | None = None,
    lexicons: Sequence[str] = LEXICONS,
) -> Hedge | None:
    """Return what a claim's hedge implies; what the file states wins over the lexicons.

    Parameters
    ----------
    words : str
        The claim's ``hedge:``.
    stated : float or (float, float), optional
        The claim's ``hedge_probability:``, 0 to 1, as a number or a range.
    lexicons : sequence of str

    Returns
    -------
    Hedge or None
        None if nothing is stated and no lexicon has the words.
    """
    if stated is None:
        return lookup(words, lexicons)
    low, high = (stated, stated) if isinstance(stated, int | float) else stated
    if not 0 <= low <= high <= 1:
        raise SettingError(
            "hedge_probability", f"{low} to {high}", "a probability or a range within 0 and 1"
        )
    return Hedge(words, low, (low + high) / 2, high, STATED, words, "as printed", STATED)
