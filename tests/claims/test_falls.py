"""Which claims say that a town falls, and what the outside view has to say of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from contingent.claims.falls import Fall, fall_of
from contingent.claims.outside import outside_view
from contingent.claims.reading import read_argument
from contingent.compile import compile_scenario

HILL = "eventually(holds(south, hill), by=2020-03-01)"
NORTH, GUARD = frozenset({"north"}), frozenset({"south", "guard"})


def read(scenario):
    vocabulary = compile_scenario(scenario).names.vocabulary()
    (claim,) = read_argument(scenario.argument, vocabulary)
    return claim


@pytest.mark.parametrize(
    ("written", "fall"),
    [
        ({"holds": "eventually(holds(north, mill), by=2020-03-01)"},
         Fall("mill", NORTH, 41, "under way", False)),
        ({"holds": "eventually(holds(north, mill), in=7 days)"},
         Fall("mill", NORTH, 7, "under way", False)),
        ({"holds": "never(holds(north, ford), since=2020-02-01)"},
         Fall("ford", NORTH, 89, "not given", True)),
        ({"holds": "not eventually(holds(north, ford) and not holds(south, ford), by=2020-02-01)"},
         Fall("ford", NORTH, 12, "not given", True)),
        ({"holds": "eventually(for_days(5, holds(southern, hill)), by=2020-03-01)"},
         Fall("hill", GUARD, 41, "not given", False)),
        ({"holds": "eventually(holds(southern, hill), by=2020-03-01)",
          "given": "eventually(attempted(guard, hill), by=2020-02-01)"},
         Fall("hill", frozenset({"guard"}), 41, "given", False)),
        ({"holds": "eventually(holds(south, hill) or holds(guard, hill), by=2020-03-01)"},
         Fall("hill", GUARD, 41, "not given", False)),
        ({"holds": "eventually(holds(south, ford), by=2020-03-01)",
          "given": "eventually(holds(north, ford), by=2020-02-01)"},
         Fall("ford", frozenset({"south"}), 41, "not given", False)),
    ],
)  # fmt: skip
def test_a_fall_is_read_off_the_formula(claiming, small, written, fall) -> None:
    assert fall_of(read(claiming(one=written)), small.theatre) == fall


@pytest.mark.parametrize(
    "written",
    [
        {"holds": "eventually(holds(south, ford), by=2020-03-01)"},
        {"holds": "eventually(holds(north, mill) or holds(north, ford), by=2020-03-01)"},
        {"holds": "eventually(holds(north, mill) and contested(ford), by=2020-03-01)"},
        {"holds": "always(holds(south, mill))"},
        {"holds": "eventually(attempted(north, mill))"},
        {"holds": "eventually(losses(north) > 10)"},
        {"kind": "normative"},
    ],
)
def test_anything_else_is_no_fall(claiming, small, written) -> None:
    claim = read(claiming(one=written))
    assert fall_of(claim, small.theatre) is None
    assert outside_view(claim, small.theatre) is None


def test_the_class_follows_from_the_forces_that_can_attack(claiming, small) -> None:
    def kind(actors: str) -> str:
        text = f"eventually(holds({actors}, hill), by=2020-03-01)"
        found = outside_view(read(claiming(one={"holds": text})), small.theatre)
        assert found is not None
        return str(found["attacker_class"])

    assert (kind("south"), kind("guard")) == ("regular", "any")


def test_without_a_row_nothing_is_said(claiming, small) -> None:
    claim = read(claiming(one={"holds": HILL}))
    assert outside_view(claim, small.theatre) is not None
    far = read(claiming(one={"holds": "eventually(holds(far, hill), by=2020-03-01)"}))
    assert outside_view(far, small.theatre) is None
    soon = read(claiming(one={"holds": "eventually(holds(south, hill), in=5 days)"}))
    assert outside_view(soon, small.theatre) is None


def test_rates_of_data_after_the_fence_are_not_shown(claiming, small) -> None:
    scenario = claiming(one={"holds": HILL})
    claim = read(scenario)
    early = small.theatre.model_copy(update={"now": date(2016, 11, 22)})
    assert outside_view(claim, early) is None
    on_the_day = small.theatre.model_copy(update={"now": date(2016, 11, 23)})
    found = outside_view(claim, on_the_day)
    assert found is not None and len(found["rates"]) == 3
    assert len({one["source"] for one in found["rates"]}) == 3
    assert replace(scenario, theatre=early).theatre.now < date(2016, 11, 23)
