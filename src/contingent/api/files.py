"""Files: checked, begun, described."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from contingent.claims.stubs import stubs
from contingent.errors import SettingError
from contingent.scenario.check import Report
from contingent.scenario.check import check as check_scenario
from contingent.scenario.schema import json_schema
from contingent.scenario.starter import starter, write_new

__all__ = ["check", "new", "new_from_article", "read_text", "schema"]


def check(name: str | Path) -> Report:
    """Return every fault and warning of a scenario; raises for none of them."""
    return check_scenario(name)


def new(name: str, *, folder: str | Path = ".") -> Path:
    """Write a commented starter that runs at once; never over a file that is there."""
    return write_new(Path(folder) / f"{name}.yaml", starter(name))


def new_from_article(article: str | Path, name: str = "", *, folder: str | Path = ".") -> Path:
    """Write a claim stub for each sentence of an article; none of its words go into the file.

    The file is called after `name`, or after the article, and never replaces another.

    Raises
    ------
    SettingError
        If the article cannot be read as text.
    """
    path = Path(article)
    return write_new(Path(folder) / f"{name or path.stem}.claims.yaml", stubs(read_text(path)))


def read_text(path: Path) -> str:
    """Read a text in UTF-8.

    Raises
    ------
    SettingError
    """
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "not UTF-8"
        raise SettingError(str(path), f"a file that cannot be read ({reason})", "a text") from None


def schema() -> dict[str, Any]:
    """Return the JSON Schema of theatre and argument files."""
    return json_schema()
