"""The queue: several jobs wait, one runs at a time, and nothing that was told of them is lost.

A job runs in a process of its own (:mod:`contingent.jobs.child`). Cancelling ends that process;
chunks that were finished stay in the study, and going on plays only those that are missing.
Jobs that waited when the server stopped go on waiting; one that ran is *interrupted* until somebody
asks for it to be resumed.
"""

from __future__ import annotations

import contextlib
import json
import logging
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import asdict, replace
from pathlib import Path
from threading import Condition, Thread, Timer
from typing import Any, Protocol

from contingent.errors import SettingError
from contingent.jobs.missing import Missing
from contingent.jobs.record import (
    ENDED,
    FOLDER,
    RESULT,
    Job,
    State,
    Told,
    append,
    forget,
    interrupted,
    new_job,
    now,
    read_jobs,
    read_told,
    write_job,
)
from contingent.jobs.requests import Request
from contingent.jobs.work import Place

__all__ = ["Child", "Process", "Queue"]

_log = logging.getLogger("contingent.jobs")
GRACE = 5.0
"""Seconds after which a job that was asked to end is ended."""
MOST_WAITING = 50
MOST_KEPT = 200
"""Ended jobs that are remembered."""


class Process(Protocol):
    """A job that runs elsewhere."""

    def lines(self) -> Iterator[dict[str, Any]]:
        """Hand out what it says until it ends: ``progress``, ``result`` or ``error``."""
        ...

    def stop(self) -> None:
        """Ask it to end soon."""
        ...

    def ended(self) -> str:
        """Return what is to be said of how it ended, once it has said all."""
        ...


class Child:
    """A job in a process of its own."""

    def __init__(self, request: dict[str, Any], place: Place) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "contingent.jobs.child"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        )
        assert self._process.stdin is not None
        asked = {"request": request, "place": place.record()}
        with contextlib.suppress(OSError):  # one that has ended already tells by how it ended
            self._process.stdin.write(json.dumps(asked) + "\n")
            self._process.stdin.flush()

    def lines(self) -> Iterator[dict[str, Any]]:
        """Hand out its lines; what is no JSON is left out."""
        assert self._process.stdout is not None
        for line in self._process.stdout:
            with contextlib.suppress(ValueError):
                found = json.loads(line)
                if isinstance(found, dict):
                    yield found

    def stop(self) -> None:
        """Ask it to end; end it if it does not."""
        if self._process.poll() is None:
            self._process.send_signal(signal.SIGTERM)
            killer = Timer(GRACE, self._process.kill)
            killer.daemon = True
            killer.start()

    def ended(self) -> str:
        """Wait for its end and say how it came."""
        code = self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                with contextlib.suppress(OSError):
                    pipe.close()
        return f"signal {-code}" if code < 0 else f"exit code {code}"


Start = Callable[[dict[str, Any], Place], Process]


