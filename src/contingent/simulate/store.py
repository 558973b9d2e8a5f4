"""Studies on disk: arrays written chunk by chunk, a manifest, and nothing that a kill can spoil.

A study is a folder ``NAME-digest8-sSEED`` with ``manifest.json`` and a zarr group of four arrays:

========  ==========================  ========  =========================================
holders   (future, day, place)        int16     actor that holds the place
flags     (future, day, place)        uint8     contested 1, outskirts 2, assaulted 4
recorded  (future, series, day)       float32   recorded series, ten bits of mantissa
thetas    (future, column)            float64   unknowns and derived numbers
========  ==========================  ========  =========================================

Each array is cut into files of 100 futures. A chunk is finished once its four files are in place
and the manifest says so; a run that is killed loses the chunks in flight, and running again plays
just those that are missing. More futures can be asked for later: those that are there stay.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import zarr
from numpy.typing import NDArray
from zarr.codecs import ZstdCodec

from contingent.compile.program import Program
from contingent.errors import SettingError, StudyError
from contingent.identity import digest_arrays
from contingent.simulate.engines import Engine, model_digest
from contingent.simulate.ensemble import CHUNK, Chunk, Report, play_spans
from contingent.simulate.manifest import Manifest, new_manifest, read_manifest, write_manifest

ARRAYS = "arrays.zarr"
KINDS = {"holders": "holders", "flags": "flags", "recorded": "series", "thetas": "thetas"}
"""Name of a stored array to the attribute of a chunk."""
SERIES_TOGETHER = 4
"""Series that are compressed together; reading one reads these."""
_LEVEL = 3


def run_study(
    program: Program,
    futures: int,
    seed: int,
    *,
    scenario: str = "",
    label: str = "",
    root: str | Path = "studies",
    threads: int | None = None,
    engine: Engine = "core",
    progress: Report | None = None,
) -> Path:
    """Play futures 0 .. futures - 1 into a study, or those of them that are missing.

    Parameters
    ----------
    program : with all series that claims will ask for
    futures, seed : how many, and the root seed
    scenario : digest of the specification, for the manifest
    label : what distinguishes this study from the plain one, such as a variant
    root : folder of studies
    threads, engine, progress : as in :func:`contingent.simulate.ensemble.simulate`

    Returns
    -------
    Path
        Folder of the study.
    """
    if futures < 1:
        raise SettingError("futures", str(futures), "at least 1")
    fresh = new_manifest(program, scenario, seed, futures, CHUNK, label)
    folder = Path(root) / fresh.folder
    manifest = _continue(folder, fresh)
    group = _arrays(folder, program, manifest)
    spans = list(_missing(manifest, futures))
    total = sum(len(span) for span in spans)
    for chunk in play_spans(program, spans, total, seed, threads, engine, progress):
        manifest = _keep(folder, group, manifest, chunk)
    return folder


def _continue(folder: Path, fresh: Manifest) -> Manifest:
    """Take up what is there if the same model played the same program, else begin anew."""
    folder.mkdir(parents=True, exist_ok=True)
    for partial in folder.rglob("*.partial"):
        partial.unlink(missing_ok=True)
    try:
        found = read_manifest(folder)
    except StudyError:
        found = None
    same = found is not None and (found.program, found.model) == (fresh.program, fresh.model)
    if found is None or not same or found.chunk != fresh.chunk:
        shutil.rmtree(folder / ARRAYS, ignore_errors=True)
        write_manifest(folder, fresh)
        return fresh
    wanted = max(found.futures, fresh.futures)
    kept = replace(fresh, futures=wanted, finished=found.finished)
    write_manifest(folder, kept)
    return kept


def _missing(manifest: Manifest, futures: int) -> Iterator[range]:
    """Ranges of futures that have still to be played; a short last chunk is played again."""
    for start in range(0, futures, manifest.chunk):
        stop = min(start + manifest.chunk, manifest.futures)
        finished = manifest.finished.get(str(start // manifest.chunk))
        if finished is None or int(finished["futures"]) < min(stop, futures) - start:
            yield range(start, min(stop, futures))


def _arrays(folder: Path, program: Program, manifest: Manifest) -> zarr.Group:
    """Open the arrays, made or lengthened where necessary."""
    group = zarr.open_group(folder / ARRAYS, mode="a")
    days, places, series = program.days, program.sizes["P"], program.sizes["S"]
    chunk, n = manifest.chunk, manifest.futures
    together = min(SERIES_TOGETHER, max(series, 1))
    shard = -(-max(series, 1) // together) * together
    plans: dict[str, dict[str, Any]] = {
        "holders": {"shape": (n, days, places), "chunks": (chunk, days, places), "dtype": "int16"},
        "flags": {"shape": (n, days, places), "chunks": (chunk, days, places), "dtype": "uint8"},
        "recorded": {
            "shape": (n, series, days),
            "chunks": (chunk, together, days),
            "shards": (chunk, shard, days),
            "dtype": "float32",
        },
        "thetas": {
            "shape": (n, program.columns),
            "chunks": (chunk, max(program.columns, 1)),
            "dtype": "float64",
        },
    }
    for kind, plan in plans.items():
        if kind not in group:
            group.create_array(
                kind,
                **plan,
                compressors=[ZstdCodec(level=_LEVEL)],
                fill_value=0,
                dimension_names=DIMENSIONS[kind],
            )
        elif _array(group, kind).shape[0] < n:
            _array(group, kind).resize(plan["shape"])
    return group


DIMENSIONS = {
    "holders": ("future", "day", "place"),
    "flags": ("future", "day", "place"),
    "recorded": ("future", "series", "day"),
    "thetas": ("future", "column"),
}


def _array(group: zarr.Group, kind: str) -> zarr.Array[Any]:
    array = group[kind]
    assert isinstance(array, zarr.Array)
    return array


def _keep(folder: Path, group: zarr.Group, manifest: Manifest, chunk: Chunk) -> Manifest:
    """Write a chunk over what a kill has left of it, then say in the manifest that it is there."""
    rows = slice(chunk.first, chunk.first + len(chunk))
    number = str(chunk.first // manifest.chunk)
    arrays = arrays_of(chunk)
    for kind, values in arrays.items():
        shutil.rmtree(folder / ARRAYS / kind / "c" / number, ignore_errors=True)
        _array(group, kind)[rows] = values
    part = {"futures": len(chunk), "digest": digest_arrays(arrays)}
    manifest = replace(manifest, finished={**manifest.finished, number: part})
    write_manifest(folder, manifest)
    return manifest


def arrays_of(chunk: Chunk) -> dict[str, NDArray[Any]]:
    """Arrays of a chunk by the name under which they are stored."""
    return {kind: getattr(chunk, attribute) for kind, attribute in KINDS.items()}


def read_chunk(folder: Path, manifest: Manifest, number: int, *, check: bool = False) -> Chunk:
    """Read one finished chunk.

    Raises
    ------
    StudyError
        if it is missing, or with `check` if its bytes are not those that were written.
    """
    part = manifest.finished.get(str(number))
    if part is None:
        raise StudyError(f"{folder}: chunk {number} has not been played; run the scenario again")
    first = number * manifest.chunk
    rows = slice(first, first + int(part["futures"]))
    try:
        group = zarr.open_group(folder / ARRAYS, mode="r")
        arrays = {kind: np.asarray(_array(group, kind)[rows]) for kind in KINDS}
    except (OSError, KeyError, ValueError, RuntimeError) as error:
        raise StudyError(f"{folder}: damaged ({error}); run the scenario again") from None
    if check and digest_arrays(arrays) != part["digest"]:
        raise StudyError(
            f"{folder}: chunk {number} is not what was written; delete the folder and run again"
        )
    return Chunk(first, **{KINDS[kind]: values for kind, values in arrays.items()})


def this_model(manifest: Manifest) -> bool:
    """Whether the study was played by the mechanisms of this program."""
    return manifest.model == model_digest()
