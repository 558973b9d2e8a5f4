"""Who may ask, how much, and what browsers may do with the answers."""

from __future__ import annotations

from dataclasses import replace

import pytest
from fastapi.testclient import TestClient

from contingent.web.app import create_app
from contingent.web.origins import Caller, may_ask, may_change, split_host
from contingent.web.problems import without_paths
from contingent.web.safety import CONTENT_SECURITY_POLICY
from contingent.web.settings import LARGEST_BODY, Settings

HERE = "http://127.0.0.1:8765"
JSON = {"content-type": "application/json"}


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1:8765",
        "localhost:8765",
        "LOCALHOST",
        "[::1]:8765",
        "[0:0:0:0:0:0:0:1]",
        "127.0.0.1",
    ],
)
def test_this_machine_goes_by_these_names(client: TestClient, host: str) -> None:
    assert client.get("/api/jobs", headers={"host": host}).status_code == 200


@pytest.mark.parametrize(
    "host",
    ["evil.example", "evil.example:8765", "127.0.0.1.evil.example", "localhost.evil.example",
     "localhost.", "127.0.0.1@evil.example", "[::2]:8765", "[::1", "127.0.0.1:8765:1",
     "10.0.0.7:8765",
     "localhost:x", "localhost:99999", "", "[fe80::1%25eth0]", "127.1:8765"],
)  # fmt: skip
def test_a_name_that_somebody_pointed_here_is_refused(client: TestClient, host: str) -> None:
    answer = client.get("/api/jobs", headers={"host": host})
    assert answer.status_code == 421
    assert answer.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize(
    ("origin", "site", "status"),
    [
        (None, None, 404),
        (HERE, "same-origin", 404),
        (HERE, None, 404),
        ("null", None, 403),
        ("null", "same-origin", 403),
        ("http://evil.example", "cross-site", 403),
        ("http://127.0.0.1:3000", "same-site", 403),
        ("http://127.0.0.1", None, 403),
        ("http://localhost:8765", None, 403),
        ("https://127.0.0.1:8765.evil.example", None, 403),
        ("file://", None, 403),
        (None, "cross-site", 403),
        (None, "same-site", 403),
        (None, "none", 404),
        ("http://[::1]:8765", None, 403),
    ],
)
def test_only_this_servers_own_page_changes_anything(
    client: TestClient, origin: str | None, site: str | None, status: int
) -> None:
    given = {"origin": origin, "sec-fetch-site": site}
    headers = {name: value for name, value in given.items() if value is not None}
    job = "/api/jobs/20260101000000000000-abcdef"
    assert client.delete(job, headers=headers).status_code == status
    assert client.get(job, headers=headers).status_code == status, "nor reads across sites"


def test_an_address_of_the_sixth_version_is_its_own_origin() -> None:
    assert may_change(Caller("[::1]:8765", "http://[::1]:8765", None))
    assert may_change(Caller("[::1]", "http://[0::1]:80", None))
    assert not may_change(Caller("[::1]:8765", "http://[::1]:8766", None))
    assert not may_change(Caller(None, "http://a", None))
    assert not may_ask(Caller(None, None, None), (), loopback=True)


def test_a_server_for_others_goes_by_its_names_and_written_addresses() -> None:
    def ask(host: str) -> bool:
        return may_ask(Caller(host, None, None), ("maps.example",), loopback=False)

    assert ask("maps.example:9000") and ask("10.0.0.7:9000") and ask("[2001:db8::1]")
    assert not ask("evil.example")
    assert split_host("-a") is None and split_host("[x]") is None


def test_others_need_the_token(settings: Settings) -> None:
    app = create_app(replace(settings, host="0.0.0.0", token="s3cret-ü"))
    with TestClient(app, base_url="http://10.0.0.7:8765", follow_redirects=False) as client:
        for headers in ({}, {"authorization": "Bearer no"},
                        {"authorization": "Basic s3cret-ü".encode()},
                        {"cookie": "contingent-8765=x"}, {"cookie": 'a="\\'}):  # fmt: skip
            answer = client.get("/api/jobs", headers=headers)
            assert answer.status_code == 401
            assert answer.headers["www-authenticate"] == "Bearer"
        assert client.get("/").status_code == 401
        assert client.get("/app.js?token=s3cret-%C3%BC").status_code == 401
    app = create_app(replace(settings, host="0.0.0.0", token="s3cret"))
    with TestClient(app, base_url="http://10.0.0.7:8765", follow_redirects=False) as client:
        bearer = {"authorization": "bearer s3cret"}
        assert client.get("/api/jobs", headers=bearer).status_code == 200
        entered = client.get("/?token=s3cret")
        assert (entered.status_code, entered.headers["location"]) == (303, "/")
        assert "HttpOnly" in entered.headers["set-cookie"]
        assert "SameSite=strict" in entered.headers["set-cookie"]
        assert client.get("/api/jobs").status_code == 200, "the cookie is enough from then on"
        again = client.get("/?study=a%26b&token=s3cret&x=%0d%0ay")
        assert (again.status_code, again.headers["location"]) == (303, "/?study=a%26b&x=%0D%0Ay")
        assert client.get("/?token=no").status_code == 200, "whoever is known stays so"


