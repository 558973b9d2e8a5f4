"""Time the engine, the claims and the program's start, and write ``bench/results.md``.

Every figure is the least, median and most of several runs in one process; the machine and the day
are written beside it. Read ratios under 1.5 from different days as noise.
"""

from __future__ import annotations

import os
import platform
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

from contingent.claims.evaluate import evaluate
from contingent.compile import compile_scenario
from contingent.compile.program import Program
from contingent.files import whole
from contingent.language import parse
from contingent.scenario.loading import load
from contingent.simulate.ensemble import play_chunk, simulate
from contingent.simulate.paths import paths_of
from contingent.streams import key_from_seed

RESULTS = Path(__file__).parent / "results.md"
SCENARIOS = ("two-towns", "reserves", "syria-2016")
RUNS = 5
FUTURES = 200


def seconds(action: Callable[[], object], runs: int = RUNS) -> list[float]:
    """Seconds of each of several runs."""
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        action()
        times.append(time.perf_counter() - start)
    return times


def spread(values: list[float], digits: int = 1) -> str:
    """Least, median and most as text."""
    low, middle, high = min(values), statistics.median(values), max(values)
    return f"{middle:.{digits}f} ({low:.{digits}f} to {high:.{digits}f})"


def engine_rows() -> list[str]:
    """One row a scenario: microseconds a future-day on one thread, futures a second on all."""
    rows = []
    for name in SCENARIOS:
        program = compile_scenario(load(name))
        alone = seconds(lambda p=program: _play(p, 1))
        every = seconds(lambda p=program: _play(p, os.cpu_count() or 1))
        days = [1e6 * t / FUTURES / program.days for t in alone]
        rate = [FUTURES / t for t in every]
        sizes = program.sizes
        rows.append(
            f"| {name} | {sizes['A']} | {sizes['P']} | {program.days} | {sizes['S']} "
            f"| {spread(days)} | {spread([FUTURES / t for t in alone], 0)} | {spread(rate, 0)} |"
        )
    return rows


def _play(program: Program, threads: int) -> None:
    for _ in simulate(program, FUTURES, 1, threads=threads):
        pass


def reference_row() -> str:
    """Seconds a future of the tutorial takes in the plain-Python reference."""
    program = compile_scenario(load("two-towns"))
    key = key_from_seed(1)
    times = seconds(lambda: play_chunk(program, key, range(1), "reference"), 3)
    return f"| one future of two-towns in the reference, s | {spread(times, 2)} |"


def claim_row() -> str:
    """Milliseconds to judge one predicate on 1,000 futures."""
    scenario = load("two-towns")
    program = compile_scenario(scenario)
    chunk = play_chunk(program, key_from_seed(1), range(1000))
    paths = paths_of(program, chunk, 1)
    formula = parse(
        "eventually(holds(league, eastford), by=2031-06-01)", program.names.vocabulary()
    )
    times = [1e3 * t for t in seconds(lambda: evaluate(formula, paths, 9))]
    return f"| one claim on 1,000 futures of two-towns, ms | {spread(times)} |"


def start_rows() -> list[str]:
    """Seconds until ``import contingent`` and ``contingent --help`` are done."""
    commands = {
        "import contingent": [sys.executable, "-c", "import contingent"],
        "contingent --help": [str(Path(sys.executable).parent / "contingent"), "--help"],
    }
    rows = []
    for name, command in commands.items():
        times = seconds(lambda c=command: subprocess.run(c, check=True, capture_output=True))
        rows.append(f"| {name}, s | {spread(times, 2)} |")
    return rows


def machine() -> str:
    """The processor, as the system names it."""
    name = platform.processor() or platform.machine()
    for line in _lines(Path("/proc/cpuinfo")):
        if line.startswith("model name"):
            name = line.split(":", 1)[1].strip()
            break
    return f"{name}, {os.cpu_count()} cores, Python {platform.python_version()}"


def _lines(path: Path) -> list[str]:
    return path.read_text().splitlines() if path.exists() else []


def report() -> str:
    """All tables as Markdown."""
    parts = [
        "# Timings",
        "",
        f"{machine()}, {date.today().isoformat()}. Median of {RUNS} runs (least to most).",
        "",
        "| scenario | actors | places | days | series | µs a future-day, one thread "
        "| futures/s, one thread | futures/s, all cores |",
        "|---|---|---|---|---|---|---|---|",
        *engine_rows(),
        "",
        "| what | time |",
        "|---|---|",
        claim_row(),
        reference_row(),
        *start_rows(),
        "",
    ]
    return "\n".join(parts)


def keep(path: Path, text: str) -> None:
    """Write a page of results whole or not at all, and show it."""
    with whole(path) as partial:
        partial.write_text(text, encoding="utf-8")
    print(text)


if __name__ == "__main__":
    keep(RESULTS, report())
