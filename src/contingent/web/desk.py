"""What the paths of the interface share: studies, scenarios, jobs, the held slider, made views."""

from __future__ import annotations

import gzip
import hashlib
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from threading import Lock
from typing import Annotated, Any, Generic, TypeVar

from fastapi import Depends, Request
from fastapi.responses import Response

from contingent.jobs.hand import Hand
from contingent.jobs.queue import Queue
from contingent.jobs.scenarios import Scenarios
from contingent.jobs.studies import Studies
from contingent.web.settings import Settings

__all__ = ["At", "Desk", "Made", "binary", "json_bytes"]

Thing = TypeVar("Thing")
PACKED_FROM = 1_000
"""Bytes; shorter answers are not compressed."""
FRAMES = "application/octet-stream"


class Made(Generic[Thing]):
    """Things that were dear to make, the last used ones; each is made once at a time.

    Parameters
    ----------
    most : that are remembered
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._things: OrderedDict[Hashable, Thing] = OrderedDict()
        self._making: dict[Hashable, Lock] = {}
        self._lock = Lock()

    def get(self, key: Hashable, make: Callable[[], Thing]) -> Thing:
        """Return what was made for a key, made now if it is not there."""
        with self._lock:
            if key in self._things:
                self._things.move_to_end(key)
                return self._things[key]
            making = self._making.setdefault(key, Lock())
        with making:
            with self._lock:
                if key in self._things:
                    return self._things[key]
            try:
                thing = make()
            finally:
                with self._lock:
                    self._making.pop(key, None)
            with self._lock:
                self._things[key] = thing
                while len(self._things) > self._most:
                    self._things.popitem(last=False)
            return thing


@dataclass
class Desk:
    """What the paths of the interface share."""

    settings: Settings
    studies: Studies
    scenarios: Scenarios
    queue: Queue
    hand: Hand
    views: Made[Any] = field(default_factory=lambda: Made(4))
    pieces: Made[bytes] = field(default_factory=lambda: Made(64))
    writing: Lock = field(default_factory=Lock)

    @classmethod
    def open(cls, settings: Settings) -> Desk:
        """Open the folders and start the queue."""
        studies, scenarios = Studies(settings.studies), Scenarios(settings.scenarios)
        return cls(
            settings,
            studies,
            scenarios,
            Queue(settings.studies, settings.scenarios, settings.threads),
            Hand(studies, scenarios, settings.threads),
        )

    def close(self) -> None:
        """Stop what runs; it is found again at the next start."""
        self.hand.close()
        self.queue.close()


def _desk(request: Request) -> Desk:
    desk: Desk = request.app.state.desk
    return desk


At = Annotated[Desk, Depends(_desk)]


def json_bytes(record: Any) -> bytes:
    """Return plain data as JSON; what is no number there becomes null."""
    import json

    from contingent.report.view.frames import plain

    return json.dumps(plain(record), ensure_ascii=False, separators=(",", ":")).encode(
        "utf-8", "replace"
    )


def binary(request: Request, data: bytes, media: str = FRAMES) -> Response:
    """Return bytes, compressed where the browser takes it, and nothing if it has them already."""
    tag = f'"{hashlib.sha256(data).hexdigest()[:32]}"'
    headers = {"ETag": tag, "Cache-Control": "no-cache", "Vary": "Accept-Encoding"}
    if tag in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    if len(data) >= PACKED_FROM and "gzip" in request.headers.get("accept-encoding", ""):
        headers["Content-Encoding"] = "gzip"
        data = gzip.compress(data, 5, mtime=0)
    return Response(data, headers=headers, media_type=media)
