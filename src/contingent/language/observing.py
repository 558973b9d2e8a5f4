"""What a report observes: something of a day, or two things in an order."""

from __future__ import annotations

from contingent.errors import ClaimError
from contingent.language.formulas import Formula, sort_of
from contingent.language.parsing import parse_state
from contingent.language.vocabulary import Vocabulary

__all__ = ["parse_observed"]

FIRST, THEN = "first ", " then "


def parse_observed(text: str, vocabulary: Vocabulary) -> tuple[Formula, ...]:
    """Read what a report observes.

    Parameters
    ----------
    text : a daily formula, or ``first A then B`` with two that are true or false
    vocabulary

    Returns
    -------
    tuple of Formula
        One, or two for an order.

    Raises
    ------
    ClaimError
        with the character in the whole text.
    """
    begun = len(text) - len(text.lstrip())
    if not text.startswith(FIRST, begun):
        return (parse_state(text, vocabulary),)
    middle = text.find(THEN, begun)
    if middle < 0:
        raise ClaimError(
            "'first' without 'then', expected an order of two events", text, begun,
            "write first A then B",
        )  # fmt: skip
    parts = (
        (begun + len(FIRST), text[begun + len(FIRST) : middle]),
        (middle + len(THEN), text[middle + len(THEN) :]),
    )
    return tuple(_event(part, text, start, vocabulary) for start, part in parts)


def _event(part: str, text: str, start: int, vocabulary: Vocabulary) -> Formula:
    """One of two events; faults are placed in the whole text."""
    try:
        formula = parse_state(part, vocabulary)
    except ClaimError as error:
        position = start + error.position if error.position >= 0 else start
        raise ClaimError(error.message, text, position, error.next_step) from None
    if sort_of(formula) != "truth":
        raise ClaimError(
            f"a {sort_of(formula)} in an order, expected something that is true or false",
            text, start, "compare it, as in first fighters(A, B) > 100 then holds(A, B)",
        )  # fmt: skip
    return formula
