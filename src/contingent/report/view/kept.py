"""What is kept as files beside a study, written whole or not at all: plain data, the article."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from contingent.files import write_json

__all__ = ["ARTICLE", "keep_json", "kept_article", "kept_json"]

ARTICLE = "article.txt"
"""The article that a reader has given with a study."""


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


def kept_article(folder: Path) -> str | None:
    """Read the article kept with a study; None if there is none that can be read."""
    path = folder / ARTICLE
    try:
        return None if path.is_symlink() else path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return None
