"""Cross-validation by theatre-year, sensitivity, and the posterior from all operations, as tables.

    python -m validation.episodes.crossvalidate

Written to ``validation/results``: scores, differences, forecasts row by row, the posterior.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from validation import scores
from validation.episodes.fit import Emulator, emulate, posterior
from validation.episodes.forecast import (
    BASELINES,
    Forecast,
    baseline_forecast,
    join,
    losses,
    model_forecast,
    score,
)
from validation.episodes.rows import ARGUABLE, Episodes, read_episodes
from validation.episodes.simulate import Futures, Shared, all_names, draw_shared, simulate_all
from validation.folds import leave_one_out, splits

ROOT = Path(__file__).resolve().parents[1]
DATA = ROOT / "data" / "episodes.csv"
RESULTS = ROOT / "results"
DRAWS, EACH, FORECAST_DRAWS, PROCESSES = 700, 4, 200, 2
MARGINS = {"brier": 0.04, "brier_later": 0.04}
FLAGSHIP_GROUP = "Syria 2016"
FLAGSHIP_FENCE = "2016-12-12"


def run() -> dict[str, pd.DataFrame]:
    """Cross-validate and return the tables by name."""
    episodes = read_episodes(DATA)
    names = all_names(episodes.known, PROCESSES)
    shared = draw_shared(names, DRAWS, seed=1)
    learned = simulate_all(episodes.known, [shared] * len(episodes), EACH, PROCESSES)
    emulator = emulate(episodes, learned, shared)
    forecasts = {
        "model": model_forecast(_held_out(episodes, emulator, names)),
        "unfitted_prior": model_forecast(learned),
    }
    parts = list(splits(leave_one_out(list(episodes.group))))
    for name, baseline in BASELINES.items():
        forecasts[name] = join(
            [(test, baseline_forecast(baseline, episodes, train, test)) for train, test in parts]
        )
    return {
        "scores": score_table(episodes, forecasts),
        "differences": difference_table(episodes, forecasts),
        "forecasts": forecast_table(episodes, forecasts),
        "posterior": posterior_table(episodes, emulator, names),
    }


def _held_out(episodes: Episodes, emulator: Emulator, names: tuple[str, ...]) -> list[Futures]:
    """Futures of every row under the posterior of the other theatre-years."""
    draws: dict[int, Shared] = {}
    for number, (train, test) in enumerate(splits(leave_one_out(list(episodes.group)))):
        given = posterior(emulator, episodes, train).draw(names, FORECAST_DRAWS, seed=number)
        draws |= {int(row): given for row in test}
    ordered = [draws[row] for row in range(len(episodes))]
    return simulate_all(episodes.known, ordered, EACH, PROCESSES)


def _subsets(episodes: Episodes) -> dict[str, NDArray[np.int64]]:
    arguable = np.array([row.id.startswith(ARGUABLE) for row in episodes.known])
    complete = np.array(
        [np.isfinite([row.attackers.best, row.defenders.best]).all() for row in episodes.known]
    )
    return {
        "all": np.arange(len(episodes)),
        "without arguable rows": np.flatnonzero(~arguable),
        "complete cases": np.flatnonzero(complete),
    }


def _take(forecast: Forecast, rows: NDArray[np.int64]) -> Forecast:
    samples = [part[rows] for part in forecast.samples]
    return Forecast(forecast.holds[rows], forecast.holds_later[rows], samples)


def score_table(episodes: Episodes, forecasts: dict[str, Forecast]) -> pd.DataFrame:
    """Scores of all forecasts on all rows and on the subsets of the protocol."""
    rows = [
        {"forecast": name, "rows": what, **score(_take(forecast, some), episodes.take(some))}
        for what, some in _subsets(episodes).items()
        for name, forecast in forecasts.items()
    ]
    return pd.DataFrame(rows)


def difference_table(episodes: Episodes, forecasts: dict[str, Forecast]) -> pd.DataFrame:
    """Model minus each other forecast, with bootstrap intervals over theatre-years."""
    model = losses(forecasts["model"], episodes)
    rows = []
    for name, forecast in forecasts.items():
        if name == "model":
            continue
        for what, loss in losses(forecast, episodes).items():
            difference = scores.paired_difference(model[what], loss, episodes.group)
            rows.append((name, what, *difference, difference.verdict(MARGINS.get(what, 0.0))))
    return pd.DataFrame(rows, columns=["baseline", "score", "mean", "low", "high", "verdict"])


def forecast_table(episodes: Episodes, forecasts: dict[str, Forecast]) -> pd.DataFrame:
    """Forecasts row by row."""
    table = pd.DataFrame(
        {
            "id": [row.id for row in episodes.known],
            "group": episodes.group,
            "holds": episodes.holds,
            "days": np.exp(episodes.ln_days),
        }
    )
    for name, forecast in forecasts.items():
        table[f"{name}_probability"] = forecast.holds
    days = np.exp(np.quantile(forecasts["model"].samples[0], [0.05, 0.25, 0.5, 0.75, 0.95], axis=1))
    for level, column in zip(("05", "25", "50", "75", "95"), days, strict=True):
        table[f"days_q{level}"] = column
    return table


def posterior_table(episodes: Episodes, emulator: Emulator, names: tuple[str, ...]) -> pd.DataFrame:
    """Posterior of what is shared, in prior standard deviations, from all rows and two parts."""
    groups = episodes.group
    before = np.array([row.ended < FLAGSHIP_FENCE for row in episodes.known])
    parts = {
        "all": np.arange(len(episodes)),
        "package": np.flatnonzero(groups != FLAGSHIP_GROUP),
        "flagship": np.flatnonzero(before),
    }
    table = pd.DataFrame({"name": names})
    for what, rows in parts.items():
        given = posterior(emulator, episodes, rows)
        table[f"{what}_mean"] = given.mean
        table[f"{what}_sd"] = np.sqrt(np.diag(given.covariance))
    return table


def main() -> None:
    """Cross-validate and write the tables."""
    RESULTS.mkdir(exist_ok=True)
    for name, table in run().items():
        table.to_csv(RESULTS / f"episodes_{name}.csv", index=False, float_format="%.5g")
        if name in ("scores", "differences"):
            print(table.to_string())


if __name__ == "__main__":
    main()
