"""Priors that the fits offer to the library, as data with provenance.

    python -m validation.calibrated

From the battles: coefficients of the mechanism that do not hang on the clock of a field battle,
their spread widened by half because towns and irregular forces are not field battles of regular
armies, and because simulated data fed back to the fit show its intervals to be too narrow. From the
operations: parameters of the mechanisms whose posterior is narrower than the prior by a tenth or
has moved by a quarter of its spread, for the package (rows outside the flagship's theatre and year)
and for the flagship (rows that ended before its fence). Offered, not installed:
``validation/results/calibrated.csv``.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from contingent.scenario.document import read_plain
from contingent.scenario.quantities import Z95

ROOT = Path(__file__).resolve().parents[1]
RESULTS = ROOT / "validation" / "results"
LIBRARY = ROOT / "src" / "contingent" / "scenario" / "library" / "model.yaml"
FROM_BATTLES = ("combat_exponent", "combat_noise", "even_odds", "break_loss", "break_speed")
WIDENED = 1.5
MOVED, NARROWED = 0.25, 0.9


def offered() -> pd.DataFrame:
    """Table of offered priors: 5th and 95th percentiles, before and after."""
    return pd.DataFrame([*_from_battles(), *_from_operations()])


def _from_battles() -> list[dict[str, Any]]:
    table = pd.read_csv(RESULTS / "cdb90_posterior.csv").set_index("name")
    rows = []
    for name in FROM_BATTLES:
        row = table.loc[name]
        reach = Z95 * WIDENED * row["sd"]
        rows.append(
            {
                "name": f"model.{name}",
                "for": "package",
                "low": float(np.exp(row["mean"] - reach)),
                "high": float(np.exp(row["mean"] + reach)),
                "before_low": float(np.exp(row["prior_mean"] - Z95 * row["prior_sd"])),
                "before_high": float(np.exp(row["prior_mean"] + Z95 * row["prior_sd"])),
                "basis": "calibrated",
                "source": "CDB90, 421 battles, posterior spread times 1.5 (validation/cdb90)",
            }
        )
    return rows


def _from_operations() -> list[dict[str, Any]]:
    table = pd.read_csv(RESULTS / "episodes_posterior.csv").set_index("name")
    library = read_plain(LIBRARY)["model"]
    rows = []
    for name, row in table.iterrows():
        entry = library.get(str(name).removeprefix("model."), {})
        written = str(entry.get("value", ""))
        if not str(name).startswith("model.") or " to " not in written:
            continue
        low, high = (float(part.replace("_", "")) for part in written.split(" to "))
        middle, spread = np.log(low * high) / 2.0, np.log(high / low) / (2.0 * Z95)
        for who in ("package", "flagship"):
            mean, sd = row[f"{who}_mean"], row[f"{who}_sd"]
            if abs(mean) < MOVED and sd > NARROWED:
                continue
            ends = middle + spread * (mean + np.array([-Z95, Z95]) * sd)
            rows.append(
                {
                    "name": name,
                    "for": who,
                    "low": float(np.exp(ends[0])),
                    "high": float(np.exp(ends[1])),
                    "before_low": low,
                    "before_high": high,
                    "basis": "calibrated",
                    "source": "documented operations 2012-2021 (validation/episodes)",
                }
            )
    return rows


def main() -> None:
    """Write and print the table."""
    table = offered()
    table.to_csv(RESULTS / "calibrated.csv", index=False, float_format="%.4g")
    print(table.drop(columns="source").to_string())


if __name__ == "__main__":
    main()
