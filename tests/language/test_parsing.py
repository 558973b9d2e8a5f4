"""What the language accepts, what it refuses and how it says so."""

from datetime import date

import pytest

from contingent.language import (
    PREDICATES,
    ClaimError,
    Observable,
    Vocabulary,
    is_path,
    observables,
    parse,
    parse_expression,
    parse_state,
    sort_of,
    unparse,
)
from contingent.language.formulas import (
    And,
    Arithmetic,
    Change,
    Comparison,
    Eventually,
    Implies,
    Negative,
    Not,
    Number,
    Or,
    PlaceName,
    Signal,
    Window,
)

WORDS = Vocabulary(
    actors=("north", "south", "east-guard"),
    places=("ford", "mill", "east-hill", "port.old"),
    start=date(2020, 1, 1),
    now=date(2020, 1, 20),
    end=date(2020, 12, 31),
    blocs={"league": ("south", "east-guard")},
    routes=(("ford", "mill"), ("mill", "east-hill")),
    options=("east-steps-in",),
    deadlines=("vote-day",),
    events=("sanction",),
)

CLAIMS = [
    "eventually(holds(north, ford), by=2020-06-30)",
    "eventually(holds(north | league, ford) and contested(mill))",
    "always(not outskirts_contested(east-hill), until=2020-02-01)",
    "never(attacks(league, ford), for=30 days)",
    "eventually(attempted(north, port.old) or withdrew(south, mill), in=1 day)",
    "always(fighters(north) > (2 * fighters(league, ford)), since=2020-01-05, until=2020-03-01)",
    "at(2020-03-01, losses(north) >= 1000)",
    "at(2020-03-01, losses(north | south, since=2020-02-01) >= 0.5)",
    "eventually((readiness(north) < 0.3) implies (posture(south) != 1))",
    "share(days, main_effort(north) == ford, by=2020-03-01) > 0.6",
    "share(days, main_effort(north) != main_effort(south), for=90 days) > 0.6",
    "eventually(belief(south, ford) > 3000) and eventually(inbound(south, ford) > 3000)",
    "eventually(reinforced(ford) > 500) or eventually(struck_columns(league) > 0)",
    "always(commitment(north, ground) <= (1.5 * initial(commitment(north, ground))))",
    "eventually(announced(north, air) < initial(announced(north, air)))",
    "at(2020-06-01, will(north)) > at(2020-01-20, will(north))",
    "until(ceasefire(north, south), event(sanction), by=2020-04-01)",
    "weak_until(tacit(north, south) > 0.5, intervened(east-steps-in), in=60 days)",
    "before(supplied(north, ford), open(ford, mill), since=2020-01-02)",
    "eventually(for_days(14, progress(ford) > 0.5))",
    "always(sorties(north) > sorties(north, ford))",
    "eventually((detected(north) / columns(north)) > 0.5)",
    "eventually(satisfied(vote-day) and (held_people(league) > 0.6))",
    "not eventually(always(holds(north, ford), for=7 days), by=2020-05-01)",
    "(eventually(contested(ford)) and eventually(contested(mill))) or always(true)",
    "eventually(false) implies eventually((-(3) + 1) < (4 - -2))",
]


@pytest.mark.parametrize("text", CLAIMS)
def test_a_claim_survives_being_printed_and_read_again(text: str) -> None:
    claim = parse(text, WORDS)
    assert parse(unparse(claim), WORDS) == claim
    assert unparse(parse(unparse(claim), WORDS)) == unparse(claim)


def test_every_predicate_is_among_the_claims() -> None:
    used = {observable.name for text in CLAIMS for observable in observables(parse(text, WORDS))}
    assert used == set(PREDICATES)


def test_text_comes_back_as_written_where_it_is_in_plain_form() -> None:
    for text in CLAIMS[:3]:
        assert unparse(parse(text, WORDS)) == text


