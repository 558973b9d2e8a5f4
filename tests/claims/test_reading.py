"""From a claim as it is written to the formulas by which it is judged."""

from __future__ import annotations

from datetime import date

import pytest

from contingent.claims.reading import read_argument
from contingent.compile.names import read_names
from contingent.errors import ClaimError
from contingent.language import unparse


@pytest.fixture
def read(claiming):
    def build(**claims):
        scenario = claiming(**claims)
        vocabulary = read_names(scenario.theatre).vocabulary()
        assert scenario.argument is not None
        return {claim.id: claim for claim in read_argument(scenario.argument, vocabulary)}

    return build


def test_the_authors_cut_off_unless_the_claim_says_since(read) -> None:
    found = read(
        plain={"holds": "eventually(holds(north, mill))"},
        earlier={"holds": "eventually(holds(north, mill))", "since": "2020-01-02"},
        before_day_0={"holds": "eventually(holds(north, mill))", "since": "2019-01-02"},
    )
    assert found["plain"].since == date(2020, 1, 20)
    assert found["earlier"].since == date(2020, 1, 2)
    assert found["before_day_0"].since == date(2020, 1, 1)


def test_by_ends_windows_without_an_end_alone(read) -> None:
    found = read(
        fall={
            "holds": "eventually(holds(north, mill)) and never(holds(north, ford), "
            "until=2020-02-01) and eventually(contested(mill), in=5 days)",
            "by": "2020-03-01",
        }
    )
    text = unparse(found["fall"].wordings[0].formula)
    assert text.count("2020-03-01") == 1
    assert "eventually(holds(north, mill), by=2020-03-01)" in text


def test_a_template_takes_by_from_the_claim(read) -> None:
    form = {"only": "north", "could": "holds(it, ford)"}
    found = read(only={"form": form, "by": "2020-03-01"})["only"]
    assert "2020-03-01" in unparse(found.wordings[0].formula)
    assert found.wordings[0].name == "nobody-else"
    assert found.runs() == [found.wordings[0].companion.do]


def test_readings_stand_beside_what_is_written(read) -> None:
    found = read(
        fall={
            "holds": "eventually(holds(north, mill))",
            "readings": {"for-good": "eventually(always(holds(north, mill)))"},
        }
    )
    assert [one.name for one in found["fall"].wordings] == ["as-written", "for-good"]


def test_conditions_join_given_and_unless(read) -> None:
    found = read(
        fall={
            "holds": "eventually(holds(north, mill))",
            "given": "eventually(attacks(north, mill))",
            "unless": "intervened(far-in)",
        },
        path={"holds": "eventually(holds(north, mill))",
              "unless": "eventually(contested(ford), by=2020-02-01)"},
    )  # fmt: skip
    fall, path = found["fall"].wordings[0], found["path"].wordings[0]
    assert fall.given_text == "(eventually(attacks(north, mill))) and (never(intervened(far-in)))"
    assert path.given_text == "not (eventually(contested(ford), by=2020-02-01))"
    assert found["fall"].statement.given == fall.given_text


def test_what_cannot_be_evaluated_says_why(read) -> None:
    found = read(
        ought={"kind": "normative"},
        mood={"unmodelled": "nobody's mood is modelled"},
        bare={},
        cause={"form": {"because": "far", "of": "holds(north, mill)"}},
    )
    assert "nothing in the world" in found["ought"].reason
    assert found["mood"].reason == "nobody's mood is modelled"
    assert found["bare"].reason == "no mechanism of the model speaks to it"
    assert "conditioning" in found["cause"].reason
    assert not any(claim.wordings for claim in found.values())


def test_a_hedge_is_the_coders_range_or_the_lexicons(read) -> None:
    found = read(
        stated={"hedge": "probably", "hedge_probability": [0.5, 0.6, 0.9]},
        looked_up={"hedge": "probably"},
        unknown={"hedge": "decisively"},
    )
    assert found["stated"].statement.hedge == (0.5, 0.9)
    assert found["looked_up"].statement.hedge == (0.55, 0.8)
    assert found["unknown"].statement.hedge is None


def test_an_error_names_the_claim(read) -> None:
    with pytest.raises(ClaimError, match="claim fall: ") as caught:
        read(fall={"holds": "eventually(holds(nroth, mill))"})
    assert caught.value.position >= 0
