"""The probability of each forecast as it stood on every past date.

Worlds were put aside after each date of publication (`dates`), so that no date is conditioned
again: a few worlds of each explanation, by its weight on that date, are played to the last day. The
first point is the prior, the last one what the whole conditioned study gives.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np

from contingent.claims.judging import headed_by_factor
from contingent.claims.reading import ReadClaim
from contingent.files import write_json
from contingent.infer.branches import Worlds, shares_of
from contingent.infer.claim_runs import Asked, asked_of, count
from contingent.infer.condition import Conditioned
from contingent.infer.dates import date_worlds
from contingent.infer.explanations import evidence_after, posterior
from contingent.infer.kept import Ensemble, settings_of
from contingent.infer.verdicts import Side, chance_row

WORLDS = 240
"""Worlds played for each date, all explanations together."""
FILE = "trail.json"


def forecast_of(claim: ReadClaim) -> ReadClaim | None:
    """The headline of a forecast; None for any other claim."""
    if claim.statement.kind != "forecast" or not claim.wordings or headed_by_factor(claim):
        return None
    return replace(claim, wordings=claim.wordings[:1])


def trail(ensemble: Ensemble, threads: int | None = None) -> dict[str, Any]:
    """Return every forecast's probability by date, from the study if it was asked before.

    Returns
    -------
    dict
        ``study``, ``dates`` and ``claims``: each with its points (date, reports believed by then,
        probability, interval and effective number of futures).
    """
    kept = _read(ensemble.folder)
    if kept is not None:
        return kept
    asked = asked_of(ensemble.scenario, forecast_of)
    by_date = {day: _side(ensemble, asked, day, threads) for day in _dates(ensemble)}
    known = {row["id"]: row for row in ensemble.record["claims"]}
    claims = [_points(claim, known[claim.id], by_date) for claim in asked.claims]
    found = {
        "study": str(ensemble.folder),
        "hindsight": ensemble.selection.hindsight,
        "worlds": WORLDS,
        "dates": [day.isoformat() for day in by_date],
        "not_kept": [
            day.isoformat()
            for day, (_, side) in by_date.items()
            if side is None and day != max(by_date)
        ],
        "claims": claims,
    }
    write_json(ensemble.folder / FILE, found)
    return found


def _points(
    claim: ReadClaim, known: Mapping[str, Any], by_date: Mapping[date, tuple[int, Side | None]]
) -> dict[str, Any]:
    """One forecast from the prior to the last date, which is that of the whole study."""
    points = [_point(None, 0, known["prior"])]
    for day, (reports, side) in by_date.items():
        if side is not None:
            points.append(_point(day, reports, chance_row(side.chance(claim, claim.wordings[0]))))
    if by_date:
        last = max(by_date)
        points.append(_point(last, by_date[last][0], known["conditioned"]))
    return {"id": claim.id, "says": claim.statement.says, "points": points}


def _dates(ensemble: Ensemble) -> list[date]:
    return list(dict.fromkeys(one.published for one in ensemble.selection.evidence))


def _point(day: date | None, reports: int, chance: Mapping[str, Any] | None) -> dict[str, Any]:
    values = chance or {"probability": None, "low": None, "high": None, "ess": 0.0}
    return {
        "date": None if day is None else day.isoformat(),
        "reports": reports,
        **{key: values[key] for key in ("probability", "low", "high", "ess")},
    }


def _side(
    ensemble: Ensemble, asked: Asked, day: date, threads: int | None
) -> tuple[int, Side | None]:
    """What the forecasts were worth on a date; None where no worlds were put aside.

    The last date is that of the whole study, and is not played again.
    """
    evidence = ensemble.selection.evidence
    reports = sum(one.published <= day for one in evidence)
    if reports == len(evidence):
        return reports, None
    weights = _weights(ensemble, reports)
    worlds = {}
    for name, units in _shares(ensemble, weights).items():
        own = _worlds(ensemble.folder, ensemble.done[name], reports, units)
        if own is None:
            return reports, None
        worlds[name] = own
    counts = count(asked, ensemble.explained, worlds, ensemble.seed, threads)
    return reports, Side(counts, dict.fromkeys(worlds, 1.0))


def _weights(ensemble: Ensemble, reports: int) -> dict[str, float]:
    """Weight of each explanation after the first reports; the priors where odds were refused."""
    priors = {name: one.prior for name, one in ensemble.explained.items()}
    if ensemble.refused:
        return priors
    evidences = [evidence_after(ensemble.done[name], reports) for name in priors]
    settings = settings_of(ensemble.manifest)
    found = posterior(evidences, list(priors.values()), settings.replicates, settings.seed)
    return {name: one.value for name, one in zip(priors, found, strict=True)}


def _shares(ensemble: Ensemble, weights: Mapping[str, float]) -> dict[str, int]:
    """Worlds of each replicate by explanation, in proportion to weight."""
    replicates = int(ensemble.manifest["replicates"])
    return shares_of(weights, max(WORLDS // replicates, 1))


def _worlds(folder: Path, done: Conditioned, reports: int, each: int) -> Worlds | None:
    """Worlds of one explanation after the first reports, `each` of every replicate."""
    days = done.problem.horizons[reports - 1] + 1
    parts = []
    for number in range(len(done.states)):
        kept = date_worlds(folder, done.name, number, reports)
        if kept is None:
            return None
        rows = np.arange(each) * len(kept["roots"]) // each
        parts.append({name: array[rows] for name, array in kept.items()})
    joined = {name: np.concatenate([one[name] for one in parts]) for name in parts[0]}
    # Later days are played with fresh inputs: what was drawn for them has been copied with a world.
    particles = {"normals": joined["normals"], "keys": joined["keys"][:, :days]}
    numbers = np.repeat(np.arange(len(parts)), each)
    return Worlds(done.name, done.problem.program, particles, numbers, joined["roots"])


def _read(folder: Path) -> dict[str, Any] | None:
    path = folder / FILE
    try:
        if path.stat().st_mtime_ns < (folder / "manifest.json").stat().st_mtime_ns:
            return None
        found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return found
