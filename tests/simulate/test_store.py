"""A study survives a kill, resumes, and holds the same bytes in the end."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest

from contingent.compile import Program, recording
from contingent.errors import SettingError, StudyError
from contingent.scenario.changes import replace
from contingent.scenario.types import Scenario
from contingent.simulate.ensemble import simulate
from contingent.simulate.manifest import digest_scenario, read_manifest
from contingent.simulate.store import read_chunk, run_study, this_model
from contingent.simulate.study import find_studies, open_study

CHILD = """
import sys
from pathlib import Path
from contingent.compile import compile_scenario
from contingent.scenario.loading import load
from contingent.simulate.store import run_study
run_study(compile_scenario(load(sys.argv[1])), 1000, 1, root=sys.argv[2], threads=1)
"""
SMALL = Path(__file__).parents[1] / "compile" / "small.yaml"


def contents(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


@pytest.fixture(scope="module")
def folder(program: Program, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return run_study(program, 250, 1, root=tmp_path_factory.mktemp("studies"), scenario="abc")


def test_the_name_says_scenario_program_and_seed(program: Program, folder: Path) -> None:
    assert folder.name == f"small-{program.digest[:8]}-s1"


def test_what_is_read_is_what_was_played(program: Program, folder: Path) -> None:
    study = open_study(folder)
    assert study.complete
    assert study.futures == 250
    assert this_model(study.manifest)
    for stored, played in zip(study.chunks(check=True), simulate(program, 250, 1), strict=True):
        for name in ("holders", "flags", "series", "thetas"):
            assert np.array_equal(getattr(stored, name), getattr(played, name)), name


def test_running_again_plays_nothing(program: Program, folder: Path) -> None:
    before = contents(folder)
    reports: list[object] = []
    again = run_study(program, 250, 1, root=folder.parent, scenario="abc", progress=reports.append)
    assert again == folder
    assert reports == []
    assert contents(folder) == before


def test_threads_change_no_byte_on_disk(program: Program, folder: Path, tmp_path: Path) -> None:
    other = run_study(program, 250, 1, root=tmp_path, scenario="abc", threads=3)
    assert contents(other) == contents(folder)


def test_more_futures_join_those_that_are_there(
    program: Program, folder: Path, tmp_path: Path
) -> None:
    run_study(program, 130, 1, root=tmp_path, scenario="abc")
    played: list[int] = []
    grown = run_study(
        program, 250, 1, root=tmp_path, scenario="abc", progress=lambda p: played.append(p.total)
    )
    assert played[-1] == 150
    assert contents(grown) == contents(folder)


def test_fewer_futures_leave_the_rest_alone(program: Program, folder: Path) -> None:
    run_study(program, 50, 1, root=folder.parent, scenario="abc")
    assert open_study(folder).futures == 250


def test_a_killed_run_resumes(program: Program, scenario: Scenario, tmp_path: Path) -> None:
    child = subprocess.Popen([sys.executable, "-c", CHILD, str(SMALL), str(tmp_path)])
    try:
        deadline = time.monotonic() + 60.0
        while time.monotonic() < deadline:
            found = find_studies(tmp_path)
            if found and found[0].futures >= 100:
                break
            time.sleep(0.005)
    finally:
        os.kill(child.pid, signal.SIGKILL)
        child.wait()
    (study,) = find_studies(tmp_path)
    kept = study.futures
    assert 100 <= kept <= 1000
    plain = recording(program, ())
    played: list[int] = []
    run_study(plain, 1000, 1, root=tmp_path, progress=lambda p: played.append(p.total))
    assert not played or played[-1] == 1000 - kept
    whole = run_study(plain, 1000, 1, root=tmp_path / "whole")
    assert contents(whole) == contents(study.folder)


def test_a_chunk_that_the_manifest_does_not_know_is_played_again(
    program: Program, folder: Path, tmp_path: Path
) -> None:
    copy = run_study(program, 250, 1, root=tmp_path, scenario="abc")
    manifest = json.loads((copy / "manifest.json").read_text())
    del manifest["finished"]["1"]
    (copy / "manifest.json").write_text(json.dumps(manifest))
    part = copy / "arrays.zarr" / "recorded" / "c" / "1"
    for file in part.rglob("*"):
        if file.is_file():
            file.write_bytes(b"half a chunk")
    (copy / "arrays.zarr" / "left.partial").write_bytes(b"")
    assert open_study(copy).futures == 100
    run_study(program, 250, 1, root=tmp_path, scenario="abc")
    assert contents(copy) == contents(folder)


def test_another_model_begins_anew(
    program: Program, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy = run_study(program, 20, 1, root=tmp_path)
    monkeypatch.setattr("contingent.simulate.manifest.model_digest", lambda: "other")
    played: list[int] = []
    run_study(program, 20, 1, root=tmp_path, progress=lambda p: played.append(p.total))
    assert played == [20]
    assert read_manifest(copy).model == "other"


def test_damage_is_found(program: Program, tmp_path: Path) -> None:
    copy = run_study(program, 20, 1, root=tmp_path)
    manifest = read_manifest(copy)
    (file,) = (path for path in (copy / "arrays.zarr/flags/c").rglob("*") if path.is_file())
    file.unlink()
    with pytest.raises(StudyError, match="not what was written"):
        read_chunk(copy, manifest, 0, check=True)
    with pytest.raises(StudyError, match="has not been played"):
        read_chunk(copy, manifest, 7)


@pytest.mark.parametrize("text", ["", "{", "[]", '{"version": 99}', '{"version": 1}'])
def test_a_bad_manifest_is_an_error_of_the_study(tmp_path: Path, text: str) -> None:
    (tmp_path / "manifest.json").write_text(text)
    with pytest.raises(StudyError):
        open_study(tmp_path)


def test_no_study_and_no_futures(program: Program, tmp_path: Path) -> None:
    with pytest.raises(StudyError, match="no study here"):
        open_study(tmp_path)
    with pytest.raises(SettingError):
        run_study(program, 0, 1, root=tmp_path)
    assert find_studies(tmp_path / "nowhere") == []


def test_the_dataset_names_its_axes_and_units(program: Program, folder: Path) -> None:
    data = open_study(folder).dataset()
    assert data["holders"].dims == ("future", "day", "place")
    assert data["recorded"].dims == ("future", "series", "day")
    assert str(data["day"].values[0])[:10] == "2020-01-01"
    assert data["place"].values.tolist() == ["ford", "mill", "hill"]
    for variable in data.data_vars.values():
        assert variable.attrs["units"]
        assert variable.attrs["description"]
    one = data["recorded"].sel(series="fighters(north, mill)")
    assert str(one["series_unit"].item()) == "persons"
    assert one.isel(future=0).shape == (121,)
    assert data.sizes["column"] == program.columns


def test_digests_of_scenarios(scenario: Scenario) -> None:
    assert digest_scenario(scenario) == digest_scenario(scenario)
    assert digest_scenario(replace(scenario, {"south.delay": 3})) != digest_scenario(scenario)
