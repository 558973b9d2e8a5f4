"""Counter-based random numbers: the draw is a pure function of where it is used.

Philox4x32-10 (Salmon, Moraes, Dror & Shaw, *Parallel random numbers: as easy as 1, 2, 3*, SC 2011)
turns a counter of four 32-bit words and a key of two into four random words. The counter here is
(future, day, mechanism, entity) and the key is the root seed, so that nothing is stored and future
17 is the same on one thread or on 64, alone or among a million. An entity that needs more than one
draw a day numbers them: `draw` 0 to 3 are the words of the first block, 4 to 7 of the second, up to
1023; the block sits in the low byte of the mechanism's word.

>>> key = key_from_seed(1)
>>> uniform(key, future=17, day=3, mechanism=5, entity=0)
0.1285846106475219
>>> uniforms(key, [16, 17], day=3, mechanism=5, entity=0)[1].item()
0.1285846106475219

Future, day and entity lie in 0 .. 2**32 - 1, the mechanism in 0 .. 2**24 - 1. The scalar functions
serve the reference engine, those in the plural arrays; ``core/streams.h`` is their C++ twin. There
is no generator object and no global state.
"""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from contingent.arithmetic import normal_quantile, normal_quantile_array

Key = tuple[int, int]
Words = tuple[int, int, int, int]

_LOW = 0xFFFFFFFF
_M0, _M1 = 0xD2511F53, 0xCD9E8D57
_W0, _W1 = 0x9E3779B9, 0xBB67AE85
_ROUNDS = 10
_STEP = 2.0**-32


def key_from_seed(seed: int) -> Key:
    """The key of a root seed 0 .. 2**64 - 1: its low and its high word."""
    if not 0 <= seed < 2**64:
        raise ValueError(f"seed = {seed}: expected a whole number from 0 to 2**64 - 1")
    return seed & _LOW, seed >> 32


def philox(counter: Words, key: Key) -> Words:
    """Ten rounds of Philox4x32: four random words of 32 bits."""
    c0, c1, c2, c3 = counter
    k0, k1 = key
    for _ in range(_ROUNDS):
        p0 = _M0 * c0
        p1 = _M1 * c2
        c0, c1, c2, c3 = (p1 >> 32) ^ c1 ^ k0, p1 & _LOW, (p0 >> 32) ^ c3 ^ k1, p0 & _LOW
        k0 = (k0 + _W0) & _LOW
        k1 = (k1 + _W1) & _LOW
    return c0, c1, c2, c3


def words(key: Key, future: int, day: int, mechanism: int, entity: int, block: int = 0) -> Words:
    """The four words of one block of an entity's draws: for callers that use several."""
    return philox((future, day, mechanism * 256 + block, entity), key)


def unit_interval(word: int) -> float:
    """A word as a number strictly between 0 and 1: (word + 1/2) / 2**32, exact in a double."""
    return (word + 0.5) * _STEP


def uniform(key: Key, future: int, day: int, mechanism: int, entity: int, draw: int = 0) -> float:
    """One draw strictly between 0 and 1."""
    counter = (future, day, mechanism * 256 + (draw >> 2), entity)
    return (philox(counter, key)[draw & 3] + 0.5) * _STEP


def normal(key: Key, future: int, day: int, mechanism: int, entity: int, draw: int = 0) -> float:
    """One standard normal draw: the quantile of the uniform of the same place, within ±6.4."""
    return normal_quantile(uniform(key, future, day, mechanism, entity, draw))


def philox_array(
    counter: tuple[ArrayLike, ArrayLike, ArrayLike, ArrayLike], key: tuple[ArrayLike, ArrayLike]
) -> tuple[NDArray[np.uint64], ...]:
    """`philox` on arrays that broadcast; words of 32 bits in arrays of uint64."""
    c0, c1, c2, c3, k0, k1 = np.broadcast_arrays(
        *(np.asarray(word).astype(np.uint64) for word in (*counter, *key))
    )
    low, half = np.uint64(_LOW), np.uint64(32)
    for _ in range(_ROUNDS):
        p0 = np.uint64(_M0) * c0
        p1 = np.uint64(_M1) * c2
        c0, c1, c2, c3 = (p1 >> half) ^ c1 ^ k0, p1 & low, (p0 >> half) ^ c3 ^ k1, p0 & low
        k0 = (k0 + np.uint64(_W0)) & low
        k1 = (k1 + np.uint64(_W1)) & low
    return c0, c1, c2, c3


def uniforms(
    key: tuple[ArrayLike, ArrayLike],
    future: ArrayLike,
    day: ArrayLike,
    mechanism: ArrayLike,
    entity: ArrayLike,
    draw: ArrayLike = 0,
) -> NDArray[np.float64]:
    """`uniform` for arrays that broadcast, with the same bits; the key may be arrays too."""
    draw = np.asarray(draw)
    words = philox_array((future, day, np.asarray(mechanism) * 256 + (draw >> 2), entity), key)
    word = np.choose(draw & 3, words)
    return (word.astype(np.float64) + 0.5) * _STEP


def normals(
    key: tuple[ArrayLike, ArrayLike],
    future: ArrayLike,
    day: ArrayLike,
    mechanism: ArrayLike,
    entity: ArrayLike,
    draw: ArrayLike = 0,
) -> NDArray[np.float64]:
    """`normal` for arrays that broadcast, with the same bits."""
    return normal_quantile_array(uniforms(key, future, day, mechanism, entity, draw))
