"""Jobs wait, run one at a time, are cancelled, crash alone, and are found again."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Event
from typing import Any

import pytest

from contingent.errors import SettingError
from contingent.jobs import queue as queue_module
from contingent.jobs.missing import Missing
from contingent.jobs.queue import Child, Queue
from contingent.jobs.record import Told, append, new_job, read_jobs, read_told, write_job
from contingent.jobs.requests import RunRequest, read_request
from contingent.jobs.work import Place

WAIT = 90.0


class Scripted:
    """A process that says what a test has it say."""

    def __init__(self, script: list[dict[str, Any]]) -> None:
        self._script = script
        self._stopped = Event()
        self.let_go = Event()

    def lines(self) -> Iterator[dict[str, Any]]:
        for line in self._script:
            if "hold" in line:
                while not (self._stopped.is_set() or self.let_go.is_set()):
                    time.sleep(0.005)
                if self._stopped.is_set():
                    return
            else:
                yield line

    def stop(self) -> None:
        self._stopped.set()

    def ended(self) -> str:
        return "signal 11"


def step(done: int) -> dict[str, Any]:
    return {"progress": {"stage": "futures", "done": done, "total": 3, "seconds": 0.1}}


HOLD, DONE = {"hold": True}, {"result": {"study": "a"}}
Make = Callable[..., Queue]


@pytest.fixture
def make(tmp_path: Path) -> Iterator[Make]:
    made: list[Queue] = []

    def open_queue(*scripts: list[dict[str, Any]]) -> Queue:
        scripted = [Scripted(script) for script in scripts]
        todo = iter(scripted)

        def start(request: dict[str, Any], place: Place) -> Scripted:
            return next(todo)

        queue = Queue(tmp_path / "studies", tmp_path / "scenarios", start=start)
        queue.scripted = scripted  # type: ignore[attr-defined]
        made.append(queue)
        return queue

    yield open_queue
    for queue in made:
        queue.close()


def until(queue: Queue, job: str, *states: str) -> str:
    end = time.monotonic() + WAIT
    while time.monotonic() < end:
        if queue.job(job).state in states:
            return queue.job(job).state
        time.sleep(0.01)
    raise AssertionError(f"{queue.job(job)} never became {states}")


def request(seed: int = 1) -> RunRequest:
    return RunRequest(scenario="two-towns", seed=seed)


def test_jobs_run_one_at_a_time_in_their_order(make: Make) -> None:
    queue = make([step(1), HOLD, DONE], [DONE], [DONE])
    one, two, three = (queue.submit(request(seed)) for seed in (1, 2, 3))
    until(queue, one.id, "running")
    assert [queue.position(queue.job(job.id)) for job in (one, two, three)] == [None, 1, 2]
    queue.scripted[0].let_go.set()
    until(queue, three.id, "done")
    finished = [queue.job(job.id).finished for job in (one, two, three)]
    assert finished == sorted(finished)
    assert [job.id for job in queue.jobs()] == [three.id, two.id, one.id]
    assert queue.job(two.id).result == {"study": "a"}


def test_what_is_told_has_no_gap_and_outlives_the_queue(make: Make) -> None:
    queue = make([step(1), step(2), step(3), DONE])
    job = queue.submit(request())
    until(queue, job.id, "done")
    queue.close()
    told = queue.told(job.id)
    assert [one.number for one in told] == list(range(1, len(told) + 1))
    assert [one.event for one in told] == ["waiting", "running", *["progress"] * 3, "done"]
    again = make()
    assert again.told(job.id) == told
    assert [one.number for one in again.told(job.id, 4)] == [5, 6]
    assert again.wait(job.id, 4, 0.01) == told[4:]
    assert again.job(job.id).state == "done"


def test_a_job_that_waits_or_runs_is_cancelled_and_goes_on_when_asked(make: Make) -> None:
    queue = make([step(1), HOLD, DONE], [DONE])
    one, two = queue.submit(request(1)), queue.submit(request(2))
    until(queue, one.id, "running")
    assert queue.cancel(two.id).state == "cancelled"
    queue.cancel(one.id)
    until(queue, one.id, "cancelled")
    assert queue.record(queue.job(one.id))["resumable"] is True
    assert queue.cancel(one.id).state == "cancelled"
    assert queue.resume(one.id).progress is None
    until(queue, one.id, "done")
    with pytest.raises(SettingError, match="one that is done"):
        queue.resume(one.id)


def test_an_error_is_told_and_a_crash_spoils_no_other_job(make: Make) -> None:
    queue = make([{"error": "no such lever"}], [step(1)], [DONE])
    one, two, three = (queue.submit(request(seed)) for seed in (1, 2, 3))
    until(queue, three.id, "done")
    assert queue.job(one.id).error == "no such lever"
    assert "ended unexpectedly (signal 11)" in str(queue.job(two.id).error)


def test_what_waited_goes_on_after_a_restart_and_what_ran_is_offered(make: Make) -> None:
    queue = make([step(1), HOLD])
    one, two = queue.submit(request(1)), queue.submit(request(2))
    until(queue, one.id, "running")
    queue.close()
    assert queue.closed
    assert queue.job(one.id).state == "interrupted"
    again = make([DONE], [DONE])
    until(again, two.id, "done")
    assert again.job(one.id).state == "interrupted"
    again.resume(one.id)
    until(again, one.id, "done")


def test_a_server_that_was_killed_leaves_its_job_interrupted(make: Make, tmp_path: Path) -> None:
    from dataclasses import replace

    root = tmp_path / "studies" / ".jobs"
    job = replace(new_job("run", request().model_dump()), state="running")
    write_job(root, job)
    append(root, job, Told(1, "waiting", {}))
    with (root / job.id / "events.jsonl").open("a") as file:
        file.write('{"number": 2, "eve')
    (root / "broken").mkdir()
    (root / "broken" / "job.json").write_text("{")
    (root / "other").mkdir()
    (root / "other" / "job.json").write_text((root / job.id / "job.json").read_text())
    assert len(read_told(root, job.id)) == 1
    queue = make()
    assert [one.state for one in queue.jobs()] == ["interrupted"]
    assert [one.event for one in queue.told(job.id)] == ["waiting", "interrupted"]
    assert read_told(root, job.id) == queue.told(job.id), "what was cut short is out of the way"


def test_words_that_part_lines_elsewhere_part_no_events(make: Make) -> None:
    queue = make([{"error": "one \u2028 two \x85 three"}])
    job = queue.submit(request())
    until(queue, job.id, "failed")
    queue.close()
    assert make().told(job.id) == queue.told(job.id)


def test_a_full_disk_stops_no_queue(make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was asked goes on; what is asked now is refused with the reason."""
    queue = make([step(1), HOLD, DONE], [DONE])
    one, two = queue.submit(request(1)), queue.submit(request(2))
    until(queue, one.id, "running")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as filled:
        filled.setattr(queue_module, "write_job", full)
        queue.scripted[0].let_go.set()
        until(queue, two.id, "done")
        with pytest.raises(SettingError, match="No space left on device"):
            queue.submit(request(3))
    assert [job.id for job in queue.jobs()] == [two.id, one.id]


