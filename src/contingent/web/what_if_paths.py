"""The path of the held slider: differences, growing while they are counted."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import aclosing
from threading import Event
from typing import Annotated, Any

from fastapi import APIRouter, Header, Request
from fastapi.responses import StreamingResponse
from pydantic import BaseModel, Field

from contingent.analysis.what_if import WhatIf
from contingent.jobs.hand import Asked
from contingent.jobs.held import Answer
from contingent.jobs.requests import LeverRequest, Name
from contingent.jobs.stopping import Stopped
from contingent.report.view.what_ifs import difference_rows
from contingent.web.desk import At
from contingent.web.study_paths import Id

__all__ = ["router"]

router = APIRouter(prefix="/api/studies", tags=["what-if"])
LINES = "application/x-ndjson"
GLANCE = 0.1
"""Seconds between two looks at whether the browser still waits."""


class Question(LeverRequest):
    """Levers, and who asks.

    `claim` is answered first where that is quick; `client` is any word of the asker's own, whose
    newer questions take the place of older ones.
    """

    claim: Name | None = None
    client: Annotated[str, Field(min_length=1, max_length=80)] | None = None


class DifferenceRow(BaseModel):
    """What the levers do to one claim."""

    claim: str
    before: float | None
    after: float | None
    difference: float | None
    low: float | None
    high: float | None
    clear: bool
    futures: int


class Answered(BaseModel):
    """What is known so far; `later` names claims that look further ahead than was played."""

    futures: int
    wanted: int
    differences: list[DifferenceRow]
    later: list[str]
    seconds: float
    final: bool


@router.post("/{study}/what-if", response_model=Answered)
async def what_if(
    request: Request,
    study: Id,
    question: Question,
    desk: At,
    accept: Annotated[str, Header(max_length=400)] = "",
) -> Any:
    """Return the difference that levers make to every claim, on common random numbers.

    Asked for JSON with a `claim`, the answer holds the claims that look no further ahead than it,
    and `later` names the others. Asked for ``application/x-ndjson``, the same objects come one a
    line, over more and more futures until one is `final`; where the claim looks only a few days
    ahead, it comes first.
    """
    stream = LINES in accept
    stop = Event()
    asked = Asked(
        study,
        WhatIf("do", dict(question.do), "", question.begins),
        question.futures,
        question.claim,
        not stream and question.claim is not None,
        question.client,
    )
    answers = desk.hand.ask(asked, stop)
    watching = asyncio.create_task(_watch(request, stop))
    try:
        first = await desk.fetching.first(answers)
        if not stream:
            last = first
            while first is not None and not first.final:
                last = first = await desk.fetching.later(answers)
            return _plain(last)
    except BaseException:
        stop.set()
        raise
    finally:
        watching.cancel()
    rest = desk.fetching.rest(first, answers, stop)
    return StreamingResponse(_lines(rest), media_type=LINES)


async def _watch(request: Request, stop: Event) -> None:
    """Stop the work once the browser has gone away."""
    while not await request.is_disconnected():
        await asyncio.sleep(GLANCE)
    stop.set()


async def _lines(answers: AsyncGenerator[Answer]) -> AsyncIterator[bytes]:
    async with aclosing(answers):
        async for answer in answers:
            yield json.dumps(_plain(answer), separators=(",", ":")).encode() + b"\n"


def _plain(answer: Answer | None) -> dict[str, Any]:
    if answer is None:
        raise Stopped("nothing was answered")
    return {
        "futures": answer.futures,
        "wanted": answer.wanted,
        "differences": difference_rows(answer.differences),
        "later": list(answer.later),
        "seconds": round(answer.seconds, 3),
        "final": answer.final,
    }
