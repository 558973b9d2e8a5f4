"""What reports observe: a daily formula, or two in an order."""

from __future__ import annotations

from datetime import date

import pytest

from contingent.errors import ClaimError
from contingent.language import Vocabulary, parse_observed, unparse

WORDS = Vocabulary(
    actors=("north", "south"),
    places=("ford", "mill"),
    start=date(2020, 1, 1),
    now=date(2020, 1, 10),
    end=date(2020, 3, 1),
)


def test_one_formula_or_two_in_an_order() -> None:
    assert len(parse_observed(" holds(south, ford) ", WORDS)) == 1
    one, other = parse_observed("first attacks(north, ford) then holds(north, ford)", WORDS)
    assert (unparse(one), unparse(other)) == ("attacks(north, ford)", "holds(north, ford)")


@pytest.mark.parametrize(
    ("text", "position", "says"),
    [
        ("first holds(north, ford)", 0, "without 'then'"),
        ("first holds(north, ford) then holds(north, fort)", 43, "fort"),
        ("first holds(nort, ford) then holds(north, ford)", 12, "nort"),
        ("first holds(north, ford) then fighters(north, ford)", 30, "number in an order"),
    ],
)
def test_faults_are_placed_in_the_whole_text(text: str, position: int, says: str) -> None:
    with pytest.raises(ClaimError) as caught:
        parse_observed(text, WORDS)
    assert caught.value.position == position and says in str(caught.value)
