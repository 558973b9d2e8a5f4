"""What makes two things the same: SHA-256 digests of values, arrays and files.

A value's digest is that of its canonical JSON (sorted keys, no spaces, UTF-8, floats by their
shortest exact form), so it depends neither on the order in which a mapping was filled nor on the
machine. Folders are named by the first eight hexadecimal digits.

>>> digest_value({"b": 1, "a": [1.5, "x"]}) == digest_value({"a": (1.5, "x"), "b": 1})
True
>>> canonical_json({"b": 1, "a": [1.5, None]})
'{"a":[1.5,null],"b":1}'
"""

import hashlib
import json
from collections.abc import Mapping
from datetime import date
from enum import Enum
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray


def canonical_json(value: Any) -> str:
    """The one way to write a value: JSON with sorted keys and no spaces.

    Accepts what JSON has, and tuples, dates, enumerations, paths and NumPy's numbers. Infinite
    numbers and NaN have no JSON and raise ValueError.
    """
    return json.dumps(
        value,
        sort_keys=True,
        separators=(",", ":"),
        ensure_ascii=False,
        allow_nan=False,
        default=_plain,
    )


def _plain(value: Any) -> Any:
    if isinstance(value, np.generic):
        return value.item()
    if isinstance(value, np.ndarray):
        return value.tolist()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, Path):
        return value.as_posix()
    raise TypeError(f"{type(value).__name__} has no canonical form")


def digest_bytes(data: bytes) -> str:
    """SHA-256 of bytes: 64 hexadecimal digits."""
    return hashlib.sha256(data).hexdigest()


def digest_value(value: Any) -> str:
    """SHA-256 of a value's canonical JSON."""
    return digest_bytes(canonical_json(value).encode())


def digest_array(array: NDArray[Any]) -> str:
    """SHA-256 of an array: type, shape and elements in row order, little-endian."""
    little = np.asarray(array, order="C")
    if little.dtype.hasobject:
        raise TypeError("an array of objects has no canonical form")
    little = little.astype(little.dtype.newbyteorder("<"), copy=False)
    header = canonical_json([little.dtype.str, list(little.shape)])
    return digest_bytes(header.encode() + b"\n" + little.tobytes())


def digest_arrays(arrays: Mapping[str, NDArray[Any]]) -> str:
    """SHA-256 of named arrays, whatever their order."""
    return digest_value({name: digest_array(array) for name, array in arrays.items()})


def digest_file(path: Path) -> str:
    """SHA-256 of a file's bytes."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def digest8(digest: str) -> str:
    """The first eight digits, for the names of folders and for people."""
    return digest[:8]
