"""A lead tested: do towns fought for to the end fall at 0.04 to 0.05 km of diameter a day?

    python -m validation.episodes.diameters

Diameters are not in the table of operations. They are guessed from the populations of GeoNames
(mixed years, before anyone fled) and a density of built-up ground of 8,000 to 25,000 people on a
square kilometre, as the diameter of a circle of that area: rough to a factor of 1.8 from end to
end, before errors of the population. Rows whose goal is a whole named town of Syria or Iraq that
was taken; parts of cities, bases and roads are left out. Jihadist defenders stand for those who
fight to the end. The lead was read off Mosul, Raqqa and al-Bab: what is new are the other towns.
Nothing is fitted, and no forecast uses it.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray

ROOT = Path(__file__).resolve().parents[1]
DATA = ROOT / "data"
RESULTS = ROOT / "results"
PER_KM2 = (8_000.0, 25_000.0)
LEAD = (0.04, 0.05)
LEAD_TOWNS = ("Mosul", "Raqqa", "al-Bab")


def diameter(people: NDArray[np.float64], per_km2: float) -> NDArray[np.float64]:
    """Diameter in km of a circle in which people live at a density.

    >>> diameter(np.array([np.pi * 10_000]), 10_000.0).round(6).tolist()
    [2.0]
    """
    return np.asarray(2.0 * np.sqrt(people / (np.pi * per_km2)))


def speeds() -> pd.DataFrame:
    """Diameter over duration of every town taken, row by row."""
    table = pd.read_csv(DATA / "episodes.csv").merge(pd.read_csv(DATA / "built_up.csv"), on="id")
    table = table[table["outcome_attacker_holds_at_end"] == 1]
    people, days = table["population"].to_numpy(float), table["duration_days"].to_numpy(float)
    out = table[["id", "place", "terrain", "defender_type", "population"]].copy()
    out["days"] = days
    out["km_low"], out["km_high"] = (diameter(people, density) for density in PER_KM2[::-1])
    out["km"] = np.sqrt(out["km_low"] * out["km_high"])
    for name in ("low", "high"):
        out[f"km_a_day_{name}"] = out[f"km_{name}"] / days
    out["km_a_day"] = out["km"] / days
    return out


def summary(rows: pd.DataFrame) -> pd.DataFrame:
    """Median and spread by defender and terrain, and how many rows can lie in the lead's range."""
    jihadist = rows["defender_type"] == "jihadist"
    urban = rows["terrain"] == "urban"
    groups = {
        "jihadist, urban": jihadist & urban,
        "of these, not behind the lead": jihadist & urban & ~rows["place"].isin(LEAD_TOWNS),
        "jihadist, not urban": jihadist & ~urban,
        "other defenders": ~jihadist,
    }
    lines = []
    for name, inside in groups.items():
        some = rows[inside]
        low, middle, high = np.quantile(some["km_a_day"], [0.1, 0.5, 0.9])
        can = (some["km_a_day_low"] <= LEAD[1]) & (some["km_a_day_high"] >= LEAD[0])
        lines.append((name, len(some), low, middle, high, int(can.sum())))
    columns = ["rows", "n", "km_a_day_q10", "km_a_day_q50", "km_a_day_q90", "can_be_0.04_to_0.05"]
    return pd.DataFrame(lines, columns=columns)


def main() -> None:
    """Write the two tables and print the summary."""
    rows = speeds()
    for name, table in (("diameters", rows), ("diameters_summary", summary(rows))):
        table.to_csv(RESULTS / f"episodes_{name}.csv", index=False, float_format="%.3g")
    print(summary(rows).to_string())


if __name__ == "__main__":
    main()
