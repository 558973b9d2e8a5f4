"""The manifest of a study: what was played, by which model, and which chunks are finished.

It is written whole to a file of its own and then renamed, so that a reader sees the old one or
the new one and never a part.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from typing import Any

import numpy as np

from contingent.compile.names import Names
from contingent.compile.program import OutsideEvent, Program, Series, Unknown
from contingent.errors import StudyError
from contingent.files import whole
from contingent.identity import digest8, digest_bytes
from contingent.scenario.types import Scenario
from contingent.simulate.engines import model_digest
from contingent.version import VERSION as PROGRAM_VERSION

VERSION = 1
FILE = "manifest.json"


@dataclass(frozen=True)
class Manifest:
    """What a study holds.

    Attributes
    ----------
    name, label : of the scenario; what distinguishes this study from the plain one ("" if nothing)
    scenario, program, model : digests of the specification, the program and the mechanisms
    seed, futures, chunk : root seed, futures wanted, futures in a chunk
    versions : of the packages that wrote it
    names, series, columns : what the axes of the arrays are; columns are those of θ
    people : for each place a column of θ with its factor, or -1 and the number itself
    events : events outside the theatre
    finished : number of a chunk to its futures and the digest of its arrays
    """

    name: str
    label: str
    scenario: str
    program: str
    model: str
    seed: int
    futures: int
    chunk: int
    versions: dict[str, str]
    names: dict[str, Any]
    series: list[list[str]]
    columns: list[dict[str, Any]]
    people: list[tuple[int, float]]
    events: list[dict[str, Any]]
    finished: dict[str, dict[str, Any]] = field(default_factory=dict)
    version: int = VERSION

    @property
    def folder(self) -> str:
        """Name of the study's folder."""
        return f"{self.name}-{digest8(self.program)}-s{self.seed}"

    @property
    def played(self) -> int:
        """Futures finished without a gap from future 0 on."""
        done = 0
        while (part := self.finished.get(str(done // self.chunk))) is not None:
            done += int(part["futures"])
            if part["futures"] < self.chunk:
                break
        return done

    def recorded(self) -> tuple[Series, ...]:
        """Recorded series, in the order of the array."""
        return tuple(Series(one[0], tuple(one[1:])) for one in self.series)

    def outside_events(self) -> tuple[OutsideEvent, ...]:
        """Events outside the theatre."""
        return tuple(
            OutsideEvent(**{**event, "parents": tuple(event["parents"])}) for event in self.events
        )

    def read_names(self) -> Names:
        """Names behind the axes."""
        return Names.from_plain(self.names)


def new_manifest(
    program: Program, scenario: str, seed: int, futures: int, chunk: int, label: str
) -> Manifest:
    """Manifest of a study that has not begun."""
    bound = program.bindings("people")
    people = program.table("people").tolist()
    return Manifest(
        name=program.name,
        label=label,
        scenario=scenario,
        program=program.digest,
        model=model_digest(),
        seed=seed,
        futures=futures,
        chunk=chunk,
        versions={"contingent": PROGRAM_VERSION, "numpy": np.__version__},
        names=program.names.to_plain(),
        series=[[one.observable, *one.args] for one in program.series],
        columns=[_column(unknown) for unknown in program.unknowns]
        + [{"name": f"derived.{i}", "unit": "1"} for i in range(len(program.derived))],
        people=[bound.get(place, (-1, size)) for place, size in enumerate(people)],
        events=[asdict(event) for event in program.events],
    )


def _column(unknown: Unknown) -> dict[str, Any]:
    return {
        "name": unknown.name,
        "unit": unknown.unit,
        "source": unknown.source,
        "basis": unknown.basis,
    }


def digest_scenario(scenario: Scenario) -> str:
    """SHA-256 of a specification."""
    return digest_bytes(repr((scenario.theatre, scenario.argument)).encode())


def write_manifest(folder: Path, manifest: Manifest) -> None:
    """Write it in one step."""
    text = json.dumps(asdict(manifest), ensure_ascii=False, indent=1, sort_keys=True)
    with whole(folder / FILE) as partial:
        partial.write_text(text + "\n", encoding="utf-8")


def read_manifest(folder: Path) -> Manifest:
    """Read the manifest of a study.

    Raises
    ------
    StudyError
        if there is none, or one that cannot be read.
    """
    path = folder / FILE
    try:
        plain = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise StudyError(f"{folder}: no study here (no {FILE})") from None
    except (OSError, ValueError) as error:
        raise StudyError(f"{path}: cannot be read ({error}); run the scenario again") from None
    if not isinstance(plain, dict) or plain.get("version") != VERSION:
        raise StudyError(f"{path}: not a study of version {VERSION}; run the scenario again")
    _check_keys(path, plain)
    plain["people"] = [(int(column), float(size)) for column, size in plain["people"]]
    return Manifest(**plain)


def _check_keys(path: Path, plain: Iterable[str]) -> None:
    wanted = {one.name for one in fields(Manifest)}
    if set(plain) != wanted:
        odd = sorted(wanted.symmetric_difference(plain))
        raise StudyError(f"{path}: missing or unknown: {', '.join(odd)}; run the scenario again")
