"""The page's data, made from a study: a JSON of facts and texts, and frames of numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from numpy.typing import NDArray

from contingent.analysis.argument import argument_record
from contingent.compile.called import Called, called_in
from contingent.files import plain
from contingent.report.view.article import article_record
from contingent.report.view.assumptions import assumption_rows
from contingent.report.view.claims import claim_rows
from contingent.report.view.conditioned import conditioned_claims, explanations_record
from contingent.report.view.conditions import clue_in_words
from contingent.report.view.exemplars import exemplars
from contingent.report.view.fans import fans, observables_of
from contingent.report.view.found import found_of
from contingent.report.view.levers import MOVING, lever_rows
from contingent.report.view.movers import driver_rows, most_moving, movers
from contingent.report.view.shares import place_shares, truth_table
from contingent.report.view.theatre import days_record, theatre_record
from contingent.report.view.watching import watch_rows
from contingent.report.view.what_ifs import asked_rows
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


def build_view(
    run: Played,
    scenario: Scenario,
    *,
    article: str | None = None,
    conditioned: Mapping[str, Any] | None = None,
    answers: Mapping[str, Sequence[Mapping[str, Any]]] | None = None,
    answered_on: int = 0,
    with_fans: bool = False,
) -> View:
    """Make the page's data from a study and what is kept beside it of single claims.

    Parameters
    ----------
    run : the study with its verdicts
    scenario : that was played
    article : its text or HTML, where the reader has it
    conditioned : record of a conditioned study of the same scenario
    answers : what-if of the argument to its differences, worked out on `answered_on` futures
    with_fans : put the fans of all observables that vary among the frames, and offer no others

    Raises
    ------
    StudyError
        If the study lacks its verdicts.
    """
    study, record = run.study, run.record
    claims = [claim["id"] for claim in record["claims"]]
    truth = truth_table(study, claims)
    frames: dict[str, NDArray[Any]] = {**place_shares(study), "truth": truth}
    offered = observables_of(study, scenario.theatre)
    if with_fans:
        drawn = fans(study, [one["expression"] for one in offered])
        offered = [one for one in offered if f"fan:{one['expression']}" in drawn]
        frames |= drawn
    moving = movers(study, truth, claims)
    words = study.names.vocabulary()
    text, anchors = article_record(article, scenario) if article is not None else (None, {})
    meta = {
        "version": VERSION,
        "study": study_record(study, record, scenario),
        "days": days_record(study.names),
        "theatre": theatre_record(scenario.theatre, study.names),
        "claims": claim_rows(
            record, scenario, anchors,
            assumption_rows(scenario, record, moving, words),
            conditioned_claims(conditioned) if conditioned else {},
            words,
        ),
        "article": text,
        "argument": _argument(study, record) if claims else None,
        "explanations": explanations_record(conditioned) if conditioned else None,
        "called": called_record(scenario),
        "drivers": {**driver_rows(moving), **found_of(study, "drivers", claims)} or None,
        "watch": {
            **watch_rows(study, truth, claims, called_in(scenario.theatre)),
            **_called(found_of(study, "watch", claims), called_in(scenario.theatre)),
        } or None,
        "levers": lever_rows(scenario, study, most_moving(moving, MOVING)),
        "what_ifs": asked_rows(scenario, answers or {}, answered_on),
        "observables": offered,
        "frames": frames_record(frames),
        "exemplars": exemplars(study, truth, claims),
        "how": how(scenario.name),
    }  # fmt: skip
    return View(plain(meta), frames)


def called_record(scenario: Scenario) -> dict[str, dict[str, str]]:
    """Return the words that the file gives for its explanations, by name."""
    given = scenario.argument.explanations if scenario.argument is not None else {}
    return {"explanations": {name: one.says for name, one in given.items() if one.says}}


def _called(watch: Mapping[str, dict[str, Any]], called: Called) -> dict[str, dict[str, Any]]:
    """Return watch-lists that were found, with names in place of ids."""
    return {
        claim: record
        | {"watch": [row | {"says": clue_in_words(row["says"], called)} for row in record["watch"]]}
        for claim, record in watch.items()
    }


def _argument(study: Study, record: Mapping[str, Any]) -> dict[str, Any]:
    """Return the argument without the folder of the study: the page tells nobody's paths."""
    found = argument_record(study, record)
    return {name: value for name, value in found.items() if name != "study"}


def study_record(study: Study, record: Mapping[str, Any], scenario: Scenario) -> dict[str, Any]:
    """Return what the study is; its folder by name alone."""
    manifest = study.manifest
    source = scenario.argument.source if scenario.argument is not None else None
    return {
        "id": study.folder.name,
        "scenario": scenario.name,
        "title": scenario.title,
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
        "causes": f"contingent condition {name} --event REPORT",
        "drivers": f"contingent drivers {name} --claim CLAIM",
        "watch": f"contingent watch {name} --claim CLAIM",
        "what_ifs": f"contingent what-if {name}",
    }
