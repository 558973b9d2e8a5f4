"""Paths of the interface for long work: ask, look, follow, cancel, go on."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Header, Query
from fastapi import Path as InPath
from fastapi.responses import FileResponse, Response, StreamingResponse
from pydantic import BaseModel

from contingent.api import load
from contingent.compile import Program, compile_scenario
from contingent.errors import SettingError
from contingent.jobs.missing import Missing
from contingent.jobs.queue import Queue
from contingent.jobs.record import ENDED, Job
from contingent.jobs.requests import (
    ReportRequest,
    Request,
    RunRequest,
    WhatIfRequest,
    read_request,
)
from contingent.web.desk import At, Desk
from contingent.web.problems import without_paths

__all__ = ["router"]

router = APIRouter(prefix="/api", tags=["jobs"])
JobId = Annotated[str, InPath(pattern=r"^[0-9]{20}-[0-9a-f]{6}$")]
BEAT = 15.0
"""Seconds between two signs of life of a quiet stream."""
GLANCE = 0.15
KEPT_OPEN = 1.5
"""Seconds after which a browser whose stream broke asks again."""


class Step(BaseModel):
    """How far a job has come."""

    stage: str
    done: int
    total: int
    seconds: float


class JobRow(BaseModel):
    """One job."""

    id: str
    kind: str
    state: Literal["waiting", "running", "done", "failed", "cancelled", "interrupted"]
    request: dict[str, Any]
    progress: Step | None
    result: dict[str, Any] | None
    error: str | None
    created: str
    started: str | None
    finished: str | None
    position: int | None
    resumable: bool


class Limits(BaseModel):
    """What one job may cost at most."""

    futures: int
    days: int
    megabytes: int


class JobList(BaseModel):
    """All jobs, the newest first."""

    jobs: list[JobRow]
    budget: Limits


def row(queue: Queue, job: Job) -> JobRow:
    """Return a job as the interface shows it."""
    record = queue.record(job)
    if record["error"] is not None:
        record["error"] = without_paths(record["error"])
    return JobRow(**record)


def _program(desk: Desk, request: Request) -> Program:
    """Compile what a job would play, so that its size is known; raises for faults in its files."""
    if isinstance(request, WhatIfRequest | ReportRequest):
        study = desk.studies.study(request.study)
        return compile_scenario(desk.played.scenario(study))
    scenario = load(desk.scenarios.find(request.scenario).path)
    return scenario.program()


def submit(desk: Desk, request: Request) -> JobRow:
    """Put a job into the queue if it fits."""
    desk.settings.budget.check(request, _program(desk, request), desk.settings.threads)
    return row(desk.queue, desk.queue.submit(request))


@router.post("/studies", status_code=202)
def run(request: RunRequest, desk: At) -> JobRow:
    """Play futures of a scenario; the job's result is a study."""
    return submit(desk, request)


@router.post("/jobs", status_code=202)
def ask(request: Request, desk: At) -> JobRow:
    """Ask for long work."""
    return submit(desk, request)


@router.get("/jobs")
def jobs(desk: At) -> JobList:
    """List all jobs, the newest first, and what one may cost."""
    budget = desk.settings.budget
    limits = Limits(futures=budget.futures, days=budget.days, megabytes=budget.megabytes)
    return JobList(jobs=[row(desk.queue, one) for one in desk.queue.jobs()], budget=limits)


@router.get("/jobs/{job}")
def one_job(job: JobId, desk: At) -> JobRow:
    """Return a job."""
    return row(desk.queue, desk.queue.job(job))


@router.delete("/jobs/{job}")
def cancel(job: JobId, desk: At) -> JobRow:
    """Cancel a job; futures that were finished stay."""
    return row(desk.queue, desk.queue.cancel(job))


@router.post("/jobs/{job}/resume", status_code=202)
def resume(job: JobId, desk: At) -> JobRow:
    """Let a job go on that was interrupted or cancelled, or has failed, if it still fits."""
    try:
        request = read_request(desk.queue.job(job).request)
    except ValueError:
        raise SettingError(
            "job", "a request of another version", "one of this version", "ask for it anew"
        ) from None
    desk.settings.budget.check(request, _program(desk, request), desk.settings.threads)
    return row(desk.queue, desk.queue.resume(job))


@router.get("/jobs/{job}/result")
def result(
    job: JobId, desk: At, other: Annotated[str | None, Query(max_length=200)] = None
) -> FileResponse:
    """Return the file that a job has made, or one of the others that belong to it."""
    found = desk.queue.job(job)
    folder = desk.queue.result_folder(found)
    made = found.result or {}
    name = made.get("file") if other is None else other
    listed = {path.name: path for path in folder.iterdir()} if folder.is_dir() else {}
    if name not in listed or name not in (made.get("file"), *made.get("others", ())):
        raise Missing("file of the job", job)
    return FileResponse(listed[name], filename=name, content_disposition_type="attachment")


@router.get(
    "/jobs/{job}/events",
    response_class=StreamingResponse,
    responses={
        200: {"description": "Events", "content": {"text/event-stream": {}}},
        204: {"description": "Nothing more will come"},
    },
)
async def events(
    job: JobId,
    desk: At,
    after: Annotated[int, Query(ge=0, le=10**9)] = 0,
    last_event_id: Annotated[str, Header(max_length=40)] = "",
) -> Response:
    """Follow a job; a stream that broke goes on after the last event that arrived.

    Where nothing more will come the answer is 204, so that a browser does not ask again.
    """
    if last_event_id.isascii() and last_event_id.isdigit():
        after = max(after, int(last_event_id))
    after = min(after, len(desk.queue.told(job))) or desk.queue.began(job)
    if desk.queue.job(job).state in ENDED and not desk.queue.told(job, after):
        return Response(status_code=204)
    return StreamingResponse(_stream(desk.queue, job, after), media_type="text/event-stream")


async def _stream(queue: Queue, job: str, after: int) -> AsyncIterator[bytes]:
    yield f"retry: {int(1000 * KEPT_OPEN)}\n\n".encode()
    quiet = 0.0
    while True:
        told = queue.told(job, after)
        for one in told:
            data = {**one.data, "resumable": one.event in ENDED and one.event != "done"}
            if data.get("error"):
                data["error"] = without_paths(str(data["error"]))
            text = json.dumps(data, ensure_ascii=False)
            yield f"id: {one.number}\nevent: {one.event}\ndata: {text}\n\n".encode()
            after = one.number
        if queue.closed or (not queue.told(job, after) and queue.job(job).state in ENDED):
            return
        quiet = 0.0 if told else quiet + GLANCE
        if quiet >= BEAT:
            yield b": still here\n\n"
            quiet = 0.0
        await asyncio.sleep(GLANCE)
