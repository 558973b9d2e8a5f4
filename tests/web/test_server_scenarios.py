"""The editor's side: scenarios as text, checked as they stand, saved in the user's folder alone."""

from __future__ import annotations

import pytest
from fastapi.testclient import TestClient

from contingent.scenario.document import LIBRARY
from contingent.web.settings import Settings


def test_the_library_is_listed_and_read(client: TestClient) -> None:
    listed = {one["name"]: one for one in client.get("/api/scenarios").json()["scenarios"]}
    assert listed["two-towns"] == {"name": "two-towns", "argument": True, "own": False}
    assert listed["syria-2016"]["argument"] is False
    found = client.get("/api/scenarios/palmyra-2016").json()["files"]
    assert [(one["name"], one["role"]) for one in found[:2]] == [
        ("palmyra-2016.yaml", "argument"),
        ("syria-2016.yaml", "theatre"),
    ]
    assert found[0]["text"] == (LIBRARY / "palmyra-2016.yaml").read_text(encoding="utf-8")
    assert client.get("/api/scenarios/nowhere").status_code == 404


def test_a_fault_is_found_at_its_line_before_anything_is_saved(
    client: TestClient, settings: Settings
) -> None:
    text = (LIBRARY / "two-towns.yaml").read_text(encoding="utf-8")
    line = next(n for n, row in enumerate(text.splitlines(), 1) if row.startswith("  eastford:"))
    broken = text.replace("people: 80_000", "people: 80 km", 1)
    body = {"name": "two-towns", "files": [{"name": "two-towns.yaml", "text": broken}]}
    answer = client.post("/api/check", json=body).json()
    assert answer["ok"] is False
    fault = answer["faults"][0]
    assert (fault["file"], fault["line"]) == ("two-towns.yaml", line)
    assert fault["where"] == "places.eastford.people" and fault["found"] and fault["expected"]
    body["files"][0]["text"] = text
    assert client.post("/api/check", json=body).json()["ok"] is True
    assert list(settings.scenarios.iterdir()) == []


def test_a_copy_is_saved_checked_and_used_from_then_on(
    client: TestClient, settings: Settings
) -> None:
    files = client.get("/api/scenarios/two-towns").json()["files"]
    files[0]["text"] = files[0]["text"].replace("people: 80_000", "people: 81_000", 1)
    saved = client.put("/api/scenarios/two-towns", json={"files": files}).json()
    assert saved["files"][0]["own"] is True and "81_000" in saved["files"][0]["text"]
    assert [path.name for path in settings.scenarios.iterdir()] == ["two-towns.yaml"]
    listed = {one["name"]: one for one in client.get("/api/scenarios").json()["scenarios"]}
    assert listed["two-towns"]["own"] is True
    files[0]["text"] = files[0]["text"].replace("people: 81_000", "people: many", 1)
    faulty = client.put("/api/scenarios/two-towns", json={"files": files}).json()
    assert faulty["faults"], "faults are told, and the text is kept nevertheless"
    refused = client.post("/api/studies", json={"scenario": "two-towns"})
    assert refused.status_code == 422 and refused.json()["faults"]


@pytest.mark.parametrize(
    "name",
    ["../a.yaml", "a/b.yaml", "a.yml", "a.py", ".a.yaml", "/etc/a.yaml", "a\\b.yaml", "a.yaml\0",
     "CON:.yaml", "-a.yaml", ""],
)  # fmt: skip
def test_only_plain_names_are_saved(client: TestClient, settings: Settings, name: str) -> None:
    body = {"files": [{"name": name, "text": "theatre: a"}]}
    assert client.put("/api/scenarios/two-towns", json=body).status_code == 422
    assert list(settings.scenarios.iterdir()) == []
    assert list(settings.scenarios.parent.glob("*.yaml")) == []


def test_nothing_is_written_through_a_link_or_over_a_folder(
    client: TestClient, settings: Settings
) -> None:
    outside = settings.scenarios.parent / "outside.yaml"
    outside.write_text("theatre: mine\n")
    (settings.scenarios / "two-towns.yaml").symlink_to(outside)
    (settings.scenarios / "reserves.yaml").mkdir()
    for name in ("two-towns", "reserves"):
        body = {"files": [{"name": f"{name}.yaml", "text": "theatre: other\n"}]}
        assert client.put(f"/api/scenarios/{name}", json=body).status_code == 422
    assert outside.read_text() == "theatre: mine\n"
    listed = {one["name"]: one for one in client.get("/api/scenarios").json()["scenarios"]}
    assert listed["two-towns"]["own"] is False, "a link is none of the user's files"


@pytest.mark.parametrize(
    "files",
    [
        [],
        [{"name": "a.yaml", "text": "neither: 1"}],
        [{"name": "a.yaml", "text": "theatre: a"}, {"name": "a.yaml", "text": "theatre: b"}],
        [{"name": "a.yaml", "text": "theatre: \0"}],
        [{"name": "a.yaml", "text": "x" * 2_000_001}],
        [{"name": f"a{n}.yaml", "text": "theatre: a"} for n in range(9)],
    ],
)
def test_what_is_no_scenario_is_not_saved(
    client: TestClient, settings: Settings, files: list[object]
) -> None:
    answer = client.put("/api/scenarios/two-towns", json={"files": files})
    assert answer.status_code == 422
    assert list(settings.scenarios.iterdir()) == []


def test_a_reference_leads_nowhere_outside(client: TestClient, settings: Settings) -> None:
    (settings.scenarios.parent / "secret.yaml").write_text("theatre: secret\nkey: hidden-value\n")
    text = "theatre: a\nextends: ../secret\n"
    body = {"name": "a", "files": [{"name": "a.yaml", "text": text}]}
    answer = client.post("/api/check", json=body)
    assert answer.json()["ok"] is False and "hidden-value" not in answer.text


def test_a_theatre_that_builds_on_the_users_own_is_found(
    client: TestClient, settings: Settings
) -> None:
    text = (LIBRARY / "two-towns.yaml").read_text(encoding="utf-8")
    (settings.scenarios / "mine.yaml").write_text(text, encoding="utf-8")
    theatre = "theatre: more\nextends: mine\npatch: {places.eastford.people: 90_000}\n"
    body = {"name": "more", "files": [{"name": "more.yaml", "text": theatre}]}
    assert client.put("/api/scenarios/more", json=body).status_code == 200
    names = [one["name"] for one in client.get("/api/scenarios/more").json()["files"]]
    assert names == ["more.yaml", "mine.yaml"]
