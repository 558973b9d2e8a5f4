"""The printed forms: day 0, the program table by table, and the structural variants."""

from __future__ import annotations

import numpy as np
import pytest

from contingent.compile import Program, compile_scenario
from contingent.compile.day0 import Day0, day0, day0_text
from contingent.compile.listing import program_text
from contingent.compile.variants import MEANINGS, scenario_variants, variants
from contingent.reference import layout
from contingent.scenario.changes import replace
from contingent.scenario.types import Scenario


@pytest.fixture(scope="module")
def day(program: Program) -> Day0:
    return day0(program, draws=100)


def test_totals_add_up(program: Program, day: Day0) -> None:
    south = day.totals[0]
    assert south.actor == "south"
    assert south.mobile[0] == pytest.approx(100.0 + np.sqrt(500 * 1500), rel=0.1)
    assert south.mobile[1] < south.mobile[0] < south.mobile[2]
    assert south.places == 2
    assert sum(total.places for total in day.totals) == 3


def test_attackers_stand_at_their_target(day: Day0) -> None:
    (operation,) = day.operations
    assert (operation.lead, operation.target, operation.phase) == ("north", "mill", "probe")
    assert str(operation.since) == "2019-12-20"
    mill = day.places[1]
    assert list(mill.attackers) == ["north"]
    assert mill.contact == "outskirts"
    assert operation.attackers == pytest.approx(mill.attackers["north"])
    assert operation.defenders == pytest.approx(sum(mill.garrison.values()))


def test_contacts_are_hostile_neighbours(day: Day0) -> None:
    (contact,) = day.contacts
    assert (contact.one, contact.other) == ("mill", "hill")
    assert contact.holders == ("south", "north")
    assert 40.0 < contact.km < 60.0
    assert contact.days > 0.0


def test_a_closed_road_makes_a_siege(scenario: Scenario) -> None:
    cut = compile_scenario(replace(scenario, {"routes.ford-mill.open": False}))
    day = day0(cut, draws=10)
    assert [place.place for place in day.sieges] == ["mill"]
    assert "mill   south   100%" in day0_text(day)


def test_day_0_in_words(day: Day0) -> None:
    text = day0_text(day)
    for heading in ("Totals", "Places", "Sieges: none", "Operations", "Contacts"):
        assert heading in text
    assert day.to_plain()["sieges"] == []


def test_a_program_in_words(program: Program) -> None:
    text = program_text(program)
    for table in (*layout.STRUCTURE_TABLES, *layout.PARAMETER_TABLES):
        if not table.name.startswith(("series_", "choice")):
            assert f"\n{table.name} (" in text
    assert "  far: south" not in text
    assert "  southern: south" in text
    assert "  mill: airbase" not in text
    assert "places.ford.people" in text
    assert "  south: 10 <- unknowns.alert * 10" in text


def test_every_rule_and_option_has_a_meaning() -> None:
    options = {f"{rule} {o}" for rule, named in layout.STRUCTURE.items() for o in named}
    assert set(MEANINGS) == options


def test_variants_change_one_rule_each(program: Program) -> None:
    found = variants(program)
    assert len(found) >= 8
    assert len({variant.program.digest for variant in found.values()} | {program.digest}) == (
        len(found) + 1
    )
    before = program.structure["choice"]
    for name, variant in found.items():
        after = variant.program.structure["choice"]
        assert (after != before).sum() == 1
        assert variant.name == name
        assert variant.says == MEANINGS[name]
        assert np.array_equal(variant.program.parameters, program.parameters)


def test_variants_of_a_scenario_are_those_of_its_program(
    scenario: Scenario, program: Program
) -> None:
    changed = scenario_variants(scenario)
    found = variants(program)
    assert list(changed) == list(found)
    for name in ("fog none", "attrition linear"):
        assert compile_scenario(changed[name]).digest == found[name].program.digest
