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

LEAST, MOST = 20, 100
"""Futures in a piece; every piece is asked all questions once, which costs as much as a future."""
EVERY = 0.25
"""Seconds between two answers."""
MOST_STANDING = 500e6
"""Bytes of futures kept as they stand between two stages; one is some 0.4 MB for the flagship."""
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
        last = stages[-1]
        heavy = futures * branch.bytes_each(last.days) > MOST_STANDING
        if heavy or branch.said.futures(_keys(last)) >= futures:
            stages = [last]
        try:
            for stage in stages:
                for said, known in self._grown(base, branch, stage, last.days, futures, stop):
                    yield Answer(
                        known,
                        futures,
                        compared(base, said, stage.questions, futures),
                        stage.later,
                        time.monotonic() - began,
                        stage is last and known == futures,
                    )
        finally:
            branch.let_go()

    def _grown(
        self, base: Baseline, branch: Branch, stage: Stage, last: int, futures: int, stop: Event
    ) -> Iterator[tuple[Truths, int]]:
        """Hand out what the branch says, and in how many futures all of it is known."""
        everything = Stage(base.program.days, base.questions, ())

        def grow(span: range) -> Iterator[tuple[Read, range]]:
            return self._played(base.unmoved, span, everything, everything.days, stop)

        if branch.turn is not None and stage.days <= branch.turn.day:
            base.reach(futures, grow)
            yield _unmoved(base, stage.questions, futures), futures
            return
        known, told = branch.said.futures(_keys(stage)), 0.0
        if known >= min(FEWEST, futures):
            base.reach(_most(branch, stage, futures), grow)
            yield branch.said, min(known, futures)
            told = time.monotonic()
        for part, span in self._played(branch, range(known, futures), stage, last, stop):
            branch.said.extend(part, span)
            now = time.monotonic()
            if span.stop == futures or (span.stop >= FEWEST and now - told >= EVERY):
                base.reach(_most(branch, stage, futures), grow)
                yield branch.said, span.stop
                told = time.monotonic()

    def _played(
        self, branch: Branch, span: range, stage: Stage, last: int, stop: Event
    ) -> Iterator[tuple[Read, range]]:
        """Play futures in pieces, some ahead, and hand each out in its order."""
        todo = iter(pieces(span, self._workers))
        waiting: deque[tuple[Future[Read], range]] = deque()
        try:
            while True:
                while len(waiting) < 2 * self._workers and (piece := next(todo, None)) is not None:
                    new = [
                        one
                        for one in stage.questions
                        if branch.said.futures([one.key]) < piece.stop
                    ]
                    playing = self._pool.submit(branch.play, piece, stage.days, new, stop, last)
                    waiting.append((playing, piece))
                if not waiting:
                    return
                part, piece = waiting.popleft()
                played = part.result()
                if stop.is_set():
                    raise Stopped("a newer question took its place, or nobody waits any longer")
                yield played, piece
        finally:
            for part, _ in waiting:
                part.cancel()


def _most(branch: Branch, stage: Stage, futures: int) -> int:
    """Futures in which the baseline must be known: a claim of an earlier stage is further on."""
    return min(max(branch.said.futures([key]) for key in _keys(stage)), futures)


def _keys(stage: Stage) -> list[str]:
    return [one.key for one in stage.questions]


def pieces(span: range, workers: int) -> list[range]:
    """Cut futures into pieces: small ones for the first answer, and small ones again at the end.

    The last are small so that all workers end at nearly the same time.

    >>> [len(piece) for piece in pieces(range(300), 2)]
    [25, 25, 62, 47, 35, 26, 20, 20, 20, 20]
    >>> [len(piece) for piece in pieces(range(100, 130), 2)]
    [20, 10]
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
    found.extend({one.key: base.columns(one.key, futures) for one in questions}, range(futures))
    return found


def compared(
    base: Baseline, branch: Truths, questions: Sequence[Question], futures: int
) -> tuple[Difference, ...]:
    """Compare a branch with the scenario as it stands, the largest clear difference first.

    Each claim is compared in as many futures as it was read in, at most `futures`.
    """
    counts = {one.key: min(branch.futures([one.key]), futures) for one in questions}
    return tuple(
        largest_first(
            difference_of(base.claim_of(key), base.columns(key, count), branch.first(key, count))
            for key, count in counts.items()
        )
    )
