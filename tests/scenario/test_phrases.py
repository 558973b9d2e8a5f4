import pytest

from contingent.scenario.phrases import phrase
from contingent.scenario.quantities import Quantity
from contingent.scenario.written import read_quantity


@pytest.mark.parametrize(
    ("quantity", "text"),
    [
        (Quantity("exact", (0.25,)), "0.25"),
        (Quantity("logitnormal", (0.2, 0.8)), "0.2 to 0.8"),
        (Quantity("uniform", (0.0, 5.0), "days"), "uniform [0, 5] days"),
        (Quantity("choice", (0.3, 0.7), choices=("1", "2")), "{1: 0.3, 2: 0.7}"),
        (Quantity("shared", (), unknown="unknowns.x", times=2.0), "2 × unknowns.x"),
        (Quantity("exact", (5.0,), "km", plus=-2.0), "5 − 2 km"),
    ],
)
def test_phrases(quantity: Quantity, text: str) -> None:
    assert phrase(quantity) == text


def test_an_interval_is_said_as_it_was_written() -> None:
    for written in ("150 to 700", "-1 to 3"):
        assert phrase(read_quantity(written, unit="1")).startswith(written)
