"""Plain data kept as files beside a study, written whole or not at all."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

__all__ = ["keep_json", "kept_json"]


def keep_json(path: Path, record: Any) -> None:
    """Write plain data to a temporary name, then rename it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_name(f"{path.name}.{os.getpid()}.partial")
    text = json.dumps(record, ensure_ascii=False, indent=1, default=str)
    partial.write_text(text + "\n", encoding="utf-8")
    partial.replace(path)


def kept_json(path: Path) -> Any:
    """Read plain data; None if there is none that can be read."""
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return None
