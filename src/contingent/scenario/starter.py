"""The commented starter that ``contingent new NAME`` writes: a small theatre that runs at once."""

from __future__ import annotations

from pathlib import Path

from contingent.errors import SettingError
from contingent.scenario.fields import IDENTIFIER

STARTER = Path(__file__).parent / "library" / "starter.txt"
LONGEST_NAME = 60


def starter(name: str) -> str:
    """Return the text of a starter file: a theatre NAME and an argument NAME-argument.

    Raises
    ------
    SettingError
        if the name cannot be a name.
    """
    readable = IDENTIFIER.match(name) and name.lower() not in ("null", "true", "false")
    if not readable or len(name) > LONGEST_NAME:
        raise SettingError(
            "NAME",
            repr(name[:80]),
            f"a name of at most {LONGEST_NAME} letters, digits, - and _, such as two-rivers",
        )
    return STARTER.read_text(encoding="utf-8").replace("NAME", name)
