import hashlib
from datetime import date
from enum import Enum
from pathlib import Path, PurePosixPath

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from contingent import identity

VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=10,
)


class Basis(Enum):
    ESTIMATE = "estimate"


def test_the_canonical_form_is_pinned() -> None:
    """Digests name folders on disk: a change here orphans every study."""
    value = {"é": [1, 2.5, 1e-7, True, None], "a": {"z": "x", "b": date(2016, 12, 11)}}
    text = '{"a":{"b":"2016-12-11","z":"x"},"é":[1,2.5,1e-07,true,null]}'
    assert identity.canonical_json(value) == text
    assert identity.digest_value(value) == hashlib.sha256(text.encode()).hexdigest()


@given(st.dictionaries(st.text(), VALUES))
def test_the_order_of_a_mapping_does_not_matter(value: dict[str, object]) -> None:
    backwards = dict(reversed(value.items()))
    assert identity.digest_value(value) == identity.digest_value(backwards)


def test_what_stands_for_plain_values() -> None:
    value = [np.float64(0.5), np.int64(3), np.array([1, 2]), Basis.ESTIMATE, Path("a/b"), (1,)]
    assert identity.canonical_json(value) == '[0.5,3,[1,2],"estimate","a/b",[1]]'


def test_what_has_no_canonical_form_is_refused() -> None:
    with pytest.raises(TypeError, match="set"):
        identity.digest_value({1, 2})
    with pytest.raises(ValueError, match="JSON compliant"):
        identity.digest_value(float("nan"))
    with pytest.raises(TypeError, match="objects"):
        identity.digest_array(np.array([PurePosixPath("a")], dtype=object))


def test_an_array_is_its_type_its_shape_and_its_elements() -> None:
    array = np.arange(6, dtype=np.float64).reshape(2, 3)
    same = [
        array.copy(),
        array.astype(">f8"),
        np.asfortranarray(array),
        np.repeat(array, 2, 0)[::2],
    ]
    other = [array.T, array.ravel(), array.astype(np.float32), array + 1]
    digest = identity.digest_array(array)
    assert {identity.digest_array(twin) for twin in same} == {digest}
    assert digest not in {identity.digest_array(twin) for twin in other}


def test_named_arrays() -> None:
    x, y = np.zeros(2), np.ones(2)
    assert identity.digest_arrays({"x": x, "y": y}) == identity.digest_arrays({"y": y, "x": x})
    assert identity.digest_arrays({"x": x, "y": y}) != identity.digest_arrays({"x": y, "y": x})


def test_a_file_is_its_bytes(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_bytes(b"theatre: x\n")
    assert identity.digest_file(path) == identity.digest_bytes(b"theatre: x\n")
    assert identity.digest8(identity.digest_file(path)) == identity.digest_file(path)[:8]
