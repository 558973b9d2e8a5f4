"""How commands speak: JSON for programs, tables for people, progress on standard error."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from contingent.files import plain, whole

if TYPE_CHECKING:
    from rich.console import Console

WIDTH = 100
"""Columns used where no terminal says how many it has."""

JSON_VERSION = 1


def emit_json(value: Mapping[str, Any]) -> None:
    """Print one object, its ``version`` first; what is not a number becomes null."""
    document = {"version": JSON_VERSION, **plain(value)}
    print(json.dumps(document, ensure_ascii=False, allow_nan=False, indent=2))


def console(*, stderr: bool = False) -> Console:
    """Return the console of standard output or error; 100 columns where there is no terminal."""
    from rich.console import Console

    stream = sys.stderr if stderr else sys.stdout
    width = None if stream.isatty() or "COLUMNS" in os.environ else WIDTH
    return Console(stderr=stderr, width=width, highlight=False, soft_wrap=False, emoji=False)


def say(text: str = "") -> None:
    """Print a line on standard output, as it stands."""
    print(text)


def warn(text: str) -> None:
    """Print a line on standard error."""
    print(text, file=sys.stderr)


def keep_figures(figures: Mapping[str, Any], folder: Path) -> None:
    """Write figures as PNG and SVG into a folder, each to a temporary name first; say where."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, figure in figures.items():
        for kind in ("png", "svg"):
            path = folder / f"{name}.{kind}"
            with whole(path) as partial:
                figure.savefig(partial, format=kind, dpi=150)
    warn(f"{len(figures)} figures in {folder}")
