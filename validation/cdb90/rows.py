"""Battles as arrays: what is known before them, and how they went.

Columns that were judged after a battle are not read at all (``protocol.md``); ``surpa`` is read
apart, because results are given with and without it.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]

ERAS = ("before 1815", "1815-1913", "1914-1918", "1919-1945", "since 1946")
ERA_STARTS = (1815, 1914, 1919, 1946)
POSTURES = ("hasty", "prepared", "fortified", "moving")
GROUND = ("rugged", "flat", "wooded", "bare", "desert", "urban")
LOSS_BOUNDS = (0.0005, 1.0)
SHORTEST_DAYS = 1.0 / 24.0
MINUTES = 1_440.0


@dataclass(frozen=True)
class Battles:
    """Rows of the data base, one axis n.

    Attributes
    ----------
    name, campaign : (n,) str
    attackers, defenders : (n,) float, men
    posture : (n,) int, index of POSTURES
    ground : (n, 6) float, 1 where the ground is of that sort, order of GROUND
    air : (n,) float, 1 the attacker's superiority, -1 the defender's
    era : (n,) int, index of ERAS
    surprise : (n,) float, -3..3, judged afterwards
    won : (n,) float, 1 if the attacker won, 0 if not, nan if not coded
    drawn : (n,) bool
    outcome : (n, 3) float, ln loss fraction of attacker, of defender, ln days; nan if not known
    """

    name: NDArray[np.str_]
    campaign: NDArray[np.str_]
    attackers: Floats
    defenders: Floats
    posture: Integers
    ground: Floats
    air: Floats
    era: Integers
    surprise: Floats
    won: Floats
    drawn: NDArray[np.bool_]
    outcome: Floats

    def __len__(self) -> int:
        return len(self.name)

    def take(self, rows: NDArray[np.int64]) -> Battles:
        """Some of the rows."""
        return Battles(**{name: getattr(self, name)[rows] for name in self.__dataclass_fields__})

    def followed_by(self, other: Battles) -> Battles:
        """Both tables, one after the other."""
        names = self.__dataclass_fields__
        joined = {k: np.concatenate([getattr(self, k), getattr(other, k)]) for k in names}
        return Battles(**joined)

    @property
    def log_ratio(self) -> Floats:
        """Attackers over defenders, ln."""
        return np.asarray(np.log(self.attackers / self.defenders))

    @property
    def log_loss_ratio(self) -> Floats:
        """Attacker's loss fraction over the defender's, ln."""
        return np.asarray(self.outcome[:, 0] - self.outcome[:, 1])


def read_battles(path: Path) -> Battles:
    """Read the usable rows of a file in the format of ``cdb90_calibration.csv``."""
    table = pd.read_csv(path)
    usable = table["usable"] == 1 if "usable" in table else np.ones(len(table), dtype=bool)
    for column in ("str_att", "str_def", "wina"):
        usable &= table[column].notna()
    table = table[usable & (table["str_att"] > 0) & (table["str_def"] > 0)].reset_index(drop=True)
    won = table["wina"].to_numpy(dtype=float)
    return Battles(
        name=table["name"].astype(str).to_numpy(dtype=np.str_),
        campaign=(table["war"].astype(str) + " / " + table["campgn"].astype(str)).to_numpy(np.str_),
        attackers=table["str_att"].to_numpy(dtype=float),
        defenders=table["str_def"].to_numpy(dtype=float),
        posture=_posture(table),
        ground=_ground(table),
        air=table["aeroa"].fillna(0.0).to_numpy(dtype=float),
        era=np.digitize(_years(table), ERA_STARTS).astype(np.int64),
        surprise=table["surpa"].fillna(0.0).to_numpy(dtype=float),
        won=(won > 0).astype(float),
        drawn=won == 0,
        outcome=_outcome(table),
    )


def _years(table: pd.DataFrame) -> Floats:
    years = table["year"].to_numpy(dtype=float)
    starts = table["start"].astype(str).str[:4]
    fallback = pd.to_numeric(starts, errors="coerce").fillna(1900.0).to_numpy(dtype=float)
    return np.asarray(np.where(np.isfinite(years), years, fallback))


def _posture(table: pd.DataFrame) -> Integers:
    codes = {"HD": 0, "OO": 0, "PD": 1, "FD": 2, "DL": 3, "WD": 3}
    return np.asarray(table["post1"].map(codes).fillna(0), dtype=np.int64)


def _ground(table: pd.DataFrame) -> Floats:
    first, second, third = (table[f"terra{i}"].fillna("") for i in (1, 2, 3))
    marks = [first == "G", first == "F", second == "W", second == "B", second == "D", third == "U"]
    return np.column_stack([mark.to_numpy(dtype=float) for mark in marks])


def _outcome(table: pd.DataFrame) -> Floats:
    low, high = LOSS_BOUNDS
    losses = [
        np.log(np.clip(table[f"cas_{side}"] / table[f"str_{side}"], low, high))
        for side in ("att", "def")
    ]
    days = np.log(np.maximum(table["duration_min"] / MINUTES, SHORTEST_DAYS))
    return np.column_stack([column.to_numpy(dtype=float) for column in (*losses, days)])


def inputs(battles: Battles, *, with_surprise: bool) -> Floats:
    """Inputs of the baselines (n, k): what the simulated battle knows; ln ratio first."""
    size = np.log(battles.attackers * battles.defenders) / 2.0
    columns = [battles.log_ratio, size]
    columns += [(battles.posture == k).astype(float) for k in range(1, len(POSTURES))]
    columns += list(battles.ground.T)
    columns += [(battles.air > 0).astype(float), (battles.air < 0).astype(float)]
    columns += [(battles.era == k).astype(float) for k in range(1, len(ERAS))]
    if with_surprise:
        columns.append(battles.surprise)
    return np.column_stack(columns)
