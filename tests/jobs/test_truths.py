"""Columns grow from the first future on."""

from __future__ import annotations

import numpy as np

from contingent.claims.verdict import Columns
from contingent.jobs.truths import Truths


def test_parts_are_joined_in_order_with_their_conditions() -> None:
    found = Truths()
    one, other = np.array([True, False]), np.array([False, True, True])
    found.extend({"a": Columns(one), "b": Columns(one, ~one)}, range(2))
    found.extend({"a": Columns(other), "b": Columns(other, ~other)}, range(2, 5))
    assert found.futures("ab") == 5
    assert found.first("a", 4).outcome.tolist() == [True, False, False, True]
    assert found.first("a", 4).given is None
    given = found.first("b", 5).given
    assert given is not None and given.tolist() == [False, True, True, False, False]


def test_questions_grow_each_by_itself_and_without_gaps() -> None:
    found = Truths()
    found.extend({"a": Columns(np.array([True, False, True]))}, range(3))
    found.extend({"b": Columns(np.array([False, True]))}, range(2))
    assert (found.futures("a"), found.futures("ab"), found.futures("abc")) == (3, 2, 0)
    later = Columns(np.array([False, False, True]), np.array([True, True, False]))
    found.extend({"a": later, "b": Columns(later.outcome)}, range(2, 5))
    found.extend({"a": later}, range(7, 10))
    assert found.futures("ab") == 5
    assert found.first("a", 9).outcome.tolist() == [True, False, True, False, True]
    assert found.first("b", 9).outcome.tolist() == [False, True, False, False, True]