def test_binding_strength() -> None:
    reading = parse_expression(
        "contested(ford) or contested(mill) and not fighters(north) + 2 * 3 > 1 implies true", WORDS
    )
    assert isinstance(reading, Implies)
    assert isinstance(reading.left, Or)
    conjunction = reading.left.operands[1]
    assert isinstance(conjunction, And)
    negation = conjunction.operands[1]
    assert isinstance(negation, Not)
    assert isinstance(negation.operand, Comparison)
    total = negation.operand.left
    assert isinstance(total, Arithmetic) and total.sign == "+"
    assert total.right == Arithmetic("*", Number(2.0), Number(3.0))


def test_implies_and_minus_associate_as_usual() -> None:
    reading = parse_expression("true implies false implies true", WORDS)
    assert isinstance(reading, Implies) and isinstance(reading.right, Implies)
    difference = parse_expression("7 - 2 - 1", WORDS)
    assert difference == Arithmetic("-", Arithmetic("-", Number(7), Number(2)), Number(1))
    assert parse_expression("+3 - -2", WORDS) == Arithmetic("-", Number(3), Negative(Number(2)))


def test_a_hyphen_inside_a_name_is_no_minus() -> None:
    assert parse_expression("east-hill", WORDS) == PlaceName("east-hill", 2)


def test_numbers_may_be_grouped() -> None:
    assert parse_expression("4_000", WORDS) == Number(4000.0)
    assert parse_expression("1.5e-3", WORDS) == Number(0.0015)
    assert unparse(Number(1e300)) == "1e+300"


def test_a_bloc_stands_for_its_actors_in_the_order_of_the_theatre() -> None:
    claim = parse("eventually(holds(league | north, ford))", WORDS)
    assert observables(claim) == {Observable("holds", (("north", "south", "east-guard"), "ford"))}
    assert "league | north" in unparse(claim)
    assert str(next(iter(observables(claim)))) == "holds(north | south | east-guard, ford)"


def test_a_set_of_actors_is_any_of_them_or_their_sum() -> None:
    attacks = parse_state("attacks(league, ford)", WORDS)
    assert isinstance(attacks, Signal) and attacks.combine == "any"
    fighters = parse_state("fighters(league)", WORDS)
    assert isinstance(fighters, Signal) and fighters.combine == "sum"
    assert observables(fighters) == {
        Observable("fighters", ("south",)),
        Observable("fighters", ("east-guard",)),
    }


def test_losses_count_from_the_cut_off_or_from_a_date() -> None:
    assert isinstance(parse_expression("losses(north)", WORDS), Change)
    since = parse_expression("losses(north, since=start)", WORDS)
    assert isinstance(since, Change) and since.since == WORDS.start
    assert unparse(since) == "losses(north, since=2020-01-01)"


def test_a_route_is_found_from_either_end() -> None:
    assert parse_state("open(mill, ford)", WORDS) == parse_state("open(ford, mill)", WORDS)


def test_a_list_of_places_may_stand_beside_a_main_effort() -> None:
    either = parse_expression("main_effort(north) == ford | mill", WORDS)
    assert isinstance(either, Or) and len(either.operands) == 2
    neither = parse_expression("ford | mill != main_effort(north)", WORDS)
    assert isinstance(neither, And)


def test_windows() -> None:
    def window(text: str) -> Window:
        claim = parse(text, WORDS)
        assert isinstance(claim, Eventually)
        return claim.window

    assert window("eventually(true)") == Window()
    assert window("eventually(true, in=2 weeks)") == Window(length=14)
    assert window("eventually(true, since=start, by=end)") == Window(WORDS.start, WORDS.end)
    assert parse("always(true, for=1 day)", WORDS).window == Window(length=0)  # type: ignore[union-attr]
    assert unparse(parse("always(true, for=1 day)", WORDS)) == "always(true, for=1 day)"
    assert parse("eventually(for_days(2 weeks, true))", WORDS) == parse(
        "eventually(for_days(14, true))", WORDS
    )
    assert parse("share(contested(ford)) > 0.5", WORDS) == parse(
        "share(days, contested(ford)) > 0.5", WORDS
    )


def test_sorts_and_timing() -> None:
    assert sort_of(parse_expression("at(now, main_effort(north))", WORDS)) == "place"
    assert sort_of(parse_expression("initial(fighters(north)) / 2", WORDS)) == "number"
    assert sort_of(parse_expression("main_effort(north) == ford", WORDS)) == "truth"
    assert is_path(parse_expression("share(days, true) * 2", WORDS))
    assert not is_path(parse_expression("initial(fighters(north)) > 2", WORDS))


