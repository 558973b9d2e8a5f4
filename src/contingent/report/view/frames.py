"""Frames: named arrays and a small JSON in one piece of bytes, so that no number travels as text.

Layout, little endian: the four bytes ``CTG1``; the length of the header as uint32; the header, JSON
in UTF-8 padded with blanks so that what follows begins at a multiple of eight; the arrays in C
order, each beginning at a multiple of eight. The header holds ``frames`` (name, dtype, shape,
offset from the end of the header, bytes) and ``json`` (anything that is no array). The decoder for
the browser is ``page/frames.js``.

>>> frames, extra = decode(encode({"x": np.arange(3, dtype=np.uint8)}, {"day": 4}))
>>> frames["x"].tolist(), extra
([0, 1, 2], {'day': 4})
"""

from __future__ import annotations

import json
import struct
from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from contingent.files import plain

__all__ = ["DTYPES", "MAGIC", "decode", "encode"]

MAGIC = b"CTG1"
ALIGNED = 8
DTYPES = ("uint8", "int8", "uint16", "int16", "uint32", "int32", "float32", "float64")
"""What a browser has a typed array for."""


def encode(frames: Mapping[str, NDArray[Any]], extra: Any = None) -> bytes:
    """Return frames as bytes; the same frames give the same bytes.

    Parameters
    ----------
    frames : name to array; dtypes are those of `DTYPES`
    extra : what goes beside them, as JSON has it

    Raises
    ------
    ValueError
        For an array of another type.
    """
    rows, parts, offset = [], [], 0
    for name, array in frames.items():
        kind = array.dtype.newbyteorder("=").name
        if kind not in DTYPES:
            raise ValueError(f"frame {name}: {array.dtype}, expected one of {', '.join(DTYPES)}")
        data = np.ascontiguousarray(array, dtype=array.dtype.newbyteorder("<")).tobytes()
        rows.append([name, kind, list(array.shape), offset, len(data)])
        parts.append(data + bytes(-len(data) % ALIGNED))
        offset += len(parts[-1])
    named = [dict(zip(_ROW, row, strict=True)) for row in rows]
    text = json.dumps({"frames": named, "json": plain(extra)}, ensure_ascii=False)
    header = text.encode()
    header += b" " * (-(len(MAGIC) + 4 + len(header)) % ALIGNED)
    return b"".join([MAGIC, struct.pack("<I", len(header)), header, *parts])


_ROW = ("name", "dtype", "shape", "offset", "bytes")


def decode(data: bytes) -> tuple[dict[str, NDArray[Any]], Any]:
    """Return the frames and the JSON in some bytes.

    Raises
    ------
    ValueError
        If the bytes are not what `encode` writes.
    """
    if data[:4] != MAGIC:
        raise ValueError("no frames: the first four bytes are not CTG1")
    (length,) = struct.unpack_from("<I", data, 4)
    header = json.loads(data[8 : 8 + length])
    found = {}
    for row in header["frames"]:
        if row["dtype"] not in DTYPES:
            raise ValueError(f"frame {row['name']}: unknown type {row['dtype']}")
        count = int(np.prod(row["shape"], dtype=np.int64))
        dtype = np.dtype(row["dtype"]).newbyteorder("<")
        array = np.frombuffer(data, dtype, count, 8 + length + row["offset"])
        found[row["name"]] = array.reshape(row["shape"])
    return found, header["json"]
