from contingent.scenario.naming import keys_of, map_quantities, walk_quantities, walk_specs
from contingent.scenario.types import Scenario


def test_names_leave_out_actors_and_use_the_names_of_list_entries(rivers: Scenario) -> None:
    names = dict(walk_quantities(rivers.theatre))
    for name in (
        "north.forces.ford.mobile",
        "ally.air.sorties_per_day",
        "north.aims.ford",
        "routes.ford-mill.km",
        "relations.north-ally.coordination",
        "places.ford.people",
        "model.combat_loss",
    ):
        assert name in names, name


def test_a_quantity_is_called_by_the_name_of_its_field_unless_its_kind_shares_it(
    rivers: Scenario,
) -> None:
    for name, quantity in walk_quantities(rivers.theatre):
        assert quantity.name == name or quantity.name.startswith("kinds.")


def test_entries_of_one_name_are_told_apart() -> None:
    assert keys_of([{"target": "a", "from": "b"}, {"target": "a", "from": "c"}]) == ["a.b", "a.c"]
    assert keys_of([{"id": "x"}, {"id": "x"}]) == ["x", "x.1"]
    assert len(set(keys_of([{"at": "x"}] * 5))) == 5


def test_mapping_without_a_change_gives_back_the_same_object(rivers: Scenario) -> None:
    assert map_quantities(rivers.theatre, lambda quantity, _: quantity) is rivers.theatre


def test_every_entry_is_walked(rivers: Scenario) -> None:
    names = [name for name, _ in walk_specs(rivers.argument)]
    assert "claims.ford-falls" in names and "what_if.more-eyes" in names
