"""Python's front door: scenarios, runs, arrays, verdicts."""

from __future__ import annotations

import numpy as np
import pytest

import contingent as ct
from contingent.errors import ClaimError, ScenarioError, SettingError, StudyError


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("api")


@pytest.fixture(scope="module")
def scenario(folder) -> ct.Scenario:
    return ct.load(ct.new("demo", folder=folder))


@pytest.fixture(scope="module")
def run(scenario, folder) -> ct.Run:
    return scenario.run(60, seed=4, variants=False, studies=folder / "studies")


def test_arrays_have_names_units_and_descriptions(run) -> None:
    holder = run["holder"]
    assert holder.dims == ("future", "day", "place")
    assert holder.attrs["actors"] == ["north", "ally", "south"]
    assert holder.sel(place="ford", day="2020-01-01").values.tolist() == [0] * 60
    for name, array in run.dataset.data_vars.items():
        assert array.attrs["description"], name
        assert array.attrs["units"], name


def test_any_expression_day_by_day(run) -> None:
    fighters = run["fighters(north) + fighters(south)"]
    assert fighters.dims == ("future", "day")
    assert fighters.sizes["future"] == 60
    assert np.issubdtype(fighters["day"].dtype, np.datetime64)
    with pytest.raises(ClaimError):
        run["fighters(nroth)"]


def test_verdicts_are_a_sequence_and_a_table(run) -> None:
    claims = run.claims
    assert len(claims) == len(claims.frame) == 4
    assert claims[0] == claims["ford-attacked"]
    assert claims.frame.loc[0, "probability"] == claims[0]["probability"]
    with pytest.raises(SettingError, match="did you mean 'ford-falls'"):
        claims["ford-fals"]


def test_a_study_is_opened_by_folder_by_name_and_by_file(run, folder) -> None:
    root = folder / "studies"
    by_folder = ct.open_study(run.study.folder)
    by_name = ct.open_study("demo-argument", folder=root)
    by_file = ct.open_study(folder / "demo.yaml", folder=root)
    assert by_folder.record == by_name.record == by_file.record
    assert [one.folder for one in ct.studies(root)] == [run.study.folder]
    with pytest.raises(StudyError, match="contingent run nothing"):
        ct.open_study("nothing", folder=root)


def test_a_scenario_is_changed_by_name(scenario) -> None:
    changed = scenario.replace({"north.delay": "* 2"})
    assert changed.name == scenario.name
    table = changed.quantities.set_index("name")
    assert table.loc["north.delay", "value"].startswith("2 × ")
    assert not scenario.quantities.set_index("name").loc["north.delay", "value"].startswith("2 ×")
    with pytest.raises(SettingError, match="did you mean"):
        scenario.replace({"north.dealy": 3})


def test_what_was_not_recorded_is_said(run) -> None:
    with pytest.raises(StudyError, match="was not recorded"):
        run["belief(north, ford)"]


def test_a_file_with_faults(folder) -> None:
    path = folder / "bad.yaml"
    path.write_text("theatre: x\n", encoding="utf-8")
    with pytest.raises(ScenarioError):
        ct.load(path)
    assert ct.check(path).faults


def test_a_future_that_has_no_number(scenario) -> None:
    with pytest.raises(SettingError, match="number of a future"):
        scenario.replay(-1)


def test_progress_is_told(scenario, tmp_path) -> None:
    heard = []
    scenario.run(40, variants=True, studies=tmp_path, listen=heard.append)
    assert {stage.name for stage in heard} > {"futures"}
    assert heard[-1].done == heard[-1].total
