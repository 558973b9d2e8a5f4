"""What-ifs of many browsers at once: each is answered, and nothing else waits for them."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from threading import Event
from typing import Any

import pytest
from fastapi.testclient import TestClient

from contingent.analysis.what_if import WhatIf
from contingent.jobs.budget import Budget
from contingent.jobs.hand import Asked
from contingent.jobs.held import Answer
from contingent.jobs.stopping import Stopped
from contingent.web.app import create_app
from contingent.web.fetching import Fetching
from contingent.web.settings import Settings

LEVER = {"patron.air.sorties_per_day": "* 3"}
BROWSERS = 45
"""More than the threads in which a server does everything that is not long."""
PATIENCE = 120.0


def test_browsers_that_wait_for_their_turn_hold_up_nothing_else(
    client: TestClient, study: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    hand = client.app.state.desk.hand
    ask, asked = hand.ask, []

    def counted(one: Asked, stop: Event) -> Iterator[Answer]:
        asked.append(one.client)
        return ask(one, stop)

    playing = ask(Asked(study, WhatIf("do", LEVER), 40), Event())
    next(playing)  # and so has the turn
    monkeypatch.setattr(hand, "ask", counted)

    def question(number: int) -> list[dict[str, Any]]:
        do = dict.fromkeys(LEVER, f"* {2 + number / 100}")
        body = {"do": do, "futures": 60, "claim": "strike", "client": f"tab-{number}"}
        headers = {"accept": "application/x-ndjson"}
        lines = client.post(f"/api/studies/{study}/what-if", json=body, headers=headers).text
        return [json.loads(line) for line in lines.splitlines()]

    with ThreadPoolExecutor(BROWSERS + 1) as browsers:
        waiting = [browsers.submit(question, number) for number in range(BROWSERS)]
        try:
            until = time.monotonic() + PATIENCE
            while len(asked) < BROWSERS and time.monotonic() < until:
                time.sleep(0.02)
            other = browsers.submit(client.get, f"/api/studies/{study}/guesses")
            assert other.result(PATIENCE).status_code == 200
            assert not any(one.done() for one in waiting)
        finally:
            playing.close()
        answers = [one.result(PATIENCE) for one in waiting]
    assert len(set(asked)) == BROWSERS
    assert all(len(one) >= 2 and one[-1]["final"] for one in answers)


def test_a_browser_that_does_not_read_keeps_nobody_from_his_turn() -> None:
    given: list[int] = []

    def answers() -> Iterator[Any]:
        for number in range(5):
            given.append(number)
            yield number
        given.append(-1)  # the turn is given up

    async def read_one() -> None:
        fetching, asked, stop = Fetching(), answers(), Event()
        rest = fetching.rest(await fetching.first(asked), asked, stop)
        assert await anext(rest) == 0
        async with asyncio.timeout(PATIENCE):
            while -1 not in given:
                await asyncio.sleep(0.01)
        assert [one async for one in rest] == [1, 2, 3, 4]
        assert stop.is_set()

    asyncio.run(read_one())


def test_a_stream_ends_where_a_newer_question_takes_its_place_and_tells_what_went_wrong() -> None:
    def broken(error: Exception) -> Iterator[Any]:
        yield 0
        raise error

    async def read(error: Exception) -> list[Any]:
        fetching, asked = Fetching(), broken(error)
        return [one async for one in fetching.rest(await fetching.first(asked), asked, Event())]

    assert asyncio.run(read(Stopped("newer"))) == [0]
    with pytest.raises(ValueError, match="wrong"):
        asyncio.run(read(ValueError("wrong")))


@pytest.mark.parametrize(
    ("budget", "said"),
    [
        (Budget(futures=59), "futures: found 60, expected at most 59"),
        (Budget(days=100), "days: found a theatre of 184 days, expected at most 100"),
        (Budget(megabytes=0), "MB for 60 futures, expected at most 0 MB"),
    ],
)
def test_the_budget_holds_for_levers_as_for_jobs(
    settings: Settings, study: str, budget: Budget, said: str
) -> None:
    with TestClient(
        create_app(replace(settings, budget=budget)), base_url=f"http://127.0.0.1:{settings.port}"
    ) as client:
        body = {"do": LEVER, "futures": 60}
        answer = client.post(f"/api/studies/{study}/what-if", json=body)
        assert answer.status_code == 422 and said in answer.json()["detail"]
        job = client.post("/api/jobs", json={"kind": "what-if", "study": study, **body})
        assert job.status_code == 422
        assert job.json()["detail"].split(":")[0] == answer.json()["detail"].split(":")[0]
