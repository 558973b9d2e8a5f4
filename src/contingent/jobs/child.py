"""Work in a process of its own: ``python -m contingent.jobs.child FOLDER`` does one job.

The parent writes the request as one line of JSON and keeps the pipe open; when the pipe closes the
parent is gone and the work stops. Progress and the end come back as lines of JSON. A crash ends
this process alone. A signal ends it at once: chunks that are finished are on disk by then, those in
flight could not be kept in any case, and every file is written whole and then renamed.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import threading
import time
from collections.abc import Mapping
from typing import Any, TextIO

from contingent.errors import ContingentError
from contingent.jobs.requests import read_request
from contingent.jobs.work import Place, do

__all__ = ["main"]

EVERY = 0.25
"""Seconds between two lines of progress of one stage."""
STOPPED = 130
NICENESS = 5
"""Below a slider that is held, which is answered beside a running job."""


class _Teller:
    """Writes lines of JSON, progress not too often."""

    def __init__(self, out: TextIO) -> None:
        self._out = out
        self._lock = threading.Lock()
        self._stage, self._last = "", 0.0

    def __call__(self, stage: str, done: int, total: int, seconds: float) -> None:
        with self._lock:
            moment = time.monotonic()
            if stage == self._stage and done < total and moment - self._last < EVERY:
                return
            self._stage, self._last = stage, moment
        told = {"stage": stage, "done": done, "total": total, "seconds": round(seconds, 3)}
        self.say({"progress": told})

    def say(self, record: Mapping[str, Any]) -> None:
        """Write one line."""
        with self._lock:
            self._out.write(json.dumps(record) + "\n")
            self._out.flush()


def _stop(*_: object) -> None:
    os._exit(STOPPED)


def _watch() -> None:
    """Stop when the other end of standard input is closed."""
    while os.read(0, 1):
        pass
    os._exit(STOPPED)


def _first_line() -> bytes:
    """Read standard input up to the first line's end, and no further."""
    found = bytearray()
    while (letter := os.read(0, 1)) and letter != b"\n":
        found += letter
    return bytes(found)


def main() -> int:
    """Do the job that standard input describes; 0 done, 2 refused, 130 stopped."""
    out = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    teller = _Teller(out)
    signal.signal(signal.SIGTERM, _stop)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if hasattr(os, "nice"):
        os.nice(NICENESS)
    try:
        asked = json.loads(_first_line())
        threading.Thread(target=_watch, daemon=True).start()
        result = do(read_request(asked["request"]), Place.read(asked["place"]), teller)
        teller.say({"result": result})
    except ContingentError as error:
        teller.say({"error": str(error)})
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
