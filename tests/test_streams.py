import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from contingent import streams
from contingent.core._core import ground

WORD = st.integers(0, 2**32 - 1)
PLACE = st.tuples(WORD, WORD, st.integers(0, 2**24 - 1), WORD, st.integers(0, 1023))
KEY = st.tuples(WORD, WORD)

# Random123, file kat_vectors, the three lines "philox4x32 10": counter, key, answer.
PUBLISHED = """
00000000 00000000 00000000 00000000 00000000 00000000 6627e8d5 e169c58d bc57ac4c 9b00dbd8
ffffffff ffffffff ffffffff ffffffff ffffffff ffffffff 408f276d 41c83b0e a20bc7c6 6d5451fd
243f6a88 85a308d3 13198a2e 03707344 a4093822 299f31d0 d16cfe09 94fdcceb 5001e420 24126ea1
"""


@pytest.mark.parametrize("line", PUBLISHED.strip().splitlines())
def test_philox_gives_the_published_answers(line: str) -> None:
    numbers = [int(word, 16) for word in line.split()]
    counter, key, answer = tuple(numbers[:4]), tuple(numbers[4:6]), tuple(numbers[6:])
    assert streams.philox(counter, key) == answer
    assert tuple(ground.philox(counter, key)) == answer
    assert tuple(int(word) for word in streams.philox_array(counter, key)) == answer


@given(KEY, PLACE)
def test_three_twins_agree_to_the_last_bit(key: tuple[int, int], place: tuple[int, ...]) -> None:
    uniform = streams.uniform(key, *place)
    assert uniform == ground.uniform(key, *place) == streams.uniforms(key, *place).item()
    normal = streams.normal(key, *place)
    assert normal == ground.normal(key, *place) == streams.normals(key, *place).item()
    block = streams.words(key, *place[:4], place[4] // 4)
    assert uniform == streams.unit_interval(block[place[4] % 4])


@given(st.integers(0, 2**64 - 1))
def test_key_is_the_seed_in_two_words(seed: int) -> None:
    low, high = streams.key_from_seed(seed)
    assert (high << 32 | low) == seed
    assert tuple(ground.key_from_seed(seed)) == (low, high)


@pytest.mark.parametrize("seed", [-1, 2**64])
def test_seed_out_of_range_is_refused(seed: int) -> None:
    with pytest.raises(ValueError, match="2\\*\\*64"):
        streams.key_from_seed(seed)


def test_extreme_words_stay_inside_the_unit_interval() -> None:
    assert 0.0 < streams.unit_interval(0) < streams.unit_interval(2**32 - 1) < 1.0


def test_no_two_places_share_a_draw() -> None:
    """Neighbours in every word of the counter, and in both words of the key, are different."""
    grid = np.meshgrid(*[np.arange(6)] * 4, [0, 4], indexing="ij")
    blocks = [
        np.stack([streams.uniforms(key, *grid[:4], grid[4] + draw).ravel() for draw in range(4)])
        for key in [(0, 0), (1, 0), (0, 1)]
    ]
    rows = np.concatenate(blocks, axis=1).T
    assert np.unique(rows, axis=0).shape == rows.shape


@pytest.mark.parametrize("axis", range(5))
def test_streams_of_neighbours_are_uncorrelated(axis: int) -> None:
    place = [7, 3, 5, 2, 1]
    shifted = place.copy()
    shifted[axis] += 1
    count = 100_000
    day = np.arange(count)
    first = streams.uniforms((1, 2), place[0], day * 8 + place[1], *place[2:])
    second = streams.uniforms((1, 2), shifted[0], day * 8 + shifted[1], *shifted[2:])
    assert abs(np.corrcoef(first, second)[0, 1]) < 5 / np.sqrt(count)


@pytest.mark.parametrize("draw", range(4))
def test_draws_over_futures_are_uniform(draw: int) -> None:
    draws = streams.uniforms(streams.key_from_seed(20161211), np.arange(200_000), 1, 2, 3, draw)
    assert stats.kstest(draws, "uniform").pvalue > 1e-3
    assert stats.kstest(np.diff(draws), stats.triang(0.5, -1, 2).cdf).statistic < 0.01


def test_normals_are_normal() -> None:
    draws = streams.normals((5, 6), np.arange(200_000), 1, 2, 3)
    assert stats.kstest(draws, "norm").pvalue > 1e-3


def test_a_future_is_the_same_alone_and_among_many() -> None:
    together = streams.normals((1, 0), np.arange(1000), 4, 5, 6)
    assert together[17] == streams.normals((1, 0), 17, 4, 5, 6)


def test_keys_may_differ_from_element_to_element() -> None:
    low = np.arange(5)
    assert np.array_equal(
        streams.uniforms((low, 9), 1, 2, 3, 4),
        [streams.uniform((int(word), 9), 1, 2, 3, 4) for word in low],
    )
