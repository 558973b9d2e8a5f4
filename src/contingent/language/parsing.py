"""Text to formula, in the three places where formulas are written."""

from __future__ import annotations

from contingent.errors import ClaimError
from contingent.language.formulas import Formula, is_path, sort_of
from contingent.language.vocabulary import Vocabulary

__all__ = ["parse", "parse_expression", "parse_state"]


def parse_expression(text: str, vocabulary: Vocabulary) -> Formula:
    """Read any expression: a truth value, a number or a place; of a day or of a path.

    Parameters
    ----------
    text : str
    vocabulary : Vocabulary

    Returns
    -------
    Formula

    Raises
    ------
    ClaimError
        With the character, what was found and what was expected.
    """
    from contingent.language.checking import Checker
    from contingent.language.grammar import tree

    return Checker(text, vocabulary).expression(tree(text))


def parse(text: str, vocabulary: Vocabulary) -> Formula:
    """Read a claim: something that a whole path makes true or false.

    A bare state formula is refused, because it does not say when: read as "at some time",
    recapturing a town would be true on the day before it is lost.

    Parameters
    ----------
    text : str
        Such as ``eventually(holds(south, ford), by=2020-02-01)``.
    vocabulary : Vocabulary

    Returns
    -------
    Formula
        Of sort truth, about the path.

    Raises
    ------
    ClaimError
    """
    formula = parse_expression(text, vocabulary)
    stripped = text.strip()
    start = text.index(stripped)
    if sort_of(formula) != "truth":
        example = "== PLACE" if sort_of(formula) == "place" else "> 0"
        raise ClaimError(
            f"{stripped} is a {sort_of(formula)}, not a claim",
            text=text,
            position=start,
            next_step=f"compare it, as in {stripped} {example}, and say when with eventually, "
            "always, never or at",
        )
    if not is_path(formula):
        raise ClaimError(
            "the claim does not say when",
            text=text,
            position=start,
            next_step=f"write eventually({stripped}, by={vocabulary.end}), "
            f"always({stripped}, until={vocabulary.end}), "
            f"never(...) or at({vocabulary.now}, {stripped})",
        )
    return formula


def parse_state(text: str, vocabulary: Vocabulary) -> Formula:
    """Read what can be seen on one day: the language of reports and of history.

    Parameters
    ----------
    text : str
        Such as ``holds(south, ford)``, ``not contested(ford)`` or ``fighters(south, ford)``.
    vocabulary : Vocabulary

    Returns
    -------
    Formula
        Of any sort, about one day.

    Raises
    ------
    ClaimError
    """
    formula = parse_expression(text, vocabulary)
    if is_path(formula):
        raise ClaimError(
            f"{text.strip()} speaks of more than one day",
            text=text,
            position=text.index(text.strip()),
            next_step="write what is seen on the day, without eventually, always or at",
        )
    return formula
