"""Unknowns of a scenario's futures, kept for the branches that share most of them.

A lever moves one number or a few. All other unknowns have the draws and the values that they have
without it, so only those that it moves are worked out anew.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from contingent.compile.program import Floats, Program
from contingent.compile.unknowns import (
    correlate,
    draw_normals,
    draw_unknowns,
    moved_unknowns,
    unknowns_beside,
    unknowns_from_normals,
)
from contingent.simulate.ensemble import key_of

__all__ = ["Draw", "Draws"]

BLOCK = 100
"""Futures whose unknowns are drawn together."""
KEPT = 2_000
"""Futures whose unknowns are kept: some 30 MB with a thousand unknowns."""
Draw = Callable[[Sequence[int]], Floats]


class Draws:
    """Unknowns of the first futures of a program.

    Parameters
    ----------
    program : the scenario as it stands
    seed : root seed
    """

    def __init__(self, program: Program, seed: int) -> None:
        self._program, self._key = program, key_of(seed)
        self._blocks: dict[int, tuple[Floats, Floats]] = {}

    def of(self, program: Program) -> Draw:
        """Return what gives θ of some futures that follow each other, (n, columns), in a branch."""
        moved = moved_unknowns(program, self._program)

        def draw(futures: Sequence[int]) -> Floats:
            if moved is None or futures[-1] >= KEPT:
                return draw_unknowns(program, self._key, futures)
            normals, known = self._rows(futures[0], futures[-1] + 1)
            return unknowns_beside(program, normals, known, moved)

        return draw

    def ready(self, futures: int) -> None:
        """Draw the first futures, as many as are kept."""
        self._rows(0, min(futures, KEPT))

    def _rows(self, first: int, stop: int) -> tuple[Floats, Floats]:
        """Return correlated normals and θ of the program as it stands."""
        start = first // BLOCK
        blocks = [self._block(number) for number in range(start, (stop - 1) // BLOCK + 1)]
        rows = slice(first - start * BLOCK, stop - start * BLOCK)
        if len(blocks) == 1:
            return blocks[0][0][rows], blocks[0][1][rows]
        normals, known = (np.concatenate(parts) for parts in zip(*blocks, strict=True))
        return normals[rows], known[rows]

    def _block(self, number: int) -> tuple[Floats, Floats]:
        kept = self._blocks.get(number)
        if kept is None:
            span = range(number * BLOCK, (number + 1) * BLOCK)
            normals = draw_normals(self._program, self._key, span)
            known = unknowns_from_normals(self._program, normals)
            kept = self._blocks[number] = (correlate(self._program, normals), known)
        return kept
