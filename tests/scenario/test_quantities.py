import math

import pytest

from contingent.scenario.quantities import Distribution, Quantity, middle


@pytest.mark.parametrize(
    ("distribution", "parameters", "expected"),
    [
        ("exact", (3.0,), 3.0),
        ("lognormal", (100.0, 400.0), 200.0),
        ("normal", (5.0, 2.0), 5.0),
        ("logitnormal", (0.2, 0.8), 0.5),
        ("beta", (1.0, 3.0), 0.25),
        ("uniform", (2.0, 6.0), 4.0),
    ],
)
def test_the_middle(
    distribution: Distribution, parameters: tuple[float, ...], expected: float
) -> None:
    assert math.isclose(middle(Quantity(distribution, parameters)), expected)


def test_the_middle_of_a_choice_and_of_a_shared_unknown() -> None:
    assert middle(Quantity("choice", (0.25, 0.75), choices=("0", "4"))) == 3.0
    assert math.isnan(middle(Quantity("shared", (), unknown="unknowns.x")))
