"""Which reports condition, and how each kind is read."""

from __future__ import annotations

from datetime import date, timedelta
from math import log
from typing import Any

import pytest

from contingent.compile import Program
from contingent.errors import ClaimError, SettingError
from contingent.infer.reports import log_bias, select
from contingent.scenario.types import Scenario, Theatre
from contingent.scenario.types_reports import Report

START = date(2020, 1, 1)


def report(name: str, on: int, published: int | None = None, **written: Any) -> Report:
    when = on if published is None else published
    return Report.model_validate(
        {
            "id": name, "on": START + timedelta(on), "published": START + timedelta(when),
            "observe": "holds(south, mill)",
        } | written
    )  # fmt: skip


def theatre_with(scenario: Scenario, *reports: Report) -> Theatre:
    return scenario.theatre.model_copy(update={"reports": reports})


@pytest.mark.parametrize(
    ("written", "kind", "first", "last"),
    [
        ({"observe": "holds(south, mill)"}, "holder", 10, 10),
        ({"observe": "not holds(south, mill)"}, "holder", 10, 10),
        ({"observe": "holds(south, mill)", "window": 2, "published": 11}, "holder", 8, 11),
        ({"observe": "attacks(north, mill)", "window": 3, "published": 14}, "event", 7, 13),
        ({"observe": "attacks(north, mill)"}, "event", 10, 10),
        ({"observe": "not attacks(north, mill)", "window": 4}, "inaction", 6, 10),
        ({"observe": "first attacks(north, mill) then contested(mill)"}, "order", 0, 10),
        ({"observe": "attacks(north, mill)", "window": 5, "silence": True}, "silence", 5, 10),
        ({"observe": "belief(south, mill) > 500", "knew": "a threat"}, "knew", 10, 10),
        ({"observe": "attempted(north, mill)", "intent": "cheap talk"}, "intent", 10, 19),
        ({"observe": "attempted(north, mill)", "intent": "x", "window": 3}, "intent", 10, 13),
        ({"observe": "fighters(north, mill)", "value": "500 to 900"}, "value", 10, 10),
        ({"observe": "fighters(north, mill)", "at_least": 500}, "bounds", 10, 10),
        ({"observe": "belief(south, mill)", "value": 700, "knew": "x"}, "knew", 10, 10),
    ],
)
def test_kinds_are_told_from_what_is_written(
    read: Any, written: dict[str, Any], kind: str, first: int, last: int
) -> None:
    evidence = read(10, **written)
    assert (evidence.kind, evidence.first, evidence.last) == (kind, first, last)


def test_a_denial_is_about_what_it_denies(read: Any) -> None:
    claimed = report("claimed", 9, observe="holds(north, mill)", grade="C2")
    denial = read(10, denies="claimed", observe=None, others=(claimed,))
    assert denial.kind == "denial" and denial.negated
    assert {str(one) for one in denial.observables} == {"holds(north, mill)"}


def test_a_costly_intent_says_so(read: Any) -> None:
    written = {"observe": "attempted(north, mill)"}
    assert read(10, intent="costly: reserves called up", **written).costly
    assert not read(10, intent="a speech", **written).costly


def test_numbers_are_read_with_their_width_and_bias(read: Any) -> None:
    observe = "fighters(north, mill)"
    assert (read(5, observe=observe, value=0).low) == 0.5
    uniform = read(5, observe=observe, value={"uniform": [100, 300]})
    assert (uniform.low, uniform.high) == (100.0, 300.0)
    normal = read(5, observe=observe, value={"normal": [1000, 100]})
    assert normal.high - normal.low == pytest.approx(2 * 164.485, rel=1e-3)
    biased = read(5, observe=observe, value=100, bias="1 to 4")
    assert log_bias(biased)[0] == pytest.approx(log(2.0))
    assert read(5, observe="readiness(north)", value=0.4).share
    with pytest.raises(SettingError, match="value:"):
        read(5, observe=observe)


def test_reports_after_the_fence_are_refused_with_their_place(
    scenario: Scenario, program: Program
) -> None:
    theatre = theatre_with(
        scenario, report("early", 3), report("late", 15, 25), report("text", 3, observe=None)
    )
    chosen = select(theatre, program.names, marks={"late": "small.yaml:70"})
    assert [one.id for one in chosen.evidence] == ["early"]
    late = next(one for one in chosen.refused if one.late)
    assert str(late).startswith("small.yaml:70: reports.late: published 2020-01-26, after the")
    assert [one.id for one in chosen.refused if "no predicate" in one.reason] == ["text"]


def test_the_fence_moves_back_and_never_forward_without_hindsight(
    scenario: Scenario, program: Program
) -> None:
    theatre = theatre_with(scenario, report("one", 3), report("two", 9), report("late", 25))
    back = select(theatre, program.names, as_of=START + timedelta(5))
    assert [one.id for one in back.evidence] == ["one"] and not back.hindsight
    with pytest.raises(SettingError, match="hindsight"):
        select(theatre, program.names, as_of=START + timedelta(30))
    forward = select(theatre, program.names, as_of=START + timedelta(30), hindsight=True)
    assert len(forward.evidence) == 3 and forward.hindsight
    with pytest.raises(SettingError, match="a day of the theatre"):
        select(theatre, program.names, as_of=START - timedelta(3))


def test_reports_outside_the_period_are_refused(scenario: Scenario, program: Program) -> None:
    theatre = theatre_with(scenario, report("before", -5, 1), report("fine", 2))
    chosen = select(theatre, program.names)
    assert "outside the period" in chosen.refused[0].reason


def test_a_superseded_report_counts_until_the_new_one_is_out(
    scenario: Scenario, program: Program
) -> None:
    first = report("first", 5, 5, observe="fighters(north, mill)", value=400)
    second = report("second", 5, 9, observe="fighters(north, mill)", value=900, supersedes="first")
    theatre = theatre_with(scenario, first, second)
    assert [one.id for one in select(theatre, program.names).evidence] == ["second"]
    early = select(theatre, program.names, as_of=START + timedelta(7))
    assert [one.id for one in early.evidence] == ["first"]


def test_copies_of_one_chain_count_once(scenario: Scenario, program: Program) -> None:
    theatre = theatre_with(
        scenario,
        report("origin", 5, chain="agency"),
        report("copy", 5, 6, chain="agency"),
        report("other", 6, chain="agency"),
        report("free", 5, 6),
    )
    chosen = select(theatre, program.names)
    assert [one.id for one in chosen.evidence] == ["origin", "other", "free"]
    assert chosen.refused[0].reason == "copies origin (chain agency)"


def test_order_of_publication_parties_and_horizons(scenario: Scenario, program: Program) -> None:
    number = {"observe": "fighters(north, mill)", "at_most": 900}
    theatre = theatre_with(
        scenario, report("b", 9, 12, by="x", **number), report("a", 11, 11, by="y")
    )
    chosen = select(theatre, program.names)
    assert [one.id for one in chosen.evidence] == ["a", "b"]
    assert chosen.parties == ("x",) and chosen.horizons == (11, 11)


def test_what_cannot_be_read_names_the_report(scenario: Scenario, program: Program) -> None:
    theatre = theatre_with(scenario, report("odd", 3, observe="first contested(mill) then nothing"))
    with pytest.raises(ClaimError, match="report odd"):
        select(theatre, program.names)
