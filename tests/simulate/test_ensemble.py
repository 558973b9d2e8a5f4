"""The bits of a future hang on program, seed and number: on nothing else."""

from __future__ import annotations

from dataclasses import astuple
from itertools import pairwise

import numpy as np
import pytest

from contingent.compile import Program
from contingent.errors import SettingError
from contingent.simulate.ensemble import Chunk, Progress, round_in_place, simulate

N = 23


def joined(chunks: list[Chunk]) -> dict[str, bytes]:
    fields = ("holders", "flags", "series", "thetas")
    return {name: np.concatenate([getattr(c, name) for c in chunks]).tobytes() for name in fields}


@pytest.fixture(scope="module")
def whole(program: Program) -> list[Chunk]:
    return list(simulate(program, N, 1, threads=1))


@pytest.mark.parametrize(("threads", "chunk"), [(1, 1), (2, 7), (2, 100), (4, 3)])
def test_threads_and_chunks_change_no_byte(
    program: Program, whole: list[Chunk], threads: int, chunk: int
) -> None:
    cut = list(simulate(program, N, 1, threads=threads, chunk=chunk))
    assert [len(part) for part in cut] == [min(chunk, N - s) for s in range(0, N, chunk)]
    assert [part.first for part in cut] == list(range(0, N, chunk))
    assert joined(cut) == joined(whole)


def test_a_future_is_the_same_alone(program: Program, whole: list[Chunk]) -> None:
    (alone,) = simulate(program, range(17, 18), 1)
    assert alone.first == 17
    assert alone.series.tobytes() == whole[0].series[17:18].tobytes()
    assert alone.holders.tobytes() == whole[0].holders[17:18].tobytes()


def test_both_engines_give_the_same_bytes(program: Program, whole: list[Chunk]) -> None:
    read = list(simulate(program, 3, 1, engine="reference"))
    for name in ("holders", "flags", "series", "thetas"):
        assert getattr(read[0], name).tobytes() == getattr(whole[0], name)[:3].tobytes(), name


def test_another_seed_is_another_world(program: Program, whole: list[Chunk]) -> None:
    (other,) = simulate(program, N, 2**40 + 1)
    assert not np.array_equal(other.thetas, whole[0].thetas)


def test_shapes(program: Program, whole: list[Chunk]) -> None:
    (chunk,) = whole
    assert chunk.holders.shape == chunk.flags.shape == (N, 121, 3)
    assert chunk.series.shape == (N, program.sizes["S"], 121)
    assert chunk.thetas.shape == (N, program.columns)


def test_progress_reaches_the_end(program: Program) -> None:
    seen: list[Progress] = []
    list(simulate(program, 10, 1, threads=2, chunk=4, progress=seen.append))
    assert [one.done for one in seen] == [4, 8, 10]
    assert all(one.total == 10 and one.rate > 0 for one in seen)
    assert all(a.seconds <= b.seconds for a, b in pairwise(seen))
    assert seen[-1].remaining == 0.0
    assert Progress(0, 5, 0.0).remaining == float("inf")


def test_a_run_can_be_left_early(program: Program) -> None:
    chunks = simulate(program, 1000, 1, threads=2, chunk=5)
    first = next(chunks)
    chunks.close()  # type: ignore[attr-defined]
    assert first.first == 0


@pytest.mark.parametrize(
    "settings",
    [
        {"futures": 0, "seed": 1},
        {"futures": range(0, 10, 2), "seed": 1},
        {"futures": range(2**32 - 1, 2**32 + 1), "seed": 1},
        {"futures": 1, "seed": -1},
        {"futures": 1, "seed": 2**64},
        {"futures": 1, "seed": 1, "threads": 0},
        {"futures": 1, "seed": 1, "chunk": 0},
        {"futures": 1, "seed": 1, "engine": "numba"},
    ],
)
def test_bad_settings_are_named(program: Program, settings: dict[str, object]) -> None:
    with pytest.raises(SettingError):
        list(simulate(program, **settings))  # type: ignore[arg-type]


def test_rounding_keeps_ten_bits() -> None:
    rng = np.random.Generator(np.random.PCG64(5))
    values = (rng.lognormal(0.0, 5.0, 10_000) * rng.choice([-1.0, 1.0], 10_000)).astype(np.float32)
    rounded = values.copy()
    round_in_place(rounded)
    assert (np.abs(rounded - values) <= np.abs(values) / 2048.0).all()
    again = rounded.copy()
    round_in_place(again)
    assert np.array_equal(again, rounded)
    assert (rounded.view(np.uint32) & 0x1FFF == 0).all()


def test_small_counts_are_exact() -> None:
    values = np.arange(-2048, 2049, dtype=np.float32)
    rounded = values.copy()
    round_in_place(rounded)
    assert np.array_equal(rounded, values)
    assert astuple(Progress(1, 2, 4.0)) == (1, 2, 4.0)
