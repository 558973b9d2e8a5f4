"""Files written whole or not at all, and values as JSON has them.

A file gets a temporary name beside its own until it is complete, so that who stops a program or
reads meanwhile finds the old one or the new one, and never a part.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from math import isfinite
from pathlib import Path
from typing import Any

__all__ = ["plain", "whole", "write_json"]


@contextmanager
def whole(path: Path) -> Iterator[Path]:
    """Hand out a temporary name beside a path; what was written there takes the path at the end.

    After an error the path is as it was and nothing is left beside it.
    """
    partial = path.with_name(f"{path.name}.{os.getpid()}.partial")
    try:
        yield partial
        partial.replace(path)
    finally:
        partial.unlink(missing_ok=True)


def plain(value: Any) -> Any:
    """Return a value as JSON has it; what is not a number becomes null.

    >>> plain({1: (0.5, float("nan")), "where": Path("a/b")})
    {'1': [0.5, None], 'where': 'a/b'}
    """
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [plain(item) for item in value]
    if hasattr(value, "tolist"):
        return plain(value.tolist())
    if isinstance(value, float):
        return value if isfinite(value) else None
    return value if value is None or isinstance(value, str | int) else str(value)


def write_json(path: Path, value: Any) -> None:
    """Write a value as JSON, whole or not at all."""
    text = json.dumps(plain(value), ensure_ascii=False, indent=1, allow_nan=False)
    with whole(path) as partial:
        partial.write_text(text + "\n", encoding="utf-8")
