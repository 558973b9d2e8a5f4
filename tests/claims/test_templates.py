"""Readings of the words commentators use."""

from datetime import date
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from contingent.claims.evaluate import evaluate
from contingent.claims.suggestions import suggest
from contingent.claims.templates import TEMPLATES, Reading, readings
from contingent.errors import ClaimError
from contingent.language import Observable, Vocabulary, parse

WORDS = Vocabulary(
    actors=("north", "south", "east", "west"),
    places=("ford", "mill"),
    start=date(2020, 1, 1),
    now=date(2020, 1, 1),
    end=date(2020, 1, 8),
    blocs={"league": ("north", "south")},
    events=("vote",),
)
FORMS: dict[str, dict[str, Any]] = {
    "only": {"only": "east", "could": "holds(it, ford)", "by": date(2020, 1, 6)},
    "only any": {"only": "league", "could": "fighters(it, ford) > 3", "in": "4 days"},
    "only path": {"only": "east | west", "could": "eventually(attacks(it, ford), by=2020-01-05)"},
    "unless": {"unless": "event(vote)", "then": "contested(ford)", "by": "2020-01-06"},
    "unless stays": {"unless": "event(vote)", "stays": "contested(ford)"},
    "unless path": {"unless": "eventually(event(vote), by=2020-01-03)", "stays": "contested(ford)"},
    "until": {"until": "event(vote)", "stays": "contested(ford)", "in": "2 days"},
    "so_long_as": {"so_long_as": "contested(mill)", "stays": "contested(ford)"},
    "so_long_as then": {"so_long_as": "contested(mill)", "then": "contested(ford)"},
    "could": {"could": "contested(ford)", "by": date(2020, 1, 6)},
    "could tries": {"could": "contested(ford)", "tries": "contested(mill)", "do": {"east.will": 1}},
    "if_possible": {
        "if_possible": "holds(east, ford)",
        "tries": "attempted(east, ford)",
        "able": "fighters(east) > 3",
    },
    "because": {"because": "north.attention", "of": "holds(east, ford)", "by": date(2020, 1, 6)},
}


class Flags:
    """Every pattern of two daily series over three days, then false."""

    futures, days, start = 64, 8, date(2020, 1, 1)

    def signal(self, observable: Observable) -> NDArray[Any]:
        bits = (np.arange(64)[:, None] >> np.arange(6)) & 1 == 1
        chosen = bits[:, 3:] if observable.name == "event" or "mill" in observable.args else bits
        return np.pad(chosen[:, :3], ((0, 0), (0, 5)))


def columns(reading: Reading) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    outcome = evaluate(parse(reading.formula, WORDS), Flags(), 0)
    if not reading.given:
        return outcome, np.ones_like(outcome)
    return outcome, evaluate(parse(reading.given, WORDS), Flags(), 0)


def named(form: str) -> dict[str, Reading]:
    return {reading.name: reading for reading in readings(FORMS[form], WORDS)}


@pytest.mark.parametrize("form", FORMS)
def test_every_form_has_two_to_four_readings_that_can_be_read(form: str) -> None:
    found = readings(FORMS[form], WORDS)
    assert 2 <= len(found) <= 4
    assert len({reading.name for reading in found}) == len(found)
    for reading in found:
        assert reading.says
        for text in filter(None, [reading.formula, reading.given]):
            parse(text, WORDS)
        if reading.companion:
            parse(reading.companion.formula, WORDS)


def test_the_forms_cover_the_templates() -> None:
    assert {next(name for name in TEMPLATES if name in form) for form in FORMS.values()} == set(
        TEMPLATES
    )


def test_only_asks_whether_nobody_else_does_and_whether_he_would() -> None:
    first = readings(FORMS["only"] | {"level": 0.3}, WORDS)[0]
    assert first.name == "nobody-else"
    assert first.formula == "never(holds(north | south | west, ford), until=2020-01-06)"
    assert first.companion is not None
    assert first.companion.formula == "eventually(holds(east, ford), by=2020-01-06)"
    assert first.companion.do == {"east.commitment.will": 0.95}
    assert first.companion.level == 0.3
    assert named("only")["first"].formula == (
        "before(holds(east, ford), holds(north | south | west, ford), by=2020-01-06)"
    )
    assert named("only")["if-anyone"].given.startswith("eventually(holds(north | south | east")


def test_only_with_numbers_asks_each_actor() -> None:
    first = readings(FORMS["only any"], WORDS)[0]
    assert first.formula == (
        "not eventually((fighters(east, ford) > 3) or (fighters(west, ford) > 3), in=4 days)"
    )
    assert first.companion is not None and set(first.companion.do) == {
        "north.commitment.will",
        "south.commitment.will",
    }
    do = {"north.ground.mobile": "* 2"}
    stated = readings(FORMS["only any"] | {"do": do}, WORDS)[0].companion
    assert stated is not None and stated.do == do


def test_only_about_a_path_has_no_first() -> None:
    assert set(named("only path")) == {"nobody-else", "if-anyone", "does-alone"}


def test_unless_readings_differ_as_they_say() -> None:
    found = named("unless")
    event = evaluate(parse("eventually(event(vote), by=2020-01-06)", WORDS), Flags(), 0)
    claim = evaluate(parse("eventually(contested(ford), by=2020-01-06)", WORDS), Flags(), 0)
    outcome, given = columns(found["failing-that"])
    assert (given == ~event).all() and (outcome == claim).all()
    assert (columns(found["one-or-other"])[0] == (claim | event)).all()
    assert (columns(found["one-not-both"])[0] == (claim ^ event)).all()
    assert "up-to-it" in named("unless stays") and "up-to-it" not in named("unless path")


