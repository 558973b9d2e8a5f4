from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from validation.episodes import __main__ as command
from validation.episodes import diameters, fit
from validation.episodes.coordinates import (
    COORDINATES,
    FAMILIES,
    PARAMETERS,
    SPREAD,
    Draws,
    family_of,
    operation_draws,
    parameter_of,
    prior_draws,
)
from validation.episodes.emulator import Emulator, Quadratic, design, learn, value
from validation.episodes.fit import Objective, Posterior, posterior, stack
from validation.episodes.rows import Episodes, Strength, inputs, middle, read_episodes
from validation.episodes.simulate import Futures, program_of, simulate
from validation.episodes.theatre import strengths, theatre_text

DATA = Path(__file__).parents[2] / "validation" / "data" / "episodes.csv"
HINDSIGHT = (
    "prepared_defence",
    "surprise",
    "defender_encircled",
    "attacker_air_support",
    "defender_air_support",
    "end_kind",
    "notes",
    "confidence",
)
K = len(COORDINATES)
UNKNOWN = Strength(*[float("nan")] * 3)


def test_columns_coded_afterwards_change_no_forecast(tmp_path: Path) -> None:
    table = pd.read_csv(DATA, keep_default_na=False)
    for column in HINDSIGHT:
        table[column] = "0"
    for column in ("outcome_attacker_holds_at_end", "held_30d_after", "duration_days"):
        table[column] = 1
    table.to_csv(tmp_path / "blinded.csv", index=False)
    seen, blinded = read_episodes(DATA), read_episodes(tmp_path / "blinded.csv")
    assert [theatre_text(row) for row in seen.known] == [theatre_text(r) for r in blinded.known]
    assert np.array_equal(inputs(seen), inputs(blinded), equal_nan=True)


def test_every_row_becomes_a_theatre_that_holds_its_forces() -> None:
    for known in read_episodes(DATA).known[::9]:
        program = program_of(known)
        assert program.table("initial_mobile")[program.names.actors.index("attacker")].sum() > 0
        if np.isfinite(known.attackers.best):
            total = program.table("initial_mobile")[program.names.actors.index("attacker")].sum()
            assert 0.4 < total / known.attackers.best < 2.5


def test_rows_of_kinds_never_seen_become_theatres_too() -> None:
    known = read_episodes(DATA).known[0]
    strange = known._replace(attacker="tribal", defender="mercenary", terrain="forest")
    near = known._replace(attacker="rebel", defender="rebel", terrain="town")
    assert theatre_text(strange) == theatre_text(near)
    assert np.array_equal(parameter_of(strange), parameter_of(near))


def test_strength_is_the_best_or_the_middle_of_what_is_known() -> None:
    unknown = float("nan")
    assert middle(Strength(100.0, unknown, 400.0)) == pytest.approx(200.0)
    assert middle(Strength(unknown, 50.0, unknown)) == 50.0
    assert np.isnan(middle(UNKNOWN))


def test_attackers_not_known_are_a_multiple_of_the_same_futures_garrison() -> None:
    """Var ln(attackers / garrison) is that of the ratio: s² + s_a² - 2 r s s_a = s_a² - s²."""
    known = read_episodes(DATA).known[0]._replace(attackers=UNKNOWN, defenders=UNKNOWN)
    found = strengths(known)
    ratio = (np.log(8.0) - np.log(0.7)) / (2.0 * 1.6448536)
    both = found.garrison.spread, found.attackers.spread
    spread = np.sqrt(
        both[0] ** 2 + both[1] ** 2 - 2.0 * found.attackers_with_garrison * both[0] * both[1]
    )
    assert spread == pytest.approx(ratio)
    one_sided = strengths(known._replace(attackers=Strength(900.0, 1_000.0, 1_100.0)))
    assert one_sided.attackers_with_garrison == 0.0
    assert np.log(125.0) < one_sided.garrison.middle < np.log(1_100.0)


def test_more_attackers_take_the_place_more_often() -> None:
    known = next(row for row in read_episodes(DATA).known if row.id == "SY17-TABQA")
    at = operation_draws(known, prior_draws(240, seed=3), 1)
    chances = []
    for factor in (0.3, 1.0, 5.0):
        force = Strength(*(factor * size for size in (2_500.0, 3_000.0, 3_500.0)))
        chances.append(simulate(known._replace(attackers=force), at).holds.mean())
    assert chances[0] < chances[1] < chances[2]