REFUSED = {
    "holds(north, ford)": (0, "does not say when", "eventually(holds(north, ford), by=2020-12-31)"),
    " fighters(north) ": (1, "is a number, not a claim", "fighters(north) > 0"),
    "main_effort(north)": (0, "is a place, not a claim", "main_effort(north) == PLACE"),
    "eventually(holds(nort, ford))": (17, "no actor", "did you mean north?"),
    "eventually(holds(north, frod))": (24, "no place", "did you mean ford?"),
    "eventually(holds(north, zzzzzz))": (24, "no place", "ford, mill, east-hill, port.old"),
    "eventually(intervened(east))": (22, "no option", "east-steps-in"),
    "eventually(satisfied(vote))": (21, "no deadline", "vote-day"),
    "eventually(event(sanctions))": (17, "no event", "sanction"),
    "eventually(commitment(north, sea) > 1)": (29, "no kind of commitment", "air, ground"),
    "evntually(true)": (0, "no predicate and no operator", "did you mean eventually?"),
    "qqq(true)": (0, "no predicate and no operator", "expected one of holds"),
    "eventually(holds(north))": (11, "given 1 argument", "holds(ACTORS, PLACE)"),
    "eventually(fighters() > 1)": (11, "given 0 arguments", "fighters(ACTOR, [PLACE])"),
    "eventually()": (0, "given 0 arguments", "eventually(WHAT, by=DATE)"),
    "until(true)": (0, "given 1 argument", "until(WHAT, WHAT, by=DATE)"),
    "eventually(readiness(league) > 1)": (21, "takes one actor, found 2", "south, east-guard"),
    "eventually(contested(ford | mill))": (21, "names several things", "expected one place"),
    "eventually(contested(3))": (21, "3 is no name", "contested(PLACE) with names"),
    "eventually(open(ford, east-hill))": (11, "no route joins", "routes from ford go to mill"),
    "eventually(open(port.old, ford))": (11, "no route joins", "port.old has no route"),
    "eventually(true, until=2020-02-01)": (23, "no option until=", "takes by=, in=, since="),
    "eventually(holds(north, ford, by=end))": (33, "no option by=", "holds takes no option"),
    "eventually(true, by=end, by=end)": (25, "by= is given twice", ""),
    "eventually(by=end, true)": (19, "follows an option", "options come last"),
    "eventually(true, by=end, in=3 days)": (28, "two ends", "not both"),
    "eventually(true, since=end, by=now)": (31, "begins on 2020-12-31", "since= is later"),
    "eventually(true, by=2020-02-30)": (20, "not in the calendar", "YEAR-MONTH-DAY"),
    "eventually(true, by=2021-01-01)": (20, "outside the theatre", "2020-01-01 to 2020-12-31"),
    "eventually(true, by=2020-2-1)": (20, "no date", "2020-06-30"),
    "eventually(true, in=2 months)": (20, "not a whole number", "days, weeks or a date"),
    "eventually(true, in=1.5 weeks)": (20, "not a whole number", "days, weeks or a date"),
    "eventually(true, in=0 days)": (20, "no duration", "1 day or more"),
    "eventually(true, in=14)": (20, "no duration", "14 days"),
    "eventually(for_days(0, true))": (20, "0 is no duration", "1 day"),
    "eventually(for_days(1.5, true))": (20, "1.5 is no duration", "1 day"),
    "eventually(2020-01-05)": (11, "is a date", "by=2020-06-30"),
    "eventually(3 days)": (11, "is a duration", "in=14 days"),
    "eventually(a = 3)": (15, "no option a=", "by=, in=, since="),
    "eventually(fighters(north))": (11, "expected something true or false", "> 1000"),
    "eventually(main_effort(north))": (11, "found a place", "== PLACE"),
    "eventually(1 + contested(ford) > 2)": (15, "expected a number", "share(days"),
    "eventually(1 + ford > 2)": (15, "expected a number, found a place", ""),
    "eventually(main_effort(north) == 3)": (30, "is compared with a number (3)", "places with"),
    "eventually(true == true)": (16, "is compared with", "truth is joined by and"),
    "eventually(ford < mill)": (16, "cannot be ordered", "== or !="),
    "eventually(ford | mill == ford | mill)": (11, "another list", ""),
    "eventually(ford | mill)": (11, "names several things", "beside =="),
    "eventually(north)": (11, "north is an actor", "holds(north, PLACE)"),
    "initial(eventually(true)) and eventually(true)": (8, "state of one day", "at(DATE"),
    "eventually(1e999 > 0)": (11, "no number that can be read", ""),
    "eventually(1_ > 0)": (11, "no number that can be read", ""),
    "eventually(holds(north, 2020-01-05))": (24, "is no name", "holds(ACTORS, PLACE)"),
    "at(true, true)": (3, "true is no date", "start, now, end"),
    "eventually(league == ford)": (11, "league is an actor", "holds(league, PLACE)"),
    "eventually(main_effort(north) == frod | mill)": (33, "no place", "did you mean ford?"),
    "eventually(1 + frod > 2)": (15, "no place", "did you mean ford?"),
    "eventually(true) $": (17, "'$' does not belong", "expected an operator"),
    "eventually(true": (15, "stops too early", "expected ) or ,"),
    "eventually(true))": (16, "')' does not belong here", "the end"),
    "eventually(1 < 2 < 3)": (17, "'<' does not belong here", ""),
    "north = 3": (6, "'=' does not belong here", "== compares"),
    "not": (3, "stops too early", "an expression such as"),
}


