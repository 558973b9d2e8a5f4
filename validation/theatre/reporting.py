"""How much the record misses: events against operations whose dead are known from elsewhere.

The log of recorded over killed of an operation is taken as normal; what a further front's factor
may be is the predictive Student's t of those operations. Sources of the operations' dead (monitors,
parties) partly feed the table too, so the factor errs towards completeness.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from pyproj import Geod
from scipy import stats

from validation.theatre.fronts import events

EPISODES = Path(__file__).parents[1] / "data" / "episodes.csv"
AROUND_KM = 20.0
LEAST = 0.05
"""A smaller share recorded is read as this: the log of nothing at all would decide the spread."""
MOST = 2.0


def operations(before: date) -> pd.DataFrame:
    """Operations ended before a day with both sides' killed: recorded and known dead.

    Only those at a time and in a country whose rows carry end dates (Syria 2016, Iraq 2015-16).
    """
    table = pd.read_csv(EPISODES, parse_dates=["start_date", "end_date"])
    known = table["attacker_killed_best"].notna() & table["defender_killed_best"].notna()
    covered = (table["theatre"] == "Iraq") & (table["start_date"] >= "2015-01-01")
    covered |= (table["theatre"] == "Syria") & (table["start_date"] >= "2016-01-01")
    ended = table["end_date"].dt.date < before
    rows = []
    frame = events().events
    for row in table[known & covered & ended].itertuples():
        _, _, metres = Geod(ellps="WGS84").inv(
            np.full(len(frame), row.lon), np.full(len(frame), row.lat), frame["lon"], frame["lat"]
        )
        inside = (np.asarray(metres) <= 1_000.0 * AROUND_KM) & frame["first"].between(
            row.start_date, row.end_date
        )
        killed = row.attacker_killed_best + row.defender_killed_best
        recorded = float(frame.loc[inside, "fallen_best"].sum())
        rows.append(
            {
                "id": row.id,
                "events": int(inside.sum()),
                "recorded": recorded,
                "killed": killed,
                "ratio": recorded / killed,
                "log_ratio": np.log(max(recorded / killed, LEAST)),
                "sources": f"{row.atk_loss_src}{row.def_loss_src}",
            }
        )
    return pd.DataFrame(rows)


def factor(table: pd.DataFrame) -> stats.rv_continuous:
    """Predictive distribution of the log factor of a further front."""
    logs = table["log_ratio"].to_numpy()
    spread = logs.std(ddof=1) * np.sqrt(1.0 + 1.0 / len(logs))
    return stats.t(df=len(logs) - 1, loc=logs.mean(), scale=spread)


def draws(table: pd.DataFrame, count: int, seed: int) -> NDArray[np.float64]:
    """Factors of a front, one beside each future; never above twice the killed."""
    drawn = factor(table).rvs(count, random_state=np.random.default_rng(seed))
    return np.asarray(np.exp(np.minimum(drawn, np.log(MOST))))
