"""Cross-validation by theatre-year, sensitivity, and the posterior from all operations, as tables.

    python -m validation.episodes.crossvalidate

Written to ``validation/results``: scores, differences, forecasts row by row, the posterior.
"""

from __future__ import annotations

from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from validation import scores
from validation.episodes import diameters
from validation.episodes.coordinates import (
    FAMILIES,
    PARAMETERS,
    Draws,
    operation_draws,
    prior_draws,
)
from validation.episodes.emulator import design, emulate
from validation.episodes.fit import Posterior, Stack, posterior, stack
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
from validation.episodes.simulate import Futures, for_all, simulate
from validation.folds import leave_one_out, splits

ROOT = Path(__file__).resolve().parents[1]
DATA = ROOT / "data" / "episodes.csv"
RESULTS = ROOT / "results"
POINTS, FORECAST_DRAWS, EACH, PROCESSES = 2_048, 500, 3, 2
MARGINS = {"brier": 0.04, "brier_later": 0.04}
FLAGSHIP_GROUP = "Syria 2016"
FLAGSHIP_FENCE = "2016-12-12"
STRATA = ("attacker_air", "defender_air", "attacker", "defender", "encircled", "terrain")


def run() -> dict[str, pd.DataFrame]:
    """Cross-validate and return the tables by name."""
    episodes = read_episodes(DATA)
    at = [design(row, POINTS) for row in episodes.known]
    given = stack(for_all(emulate, episodes.known, at, PROCESSES), episodes)
    prior = prior_draws(FORECAST_DRAWS, seed=1)
    folds = posteriors(given, [train for train, _ in splits(leave_one_out(list(episodes.group)))])
    forecasts = {
        "model": model_forecast(_held_out(episodes, folds)),
        "unfitted_prior": model_forecast(_futures(episodes, [prior] * len(episodes))),
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
        "strata": strata_table(episodes, forecasts),
        "posterior": posterior_table(episodes, given),
        "weights": pd.DataFrame({"effective": [one.effective for one in folds]}),
    }


def posteriors(given: Stack, parts: list[NDArray[np.int64]]) -> list[Posterior]:
    """Posterior of each set of training rows, in several processes."""
    with ProcessPoolExecutor(PROCESSES) as pool:
        return list(pool.map(posterior, [given] * len(parts), parts))


def _held_out(episodes: Episodes, folds: list[Posterior]) -> list[Futures]:
    """Futures of every row under the posterior of the other theatre-years."""
    draws: dict[int, Draws] = {}
    for number, (_, test) in enumerate(splits(leave_one_out(list(episodes.group)))):
        drawn = folds[number].draw(FORECAST_DRAWS, seed=number)
        draws |= {int(row): drawn for row in test}
    return _futures(episodes, [draws[row] for row in range(len(episodes))])


def _futures(episodes: Episodes, draws: list[Draws]) -> list[Futures]:
    """Futures of every row under its own draws of what is shared."""
    pairs = zip(episodes.known, draws, strict=True)
    at = [operation_draws(row, drawn, EACH) for row, drawn in pairs]
    return for_all(simulate, episodes.known, at, PROCESSES)


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


def strata_table(episodes: Episodes, forecasts: dict[str, Forecast]) -> pd.DataFrame:
    """Share taken, recorded and forecast, by every input."""
    rows = []
    for what in STRATA:
        values = np.array([str(getattr(row, what)) for row in episodes.known])
        for level in np.unique(values):
            some = values == level
            means = {name: float(one.holds[some].mean()) for name, one in forecasts.items()}
            share = float(episodes.holds[some].mean())
            rows.append({"input": what, "level": level, "n": some.sum(), "taken": share, **means})
    return pd.DataFrame(rows)


def posterior_table(episodes: Episodes, given: Stack) -> pd.DataFrame:
    """Posterior of what is shared, in prior standard deviations, from all rows and three parts.

    *package*: outside the flagship's theatre and year; *flagship*: ended before its fence; *early*:
    both, for what one file gives to package and flagship alike.

    Rows *spread ...* are ln spreads of the operations' own departures.
    """
    groups = episodes.group
    before = np.array([row.ended < FLAGSHIP_FENCE for row in episodes.known])
    parts = {
        "all": np.arange(len(episodes)),
        "package": np.flatnonzero(groups != FLAGSHIP_GROUP),
        "flagship": np.flatnonzero(before),
        "early": np.flatnonzero(before & (groups != FLAGSHIP_GROUP)),
    }
    table = pd.DataFrame({"name": [*PARAMETERS, *(f"spread {name}" for name in FAMILIES)]})
    found = posteriors(given, list(parts.values()))
    for (what, rows), one in zip(parts.items(), found, strict=True):
        table[f"{what}_rows"] = len(rows)
        table[f"{what}_mean"] = one.mean
        table[f"{what}_sd"] = one.deviation
    return table


def main() -> None:
    """Cross-validate, test the lead of diameter over duration, and write the tables."""
    RESULTS.mkdir(exist_ok=True)
    for name, table in run().items():
        table.to_csv(RESULTS / f"episodes_{name}.csv", index=False, float_format="%.5g")
        if name in ("scores", "differences"):
            print(table.to_string())
    diameters.main()


if __name__ == "__main__":
    main()
