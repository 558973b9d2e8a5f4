"""Conditioned ensembles kept on disk, so that they can be asked again without conditioning anew.

A conditioned study is a folder of the store, found by its ``manifest.json``::

    manifest.json            of kind "conditioned": what was conditioned on what, by which model
    EXPLANATION-REPLICATE.npz  unknowns, keys, weights, likelihoods of every particle (`checkpoint`)
    dates/                   a few worlds after each date of publication (`dates`)
    record.json              what ``contingent condition --json`` printed
    reports.csv              further reports, where a table was given

The theatre itself is not in it: a study is opened together with its scenario, and refused if the
scenario, its reports or the model have changed since.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np

from contingent.compile import compile_scenario
from contingent.errors import StudyError
from contingent.files import write_json
from contingent.infer.checkpoint import restore
from contingent.infer.condition import Conditioned, Settings, run_digest, run_replicate
from contingent.infer.dates import FOLDER as DATES
from contingent.infer.explanations import Assumed, assumed
from contingent.infer.reports import Selection, select
from contingent.infer.sources import read_sources, reading_of
from contingent.scenario.types import Scenario
from contingent.simulate.engines import model_digest
from contingent.simulate.manifest import digest_scenario
from contingent.version import VERSION as PROGRAM_VERSION

VERSION = 1
KIND = "conditioned"
MANIFEST, RECORD, REPORTS = "manifest.json", "record.json", "reports.csv"
SUBFOLDER = "conditioning"
"""Folder within the store in which states are kept while they are made."""


@dataclass(frozen=True)
class Told:
    """How a study was conditioned: what the command was told.

    Attributes
    ----------
    settings : of the sampler
    as_of : the fence, where it was moved
    hindsight : whether reports after the fence were let in
    grades : how grades were read
    reports : table of further reports
    """

    settings: Settings
    as_of: date | None = None
    hindsight: bool = False
    grades: str = "published"
    reports: Path | None = None


@dataclass(frozen=True, eq=False)
class Ensemble:
    """A conditioned study, opened.

    Attributes
    ----------
    folder : where it lies
    manifest : what was conditioned on what
    scenario : with the further reports it was conditioned on
    selection : reports that were believed
    explained, done : the theatre under each explanation, and what the reports leave of it
    """

    folder: Path
    manifest: Mapping[str, Any]
    scenario: Scenario
    selection: Selection
    explained: Mapping[str, Assumed]
    done: Mapping[str, Conditioned]

    @property
    def weights(self) -> dict[str, float]:
        """Weight of each explanation after the reports; before them where odds were refused."""
        rows = self.manifest["explanations"]
        return {name: _weight(rows[name]) for name in self.explained}

    @property
    def refused(self) -> bool:
        """Whether no odds were given, so that explanations keep their prior weights."""
        return any(row["posterior"] is None for row in self.manifest["explanations"].values())

    @property
    def seed(self) -> int:
        """Root seed."""
        return int(self.manifest["seed"])

    @cached_property
    def record(self) -> dict[str, Any]:
        """What ``contingent condition --json`` printed."""
        return read_record(self.folder)


def _weight(row: Mapping[str, Any]) -> float:
    value = row["prior"] if row["posterior"] is None else row["posterior"]
    return float(value)


def keep_ensemble(
    scenario: Scenario, record: Mapping[str, Any], told: Told, output: Path | None = None
) -> Path:
    """Finish a conditioned study: its manifest and its record, beside the states.

    Parameters
    ----------
    scenario : that was conditioned
    record : what came of it; ``kept`` is the folder of the states
    told : how it was conditioned
    output : folder to keep it in besides; the states are linked, not copied, where that can be done

    Returns
    -------
    Path
        Folder of the study.
    """
    states = Path(record["kept"])
    states.mkdir(parents=True, exist_ok=True)
    folder = states if output is None else output
    if folder != states:
        _link(states, folder)
    manifest = _manifest(scenario, record, told)
    for place in dict.fromkeys((states, folder)):
        if told.reports is not None:
            shutil.copyfile(told.reports, place / REPORTS)
        write_json(place / RECORD, {**record, "kept": str(place)})
        write_json(place / MANIFEST, manifest)
    return folder


def _manifest(scenario: Scenario, record: Mapping[str, Any], told: Told) -> dict[str, Any]:
    """What was conditioned on what, how, and by which model."""
    settings = told.settings
    return {
        "version": VERSION,
        "kind": KIND,
        "name": scenario.name,
        "scenario": digest_scenario(scenario),
        "model": model_digest(),
        "seed": settings.seed,
        "particles": settings.particles,
        "sweeps": settings.sweeps,
        "replicates": settings.replicates,
        "as_of": None if told.as_of is None else told.as_of.isoformat(),
        "fence": str(record["fence"]),
        "hindsight": told.hindsight,
        "grades": told.grades,
        "reports": REPORTS if told.reports is not None else None,
        "believed": [one["id"] for one in record["evidence"]],
        "explanations": {
            row["name"]: {
                key: row[key]
                for key in ("prior", "posterior", "log_evidence", "log_evidence_sd", "ess")
            }
            for row in record["explanations"]
        },
        "versions": {"contingent": PROGRAM_VERSION, "numpy": np.__version__},
    }


def _link(states: Path, folder: Path) -> None:
    """Put the states into another folder; files are only ever replaced, so a link will do."""
    if (folder / MANIFEST).is_file() and not is_conditioned(folder):
        raise StudyError(f"{folder}: another study lies there; name a folder of its own with -o")
    for source in [*states.glob("*.npz"), *(states / DATES).glob("*.npz")]:
        target = folder / source.relative_to(states)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.unlink(missing_ok=True)
        try:
            os.link(source, target)
        except OSError:
            shutil.copyfile(source, target)
    folder.mkdir(parents=True, exist_ok=True)


def is_conditioned(folder: Path) -> bool:
    """Whether a conditioned study lies in a folder."""
    try:
        plain = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    return isinstance(plain, dict) and plain.get("kind") == KIND


def manifest_of(folder: Path) -> dict[str, Any]:
    """Read the manifest of a conditioned study.

    Raises
    ------
    StudyError
        if there is none.
    """
    if not is_conditioned(folder):
        raise StudyError(
            f"{folder}: no conditioned study here; make one with: contingent condition NAME "
            f"-o {folder}"
        )
    manifest: dict[str, Any] = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    if manifest.get("version") != VERSION:
        raise StudyError(f"{folder}: not of version {VERSION}; condition the scenario again")
    return manifest


def read_record(folder: Path) -> dict[str, Any]:
    """Read what conditioning a study gave.

    Raises
    ------
    StudyError
    """
    try:
        record: dict[str, Any] = json.loads((folder / RECORD).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise StudyError(
            f"{folder / RECORD}: cannot be read ({error}); condition the scenario again"
        ) from None
    return record


def list_ensembles(studies: Path) -> list[tuple[Path, dict[str, Any]]]:
    """Conditioned studies of a store with their manifests, the newest first."""
    found = []
    if studies.is_dir():
        for path in [*studies.glob(f"*/{MANIFEST}"), *studies.glob(f"{SUBFOLDER}/*/{MANIFEST}")]:
            if is_conditioned(path.parent):
                found.append((path.stat().st_mtime_ns, path.parent, manifest_of(path.parent)))
    return [(folder, manifest) for _, folder, manifest in sorted(found, key=lambda one: -one[0])]


def find_ensemble(scenario: Scenario, studies: Path) -> Path | None:
    """Return the newest conditioned study of a scenario as it stands, by the model as it is.

    One with hindsight, a moved fence, other grades or further reports is only used by name.
    """
    return find_by_digest(digest_scenario(scenario), studies)


def find_by_digest(scenario: str, studies: Path) -> Path | None:
    """Return the newest conditioned study of the scenario with a digest."""
    for folder, manifest in list_ensembles(studies):
        plainly = not (
            manifest["hindsight"] or manifest["as_of"] or manifest["reports"]
        ) and manifest["grades"] == "published"  # fmt: skip
        same = (manifest["scenario"], manifest["model"]) == (
            scenario, model_digest()
        )  # fmt: skip
        if plainly and same:
            return folder
    return None


def open_ensemble(name: str | Path, folder: Path) -> Ensemble:
    """Open a conditioned study together with its scenario.

    Parameters
    ----------
    name : of the scenario, or its file
    folder : of the study

    Raises
    ------
    StudyError
        if there is none, or the scenario, its reports or the model have changed since.
    """
    manifest = manifest_of(folder)
    table = folder / manifest["reports"] if manifest["reports"] else None
    scenario, marks = read_sources(name, table)
    if (manifest["name"], manifest["scenario"]) != (scenario.name, digest_scenario(scenario)):
        what = "another scenario" if manifest["name"] != scenario.name else "it as it was written"
        raise StudyError(f"{folder}: conditions {what} ({manifest['name']}); {_again(name)}")
    if manifest["model"] != model_digest():
        raise StudyError(f"{folder}: was played by another version of the model; {_again(name)}")
    selection = select(
        scenario.theatre,
        compile_scenario(scenario).names,
        as_of=date.fromisoformat(manifest["as_of"]) if manifest["as_of"] else None,
        hindsight=bool(manifest["hindsight"]),
        reading=reading_of(manifest["grades"]),
        marks=marks,
    )
    explained = assumed(scenario, selection)
    settings = settings_of(manifest)
    done = {name: _restored(folder, one, settings) for name, one in explained.items()}
    return Ensemble(folder, manifest, scenario, selection, explained, done)


def settings_of(manifest: Mapping[str, Any]) -> Settings:
    """Settings with which a study was conditioned."""
    return Settings(
        manifest["particles"], manifest["sweeps"], manifest["replicates"], manifest["seed"]
    )


def _restored(folder: Path, one: Assumed, settings: Settings) -> Conditioned:
    digest = run_digest(one.problem, settings)
    found = []
    for number in range(settings.replicates):
        if one.problem.steps == 0:
            found.append(run_replicate(one.problem, settings, one.name, number))
            continue
        kept = restore(folder / f"{one.name or 'plain'}-{number}.npz", digest)
        if kept is None or kept[0].step != one.problem.steps:
            raise StudyError(
                f"{folder}: the states of {one.name} are missing, damaged or of another version; "
                "condition the scenario again"
            )
        found.append((kept[0], tuple(kept[1])))
    states, infos = zip(*found, strict=True)
    return Conditioned(one.name, one.problem, states, infos)


def _again(name: str | Path) -> str:
    return f"condition it again: contingent condition {name}"