def test_what_cannot_be_started_has_failed(tmp_path: Path) -> None:
    def start(asked: dict[str, Any], place: Place) -> Scripted:
        raise BlockingIOError(11, "Resource temporarily unavailable")

    queue = Queue(tmp_path / "studies", tmp_path / "scenarios", start=start)
    try:
        job = queue.submit(request())
        until(queue, job.id, "failed")
        assert "Resource temporarily unavailable" in str(queue.job(job.id).error)
    finally:
        queue.close()


def test_too_many_are_refused_and_the_oldest_forgotten(
    make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queue_module, "MOST_WAITING", 1)
    monkeypatch.setattr(queue_module, "MOST_KEPT", 1)
    queue = make([HOLD, DONE], [DONE])
    one = queue.submit(request())
    until(queue, one.id, "running")
    two = queue.submit(request())
    with pytest.raises(SettingError, match="at most 1"):
        queue.submit(request())
    queue.scripted[0].let_go.set()
    until(queue, two.id, "done")
    queue.close()
    assert [job.id for job in make().jobs()] == [two.id]
    with pytest.raises(Missing, match="no job 'nothing'"):
        queue.told("nothing")


@pytest.mark.parametrize(
    "plain",
    [
        3,
        {},
        {"kind": "x"},
        {"kind": "run"},
        {"kind": "run", "scenario": "../a"},
        {"kind": "run", "scenario": "a", "futures": 0},
    ],
)
def test_only_requests_are_read(plain: Any) -> None:
    with pytest.raises(ValueError, match="validation error"):
        read_request(plain)


