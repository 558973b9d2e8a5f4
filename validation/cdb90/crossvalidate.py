"""Cross-validation by campaign, and the posterior from all battles, as tables.

    python -m validation.cdb90.crossvalidate [--surprise]

Written to ``validation/results``: scores, differences, forecasts row by row, the posterior.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd

from validation import scores
from validation.cdb90.fit import Design, Plan, make_design, weights
from validation.cdb90.forecast import (
    BASELINES,
    Forecast,
    baseline_forecast,
    empty_forecast,
    model_forecast,
    score,
)
from validation.cdb90.parameters import PARAMETERS, natural
from validation.cdb90.rows import Battles, read_battles
from validation.folds import by_digest, splits

ROOT = Path(__file__).resolve().parents[1]
DATA = ROOT / "data" / "cdb90_calibration.csv"
RESULTS = ROOT / "results"
FOLDS = 10
MARGINS = {"log": 0.02, "brier": 0.01, "crps_loss_ratio": 0.03}


class Outcome(NamedTuple):
    """What cross-validation leaves: data, forecasts by name, tables by name."""

    battles: Battles
    forecasts: dict[str, Forecast]
    tables: dict[str, pd.DataFrame]


def cross_validate(*, with_surprise: bool, plan: Plan) -> Outcome:
    """Forecast every battle from the other folds' campaigns."""
    battles = read_battles(DATA)
    parts = list(splits(by_digest(list(battles.campaign), FOLDS)))
    everything = np.arange(len(battles))
    trainings = [train for train, _ in parts] + [everything]
    design = make_design(battles, trainings, with_surprise=with_surprise, plan=plan)
    forecasts = {"model": empty_forecast(len(battles), model=True)}
    for number, (train, test) in enumerate(parts):
        _put(forecasts["model"], model_forecast(design, number, train, test), test)
    for name, baseline in BASELINES.items():
        forecasts[name] = empty_forecast(len(battles), model=False)
        for train, test in parts:
            one = baseline_forecast(baseline, battles, train, test, with_surprise=with_surprise)
            _put(forecasts[name], one, test)
    tables = {
        "scores": score_table(battles, forecasts),
        "differences": difference_table(battles, forecasts),
        "posterior": posterior_table(design, FOLDS, everything),
        "weights": pd.DataFrame(
            [weights(design, i, rows)[2:] for i, rows in enumerate(trainings)],
            columns=["exponent", "effective"],
        ),
        "forecasts": forecast_table(battles, forecasts),
    }
    return Outcome(battles, forecasts, tables)


def _put(whole: Forecast, part: Forecast, rows: np.ndarray) -> None:
    whole.probability[rows] = part.probability
    whole.loss_ratio[rows] = part.loss_ratio
    if whole.outcome is not None and part.outcome is not None:
        whole.outcome[rows] = part.outcome


def score_table(battles: Battles, forecasts: dict[str, Forecast]) -> pd.DataFrame:
    """Scores of all, on all battles and on those not drawn; the model's own other outcomes."""
    rows = []
    decided = np.flatnonzero(~battles.drawn)
    for name, forecast in forecasts.items():
        rows.append({"forecast": name, "rows": "all", **score(forecast, battles)})
        some = Forecast(forecast.probability[decided], forecast.loss_ratio[decided])
        rows.append({"forecast": name, "rows": "no draws", **score(some, battles.take(decided))})
    samples = forecasts["model"].outcome
    assert samples is not None
    for column, what in enumerate(("attacker's loss", "defender's loss", "days")):
        known = np.isfinite(battles.outcome[:, column])
        number, drawn = battles.outcome[known, column], samples[known][..., column]
        rows.append(
            {
                "forecast": "model",
                "rows": what,
                "n": int(known.sum()),
                "crps_loss_ratio": scores.crps_losses(drawn, number).mean(),
                "coverage50": scores.inside(drawn, number, 0.5).mean(),
                "coverage90": scores.inside(drawn, number, 0.9).mean(),
            }
        )
    return pd.DataFrame(rows)


def difference_table(battles: Battles, forecasts: dict[str, Forecast]) -> pd.DataFrame:
    """Model minus each baseline with bootstrap intervals over campaigns, and the verdict."""
    known = np.isfinite(battles.log_loss_ratio)
    losses = {
        name: {
            "log": scores.log_losses(forecast.probability, battles.won),
            "brier": scores.brier_losses(forecast.probability, battles.won),
            "crps_loss_ratio": _crps(forecast, battles, known),
        }
        for name, forecast in forecasts.items()
    }
    rows = []
    for name in BASELINES:
        for what, margin in MARGINS.items():
            difference = scores.paired_difference(
                losses["model"][what], losses[name][what], battles.campaign
            )
            rows.append((name, what, *difference, difference.verdict(margin)))
    return pd.DataFrame(rows, columns=["baseline", "score", "mean", "low", "high", "verdict"])


def _crps(forecast: Forecast, battles: Battles, known: np.ndarray) -> np.ndarray:
    out = np.full(len(battles), np.nan)
    out[known] = scores.crps_losses(forecast.loss_ratio[known], battles.log_loss_ratio[known])
    return out


def posterior_table(design: Design, fold: int, rows: np.ndarray) -> pd.DataFrame:
    """Quantiles of every coefficient given all battles, beside its prior."""
    draws, weight, _, _ = weights(design, fold, rows)
    values = natural(design.draws[draws])
    mean = weight @ values
    spread = np.sqrt(weight @ (values - mean) ** 2)
    table = pd.DataFrame(PARAMETERS, columns=["name", "prior_mean", "prior_sd", "says", "library"])
    table.insert(3, "mean", mean)
    table.insert(4, "sd", spread)
    return table


def forecast_table(battles: Battles, forecasts: dict[str, Forecast]) -> pd.DataFrame:
    """Forecasts row by row."""
    table = pd.DataFrame({"battle": battles.name, "campaign": battles.campaign, "won": battles.won})
    table["log_loss_ratio"] = battles.log_loss_ratio
    table["ln_days"] = battles.outcome[:, 2]
    for name, forecast in forecasts.items():
        table[f"{name}_probability"] = forecast.probability
    ratio = np.quantile(forecasts["model"].loss_ratio, [0.05, 0.25, 0.5, 0.75, 0.95], axis=1)
    for level, column in zip(("05", "25", "50", "75", "95"), ratio, strict=True):
        table[f"loss_ratio_q{level}"] = column
    samples = forecasts["model"].outcome
    assert samples is not None
    table["ln_days_q50"] = np.quantile(samples[..., 2], 0.5, axis=1)
    return table


def write(outcome: Outcome, *, with_surprise: bool) -> None:
    """Write the tables."""
    RESULTS.mkdir(exist_ok=True)
    prefix = "cdb90_surprise" if with_surprise else "cdb90"
    for name, table in outcome.tables.items():
        table.to_csv(RESULTS / f"{prefix}_{name}.csv", index=False, float_format="%.5g")


def main() -> None:
    """Cross-validate and write the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--surprise", action="store_true", help="use the surprise code as well")
    given = parser.parse_args()
    outcome = cross_validate(with_surprise=given.surprise, plan=Plan())
    write(outcome, with_surprise=given.surprise)
    for name in ("scores", "differences", "weights"):
        print(outcome.tables[name].to_string())


if __name__ == "__main__":
    main()
