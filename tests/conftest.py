"""The program run in this process, the starter's theatre, loaded and played once, a browser."""

from __future__ import annotations

import json
import os
import shutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

import contingent as ct
from contingent.cli import main

CHROMIUM = shutil.which("chromium") or ""
ARGUMENTS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip


@dataclass(frozen=True)
class Outcome:
    """What a command left behind."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """The object printed."""
        return json.loads(self.out)


Command = Callable[..., Outcome]


@pytest.fixture
def command(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Command:
    """Run ``contingent ARGUMENTS`` in an empty folder."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "100")

    def run(*arguments: object) -> Outcome:
        monkeypatch.setattr(sys, "argv", ["contingent", *map(str, arguments)])
        code = 0
        try:
            main()
        except SystemExit as stop:
            code = stop.code if isinstance(stop.code, int) else 1
        captured = capsys.readouterr()
        return Outcome(code, captured.out, captured.err)

    return run


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> ct.Scenario:
    return ct.load(ct.new("demo", folder=tmp_path_factory.mktemp("demo")))


@pytest.fixture(scope="session")
def run(demo: ct.Scenario, tmp_path_factory: pytest.TempPathFactory) -> ct.Run:
    return demo.run(200, seed=1, variants=False, studies=tmp_path_factory.mktemp("studies"))


def _lacking(what: str) -> None:
    """Fail where tests must run whole, otherwise skip."""
    if os.environ.get("CI"):
        pytest.fail(f"CI is set and there is {what}; apt-get install chromium", pytrace=False)
    pytest.skip(f"NO BROWSER TESTS: {what} on this machine (apt-get install chromium)")


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """One Chromium a module; longer, its event loop would be in the way of other tests."""
    try:
        from playwright import sync_api
    except ImportError:
        _lacking("no package playwright")
        raise
    if not CHROMIUM:
        _lacking("no Chromium")
    with sync_api.sync_playwright() as playwright:
        one = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield one
        one.close()
