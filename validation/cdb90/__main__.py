"""Fit to one file of battles and forecast another.

    python -m validation.cdb90 --fit TRAIN.csv --test TEST.csv --json

Both files have the format of ``validation/data/cdb90_calibration.csv``. Nothing is learned from the
test file. ``--surprise`` adds the surprise code, which is judged after a battle.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import numpy as np

from validation.cdb90.fit import Plan, make_design
from validation.cdb90.forecast import BASELINES, baseline_forecast, model_forecast, score
from validation.cdb90.rows import Battles, read_battles


def compare(train: Battles, test: Battles, *, with_surprise: bool) -> dict[str, dict[str, float]]:
    """Scores of the model and of each baseline on the test battles."""
    both = train.followed_by(test)
    seen = np.arange(len(train))
    unseen = np.arange(len(train), len(both))
    design = make_design(both, [seen], with_surprise=with_surprise, plan=Plan(final=400))
    result = {"model": score(model_forecast(design, 0, seen, unseen), test)}
    for name, baseline in BASELINES.items():
        forecast = baseline_forecast(baseline, both, seen, unseen, with_surprise=with_surprise)
        result[name] = score(forecast, test)
    return result


def main() -> None:
    """Read the command line, print the scores."""
    parser = argparse.ArgumentParser(prog="python -m validation.cdb90", description=__doc__)
    parser.add_argument("--fit", type=Path, required=True, help="battles to learn from")
    parser.add_argument("--test", type=Path, required=True, help="battles to forecast")
    parser.add_argument("--json", action="store_true", help="print JSON instead of a table")
    parser.add_argument("--surprise", action="store_true", help="use the surprise code as well")
    given = parser.parse_args()
    result = compare(
        read_battles(given.fit), read_battles(given.test), with_surprise=given.surprise
    )
    if given.json:
        print(json.dumps(result, indent=2))
        return
    columns = list(result["model"])
    print(f"{'':16}" + "".join(f"{column:>16}" for column in columns))
    for name, row in result.items():
        print(f"{name:16}" + "".join(f"{row[column]:16.4g}" for column in columns))


if __name__ == "__main__":
    main()
