"""Jobs and their events over HTTP: nothing that was told is lost."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import replace

import httpx
import pytest
from fastapi.testclient import TestClient

from contingent.jobs.budget import Budget
from contingent.jobs.record import new_job, write_job
from contingent.jobs.requests import ReportRequest, RunRequest
from contingent.web.app import create_app
from contingent.web.serving import address, with_token
from contingent.web.settings import Settings

HERE = "http://127.0.0.1:8765"
WAIT = 120.0
CLIENTS = 20
RUN = {"scenario": "two-towns", "futures": 300, "seed": 4, "variants": False}
Listen = Callable[[Settings], AbstractContextManager[str]]
Event = tuple[int, str, dict[str, object]]


def read_events(lines: Iterator[str]) -> Iterator[Event]:
    one: dict[str, str] = {}
    for line in lines:
        if line:
            name, _, value = line.partition(": ")
            one[name] = value
        elif "id" in one:
            yield int(one["id"]), one["event"], json.loads(one["data"])
            one = {}
        else:
            one = {}


def follow(here: str, job: str, after: int | None = None, most: int | None = None) -> list[Event]:
    headers = {} if after is None else {"last-event-id": str(after)}
    found: list[Event] = []
    with httpx.stream(
        "GET", f"{here}/api/jobs/{job}/events", headers=headers, timeout=WAIT
    ) as answer:
        assert answer.headers["content-type"].startswith("text/event-stream")
        for event in read_events(answer.iter_lines()):
            found.append(event)
            if most is not None and len(found) >= most:
                break
    return found


def test_twenty_clients_lose_nothing_while_a_run_goes_on(
    settings: Settings, listen: Listen
) -> None:
    """Ten follow, ten break off after each few events and go on; all poll beside it."""
    with listen(settings) as address_of:
        here = address_of.rstrip("/")
        job = httpx.post(f"{here}/api/studies", json=RUN, timeout=WAIT).json()["id"]
        found: dict[int, list[Event]] = {}
        polled: list[int] = []

        def poll(number: int) -> None:
            events: list[Event] = []
            while not events or events[-1][1] not in ("done", "failed"):
                after = events[-1][0] if events else None
                events += follow(here, job, after, 2 if number % 2 else None)
                polled.append(httpx.get(f"{here}/api/jobs/{job}", timeout=WAIT).status_code)
                polled.append(httpx.get(f"{here}/api/studies", timeout=WAIT).status_code)
            found[number] = events

        threads = [threading.Thread(target=poll, args=(number,)) for number in range(CLIENTS)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(WAIT)
        assert len(found) == CLIENTS and set(polled) == {200}
        first = found[0]
        assert [number for number, _, _ in first] == list(range(1, len(first) + 1))
        assert all(events == first for events in found.values())
        assert first[-1][1] == "done" and any(name == "progress" for _, name, _ in first)
        study = first[-1][2]["result"]["study"]  # type: ignore[index]
        listed = httpx.get(f"{here}/api/studies", timeout=WAIT).json()["studies"]
        assert listed[0]["id"] == study and listed[0]["futures"] == RUN["futures"]


def until(client: TestClient, job: str, state: str) -> dict[str, object]:
    end = time.monotonic() + WAIT
    while time.monotonic() < end:
        found: dict[str, object] = client.get(f"/api/jobs/{job}").json()
        if found["state"] == state:
            return found
        time.sleep(0.02)
    raise AssertionError(found)


def test_a_job_is_cancelled_and_goes_on_and_a_restart_finds_it(settings: Settings) -> None:
    body = {"kind": "run", **RUN, "futures": 30_000}
    with TestClient(create_app(settings), base_url=HERE) as client:
        job = client.post("/api/jobs", json=body).json()["id"]
        until(client, job, "running")
        waiting = client.post("/api/jobs", json={**body, "futures": 20}).json()
        assert (waiting["state"], waiting["position"]) == ("waiting", 1)
        client.delete(f"/api/jobs/{job}")
        assert until(client, job, "cancelled")["resumable"] is True
        until(client, waiting["id"], "done")
        assert client.post(f"/api/jobs/{waiting['id']}/resume").status_code == 422
        assert client.post(f"/api/jobs/{job}/resume").status_code == 202
        until(client, job, "running")
    with TestClient(create_app(settings), base_url=HERE) as client:
        assert until(client, job, "interrupted")["resumable"] is True
        text = client.get(f"/api/jobs/{job}/events").text
        events = [name for _, name, _ in read_events(iter(text.splitlines()))]
        assert events[0] == "waiting" and events[-1] == "interrupted"
        assert "cancelled" not in events, "what was before it went on is not told anew"
        assert client.get(f"/api/jobs/{job}/events?after=1").text.count("id: 2\n") == 1


@pytest.mark.parametrize(
    ("budget", "said"),
    [
        (Budget(futures=10), "at most 10"),
        (Budget(days=10), "a theatre of 184 days"),
        (Budget(megabytes=1), "at most 1 MB"),
    ],
)
def test_what_would_not_fit_is_refused(settings: Settings, budget: Budget, said: str) -> None:
    with TestClient(create_app(replace(settings, budget=budget)), base_url=HERE) as client:
        answer = client.post("/api/studies", json=RUN)
        assert answer.status_code == 422 and said in answer.json()["detail"]
        assert client.get("/api/jobs").json()["jobs"] == []


def test_a_report_is_a_job_whose_file_is_fetched(client: TestClient, study: str) -> None:
    body = {"kind": "report", "study": study, "format": "md"}
    job = client.post("/api/jobs", json=body).json()["id"]
    assert client.get(f"/api/jobs/{job}/result").status_code == 404
    done = until(client, job, "done")
    assert done["result"]["file"] == f"{study}.md"  # type: ignore[index]
    answer = client.get(f"/api/jobs/{job}/result")
    assert answer.text.startswith("# ") and "attachment" in answer.headers["content-disposition"]
    figure = client.get(f"/api/jobs/{job}/result", params={"other": f"{study}.png"})
    assert figure.headers["content-type"] == "image/png"
    for name in ("../job.json", "job.json", "/etc/passwd", ""):
        path = f"/api/jobs/{job}/result"
        assert client.get(path, params={"other": name}).status_code == 404


def test_what_is_resumed_must_still_fit_and_be_known(settings: Settings) -> None:
    root = settings.studies / ".jobs"
    for number, asked in enumerate((RunRequest(**RUN), ReportRequest(study="gone"))):
        job = new_job(asked.kind, asked.model_dump(mode="json"))
        write_job(root, replace(job, id=f"2026010100000000000{number}-abcdef", state="failed"))
    job = replace(job, id="20260101000000000002-abcdef", state="failed", request={"kind": "old"})
    write_job(root, job)
    small = replace(settings, budget=Budget(futures=10))
    with TestClient(create_app(small), base_url=HERE) as client:
        answers = [
            client.post(f"/api/jobs/2026010100000000000{number}-abcdef/resume")
            for number in range(3)
        ]
    assert [answer.status_code for answer in answers] == [422, 404, 422]
    assert "at most 10" in answers[0].json()["detail"]
    assert "ask for it anew" in answers[2].json()["detail"]


def test_what_is_damaged_on_disk_spoils_no_list(settings: Settings) -> None:
    root = settings.studies / ".jobs"
    good = replace(new_job("run", dict(RUN)), state="done")
    write_job(root, good)
    whole = json.loads((root / good.id / "job.json").read_text())
    damages = ({"state": "what"}, {"progress": 3}, {"progress": {"stage": "a"}}, {"error": []},
               {"request": None}, {"created": 5})  # fmt: skip
    for number, damage in enumerate(damages):
        name = f"2026010100000000000{number}-abcdef"
        (root / name).mkdir()
        (root / name / "job.json").write_text(json.dumps({**whole, "id": name, **damage}))
    with TestClient(create_app(settings), base_url=HERE) as client:
        assert [one["id"] for one in client.get("/api/jobs").json()["jobs"]] == [good.id]


def test_a_reader_ahead_of_what_is_known_hears_what_comes(settings: Settings) -> None:
    with TestClient(create_app(settings), base_url=HERE) as client:
        job = client.post("/api/jobs", json={"kind": "run", **RUN, "futures": 20}).json()["id"]
        answer = client.get(f"/api/jobs/{job}/events", headers={"last-event-id": "999999"})
        assert [name for _, name, _ in read_events(iter(answer.text.splitlines()))][-1] == "done"


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"kind": "run", "scenario": "nowhere"}, 404),
        ({"kind": "run", "scenario": "../a"}, 422),
        ({"kind": "what-if", "study": "nothing", "do": {"a": 1}}, 404),
        ({"kind": "nothing"}, 422),
        ({"kind": "run", "scenario": "two-towns", "shell": "x"}, 422),
    ],
)
def test_what_cannot_be_done_is_refused_at_once(
    client: TestClient, body: object, status: int
) -> None:
    assert client.post("/api/jobs", json=body).status_code == status


@pytest.mark.parametrize("name", ["x", "20260101000000000000-abcdef"])
def test_an_unknown_job_is_not_found(client: TestClient, name: str) -> None:
    for path in (f"/api/jobs/{name}", f"/api/jobs/{name}/events", f"/api/jobs/{name}/result"):
        assert client.get(path).status_code in (404, 422)


def test_addresses_are_those_that_a_browser_can_open(settings: Settings) -> None:
    assert address(settings) == "http://127.0.0.1:8765/"
    assert address(replace(settings, host="::", token="a b")) == "http://[::1]:8765/?token=a%20b"
    assert with_token(settings).token is None
    assert len(with_token(replace(settings, host="0.0.0.0")).token or "") > 20
    assert with_token(replace(settings, host="0.0.0.0", token="x")).token == "x"
