"""Predicate on history and verdict by hand, side by side."""

from __future__ import annotations

from dataclasses import replace

import pytest

from contingent.claims.reading import read_argument
from contingent.claims.settling import history_of, ruling_of, settling_of
from contingent.claims.verdict import Verdict
from contingent.compile.names import read_names
from contingent.scenario.types_reports import Fact, History

FACTS = (
    Fact(on="2020-01-01", fact="holds(south, ford)"),
    Fact(on="2020-02-10", fact="holds(north, ford)"),
    Fact(on="2021-05-05", fact="holds(south, ford)"),
)


@pytest.fixture
def settle(claiming):
    def build(**entries):
        scenario = claiming(claim=entries)
        history = History(complete_until={"ford": "2020-04-30"}, facts=FACTS)
        theatre = scenario.theatre.model_copy(update={"history": history})
        scenario = replace(scenario, theatre=theatre)
        names = read_names(theatre)
        (claim,) = read_argument(scenario.argument, names.vocabulary())
        known = history_of(theatre, names.vocabulary())
        ruling = ruling_of(claim, known, names.day(claim.since))
        return ruling, settling_of(claim, Verdict(claim.statement, "evaluated", ruling=ruling))

    return build


def test_history_settles_true_and_false(settle) -> None:
    _, fell = settle(holds="eventually(holds(north, ford), by=2020-03-01)")
    _, stood = settle(holds="always(holds(south, ford), until=2020-03-01)")
    assert (fell.settled, fell.by) == (True, "history")
    assert (stood.settled, stood.by) == (False, "history")


def test_what_history_leaves_open_the_coder_may_settle(settle) -> None:
    _, alone = settle(holds="eventually(fighters(north) > 3000)")
    _, coded = settle(
        holds="eventually(fighters(north) > 3000)", settled={"verdict": True, "by": "a coder"}
    )
    _, mixed = settle(holds="eventually(fighters(north) > 3000)", settled={"verdict": "mixed"})
    assert (alone.settled, alone.by) == ("open", None)
    assert (coded.settled, coded.by, coded.hand_by) == (True, "hand", "a coder")
    assert (mixed.settled, mixed.hand) == ("open", "mixed")


def test_a_difference_is_told_with_its_reason(settle) -> None:
    _, found = settle(
        holds="eventually(holds(north, ford), by=2020-03-01)",
        settled={"verdict": False, "by": "a coder"},
        distance="close",
        note="The coder read *fell* as *for good*.",
    )
    assert (found.settled, found.by) == (True, "history")
    assert found.disagreement == "The coder read *fell* as *for good*."


def test_an_antecedent_that_did_not_come_about_voids_the_claim(settle) -> None:
    ruling, _ = settle(
        holds="eventually(holds(north, ford), by=2020-03-01)",
        given="eventually(holds(guard, ford), by=2020-02-01)",
    )
    assert ruling.void
    set_ruling, _ = settle(
        holds="eventually(holds(north, ford), by=2020-03-01)", do={"north.delay": "* 2"}
    )
    assert set_ruling.void
    assert "not set" in set_ruling.reason


def test_could_is_shown_by_its_happening_alone(settle) -> None:
    happened, _ = settle(form={"could": "holds(north, ford)", "by": "2020-03-01"})
    did_not, _ = settle(form={"could": "holds(guard, ford)", "by": "2020-03-01"})
    assert happened.settled is True
    assert did_not.settled == "open"


def test_nothing_to_settle(settle) -> None:
    ruling, found = settle(kind="normative")
    assert (ruling.settled, found.settled, found.by) == (None, None, None)
