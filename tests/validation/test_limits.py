"""Every mechanism has a closed-form limit to be looked at, and the engine meets it."""

from __future__ import annotations

import pytest

from contingent.reference import layout
from validation import limits


@pytest.fixture(scope="module")
def shown() -> list[limits.Limit]:
    return limits.all_limits()


def test_every_mechanism_is_there_in_the_order_of_the_day(shown: list[limits.Limit]) -> None:
    assert [limit.mechanism for limit in shown] == list(layout.MECHANISMS)


def test_the_engine_meets_each_formula(shown: list[limits.Limit]) -> None:
    assert not [limit.says for limit in shown if not limit.holds]


def test_a_wrong_formula_would_show(shown: list[limits.Limit]) -> None:
    for limit in shown:
        assert not limit._replace(formula=limit.formula * 1.5 + 0.1).holds, limit.says


def test_the_figure_has_a_panel_each(shown: list[limits.Limit]) -> None:
    figure = limits.draw(shown)
    assert sum(panel.has_data() for panel in figure.axes) == len(shown)
    assert list(limits.table(shown)["mechanism"]) == [limit.mechanism for limit in shown]
