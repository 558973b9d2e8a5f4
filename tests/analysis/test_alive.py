"""Parameters moved one at a time: what they are about moves, and nothing else is credited."""

from __future__ import annotations

import numpy as np
import pytest

from contingent.analysis.about import about
from contingent.analysis.alive import alive
from contingent.analysis.outcomes import measure, outcomes, recording_outcomes
from contingent.compile import compile_scenario, draw_unknowns
from contingent.errors import SettingError
from contingent.simulate.engines import play
from contingent.streams import key_from_seed


@pytest.fixture(scope="module")
def program(demo):
    return recording_outcomes(compile_scenario(demo.spec))


def test_outcomes_are_read_off_the_futures(program) -> None:
    key = key_from_seed(1)
    played = play(program, draw_unknowns(program, key, range(30)), key, range(30))
    listed = outcomes(program)
    values = measure(program, played)
    assert values.shape == (30, len(listed))
    assert len({one.name for one in listed}) == len(listed)
    by_name = {one.name: values[:, i] for i, one in enumerate(listed)}
    ford = program.names.places.index("ford")
    fought = (played.flags[:, :, ford] & 3) != 0
    assert np.array_equal(by_name["contested(ford)"], fought.mean(axis=1))
    lost = played.holders[:, -1, ford] == program.names.actors.index("south")
    assert np.array_equal(by_name["lost(ford)"], lost)
    rows = {str(series): row for row, series in enumerate(program.series)}
    came = played.series[:, :, rows["reinforced(ford)"]].sum(axis=1)
    assert np.allclose(by_name["relief(ford)"], came)
    relief = sum(by_name[f"relief({place})"] for place in ("ford", "harbour", "airfield"))
    assert np.allclose(by_name["relief(bloc northern)"], relief)


@pytest.mark.parametrize(
    ("name", "outcome"),
    [
        ("ally.surveillance.hours_per_day", "detected(south)"),
        ("north.delay", "relief(bloc northern)"),
        ("south.bias", "relief(bloc southern)"),
        ("ally.air.sorties_per_day", "sorties(ally)"),
        ("ally.commitment.lag", "commitment(ally, air)"),
        ("north.recruitment.per_day", "fighters(north)"),
        ("places.ford.people", "lost(ford)"),
        ("relations.north-ally.coordination", "relief(bloc northern)"),
    ],
)
def test_what_a_parameter_is_about(program, name: str, outcome: str) -> None:
    listed = outcomes(program)
    assert outcome in {listed[index].name for index in about(name, listed, program.names)}


def test_a_parameter_moves_what_it_is_about(demo) -> None:
    found = alive(demo.spec, pairs=8, only=["ally.air.sorties_per_day", "north.recruitment.*"])
    sorties = next(one for one in found if one.outcome == "sorties(ally)")
    assert sorties.about
    assert sorties.effect > 3.0 * sorties.error
    recruits = next(one for one in found if one.outcome == "fighters(north)")
    assert recruits.effect > 0.0
    assert (recruits.low, recruits.high) == pytest.approx((2.0, 8.0))


def test_threads_change_nothing(demo) -> None:
    one, two = (alive(demo.spec, pairs=4, only=["*.delay"], threads=n) for n in (1, 2))
    assert one == two


def test_a_pattern_that_fits_nothing(demo) -> None:
    with pytest.raises(SettingError, match="fits a parameter"):
        alive(demo.spec, only=["nothing.*"])
