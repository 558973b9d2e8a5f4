"""Studies, levers, articles and guesses over HTTP."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from fastapi.testclient import TestClient

from contingent.analysis.what_if import WhatIf, what_if
from contingent.claims.companions import Playing
from contingent.report.view import decode
from contingent.report.view.found import keep_found
from contingent.report.view.what_ifs import difference_rows
from contingent.scenario.loading import load
from contingent.web.settings import Settings

LEVER = {"patron.air.sorties_per_day": "* 3"}


def test_studies_are_listed_with_what_a_chooser_needs(client: TestClient, study: str) -> None:
    (row,) = client.get("/api/studies").json()["studies"]
    assert (row["id"], row["scenario"], row["futures"], row["seed"]) == (study, "two-towns", 100, 1)
    assert row["complete"] and not row["outdated"] and row["claims"] == 8
    shown = client.get(f"/api/studies/{study}/view").json()["study"]["title"]
    assert row["title"] == shown != row["scenario"]


def test_a_study_without_a_title_is_listed_by_name(
    client: TestClient, settings: Settings, study: str
) -> None:
    (settings.studies / study / "scenario.json").unlink()
    (row,) = client.get("/api/studies").json()["studies"]
    assert row["title"] == "two-towns"


def test_a_start_makes_ready_what_is_asked_for_first(client: TestClient, study: str) -> None:
    desk = client.app.state.desk
    desk.ahead.submit(lambda: None).result(timeout=60)
    assert [name for name, _ in desk.readied] == [study]


def test_a_list_makes_ready_what_is_asked_for_next(client: TestClient, study: str) -> None:
    desk = client.app.state.desk
    for _ in range(2):
        assert client.get("/api/studies").status_code == 200
    desk.ahead.submit(lambda: None).result(timeout=60)
    assert len(desk.readied) == 1
    played = desk.studies.study(study)
    program = desk.played.again(played).program
    (desk.settings.studies / study / "scenario.json").unlink()
    for path in (desk.settings.studies / study / "source").glob("*"):
        path.unlink()
    assert desk.played.again(played).program is program
    assert client.get(f"/api/studies/{study}/futures/1").status_code == 200


def test_a_view_and_its_frames_agree(client: TestClient, study: str) -> None:
    view = client.get(f"/api/studies/{study}/view").json()
    assert view["study"]["id"] == study
    for name, facts in view["frames"].items():
        frames, _ = decode(client.get(f"/api/studies/{study}/frames/{name}").content)
        assert list(frames) == [name]
        assert list(frames[name].shape) == facts["shape"]
        assert frames[name].dtype.name == facts["dtype"]
    whole, _ = decode(client.get(f"/api/studies/{study}/frames").content)
    assert set(whole) == set(view["frames"])
    assert client.get(f"/api/studies/{study}/frames/nothing").status_code == 404


def test_what_a_browser_has_is_not_sent_again(client: TestClient, study: str) -> None:
    path = f"/api/studies/{study}/view"
    first = client.get(path)
    assert first.headers["content-encoding"] == "gzip"
    assert client.get(path, headers={"if-none-match": first.headers["etag"]}).status_code == 304
    plain = client.get(path, headers={"accept-encoding": "identity"})
    assert "content-encoding" not in plain.headers and plain.json() == first.json()


def test_futures_are_chosen_by_what_comes_true(client: TestClient, study: str) -> None:
    view = client.get(f"/api/studies/{study}/view").json()
    truth = decode(client.get(f"/api/studies/{study}/frames/truth").content)[0]["truth"]
    column = [one["id"] for one in view["claims"]].index("strike")
    for wanted, value in (("true", 1), ("false", 0)):
        query = {"claim": "strike", "comes_true": wanted, "most": 10_000}
        found = client.get(f"/api/studies/{study}/futures", params=query).json()["futures"]
        assert sorted(found) == np.flatnonzero(truth[:, column] == value).tolist()
    typical = client.get(f"/api/studies/{study}/futures").json()["futures"]
    assert typical == view["exemplars"]["typical"]
    unknown = client.get(f"/api/studies/{study}/futures?claim=nobody&comes_true=true")
    assert unknown.status_code == 404


def test_one_future_is_played_back(client: TestClient, study: str) -> None:
    frames, beside = decode(client.get(f"/api/studies/{study}/futures/3").content)
    assert frames["holders"].shape == frames["flags"].shape
    assert beside["future"] == 3 and {"day", "says", "place", "kind"} <= set(beside["events"][0])
    assert client.get(f"/api/studies/{study}/futures/100").status_code == 422


def test_a_fan_is_drawn_of_any_expression(client: TestClient, study: str) -> None:
    asked = {"expression": "fighters(league)"}
    frames, beside = decode(client.get(f"/api/studies/{study}/fan", params=asked).content)
    assert (np.diff(frames["fan"], axis=0) >= 0).all()
    assert beside == {"quantiles": [5, 25, 50, 75, 95], **asked}
    bad = client.get(f"/api/studies/{study}/fan", params={"expression": "fighters(nobody)"})
    assert bad.status_code == 422 and "nobody" in bad.json()["detail"]


def test_levers_give_what_the_command_line_gives(client: TestClient, study: str) -> None:
    body = {"do": LEVER, "from": None, "futures": 60}
    answer = client.post(f"/api/studies/{study}/what-if", json=body).json()
    asked = [WhatIf("do", LEVER)]
    slow = what_if(load("two-towns"), asked, Playing(60, 1))["do"]
    assert answer["differences"] == difference_rows(slow)
    assert (answer["futures"], answer["final"], answer["later"]) == (60, True, [])


def test_the_selected_claim_comes_first_and_then_every_other(
    client: TestClient, study: str
) -> None:
    path, body = f"/api/studies/{study}/what-if", {"do": LEVER, "futures": 60, "claim": "strike"}
    alone = client.post(path, json=body).json()
    assert alone["later"] and alone["final"]
    lines = client.post(path, json=body, headers={"accept": "application/x-ndjson"}).text
    answers = [json.loads(line) for line in lines.splitlines()]
    assert [one["final"] for one in answers] == [*[False] * (len(answers) - 1), True]
    assert len(answers) >= 2 and not answers[-1]["later"]
    whole = {row["claim"]: row for row in answers[-1]["differences"]}
    assert all(whole[row["claim"]] == row for row in alone["differences"])


@pytest.mark.parametrize(
    ("body", "status", "said"),
    [
        ({"do": {"patron.air.sorties_per_dy": 1}}, 422, "did you mean"),
        ({"do": {}}, 422, "do"),
        ({"do": LEVER, "claim": "nobody"}, 422, "a claim that a future answers"),
        ({"do": LEVER, "futures": 60_000}, 422, "at most 50,000"),
        ({"do": LEVER, "from": "1999-13-01"}, 422, "from"),
        ({"do": LEVER, "from": "2099-01-01"}, 422, "a day of the theatre"),
        ({"do": {"a": 1e308}}, 422, "a name that leads to no entry"),
    ],
)
def test_what_cannot_be_asked_is_said(
    client: TestClient, study: str, body: object, status: int, said: str
) -> None:
    answer = client.post(f"/api/studies/{study}/what-if", json=body)
    assert answer.status_code == status
    assert said in answer.json()["detail"]


def test_a_scenario_that_has_changed_is_not_asked(
    client: TestClient, settings: Settings, study: str
) -> None:
    manifest = settings.studies / study / "manifest.json"
    plain = json.loads(manifest.read_text())
    manifest.write_text(json.dumps(plain | {"scenario": "0" * 64}))
    answer = client.post(f"/api/studies/{study}/what-if", json={"do": LEVER})
    assert answer.status_code == 409
    assert "run the scenario again" in answer.json()["detail"]


def test_two_studies_are_compared(client: TestClient, study: str) -> None:
    found = client.get("/api/studies/compare", params={"one": study, "other": study}).json()
    assert found["one"] == study and found["numbers"] == {}
    assert {row["difference"] for row in found["claims"]} <= {0.0, None}
    missing = client.get("/api/studies/compare", params={"one": study, "other": "nothing"})
    assert missing.status_code == 404


def test_an_article_is_kept_as_text_and_never_as_markup(
    client: TestClient, settings: Settings, study: str
) -> None:
    path = f"/api/studies/{study}/article"
    assert client.get(path).status_code == 404
    text = "<p>One sentence. <script>alert(1)</script>Another one.</p>"
    kept = client.post(path, json={"text": text})
    assert kept.status_code == 200 and set(kept.json()) == {"found", "missing"}
    assert client.get(path).json() == {"text": text}
    view = client.get(f"/api/studies/{study}/view").json()
    said = [one["text"] for part in view["article"]["paragraphs"] for one in part["sentences"]]
    assert said == ["One sentence.", "Another one."]
    assert client.post(path, json={"text": "x" * 1_000_001}).status_code == 422
    assert client.post(path, content=rb'{"text": "\ud800"}',
                       headers={"content-type": "application/json"}).status_code == 422  # fmt: skip
    assert client.delete(path).status_code == 204
    assert client.get(f"/api/studies/{study}/view").json()["article"] is None


def test_an_article_that_is_a_link_is_none(
    client: TestClient, settings: Settings, study: str
) -> None:
    outside = settings.studies.parent / "outside.txt"
    outside.write_text("It is no business of anybody's.")
    (settings.studies / study / "article.txt").symlink_to(outside)
    assert client.get(f"/api/studies/{study}/article").status_code == 404


def test_what_is_being_written_beside_a_study_spoils_no_view(
    client: TestClient, settings: Settings, study: str
) -> None:
    (settings.studies / study / "gone.json.1.partial").symlink_to("nowhere")
    (settings.studies / "going").mkdir()
    (settings.studies / "going" / "manifest.json").symlink_to("nowhere")
    assert client.get(f"/api/studies/{study}/view").status_code == 200
    assert [one["id"] for one in client.get("/api/studies").json()["studies"]] == [study]


def test_guesses_are_kept_and_set_beside_the_model(
    client: TestClient, settings: Settings, study: str
) -> None:
    path = f"/api/studies/{study}/guesses"
    assert client.get(path).json() == {"guesses": [], "claims": [], "scores": []}
    record = settings.studies / study / "verdicts.json"
    plain = json.loads(record.read_text())
    plain["claims"][0]["settled"] = True
    record.write_text(json.dumps(plain))
    claim = plain["claims"][0]["id"]
    client.post(path, json={"by": "Ann", "values": {claim: 0.1}})
    client.post(path, json={"by": "Ann", "values": {claim: 0.5}})
    found = client.post(path, json={"by": "Bo <b>", "values": {claim: 1.0, "strike": 0.2}}).json()
    assert [one["by"] for one in found["guesses"]] == ["Ann", "Bo <b>"]
    row = found["claims"][0]
    assert (row["guesses"], row["mean"], row["low"], row["high"]) == (2, 0.75, 0.5, 1.0)
    assert row["model"] == plain["claims"][0]["probability"] and row["settled"] is True
    assert [(one["by"], one["brier"]) for one in found["scores"]] == [
        ("Ann", 0.25),
        ("Bo <b>", 0.0),
    ]
    assert client.get(path).json() == found
    for values, status in (({"nobody": 0.5}, 404), ({claim: 1.5}, 422), ({}, 422)):
        assert client.post(path, json={"by": "C", "values": values}).status_code == status
    kept = settings.studies / study / "guesses.json"
    kept.write_text(json.dumps([3, {"by": "D"}, *json.loads(kept.read_text())]))
    assert client.get(path).json() == found, "what is damaged is left out"


def test_what_jobs_found_of_claims_is_in_the_view(
    client: TestClient, settings: Settings, study: str
) -> None:
    path = f"/api/studies/{study}/view"
    assert client.get(path).json()["watch"]["strike"]["conditioned"] is False
    record = {"claim": "strike", "conditioned": True, "watch": []}
    keep_found(client.app.state.desk.studies.study(study), "watch", record)
    (settings.studies / study / "watch" / "league.json").write_text("{")
    view = client.get(path).json()
    assert view["watch"]["strike"] == record


def test_a_damaged_study_is_named_and_spoils_no_list(
    client: TestClient, settings: Settings, study: str
) -> None:
    (settings.studies / "bad").mkdir()
    Path(settings.studies / "bad" / "manifest.json").write_text("{}")
    assert [one["id"] for one in client.get("/api/studies").json()["studies"]] == [study]
    answer = client.get("/api/studies/bad/view")
    assert answer.status_code == 422 and "run the scenario" in answer.json()["detail"]
