"""Writes a program and its unknowns into a file for ``runner.cpp``."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from contingent.core.checking import FREE_SIZES, Program, all_sizes, check_indices, structure_of


def dump(
    program: Program, thetas: np.ndarray, key: tuple[int, int], futures: np.ndarray, path: Path
) -> None:
    """Everything that the core is given, one array after the other."""
    sizes = all_sizes(program)
    flat = structure_of(program, sizes)
    check_indices(flat, sizes)
    target = np.asarray(program.theta_target, dtype=np.int64)
    counts = [program.days, len(futures), len(target), thetas.shape[1]]
    arrays = (
        np.array([sizes[letter] for letter in FREE_SIZES] + counts, dtype=np.int64),
        np.array(key, dtype=np.uint32),
        np.concatenate(list(flat.values())),
        np.asarray(program.parameters, dtype=np.float64),
        target,
        np.asarray(program.theta_slot, dtype=np.int64),
        np.asarray(program.theta_scale, dtype=np.float64),
        np.asarray(thetas, dtype=np.float64),
        np.asarray(futures, dtype=np.uint32),
    )
    path.write_bytes(b"".join(array.tobytes() for array in arrays))
