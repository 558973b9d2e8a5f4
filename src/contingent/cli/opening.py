"""Studies opened for a command, with what the reader must know of them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from contingent.cli.output import warn
from contingent.errors import SettingError

if TYPE_CHECKING:
    from contingent.api import Run
    from contingent.infer.kept import Ensemble


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


def conditioned_study(
    name: str, study: Path | None, folder: Path, *, prior: bool
) -> Ensemble | None:
    """Open the conditioned study that a command is to use; None for the priors.

    Raises
    ------
    SettingError
        if a study is named and not wanted.
    """
    from contingent.infer.kept import find_ensemble, open_ensemble
    from contingent.scenario.loading import load

    if prior:
        if study is not None:
            raise SettingError("--prior", f"--conditioned {study} with it", "one of the two")
        return None
    found = study or find_ensemble(load(name), folder)
    return None if found is None else open_ensemble(name, found)


def worlds_record(ensemble: Ensemble | None) -> dict[str, Any]:
    """Say which worlds were used."""
    if ensemble is None:
        return {"conditioned": False, "study": None, "reports": 0, "fence": None,
                "hindsight": False, "weights": None}  # fmt: skip
    return {
        "conditioned": True,
        "study": ensemble.folder,
        "reports": len(ensemble.selection.evidence),
        "fence": ensemble.selection.fence,
        "hindsight": ensemble.selection.hindsight,
        "weights": "prior" if ensemble.refused else "posterior",
    }
