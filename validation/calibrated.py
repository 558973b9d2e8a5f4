"""Priors from the fits, shipped with the package as data with provenance.

    python -m validation.calibrated

writes ``calibrated.csv`` of the package's library, and from it the entries of ``model.yaml``,
``kinds.yaml``, ``defaults.yaml`` and the block of the flagship's file that carry the basis
*calibrated*. What ships is what operations (or battles) share, with its posterior spread; how far
single operations depart from it is in ``validation/results/episodes_posterior.csv``.

From the battles: coefficients that do not hang on the clock of a field battle, their spread widened
by half, because towns and irregular forces are not field battles of regular armies. From either
only what the data have narrowed or moved. Where both speak the range spans both. Rows by
use: *package* lies outside the flagship's theatre and year; *flagship* ended before its fence;
*early* is both at once, for kinds and habits, which a theatre cannot overrule in one place. What is
neither narrowed nor moved keeps the library's assumption.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd

from contingent.files import whole
from contingent.scenario.quantities import Z95
from validation.episodes.theatre import ABORT_LOSSES, COMBAT_RANGES, FRONT_DENSITY, GROUND, QUALITY

ROOT = Path(__file__).resolve().parents[1]
RESULTS = ROOT / "validation" / "results"
LIBRARY = ROOT / "src" / "contingent" / "scenario" / "library"
TABLE = LIBRARY / "calibrated.csv"
COLUMNS = ("entry", "for", "shape", "low", "high", "source", "rows", "made_by")
COMMAND = "python -m validation.calibrated"
WIDENED = 1.5
MOVED, NARROWED = 0.5, 0.86
FROM_BATTLES = ("combat_exponent", "combat_noise", "even_odds", "break_loss", "break_speed")
BATTLES = 421
KINDS = {"state": "regular-brigade", "rebel": "insurgent", "jihadist": "mobile-jihadist"}
#: Middle diameters, km, of the library's city and of the adapter's: days to cross carry over.
CITY_DIAMETER = math.sqrt(4.0 * 13.0)
FLAGSHIP = "syria-2016.yaml"
BLOCK = ("# Calibrated priors, begin", "# Calibrated priors, end")


class Learned(NamedTuple):
    """A range in ln or ln odds: middle and spread, and the rows behind it."""

    middle: float
    spread: float
    rows: int

    @property
    def ends(self) -> tuple[float, float]:
        """5th and 95th percentile."""
        return (self.middle - Z95 * self.spread, self.middle + Z95 * self.spread)


def offered() -> pd.DataFrame:
    """Table of the shipped priors; see the module for what is in it."""
    operations = pd.read_csv(RESULTS / "episodes_posterior.csv").set_index("name")
    battles = pd.read_csv(RESULTS / "cdb90_posterior.csv").set_index("name")
    lines = [*_model(operations, battles, "package"), *_model(operations, battles, "flagship")]
    return pd.DataFrame([*lines, *_early(operations)], columns=COLUMNS)


def _model(operations: pd.DataFrame, battles: pd.DataFrame, who: str) -> list[tuple[object, ...]]:
    """Coefficients of combat; for the flagship only those that operations speak to."""
    lines: list[tuple[object, ...]] = []
    ranges = {**COMBAT_RANGES, "front_density": FRONT_DENSITY}
    for name in dict.fromkeys([*FROM_BATTLES, *ranges]):
        fought = _from_battles(battles, name) if name in FROM_BATTLES else None
        fitted = None
        if name in ranges:
            fitted = _from_operations(
                operations, name, ranges[name], who, always=fought is not None
            )
        found = [one for one in (fitted, fought) if one is not None]
        if not found or (who == "flagship" and fitted is None):
            continue
        low = math.exp(min(one.ends[0] for one in found))
        high = math.exp(max(one.ends[1] for one in found))
        source = " and ".join(
            word for word, one in (("operations", fitted), ("battles", fought)) if one
        )
        rows = sum(one.rows for one in found)
        lines.append(_line(f"model.{name}", who, "lognormal", (low, high), source, rows))
    return lines


def _early(operations: pd.DataFrame) -> list[tuple[object, ...]]:
    """Kinds and habits, for package and flagship alike."""
    lines: list[tuple[object, ...]] = []
    for side, kind in KINDS.items():
        found = _from_operations(operations, f"quality {side}", _pair(QUALITY[side]), "early")
        if found:
            ends = tuple(math.exp(end) for end in found.ends)
            name = f"kinds.force.{kind}.quality"
            lines.append(_line(name, "early", "lognormal", ends, "operations", found.rows))
    ground = dict(part.split(": ") for part in GROUND["urban"].strip(",").split(", "))
    speed, across = _pair(ground["urban_speed"]), _pair(ground["diameter"])
    found = _from_operations(operations, "urban_speed urban", speed, "early")
    if found:
        scale = CITY_DIAMETER / math.sqrt(across[0] * across[1])
        ends = tuple(scale * math.exp(end) for end in found.ends)
        name = "kinds.place.city.urban_speed"
        lines.append(_line(name, "early", "lognormal", ends, "operations", found.rows))
    odds = tuple(math.log(end / (1.0 - end)) for end in ABORT_LOSSES)
    found = _learned(operations, "abort_losses", odds, "early")
    if found:
        ends = tuple(1.0 / (1.0 + math.exp(-end)) for end in found.ends)
        name = "defaults.actor.abort_losses"
        lines.append(_line(name, "early", "logitnormal", ends, "operations", found.rows))
    return lines


def _line(
    entry: str, who: str, shape: str, ends: tuple[float, ...], source: str, rows: int
) -> tuple[object, ...]:
    low, high = (float(f"{end:.3g}") for end in ends)
    return (entry, who, shape, low, high, source, rows, COMMAND)


def _pair(written: str) -> tuple[float, float]:
    low, high = (float(part.replace("_", "")) for part in written.split(" to "))
    return low, high


def _from_battles(battles: pd.DataFrame, name: str) -> Learned | None:
    """Posterior of the battles, widened; None where they neither narrow nor move the prior."""
    row = battles.loc[name]
    moved = abs(row["mean"] - row["prior_mean"]) >= MOVED * row["prior_sd"]
    if not moved and row["sd"] > NARROWED * row["prior_sd"]:
        return None
    return Learned(row["mean"], WIDENED * row["sd"], BATTLES)


def _from_operations(
    operations: pd.DataFrame,
    name: str,
    ends: tuple[float, float],
    who: str,
    *,
    always: bool = False,
) -> Learned | None:
    return _learned(operations, name, tuple(np.log(ends)), who, always=always)


def _learned(
    operations: pd.DataFrame, name: str, ends: tuple[float, ...], who: str, *, always: bool = False
) -> Learned | None:
    """Posterior in ln or ln odds; None where the data neither narrow nor move the range.

    ``always`` where battles speak too: what they say of the field is then held against a wide
    posterior of towns, and not carried over alone.
    """
    row = operations.loc[name]
    mean, deviation = row[f"{who}_mean"], row[f"{who}_sd"]
    if not always and abs(mean) < MOVED and deviation > NARROWED:
        return None
    middle, spread = (ends[0] + ends[1]) / 2.0, (ends[1] - ends[0]) / (2.0 * Z95)
    return Learned(middle + spread * mean, spread * deviation, int(row[f"{who}_rows"]))


def written(line: Mapping[str, object]) -> str:
    """A line of the table as a quantity of a scenario file."""
    return f"{line['low']:g} to {line['high']:g}"


def install(table: pd.DataFrame) -> None:
    """Write the table and the entries that carry its numbers."""
    table.to_csv(TABLE, index=False)
    texts = {path: path.read_text(encoding="utf-8") for path in LIBRARY.glob("*.yaml")}
    model: list[str] = []
    for line in table.to_dict("records"):
        section, _, path = str(line["entry"]).partition(".")
        if line["for"] == "flagship":
            model.append(f"  {path}: {{value: {written(line)}, {_provenance(line)}}}")
            continue
        file = LIBRARY / f"{section}.yaml"
        texts[file] = _entered(texts[file], path.split("."), line)
    flagship = LIBRARY / FLAGSHIP
    before, _, rest = texts[flagship].partition(BLOCK[0])
    head, after = rest.split("\n", 1)[0], rest.split(BLOCK[1], 1)[1]
    block = "\n".join([BLOCK[0] + head, "model:", *model, BLOCK[1]])
    texts[flagship] = before + block + after
    for file, text in texts.items():
        if text != file.read_text(encoding="utf-8"):
            with whole(file) as partial:
                partial.write_text(text, encoding="utf-8")


def _provenance(line: Mapping[str, object]) -> str:
    who = {"package": "outside Syria 2016", "flagship": "ended before the fence"}
    rows = who.get(str(line["for"]), "ended before 2016-12-12, outside Syria 2016")
    told = f"{line['source']}, {line['rows']} rows"
    if "operations" in str(line["source"]):
        told += f"; operations {rows}"
    return f'basis: calibrated, source: "calibrated.csv: {told}"'


def _entered(text: str, path: list[str], line: Mapping[str, object]) -> str:
    """Put value, basis and source of a line into the entry that a path of keys leads to."""
    lines = text.split("\n")
    sections = path[:-1] if len(path) > 1 else ["model"]
    at, indent = 0, -2
    for key in [*sections, path[-1]]:
        start = " " * max(indent + 2, 0) if key == sections[0] else " " * (indent + 2)
        at = next(i for i in range(at, len(lines)) if lines[i].startswith(f"{start}{key}:"))
        indent = len(start)
    entry = re.sub(r"value: (\{.*?\}|[^,{}]+),", f"value: {written(line)},", lines[at], count=1)
    entry = re.sub(r"basis: \w+", "basis: calibrated", entry, count=1)
    source = _provenance(line).split("source: ")[1]
    lines[at] = re.sub(r'source: "[^"]*"', f"source: {source}", entry, count=1)
    return "\n".join(lines)


def main() -> None:
    """Rebuild the shipped priors and print them."""
    table = offered()
    install(table)
    print(table.drop(columns="made_by").to_string())


if __name__ == "__main__":
    main()
