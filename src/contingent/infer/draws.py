"""Random numbers of the sampler: counter-based, one stream for each purpose and round.

A sampler asks for numbers by *purpose* (a small whole number), *round* (how many times it has
moved), row (a particle) and column. The counter is (row, round, purpose, column), so that nothing
is stored, a run that was interrupted goes on with the numbers it would have had, and two
replicates that have different keys share nothing.

>>> draws = Draws((1, 0), 0)
>>> draws.uniforms(3, 2, 2).shape, draws.uniforms(3, 2, 2)[0, 0] == draws.uniforms(3, 1, 1)[0, 0]
((2, 2), np.True_)
>>> spawn((1, 0), 2, 7) != spawn((1, 0), 7, 2)
True
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from contingent import streams
from contingent.streams import Key

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]
_SPAWN = 0x5EED
"""First word of the counter from which keys are made; no purpose uses that row and round."""


def spawn(key: Key, *labels: int) -> Key:
    """Make a key that hangs on another and on whole numbers 0 .. 2**32 - 1, in their order."""
    for position, label in enumerate(labels):
        first, second, _, _ = streams.philox((_SPAWN, position, label, 0), key)
        key = (first, second)
    return key


class Draws(NamedTuple):
    """Random numbers of one round.

    Attributes
    ----------
    key : of the run
    round : how many rounds came before
    """

    key: Key
    round: int

    def uniforms(self, purpose: int, rows: int, columns: int = 1) -> Floats:
        """Numbers strictly between 0 and 1, (rows, columns)."""
        return streams.uniforms(
            self.key, np.arange(rows)[:, None], self.round, purpose, np.arange(columns)
        )

    def normals(self, purpose: int, rows: int, columns: ArrayLike) -> Floats:
        """Standard normals, (rows, width), of the columns named: (width,) or (rows, width)."""
        return streams.normals(
            self.key, np.arange(rows)[:, None], self.round, purpose, np.asarray(columns)
        )

    def words(self, purpose: int, rows: int, columns: int) -> NDArray[np.uint32]:
        """Pairs of 32-bit words, (rows, columns, 2): keys for the inputs of a simulation."""
        counter = (np.arange(rows)[:, None], self.round, purpose * 256, np.arange(columns))
        first, second, _, _ = streams.philox_array(counter, self.key)
        return np.stack([first, second], axis=-1).astype(np.uint32)

    def whole(self, purpose: int, rows: int, below: int, columns: int = 1) -> Integers:
        """Whole numbers 0 .. below - 1, (rows, columns)."""
        return np.floor(self.uniforms(purpose, rows, columns) * below).astype(np.int64)
