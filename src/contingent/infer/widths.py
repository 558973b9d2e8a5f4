"""Is the answer robust to how wide the assumptions were written?

The ranges that an explanation assumes are halved and doubled around their middles, on the scale on
which they are drawn, and the worlds that the reports leave are weighed anew. The answer is *robust*
if under every width the evidence moves by less than a factor of two, told with an error that would
show it. Exact assumptions have no width.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import NamedTuple

import numpy as np

from contingent.compile import compile_scenario
from contingent.infer.condition import Conditioned
from contingent.infer.explanations import Assumed
from contingent.infer.odds import times_likelier
from contingent.infer.reweigh import reweigh
from contingent.infer.theatre import problem_of
from contingent.scenario import changes
from contingent.scenario.quantities import Quantity
from contingent.simulate.ensemble import threads_of

FACTORS = (0.5, 2.0)
LITTLE = math.log(2.0)
"""Nats by which an evidence may move and still be called the same."""
WIDTH_EACH = 200
"""Worlds of each replicate that are weighed anew."""


class Width(NamedTuple):
    """An explanation with its ranges made narrower or wider.

    Attributes
    ----------
    factor : by which every range it assumes was multiplied
    log_evidence : under them
    change, error : of the log evidence, with its standard error over replicates
    sound : whether enough worlds carry it
    """

    factor: float
    log_evidence: float
    change: float
    error: float
    sound: bool

    @property
    def same(self) -> bool:
        """Whether the evidence hardly moves."""
        return abs(self.change) <= max(LITTLE, 2.0 * self.error)

    @property
    def told(self) -> bool:
        """Whether worlds and error allow an answer: that it moves, or that it does not."""
        return self.sound and (not self.same or 2.0 * self.error <= LITTLE)


def widths(
    explained: Mapping[str, Assumed],
    done: Mapping[str, Conditioned],
    seed: int,
    threads: int | None = None,
) -> dict[str, list[Width]]:
    """Weigh every explanation anew with its ranges halved and doubled; empty where none is."""
    tasks = [(name, factor) for name in explained for factor in FACTORS]

    def look(task: tuple[str, float]) -> Width | None:
        name, factor = task
        return _width(explained[name], done[name], factor, seed)

    with ThreadPoolExecutor(threads_of(threads), "widths") as pool:
        found = dict(zip(tasks, pool.map(look, tasks), strict=True))
    return {
        name: [one for factor in FACTORS if (one := found[name, factor]) is not None]
        for name in explained
    }


def _width(one: Assumed, done: Conditioned, factor: float, seed: int) -> Width | None:
    known = changes.names(one.scenario)
    ranges = {name: known[name] for name in one.moves if name in known}
    scaled = {name: widened(old, factor) for name, old in ranges.items()}
    moved = {name: new for name, new in scaled.items() if new != ranges[name]}
    if not moved:
        return None
    program = compile_scenario(changes.replace(one.scenario, moved))
    problem = problem_of(program, one.problem.evidence, one.problem.parties)
    each = min(WIDTH_EACH, *(len(state.log_weights) for state in done.states))
    found = reweigh(done, problem, seed, each)
    count = len(found.changes)
    error = float(found.changes.std(ddof=1) / np.sqrt(count)) if count > 1 else math.inf
    value = found.evidence.value
    return Width(factor, value, value - done.evidence.value, error, found.sound)


def widened(quantity: Quantity, factor: float) -> Quantity:
    """Return a quantity whose range is `factor` times as wide around the same middle.

    >>> widened(Quantity("lognormal", (50.0, 200.0)), 2.0).parameters
    (25.0, 400.0)
    >>> widened(Quantity("uniform", (2.0, 4.0)), 0.5).parameters
    (2.5, 3.5)
    """
    first, second = (*quantity.parameters, math.nan, math.nan)[:2]
    match quantity.distribution:
        case "lognormal":
            low, high = _spread(math.log(first), math.log(second), factor)
            parameters = (_rounded(math.exp(low)), _rounded(math.exp(high)))
        case "logitnormal":
            low, high = _spread(_logit(first), _logit(second), factor)
            parameters = (1.0 / (1.0 + math.exp(-low)), 1.0 / (1.0 + math.exp(-high)))
        case "uniform":
            parameters = _spread(first, second, factor)
        case "normal":
            parameters = (first, second * factor)
        case "beta":
            parameters = (first / factor**2, second / factor**2)
        case _:
            return quantity
    return replace(quantity, parameters=parameters)


def _spread(low: float, high: float, factor: float) -> tuple[float, float]:
    middle, half = 0.5 * (low + high), 0.5 * (high - low) * factor
    return middle - half, middle + half


def _logit(share: float) -> float:
    return math.log(share / (1.0 - share))


def _rounded(value: float) -> float:
    """A number without the last bits that a logarithm and its inverse leave."""
    return float(f"{value:.12g}")


def in_words(name: str, rows: list[Width]) -> str:
    """Say whether an answer hangs on the width of what was assumed.

    >>> in_words("few", [Width(0.5, -3.0, 0.1, 0.1, True), Width(2.0, -4.5, -1.4, 0.2, True)])
    'few: not robust: with its ranges doubled, about four times less likely'
    >>> in_words("few", [Width(0.5, -3.0, 0.1, 0.1, True)])
    'few: robust to ranges half as wide'
    """
    said = {0.5: ("halved", "half"), 2.0: ("doubled", "twice")}
    if not rows:
        return f"{name}: assumes no range, so there is none to widen"
    moved = [one for one in rows if one.sound and not one.same]
    if moved:
        told = "; ".join(
            f"with its ranges {said[one.factor][0]}, {times_likelier(one.change)}" for one in moved
        )
        return f"{name}: not robust: {told}"
    untold = [said[one.factor][0] for one in rows if not one.told]
    if untold:
        return f"{name}: cannot be told with its ranges {' or '.join(untold)}: too few worlds"
    return f"{name}: robust to ranges {' or '.join(said[one.factor][1] for one in rows)} as wide"
