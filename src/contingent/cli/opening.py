"""Studies opened for a command, with what the reader must know of them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from contingent.cli.output import warn

if TYPE_CHECKING:
    from contingent.api import Run


def opened(name: str, folder: Path) -> Run:
    """Open a study by folder or by a scenario's name; say on standard error if it is outdated."""
    from contingent import api

    found = api.open_study(name, folder=folder)
    if found.outdated:
        warn(
            f"{found.study.folder} was played by another version of the model; play it again with "
            f"contingent run {found.study.manifest.name}"
        )
    return found
