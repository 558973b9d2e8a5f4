"""Columns grow from the first future on."""

from __future__ import annotations

import numpy as np

from contingent.claims.verdict import Columns
from contingent.jobs.truths import Truths


def test_parts_are_joined_in_order_with_their_conditions() -> None:
    found = Truths()
    one, other = np.array([True, False]), np.array([False, True, True])
    found.extend({"a": Columns(one), "b": Columns(one, ~one)}, 2)
    found.extend({"a": Columns(other), "b": Columns(other, ~other)}, 3)
    assert found.futures == 5
    assert found.first("a", 4).outcome.tolist() == [True, False, False, True]
    assert found.first("a", 4).given is None
    given = found.first("b", 5).given
    assert given is not None and given.tolist() == [False, True, True, False, False]


def test_the_first_futures_stay_as_they_were() -> None:
    found = Truths()
    found.extend({"a": Columns(np.array([True, False, True]))}, 3)
    part = found.upto(2)
    found.extend({"a": Columns(np.array([True]))}, 1)
    assert (part.futures, found.futures, found.upto(9).futures) == (2, 4, 4)
    assert part.first("a", 2).outcome.tolist() == [True, False]
