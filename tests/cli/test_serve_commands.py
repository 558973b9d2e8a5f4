"""The command that serves: what it says, what it refuses, and that it serves."""

from __future__ import annotations

import json
import socket
from importlib.util import find_spec
from pathlib import Path
from types import SimpleNamespace

import pytest
import uvicorn

from contingent.cli import serve_commands
from contingent.jobs.alone import alone
from contingent.web import serving
from contingent.web.settings import Settings, is_loopback


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[uvicorn.Config]:
    """Applications that would have been served."""
    found: list[uvicorn.Config] = []

    def run(server: uvicorn.Server, sockets: list[socket.socket]) -> None:
        assert sockets[0].getsockname()[1] > 0
        found.append(server.config)

    monkeypatch.setattr(uvicorn.Server, "run", run)
    return found


def test_it_says_where_it_serves_and_that_it_has_stopped(command, started) -> None:
    found = command("serve", "--port", 0, "--no-open")
    assert found.code == 0 and len(started) == 1
    first, last = found.out.splitlines()
    assert first.startswith("Serving at http://127.0.0.1:") and "token" not in first
    assert last == "Stopped. Unfinished jobs are found again at the next start."


def test_others_need_a_token_that_is_printed(command, started) -> None:
    found = command("serve", "--host", "0.0.0.0", "--port", 0, "--no-open")
    assert "?token=" in found.out and "Whoever has this address" in found.err
    found = command("serve", "--port", 0, "--no-open", "--json")
    assert json.loads(found.out)["address"].startswith("http://127.0.0.1:")


def test_two_servers_do_not_share_a_folder(command, started, tmp_path: Path) -> None:
    with alone(tmp_path / "studies"):
        found = command("serve", "--port", 0, "--no-open")
        assert found.code == 2 and "another server works" in found.err and not started
        assert command("serve", "--port", 0, "--no-open", "--studies", "mine").code == 0
    assert command("serve", "--port", 0, "--no-open").code == 0
    (tmp_path / "file").touch()
    assert command("serve", "--port", 0, "--no-open", "--studies", "file").code == 0


def test_a_port_in_use_is_said(command, started) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        found = command("serve", "--port", taken.getsockname()[1], "--no-open")
    assert found.code == 2 and "--port 0" in found.err and not started
    found = command("serve", "--host", "nowhere.invalid", "--no-open")
    assert found.code == 2 and "an address of this machine" in found.err


def test_without_the_extra_it_says_what_to_install(
    command, started, monkeypatch: pytest.MonkeyPatch
) -> None:
    hidden = {"uvicorn"}
    monkeypatch.setattr(
        serve_commands, "find_spec", lambda name: None if name in hidden else find_spec(name)
    )
    found = command("serve")
    assert found.code == 2
    assert "found no uvicorn" in found.err and 'pip install "contingent[web]"' in found.err


def test_an_article_that_cannot_be_read_is_said(command, started, tmp_path: Path) -> None:
    found = command("serve", "--article", tmp_path / "missing.txt")
    assert found.code == 2 and "missing.txt" in found.err and not started


def test_a_browser_is_opened_once_the_server_answers(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    opened: list[str] = []
    monkeypatch.setattr(serving, "webbrowser", SimpleNamespace(open=opened.append))
    with socket.create_server(("127.0.0.1", 0)) as made:
        settings = Settings(port=made.getsockname()[1])
        serving._open(settings)
    assert opened == [serving.address(settings)]
    monkeypatch.setattr(serving, "PATIENCE", 0.2)
    serving._open(settings)
    assert len(opened) == 1, "nobody answered"


def test_a_screen_is_needed_for_a_browser(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(serving.sys, "platform", "linux")
    monkeypatch.delenv("DISPLAY", raising=False)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    assert not serving._has_screen()
    monkeypatch.setattr(serving.sys, "platform", "darwin")
    assert serving._has_screen() and is_loopback("127.0.0.1")