@pytest.mark.parametrize("path", ["/", "/app.js", "/api/studies", "/api/nothing", "/nothing"])
def test_every_answer_is_kept_in(client: TestClient, path: str) -> None:
    headers = client.get(path).headers
    assert headers["content-security-policy"] == CONTENT_SECURITY_POLICY
    assert "'unsafe" not in CONTENT_SECURITY_POLICY and "http" not in CONTENT_SECURITY_POLICY
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["cross-origin-resource-policy"] == "same-origin"
    assert headers["x-frame-options"] == "DENY"
    assert "access-control-allow-origin" not in headers
    assert headers["cache-control"] in ("no-store", "no-cache")


def test_a_body_too_large_is_refused_whether_or_not_it_says_so(client: TestClient) -> None:
    assert (
        client.post("/api/check", content=b"x" * (LARGEST_BODY + 1), headers=JSON).status_code
        == 413
    )

    def unending() -> object:
        for _ in range(LARGEST_BODY // 1_000_000 + 2):
            yield b" " * 1_000_000

    assert client.post("/api/check", content=unending(), headers=JSON).status_code == 413
    bad = {**JSON, "content-length": "-1"}
    assert client.post("/api/check", content=b"{}", headers=bad).status_code == 400


@pytest.mark.parametrize(
    "path",
    ["/../pyproject.toml", "/%2e%2e/pyproject.toml", "/..%2f..%2fetc/passwd", "//etc/passwd",
     "/vendor/../../../version.py", "/argument", "/%00", "/.git/config",
     "/api/studies/..%2f..%2fetc/view", "/api/studies/%2e%2e/view", "/api/scenarios/..%2fa",
     "/api/jobs/../result", "/api/studies/a%00b/view"],
)  # fmt: skip
def test_nothing_outside_is_reached(client: TestClient, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code in (404, 422)
    assert "passwd" not in answer.text or "there is no page" in answer.text


def test_a_study_that_is_a_link_is_none(client: TestClient, settings: Settings, study: str) -> None:
    (settings.studies / "linked").symlink_to(settings.studies / study)
    assert client.get("/api/studies/linked/view").status_code == 404
    assert [one["id"] for one in client.get("/api/studies").json()["studies"]] == [study]


def test_words_are_not_paths() -> None:
    assert without_paths("and/or; 1/2; a, b/c") == "and/or; 1/2; a, b/c"
    assert without_paths("C:\\Users\\ann\\x.yaml:3: found") == "x.yaml:3: found"


def test_what_nobody_foresaw_tells_nothing(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    app = create_app(settings)
    with TestClient(app, base_url=HERE, raise_server_exceptions=False) as client:
        monkeypatch.setattr(app.state.desk.studies, "all", lambda: 1 / 0)
        answer = client.get("/api/studies")
    assert answer.status_code == 500
    assert answer.json()["detail"] == "something went wrong here; see the log"
    assert "ZeroDivisionError" in caplog.text and "Zero" not in answer.text


def test_no_answer_tells_a_path_of_this_machine(
    client: TestClient, settings: Settings, study: str
) -> None:
    (settings.studies / study / "verdicts.json").write_text("{")
    texts = [
        client.get(f"/api/studies/{study}/view").text,
        client.get("/api/studies").text,
        client.get("/api/scenarios/two-towns").text,
        client.get(f"/api/studies/compare?one={study}&other={study}").text,
    ]
    assert not [text for text in texts if str(settings.studies.parent) in text]


def test_the_page_is_there(client: TestClient) -> None:
    page = client.get("/")
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    again = client.get("/", headers={"if-none-match": page.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert client.get("/app.js").headers["content-type"].startswith("text/javascript")
