"""Time the held slider, over HTTP as the page asks, and write ``bench/slider.md``.

python -m bench.slider [--scenario palmyra-2016] [--turns 12]

One server in this process, one study of the scenario with as many futures as are asked for, a lever
at another position each time. *First answer* is the first line that arrives, *the claim* when the
selected claim stands on all futures, *every claim* when all of them do; *claims after 1 s* counts
those that stand on all futures by then. Two threads, as on the two
cores of the machine that the issue names; the load of the machine is written beside the figures.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import tempfile
import threading
import time
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import NamedTuple

import httpx
import uvicorn

import contingent as ct
from bench.__main__ import keep, machine
from contingent.jobs.baseline import Baseline
from contingent.simulate.study import Study
from contingent.web.app import create_app
from contingent.web.serving import listening
from contingent.web.settings import Settings

RESULTS = Path(__file__).parent / "slider.md"
FUTURES = 500
LEVER = {"palmyra-2016": "russia.air.sorties_per_day", "two-towns": "patron.air.sorties_per_day"}
PATIENCE = 120.0
SECOND = 1.0


def quantile(values: list[float], share: float) -> float:
    """The value below which a share of them lies (nearest rank)."""
    ordered = sorted(values)
    return ordered[min(int(share * len(ordered)), len(ordered) - 1)]


def chosen(scenario: ct.Scenario, study: Study) -> dict[str, str]:
    """A claim that looks ahead for days, one for months, one to the last day."""
    base = Baseline(scenario.spec, study)
    days = sorted((n, key.partition("/")[0]) for key, n in base.days.items())
    picks = [days[len(days) // 4], days[len(days) // 2], days[-1]]
    return {claim: f"{n} days" for n, claim in picks}


class Waited(NamedTuple):
    """Seconds to an answer, to the claim and to all on all futures; claims known after one."""

    first: float
    claim: float
    every: float
    within: int


def ask(page: httpx.Client, study: str, lever: str, factor: float, claim: str) -> Waited:
    """Ask once, and wait for all that comes."""
    body = {"do": {lever: f"* {factor:.4f}"}, "futures": FUTURES, "claim": claim, "client": "bench"}
    headers = {"accept": "application/x-ndjson"}
    began = time.perf_counter()
    first = selected = every = 0.0
    within = 0
    path = f"/api/studies/{study}/what-if"
    with page.stream("POST", path, json=body, headers=headers, timeout=PATIENCE) as answer:
        answer.raise_for_status()
        for line in answer.iter_lines():
            now = time.perf_counter() - began
            told = json.loads(line)
            first = first or now
            if not selected and told["futures"] == FUTURES:
                selected = now
            if now <= SECOND and told["futures"] == FUTURES:
                within = len(told["differences"])
            if told["final"]:
                every = now
    return Waited(first, selected, every, within)


def rows(here: str, study: str, lever: str, claims: dict[str, str], turns: int) -> list[str]:
    """One row a claim, each at positions of its own, and one where the hand comes back."""
    found = []
    with httpx.Client(base_url=here) as page:
        ask(page, study, lever, 1.01, next(iter(claims)))
        positions = [0.5 + 2.0 * n / (turns * len(claims)) for n in range(turns * len(claims))]
        for number, (claim, ahead) in enumerate(claims.items()):
            own = positions[number :: len(claims)]
            times = [ask(page, study, lever, factor, claim) for factor in own]
            found.append(row(claim, ahead, times))
        times = [ask(page, study, lever, factor, claim) for factor in own]
        found.append(row(claim, "a position asked before", times))
    return found


def row(claim: str, ahead: str, times: list[Waited]) -> str:
    """One row of the table."""
    *seconds, within = zip(*times, strict=True)
    cells = [
        f"{statistics.median(part):.2f} / {quantile(list(part), 0.95):.2f}" for part in seconds
    ]
    cells.append(f"{statistics.median(within):.0f}")
    return f"| {claim} | {ahead} | {' | '.join(cells)} |"


def report(name: str, turns: int) -> str:
    """The table as Markdown."""
    before = os.getloadavg()[0]
    with tempfile.TemporaryDirectory() as root, listening("127.0.0.1", 0) as made:
        scenario = ct.load(name)
        run = scenario.run(FUTURES, variants=False, studies=root)
        settings = Settings(Path(root), Path(root) / "none", threads=2)
        settings = replace(settings, port=int(made.getsockname()[1]))
        server = uvicorn.Server(uvicorn.Config(create_app(settings), log_level="error"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [made]}, daemon=True)
        thread.start()
        while not server.started:
            time.sleep(0.05)
        here = f"http://127.0.0.1:{settings.port}"
        claims = chosen(scenario, run.study)
        table = rows(here, run.study.folder.name, LEVER[name], claims, turns)
        server.should_exit = True
        thread.join(30.0)
    load = f"{before:.1f} before, {os.getloadavg()[0]:.1f} after"
    return "\n".join(
        [
            "# The held slider",
            "",
            f"{machine()}, {date.today().isoformat()}; load of the machine {load}. {name}, "
            f"{FUTURES} futures, two threads, {turns} positions of one lever; seconds, p50 / p95.",
            "",
            "| selected claim | looks ahead | first answer | the claim | every claim "
            "| claims after 1 s |",
            "|---|---|---|---|---|---|",
            *table,
            "",
        ]
    )


def main() -> None:
    """Read the command line, measure, and write the table."""
    parser = argparse.ArgumentParser(prog="python -m bench.slider")
    parser.add_argument("--scenario", default="palmyra-2016", choices=sorted(LEVER))
    parser.add_argument("--turns", type=int, default=12)
    asked = parser.parse_args()
    keep(RESULTS, report(asked.scenario, asked.turns))


if __name__ == "__main__":
    main()
