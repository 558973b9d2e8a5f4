"""Is every parameter able to live? Each is moved over its prior range, and what moves is told.

One parameter at a time is set to its 5th and to its 95th percentile, all others and all chance
alike, in some futures; the effect on an outcome is the mean difference between the two ends, its
error the standard error of that mean over the pairs. Told are the outcomes that a parameter is
*about*, and the one it moves most, if that is clear. An effect is *clear* if Student's t of the
pairs would be so large by chance in fewer than one case in twenty, counting how many outcomes were
looked at: the few it is about, or all of them for the one moved most.

A parameter that moves nothing in one theatre may live in another; nought is a result, not a fault.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from fnmatch import fnmatch
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from contingent.analysis.about import about
from contingent.analysis.outcomes import Outcome, measure, outcomes, recording_outcomes
from contingent.claims.columns import headline_questions
from contingent.claims.companions import needed
from contingent.claims.evaluate import evaluate
from contingent.claims.reading import ReadClaim, read_argument
from contingent.compile import (
    Program,
    compile_scenario,
    draw_normals,
    unknowns_from_normals,
)
from contingent.errors import SettingError
from contingent.scenario.quantities import Z95
from contingent.scenario.types import Scenario
from contingent.simulate.engines import play
from contingent.simulate.ensemble import Chunk, key_of, round_in_place, threads_of
from contingent.simulate.paths import paths_of

__all__ = ["Effect", "alive"]

Values = NDArray[np.float64]
Listener = Callable[[int, int, float], None]
BLOCK = 10
"""Futures played in one call."""
TRIAL = 8
"""Futures played first, to see how fast the theatre is."""
FEWEST, MOST = 6, 200
"""Pairs of futures for each parameter."""
CHANCE = 0.05
"""Chance, over all outcomes looked at, with which nothing at all would be called clear."""


@dataclass(frozen=True)
class Effect:
    """What one parameter does to one outcome.

    Attributes
    ----------
    name : dotted name of the parameter
    outcome, unit : what moves
    effect, error : change from the 5th to the 95th percentile, and its standard error
    low, high : the two values of the parameter, in its unit
    about : whether the parameter is about this outcome; else it is the one moved most
    clear : whether the effect stands out from chance
    """

    name: str
    outcome: str
    unit: str
    effect: float
    error: float
    low: float
    high: float
    about: bool
    clear: bool


class _Bench:
    """Futures of one scenario, to be played with one parameter at a time moved."""

    def __init__(self, scenario: Scenario, seed: int) -> None:
        plain = compile_scenario(scenario)
        self.seed, self.key = seed, key_of(seed)
        self._claims: tuple[ReadClaim, ...] = ()
        if scenario.argument is not None:
            self._claims = read_argument(scenario.argument, plain.names.vocabulary())
        since = {claim.id: plain.names.day(claim.since) for claim in self._claims}
        self._questions = headline_questions(self._claims, since)
        recorded = compile_scenario(scenario, needed(self._questions))
        self.program: Program = recording_outcomes(recorded)
        self.outcomes = outcomes(self.program) + [
            Outcome(f"claim {question.key.split('/')[0]}", "share of futures", "claim", ())
            for question in self._questions
        ]

    def play(self, normals: Values) -> Values:
        """Play one future for each row of normals; (future, outcome)."""
        futures = range(len(normals))
        thetas = unknowns_from_normals(self.program, normals)
        blocks = []
        for first in range(0, len(futures), BLOCK):
            rows = slice(first, min(first + BLOCK, len(futures)))
            played = play(self.program, thetas[rows], self.key, futures[rows])
            series = np.ascontiguousarray(played.series.transpose(0, 2, 1), dtype=np.float32)
            round_in_place(series)
            chunk = Chunk(first, played.holders, played.flags, series, thetas[rows])
            paths = paths_of(self.program, chunk, self.seed)
            claims = [
                evaluate(question.formula, paths, question.since_day).astype(float)
                for question in self._questions
            ]
            blocks.append(np.column_stack([measure(self.program, played), *claims]))
        return np.concatenate(blocks)

    def moved(self, column: int, normals: Values) -> tuple[Values, Values]:
        """Play the futures with one unknown at its 5th and at its 95th percentile."""
        ends = []
        for deviate in (-Z95, Z95):
            changed = normals.copy()
            changed[:, column] = deviate
            ends.append(self.play(changed))
        return ends[0], ends[1]


def alive(
    scenario: Scenario,
    *,
    seed: int = 1,
    pairs: int | None = None,
    seconds: float = 240.0,
    only: Sequence[str] = (),
    threads: int | None = None,
    listen: Listener | None = None,
) -> list[Effect]:
    """Move every uncertain parameter over its prior range.

    Parameters
    ----------
    scenario
    seed : root seed
    pairs : futures in which each parameter is moved; as many as fit into `seconds` if left out
    seconds : rough budget
    only : patterns of dotted names, such as ``*.delay``; all parameters without one
    threads : worker threads
    listen : told how many parameters are done, of how many, after how many seconds

    Returns
    -------
    list of Effect
        In the order of the parameters; of each the outcomes it is about, then the one moved most.

    Raises
    ------
    SettingError
        If no parameter fits a pattern.
    """
    bench = _Bench(scenario, seed)
    unknowns = bench.program.unknowns
    columns = [i for i, unknown in enumerate(unknowns) if _wanted(unknown.name, only)]
    if not columns:
        raise SettingError("--only", ", ".join(only), "a pattern that fits a parameter")
    workers = threads_of(threads)
    count = pairs or _affordable(bench, len(columns), seconds, workers)
    normals = draw_normals(bench.program, bench.key, range(count))
    began = time.monotonic()
    found: list[Effect] = []
    with ThreadPoolExecutor(max_workers=workers) as pool:
        try:
            runs = pool.map(lambda column: bench.moved(column, normals), columns)
            for done, (column, ends) in enumerate(zip(columns, runs, strict=True), start=1):
                found += _effects(bench, column, ends)
                if listen is not None:
                    listen(done, len(columns), time.monotonic() - began)
        except KeyboardInterrupt:
            pool.shutdown(cancel_futures=True)
            raise
    return found


def _wanted(name: str, only: Sequence[str]) -> bool:
    return not only or any(fnmatch(name, pattern) for pattern in only)


def _affordable(bench: _Bench, parameters: int, seconds: float, workers: int) -> int:
    """Pairs a parameter that fit into the budget, by playing a few futures."""
    began = time.monotonic()
    bench.play(draw_normals(bench.program, bench.key, range(TRIAL)))
    each = (time.monotonic() - began) / TRIAL
    affordable = seconds * workers / (2.0 * each * parameters)
    return int(min(max(affordable, FEWEST), MOST))


def _effects(bench: _Bench, column: int, ends: tuple[Values, Values]) -> Iterator[Effect]:
    unknown = bench.program.unknowns[column]
    difference = ends[1] - ends[0]
    pairs = len(difference)
    effect = difference.mean(axis=0)
    error = difference.std(axis=0, ddof=1) / np.sqrt(pairs)
    low, high = _range(bench.program, column)

    def told(index: int, least: float, *, is_about: bool) -> Effect:
        one, size, spread = bench.outcomes[index], float(effect[index]), float(error[index])
        clear = size != 0.0 and abs(size) >= least * spread
        return Effect(
            unknown.name, one.name, one.unit, size, spread, low, high, is_about, clear
        )  # fmt: skip

    mine = about(unknown.name, bench.outcomes, bench.program.names)
    least = _student(len(mine), pairs)
    for index in mine:
        yield told(index, least, is_about=True)
    ratio = np.divide(np.abs(effect), error, out=np.zeros_like(effect), where=error > 0.0)
    most = told(int(ratio.argmax()), _student(len(effect), pairs), is_about=False)
    if not mine or (most.clear and int(ratio.argmax()) not in mine):
        yield most


@cache
def _student(outcomes: int, pairs: int) -> float:
    """Errors that an effect must have to be clear among some outcomes (Bonferroni)."""
    from scipy.stats import t

    return float(t.isf(CHANCE / (2.0 * max(outcomes, 1)), pairs - 1))


def _range(program: Program, column: int) -> tuple[float, float]:
    """Values of an unknown at its two ends, all others at their medians."""
    normals = np.zeros((2, len(program.unknowns)))
    normals[:, column] = (-Z95, Z95)
    values: Any = unknowns_from_normals(program, normals)[:, column]
    return float(values[0]), float(values[1])
