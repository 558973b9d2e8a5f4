"""Events outside the theatre, drawn from their judged chances.

An event that was settled by the fence is as it was. Any other happens with its judged
probability, if all its parents happen, on a day spread evenly from the day after the fence to the
last day, and not before its latest parent. An event that nobody gave a chance has no future (its
claims are unmodelled).
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from contingent import streams
from contingent.compile.names import Names
from contingent.compile.program import OutsideEvent
from contingent.simulate.ensemble import key_of

EVENTS_WORD = 254
"""The mechanism's word of the counter; 255 belongs to the unknowns."""
NEVER = -1
_WHETHER, _WHEN = 0, 1
Days = NDArray[np.int64]


def event_days(
    events: Iterable[OutsideEvent], names: Names, seed: int, futures: Sequence[int]
) -> dict[str, Days]:
    """Day of every event in every future.

    Parameters
    ----------
    events, names : of the program
    seed : root seed
    futures : (n,) numbers

    Returns
    -------
    dict
        Name to (n,) int, -1 where the event never happens; no entry for an event without a chance.
    """
    listed = {event.name: event for event in events}
    found: dict[str, Days] = {}
    for name in listed:
        _settle(name, listed, names, seed, futures, found, set())
    return found


def _settle(
    name: str,
    listed: dict[str, OutsideEvent],
    names: Names,
    seed: int,
    futures: Sequence[int],
    found: dict[str, Days],
    asked: set[str],
) -> None:
    """Find the days of one event after those of its parents; a circle of parents gives nothing."""
    if name in found or name in asked or name not in listed:
        return
    asked.add(name)
    event = listed[name]
    if event.settled is not None:
        found[name] = np.full(len(futures), event.day if event.settled else NEVER, dtype=np.int64)
        return
    for parent in event.parents:
        _settle(parent, listed, names, seed, futures, found, asked)
    if event.probability is None or any(parent not in found for parent in event.parents):
        return
    days = _drawn(event, event.probability, names, seed, futures)
    for parent in event.parents:
        before = found[parent]
        days = np.where((days < 0) | (before < 0), NEVER, np.maximum(days, before))
    found[name] = days


def _drawn(
    event: OutsideEvent, probability: float, names: Names, seed: int, futures: Sequence[int]
) -> Days:
    entity = zlib.crc32(f"events.{event.name}".encode())
    key, numbers = key_of(seed), np.asarray(futures, dtype=np.uint64)
    whether = streams.uniforms(key, numbers, 0, EVENTS_WORD, entity, _WHETHER)
    when = streams.uniforms(key, numbers, 0, EVENTS_WORD, entity, _WHEN)
    first, last = names.day(names.now) + 1, names.days - 1
    days = np.minimum(first + np.floor(when * max(last - first + 1, 1)).astype(np.int64), last)
    return np.where(whether < probability, days, NEVER)