@pytest.mark.parametrize("text", REFUSED)
def test_a_fault_is_shown_at_its_character_with_a_remedy(text: str) -> None:
    position, problem, remedy = REFUSED[text]
    with pytest.raises(ClaimError) as caught:
        parse(text, WORDS)
    error = caught.value
    assert error.position == position
    assert problem in error.message
    assert remedy in error.next_step
    lines = str(error).splitlines()
    assert lines[0].endswith(f"(character {position + 1})")
    assert lines[2].index("^") - 2 == position
    assert lines[1][2:] == text


def test_the_caret_finds_its_line() -> None:
    with pytest.raises(ClaimError) as caught:
        parse("eventually(\n  contested(frod),\n  by=end)", WORDS)
    assert "    contested(frod),\n              ^" in str(caught.value)


@pytest.mark.parametrize("text", ["", "  \n "])
def test_nothing_is_refused(text: str) -> None:
    with pytest.raises(ClaimError, match="empty"):
        parse(text, WORDS)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("(" * 9_000 + "true" + ")" * 900, "does not belong|too early"),
        ("not " * 2_000 + "true", "nested too deeply"),
        ("1" + " + 1" * 2_000 + " > 0", "nested too deeply"),
        ("true or " * 2_000 + "true", "16,004 characters"),
        ("eventually(" * 70 + "true" + ")" * 70, "nested too deeply"),
    ],
)
def test_monstrous_formulas_are_refused_without_a_crash(text: str, problem: str) -> None:
    with pytest.raises(ClaimError, match=problem):
        parse(text, WORDS)


def test_a_wide_formula_is_fine() -> None:
    assert is_path(parse("eventually(" + "contested(ford) or " * 400 + "true)", WORDS))


def test_a_theatre_without_events_says_so() -> None:
    bare = Vocabulary(("north",), ("ford",), WORDS.start, WORDS.now, WORDS.end)
    with pytest.raises(ClaimError, match="the theatre has no event at all"):
        parse("eventually(event(vote))", bare)


def test_reports_and_history_speak_of_one_day() -> None:
    assert sort_of(parse_state("not contested(ford)", WORDS)) == "truth"
    with pytest.raises(ClaimError, match="more than one day"):
        parse_state("eventually(contested(ford))", WORDS)


def test_the_vocabulary_counts_its_days() -> None:
    assert WORDS.days == 366
    assert WORDS.members("nobody") == ()
    assert WORDS.nearest("zzz", ()) is None


def test_a_formula_that_is_none_cannot_be_printed() -> None:
    with pytest.raises(TypeError, match="no text for str"):
        unparse("true")  # type: ignore[arg-type]
