"""The page's data, made from a study: a JSON of facts and texts, and frames of numbers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from numpy.typing import NDArray

from contingent.analysis.argument import argument_record
from contingent.report.view.claims import claim_rows
from contingent.report.view.exemplars import exemplars
from contingent.report.view.fans import observables_of
from contingent.report.view.frames import plain
from contingent.report.view.shares import place_shares, truth_table
from contingent.report.view.theatre import days_record, theatre_record
from contingent.scenario.types import Scenario
from contingent.simulate.store import this_model
from contingent.simulate.study import Study

__all__ = ["VERSION", "Played", "View", "build_view"]

VERSION = 1


class Played(Protocol):
    """A study with its verdicts, such as :class:`contingent.api.Run`."""

    @property
    def study(self) -> Study:
        """The futures."""
        ...

    @property
    def record(self) -> Mapping[str, Any]:
        """The verdicts."""
        ...


@dataclass(frozen=True, eq=False)
class View:
    """What the page shows.

    Attributes
    ----------
    meta : as JSON has it; see the page of the file format
    frames : ``holder_shares``, ``contested_share``, ``truth`` and fans as ``fan:EXPRESSION``
    """

    meta: dict[str, Any]
    frames: dict[str, NDArray[Any]] = field(default_factory=dict)


def build_view(run: Played, scenario: Scenario) -> View:
    """Make the page's data from a study.

    Parameters
    ----------
    run : the study with its verdicts
    scenario : that was played

    Raises
    ------
    StudyError
        If the study lacks its verdicts.
    """
    study, record = run.study, run.record
    names = study.names
    claims = [claim["id"] for claim in record["claims"]]
    truth = truth_table(study, claims)
    frames = {**place_shares(study), "truth": truth}
    meta = {
        "version": VERSION,
        "study": study_record(study, record, scenario),
        "days": days_record(names),
        "theatre": theatre_record(scenario.theatre, names),
        "claims": claim_rows(record, scenario, {}, {}, {}),
        "article": None,
        "argument": argument_record(study, record) if claims else None,
        "explanations": None,
        "drivers": None,
        "watch": None,
        "levers": [],
        "what_ifs": [],
        "observables": observables_of(study, scenario.theatre),
        "frames": frames_record(frames),
        "exemplars": exemplars(study, truth, claims),
        "how": how(scenario.name),
    }
    return View(plain(meta), frames)


def study_record(study: Study, record: Mapping[str, Any], scenario: Scenario) -> dict[str, Any]:
    """Return what the study is; its folder by name alone."""
    manifest = study.manifest
    source = scenario.argument.source if scenario.argument is not None else None
    return {
        "id": study.folder.name,
        "scenario": scenario.name,
        "title": source.title if source else scenario.theatre.title or scenario.name,
        "summary": (scenario.argument.summary if scenario.argument else None)
        or scenario.theatre.summary,
        "source": source.model_dump(mode="json") if source else None,
        "futures": study.futures,
        "seed": manifest.seed,
        "engine": record.get("engine", "core"),
        "digest": record.get("digest", manifest.scenario),
        "program": manifest.program,
        "versions": manifest.versions,
        "outdated": not this_model(manifest),
        "label": record.get("label", ""),
        "counts": record.get("counts", {}),
        "bases": record.get("bases", {}),
        "variants": record.get("variants", []),
    }


def frames_record(frames: Mapping[str, NDArray[Any]]) -> dict[str, dict[str, Any]]:
    """Return type and shape of each frame."""
    scaled = ("holder_shares", "contested_share")
    return {
        name: {"dtype": array.dtype.name, "shape": list(array.shape)}
        | ({"scale": 255} if name in scaled else {})
        for name, array in frames.items()
    }


def how(name: str) -> dict[str, str]:
    """Return the commands that fill in what a study does not hold."""
    return {
        "explanations": f"contingent condition {name}",
        "drivers": f"contingent drivers {name} --claim CLAIM",
        "watch": f"contingent watch {name} --claim CLAIM",
        "what_ifs": f"contingent what-if {name}",
    }
