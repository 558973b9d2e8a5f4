"""Operations as rows: what was known on day 0, and how they went, kept apart.

Columns coded afterwards (``prepared_defence``, ``surprise``, ``*_air_support``,
``defender_encircled``) are not read at all.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

Floats = NDArray[np.float64]
ARGUABLE = (
    "SY16-NRAQ",
    "IQ14-SINJ",
    "IQ16-KIRK",
    "SY16-TABY",
    "XX14-DAP",
    "XX18-HODEI",
    "XX15-KUND",
)
AIR = ("none", "light", "heavy")
TERRAINS = ("urban", "town", "rural", "desert", "mountain")
SIDES = ("state", "rebel", "jihadist", "kurdish", "separatist")


class Strength(NamedTuple):
    """What was known of a side's strength on day 0; nan where nothing was."""

    low: float
    best: float
    high: float


class Known(NamedTuple):
    """What was known of an operation on its first day; ``ended`` only says which rows may teach."""

    id: str
    group: str
    terrain: str
    attacker: str
    defender: str
    attacker_air: str
    defender_air: str
    encircled: bool
    attackers: Strength
    defenders: Strength
    ended: str


@dataclass(frozen=True)
class Episodes:
    """Operations, one axis n.

    Attributes
    ----------
    known : what was known on day 0
    holds, holds_later : (n,) 1 if the attacker held the place at the end, and 30 days later
    ln_days : (n,) ln of the duration
    ln_killed : (n, 2) ln of killed of attacker and defender, nan if not known
    """

    known: list[Known]
    holds: Floats
    holds_later: Floats
    ln_days: Floats
    ln_killed: Floats

    def __len__(self) -> int:
        return len(self.known)

    @property
    def group(self) -> NDArray[np.str_]:
        """Theatre and year of every row."""
        return np.array([row.group for row in self.known])

    def take(self, rows: NDArray[np.int64]) -> Episodes:
        """Some of the rows."""
        known = [self.known[int(i)] for i in rows]
        return Episodes(
            known,
            self.holds[rows],
            self.holds_later[rows],
            self.ln_days[rows],
            self.ln_killed[rows],
        )

    def followed_by(self, other: Episodes) -> Episodes:
        """Both tables, one after the other."""
        return Episodes(
            self.known + other.known,
            np.concatenate([self.holds, other.holds]),
            np.concatenate([self.holds_later, other.holds_later]),
            np.concatenate([self.ln_days, other.ln_days]),
            np.concatenate([self.ln_killed, other.ln_killed]),
        )


def read_episodes(path: Path) -> Episodes:
    """Read a file in the format of ``episodes.csv``."""
    table = pd.read_csv(path, keep_default_na=False, na_values=[""])
    killed = [np.log(np.maximum(_numbers(table, f"{side}_killed_best"), 1.0)) for side in _WHO]
    return Episodes(
        known=[_known(row) for row in table.to_dict("records")],
        holds=_numbers(table, "outcome_attacker_holds_at_end"),
        holds_later=_numbers(table, "held_30d_after"),
        ln_days=np.log(np.maximum(_numbers(table, "duration_days"), 1.0)),
        ln_killed=np.column_stack(killed),
    )


_WHO = ("attacker", "defender")


def _numbers(table: pd.DataFrame, column: str) -> Floats:
    return np.asarray(pd.to_numeric(table[column], errors="coerce"), dtype=float)


def _known(row: dict[str, object]) -> Known:
    strengths = [
        Strength(*(_number(row[f"{side}_strength_{what}"]) for what in ("low", "best", "high")))
        for side in _WHO
    ]
    return Known(
        id=str(row["id"]),
        group=f"{row['theatre']} {str(row['start_date'])[:4]}",
        terrain=str(row["terrain"]),
        attacker=str(row["attacker_type"]),
        defender=str(row["defender_type"]),
        attacker_air=str(row["attacker_air_exante"]),
        defender_air=str(row["defender_air_exante"]),
        encircled=_number(row["encircled_at_start"]) > 0.5,
        attackers=strengths[0],
        defenders=strengths[1],
        ended=str(row["end_date"]),
    )


def _number(value: object) -> float:
    return float("nan") if value is None else float(str(value))


def middle(strength: Strength) -> float:
    """Best estimate, or the geometric middle of the bounds that are known, nan if none is."""
    if np.isfinite(strength.best):
        return strength.best
    bounds = [value for value in (strength.low, strength.high) if np.isfinite(value)]
    return float(np.exp(np.mean(np.log(bounds)))) if bounds else float("nan")


def inputs(episodes: Episodes) -> Floats:
    """Inputs of the baselines (n, k): air of both sides, then the ln ratio, nan if unknown."""
    rows = []
    for known in episodes.known:
        ratio = np.log(middle(known.attackers) / middle(known.defenders))
        rows.append(
            [AIR.index(known.attacker_air), AIR.index(known.defender_air), ratio]
            + [float(known.encircled)]
            + [float(known.terrain == terrain) for terrain in TERRAINS[1:]]
            + [float(known.attacker == side) for side in SIDES[1:]]
            + [float(known.defender == side) for side in SIDES[1:]]
        )
    return np.array(rows, dtype=float)