class Queue:
    """Jobs beside the studies.

    Parameters
    ----------
    studies, scenarios : folders
    threads : of a job; as many as processors if left out
    start : starts a process for a job
    """

    def __init__(
        self,
        studies: Path,
        scenarios: Path,
        threads: int | None = None,
        start: Start = Child,
    ) -> None:
        self.root = studies / FOLDER
        self._place = Place(studies, scenarios, Path(), threads)
        self._start = start
        self._changed = Condition()
        self._jobs = {job.id: job for job in self._remembered()}
        self._told = {name: read_told(self.root, name) for name in self._jobs}
        self._running: tuple[str, Process] | None = None
        self._stopping: set[str] = set()
        self._closed = False
        for job in self._jobs.values():
            if job.state == "running":
                self._keep(interrupted(job), "interrupted")
        self._runner = Thread(target=self._run, name="jobs", daemon=True)
        self._runner.start()

    def _remembered(self) -> list[Job]:
        """Return the jobs on disk; the oldest that have ended are forgotten."""
        found = read_jobs(self.root)
        ended = [job for job in found if job.state in ENDED]
        old = {job.id for job in ended[: max(len(ended) - MOST_KEPT, 0)]}
        for job in ended:
            if job.id in old:
                forget(self.root, job)
        return [job for job in found if job.id not in old]

    def jobs(self) -> list[Job]:
        """Return all jobs, the newest first."""
        with self._changed:
            return sorted(self._jobs.values(), key=lambda job: job.id, reverse=True)

    def job(self, name: str) -> Job:
        """Return a job by its name.

        Raises
        ------
        Missing
        """
        with self._changed:
            if name not in self._jobs:
                raise Missing("job", name)
            return self._jobs[name]

    def position(self, job: Job) -> int | None:
        """How many jobs come before this one; None if it does not wait."""
        if job.state != "waiting":
            return None
        return sum(
            other.state == "running" or (other.state == "waiting" and other.id < job.id)
            for other in self.jobs()
        )

    def record(self, job: Job) -> dict[str, Any]:
        """Return a job as plain data."""
        return asdict(job) | {"position": self.position(job), "resumable": job.resumable}

    def result_folder(self, job: Job) -> Path:
        """Folder of what a job hands over as files."""
        return self.root / job.id / RESULT

    def submit(self, request: Request) -> Job:
        """Put a job at the end of the queue.

        Raises
        ------
        SettingError
            If too many wait, or nothing can be written beside the studies.
        """
        job = new_job(request.kind, request.model_dump(mode="json", by_alias=True))
        with self._changed:
            waiting = sum(other.state == "waiting" for other in self._jobs.values())
            if waiting >= MOST_WAITING:
                raise SettingError(
                    "jobs", f"{waiting} that wait", f"at most {MOST_WAITING}", "cancel one, or wait"
                )
            try:
                write_job(self.root, job)
            except OSError as error:
                raise SettingError(
                    "studies", f"a folder that cannot be written ({error.strerror})",
                    "room for the job's files", "make room, or serve another folder",
                ) from None  # fmt: skip
            self._told[job.id] = []
            self._keep(job, "waiting")
        return job

    def cancel(self, name: str) -> Job:
        """Cancel a job that waits or runs; one that has ended stays as it is."""
        with self._changed:
            job = self.job(name)
            if job.state == "waiting":
                self._keep(replace(job, state="cancelled", finished=now()), "cancelled")
            elif job.state == "running":
                self._stopping.add(name)
                if self._running is not None and self._running[0] == name:
                    self._running[1].stop()
            return self._jobs[name]

    def resume(self, name: str) -> Job:
        """Let a job go on from what is there.

        Raises
        ------
        SettingError
            If it waits, runs or is done.
        """
        with self._changed:
            job = self.job(name)
            if not job.resumable:
                raise SettingError(
                    "job", f"one that is {job.state}",
                    "one that was interrupted or cancelled, or has failed",
                )  # fmt: skip
            waiting = replace(job, state="waiting", error=None, finished=None, progress=None)
            self._keep(waiting, "waiting")
            return waiting

    def told(self, name: str, after: int = 0) -> list[Told]:
        """Return what was told of a job after event number `after`.

        Raises
        ------
        Missing
        """
        with self._changed:
            self.job(name)
            return self._told[name][max(after, 0) :]

    def began(self, name: str) -> int:
        """Return the number of the last event before a job was put into the queue the last time."""
        told = self.told(name)
        return max((one.number for one in told if one.event == "waiting"), default=1) - 1

    def wait(self, name: str, after: int, seconds: float) -> list[Told]:
        """Return what was told after an event, waiting a while for more."""
        with self._changed:
            self._changed.wait_for(lambda: self._closed or self.told(name, after), seconds)
            return self.told(name, after)

    @property
    def closed(self) -> bool:
        """Whether nothing more will be told before the next start."""
        return self._closed

    def close(self) -> None:
        """Stop the job that runs, which is then interrupted, and the queue."""
        with self._changed:
            self._closed = True
            if self._running is not None:
                self._running[1].stop()
            self._changed.notify_all()
        self._runner.join(GRACE + 5.0)

    def _keep(self, job: Job, event: str) -> None:
        """Keep a job, on disk too while that can be written, and tell those who wait."""
        with self._changed:
            self._jobs[job.id] = job
            told = self._told[job.id]
            told.append(Told(len(told) + 1, event, asdict(job)))
            try:
                write_job(self.root, job)
                append(self.root, job, told[-1])
            except OSError as error:
                _log.warning("job %s is not kept on disk: %s", job.id, error)
            self._changed.notify_all()

    def _next(self) -> Job | None:
        """Return the job that has waited longest; None when the queue is closed."""
        with self._changed:
            while not self._closed:
                waiting = [job for job in self._jobs.values() if job.state == "waiting"]
                if waiting:
                    job = min(waiting, key=lambda one: one.id)
                    running = replace(job, state="running", started=now())
                    self._stopping.discard(job.id)
                    self._keep(running, "running")
                    return running
                self._changed.wait()
            return None

    def _run(self) -> None:
        while (job := self._next()) is not None:
            try:
                ended = self._done(job)
            except OSError as error:
                said = f"the work could not be started ({error.strerror}); it can be resumed"
                ended = replace(job, state="failed", error=said)
            self._keep(replace(ended, finished=now()), ended.state)

    def _done(self, job: Job) -> Job:
        """Do a job in a process of its own; return how it ended."""
        folder = self.result_folder(job)
        folder.mkdir(parents=True, exist_ok=True)
        process = self._start(job.request, replace(self._place, result=folder))
        with self._changed:
            self._running = (job.id, process)
            if job.id in self._stopping or self._closed:
                process.stop()
        found: dict[str, Any] = {}
        for line in process.lines():
            if "progress" in line:
                job = replace(job, progress=line["progress"])
                self._keep(job, "progress")
            else:
                found |= line
        how = process.ended()
        with self._changed:
            self._running = None
            return _ended(job, found, how, job.id in self._stopping, self._closed)


def _ended(job: Job, found: dict[str, Any], how: str, cancelled: bool, closed: bool) -> Job:
    state: State
    if "result" in found:
        return replace(job, state="done", result=found["result"], error=None)
    if cancelled:
        state = "cancelled"
    elif closed:
        state = "interrupted"
    else:
        said = found.get("error") or f"the work ended unexpectedly ({how}); it can be resumed"
        return replace(job, state="failed", error=said)
    return replace(job, state=state)
