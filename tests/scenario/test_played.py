"""The files behind a study lie beside it and give the same scenario again."""

from __future__ import annotations

from pathlib import Path

import pytest

import contingent as ct
from contingent.errors import ScenarioError
from contingent.scenario.loading import load
from contingent.scenario.played import keep_source, kept_source, source_files
from contingent.scenario.starter import starter
from contingent.simulate.manifest import digest_scenario


def test_all_files_of_an_argument_about_another_file() -> None:
    assert [path.name for path in source_files("palmyra-2016")] == [
        "palmyra-2016.yaml",
        "syria-2016.yaml",
    ]


@pytest.mark.parametrize("name", ["two-towns", "palmyra-2016"])
def test_what_is_kept_is_the_same_scenario(name: str, tmp_path: Path) -> None:
    keep_source(tmp_path, name)
    kept = kept_source(tmp_path)
    assert kept is not None
    assert digest_scenario(load(kept)) == digest_scenario(load(name))


def test_a_run_keeps_them_and_a_change_of_the_file_does_not_reach_them(tmp_path: Path) -> None:
    written = tmp_path / "own.yaml"
    written.write_text(starter("own"), encoding="utf-8")
    run = ct.load(written).run(5, variants=False, studies=tmp_path / "studies")
    written.write_text("nothing left", encoding="utf-8")
    kept = kept_source(run.study.folder)
    assert kept is not None
    assert digest_scenario(load(kept)) == run.study.manifest.scenario


def test_a_study_without_files(tmp_path: Path) -> None:
    assert kept_source(tmp_path) is None
    with pytest.raises(ScenarioError):
        keep_source(tmp_path, tmp_path / "nowhere.yaml")
