"""Frames come back as they were sent, and what is no frame is refused."""

from __future__ import annotations

import json

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from contingent.report.view.frames import ALIGNED, DTYPES, decode, encode

ARRAYS = st.sampled_from(DTYPES).flatmap(
    lambda kind: arrays.arrays(
        np.dtype(kind), arrays.array_shapes(min_dims=1, max_dims=3, min_side=0, max_side=5)
    )
)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**40), 2**40) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)


@given(st.dictionaries(st.text(max_size=8), ARRAYS, max_size=5), JSON)
def test_round_trip(frames, extra) -> None:
    data = encode(frames, extra)
    found, beside = decode(data)
    assert list(found) == list(frames)
    assert beside == extra
    for name, array in frames.items():
        assert (found[name].dtype, found[name].shape) == (array.dtype, array.shape)
        assert found[name].tobytes() == array.tobytes()
    assert data == encode(frames, extra)


def test_arrays_begin_where_typed_arrays_may() -> None:
    data = encode({"a": np.arange(3, dtype=np.uint8), "b": np.arange(2.0)})
    length = int.from_bytes(data[4:8], "little")
    assert (8 + length) % ALIGNED == 0
    assert all(row["offset"] % ALIGNED == 0 for row in json.loads(data[8 : 8 + length])["frames"])


def test_big_endian_and_strided_arrays_are_sent_as_values() -> None:
    array = np.arange(12, dtype=">i4").reshape(3, 4)[:, ::2]
    found, _ = decode(encode({"x": array}))
    assert found["x"].tolist() == array.tolist()


def test_refused() -> None:
    with pytest.raises(ValueError, match="complex128"):
        encode({"x": np.zeros(1, dtype=complex)})
    with pytest.raises(ValueError, match="CTG1"):
        decode(b"PNG1....")
    with pytest.raises(ValueError, match="unknown type"):
        decode(encode({"x": np.zeros(2, np.uint8)}).replace(b'"uint8"', b'"uint9"'))
