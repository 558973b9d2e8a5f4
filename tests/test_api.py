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


def test_the_unknowns_of_a_run_are_a_prior_for_arviz(run) -> None:
    pytest.importorskip("arviz", reason="an optional dependency")
    prior = run.to_arviz()["prior"]
    name = run.dataset["thetas"]["column"].values[0]
    assert prior[name].shape == (1, 60)


@pytest.fixture(scope="module")
def conditioned(folder) -> ct.api.Conditioning:
    return ct.load("two-towns").condition(16, quick=True, studies=folder / "studies", threads=2)


def test_a_conditioned_theatre_is_read_drawn_and_opened_again(conditioned) -> None:
    assert "No odds are given" in conditioned.says or "not separated" in conditioned.says
    assert conditioned.explanations.loc["too-slow", "prior"] == 0.25
    assert conditioned.evidence.index.tolist() == ["first-contact"]
    assert "evidence-matrix" in conditioned.figures() and "two-towns" in repr(conditioned)
    again = ct.api.open_conditioning("two-towns", conditioned.folder)
    assert again.ensemble.done.keys() == conditioned.ensemble.done.keys()


def test_prior_and_posterior_for_arviz_with_replicates_as_chains(conditioned) -> None:
    pytest.importorskip("arviz", reason="an optional dependency")
    found = conditioned.to_arviz("too-slow")
    posterior, prior = found["posterior"], found["prior"]
    assert posterior["republic.delay"].shape == prior["republic.delay"].shape == (4, 4)
    assert float(posterior["republic.delay"].min()) > 2.0
    assert found["log_likelihood"]["first-contact"].shape == (4, 4)
    assert found["sample_stats"]["ancestor"].shape == (4, 4)
    done = conditioned.ensemble.done["too-slow"]
    assert np.array_equal(
        done.to_arviz()["posterior"]["republic.delay"], posterior["republic.delay"]
    )
    with pytest.raises(SettingError, match="one of too-few-eyes"):
        conditioned.to_arviz("nothing")


def test_a_scenario_changed_in_code_cannot_be_kept_conditioned(folder) -> None:
    changed = ct.load("two-towns").replace({"republic.delay": 3})
    with pytest.raises(SettingError, match="changed in code"):
        changed.condition(16, studies=folder)


def test_without_arviz_it_says_what_to_install(conditioned, monkeypatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "arviz", None)
    with pytest.raises(SettingError, match=r"contingent\[arviz\]"):
        conditioned.to_arviz()
