"""What is told of one future, as the page has it: day, words, place and sort of each line."""

from __future__ import annotations

from typing import Any

from contingent.simulate.replay import Record
from contingent.simulate.telling import KINDS, tell

__all__ = ["KINDS", "events"]


def events(one: Record, *, marches: bool = True) -> list[dict[str, Any]]:
    """Return what is told of a future: day, says, place (or None) and kind.

    Parameters
    ----------
    one : the future
    marches : also tell of columns
    """
    return [
        {"day": entry.day, "says": entry.says, "place": entry.place, "kind": entry.kind}
        for entry in tell(one, marches=marches)
    ]
