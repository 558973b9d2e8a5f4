"""Ensembles: many futures over threads, in order, with the same bits however they are cut.

A future hangs on the program, the root seed and its own number. So chunks are only a matter of
convenience: their size, the number of threads and the engine change no bit of the result. At most
two chunks a thread are in flight, and a chunk is handed out as soon as it and all before it are
done.
"""

from __future__ import annotations

import os
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from contingent.compile.program import Floats, Program
from contingent.compile.unknowns import draw_unknowns
from contingent.errors import SettingError
from contingent.simulate.engines import Engine, Turn, play
from contingent.streams import Key, key_from_seed

CHUNK = 100
BLOCK_BYTES = 2**22
"""Raw series of the futures played in one call, so that they stay within the processor's cache."""
IN_FLIGHT = 2
MOST_FUTURES = 2**32
DROPPED_BITS = 13
"""Bits of a float32's mantissa that are rounded away: ten remain, a relative error of 1/2048."""


@dataclass(frozen=True, eq=False)
class Chunk:
    """Some futures that follow each other.

    Attributes
    ----------
    first : number of the first future
    holders : (n, days, places) int16
        Actor that holds the place.
    flags : (n, days, places) uint8
        Contested 1, outskirts 2, assaulted 4.
    series : (n, series, days) float32
        Recorded series, rounded to ten bits; what claims see and what is stored.
    thetas : (n, columns) float64
        Unknowns and derived numbers.
    """

    first: int
    holders: NDArray[np.int16]
    flags: NDArray[np.uint8]
    series: NDArray[np.float32]
    thetas: Floats

    def __len__(self) -> int:
        return len(self.holders)


@dataclass(frozen=True)
class Progress:
    """How far a run has come.

    Attributes
    ----------
    done, total : futures
    seconds : since the run began
    """

    done: int
    total: int
    seconds: float

    @property
    def rate(self) -> float:
        """Futures a second; 0 before the first."""
        return self.done / self.seconds if self.seconds > 0.0 else 0.0

    @property
    def remaining(self) -> float:
        """Seconds that the rest will take at this rate; infinite before the first."""
        return (self.total - self.done) / self.rate if self.rate > 0.0 else float("inf")


Report = Callable[[Progress], None]


def simulate(
    program: Program,
    futures: int | range,
    seed: int,
    *,
    threads: int | None = None,
    chunk: int = CHUNK,
    engine: Engine = "core",
    progress: Report | None = None,
    turn: Turn | None = None,
) -> Iterator[Chunk]:
    """Play futures and hand them out in order, chunk by chunk.

    Parameters
    ----------
    program
    futures : how many from future 0 on, or a range of numbers with step 1
    seed : root seed, 0 .. 2**64 - 1
    threads : worker threads; as many as processors if left out
    chunk : futures in a chunk
    engine : ``core`` or ``reference``
    progress : called after every chunk
    turn : levers moved on the way

    Raises
    ------
    SettingError
        for a setting that cannot be used.
    """
    numbers = _numbers(futures)
    if chunk < 1:
        raise SettingError("chunk", str(chunk), "at least 1")
    starts = range(numbers.start, numbers.stop, chunk)
    spans = (range(start, min(start + chunk, numbers.stop)) for start in starts)
    return play_spans(program, spans, len(numbers), seed, threads, engine, progress, turn)


def play_spans(
    program: Program,
    spans: Iterable[range],
    total: int,
    seed: int,
    threads: int | None = None,
    engine: Engine = "core",
    progress: Report | None = None,
    turn: Turn | None = None,
) -> Iterator[Chunk]:
    """Play ranges of futures, each as one chunk, and hand them out in the order given."""
    key = key_of(seed)
    workers = threads_of(threads)
    began = time.monotonic()
    done = 0
    waiting: deque[Future[Chunk]] = deque()
    todo = iter(spans)
    pool = ThreadPoolExecutor(max_workers=workers, thread_name_prefix="futures")
    try:
        while True:
            while len(waiting) < IN_FLIGHT * workers:
                span = next(todo, None)
                if span is None:
                    break
                waiting.append(pool.submit(play_chunk, program, key, span, engine, turn))
            if not waiting:
                return
            chunk = waiting.popleft().result()
            done += len(chunk)
            yield chunk
            if progress is not None:
                progress(Progress(done, total, time.monotonic() - began))
    finally:
        for one in waiting:
            one.cancel()
        pool.shutdown(wait=True, cancel_futures=True)


def play_chunk(
    program: Program,
    key: Key,
    span: range,
    engine: Engine = "core",
    turn: Turn | None = None,
    thetas: Floats | None = None,
) -> Chunk:
    """Draw the unknowns of some futures, unless they are given, and play them on this thread."""
    if thetas is None:
        thetas = draw_unknowns(program, key, span)
    days, places = program.days, program.sizes["P"]
    holders = np.empty((len(span), days, places), dtype=np.int16)
    flags = np.empty((len(span), days, places), dtype=np.uint8)
    series = np.empty((len(span), program.sizes["S"], days), dtype=np.float32)
    block = max(BLOCK_BYTES // (8 * days * max(program.sizes["S"], 1)), 1)
    for first in range(0, len(span), block):
        rows = slice(first, min(first + block, len(span)))
        played = play(program, thetas[rows], key, span[rows], engine, turn)
        holders[rows] = played.holders
        flags[rows] = played.flags
        series[rows] = played.series.transpose(0, 2, 1)
        round_in_place(series[rows])
    return Chunk(span.start, holders, flags, series, thetas)


def round_in_place(values: NDArray[np.float32]) -> None:
    """Round to ten bits of mantissa, ties to even, without leaving the array.

    >>> x = np.array([1000.4, 0.1, 3000.0, -1.0], dtype=np.float32)
    >>> round_in_place(x)
    >>> x.tolist()
    [1000.5, 0.0999755859375, 3000.0, -1.0]
    """
    bits = values.view(np.uint32)
    nudge = bits >> DROPPED_BITS
    nudge &= np.uint32(1)
    nudge += np.uint32((1 << (DROPPED_BITS - 1)) - 1)
    bits += nudge
    bits &= np.uint32(0xFFFFFFFF << DROPPED_BITS & 0xFFFFFFFF)


def key_of(seed: int) -> Key:
    """Key of a root seed.

    Raises
    ------
    SettingError
        unless 0 <= seed < 2**64.
    """
    try:
        return key_from_seed(seed)
    except ValueError:
        raise SettingError("seed", str(seed), "a whole number from 0 to 2**64 - 1") from None


def threads_of(threads: int | None) -> int:
    """Number of worker threads: as asked for, else one for each processor at hand."""
    if threads is None:
        affinity = getattr(os, "sched_getaffinity", None)
        return len(affinity(0)) if affinity else os.cpu_count() or 1
    if threads < 1:
        raise SettingError("threads", str(threads), "at least 1")
    return threads


def _numbers(futures: int | range) -> range:
    numbers = range(futures) if isinstance(futures, int) else futures
    if isinstance(futures, int) and futures < 1:
        raise SettingError("futures", str(futures), "at least 1")
    if numbers.step != 1 or (len(numbers) and not 0 <= numbers.start < numbers.stop):
        raise SettingError("futures", str(futures), "a range of numbers from 0 on with step 1")
    if numbers.stop > MOST_FUTURES:
        raise SettingError("futures", str(numbers.stop), "at most 2**32")
    return numbers
