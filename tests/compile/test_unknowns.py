"""Draws hang on seed, future and dotted name alone, and are distributed as written."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from scipy import stats

from contingent.compile.compile import compile_scenario
from contingent.compile.correlations import groups, normal_correlation
from contingent.compile.program import Program, Unknown
from contingent.compile.unknowns import draw_normals, draw_unknowns, unknowns_from_normals
from contingent.errors import SettingError
from contingent.scenario.changes import replace as change
from contingent.scenario.quantities import Distribution
from contingent.scenario.types import Scenario

KEY = (7, 0)


def of(program: Program, *unknowns: Unknown) -> Program:
    return replace(program, unknowns=unknowns, derived=(), correlations=())


def unknown(
    name: str, distribution: Distribution, *parameters: float, values: tuple[float, ...] = ()
) -> Unknown:
    return Unknown(
        name, distribution, parameters, values, 1.0, 0.0, -np.inf, np.inf, "1", None, None
    )


def test_a_future_is_the_same_alone_or_among_many(program: Program) -> None:
    many = draw_unknowns(program, KEY, range(40))
    assert np.array_equal(draw_unknowns(program, KEY, [17])[0], many[17])
    assert not np.array_equal(many[17], many[18])


def test_another_unknown_changes_nobody(scenario: Scenario, program: Program) -> None:
    before = draw_unknowns(program, KEY, range(10))
    more = compile_scenario(change(scenario, {"places.mill.people": "2_000 to 5_000"}))
    assert len(more.unknowns) == len(program.unknowns) + 1
    after = draw_unknowns(more, KEY, range(10))
    columns = {one.name: i for i, one in enumerate(more.unknowns)}
    for column, one in enumerate(program.unknowns):
        assert np.array_equal(after[:, columns[one.name]], before[:, column]), one.name


@pytest.mark.parametrize(
    ("one", "wanted"),
    [
        (unknown("a", "normal", 3.0, 2.0), stats.norm(3.0, 2.0)),
        (unknown("b", "uniform", -1.0, 4.0), stats.uniform(-1.0, 5.0)),
        (unknown("c", "beta", 2.0, 5.0), stats.beta(2.0, 5.0)),
        (
            unknown("d", "lognormal", 100.0, 400.0),
            stats.lognorm(s=np.log(4.0) / (2 * 1.6448536269514722), scale=200.0),
        ),
    ],
    ids=lambda case: case.distribution if isinstance(case, Unknown) else "",
)
def test_draws_follow_their_distribution(program: Program, one: Unknown, wanted: object) -> None:
    draws = draw_unknowns(of(program, one), KEY, range(4000))[:, 0]
    assert stats.kstest(draws, wanted.cdf).pvalue > 0.001  # type: ignore[attr-defined]


def test_a_fraction_keeps_its_percentiles(program: Program) -> None:
    one = unknown("f", "logitnormal", 0.2, 0.7)
    z = stats.norm.ppf([[0.05], [0.5], [0.95]])
    drawn = unknowns_from_normals(of(program, one), z)[:, 0]
    assert drawn == pytest.approx([0.2, 1 / (1 + np.exp(-0.5 * np.log(0.25 * 7 / 3))), 0.7])


def test_a_choice_falls_by_its_weights(program: Program) -> None:
    one = unknown("g", "choice", 0.3, 0.7, values=(1.0, 5.0))
    drawn = draw_unknowns(of(program, one), KEY, range(4000))[:, 0]
    assert set(drawn) == {1.0, 5.0}
    assert (drawn == 1.0).mean() == pytest.approx(0.3, abs=0.03)


def test_rank_correlations_are_reached(program: Program) -> None:
    drawn = draw_unknowns(program, KEY, range(5000))
    columns = {one.name: i for i, one in enumerate(program.unknowns)}
    one, other = drawn[:, columns["north.bias"]], drawn[:, columns["south.delay"]]
    assert stats.spearmanr(one, other).statistic == pytest.approx(0.6, abs=0.03)
    third = drawn[:, columns["south.bias"]]
    assert stats.spearmanr(one, third).statistic == pytest.approx(0.0, abs=0.05)


def test_the_first_of_a_group_keeps_its_draw(program: Program) -> None:
    loose = replace(program, correlations=())
    z = draw_normals(program, KEY, range(5))
    column = [one.name for one in program.unknowns].index("north.bias")
    with_correlation = unknowns_from_normals(program, z)
    assert np.array_equal(with_correlation[:, column], unknowns_from_normals(loose, z)[:, column])


def test_three_correlated_unknowns(program: Program) -> None:
    trio = tuple(unknown(name, "normal", 0.0, 1.0) for name in ("c", "a", "b"))
    pairs = {("a", "b"): 0.7, ("b", "c"): -0.5, ("c", "a"): -0.2}
    joined = replace(of(program, *trio), correlations=groups(pairs, {"c": 0, "a": 1, "b": 2}))
    ranks = stats.spearmanr(draw_unknowns(joined, KEY, range(6000))).statistic
    wanted = np.array([[1.0, -0.2, -0.5], [-0.2, 1.0, 0.7], [-0.5, 0.7, 1.0]])
    assert ranks == pytest.approx(wanted, abs=0.03)


def test_impossible_correlations_are_refused() -> None:
    pairs = {("a", "b"): 0.9, ("b", "c"): 0.9, ("a", "c"): -0.9}
    with pytest.raises(SettingError, match="cannot hold together"):
        groups(pairs, {"a": 0, "b": 1, "c": 2})


def test_full_correlation_is_allowed() -> None:
    (group,) = groups({("a", "b"): 1.0}, {"a": 0, "b": 1})
    assert group.factor == ((1.0,), (1.0, 0.0))
    assert normal_correlation(-1.0) == -1.0
