"""The text of a file, after everything that can be wrong with a file."""

from __future__ import annotations

from pathlib import Path

from contingent.errors import ScenarioError
from contingent.scenario.faults import Fault, Mark, fault_at

LARGEST_FILE = 2_000_000
"""Bytes; a theatre of a hundred places takes about 100,000."""


def read_text(path: Path) -> str:
    """Return the text of a file.

    Raises
    ------
    ScenarioError
        if it is missing, no plain file, too large (it is not read then), or not text in UTF-8.
    """
    try:
        if path.is_dir():
            fault = file_fault(path, "a directory", "a YAML file")
        elif not path.exists():
            fault = file_fault(path, "no such file", "a YAML file or a name of the library")
        elif not path.is_file():
            fault = file_fault(path, "something that is not a plain file", "a YAML file")
        elif path.stat().st_size > LARGEST_FILE:
            fault = file_fault(
                path,
                f"a file of {path.stat().st_size:,} bytes",
                f"at most {LARGEST_FILE:,} bytes",
            )
        else:
            return _decode(path.read_bytes(), path)
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        fault = file_fault(path, f"an unreadable file: {reason}", "a YAML file")
    raise ScenarioError([fault])


def _decode(content: bytes, path: Path) -> str:
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        fault = file_fault(path, "text in UTF-16", "text in UTF-8", "save it as UTF-8")
    elif b"\0" in content:
        fault = file_fault(path, "binary content", "text in UTF-8")
    else:
        try:
            return content.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            before = content[: error.start]
            line = before.count(b"\n") + 1
            column = error.start - (before.rfind(b"\n") + 1) + 1
            fault = fault_at(
                Mark(str(path), line, column),
                f"the byte 0x{content[error.start]:02x}, which is not UTF-8",
                "text in UTF-8",
                next_step="save it as UTF-8",
            )
    raise ScenarioError([fault])


def file_fault(path: Path, found: str, expected: str, next_step: str = "") -> Fault:
    """Build a fault of a file as a whole."""
    return fault_at(Mark(str(path), 1, 1), found, expected, next_step=next_step)