def test_operations_that_nobody_would_launch_do_not_count() -> None:
    known = next(row for row in read_episodes(DATA).known if row.id == "SY17-TABQA")
    at = operation_draws(known, prior_draws(200, seed=3), 1)
    shares = []
    for factor in (0.2, 5.0):
        force = Strength(*(factor * size for size in (2_500.0, 3_000.0, 3_500.0)))
        played = simulate(known._replace(attackers=force), at)
        shares.append(played.launched.mean())
        assert played.counted.sum() in (played.launched.sum(), len(at))
    assert shares[0] < 0.7 < 0.9 < shares[1]


def test_coordinates_of_an_operation_spread_as_their_family_says() -> None:
    known = read_episodes(DATA).known[0]
    shared = Draws(np.ones((1, len(PARAMETERS))), np.array([[0.5, 1.0, 0.25, 2.0]]))
    at = operation_draws(known, shared, 4_000)
    wanted = np.array([0.5, 1.0, 0.25, 2.0, 0.0])[family_of()]
    assert at.mean(axis=0) == pytest.approx(np.ones(K), abs=0.15)
    assert at.std(axis=0) == pytest.approx(wanted, rel=0.05)


def test_emulator_finds_a_quadratic_simulator_again() -> None:
    known = read_episodes(DATA).known[0]
    at = design(known, 2_048)
    rng = np.random.default_rng(5)
    truth = 0.5 + at[:, 0] - 0.4 * at[:, 0] * at[:, 1]
    odds = 1.5 * at[:, 2] - 0.5
    holds = (rng.random(len(at)) < 1.0 / (1.0 + np.exp(-odds))).astype(float)
    outcome = truth[:, None] + 0.1 * rng.standard_normal((len(at), 3))
    found = learn(Futures(holds, holds, outcome, np.ones(len(at), dtype=bool)), at)
    points = rng.standard_normal((50, K))
    wanted = 0.5 + points[:, 0] - 0.4 * points[:, 0] * points[:, 1]
    assert value(found.taken, points)[:, 0] == pytest.approx(wanted, abs=0.1)
    assert np.corrcoef(value(found.odds, points)[:, 0], points[:, 2])[0, 1] > 0.95
    assert found.spreads == pytest.approx(np.full((2, 3), 0.1), rel=0.1)


def _made_up(rows: int, rng: np.random.Generator) -> tuple[list[Emulator], Episodes, Draws]:
    """Emulators of rows, and outcomes drawn from them under one draw of what is shared."""
    known = [read_episodes(DATA).known[i % 70] for i in range(rows)]
    emulators = []
    for _ in known:
        slope = rng.standard_normal((4, K)) * 0.6
        odds = Quadratic(np.zeros(1), slope[:1], np.zeros((1, K, K)))
        numbers = Quadratic(np.full(3, 3.0), slope[1:], 0.02 * np.tile(np.eye(K), (3, 1, 1)))
        launch = Quadratic(np.full(1, 20.0), np.zeros((1, K)), np.zeros((1, K, K)))
        emulators.append(Emulator(odds, launch, numbers, numbers, np.full((2, 3), 0.5)))
    truth = prior_draws(1, seed=11)
    holds, numbers_seen = np.empty(rows), np.empty((rows, 3))
    for i, (row, one) in enumerate(zip(known, emulators, strict=True)):
        at = operation_draws(row._replace(id=str(i)), truth, 1)
        holds[i] = rng.random() < 1.0 / (1.0 + np.exp(-value(one.odds, at)[0, 0]))
        noise = np.sqrt(0.25 + fit.REPORTING**2)
        numbers_seen[i] = value(one.taken, at)[0] + noise * rng.standard_normal(3)
    seen = Episodes(known, holds, holds, numbers_seen[:, 0], numbers_seen[:, 1:])
    return emulators, seen, truth


def test_moments_over_departures_are_those_of_many_departures() -> None:
    rng = np.random.default_rng(2)
    emulators, seen, _ = _made_up(3, rng)
    x = np.concatenate([0.4 * rng.standard_normal(len(PARAMETERS)), np.log([0.6, 0.8, 0.5, 1.0])])
    given = stack(emulators, seen)
    mean, covariance = Objective(given, np.arange(3)).moments(x)
    shared = Draws(x[None, : len(PARAMETERS)], np.exp(x[None, len(PARAMETERS) :]))
    at = operation_draws(seen.known[0], shared, 60_000)
    drawn = np.column_stack([value(emulators[0].odds, at), value(emulators[0].taken, at)])
    assert mean[0] == pytest.approx(drawn.mean(axis=0), abs=0.03)
    assert covariance[0] == pytest.approx(np.cov(drawn.T), abs=0.06)


