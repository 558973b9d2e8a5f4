"""Scenarios by name: those of the user's folder, then those of the library.

A name is matched against what lies there and never joined to a path. Only plain YAML files of the
folder itself count that begin a theatre or an argument; what is saved goes into that folder alone.
"""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from contingent.api import check
from contingent.errors import Fault, ScenarioError, SettingError
from contingent.files import whole
from contingent.jobs.missing import Missing
from contingent.scenario.check import Report
from contingent.scenario.document import LIBRARY
from contingent.scenario.extends import library_names
from contingent.scenario.fields import IDENTIFIER
from contingent.scenario.files import LARGEST_FILE, read_text
from contingent.scenario.played import source_files

__all__ = ["Listed", "Scenarios", "Text"]

Role = Literal["argument", "theatre", "both"]
MOST_FILES = 8
_KEY = re.compile(r"^(theatre|argument)[ \t]*:", re.MULTILINE)


@dataclass(frozen=True)
class Listed:
    """A scenario that can be asked for.

    Attributes
    ----------
    name : of its file, without the ending
    path : where it lies
    role : what the file holds
    own : whether it lies in the user's folder
    """

    name: str
    path: Path
    role: Role
    own: bool


@dataclass(frozen=True)
class Text:
    """One file as text; `name` is that of the file, with its ending."""

    name: str
    text: str
    role: Role | None = None
    own: bool = False


class Scenarios:
    """The scenarios at hand.

    Parameters
    ----------
    folder : the user's; need not be there
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def listed(self) -> list[Listed]:
        """Return all scenarios by name; one of the user's hides the library's of that name."""
        found = {
            name: Listed(name, LIBRARY / f"{name}.yaml", role, own=False)
            for name in library_names()
            if (role := _role(LIBRARY / f"{name}.yaml")) is not None
        }
        for path in self._own_files():
            role = _role(path)
            if role is not None:
                found[path.stem] = Listed(path.stem, path, role, own=True)
        return [found[name] for name in sorted(found)]

    def _own_files(self) -> list[Path]:
        if not self.folder.is_dir():
            return []
        entries = sorted(os.scandir(self.folder), key=lambda entry: entry.name)
        return [
            Path(entry.path)
            for entry in entries
            if entry.name.endswith(".yaml")
            and IDENTIFIER.match(entry.name.removesuffix(".yaml"))
            and entry.is_file(follow_symlinks=False)
        ]

    def find(self, name: str) -> Listed:
        """Return a scenario by its name.

        Raises
        ------
        Missing
        """
        for one in self.listed():
            if one.name == name:
                return one
        raise Missing("scenario", name)

    def texts(self, name: str) -> list[Text]:
        """Return the files of a scenario as text: its own, then those it is built on.

        Raises
        ------
        Missing
            If there is none of that name.
        ScenarioError
            If its file cannot be read.
        """
        main = self.find(name)
        own = {path.resolve() for path in self._own_files()}
        return [
            Text(path.name, read_text(path), _role(path), path.resolve() in own)
            for path in source_files(main.path)
        ]

    def check(self, name: str, files: Iterable[Text]) -> Report:
        """Check texts that need not have been saved, among the user's other files.

        Parameters
        ----------
        name : of the scenario, which one of the files is or which lies here
        files : texts that stand in for files of those names
        """
        texts = _acceptable(files)
        with tempfile.TemporaryDirectory(prefix="contingent-check-") as place:
            folder = Path(place).resolve()
            for path in self._own_files():
                if path.stat().st_size <= LARGEST_FILE:
                    (folder / path.name).write_bytes(path.read_bytes())
            for one in texts:
                (folder / one.name).write_text(one.text, encoding="utf-8", newline="")
            mine = folder / f"{name}.yaml"
            return check(mine if mine.is_file() else self.find(name).path)

    def save(self, files: Iterable[Text]) -> None:
        """Save texts in the user's folder.

        Raises
        ------
        SettingError
            If a text is neither a theatre nor an argument, or stands for something that is no plain
            file.
        """
        texts = _acceptable(files)
        for one in texts:
            target = self.folder / one.name
            if _KEY.search(one.text) is None:
                raise SettingError(
                    one.name, "neither a theatre nor an argument", "the key theatre: or argument:"
                )
            if target.is_symlink() or (target.exists() and not target.is_file()):
                raise SettingError(one.name, "something that is not a plain file", "a plain file")
        self.folder.mkdir(parents=True, exist_ok=True)
        for one in texts:
            with whole(self.folder / one.name) as partial:
                partial.write_text(one.text, encoding="utf-8", newline="")


def _acceptable(files: Iterable[Text]) -> list[Text]:
    """Return texts whose names and sizes can be used."""
    texts = list(files)
    if not 1 <= len(texts) <= MOST_FILES:
        raise SettingError("files", f"{len(texts)} files", f"1 to {MOST_FILES}")
    for one in texts:
        if not one.name.endswith(".yaml") or not IDENTIFIER.match(one.name.removesuffix(".yaml")):
            raise SettingError(
                "files", repr(one.name[:80]), "a name of letters, digits, - and _ with .yaml"
            )
        size = len(one.text.encode("utf-8", "surrogatepass"))
        if size > LARGEST_FILE:
            raise SettingError(one.name, f"{size:,} bytes", f"at most {LARGEST_FILE:,} bytes")
        if "\0" in one.text or not _encodable(one.text):
            raise SettingError(one.name, "characters that are no text", "text in UTF-8")
    if len({one.name for one in texts}) < len(texts):
        raise SettingError("files", "two of one name", "each file once")
    return texts


def _encodable(text: str) -> bool:
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


def _role(path: Path) -> Role | None:
    """Return what a file holds, by the keys at its margin; None if neither."""
    try:
        keys = set(_KEY.findall(read_text(path)))
    except ScenarioError:
        return None
    if keys == {"theatre", "argument"}:
        return "both"
    return "argument" if "argument" in keys else "theatre" if keys else None


def outside(fault: Fault) -> Fault:
    """Return a fault that names its file without the folder."""
    return Fault(
        Path(fault.file).name if fault.file else "", fault.line, fault.column, fault.name,
        fault.found, fault.expected, fault.next_step, fault.severity,
    )  # fmt: skip
