import pytest

from contingent.errors import SettingError
from contingent.scenario.changes import names, quantities, replace
from contingent.scenario.naming import walk_quantities
from contingent.scenario.quantities import UNSET, middle
from contingent.scenario.types import Scenario


def test_every_quantity_is_listed_once_under_its_name(rivers: Scenario) -> None:
    found = quantities(rivers)
    assert all(name == quantity.name for name, quantity in found.items())
    assert UNSET not in found.values()
    assert found["north.forces.ford.mobile"].parameters == (100.0, 300.0)
    assert "kinds.force.garrison.quality" in found


def test_nothing_is_left_unset(rivers: Scenario) -> None:
    assert [name for name, q in walk_quantities(rivers.theatre) if q is UNSET] == []


def test_a_change_scales_adds_or_replaces(rivers: Scenario) -> None:
    name = "ally.air.sorties_per_day"
    before = middle(quantities(rivers)[name])
    assert middle(quantities(replace(rivers, {name: "* 2"}))[name]) == 2 * before
    assert middle(quantities(replace(rivers, {name: "+ 5"}))[name]) == before + 5
    assert quantities(replace(rivers, {name: "3 to 4"}))[name].parameters == (3.0, 4.0)
    assert quantities(replace(rivers, {f"actors.{name}": 7}))[name].parameters == (7.0,)
    assert middle(quantities(rivers)[name]) == before


def test_a_prior_changed_at_one_place_stays_tied_to_its_kind(rivers: Scenario) -> None:
    changed = replace(rivers, {"north.forces.ford.quality": "* 2"})
    force = changed.theatre.actors["north"].forces[0]
    assert force.quality.distribution == "shared"
    assert force.quality.unknown == "kinds.force.garrison.quality"
    assert (force.quality.times, force.quality.name) == (2.0, "north.forces.ford.quality")
    other = changed.theatre.actors["north"].forces[2]
    assert other.quality.name == "kinds.force.garrison.quality"


def test_a_prior_changed_for_the_kind_changes_everywhere(rivers: Scenario) -> None:
    changed = replace(rivers, {"kinds.force.garrison.quality": 1.5})
    forces = changed.theatre.actors["north"].forces
    garrisons = [force.quality.parameters for force in forces if force.kind == "garrison"]
    assert garrisons == [(1.5,)] * 2
    assert quantities(changed)["kinds.force.garrison.quality"].parameters == (1.5,)


def test_entries_that_are_no_numbers_take_plain_values(rivers: Scenario) -> None:
    changed = replace(
        rivers, {"routes.ford-mill.open": False, "places.ford.held_by": "south",
                 "structure.attrition": "linear", "mechanisms.air": "off"},
    )  # fmt: skip
    assert changed.theatre.routes[0].open is False
    assert changed.theatre.places["ford"].held_by == "south"
    assert changed.theatre.structure.attrition == "linear"
    assert changed.theatre.mechanisms["air"] is False


def test_a_number_that_was_left_out_can_be_set(rivers: Scenario) -> None:
    changed = replace(rivers, {"ally.air.surge": 20, "relations.north-ally.tacit_usual": 0.4})
    assert quantities(changed)["ally.air.surge"].unit == "sorties/day"
    assert changed.theatre.relations[1].tacit_usual is not None


@pytest.mark.parametrize(
    ("name", "written", "words"),
    [
        ("ally.air.sorties_per_dya", "* 2", "did you mean 'ally.air.sorties_per_day'?"),
        ("north.air.sorties_per_day", "* 2", "'air', which the entry does not have"),
        ("nobody", 3, "leads to no entry"),
        ("north", 3, "leads to no entry"),
        ("places", 3, ""),
        ("kinds.force.elite.quality", 3, "leads to no entry"),
        ("ally.air.sorties_per_day", "2 km", "sorties/day"),
        ("ally.air.sorties_per_day", -2, "at least 0"),
        ("north.forces.ford.readiness", "1.5", "from 0 to 1"),
        ("structure.attrition", "cubic", "'linear'"),
        ("routes.ford-mill.open", "perhaps", "true or false"),
    ],
)
def test_a_change_that_cannot_be_made(
    rivers: Scenario, name: str, written: object, words: str
) -> None:
    with pytest.raises(SettingError) as caught:
        replace(rivers, {name: written})
    assert words in str(caught.value)
    assert name in str(caught.value)


def test_every_listed_name_can_be_changed(rivers: Scenario) -> None:
    for name in names(rivers):
        changed = replace(rivers, {name: "* 1"})
        assert set(quantities(changed)) >= set(quantities(rivers)) - {name}
