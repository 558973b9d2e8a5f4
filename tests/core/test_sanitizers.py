"""The core under the address and undefined-behaviour sanitizers, with gaps between its tables."""

from __future__ import annotations

import fcntl
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from dump import dump
from random_program import RandomProgram, random_program

from contingent.core.engine import run_futures
from contingent.reference import layout

HERE = Path(__file__).parent
FUTURES = np.arange(3)


@pytest.fixture(scope="module")
def runner(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Built once; the processes of a parallel run share the folder above their own."""
    base = tmp_path_factory.getbasetemp()
    folder = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "sanitized"
    folder.mkdir(exist_ok=True)
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / "runner").exists():
            build(folder)
    return folder / "runner"


def build(folder: Path) -> None:
    probe = folder / "probe.cpp"
    probe.write_text("int main() { return 0; }")
    flags = ["-fsanitize=address,undefined", str(probe), "-o", str(folder / "probe")]
    try:
        subprocess.run(["c++", *flags], check=True, capture_output=True)
        subprocess.run([folder / "probe"], check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError) as error:
        pytest.skip(f"THE SANITIZERS WERE NOT RUN: the compiler has none here ({error})")
    made = subprocess.run(
        [HERE / "build_runner.sh", folder],
        env={**os.environ, "PYTHON": sys.executable},
        capture_output=True,
        text=True,
    )
    assert made.returncode == 0, made.stderr


def run(runner: Path, program: RandomProgram, folder: Path) -> None:
    """Run in the sanitized program and compare with the extension, byte by byte."""
    thetas = program.thetas(FUTURES)
    dump(program, thetas, program.key, FUTURES, folder / "program")
    done = subprocess.run(
        [runner, folder / "program", folder / "output"], capture_output=True, text=True
    )
    assert done.returncode == 0, f"program {program.seed}: {done.stderr[:4000]}"
    expected = run_futures(program, thetas, program.key, FUTURES)
    written = (folder / "output").read_bytes()
    assert written == b"".join(array.tobytes() for array in expected)


@pytest.mark.slow
@pytest.mark.parametrize("group", range(4))
def test_random_programs(runner: Path, tmp_path: Path, group: int) -> None:
    for seed in range(group, 24, 4):
        run(runner, random_program(seed, days=90), tmp_path)


@pytest.mark.slow
def test_other_choices_and_mechanisms_off(runner: Path, tmp_path: Path) -> None:
    for seed in range(30, 40):
        rng = np.random.default_rng(seed)
        choices = {name: rng.choice(variants) for name, variants in layout.STRUCTURE.items()}
        off = [name for name in layout.MECHANISMS if rng.random() < 0.15]
        run(runner, random_program(seed).choosing(**choices).without(*off), tmp_path)


def test_a_cell_beyond_a_table_is_told(runner: Path, tmp_path: Path) -> None:
    """The guard itself: a target that does not exist must not pass."""
    program = random_program(0)
    kinds = np.array(program.structure["series_observable"])
    places = np.array(program.structure["series_first"])
    places[kinds == layout.OBSERVABLES.index("reinforced")] = program.sizes["P"] + 1
    thetas = program.thetas(FUTURES)
    dump(program, thetas, program.key, FUTURES, tmp_path / "program")
    text = (tmp_path / "program").read_bytes()
    good = np.asarray(program.structure["series_first"], dtype=np.int32).tobytes()
    assert text.count(good) == 1
    (tmp_path / "program").write_bytes(text.replace(good, places.astype(np.int32).tobytes()))
    done = subprocess.run(
        [runner, tmp_path / "program", tmp_path / "output"], capture_output=True, text=True
    )
    assert done.returncode != 0
    assert "use-after-poison" in done.stderr
