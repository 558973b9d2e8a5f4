"""Base rates of attacked places, as the library has them."""

from __future__ import annotations

from datetime import date

from contingent.scenario.outside_view import ANY, attacker_class, library_rates, rates

FENCE = date(2016, 12, 12)


def test_every_row_is_read() -> None:
    found = library_rates()
    assert len(found) == len({(one.attacker, one.horizon, one.source) for one in found})
    assert all(0 <= one.k <= one.n and one.low < one.mean < one.high for one in found)
    assert {one.last for one in found} == {date(2016, 11, 23)}


def test_one_class_or_all_or_none() -> None:
    assert attacker_class({"mobile-jihadist"}) == "mobile-jihadist"
    assert attacker_class({"mechanised", "insurgent"}) == ANY
    assert attacker_class({"mechanised", "navy"}) is None
    assert attacker_class(()) is None


def test_the_longest_horizon_that_fits_one_row_a_source() -> None:
    for days, horizon in ((7, 7), (29, 7), (30, 30), (89, 30), (400, 90)):
        found = rates(ANY, days, FENCE)
        assert {one.horizon for one in found} == {horizon}
        assert len(found) == len({one.source for one in found}) == 3
    (operations, *_) = rates(ANY, 36, FENCE)
    assert (operations.k, operations.n) == (12, 33)
    assert rates(ANY, 6, FENCE) == rates(ANY, 36, date(2016, 11, 22)) == rates("navy", 36, FENCE)
