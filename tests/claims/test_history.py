"""History: what facts settle, and what stays open."""

from datetime import date

import numpy as np
import pytest

from contingent.claims.bounds import Bounds, arithmetic
from contingent.claims.evaluate import settle
from contingent.claims.history import Fact, RecordedHistory, read_fact
from contingent.errors import ClaimError
from contingent.language import Vocabulary, parse, parse_state
from contingent.language.formulas import Signal

WORDS = Vocabulary(
    actors=("north", "south", "east"),
    places=("ford", "mill"),
    start=date(2020, 1, 1),
    now=date(2020, 1, 3),
    end=date(2020, 1, 10),
    blocs={"pair": ("north", "south")},
    options=("east-steps-in",),
    events=("vote",),
)


def fact(text: str, on: int, to: int | None = None, **more: object) -> Fact:
    last = None if to is None else date(2020, 1, to)
    return read_fact(text, WORDS, on=date(2020, 1, on), to=last, **more)  # type: ignore[arg-type]


def ruling(
    claim: str, *facts: Fact, complete: dict[str, int] | None = None, as_of: int = 10
) -> bool | None:
    until = {name: date(2020, 1, day) for name, day in (complete or {}).items()}
    history = RecordedHistory(WORDS, facts, until)
    return settle(parse(claim, WORDS), history, since_day=2, as_of_day=as_of - 1)


def shown(text: str, *facts: Fact, complete: dict[str, int] | None = None) -> str:
    """One letter a day: 1 true, 0 false, - unknown."""
    until = {name: date(2020, 1, day) for name, day in (complete or {}).items()}
    signal = parse_state(text, WORDS)
    assert isinstance(signal, Signal)
    low, high = RecordedHistory(WORDS, facts, until).bounds(signal.observables[0])
    return "".join("1" if a else "-" if b else "0" for a, b in zip(low, high, strict=True))


def test_a_holder_stays_until_the_next_fact_or_the_end_of_what_is_known() -> None:
    facts = fact("holds(north, ford)", 2), fact("holds(south, ford)", 5)
    assert shown("holds(north, ford)", *facts, complete={"ford": 8}) == "-111000 0--".replace(
        " ", ""
    )
    assert shown("holds(south, ford)", *facts, complete={"ford": 8}) == "-000111" + "1--"
    assert shown("holds(pair, ford)", *facts, complete={"ford": 8}) == "-111111" + "1--"
    assert shown("holds(south, ford)", *facts) == "-0--1-----"
    assert shown("holds(north, mill)", *facts, complete={"ford": 8}) == "-" * 10


def test_a_holder_may_be_known_in_part() -> None:
    facts = fact("holds(pair, ford)", 1), fact("not holds(north, ford)", 6)
    assert shown("holds(north, ford)", *facts, complete={"ford": 10}) == "-----00000"
    assert shown("holds(pair, ford)", *facts, complete={"ford": 10}) == "11111-----"
    assert shown("holds(south | east, ford)", *facts, complete={"ford": 10}) == "-----11111"
    assert shown("holds(east, ford)", *facts, complete={"ford": 10}) == "00000-----"


def test_a_fact_after_the_declared_end_still_counts_on_its_day() -> None:
    facts = fact("holds(north, ford)", 1), fact("holds(south, ford)", 9)
    assert shown("holds(south, ford)", *facts, complete={"ford": 4}) == "0000----1-"


def test_what_begins_is_false_before_and_true_after() -> None:
    assert shown("event(vote)", fact("event(vote)", 4)) == "0001111111"
    assert shown("event(vote)", fact("not event(vote)", 4)) == "0000------"
    assert shown("intervened(east-steps-in)", fact("intervened(east-steps-in)", 4)) == "0001111111"
    assert shown("event(vote)", complete={"event(vote)": 10}) == "0" * 10


def test_other_facts_speak_of_their_days_alone() -> None:
    assert shown("contested(ford)", fact("contested(ford)", 4, 6)) == "---111----"
    assert shown("contested(ford)", fact("not contested(ford)", 4)) == "---0------"
    complete = {"attacks(pair, mill)": 6}
    assert shown("attacks(north, mill)", fact("attacks(north, mill)", 3), complete=complete) == (
        "001000----"
    )
    assert shown("attacks(south, mill)", complete=complete) == "000000----"


