"""What is told of one future, line by line, with the place and the sort of each.

The lines are those of :mod:`contingent.simulate.telling`. They name places as the file does; here
they get the names shown to readers, and the place that a line is about is read from it. A bloc may
be called like a place, so a word counts as a place only where a place can stand.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from contingent.simulate.replay import Record
from contingent.simulate.telling import tell

__all__ = ["KINDS", "events"]

_WORD = r"[^\s,;]+"
_PATTERNS: tuple[tuple[str, str], ...] = (
    ("breaks", r" breaks off at (?P<place>{w}) after"),
    ("breaks", r" stops assaulting (?P<place>{w}) and"),
    ("assault", r" assaults (?P<place>{w}) with"),
    ("attack", r" (?:attacks|stands before) (?P<place>{w}) with"),
    ("takes", r" takes (?P<place>{w}) from"),
    ("takes", r"^(?P<place>{w}) passes from"),
    ("leaves", r" leaves (?P<place>{w}) of its own accord"),
    ("column", r": (?:a column sets|\d+ columns set) out(?:, [\d,]+ from (?P<place>{w}))?"),
    ("found", r" found by an enemy"),
    ("strike", r" on columns from the air"),
    ("arrives", r" reach (?P<place>{w})$"),
    ("effort", r"^the main effort of .* is now (?P<place>{w})$"),
    ("strength", r"^fighters: "),
    (
        "politics",
        r"^the (?:option|deadline|ceasefire|will|what) |its commitment|^what the deadline",
    ),
)
KINDS = (*dict.fromkeys(kind for kind, _ in _PATTERNS), "other")
"""Sorts of events."""
_READ = tuple((kind, re.compile(pattern.format(w=_WORD))) for kind, pattern in _PATTERNS)


def events(one: Record, called: Mapping[str, str], *, marches: bool = True) -> list[dict[str, Any]]:
    """Return what is told of a future: day, says, place (or None) and kind.

    Parameters
    ----------
    one : the future
    called : place to the name shown to readers
    marches : also tell of columns
    """
    found = []
    shown = _names(tuple(sorted(called.items())))
    for entry in tell(one, marches=marches):
        kind, place = read_line(entry.says, one.names.places)
        says = shown.sub(lambda match: f"{match[1]}{called[match[2]]}", entry.says)
        found.append({"day": entry.day, "says": says, "place": place, "kind": kind})
    return found


def read_line(says: str, places: tuple[str, ...]) -> tuple[str, str | None]:
    """Return the sort of a line and the place it is about."""
    for kind, pattern in _READ:
        match = pattern.search(says)
        if match is not None:
            place = match.groupdict().get("place")
            return kind, place if place in places else None
    return "other", None


@lru_cache(maxsize=8)
def _names(called: tuple[tuple[str, str], ...]) -> re.Pattern[str]:
    """Match a place's own name where a place can stand: after certain words, or at the start."""
    by_length = sorted((name for name, _ in called), key=len, reverse=True)
    names = "|".join(map(re.escape, by_length)) or r"(?!)"
    after = r"assaults |assaulting |attacks |stands before |off at |takes |leaves |reach |is now "
    return re.compile(
        rf"({after}|\d from |^)({names})(?![\w-])(?=$|[ ,;])(?! assaults| attacks| stands| breaks)"
    )
