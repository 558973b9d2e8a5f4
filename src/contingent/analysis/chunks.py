"""A study's futures as claims want them, a chunk at a time, so that size is no matter."""

from __future__ import annotations

from collections.abc import Iterator

from contingent.simulate.outside import event_days
from contingent.simulate.paths import RecordedPaths
from contingent.simulate.study import Study

__all__ = ["chunk_paths"]


def chunk_paths(study: Study, most: int | None = None) -> Iterator[RecordedPaths]:
    """Hand out the futures of a study in order, at most so many."""
    left = study.futures if most is None else most
    events = study.manifest.outside_events()
    for chunk in study.chunks():
        if left <= 0:
            return
        size = min(len(chunk), left)
        left -= size
        rows = slice(chunk.first, chunk.first + size)
        futures = range(rows.start, rows.stop)
        yield RecordedPaths(
            study.names,
            study.series,
            chunk.holders[:size],
            chunk.flags[:size],
            chunk.series[:size],
            study.people[rows],
            event_days(events, study.names, study.manifest.seed, futures),
        )
