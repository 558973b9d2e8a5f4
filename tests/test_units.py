import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contingent.errors import QuantityError
from contingent.units import describe, parse_quantity, parse_unit, read


@pytest.mark.parametrize(
    ("text", "wanted", "value"),
    [
        ("60 km/day", "km/day", 60.0),
        ("60km/day", "km/day", 60.0),
        ("10 miles", "km", 16.09344),
        ("14 days", "days", 14.0),
        ("2 weeks", "days", 14.0),
        ("2 months", "days", 60.875),
        ("36 hours", "days", 1.5),
        ("1 year", "days", 365.25),
        ("150 men", "people", 150.0),
        ("4_000 fighters", "men", 4000.0),
        ("33 sorties/day", "sorties/day", 33.0),
        ("231 sorties/week", "sorties/day", 33.0),
        ("30%", "fraction", 0.3),
        ("30 percent", "fraction", 0.3),
        ("0.3", "fraction", 0.3),
        ("0.3", "%", 0.3),
        ("10 hours/day", "hours/day", 10.0),
        ("600 minutes/day", "hours/day", 10.0),
        ("500 km^2", "km2", 500.0),
        ("500 km²", "km^2", 500.0),
        ("2 men * day", "men day", 2.0),
        ("0.5 1/day", "1/day", 0.5),
        ("  -1.5e3 m ", "km", -1.5),
        (".5 km", "km", 0.5),
        (7, "days", 7.0),
        (30_000, "people", 30000.0),
    ],
)
def test_reads(text: str | float, wanted: str, value: float) -> None:
    assert read(text, wanted) == pytest.approx(value, rel=1e-14)


@pytest.mark.parametrize(
    ("text", "wanted", "message"),
    [
        ("60 km", "km/day", "found '60 km' (length), expected length/time; write e.g. 60 km/day"),
        ("60 men", "km", "found '60 men' (people), expected length; write e.g. 60 km"),
        (
            "30%",
            "hours/day",
            "found '30%' (fraction), expected hours/day; write e.g. 30 hours/day",
        ),
        ("33 strikes/day", "sorties/day", "found '33 strikes/day' (strikes/time), "),
        ("many", "men", "found 'many', expected a number; write e.g. 60 men"),
        ("", "men", "found '', expected a number"),
        ("30,000 men", "men", "found '30,000 men', expected a number; group digits with _"),
        ("60 kilometre/day", "km/day", ""),
        (
            "6 kilometer/dya",
            "km/day",
            "found the unit 'dya', expected a known unit; did you mean day?",
        ),
        ("60 xyzzy", "km", "found the unit 'xyzzy', expected a known unit; known are km, m, "),
        ("1__0 km", "km", "found '1__0 km', expected a number"),
        (math.inf, "km", "found inf, expected a finite number of km"),
        ("1e999 km", "km", "found '1e999 km', expected a finite number"),
    ],
)
def test_an_error_says_what_was_found_and_wanted(
    text: str | float, wanted: str, message: str
) -> None:
    if not message:
        assert read(text, wanted) == 60.0
        return
    with pytest.raises(QuantityError) as caught:
        read(text, wanted)
    assert str(caught.value).startswith(message)


def test_a_bare_number_has_no_unit() -> None:
    assert parse_quantity("12").unit is None


def test_units_cancel() -> None:
    assert parse_unit("hours/day").dimension == ()
    assert parse_unit("km km/km").dimension == parse_unit("km").dimension


@pytest.mark.parametrize(
    ("unit", "words"),
    [
        ("km/day", "length/time"),
        ("km^2", "length^2"),
        ("men/km^2", "people/length^2"),
        ("1/day", "1/time"),
        ("hours/day", "a pure number"),
    ],
)
def test_dimensions_in_words(unit: str, words: str) -> None:
    assert describe(parse_unit(unit).dimension) == words


@given(st.floats(-1e12, 1e12))
def test_a_number_in_the_wanted_unit_is_not_touched(value: float) -> None:
    assert read(f"{value!r} km/day", "km/day") == value == read(value, "km/day")