def place_of(root: Path) -> Place:
    return Place(root / "studies", root / "scenarios", root / "result", 1)


def test_a_child_plays_and_its_bytes_are_those_of_a_run_without_a_stop(root: Path) -> None:
    """Killed in the middle; going on plays what is missing; the study is the same."""
    asked = RunRequest(scenario="two-towns", futures=450, seed=5, variants=False).model_dump()
    child = Child(asked, place_of(root))
    for line in child.lines():
        if line.get("progress", {}).get("done", 0) >= 100:
            child.stop()
            break
    list(child.lines())
    assert child.ended() in ("exit code 130", "exit code 0")
    child.stop()
    lines = list(_all(Child(asked, place_of(root))))
    name = lines[-1]["result"]["study"]
    whole = _all(Child({**asked, "seed": 5}, place_of(root.parent / "whole")))
    assert [line for line in whole if "result" in line]
    manifests = [
        json.loads((folder / "studies" / name / "manifest.json").read_text())["finished"]
        for folder in (root, root.parent / "whole")
    ]
    assert manifests[0] == manifests[1]


def _all(child: Child) -> list[dict[str, Any]]:
    lines = list(child.lines())
    child.ended()
    return lines


def test_a_child_says_why_it_refuses(root: Path) -> None:
    child = Child(RunRequest(scenario="nowhere").model_dump(), place_of(root))
    assert list(child.lines()) == [{"error": "there is no scenario 'nowhere'"}]
    assert child.ended() == "exit code 2"


@pytest.mark.skipif(os.name != "posix", reason="signals")
def test_a_child_that_crashes_takes_nothing_with_it(root: Path) -> None:
    queue = Queue(root / "studies", root / "scenarios", 1)
    try:
        job = queue.submit(RunRequest(scenario="two-towns", futures=40_000, seed=8))
        until(queue, job.id, "running")
        while queue._running is None:
            time.sleep(0.01)
        queue._running[1]._process.send_signal(signal.SIGKILL)  # type: ignore[attr-defined]
        until(queue, job.id, "failed")
        assert "signal 9" in str(queue.job(job.id).error)
        after = queue.submit(RunRequest(scenario="two-towns", futures=10, seed=9, variants=False))
        until(queue, after.id, "done")
    finally:
        queue.close()
    assert {one.state for one in read_jobs(queue.root)} == {"failed", "done"}


def test_a_child_ends_when_its_parent_is_gone(root: Path) -> None:
    asked = RunRequest(scenario="two-towns", futures=1_000_000, seed=3).model_dump()
    child = subprocess.Popen(
        [sys.executable, "-m", "contingent.jobs.child"],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
    )
    assert child.stdin is not None
    plain = {"request": asked, "place": place_of(root).record()}
    child.stdin.write(json.dumps(plain).encode() + b"\n")
    child.stdin.close()
    assert child.wait(WAIT) == 130
