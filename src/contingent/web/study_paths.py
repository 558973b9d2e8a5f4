"""Paths of the interface that show a study: its view, frames, futures, fans, comparison."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any, Literal

import numpy as np
from fastapi import APIRouter, Query, Request
from fastapi import Path as InPath
from fastapi.responses import Response
from pydantic import BaseModel

from contingent.analysis.compare import compare
from contingent.claims.keeping import kept_scenario
from contingent.errors import SettingError, StudyError
from contingent.jobs.missing import Missing
from contingent.report.studies import study_record
from contingent.report.view import View, encode
from contingent.report.view.fans import QUANTILES, fan
from contingent.report.view.playback import playback_of
from contingent.report.view.shares import FALSE, TRUE
from contingent.simulate.study import Study
from contingent.web.desk import At, binary, json_bytes
from contingent.web.view_of import ready, view_of

__all__ = ["Id", "router"]

router = APIRouter(prefix="/api/studies", tags=["studies"])
Id = Annotated[str, InPath(pattern=r"^[A-Za-z0-9][A-Za-z0-9_-]{0,149}$")]
JSON = "application/json"
BYTES: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "Frames",
        "content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}},
    }
}


class StudyRow(BaseModel):
    """One study of the list."""

    id: str
    scenario: str
    title: str
    label: str
    seed: int
    futures: int
    wanted: int
    complete: bool
    claims: int | None
    outdated: bool
    megabytes: float


class StudyList(BaseModel):
    """All studies, the last played first."""

    studies: list[StudyRow]


class Numbers(BaseModel):
    """Numbers of futures."""

    futures: list[int]


@router.get("")
def studies(desk: At) -> StudyList:
    """List the studies, the last played first."""
    found = desk.studies.all()
    ready(desk, found)
    return StudyList(studies=[_row(study) for study in found])


def _row(study: Study) -> StudyRow:
    plain = study_record(study)
    try:
        title = str(kept_scenario(study.folder).get("title") or study.manifest.name)
    except StudyError:
        title = study.manifest.name
    facts = {key: plain[key] for key in ("scenario", "seed", "futures", "wanted", "complete")}
    return StudyRow(
        id=study.folder.name,
        title=title,
        label=study.manifest.label,
        claims=plain["claims"],
        outdated=not plain["this_model"],
        megabytes=plain["megabytes"],
        **facts,
    )


@router.get("/compare")
def comparison(
    desk: At,
    one: Annotated[str, Query(max_length=150)],
    other: Annotated[str, Query(max_length=150)],
) -> Response:
    """Return what differs between two studies and what the difference does."""
    found = compare(desk.studies.study(one), desk.studies.study(other)).record()
    return Response(json_bytes(found | {"one": one, "other": other}), media_type=JSON)


@router.get("/{study}/view")
def view(request: Request, study: Id, desk: At) -> Response:
    """Return the page's data: facts and texts."""
    return binary(request, json_bytes(view_of(desk, study).meta), JSON)


@router.get("/{study}/frames", responses=BYTES)
def frames(request: Request, study: Id, desk: At) -> Response:
    """Return all arrays of the page in one message."""
    return binary(request, encode(view_of(desk, study).frames))


@router.get("/{study}/frames/{name}", responses=BYTES)
def frame(
    request: Request, study: Id, name: Annotated[str, InPath(max_length=200)], desk: At
) -> Response:
    """Return one array of the page."""
    found = view_of(desk, study).frames
    if name not in found:
        raise Missing("frame", name)
    return binary(request, encode({name: found[name]}))


@router.get("/{study}/futures")
def futures(
    study: Id,
    desk: At,
    claim: Annotated[str | None, Query(max_length=100)] = None,
    comes_true: Literal["true", "false", "typical"] = "typical",
    most: Annotated[int, Query(ge=1, le=10_000)] = 40,
) -> Numbers:
    """Return futures to look at: typical ones, or those in which a claim comes true or fails.

    The most typical of them come first, then the others by number.
    """
    made = view_of(desk, study)
    if claim is None or comes_true == "typical":
        return Numbers(futures=made.meta["exemplars"]["typical"][:most])
    return Numbers(futures=_with_claim(made, claim, comes_true)[:most])


def _with_claim(made: View, claim: str, comes_true: str) -> list[int]:
    names = [one["id"] for one in made.meta["claims"]]
    if claim not in names:
        raise Missing("claim", claim)
    wanted = TRUE if comes_true == "true" else FALSE
    column = made.frames["truth"][:, names.index(claim)]
    first = made.meta["exemplars"]["by_claim"].get(claim, {}).get(comes_true, [])
    found = [int(number) for number in np.flatnonzero(column == wanted)]
    return [*first, *(number for number in found if number not in set(first))]


@router.get("/{study}/futures/{future}", responses=BYTES)
def one_future(
    request: Request, study: Id, future: Annotated[int, InPath(ge=0, lt=2**32)], desk: At
) -> Response:
    """Return one future day by day: holders, fights, columns, what is told."""
    found = desk.studies.study(study)
    if future >= found.futures:
        raise SettingError("future", str(future), f"0 to {found.futures - 1}")

    def make() -> bytes:
        program, called = desk.played.again(found)
        one = playback_of(program, future, found.manifest.seed, called)
        return encode(one.frames, {"future": future, "events": one.events})

    key = ("future", study, _stamp(found.folder), future)
    return binary(request, desk.pieces.get(key, make))


@router.get("/{study}/fan", responses=BYTES)
def one_fan(
    request: Request,
    study: Id,
    expression: Annotated[str, Query(min_length=1, max_length=400)],
    desk: At,
) -> Response:
    """Return quantiles of an expression over the futures, day by day."""
    found = desk.studies.study(study)

    def make() -> bytes:
        beside = {"quantiles": list(QUANTILES), "expression": expression}
        return encode({"fan": fan(found, expression)}, beside)

    key = ("fan", study, _stamp(found.folder), expression)
    return binary(request, desk.pieces.get(key, make))


def _stamp(folder: Path) -> int:
    return (folder / "manifest.json").stat().st_mtime_ns
