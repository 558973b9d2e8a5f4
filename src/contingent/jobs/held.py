"""What-ifs while the hand is still on the slider.

Only one branch is played: the scenario as it stands is in the study already, future by future, with
the same seed. The program records nothing but what the claims read, ends on the last day that any
claim asked now looks at, and keeps the unknowns from one position of the slider to the next. A
claim that looks no further than the day on which the levers move cannot differ.

Answers come as they are known, over more and more futures: first the claims that look no further
ahead than the selected one, then all of them, the same futures being played on from where they
stand. The last answer is that of :func:`contingent.analysis.what_if.what_if` on as many futures.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from threading import Event

from contingent.analysis.what_if import (
    Difference,
    WhatIf,
    difference_of,
    largest_first,
)
from contingent.claims.columns import Question
from contingent.errors import SettingError
from contingent.jobs.baseline import Baseline, Stage
from contingent.jobs.branch import Branch
from contingent.jobs.stopping import Stopped
from contingent.jobs.truths import Read, Truths
from contingent.simulate.ensemble import threads_of

__all__ = ["Answer", "Held"]

LEAST, MOST = 10, 50
"""Futures in a piece; every piece is asked all questions once, which costs as much as a future."""
EVERY = 0.25
"""Seconds between two answers."""
MOST_STANDING = 1_000
"""Futures that are kept as they stand between two stages; each is some 0.4 MB for the flagship."""
FEWEST = 50
"""Futures in the first answer of a stage."""


@dataclass(frozen=True)
class Answer:
    """What is known so far.

    Attributes
    ----------
    futures, wanted : on which the differences stand, and how many were asked for
    differences : of the claims that could be asked so far, the largest clear one first
    later : claims that look further ahead than was played
    seconds : since the question
    final : whether nothing more will come
    """

    futures: int
    wanted: int
    differences: tuple[Difference, ...]
    later: tuple[str, ...]
    seconds: float
    final: bool


class Held:
    """Threads kept warm for the questions of a page.

    Parameters
    ----------
    threads : as many as processors if left out
    """

    def __init__(self, threads: int | None = None) -> None:
        self._workers = threads_of(threads)
        self._pool = ThreadPoolExecutor(self._workers, "held")

    def close(self) -> None:
        """Give the threads back."""
        self._pool.shutdown(wait=True, cancel_futures=True)

    def ask(
        self,
        base: Baseline,
        asked: WhatIf,
        futures: int,
        *,
        claim: str | None = None,
        only_claim: bool = False,
        stop: Event | None = None,
    ) -> Iterator[Answer]:
        """Answer a what-if, again and again until all is known.

        Parameters
        ----------
        base : the scenario as it stands, and its futures
        asked : the levers
        futures : numbers 0 to futures - 1 are compared
        claim : to be answered first
        only_claim : whether to leave out claims that look further ahead than `claim`
        stop : set when nobody waits any longer

        Raises
        ------
        SettingError
            If a lever leads nowhere, or there is no such claim.
        Stopped
            If `stop` was set.
        """
        began, stop = time.monotonic(), stop or Event()
        if futures < 1:
            raise SettingError("futures", str(futures), "at least 1")
        branch = base.branch(asked)
        stages = base.stages(claim, only=only_claim)
        last = stages[-1].days
        if branch.said(last).futures >= futures or futures > MOST_STANDING:
            stages = stages[-1:]
        try:
            for stage in stages:
                for found in self._grown(base, branch, stage, last, futures, stop):
                    yield Answer(
                        found.futures,
                        futures,
                        compared(base, found, stage.questions),
                        stage.later,
                        time.monotonic() - began,
                        stage is stages[-1] and found.futures == futures,
                    )
        finally:
            branch.let_go()

    def _grown(
        self, base: Baseline, branch: Branch, stage: Stage, last: int, futures: int, stop: Event
    ) -> Iterator[Truths]:
        """Hand out what the branch says now and then, over more and more futures."""
        everything = Stage(base.program.days, base.questions, ())

        def grow(span: range) -> Iterator[tuple[Read, int]]:
            return self._played(base.unmoved, span, everything, everything.days, stop)

        if branch.turn is not None and stage.days <= branch.turn.day:
            base.reach(futures, grow)
            yield _unmoved(base, stage.questions, futures)
            return
        said, told = branch.said(stage.days), 0.0
        if said.futures >= min(FEWEST, futures):
            base.reach(min(said.futures, futures), grow)
            yield said.upto(futures)
            told = time.monotonic()
        missing = range(said.futures, futures)
        for part, count in self._played(branch, missing, stage, last, stop):
            said.extend(part, count)
            done, now = said.futures, time.monotonic()
            if done == futures or (done >= FEWEST and now - told >= EVERY):
                base.reach(done, grow)
                yield said.upto(done)
                told = time.monotonic()

    def _played(
        self, branch: Branch, span: range, stage: Stage, last: int, stop: Event
    ) -> Iterator[tuple[Read, int]]:
        """Play futures in pieces, some ahead, and hand each out in its order."""
        todo = iter(pieces(span, self._workers))
        waiting: deque[tuple[Future[Read], int]] = deque()
        try:
            while True:
                while len(waiting) < 2 * self._workers and (piece := next(todo, None)) is not None:
                    asked = (piece, stage.days, stage.questions, stop, last)
                    waiting.append((self._pool.submit(branch.play, *asked), len(piece)))
                if not waiting:
                    return
                part, count = waiting.popleft()
                played = part.result()
                if stop.is_set():
                    raise Stopped("a newer question took its place, or nobody waits any longer")
                yield played, count
        finally:
            for part, _ in waiting:
                part.cancel()


def pieces(span: range, workers: int) -> list[range]:
    """Cut futures into pieces: small ones for the first answer, and small ones again at the end.

    The last are small so that all workers end at nearly the same time.

    >>> [len(piece) for piece in pieces(range(300), 2)]
    [25, 25, 50, 50, 37, 28, 21, 16, 12, 10, 10, 10, 6]
    >>> [len(piece) for piece in pieces(range(100, 120), 2)]
    [10, 10]
    """
    found, first = [], span.start
    while first < span.stop:
        left = span.stop - first
        size = min(max(left // (2 * workers), LEAST), MOST)
        if first < FEWEST:
            size = min(-(-FEWEST // workers), MOST)
        found.append(range(first, min(first + size, span.stop)))
        first += size
    return found


def _unmoved(base: Baseline, questions: Sequence[Question], futures: int) -> Truths:
    """Return what is said before the levers move."""
    found = Truths()
    found.extend({one.key: base.columns(one.key, futures) for one in questions}, futures)
    return found


def compared(
    base: Baseline, branch: Truths, questions: Sequence[Question]
) -> tuple[Difference, ...]:
    """Compare a branch with the scenario as it stands, the largest clear difference first."""
    futures = branch.futures
    return tuple(
        largest_first(
            difference_of(
                base.claim_of(one.key),
                base.columns(one.key, futures),
                branch.first(one.key, futures),
            )
            for one in questions
        )
    )
