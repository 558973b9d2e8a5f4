"""Conditioned studies on disk: kept, found, opened, refused; forecasts from date to date."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from contingent.compile import compile_scenario
from contingent.errors import StudyError
from contingent.infer import kept
from contingent.infer.condition import Settings, condition
from contingent.infer.dates import KEPT, date_worlds
from contingent.infer.explanations import assumed
from contingent.infer.kept import (
    Ensemble,
    Told,
    find_ensemble,
    is_conditioned,
    keep_ensemble,
    list_ensembles,
    open_ensemble,
    read_record,
)
from contingent.infer.reports import select
from contingent.infer.sources import read_sources
from contingent.infer.trail import FILE, WORLDS, trail
from contingent.infer.verdicts import claims_before_and_after
from contingent.scenario.loading import load

SETTINGS = Settings(particles=24, sweeps=1, replicates=2, seed=4, threads=2)
MORE = (
    "id,on,published,observe,grade\n"
    'early,2031-03-05,2031-03-06,"holds(league, westmill)",B2\n'
    'storm,2031-03-07,2031-03-08,"attacks(republic, westmill)",C3\n'
)


def conditioned(root: Path, *, more: bool = False, output: Path | None = None, **told: Any) -> Path:
    """Condition two-towns as the command does, but for what it prints."""
    table = None
    if more:
        table = root / "more.csv"
        root.mkdir(parents=True, exist_ok=True)
        table.write_text(MORE, encoding="utf-8")
    scenario, marks = read_sources("two-towns", table)
    selection = select(
        scenario.theatre, compile_scenario(scenario).names, as_of=told.get("as_of"), marks=marks
    )
    explained = assumed(scenario, selection)
    folder = root / "conditioning" / f"run{int(more)}"
    problems = {name: one.problem for name, one in explained.items()}
    done = condition(problems, SETTINGS, folder=folder)
    weights = dict.fromkeys(explained, 1.0 / len(explained))
    record = {
        "kept": str(folder),
        "fence": selection.fence,
        "hindsight": selection.hindsight,
        "evidence": [{"id": one.id} for one in selection.evidence],
        "explanations": [
            {"name": name, "prior": one.prior, "posterior": 0.25, "ess": done[name].effective,
             "log_evidence": done[name].evidence.value, "log_evidence_sd": 0.1}
            for name, one in explained.items()
        ],
        "claims": claims_before_and_after(scenario, explained, done, weights, 24, SETTINGS),
    }  # fmt: skip
    return keep_ensemble(scenario, record, Told(SETTINGS, reports=table, **told), output)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("studies")


@pytest.fixture(scope="module")
def plainly(store: Path) -> Path:
    return conditioned(store)


@pytest.fixture(scope="module")
def several(store: Path) -> Path:
    return conditioned(store, more=True, output=store / "mine")


@pytest.fixture(scope="module")
def opened(several: Path) -> Ensemble:
    return open_ensemble("two-towns", several)


def test_a_study_is_found_and_opened_as_it_was(store: Path, plainly: Path) -> None:
    assert find_ensemble(load("two-towns"), store) == plainly
    found = open_ensemble("two-towns", plainly)
    states = found.done["too-slow"].states
    assert [len(one.log_weights) for one in states] == [12, 12]
    assert found.weights == dict.fromkeys(found.explained, 0.25) and not found.refused
    assert [one.id for one in found.selection.evidence] == ["first-contact"]
    assert found.seed == 4 and found.record["claims"][0]["id"] == "westmill-falls"
    again = open_ensemble("two-towns", plainly).done["too-slow"].states
    assert all(
        np.array_equal(one.particles["keys"], other.particles["keys"])
        for one, other in zip(states, again, strict=True)
    )


def test_further_reports_go_with_the_study_which_is_used_by_name_only(
    store: Path, plainly: Path, several: Path, opened: Ensemble
) -> None:
    assert several == store / "mine" and (several / "reports.csv").read_text() == MORE
    assert [one.id for one in opened.selection.evidence] == ["early", "storm", "first-contact"]
    assert find_ensemble(load("two-towns"), store) == plainly
    assert len(list_ensembles(store)) == 3
    assert find_ensemble(load("reserves"), store) is None
    assert list_ensembles(store / "nowhere") == []


def test_a_refused_study_keeps_prior_weights(plainly: Path, tmp_path: Path) -> None:
    found = open_ensemble("two-towns", plainly)
    rows = {name: row | {"posterior": None} for name, row in found.manifest["explanations"].items()}
    refused = replace(found, manifest={**found.manifest, "explanations": rows})
    assert refused.refused and refused.weights == dict.fromkeys(found.explained, 0.25)


def test_a_fence_that_was_moved_back_before_all_reports(tmp_path: Path) -> None:
    folder = conditioned(tmp_path, as_of=date(2031, 3, 5))
    found = open_ensemble("two-towns", folder)
    assert found.selection.evidence == () and len(found.done["too-slow"].states) == 2
    assert find_ensemble(load("two-towns"), tmp_path) is None
    assert trail(found)["dates"] == []


def test_what_has_changed_since_is_refused(
    plainly: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(StudyError, match="no conditioned study here"):
        open_ensemble("two-towns", tmp_path)
    with pytest.raises(StudyError, match="another scenario"):
        open_ensemble("reserves", plainly)
    text = (Path(kept.__file__).parents[1] / "scenario" / "library" / "two-towns.yaml").read_text()
    changed = tmp_path / "towns.yaml"
    changed.write_text(text.replace("delay: {value: 1 to 6", "delay: {value: 1 to 7"))
    with pytest.raises(StudyError, match="it as it was written"):
        open_ensemble(changed, plainly)
    monkeypatch.setattr(kept, "model_digest", lambda: "another")
    with pytest.raises(StudyError, match="another version of the model"):
        open_ensemble("two-towns", plainly)


def test_damage_is_said(store: Path, tmp_path: Path) -> None:
    folder = conditioned(tmp_path)
    next(folder.glob("too-slow-1.npz")).write_bytes(b"x")
    with pytest.raises(StudyError, match="the states of too-slow are missing"):
        open_ensemble("two-towns", folder)
    (folder / "record.json").unlink()
    with pytest.raises(StudyError, match="condition the scenario again"):
        read_record(folder)
    manifest = json.loads((folder / "manifest.json").read_text())
    (folder / "manifest.json").write_text(json.dumps(manifest | {"version": 99}))
    with pytest.raises(StudyError, match="not of version"):
        open_ensemble("two-towns", folder)
    (folder / "manifest.json").write_text("{")
    assert not is_conditioned(folder)


def test_another_study_is_not_written_over(tmp_path: Path) -> None:
    taken = tmp_path / "taken"
    taken.mkdir()
    (taken / "manifest.json").write_text('{"version": 1}')
    with pytest.raises(StudyError, match="another study lies there"):
        conditioned(tmp_path, output=taken)


def test_some_worlds_are_put_aside_after_each_date(several: Path) -> None:
    for reports in (1, 2, 3):
        worlds = date_worlds(several, "too-slow", 0, reports)
        assert worlds is not None and len(worlds["roots"]) == KEPT
        assert worlds["normals"].dtype == np.float64
    assert date_worlds(several, "too-slow", 0, 4) is None


def test_forecasts_are_followed_from_date_to_date(opened: Ensemble) -> None:
    found = trail(opened)
    assert found["dates"] == ["2031-03-06", "2031-03-08", "2031-03-09"] and not found["not_kept"]
    assert [one["id"] for one in found["claims"]][:2] == ["westmill-falls", "strike"]
    falls = found["claims"][0]["points"]
    assert [one["reports"] for one in falls] == [0, 1, 2, 3]
    known = {row["id"]: row for row in opened.record["claims"]}["westmill-falls"]
    assert falls[0]["probability"] == known["prior"]["probability"]
    assert falls[-1]["probability"] == known["conditioned"]["probability"]
    assert all(one["low"] <= one["probability"] <= one["high"] for one in falls)
    assert falls[1]["ess"] <= WORLDS
    kept_file = opened.folder / FILE
    before = kept_file.stat().st_mtime_ns
    assert trail(opened) == found and kept_file.stat().st_mtime_ns == before


def test_a_date_without_worlds_is_left_out_and_named(several: Path, tmp_path: Path) -> None:
    import shutil

    folder = tmp_path / "partly"
    shutil.copytree(several, folder)
    (folder / FILE).unlink(missing_ok=True)
    (folder / "dates" / "too-slow-1-2.npz").unlink()
    found = trail(open_ensemble("two-towns", folder))
    assert found["not_kept"] == ["2031-03-08"]
    assert [one["reports"] for one in found["claims"][0]["points"]] == [0, 1, 3]
