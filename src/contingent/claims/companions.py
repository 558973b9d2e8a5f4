"""The runs beside the main one: something set (``do``), and structural variants.

Both are smaller runs with the same seed, so that they share the draws of the main run wherever
their paths agree. A structural variant changes one rule of the model to another defensible one;
verdicts show their range over variants, because structure moves outcomes more than parameters do.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from contingent.claims.columns import Gathered, Question
from contingent.claims.evaluate import last_day
from contingent.claims.verdict import Columns
from contingent.compile import Program, compile_scenario
from contingent.identity import canonical_json
from contingent.language import Observable, observables
from contingent.scenario.changes import replace
from contingent.scenario.types import Scenario
from contingent.simulate.engines import Engine, Turn
from contingent.simulate.ensemble import Progress, simulate
from contingent.simulate.given import given_known
from contingent.simulate.paths import RecordedPaths, paths_of

__all__ = ["Companion", "Playing", "change_key", "companion_futures", "play"]

FEWEST = 400
MOST = 1000
SHARE = 5
"""A companion run has a fifth of the main run's futures, within these bounds."""


@dataclass(frozen=True)
class Playing:
    """How runs are played.

    Attributes
    ----------
    futures, seed, threads, engine : as given to the main run
    """

    futures: int
    seed: int
    threads: int | None = None
    engine: Engine = "core"


@dataclass(frozen=True, eq=False)
class Companion:
    """Columns of one run, and the futures of it that agree with what is known."""

    gathered: Gathered
    kept: NDArray[np.bool_]

    def columns(self, key: str) -> Columns | None:
        """Return the columns of a question in the futures that are kept."""
        return self.gathered.columns(key, self.kept)


def companion_futures(futures: int) -> int:
    """Number of futures of a companion run.

    >>> [companion_futures(n) for n in (200, 1_000, 4_000, 10_000)]
    [200, 400, 800, 1000]
    """
    return min(futures, max(FEWEST, min(futures // SHARE, MOST)))


def change_key(changes: Mapping[str, Any]) -> str:
    """Return one text for one set of changes, whatever their order."""
    return canonical_json({name: str(written) for name, written in changes.items()})


def program_with(
    scenario: Scenario, changes: Mapping[str, Any], asked: Sequence[Question]
) -> Program:
    """Compile the scenario with something set, recording what the questions need.

    Raises
    ------
    SettingError
        If a name leads nowhere.
    """
    return compile_scenario(replace(scenario, changes), needed(asked))


def days_needed(program: Program, asked: Sequence[Question]) -> int:
    """Days to be played so that everything asked has its answer."""
    start, days = program.names.start, program.days
    last = max(
        last_day(formula, start, one.since_day, days)
        for one in asked
        for formula in (one.formula, one.given)
        if formula is not None
    )
    return min(last + 1, days)


def as_long_as_asked(program: Program, asked: Sequence[Question]) -> Program:
    """Return a program that ends on the last day that anything asked looks at."""
    return dataclasses.replace(program, days=days_needed(program, asked))


def needed(asked: Sequence[Question]) -> list[Observable]:
    """Every daily series that some questions need, in a fixed order."""
    found = {
        one
        for question in asked
        for formula in (question.formula, question.given)
        if formula is not None
        for one in observables(formula)
    }
    return sorted(found, key=str)


def play(
    program: Program,
    playing: Playing,
    asked: Sequence[Question],
    known: Scenario | None = None,
    progress: Callable[[Progress], None] | None = None,
    turn: Turn | None = None,
) -> Companion:
    """Play a run and read the columns of all questions.

    Parameters
    ----------
    program, playing, asked : what is played, how, and what is asked
    known : scenario whose sharp reports the futures kept must agree with
    progress : called after every chunk
    turn : levers moved on the way
    """
    gathered, kept = Gathered(asked), []
    for paths in runs(program, playing, progress, turn):
        gathered.read(paths)
        kept.append(kept_of(known, paths))
    return Companion(gathered, np.concatenate(kept))


def kept_of(known: Scenario | None, paths: RecordedPaths) -> NDArray[np.bool_]:
    """Which futures agree with the sharp reports of a scenario; all without one."""
    if known is None:
        return np.ones(paths.futures, dtype=bool)
    return given_known(known, paths).mask


def runs(
    program: Program,
    playing: Playing,
    progress: Callable[[Progress], None] | None = None,
    turn: Turn | None = None,
) -> Iterator[RecordedPaths]:
    """Play futures and hand them out as claims want them."""
    chunks = simulate(
        program,
        playing.futures,
        playing.seed,
        threads=playing.threads,
        engine=playing.engine,
        progress=progress,
        turn=turn,
    )
    for chunk in chunks:
        yield paths_of(program, chunk, playing.seed)