def test_numbers_lie_between_bounds() -> None:
    exactly = fact("fighters(north, ford) == 300", 4)
    assert (exactly.low, exactly.high) == (300, 300)
    between = fact("fighters(north, ford)", 4, value=(200, 400))
    assert ruling("at(2020-01-04, fighters(north, ford) > 100)", between) is True
    assert ruling("at(2020-01-04, fighters(north, ford) > 400)", between) is False
    assert ruling("at(2020-01-04, fighters(north, ford) > 300)", between) is None
    assert ruling("at(2020-01-05, fighters(north, ford) > 100)", between) is None
    assert fact("losses(north) == 30", 4).observable.name == "losses"
    assert fact("progress(ford) == -1", 4).low == -1
    assert fact("main_effort(north) == mill", 4).low == 1


def test_claims_are_settled_as_soon_as_nothing_can_change_them() -> None:
    taken = fact("holds(north, ford)", 1), fact("holds(south, ford)", 6)
    known = {"ford": 10}
    recapture = "eventually(holds(south, ford), by=2020-01-08)"
    assert ruling(recapture, *taken, complete=known) is True
    assert ruling(recapture, *taken, complete=known, as_of=5) is None
    assert ruling(recapture, *taken, complete=known, as_of=6) is True
    lasting = "always(holds(north, ford))"
    assert ruling(lasting, *taken, complete=known, as_of=5) is None
    assert ruling(lasting, *taken, complete=known, as_of=6) is False
    assert ruling("never(holds(east, ford))", *taken, complete=known) is True
    assert ruling("never(holds(east, ford))", *taken) is None
    assert ruling("share(days, holds(south, ford)) > 0.5", *taken, complete=known) is True
    first = "before(holds(south, ford), event(vote))"
    assert ruling(first, *taken, fact("event(vote)", 7), complete=known) is True
    assert ruling(first, *taken, fact("event(vote)", 4), complete=known) is False
    assert ruling(first, *taken, fact("event(vote)", 4)) is None


def test_kleene_is_cautious() -> None:
    assert ruling("eventually(contested(ford) or not contested(ford))") is None


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("fighters(north)", "no fact that can be looked up"),
        ("fighters(north) > 3", "no fact that can be looked up"),
        ("holds(north, ford) and contested(ford)", "no fact that can be looked up"),
        ("losses(north, since=2020-01-02) == 3", "no fact that can be looked up"),
        ("fighters(north) == fighters(south)", "no fact that can be looked up"),
        ("fighters(pair) == 3", "several actors"),
        ("eventually(contested(ford))", "more than one day"),
        ("holds(nrth, ford)", "no actor of the theatre"),
    ],
)
def test_what_is_no_fact(text: str, problem: str) -> None:
    with pytest.raises(ClaimError, match=problem):
        fact(text, 4)


def test_facts_have_days_inside_the_theatre() -> None:
    with pytest.raises(ClaimError, match="2019-12-31 lies outside the theatre"):
        read_fact("contested(ford)", WORDS, on=date(2019, 12, 31))
    with pytest.raises(ClaimError, match="ends on 2020-01-02 and begins on 2020-01-04"):
        fact("contested(ford)", 4, 2)


@pytest.mark.parametrize("name", ["fighters(north)", "not contested(ford)"])
def test_only_places_and_predicates_can_be_complete(name: str) -> None:
    with pytest.raises(ClaimError, match="cannot be complete"):
        RecordedHistory(WORDS, [], {name: date(2020, 1, 4)})


def test_quotients_between_bounds() -> None:
    def bounds(low: float, high: float) -> Bounds:
        return Bounds(np.array([low]), np.array([high]))

    low, high = arithmetic("/", bounds(2, 8), bounds(2, 4))
    assert (low[0], high[0]) == (0.5, 4)
    low, high = arithmetic("/", bounds(2, 8), bounds(-1, 4))
    assert (low[0], high[0]) == (-np.inf, np.inf)
    low, high = arithmetic("*", bounds(0, 0), bounds(-np.inf, np.inf))
    assert (low[0], high[0]) == (-np.inf, np.inf)
