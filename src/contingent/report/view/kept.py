"""Plain data kept as files beside a study, written whole or not at all."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from contingent.files import write_json

__all__ = ["keep_json", "kept_json"]


def keep_json(path: Path, record: Any) -> None:
    """Write plain data, and the folder it lies in."""
    path.parent.mkdir(parents=True, exist_ok=True)
    write_json(path, record)


def kept_json(path: Path) -> Any:
    """Read plain data; None if there is none that can be read."""
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return None
