"""Studies to be read: as an xarray Dataset, as paths for the claims, future by future."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import zarr
from numpy.typing import NDArray

from contingent.compile.names import Names
from contingent.compile.program import Floats
from contingent.errors import StudyError
from contingent.language import PREDICATES
from contingent.simulate.ensemble import Chunk
from contingent.simulate.manifest import FILE, Manifest, read_manifest
from contingent.simulate.outside import event_days
from contingent.simulate.paths import RecordedPaths
from contingent.simulate.store import ARRAYS, read_chunk

if TYPE_CHECKING:
    import xarray as xr

LOADED_AT_ONCE = 2**30
"""Series of up to this many bytes are read whole when claims ask for the first one."""
UNITS = {
    "inbound": "fighters",
    "reinforced": "fighters/day",
    "struck_columns": "columns/day",
    "main_effort": "place",
}


class Study:
    """A study on disk.

    Parameters
    ----------
    folder : where it lies

    Raises
    ------
    StudyError
        if there is no study, or a damaged one.
    """

    def __init__(self, folder: str | Path) -> None:
        self.folder = Path(folder)
        self.manifest: Manifest = read_manifest(self.folder)
        self.names: Names = self.manifest.read_names()
        self.series = self.manifest.recorded()

    def __repr__(self) -> str:
        return f"<Study {self.folder.name}: {self.futures} futures>"

    @property
    def futures(self) -> int:
        """Number of finished futures, from future 0 on without a gap."""
        return self.manifest.played

    @property
    def complete(self) -> bool:
        """Whether every future that was asked for is there."""
        return self.futures >= self.manifest.futures

    def chunks(self, *, check: bool = False) -> Iterator[Chunk]:
        """Read the chunks in order; with `check`, compare each with the digest in the manifest."""
        for number in range(-(-self.futures // self.manifest.chunk)):
            yield read_chunk(self.folder, self.manifest, number, check=check)

    def array(self, kind: str) -> zarr.Array[Any]:
        """One stored array, read on demand; longer than `futures` while a run is unfinished."""
        try:
            found = zarr.open_group(self.folder / ARRAYS, mode="r")[kind]
        except (OSError, KeyError, ValueError) as error:
            raise StudyError(f"{self.folder}: damaged ({error}); run it again") from None
        assert isinstance(found, zarr.Array)
        return found

    @cached_property
    def thetas(self) -> Floats:
        """Unknowns and derived numbers, (future, column)."""
        return np.asarray(self.array("thetas")[: self.futures])

    @cached_property
    def people(self) -> Floats:
        """Inhabitants, (future, place)."""
        columns = [
            np.full(self.futures, size) if column < 0 else self.thetas[:, column] * size
            for column, size in self.manifest.people
        ]
        return np.stack(columns, axis=1) if columns else np.zeros((self.futures, 0))

    def paths(self, futures: int | None = None) -> RecordedPaths:
        """Return the futures as claims want them, the first `futures` of them if given."""
        n = self.futures if futures is None else min(futures, self.futures)
        stored = self.array("recorded")
        size = n * int(np.prod(stored.shape[1:])) * 4
        values: Any = stored[:n] if size <= LOADED_AT_ONCE else _Shortened(stored, n)
        return RecordedPaths(
            self.names,
            self.series,
            np.asarray(self.array("holders")[:n]),
            np.asarray(self.array("flags")[:n]),
            values,
            self.people[:n],
            event_days(self.manifest.outside_events(), self.names, self.manifest.seed, range(n)),
        )

    def dataset(self) -> xr.Dataset:
        """Open the study as a Dataset; large arrays are read when they are used."""
        import xarray as xr

        raw = xr.open_zarr(
            self.folder / ARRAYS, consolidated=False, chunks=None, mask_and_scale=False
        )
        return described(raw.isel(future=slice(0, self.futures)), self.manifest)


class _Shortened:
    """The first futures of a stored array, read series by series."""

    def __init__(self, array: zarr.Array[Any], futures: int) -> None:
        self._array = array
        self._futures = futures

    def __getitem__(self, key: tuple[slice, int, slice]) -> NDArray[np.float32]:
        _, row, days = key
        return np.asarray(self._array[: self._futures, row, days])


def open_study(folder: str | Path) -> Study:
    """Open the study in a folder."""
    return Study(folder)


def find_studies(root: str | Path = "studies", name: str | None = None) -> list[Study]:
    """Find the readable studies of a scenario (or all) under a folder, the newest first."""
    base = Path(root)
    found = []
    for path in base.glob(f"*/{FILE}") if base.is_dir() else ():
        try:
            study = Study(path.parent)
        except StudyError:
            continue
        if name is None or study.manifest.name == name:
            found.append((path.stat().st_mtime_ns, study))
    return [study for _, study in sorted(found, key=lambda pair: -pair[0])]


def described(dataset: xr.Dataset, manifest: Manifest) -> xr.Dataset:
    """Give a Dataset of the four arrays its coordinates, units and descriptions."""
    names = manifest.read_names()
    days = np.datetime64(names.start, "ns") + np.arange(names.days) * np.timedelta64(1, "D")
    series = manifest.recorded()
    dataset = dataset.assign_coords(
        future=np.arange(dataset.sizes["future"]),
        day=days,
        place=list(names.places),
        series=[str(one) for one in series],
        observable=("series", [one.observable for one in series]),
        series_unit=("series", [unit_of(one.observable) for one in series]),
        column=[one["name"] for one in manifest.columns],
        column_unit=("column", [one["unit"] for one in manifest.columns]),
    )
    for kind, (unit, says) in _DESCRIPTIONS.items():
        dataset[kind].attrs = {"units": unit, "description": says}
    dataset["holders"].attrs["actors"] = list(names.actors)
    dataset.attrs = {
        "title": f"{manifest.name}, seed {manifest.seed}",
        "description": "Simulated futures of a theatre, not conditioned on evidence.",
        "program": manifest.program,
        "seed": manifest.seed,
    }
    return dataset


_DESCRIPTIONS = {
    "holders": ("actor", "number of the actor that holds the place, see attrs['actors']"),
    "flags": ("bits", "1 fought over inside, 2 fought over in the outskirts, 4 assaulted"),
    "recorded": ("see series_unit", "what was recorded day by day, to three digits"),
    "thetas": ("see column_unit", "value of every unknown in this future"),
}


def unit_of(observable: str) -> str:
    """Unit of a recorded series; the events of the day are counts, truths are 0 or 1."""
    if observable in UNITS:
        return UNITS[observable]
    row = PREDICATES[observable]
    if row.sort == "truth":
        return "0 or 1"
    return row.unit.split(",")[0]
