"""A study's futures as claims want them, a chunk at a time, so that size is no matter."""

from __future__ import annotations

from collections.abc import Iterator

from contingent.simulate.outside import event_days
from contingent.simulate.paths import RecordedPaths
from contingent.simulate.study import Study

__all__ = ["chunk_paths"]


def chunk_paths(study: Study) -> Iterator[RecordedPaths]:
    """Hand out the futures of a study in order."""
    events = study.manifest.outside_events()
    for chunk in study.chunks():
        rows = slice(chunk.first, chunk.first + len(chunk))
        futures = range(rows.start, rows.stop)
        yield RecordedPaths(
            study.names,
            study.series,
            chunk.holders,
            chunk.flags,
            chunk.series,
            study.people[rows],
            event_days(events, study.names, study.manifest.seed, futures),
        )
