"""Base rates of an attacked place changing hands, by the attacker's kind: the outside view.

    python -m validation.outside_view

Two sorts of attacks: documented operations (``episodes.csv``), which over-represent what was big
and decided, and onsets in the table of events by both rules of :mod:`validation.onset`, which
include raids that never meant to stay. Only what ended before the flagship's day 0 counts, so its
own operations do not. An onset counts for a horizon only if that many days were seen. Intervals are
those of a beta posterior under Jeffreys' prior. Writes the cases to ``validation/results`` and the
rates into the library.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
from scipy import stats

from validation.onset.table import BLOCS, FIRST, LAST, Rule, World, table, world

ROOT = Path(__file__).resolve().parents[1]
EPISODES = ROOT / "validation" / "data" / "episodes.csv"
CASES = ROOT / "validation" / "results" / "outside_cases.csv"
LIBRARY = ROOT / "src" / "contingent" / "scenario" / "library" / "outside_view.csv"
HORIZONS = (7, 30, 90)
REGULAR = (
    "regular-brigade elite mechanised counter-terrorism garrison advisers foreign-militia "
    "local-militia"
)
CLASSES = {
    "regular": REGULAR,
    "mobile-jihadist": "mobile-jihadist",
    "insurgent": "insurgent",
    "light-infantry": "light-infantry",
    "any": "",
}
"""Class of attacker to the library's kinds of force that it stands for; ``any`` for all."""
OF_OPERATION = {
    "state": "regular",
    "jihadist": "mobile-jihadist",
    "rebel": "insurgent",
    "kurdish": "light-infantry",
    "separatist": "light-infantry",
}
OF_BLOC = {
    "ankara": "regular",
    "baghdad": "regular",
    "damascus": "regular",
    "islamic-state": "mobile-jihadist",
    "north-east": "light-infantry",
    "opposition": "insurgent",
}
OPERATIONS = "documented operations 2012-2016"
ONSETS = {
    Rule(): "attacks out of quiet in UCDP GED, Syria and Iraq 2016",
    Rule(surge=True): "surges of fighting in UCDP GED, Syria and Iraq 2016",
}


def cases() -> pd.DataFrame:
    """One row an attack: attacker's class, place, day it began, days to capture, days seen."""
    return pd.concat([_operations(), *(_onsets(rule) for rule in ONSETS)], ignore_index=True)


def _operations() -> pd.DataFrame:
    """Documented operations that ended before day 0; one that failed was seen to its end."""
    found = pd.read_csv(EPISODES, parse_dates=["start_date", "end_date"])
    found = found[found["end_date"].dt.date <= LAST]
    taken = found["outcome_attacker_holds_at_end"] == 1
    return pd.DataFrame(
        {
            "source": OPERATIONS,
            "attacker": found["attacker_type"].map(OF_OPERATION),
            "place": found["place"],
            "began": found["start_date"].dt.date,
            "captured_after": found["duration_days"].where(taken),
            "seen": np.inf,
        }
    )


def _onsets(rule: Rule) -> pd.DataFrame:
    onsets = table(rule)
    onsets = onsets[onsets["onset"] == 1]
    where = world()
    return pd.DataFrame(
        {
            "source": ONSETS[rule],
            "attacker": onsets["attacker"].map(OF_BLOC),
            "place": onsets["place"],
            "began": onsets["day"],
            "captured_after": [_captured(where, row) for row in onsets.itertuples()],
            "seen": [float((LAST - day).days) for day in onsets["day"]],
        }
    )


def _captured(where: World, onset: tuple) -> float:
    """Days until the attacker's bloc holds the place; not a number if it never does."""
    began = (onset.day - FIRST).days  # type: ignore[attr-defined]
    holder = where.holder[where.places.index(onset.place), began:]  # type: ignore[attr-defined]
    held = np.flatnonzero(holder == BLOCS.index(onset.attacker))  # type: ignore[attr-defined]
    return float(held[0]) if len(held) else float("nan")


def rates(found: pd.DataFrame) -> pd.DataFrame:
    """Rates by class, horizon and source.

    Returns
    -------
    table with ``attacker``, ``kinds`` (of force, of the library; empty for all), ``horizon``
    (days), ``n``, ``k``, ``mean``, ``low``, ``high`` (90 %), ``source``, ``last`` (day of the data)
    """
    rows = []
    for source, own in found.groupby("source", sort=False):
        for attacker, kinds in CLASSES.items():
            part = own if attacker == "any" else own[own["attacker"] == attacker]
            for horizon in HORIZONS:
                seen = part[part["seen"] >= horizon]
                n, k = len(seen), int((seen["captured_after"] <= horizon).sum())
                posterior = stats.beta(k + 0.5, n - k + 0.5)
                low, high = posterior.ppf([0.05, 0.95])
                rows.append(
                    {
                        "attacker": attacker,
                        "kinds": kinds,
                        "horizon": horizon,
                        "n": n,
                        "k": k,
                        "mean": posterior.mean(),
                        "low": low,
                        "high": high,
                        "source": source,
                        "last": LAST,
                    }
                )
    return pd.DataFrame(rows)


def main() -> None:
    """Write the cases and the rates, and print the rates."""
    found = cases()
    found.to_csv(CASES, index=False)
    written = rates(found)
    written.to_csv(LIBRARY, index=False, float_format="%.3f", lineterminator="\n")
    print(written.drop(columns=["kinds", "last"]).to_string(index=False))


if __name__ == "__main__":
    main()