def test_until_readings_are_ordered_by_strength() -> None:
    found = named("until")
    weak, strong = columns(found["up-to-it"])[0], columns(found["turn-comes"])[0]
    ends = columns(found["and-then-not"])[0]
    assert (strong <= weak).all() and (ends <= weak).all()
    assert strong.sum() < weak.sum() and 0 < ends.sum() < weak.sum()


def test_so_long_as_readings() -> None:
    found = named("so_long_as")
    daily, first = columns(found["day-by-day"])[0], columns(found["up-to-its-end"])[0]
    assert (daily <= first).all() and daily.sum() < first.sum()
    assert (columns(found["no-longer"])[0] <= daily).all()
    assert set(named("so_long_as then")) == {"if-throughout", "or-that-ends"}


def test_a_duration_means_the_same_days_in_every_reading() -> None:
    """What comes about within five days and what stays out for five days exclude each other."""
    form = {"unless": "event(vote)", "then": "contested(ford)", "in": "1 day"}
    found = {reading.name: reading for reading in readings(form, WORDS)}
    given = columns(found["failing-that"])[1]
    comes = evaluate(parse("eventually(event(vote), in=1 day)", WORDS), Flags(), 0)
    assert (given == ~comes).all()


def test_could_has_a_level() -> None:
    assert {reading.name: reading.level for reading in readings(FORMS["could"], WORDS)} == {
        "possible": 0.2,
        "likely": 0.5,
    }
    found = named("could tries")
    assert found["if-willed"].do == {"east.will": 1}
    assert found["if-tried"].given == "eventually(contested(mill), by=2020-01-08)"


def test_if_possible_and_because() -> None:
    found = named("if_possible")
    assert list(found) == ["tries", "succeeds", "tries-when-able", "succeeds-if-tried"]
    assert found["tries-when-able"].given.startswith("eventually(fighters(east) > 3")
    plain = {key: text for key, text in FORMS["if_possible"].items() if key != "able"}
    assert len(readings(plain, WORDS)) == 3
    causes = readings(FORMS["because"], WORDS)
    assert {reading.needs for reading in causes} == {"infer"}
    assert {reading.factor for reading in causes} == {"north.attention"}


def test_a_claims_own_unless_conditions_every_reading() -> None:
    found = readings(
        FORMS["only"], WORDS, unless="fighters(north) > 1.5 * initial(fighters(north))"
    )
    absent = "never(fighters(north) > 1.5 * initial(fighters(north)), until=2020-01-06)"
    assert found[0].given == absent
    assert found[1].given.endswith(f"and {absent}")


REFUSED: list[tuple[dict[str, Any], str]] = [
    ({"maybe": "contested(ford)"}, "no template.*expected one of only"),
    ({"only": "east"}, "could is missing"),
    ({"only": "easst", "could": "holds(it, ford)"}, "easst is no actor.*did you mean east"),
    ({"only": "zzz", "could": "holds(it, ford)"}, "expected north, south"),
    ({"only": "east", "could": "holds(east, ford)"}, "does not say it"),
    ({"only": "east", "could": "fighters(it)"}, "not true or false"),
    ({"only": "east", "could": "holds(it, frod)"}, "did you mean ford"),
    ({"only": "league | east | west", "could": "holds(it, ford)"}, "names every actor"),
    ({"unless": "event(vote)"}, "one of then and stays"),
    ({"unless": "event(vote)", "then": "true", "stays": "true"}, "give just one"),
    ({"until": "eventually(true)", "stays": "true"}, "looks along the path"),
    ({"could": "true", "by": "now", "in": "3 days"}, "by and in are both given"),
    ({"could": "true", "bye": "now"}, "bye does not belong.*did you mean by"),
    ({"could": "true", "zzzzz": "now"}, "could takes"),
    ({"could": "true", "level": 2}, "level is 2"),
    ({"could": "true", "level": "high"}, "level is high"),
    ({"could": "true", "do": "all"}, "do is all"),
    ({"could": "fighters(north)"}, "not true or false"),
    ({"could": "true", "by": "2021-01-01"}, "outside the theatre"),
]


@pytest.mark.parametrize(("form", "problem"), REFUSED)
def test_what_is_refused(form: dict[str, Any], problem: str) -> None:
    with pytest.raises(ClaimError, match=problem):
        readings(form, WORDS)


@pytest.mark.parametrize(
    ("sentence", "templates"),
    [
        ("The east is the only power that could take it.", ["only", "could"]),
        ("It holds unless help comes.", ["unless"]),
        ("If the north does not send more, the ford falls.", ["unless"]),
        ("Until then it stays quiet.", ["until"]),
        ("So long as the mill burns, nobody can cross.", ["so_long_as", "could"]),
        ("They will return if at all possible.", ["if_possible"]),
        ("It fell due to neglect.", ["because"]),
        ("The ford lies in the north.", []),
        ("An all-only-could-be affair.", []),
    ],
)
def test_words_are_spotted(sentence: str, templates: list[str]) -> None:
    assert [found.template for found in suggest(sentence)] == templates


def test_a_suggestion_carries_the_hedge() -> None:
    (found,) = suggest("It will very likely hold until June.")
    assert found.words == "until"
    assert found.hedge is not None and found.hedge.low == 0.8
