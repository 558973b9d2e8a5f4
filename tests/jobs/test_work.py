"""What each kind of job does, and what it leaves in the study."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from contingent.analysis.what_if import WhatIf, what_if
from contingent.claims.companions import Playing
from contingent.errors import StudyError
from contingent.jobs.missing import Missing
from contingent.jobs.requests import (
    ConditionRequest,
    DriversRequest,
    ReportRequest,
    RunRequest,
    WatchRequest,
    WhatIfRequest,
)
from contingent.jobs.scenarios import Scenarios, Text
from contingent.jobs.studies import Changed, Studies, scenario_of
from contingent.jobs.work import Place, do
from contingent.report.view.found import found_of
from contingent.report.view.kept import ARTICLE, kept_json
from contingent.report.view.what_ifs import difference_rows
from contingent.scenario.document import LIBRARY
from contingent.scenario.loading import load

Told = list[tuple[str, int, int]]


@pytest.fixture
def told() -> Told:
    return []


def tell_to(told: Told):
    return lambda stage, done, total, seconds: told.append((stage, done, total))


def test_a_run_keeps_the_files_that_it_was_played_from(
    place: Place, studies: Studies, scenarios: Scenarios, told: Told
) -> None:
    text = (LIBRARY / "two-towns.yaml").read_text(encoding="utf-8")
    changed = text.replace("people: 80_000", "people: 81_000", 1)
    scenarios.save([Text("two-towns.yaml", changed)])
    request = RunRequest(scenario="two-towns", futures=20, variants=False)
    made = do(request, place, tell_to(told))
    study = studies.study(made["study"])
    assert ("futures", 20, 20) in told
    scenarios.save([Text("two-towns.yaml", changed.replace("81_000", "82_000"))])
    kept = scenario_of(study, scenarios)
    assert kept.spec.theatre.places["eastford"].people.parameters == (81_000.0,)
    for path in (study.folder / "source").glob("*.yaml"):
        path.unlink()
    with pytest.raises(Changed):
        scenario_of(study, scenarios)


def test_a_what_if_says_what_the_command_line_says(place: Place, study: str, told: Told) -> None:
    lever = {"patron.air.sorties_per_day": "* 3"}
    made = do(WhatIfRequest(study=study, do=lever, futures=60), place, tell_to(told))
    slow = what_if(load("two-towns"), [WhatIf("do", lever)], Playing(60, 1))["do"]
    assert made["differences"] == difference_rows(slow)
    assert told[-1] == ("futures", 60, 60)


@pytest.mark.parametrize("kind", [DriversRequest, WatchRequest])
def test_what_is_found_of_a_claim_is_kept_with_the_study(
    place: Place, study: str, studies: Studies, told: Told, kind: type
) -> None:
    request = kind(scenario="two-towns", claim="strike", futures=40, particles=8, prior=True)
    made = do(request, place, tell_to(told))
    assert made == {"study": study, "file": "strike.json"}
    record = found_of(studies.study(study), request.kind, ["strike"])["strike"]
    assert record["claim"] == "strike" and request.kind in record
    assert kept_json(place.result / "strike.json") == record


def test_conditioning_is_kept_and_used_afterwards(place: Place, study: str, told: Told) -> None:
    request = ConditionRequest(scenario="two-towns", particles=8)
    made = do(request, place, tell_to(told))
    assert made["study"] == study
    assert json.loads(
        (place.studies / "conditioning" / made["conditioned"] / "record.json").read_text()
    )
    assert any(stage.startswith("conditioning") for stage, _, _ in told)
    after = DriversRequest(scenario="two-towns", claim="strike", futures=40, particles=8)
    assert do(after, place, tell_to(told))["study"] == study


def test_a_report_is_written_with_the_article_of_the_study(
    place: Place, study: str, told: Told
) -> None:
    (place.studies / study / ARTICLE).write_text("One sentence.", encoding="utf-8")
    made = do(ReportRequest(study=study, format="md"), place, tell_to(told))
    assert made["file"] == f"{study}.md" and made["others"] == [f"{study}.png"]
    assert (place.result / made["file"]).read_text(encoding="utf-8").startswith("# ")
    page = do(ReportRequest(study=study), place, tell_to(told))["file"]
    assert '"text":"One sentence."' in (place.result / page).read_text(encoding="utf-8")


def test_a_place_survives_being_written_down(place: Place) -> None:
    assert Place.read(json.loads(json.dumps(place.record()))) == place


def test_studies_are_found_by_name_alone(root: Path, studies: Studies, study: str) -> None:
    assert studies.names() == [study]
    assert [one.folder.name for one in studies.all()] == [study]
    assert Studies(root / "nowhere").names() == []
    (studies.folder / "bad").mkdir()
    (studies.folder / "bad" / "manifest.json").write_text("{}")
    assert [one.folder.name for one in studies.all()] == [study]
    with pytest.raises(StudyError):
        studies.study("bad")
    for name in ("..", ".", "", f"{study}/", f"./{study}", ".jobs"):
        with pytest.raises(Missing):
            studies.run(name)
