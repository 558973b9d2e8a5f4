"""Simulated beside recorded deaths: intervals, CRPS, coverage, by front and window."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from validation.scores import crps_losses, inside, paired_difference
from validation.theatre import fronts, reporting, simulate

RESULTS = Path(__file__).parents[1] / "results"
QUANTILES = (0.05, 0.25, 0.5, 0.75, 0.95)
SAME = "same-days"
FACTOR_SEED = 5
MARGIN = 0.1
Floats = NDArray[np.float64]


class Comparison(NamedTuple):
    """Tables of the comparison.

    Attributes
    ----------
    fronts : a row for each front and window
    scores : a row for each way of counting
    differences : model less the front's own earlier months, on the same days
    factors : reporting factor, and what it would have to be if the battles were right
    operations : what the factor rests on
    """

    fronts: pd.DataFrame
    scores: pd.DataFrame
    differences: pd.DataFrame
    factors: pd.DataFrame
    operations: pd.DataFrame


def rates(fallen: Floats) -> dict[tuple[str, str], Floats]:
    """Simulated deaths per 30 days, by front and kind of window (same days, or the first 30)."""
    places = simulate.program(fronts.THEATRE).names.places
    same = next(w for w in fronts.windows(fronts.theatre().start) if w.name == SAME)
    found = {}
    for front in fronts.fronts():
        columns = [places.index(place) for place in front.places]
        daily = fallen[:, 1:, columns].sum(axis=2)
        found[front.name, SAME] = daily[:, : same.days].sum(axis=1) * 30.0 / same.days
        found[front.name, "first-30"] = daily[:, :30].sum(axis=1)
    return found


def compare(fallen: Floats) -> Comparison:
    """Set an ensemble beside the record."""
    simulated = rates(fallen)
    known = reporting.operations(fronts.theatre().start)
    table = fronts.recorded()
    losses: dict[str, list[float]] = {"as recorded": [], "adjusted": []}
    rows = []
    drawn = {
        front.name: reporting.draws(known, len(fallen), FACTOR_SEED + number)
        for number, front in enumerate(fronts.fronts())
    }
    for row in table.itertuples():
        sample = simulated[row.front, SAME if row.window == SAME else "first-30"]
        seen = sample * drawn[row.front]
        rows.append(
            _quantiles(sample, "simulated")
            | _quantiles(seen, "as_would_be_recorded")
            | _scores(sample, row.recorded_best, "raw")
            | _scores(seen, row.recorded_best, "adjusted")
        )
        losses["as recorded"].append(rows[-1]["crps_raw"])
        losses["adjusted"].append(rows[-1]["crps_adjusted"])
    table = pd.concat([table, pd.DataFrame(rows)], axis=1)
    table["crps_own_months"] = _own_months(table)
    return Comparison(
        table, _summary(table), _differences(table), _factors(table, simulated, known), known
    )


def _quantiles(sample: Floats, name: str) -> dict[str, float]:
    values = np.quantile(sample, QUANTILES)
    return {f"{name}_q{100 * q:02.0f}": v for q, v in zip(QUANTILES, values, strict=True)}


def _scores(sample: Floats, observed: float, name: str) -> dict[str, float]:
    logs, seen = np.log1p(sample)[None], np.log1p([observed])
    return {
        f"crps_{name}": float(crps_losses(logs, seen)[0]),
        f"inside50_{name}": float(inside(logs, seen, 0.5)[0]),
        f"inside90_{name}": float(inside(logs, seen, 0.9)[0]),
        f"rank_{name}": float((logs < seen).mean() + 0.5 * (logs == seen).mean()),
    }


def _own_months(table: pd.DataFrame) -> list[float]:
    """CRPS of the front's own earlier months as an ensemble, on the same days."""
    found = []
    for row in table.itertuples():
        months = table[(table["front"] == row.front) & (table["window"] != SAME)]
        logs = np.log1p(months["recorded_best"].to_numpy())[None]
        seen = np.log1p([row.recorded_best])
        found.append(float(crps_losses(logs, seen)[0]) if row.window == SAME else np.nan)
    return found


def _summary(table: pd.DataFrame) -> pd.DataFrame:
    rows = []
    for kind, part in (("same days", table["window"] == SAME), ("rates", table["window"] != SAME)):
        for name, title in (("raw", "as recorded"), ("adjusted", "with the reporting factor")):
            own = table[part]
            rows.append(
                {
                    "window": kind,
                    "counted": title,
                    "n": len(own),
                    "crps": own[f"crps_{name}"].mean(),
                    "coverage50": own[f"inside50_{name}"].mean(),
                    "coverage90": own[f"inside90_{name}"].mean(),
                    "own_months_crps": own["crps_own_months"].mean(),
                }
            )
    return pd.DataFrame(rows)


def _differences(table: pd.DataFrame) -> pd.DataFrame:
    own = table[table["window"] == SAME]
    rows = []
    for name, title in (("raw", "as recorded"), ("adjusted", "with the reporting factor")):
        found = paired_difference(
            own[f"crps_{name}"].to_numpy(),
            own["crps_own_months"].to_numpy(),
            own["front"].to_numpy(),
        )
        rows.append(
            {
                "score": f"crps {title}",
                "counted": title,
                "baseline": "the front's own earlier months",
                "difference": found.mean,
                "low": found.low,
                "high": found.high,
                "verdict": found.verdict(MARGIN),
            }
        )
    return pd.DataFrame(rows)


def _factors(
    table: pd.DataFrame, simulated: dict[tuple[str, str], Floats], known: pd.DataFrame
) -> pd.DataFrame:
    """Reporting factor of a front, and recorded over simulated on the same days."""
    low, middle, high = np.minimum(
        np.exp(reporting.factor(known).ppf([0.05, 0.5, 0.95])), reporting.MOST
    )
    rows = []
    for row in table[table["window"] == SAME].itertuples():
        ratio = (1.0 + row.recorded_best) / (1.0 + simulated[row.front, SAME])
        needed = np.quantile(ratio, [0.05, 0.5, 0.95])
        rows.append(
            {
                "front": row.front,
                "factor_low": low,
                "factor": middle,
                "factor_high": high,
                "operations": len(known),
                "killed_if_recorded_so": row.recorded_best / middle,
                "killed_low": row.recorded_low / high,
                "killed_high": row.recorded_high / low,
                "needed_low": needed[0],
                "needed": needed[1],
                "needed_high": needed[2],
            }
        )
    return pd.DataFrame(rows)


def write(found: Comparison) -> None:
    """Write every table to ``validation/results``."""
    for name, table in found._asdict().items():
        table.to_csv(RESULTS / f"theatre_{name}.csv", index=False, float_format="%.5g")
