"""Fit to one file of operations and forecast another.

    python -m validation.episodes --fit TRAIN.csv --test TEST.csv --json

Both files have the format of ``validation/data/episodes.csv``. Only columns known on day 0 are used
for forecasts; outcome columns of the test file are read for scoring alone.
"""

from __future__ import annotations

import argparse
import json
import os
from pathlib import Path

import numpy as np

from validation.episodes.coordinates import operation_draws
from validation.episodes.emulator import design, emulate
from validation.episodes.fit import posterior, stack
from validation.episodes.forecast import (
    BASELINES,
    Forecast,
    baseline_forecast,
    model_forecast,
    score,
)
from validation.episodes.rows import Episodes, read_episodes
from validation.episodes.simulate import for_all, simulate

POINTS = 2_048
FORECAST_DRAWS = 500
EACH = 3
PROCESSES = min(2, os.cpu_count() or 1)
PRINTED = ("n", "brier", "log", "crps_ln_days", "coverage50", "coverage90")


def compare(train: Episodes, test: Episodes) -> dict[str, object]:
    """Scores of the model and of each baseline on the test rows, and the model's forecasts."""
    both = train.followed_by(test)
    seen, unseen = np.arange(len(train)), np.arange(len(train), len(both))
    emulators = for_all(
        emulate, train.known, [design(row, POINTS) for row in train.known], PROCESSES
    )
    draws = posterior(stack(emulators, train), seen).draw(FORECAST_DRAWS, seed=2)
    at = [operation_draws(row, draws, EACH) for row in test.known]
    forecast = model_forecast(for_all(simulate, test.known, at, PROCESSES))
    result: dict[str, object] = {"model": _printed(forecast, test)}
    for name, baseline in BASELINES.items():
        result[name] = _printed(baseline_forecast(baseline, both, seen, unseen), test)
    days = np.exp(np.quantile(forecast.samples[0], [0.05, 0.5, 0.95], axis=1))
    result["predictions"] = [
        {
            "id": row.id,
            "probability": float(forecast.holds[i]),
            **{f"days_q{q}": float(days[k, i]) for k, q in enumerate(("05", "50", "95"))},
        }
        for i, row in enumerate(test.known)
    ]
    return result


def _printed(forecast: Forecast, test: Episodes) -> dict[str, float]:
    scored = score(forecast, test)
    return {name: int(scored[name]) if name == "n" else scored[name] for name in PRINTED}


def main() -> None:
    """Read the command line, print scores and forecasts."""
    parser = argparse.ArgumentParser(prog="python -m validation.episodes", description=__doc__)
    parser.add_argument("--fit", type=Path, required=True, help="operations to learn from")
    parser.add_argument("--test", type=Path, required=True, help="operations to forecast")
    parser.add_argument("--json", action="store_true", help="print JSON instead of a table")
    given = parser.parse_args()
    result = compare(read_episodes(given.fit), read_episodes(given.test))
    if given.json:
        print(json.dumps(result, indent=2))
        return
    print(f"{'':14}" + "".join(f"{name:>14}" for name in PRINTED))
    for name, row in result.items():
        if isinstance(row, dict):
            print(f"{name:14}" + "".join(f"{row[column]:14.4g}" for column in PRINTED))


if __name__ == "__main__":
    main()
