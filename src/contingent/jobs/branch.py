"""A scenario with levers moved: how its futures are played, and what they have said so far."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from threading import Event
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from contingent.claims.columns import Question
from contingent.compile.program import Floats, Program
from contingent.jobs.draws import Draws
from contingent.jobs.truths import Read, Truths, read
from contingent.simulate.engines import Played, Stretch, Turn, play, room, room_to_stand
from contingent.simulate.ensemble import key_of
from contingent.simulate.paths import paths_of_played

__all__ = ["Branch", "shortened"]

FUTURE_DAYS = 6_000
"""Days of futures played in one call of the engine: what is lost at most when the hand moves on."""


class _Piece(NamedTuple):
    """Some futures that were played for some of their days.

    Attributes
    ----------
    program : its days are all that will be played
    thetas, played : what they were made from, and left behind so far
    standing : how they stand; None where nothing will be played on
    day : the first that was not played
    """

    program: Program
    thetas: Floats
    played: Played
    standing: NDArray[np.uint8] | None
    day: int


class Branch:
    """A branch of a scenario, or the scenario as it stands.

    Parameters
    ----------
    program : what is played from day 0 on
    turn : levers moved on the way
    draws : unknowns of the scenario as it stands
    seed : root seed
    days : to the key of a question, the days that it looks at

    Attributes
    ----------
    said : what was read of its futures so far
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
        self.said = Truths()
        self._begun: dict[tuple[range, int], _Piece] = {}

    def play(
        self,
        span: range,
        days: int,
        asked: Sequence[Question],
        stop: Event,
        whole: int | None = None,
    ) -> Read:
        """Play some futures on this thread and ask them everything; nothing once `stop` is set.

        Parameters
        ----------
        span : numbers of the futures
        days : number of days
        asked : questions that look no further
        stop : set when nobody waits any longer
        whole : number of days that will be wanted of the same futures next, if that is more; they
            are then played on from where they stand
        """
        whole = whole or days
        piece = self._begun.pop((span, whole), None) or self._begin(span, days, whole)
        size = max(FUTURE_DAYS // (days - piece.day), 1)
        for first in range(0, len(span), size):
            if stop.is_set():
                return {}
            self._play_on(piece, days, span, slice(first, first + size))
        if days < whole:
            self._begun[span, whole] = piece._replace(day=days)
        paths = paths_of_played(piece.program, piece.played, piece.thetas, self._seed, span)
        return read(asked, paths, self._days)

    def bytes_each(self, days: int) -> int:
        """Memory that a future of so many days takes while it stands."""
        program = shortened(self.program, days)
        arrays = (*room(program, 1), room_to_stand(program, 1))
        return sum(array.nbytes for array in arrays)

    def let_go(self) -> None:
        """Forget where futures stand that were to be played on."""
        self._begun.clear()

    def _begin(self, span: range, days: int, whole: int) -> _Piece:
        program = self._programs.setdefault(whole, shortened(self.program, whole))
        standing = room_to_stand(program, len(span)) if days < whole else None
        return _Piece(program, self._draw(span), room(program, len(span)), standing, 0)

    def _play_on(self, piece: _Piece, until: int, span: range, rows: slice) -> None:
        holders, flags, series = piece.played
        played = Played(holders[rows], flags[rows], series[rows])
        stretch = None
        if piece.standing is not None:
            stretch = Stretch(piece.day, until, piece.standing[rows])
        play(
            piece.program,
            piece.thetas[rows],
            self._key,
            span[rows],
            turn=self.turn,
            out=played,
            stretch=stretch,
        )


def shortened(program: Program, days: int) -> Program:
    """Return a program that ends earlier; up to then its futures are the same."""
    return dataclasses.replace(program, days=days)
