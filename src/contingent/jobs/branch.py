"""A scenario with levers moved: how its futures are played, and what they have said so far."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from threading import Event

import numpy as np

from contingent.claims.columns import Question
from contingent.compile.program import Program
from contingent.jobs.draws import Draws
from contingent.jobs.truths import Read, Truths, read
from contingent.simulate.engines import Played, Turn, play
from contingent.simulate.ensemble import key_of
from contingent.simulate.paths import paths_of_played

__all__ = ["Branch", "shortened"]

FUTURE_DAYS = 6_000
"""Days of futures played in one call of the engine: what is lost at most when the hand moves on."""


class Branch:
    """A branch of a scenario, or the scenario as it stands.

    Parameters
    ----------
    program : what is played from day 0 on
    turn : levers moved on the way
    draws : unknowns of the scenario as it stands
    seed : root seed
    days : to the key of a question, the days that it looks at
    """

    def __init__(
        self,
        program: Program,
        turn: Turn | None,
        draws: Draws,
        seed: int,
        days: Mapping[str, int],
    ) -> None:
        self.program, self.turn = program, turn
        if turn is not None:
            self.turn = turn._replace(draw=draws.of(turn.program))
        self._draw, self._seed, self._key = draws.of(program), seed, key_of(seed)
        self._days = days
        self._programs: dict[int, Program] = {}
        self._said: dict[int, Truths] = {}

    def said(self, days: int) -> Truths:
        """Return what was read so far of the futures that were played for so many days."""
        return self._said.setdefault(days, Truths())

    def play(self, span: range, days: int, asked: Sequence[Question], stop: Event) -> Read:
        """Play some futures on this thread and ask them everything; nothing once `stop` is set.

        Parameters
        ----------
        span : numbers of the futures
        days : number of days
        asked : questions that look no further
        stop : set when nobody waits any longer
        """
        program = self._programs.setdefault(days, shortened(self.program, days))
        thetas = self._draw(span)
        played = _room(program, len(span))
        size = max(FUTURE_DAYS // days, 1)
        for first in range(0, len(span), size):
            if stop.is_set():
                return {}
            rows = slice(first, first + size)
            part = Played(played.holders[rows], played.flags[rows], played.series[rows])
            play(program, thetas[rows], self._key, span[rows], turn=self.turn, out=part)
        paths = paths_of_played(program, played, thetas, self._seed, span)
        return read(asked, paths, self._days)


def shortened(program: Program, days: int) -> Program:
    """Return a program that ends earlier; up to then its futures are the same."""
    return dataclasses.replace(program, days=days)


def _room(program: Program, futures: int) -> Played:
    """Return room for what some futures leave behind."""
    days, places, series = program.days, program.sizes["P"], program.sizes["S"]
    return Played(
        np.empty((futures, days, places), dtype=np.int16),
        np.empty((futures, days, places), dtype=np.uint8),
        np.empty((futures, days, series)),
    )
