"""Necessity and sufficiency where the answer is known."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from contingent.compile import compile_scenario
from contingent.infer.causes import Effort, causes, event_of
from contingent.infer.condition import Settings, condition
from contingent.infer.explanations import assumed
from contingent.infer.reports import select
from contingent.scenario.types import Scenario
from contingent.scenario.types_argument import Argument

SETTINGS = Settings(particles=40, sweeps=1, replicates=2, seed=3, threads=2)


@pytest.fixture(scope="module")
def found(argued: Scenario, argument: dict[str, Any]) -> dict[tuple[str, ...], Any]:
    explanations = {
        "storm": {"says": "x", "assume": {"north.forces.hill.mobile": "20_000 to 30_000"}},
        "same": {"says": "x", "assume": {"far.aims.mill": "2"}},
    }
    changed = replace(
        argued, argument=Argument.model_validate(argument | {"explanations": explanations})
    )
    selection = select(changed.theatre, compile_scenario(changed).names)
    explained = assumed(changed, selection)
    done = condition({name: one.problem for name, one in explained.items()}, SETTINGS)
    event = event_of(selection, changed.theatre)
    assert event is not None
    effort = Effort(each=20, worlds=60, variant_each=5, variant_worlds=60)
    rows = causes(changed, explained, done, event, 1, effort, threads=2)
    return {row.factors: row for row in rows}


def test_a_factor_that_changes_nothing_is_neither_necessary_nor_sufficient(
    found: dict[tuple[str, ...], Any],
) -> None:
    row = found[("same",)]
    assert row.still.value == 1.0 and row.necessity == 0.0
    assert row.sufficient.value == 0.0
    assert (row.still_range.low, row.still_range.high) == (1.0, 1.0)
    assert (row.sufficient_range.low, row.sufficient_range.high) == (0.0, 0.0)
    assert row.sufficient_range.answered == row.sufficient_range.asked == 12


def test_a_factor_alone_and_together_with_one_that_changes_nothing(
    found: dict[tuple[str, ...], Any],
) -> None:
    alone, together = found[("storm",)], found[("storm", "same")]
    assert together.sufficient == alone.sufficient and together.event == alone.event
    assert together.sufficient_range == alone.sufficient_range
    assert alone.event >= found[("same",)].event
    # Worlds of either factor stand for both: those of `storm` alone are all sound, for `same`
    # changes nothing that the reports see.
    assert together.still.worlds >= alone.still.worlds
    assert 0.0 <= together.necessity <= 1.0