def test_launching_tilts_the_departures() -> None:
    """With a launch slope b and few launched, the middle moves by b times the variance."""
    emulators, seen, _ = _made_up(1, np.random.default_rng(2))
    slope = np.zeros((1, K))
    slope[0, 0] = 0.8
    launch = Quadratic(np.full(1, -30.0), slope, np.zeros((1, K, K)))
    given = stack([emulators[0]._replace(launch=launch)], seen)
    x = np.concatenate([np.zeros(len(PARAMETERS)), np.log([0.5, 1.0, 1.0, 1.0])])
    variance = np.append(np.exp(2.0 * x[-4:]), 0.0)[family_of()]
    moved = Objective(given, np.arange(1))._launched(np.zeros((1, K)), variance)[0]
    shrunk = np.sqrt(1.0 + np.pi * 0.8**2 * 0.25 / 8.0)
    assert moved[0] == pytest.approx(0.8 * 0.25 / shrunk, rel=1e-6)
    assert np.abs(moved[1:]).max() == 0.0


def test_posterior_finds_what_made_the_data() -> None:
    emulators, seen, truth = _made_up(300, np.random.default_rng(4))
    found = posterior(stack(emulators, seen), np.arange(300))
    wanted = np.concatenate([truth.parameters[0], np.log(truth.spreads[0])])
    z = (found.mean - wanted) / found.deviation
    assert np.abs(z).max() < 4.0
    assert np.sqrt((z**2).mean()) < 1.7
    assert found.deviation[: len(PARAMETERS)].mean() < 0.5
    assert found.effective > 0.05


def test_without_rows_the_posterior_is_the_prior() -> None:
    emulators, seen, _ = _made_up(2, np.random.default_rng(4))
    found = posterior(stack(emulators, seen), np.arange(0))
    assert found.mean[: len(PARAMETERS)] == pytest.approx(np.zeros(len(PARAMETERS)), abs=0.15)
    assert found.deviation[: len(PARAMETERS)] == pytest.approx(np.ones(len(PARAMETERS)), rel=0.15)
    assert found.mean[len(PARAMETERS) :] == pytest.approx(
        np.full(len(FAMILIES), SPREAD[0]), abs=0.1
    )


def test_posterior_draws_have_its_mean() -> None:
    rng = np.random.default_rng(1)
    values = rng.standard_normal((500, len(PARAMETERS) + len(FAMILIES)))
    weights = rng.random(500)
    given = Posterior(values, weights / weights.sum())
    drawn = given.draw(20_000, seed=1)
    assert drawn.parameters.mean(axis=0) == pytest.approx(given.mean[: len(PARAMETERS)], abs=0.01)


def test_the_command_gives_what_it_promises(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(command, "POINTS", 256)
    monkeypatch.setattr(command, "FORECAST_DRAWS", 30)
    monkeypatch.setattr(fit, "PROPOSALS", 300)
    episodes = read_episodes(DATA)
    train, test = episodes.take(np.arange(0, 24)), episodes.take(np.arange(24, 28))
    result = command.compare(train, test)
    assert set(result) == {"model", *command.BASELINES, "predictions"}
    assert set(result["model"]) == set(command.PRINTED)
    for row in result["predictions"]:
        assert set(row) == {"id", "probability", "days_q05", "days_q50", "days_q95"}
        assert 0.0 < row["probability"] < 1.0
        assert row["days_q05"] <= row["days_q50"] <= row["days_q95"]


def test_diameters_come_from_the_area_that_people_fill() -> None:
    rows = diameters.speeds()
    raqqa = rows[rows["id"] == "SY17-RAQQA"].iloc[0]
    assert raqqa["km_low"] == pytest.approx(2.0 * np.sqrt(531_952 / 25_000 / np.pi))
    assert (rows["km_a_day_low"] < rows["km_a_day_high"]).all()
    assert diameters.summary(rows)["n"].tolist() == [7, 4, 11, 3]
