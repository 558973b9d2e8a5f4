"""The commented starter that ``contingent new NAME`` writes: a small theatre that runs at once."""

from __future__ import annotations

import os
from pathlib import Path

from contingent.errors import SettingError
from contingent.scenario.document import interpret
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
    readable = IDENTIFIER.match(name) and isinstance(interpret(name), str | int)
    if not readable or isinstance(interpret(name), bool) or len(name) > LONGEST_NAME:
        raise SettingError(
            "NAME",
            repr(name[:80]),
            f"a name of at most {LONGEST_NAME} letters, digits, - and _, such as two-rivers",
        )
    return STARTER.read_text(encoding="utf-8").replace("NAME", name)


def write_new(path: Path, text: str) -> Path:
    """Write a new file whole or not at all, and never over one that is there.

    Raises
    ------
    SettingError
        if something of that name is there, or the folder cannot be written to.
    """
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        draft.write_text(text, encoding="utf-8")
        try:
            os.link(draft, path)
        finally:
            draft.unlink()
    except FileExistsError:
        raise SettingError(
            str(path), "a file that is already there", "a new name", "nothing was written"
        ) from None
    except OSError as error:
        reason = error.strerror or str(error)
        raise SettingError(
            str(path), f"a place that cannot be written to ({reason})", "a folder that is there"
        ) from None
    return path
