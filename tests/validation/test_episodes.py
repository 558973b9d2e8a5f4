from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from validation.episodes import __main__ as command
from validation.episodes.fit import Emulator, Gaussian, _Objective
from validation.episodes.rows import Strength, inputs, middle, read_episodes
from validation.episodes.simulate import all_names, draw_shared, program_of, simulate
from validation.episodes.theatre import theatre_text

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


def test_strength_is_the_best_or_the_middle_of_what_is_known() -> None:
    unknown = float("nan")
    assert middle(Strength(100.0, unknown, 400.0)) == pytest.approx(200.0)
    assert middle(Strength(unknown, 50.0, unknown)) == 50.0
    assert np.isnan(middle(Strength(unknown, unknown, unknown)))


def test_more_attackers_take_the_place_more_often() -> None:
    known = next(row for row in read_episodes(DATA).known if row.id == "SY17-TABQA")
    names = all_names([known], 1)
    shared = draw_shared(names, 60, seed=3)
    chances = []
    for factor in (0.3, 1.0, 5.0):
        force = Strength(*(factor * value for value in (2_500.0, 3_000.0, 3_500.0)))
        chances.append(simulate(known._replace(attackers=force), shared, 4).holds.mean())
    assert chances[0] < chances[1] < chances[2]


def test_gradient_of_the_objective_is_its_slope() -> None:
    episodes = read_episodes(DATA)
    rng = np.random.default_rng(2)
    n, k = len(episodes), 5
    emulator = Emulator(
        rng.standard_normal((n, 4)), 0.3 * rng.standard_normal((n, 4, k)), np.full((n, 3), 1.2)
    )
    objective = _Objective(emulator, episodes, np.arange(n))
    x = rng.standard_normal(k)
    bumps = 1e-5 * np.eye(k)
    slope = [(objective(x + b)[0] - objective(x - b)[0]) / 2e-5 for b in bumps]
    assert objective(x)[1] == pytest.approx(slope, rel=1e-5)


def test_posterior_draws_have_its_mean() -> None:
    given = Gaussian(np.array([1.0, -2.0]), np.diag([0.25, 0.04]))
    drawn = given.draw(("a", "b"), 4_000, seed=1).values
    assert drawn.mean(axis=0) == pytest.approx(given.mean, abs=0.05)


def test_the_command_gives_what_it_promises(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(command, "DRAWS", 20)
    monkeypatch.setattr(command, "FORECAST_DRAWS", 5)
    episodes = read_episodes(DATA)
    train, test = episodes.take(np.arange(0, 24)), episodes.take(np.arange(24, 28))
    result = command.compare(train, test)
    assert set(result) == {"model", *command.BASELINES, "predictions"}
    assert set(result["model"]) == set(command.PRINTED)
    for row in result["predictions"]:
        assert set(row) == {"id", "probability", "days_q05", "days_q50", "days_q95"}
        assert 0.0 < row["probability"] < 1.0
        assert row["days_q05"] <= row["days_q50"] <= row["days_q95"]
