"""What the paths of the interface share: studies, scenarios, jobs, the held slider, made views."""

from __future__ import annotations

import gzip
import hashlib
import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from threading import Lock
from typing import Annotated, Any

from fastapi import Depends, Request
from fastapi.responses import Response

from contingent.files import plain
from contingent.jobs.hand import Hand
from contingent.jobs.made import Made
from contingent.jobs.queue import Queue
from contingent.jobs.scenarios import Scenarios
from contingent.jobs.studies import Studies
from contingent.jobs.study_scenarios import StudyScenarios
from contingent.web.fetching import Fetching
from contingent.web.settings import Settings

__all__ = ["At", "Desk", "binary", "json_bytes"]

PACKED_FROM = 1_000
"""Bytes; shorter answers are not compressed."""
FRAMES = "application/octet-stream"


@dataclass
class Desk:
    """What the paths of the interface share."""

    settings: Settings
    studies: Studies
    scenarios: Scenarios
    queue: Queue
    played: StudyScenarios
    hand: Hand
    fetching: Fetching = field(default_factory=Fetching)
    views: Made[Any] = field(default_factory=lambda: Made(4))
    pieces: Made[bytes] = field(default_factory=lambda: Made(64))
    writing: Lock = field(default_factory=Lock)
    ahead: ThreadPoolExecutor = field(default_factory=lambda: ThreadPoolExecutor(1, "ahead"))
    """Makes what will be asked for, one thing at a time."""
    readied: set[tuple[str, int]] = field(default_factory=set)

    @classmethod
    def open(cls, settings: Settings) -> Desk:
        """Open the folders and start the queue."""
        studies, scenarios = Studies(settings.studies), Scenarios(settings.scenarios)
        played = StudyScenarios(studies, scenarios)
        return cls(
            settings,
            studies,
            scenarios,
            Queue(settings.studies, settings.scenarios, settings.threads),
            played,
            Hand(studies, played, settings.threads, settings.budget),
        )

    def close(self) -> None:
        """Stop what runs; it is found again at the next start."""
        self.ahead.shutdown(cancel_futures=True)
        self.hand.close()
        self.queue.close()


def _desk(request: Request) -> Desk:
    desk: Desk = request.app.state.desk
    return desk


At = Annotated[Desk, Depends(_desk)]


def json_bytes(record: Any) -> bytes:
    """Return plain data as JSON; what is no number there becomes null."""
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
