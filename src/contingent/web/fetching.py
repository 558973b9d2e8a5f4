"""Answers of the held slider, fetched by a few threads of their own.

A question waits for its turn within a thread, and any number of browsers may ask; so few of them
wait there at a time, and the others before it, that the rest of the interface always finds a
thread. Who has the turn goes on in others still: it would else wait for those that wait for it.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Iterator
from contextlib import suppress
from threading import Event
from typing import Any

from anyio import CapacityLimiter, to_thread

from contingent.jobs.held import Answer
from contingent.jobs.stopping import Stopped

__all__ = ["Fetching"]

MOST_BEGINNING = 4
"""Questions that are made ready or wait for their turn, each in a thread."""
MOST_GOING_ON = 2
"""Only one has the turn; it need not wait for one that is about to give it up."""


class Fetching:
    """Fetches answers; belongs to the loop in which it was made."""

    def __init__(self) -> None:
        self._beginning = CapacityLimiter(MOST_BEGINNING)
        self._going_on = CapacityLimiter(MOST_GOING_ON)

    async def first(self, answers: Iterator[Answer]) -> Answer | None:
        """Return the first answer; None if there is none."""
        return await _next(answers, self._beginning)

    async def later(self, answers: Iterator[Answer]) -> Answer | None:
        """Return the next answer of a question that was answered already; None after the last."""
        return await _next(answers, self._going_on)

    async def rest(
        self, first: Answer | None, answers: Iterator[Answer], stop: Event
    ) -> AsyncGenerator[Answer]:
        """Hand out the first answer and all others.

        They are fetched whether or not those before were taken, so that a browser that does not
        read keeps nobody from his turn.

        Parameters
        ----------
        first, answers : the first was fetched already
        stop : set at the end, however that comes
        """
        fetched: asyncio.Queue[Answer | None] = asyncio.Queue()
        fetching = asyncio.create_task(self._fetch(first, answers, fetched))
        try:
            while (answer := await fetched.get()) is not None:
                yield answer
            await fetching
        finally:
            stop.set()
            fetching.cancel()

    async def _fetch(
        self, first: Answer | None, answers: Iterator[Answer], into: asyncio.Queue[Any]
    ) -> None:
        answer = first
        try:
            with suppress(Stopped):
                while answer is not None:
                    into.put_nowait(answer)
                    answer = await self.later(answers)
        finally:
            into.put_nowait(None)


async def _next(answers: Iterator[Answer], limiter: CapacityLimiter) -> Answer | None:
    return await to_thread.run_sync(next, answers, None, abandon_on_cancel=True, limiter=limiter)
