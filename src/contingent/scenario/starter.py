"""Start a new file: the commented starter, and files that appear whole or not at all."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from contingent.errors import SettingError
from contingent.scenario.fields import IDENTIFIER

STARTER = Path(__file__).with_name("starter.yaml")


def starter(name: str) -> str:
    """Return the starter with a new name, a theatre and an argument in one file.

    Raises
    ------
    SettingError
        if the name cannot stand in a scenario.
    """
    if not IDENTIFIER.match(name):
        raise SettingError(
            "name", repr(name), "letters, digits, - and _", "contingent new my-theatre"
        )
    return STARTER.read_text(encoding="utf-8").replace("NAME", name)


def write_new(path: Path, text: str) -> Path:
    """Write a file that is not there yet; it appears complete or not at all.

    Raises
    ------
    SettingError
        if something of that name is there, or the folder cannot be written.
    """
    step = "choose another name or move it away"
    if path.exists():
        raise SettingError(str(path), "a file that is already there", "a new file", step)
    try:
        handle, draft = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    except OSError as error:
        raise SettingError(
            str(path.parent), error.strerror or str(error), "a folder to write into"
        ) from None
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
        _publish(Path(draft), path)
    except FileExistsError:
        raise SettingError(str(path), "a file that is already there", "a new file", step) from None
    finally:
        Path(draft).unlink(missing_ok=True)
    return path


def _publish(draft: Path, path: Path) -> None:
    """Give a draft its name; a link refuses a name that is taken, in one step."""
    draft.chmod(0o644)
    try:
        os.link(draft, path)
    except FileExistsError:
        raise
    except OSError:  # a file system without links
        if path.exists():
            raise FileExistsError(path) from None
        draft.replace(path)
