"""Jobs on disk: one folder each beside the studies, so that a restart finds them again.

``job.json`` says what was asked and how it stands, ``events.jsonl`` holds one line for each thing
that was told, numbered from 1, and ``result/`` what a job hands over as a file. Everything is JSON;
``job.json`` is written to a name of its own and then renamed, and an event that was cut short is
cut off at the next start.
"""

from __future__ import annotations

import json
import os
import secrets
import shutil
from contextlib import suppress
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal

from pydantic import TypeAdapter

from contingent.files import write_json

__all__ = [
    "ENDED", "FOLDER", "RESULT", "Job", "State", "Told", "append", "forget", "interrupted",
    "new_job", "now", "read_jobs", "read_told", "write_job",
]  # fmt: skip

FOLDER = ".jobs"
RESULT = "result"
JOB, EVENTS = "job.json", "events.jsonl"
State = Literal["waiting", "running", "done", "failed", "cancelled", "interrupted"]
ENDED = ("done", "failed", "cancelled", "interrupted")


@dataclass(frozen=True)
class Job:
    """One piece of long work.

    Attributes
    ----------
    id : its name, by which jobs stand in the order of their making
    kind, request : what was asked, as plain data
    state : how it stands
    progress : stage, done, total, seconds
    result : what came of it; a study by its name, a file by its name in the job's folder
    error : why it failed, in words for a user
    created, started, finished : moments in UTC
    """

    id: str
    kind: str
    request: dict[str, Any]
    state: State = "waiting"
    progress: dict[str, Any] | None = None
    result: dict[str, Any] | None = None
    error: str | None = None
    created: str = ""
    started: str | None = None
    finished: str | None = None

    @property
    def resumable(self) -> bool:
        """Whether it may be asked to go on; what is there is not done again."""
        return self.state in ("interrupted", "cancelled", "failed")


@dataclass(frozen=True)
class Told:
    """One thing that was told of a job.

    Attributes
    ----------
    number : from 1, without a gap
    event : ``progress``, or the state that was entered
    data : the job as it then stood
    """

    number: int
    event: str
    data: dict[str, Any] = field(default_factory=dict)


def now() -> str:
    """Return the moment in UTC, to the millisecond."""
    return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def new_job(kind: str, request: dict[str, Any]) -> Job:
    """Return a job that waits."""
    stamp = datetime.now(UTC).strftime("%Y%m%d%H%M%S%f")
    return Job(f"{stamp}-{secrets.token_hex(3)}", kind, request, created=now())


def write_job(root: Path, job: Job) -> None:
    """Keep a job."""
    folder = root / job.id
    folder.mkdir(parents=True, exist_ok=True)
    write_json(folder / JOB, asdict(job))


def read_jobs(root: Path) -> list[Job]:
    """Read all jobs of a folder in the order of their making; what cannot be read is left out."""
    found = []
    for path in sorted(root.glob(f"*/{JOB}")) if root.is_dir() else ():
        try:
            job = _JOB.validate_json(path.read_bytes(), strict=True)
        except (OSError, ValueError):
            continue
        if job.id == path.parent.name and _is_step(job.progress):
            found.append(job)
    return found


_JOB, _TOLD = TypeAdapter(Job), TypeAdapter(Told)


def _is_step(progress: dict[str, Any] | None) -> bool:
    """Whether progress is stage, done, total and seconds, or none yet."""
    return progress is None or (
        isinstance(progress.get("stage"), str)
        and all(isinstance(progress.get(name), int) for name in ("done", "total"))
        and isinstance(progress.get("seconds"), int | float)
    )


def append(root: Path, job: Job, told: Told) -> None:
    """Keep what was told."""
    line = json.dumps(asdict(told), ensure_ascii=False)
    with (root / job.id / EVENTS).open("a", encoding="utf-8") as file:
        file.write(line + "\n")


def read_told(root: Path, job: str) -> list[Told]:
    """Read what was told of a job, and cut off what follows the first line that is damaged."""
    path = root / job / EVENTS
    try:
        written = path.read_bytes()
    except OSError:
        return []
    found: list[Told] = []
    whole = 0
    for line in written.splitlines(keepends=True):
        try:
            told = _TOLD.validate_json(line, strict=True)
        except ValueError:
            break
        if told.number != len(found) + 1 or not line.endswith(b"\n"):
            break
        found.append(told)
        whole += len(line)
    if whole < len(written):
        with suppress(OSError):
            os.truncate(path, whole)
    return found


def forget(root: Path, job: Job) -> None:
    """Remove what was kept of a job; what it made in a study stays."""
    shutil.rmtree(root / job.id, ignore_errors=True)


def interrupted(job: Job) -> Job:
    """Return a job that was running when the server stopped."""
    return replace(job, state="interrupted", finished=now())
