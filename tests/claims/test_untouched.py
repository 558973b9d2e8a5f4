"""Which verdicts rest on decisions that no data touch."""

from __future__ import annotations

import pytest

from contingent.claims.reading import read_argument
from contingent.claims.untouched import DECISIONS, rests_on
from contingent.compile import compile_scenario
from contingent.language.predicates import PREDICATES
from contingent.scenario.types import MECHANISMS

MILL = "eventually(holds(north, mill), by=2020-03-01)"
FORD = "eventually(holds(north, ford), by=2020-03-01)"
ATTACKED = "eventually(attempted(north, ford), by=2020-02-15)"
ALL = ("onset", "intervention", "burden sharing", "tacit coordination", "sight and response")


def rests(claiming, small, written, **off: bool) -> tuple[str, ...]:
    scenario = claiming(one=written)
    vocabulary = compile_scenario(scenario).names.vocabulary()
    (claim,) = read_argument(scenario.argument, vocabulary)
    mechanisms = {**small.theatre.mechanisms, **off}
    return rests_on(claim, small.theatre.model_copy(update={"mechanisms": mechanisms}))


def test_the_list_names_mechanisms_and_predicates_that_exist() -> None:
    assert tuple(one.name for one in DECISIONS) == ALL
    assert {one.mechanism for one in DECISIONS} <= set(MECHANISMS)
    assert {name for one in DECISIONS for name in one.predicates} <= set(PREDICATES)
    assert all(one.says and one.why for one in DECISIONS)


@pytest.mark.parametrize(
    ("written", "names"),
    [
        ({"holds": FORD}, ALL),
        ({"holds": "eventually(attempted(north, ford))"}, ALL),
        ({"holds": FORD, "given": ATTACKED}, ("burden sharing",)),
        ({"holds": MILL}, ("burden sharing",)),
        ({"holds": "eventually(contested(mill), by=2020-03-01)"}, ("burden sharing",)),
        ({"holds": "eventually(holds(north, mill))"}, ALL),  # more than ninety days
        ({"holds": MILL, "given": "eventually(fighters(south, ford) < 100)"}, ALL),
        ({"holds": MILL, "readings": {"wide": FORD}}, ALL),
        ({"holds": "always(tacit(far, south) > 0.5)"}, ("tacit coordination",)),
        ({"holds": "eventually(event(election))"}, ()),
        ({"kind": "normative"}, ()),
        ({"unmodelled": "no mood is modelled"}, ()),
    ],
)
def test_what_a_claim_rests_on_follows_from_what_it_asks(claiming, small, written, names) -> None:
    assert rests(claiming, small, written) == names


def test_a_mechanism_that_is_off_decides_nothing(claiming, small) -> None:
    def with_off(*names: str, holds: str = FORD, **more: str) -> tuple[str, ...]:
        return rests(claiming, small, {"holds": holds, **more}, **dict.fromkeys(names, False))

    assert with_off("command") == ALL[1:]
    assert with_off("intervention") == ("onset", "burden sharing", "sight and response")
    assert with_off("commitment") == tuple(name for name in ALL if name != "burden sharing")
    assert with_off("command", "intervention", "commitment", "surveillance") == ()
    assert with_off("commitment", holds=MILL) == ()
    assert with_off("commitment", given=ATTACKED) == ()
    assert with_off("commitment", holds="eventually(commitment(far, air) > 0.5)")[1:3] == (
        "intervention", "burden sharing",
    )  # fmt: skip


def test_an_option_at_the_place_or_of_a_party_counts_in_a_fight(claiming, small) -> None:
    hill = {
        "holds": "eventually(holds(south, hill), by=2020-03-01)",
        "given": "eventually(attempted(south, hill), by=2020-02-15)",
    }
    assert rests(claiming, small, hill) == ("intervention", "burden sharing", "tacit coordination")
    assert "intervention" not in rests(claiming, small, hill, intervention=False)
