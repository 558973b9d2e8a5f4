import math
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contingent.errors import QuantityError
from contingent.scenario.quantities import Quantity, middle
from contingent.scenario.written import change, read_quantity


def fighters(written: Any) -> Quantity:
    return read_quantity(written, unit="fighters", low=0.0)


def fraction(written: Any) -> Quantity:
    return read_quantity(written, unit="1", low=0.0, high=1.0)


@pytest.mark.parametrize(
    ("written", "distribution", "parameters"),
    [
        (5, "exact", (5.0,)),
        ("30_000", "exact", (30000.0,)),
        ("500 fighters", "exact", (500.0,)),
        ("150 to 700", "lognormal", (150.0, 700.0)),
        ("150 to 700 men", "lognormal", (150.0, 700.0)),
        ("150 men to 700 men", "lognormal", (150.0, 700.0)),
        ("30_000 to 60_000", "lognormal", (30000.0, 60000.0)),
        ("5 to 5", "exact", (5.0,)),
        ({"uniform": [0, 5]}, "uniform", (0.0, 5.0)),
        ({"normal": [10, 2]}, "normal", (10.0, 2.0)),
        ({"lognormal": [3, 8]}, "lognormal", (3.0, 8.0)),
        ({"beta": [2, 5]}, "beta", (2.0, 5.0)),
        ({"choice": {"1": 0.3, "2_000": 0.7}}, "choice", (0.3, 0.7)),
        ({"value": "3 to 8"}, "lognormal", (3.0, 8.0)),
        ({"value": {"uniform": [3, 8]}}, "uniform", (3.0, 8.0)),
        ({"unknown": "spirit", "times": 3}, "shared", ()),
    ],
)
def test_every_written_form(written: Any, distribution: str, parameters: tuple[float]) -> None:
    quantity = fighters(written)
    assert quantity.distribution == distribution
    assert quantity.parameters == parameters


def test_the_interval_of_a_fraction_is_logitnormal_and_one_across_zero_normal() -> None:
    assert fraction("0.2 to 0.8").distribution == "logitnormal"
    spread = read_quantity("-1 to 3", unit="1")
    assert spread.distribution == "normal"
    assert spread.parameters[0] == 1.0
    assert math.isclose(spread.parameters[0] + 1.6448536269514722 * spread.parameters[1], 3.0)


def test_units_are_converted_to_the_unit_of_the_field() -> None:
    assert read_quantity("2 weeks", unit="days").parameters == (14.0,)
    assert read_quantity("2 to 5 km/hour", unit="km/day").parameters == (48.0, 120.0)
    assert fraction("30%").parameters == (0.3,)
    assert read_quantity("2 events/month", unit="events/month").parameters == (2.0,)
    assert read_quantity("5 km", unit=None).unit == "km"


def test_labels_of_a_choice_are_numbers() -> None:
    assert fighters({"choice": {"1": 0.3, "2_000": 0.7}}).values == (1.0, 2000.0)


def test_a_shared_unknown_is_named_in_full() -> None:
    assert fighters({"unknown": "spirit", "times": 3}).unknown == "unknowns.spirit"
    assert fighters({"unknown": "spirit", "times": 3}).times == 3.0
    assert fraction({"unknown": "kinds.force.elite.resolve"}).unknown == "kinds.force.elite.resolve"


def test_source_and_basis_stand_in_any_mapping() -> None:
    quantity = fighters({"uniform": [3, 8], "source": "F12", "basis": "estimate"})
    assert (quantity.source, quantity.basis) == ("F12", "estimate")
    inner = fighters({"value": {"uniform": [3, 8], "basis": "tuned"}, "basis": "estimate"})
    assert inner.basis == "estimate"


@pytest.mark.parametrize(
    ("written", "words"),
    [
        (None, "nothing"),
        ([1, 2], "a list"),
        ("five", "such as 5"),
        ("5 to", "a number in fighters"),
        ("1,000", "such as 5"),
        ("60 km", "the unit 'km'"),
        ("60 kmm", "did you mean km"),
        ({"beta": [0, 1]}, "above 0"),
        ({"lognormal": [0, 1]}, "above 0"),
        ({"normal": [1, -1]}, "standard deviation"),
        ({"uniform": [1]}, "lowest and highest"),
        ({"uniform": [-1, 1]}, "at least 0"),
        ({"choice": {}}, "with their probabilities"),
        ({"choice": {"big": 1}}, "'big'"),
        ({"choice": {"1": -0.5, "2": 1.5}}, "at least 0"),
        ({"unknown": ""}, "under unknowns"),
        ({"value": 3, "sauce": "F1"}, "'sauce'"),
        ({"value": {"value": 3}}, "a value inside a value"),
        ({}, "exactly one of"),
        (10**400, "finite"),
        ("9" * 5000, "a number"),
        (True, "true"),
    ],
)
def test_what_cannot_be_read_is_said(written: Any, words: str) -> None:
    with pytest.raises(QuantityError) as caught:
        fighters(written)
    assert words in str(caught.value)


def test_changes_act_on_the_value_and_keep_the_draw() -> None:
    base = fighters("100 to 400")
    twice = change(base, "* 2")
    more = change(twice, "+ 100")
    assert (more.distribution, more.parameters) == (base.distribution, base.parameters)
    assert middle(more) == 500.0
    assert middle(change(more, "* 2")) == 1000.0
    assert middle(change(base, "- 50")) == 150.0
    assert middle(change(base, "*3")) == 600.0
    assert change(base, 7).parameters == (7.0,)
    assert change(base, "30 to 40").parameters == (30.0, 40.0)


def test_a_changed_value_stays_in_its_range() -> None:
    assert middle(change(fraction(0.8), "* 2")) == 1.0
    assert middle(change(fraction(0.8), "- 2")) == 0.0


@given(low=st.floats(0.001, 1e6), factor=st.floats(1.001, 1e3))
def test_the_middle_of_an_interval_lies_within_it(low: float, factor: float) -> None:
    high = low * factor
    quantity = fighters(f"{low!r} to {high!r}")
    assert quantity.parameters == (low, high)
    assert low <= middle(quantity) <= high


@given(text=st.text(max_size=30))
def test_any_text_is_a_number_or_an_error(text: str) -> None:
    try:
        assert math.isfinite(fighters(text).parameters[0])
    except QuantityError as error:
        assert str(error)
