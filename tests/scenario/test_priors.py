from typing import get_args

import pytest

from contingent.scenario.document import LIBRARY, read_plain
from contingent.scenario.fields import Spec
from contingent.scenario.parameters import model_parameters
from contingent.scenario.priors import defaults, kind_priors, measure_of
from contingent.scenario.quantities import BASES
from contingent.scenario.types import MECHANISMS, Scenario
from contingent.scenario.types_actors import ForceKind
from contingent.scenario.types_places import PlaceKind, Road
from contingent.scenario.written import read_quantity


def subclasses(model: type[Spec]) -> list[type[Spec]]:
    return [one for sub in model.__subclasses__() for one in (sub, *subclasses(sub))]


@pytest.mark.parametrize(
    ("sort", "kinds", "fields"),
    [
        ("force", get_args(ForceKind), {"quality", "resolve", "signature"}),
        ("place", get_args(PlaceKind), {"terrain", "diameter", "belt", "urban_speed",
                                        "field_speed", "front", "sector", "entrenchment"}),
        ("road", get_args(Road), {"capacity"}),
    ],
)  # fmt: skip
def test_every_kind_has_every_prior(sort: str, kinds: tuple[str], fields: set[str]) -> None:
    priors = kind_priors(sort)
    assert set(priors) == set(kinds)
    for kind, numbers in priors.items():
        assert set(numbers) == fields
        for field, quantity in numbers.items():
            assert quantity.name == f"kinds.{sort}.{kind}.{field}"
            assert quantity.basis in BASES and quantity.source


def test_every_default_belongs_to_a_field_and_can_be_read() -> None:
    models = {model.__name__.lower(): model for model in subclasses(Spec)}
    for section, numbers in defaults().items():
        model = models[section.replace("_", "")]
        for field, written in numbers.items():
            measure = measure_of(model, field)
            assert field in model.model_fields
            if measure is not None:
                read_quantity(written, unit=measure.unit, low=measure.low, high=measure.high)


def test_every_uncertain_default_has_basis_and_source() -> None:
    for numbers in defaults().values():
        for written in numbers.values():
            if isinstance(written, dict):
                assert written["basis"] in BASES and written["source"]


def test_every_parameter_has_basis_source_and_meaning() -> None:
    assert set(model_parameters()) == set(read_plain(LIBRARY / "model.yaml")["model"])
    for parameter in model_parameters().values():
        assert parameter.quantity.basis in BASES
        assert parameter.quantity.source and parameter.says


def test_a_source_beside_numbers_applies_to_all_of_them(rivers: Scenario) -> None:
    north = rivers.theatre.actors["north"]
    assert north.forces[0].mobile.basis == "assumption"
    assert north.aims["ford"].basis == "assumption"
    assert rivers.theatre.places["ford"].people.source == "MAP"
    assert rivers.theatre.places["ford"].terrain.source != "MAP"


def test_mechanisms_and_parameters_are_complete(rivers: Scenario) -> None:
    assert tuple(rivers.theatre.mechanisms) == MECHANISMS
    assert set(rivers.theatre.model) == set(model_parameters())


def test_an_actors_signature_is_that_of_its_largest_force(rivers: Scenario) -> None:
    assert rivers.theatre.actors["south"].signature.name == "kinds.force.mobile-jihadist.signature"
    assert rivers.theatre.actors["ally"].signature.name == "ally.signature"
