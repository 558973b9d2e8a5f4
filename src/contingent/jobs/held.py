"""What-ifs while the hand is still on the slider.

Only one branch is played: the scenario as it stands is in the study already, future by future, with
the same seed. The program records nothing but what the claims read, ends on the last day that any
claim asked now looks at, and keeps the normals behind its unknowns from one position of the slider
to the next. A claim that looks no further than the day on which the levers move cannot differ.

Answers come as they are known: first the claims that look no further ahead than the selected one,
then all of them, over more and more futures. The last answer is that of
:func:`contingent.analysis.what_if.what_if` on as many futures.
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
    turn_of,
)
from contingent.claims.columns import Question
from contingent.compile.program import Program
from contingent.errors import SettingError
from contingent.jobs.baseline import Baseline, Stage, shortened
from contingent.jobs.stopping import Stopped
from contingent.jobs.truths import Read, Truths, read
from contingent.simulate.engines import Turn
from contingent.simulate.ensemble import key_of, play_chunk, threads_of
from contingent.simulate.paths import paths_of

__all__ = ["Answer", "Held"]

SPAN = 25
"""Futures played in one piece: what is lost at most when the hand moves on."""
EVERY = 0.4
"""Seconds between two answers."""
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
        branch = base.branch(asked.do)
        turn = turn_of(asked, base.program, branch)
        stages = base.stages(claim, only=only_claim)
        for number, stage in enumerate(stages):
            for found in self._grown(base, branch, turn, stage, futures, stop):
                yield Answer(
                    found.futures,
                    futures,
                    compared(base, found, stage.questions),
                    stage.later,
                    time.monotonic() - began,
                    number == len(stages) - 1 and found.futures == futures,
                )

    def _grown(
        self,
        base: Baseline,
        branch: Program,
        turn: Turn | None,
        stage: Stage,
        futures: int,
        stop: Event,
    ) -> Iterator[Truths]:
        """Hand out what the branch says now and then, over more and more futures."""

        def grow(span: range) -> Iterator[tuple[Read, int]]:
            whole = _Branch(base, base.program, None, base.questions)
            return self._played(whole, span, stop)

        if turn is not None and stage.days <= turn.day:
            base.reach(futures, grow)
            yield _unmoved(base, stage.questions, futures)
            return
        start = shortened(branch if turn is None else base.program, stage.days)
        played = _Branch(base, start, turn, stage.questions)
        found, told = Truths(), time.monotonic()
        for part, count in self._played(played, range(futures), stop):
            found.extend(part, count)
            done, now = found.futures, time.monotonic()
            if done == futures or (done >= FEWEST and now - told >= EVERY):
                base.reach(done, grow)
                yield found
                told = time.monotonic()

    def _played(self, branch: _Branch, span: range, stop: Event) -> Iterator[tuple[Read, int]]:
        """Play futures in pieces, some ahead, and hand each out in its order."""
        todo = iter(pieces(span, self._workers))
        waiting: deque[tuple[Future[Read], int]] = deque()
        try:
            while True:
                while len(waiting) < 2 * self._workers and (piece := next(todo, None)) is not None:
                    waiting.append((self._pool.submit(branch.play, piece, stop), len(piece)))
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
    """Cut futures into pieces that keep all workers at it.

    >>> [len(piece) for piece in pieces(range(60), 2)]
    [25, 25, 10]
    >>> [len(piece) for piece in pieces(range(100, 120), 2)]
    [10, 10]
    """
    size = max(min(SPAN, -(-len(span) // workers)), 1)
    return [
        range(first, min(first + size, span.stop)) for first in range(span.start, span.stop, size)
    ]


class _Branch:
    """A branch that is being played, and what is asked of it."""

    def __init__(
        self, base: Baseline, program: Program, turn: Turn | None, asked: Sequence[Question]
    ) -> None:
        self._base, self._program, self._turn, self._asked = base, program, turn, asked
        self._key = key_of(base.seed)

    def play(self, span: range, stop: Event) -> Read:
        """Play some futures on this thread and ask them everything."""
        if stop.is_set():
            return {}
        thetas = self._base.thetas(self._program, span)
        chunk = play_chunk(self._program, self._key, span, turn=self._turn, thetas=thetas)
        return read(self._asked, paths_of(self._program, chunk, self._base.seed))


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
