"""The files a scenario was made from, kept beside what was played from them.

They lie in ``source/`` of a study, so that levers can be moved and reports written after the
author has changed his files. The library's priors are not kept: they belong to the version.
"""

from __future__ import annotations

import json
from pathlib import Path

from contingent.errors import ScenarioError
from contingent.files import whole
from contingent.scenario.extends import find
from contingent.scenario.files import read_text
from contingent.scenario.parts import read_parts

__all__ = ["keep_source", "kept_source", "source_files"]

SOURCE, MAIN = "source", "main.json"


def source_files(name: str | Path) -> list[Path]:
    """Return every file that a scenario is made from: its own first, the library's priors left out.

    Raises
    ------
    ScenarioError
        If the file itself cannot be read.
    """
    path = find(name)
    found = {path.resolve(): path}
    try:
        parts = read_parts(path)
    except ScenarioError:
        read_text(path)
        return [path]
    for layout in (parts.argument, parts.theatre):
        for mark in () if layout is None else layout.marks.values():
            if mark.file:
                found.setdefault(Path(mark.file).resolve(), Path(mark.file))
    return [one for one in found.values() if one.is_file()]


def keep_source(study: Path, name: str | Path) -> None:
    """Keep the files of a scenario beside the study that was played from them."""
    folder = study / SOURCE
    folder.mkdir(exist_ok=True)
    files = source_files(name)
    for path in files:
        _write(folder / path.name, path.read_bytes())
    _write(folder / MAIN, json.dumps({"main": files[0].name}).encode())


def kept_source(study: Path) -> Path | None:
    """Return the main file that lies beside a study; None if there is none."""
    folder = study / SOURCE
    try:
        main = json.loads((folder / MAIN).read_text(encoding="utf-8"))["main"]
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return next((path for path in folder.glob("*.yaml") if path.name == main), None)


def _write(path: Path, content: bytes) -> None:
    with whole(path) as partial:
        partial.write_bytes(content)
