"""A few worlds as they stood after each date of publication, kept on the way.

The sampler lets reports in date by date, so what a claim was worth on each past date is known while
it works: a few worlds of each replicate are put aside, enough to play claims forward from every
date later, without conditioning anew for each. Numbers are kept in single precision.
"""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from contingent.files import whole
from contingent.infer.smc import Particles, State, systematic

KEPT = 10
"""Worlds of each replicate that are put aside after each date."""
FOLDER = "dates"


def keep_date(path: Path, state: State) -> None:
    """Put some worlds of a state aside, beside the file in which the state itself is kept.

    Parameters
    ----------
    path : of the state, ``EXPLANATION-REPLICATE.npz``
    state : after the last report of a date
    """
    rows = systematic(np.exp(state.log_weights), 0.5)
    rows = rows[np.arange(min(KEPT, len(rows))) * len(rows) // min(KEPT, len(rows))]
    folder = path.parent / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / f"{path.stem}-{state.step}.npz"
    with whole(target) as partial, partial.open("wb") as file:
        np.savez(
            file,
            roots=state.ancestors[rows].astype(np.int64),
            **{name: _single(array[rows]) for name, array in state.particles.items()},  # type: ignore[arg-type]
        )


def date_worlds(folder: Path, name: str, number: int, step: int) -> Particles | None:
    """Return the worlds of a replicate after its first reports, and their ``roots``; None if none.

    Parameters
    ----------
    folder : in which the states are kept
    name, number : of explanation and replicate
    step : reports let in by then
    """
    path = folder / FOLDER / f"{name or 'plain'}-{number}-{step}.npz"
    try:
        with path.open("rb") as file, np.load(file) as kept:
            found = {key: kept[key] for key in kept.files}
    except (OSError, ValueError, KeyError, zipfile.BadZipFile):
        return None
    doubles = {
        name: array.astype(np.float64) for name, array in found.items() if array.dtype == np.float32
    }
    return found | doubles


def _single(array: NDArray[Any]) -> NDArray[Any]:
    return array.astype(np.float32) if array.dtype == np.float64 else array
