"""Servers over small studies, in this process, and pages that are opened in a browser."""

from __future__ import annotations

import shutil
import threading
import time
import warnings
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
import uvicorn

import contingent as ct
from contingent.web.app import create_app
from contingent.web.serving import listening
from contingent.web.settings import Settings

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # it would rather have another httpx
    from fastapi.testclient import TestClient

HERE = "http://127.0.0.1:8765"
PATIENCE = 60_000
"""Milliseconds; a machine that does much else is slow, not wrong."""
STARTING = 60.0
SHOTS = Path(__file__).parents[2] / "docs" / "shots"


@pytest.fixture(scope="session")
def served(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("served")
    ct.load("two-towns").run(100, variants=False, studies=root / "studies")
    return root


@pytest.fixture
def settings(served: Path, tmp_path: Path) -> Settings:
    shutil.copytree(served / "studies", tmp_path / "studies")
    (tmp_path / "scenarios").mkdir()
    return Settings(tmp_path / "studies", tmp_path / "scenarios", threads=2)


@pytest.fixture
def client(settings: Settings) -> Iterator[TestClient]:
    with TestClient(create_app(settings), base_url=HERE) as one:
        yield one


@pytest.fixture
def study(settings: Settings) -> str:
    return next(path.parent.name for path in settings.studies.glob("*/manifest.json"))


@contextmanager
def _listening(settings: Settings) -> Iterator[str]:
    with listening("127.0.0.1", 0) as made:
        port = int(made.getsockname()[1])
        app = create_app(replace(settings, port=port))
        config = uvicorn.Config(app, log_level="error", timeout_graceful_shutdown=2)
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [made]}, daemon=True)
        thread.start()
        until = time.monotonic() + STARTING
        while not server.started and time.monotonic() < until:
            time.sleep(0.02)
        try:
            yield f"http://127.0.0.1:{port}/"
        finally:
            server.should_exit = True
            thread.join(STARTING)


Listen = Callable[[Settings], AbstractContextManager[str]]


@pytest.fixture(scope="session")
def listen() -> Listen:
    """A real server on a free port while it is needed; gives its address."""
    return _listening


@pytest.fixture(scope="session")
def serve() -> Iterator[Callable[[Settings], str]]:
    """Serve a page on a free port until the session ends; returns its address."""
    with ExitStack() as stack:
        yield lambda settings: stack.enter_context(_listening(settings))


@pytest.fixture(scope="session")
def site_studies(tmp_path_factory: pytest.TempPathFactory) -> dict[str, ct.Run]:
    """A tutorial, the flagship and a small argument written from right to left."""
    studies = tmp_path_factory.mktemp("site")
    names = ("two-towns", "palmyra-2016", str(SHOTS / "two-towns-arabic.yaml"))
    return {
        Path(name).stem: ct.load(name).run(60, seed=1, variants=False, studies=studies)
        for name in names
    }


@pytest.fixture(scope="session")
def site(
    site_studies: dict[str, ct.Run],
    serve: Callable[[Settings], str],
    tmp_path_factory: pytest.TempPathFactory,
) -> str:
    """Address of a server over those studies."""
    folder = Path(site_studies["two-towns"].study.folder).parent
    own = tmp_path_factory.mktemp("own")
    shutil.copy(SHOTS / "two-towns-arabic.yaml", own)
    return serve(Settings(studies=folder, scenarios=own, threads=2))


@pytest.fixture
def address(site: str) -> str:
    """The server that `opened` looks at."""
    return site


@pytest.fixture
def query_of(site_studies: dict[str, ct.Run]) -> Callable[[str], str]:
    """Return the part of an address that asks for a study, by its scenario's name."""
    return lambda name: f"?study={Path(site_studies[name].study.folder).name}"


@dataclass
class Opened:
    """Opens the page at an address; keeps what the console complains of and who else was asked."""

    browser: Any
    address: str
    said: list[str]

    def context(self, **options: Any) -> Any:
        settings = {"viewport": {"width": 1400, "height": 1000}, "color_scheme": "light", **options}
        made = self.browser.new_context(**settings)
        made.set_default_timeout(PATIENCE)
        made.on("request", self._asked)
        return made

    def _asked(self, request: Any) -> None:
        own = (self.address, "data:", "blob:", "file:")
        if not request.url.startswith(own):
            self.said.append(f"asked elsewhere: {request.url}")

    def page(self, context: Any) -> Any:
        page = context.new_page()
        page.on("pageerror", lambda error: self.said.append(str(error)))
        page.on("console", lambda line: line.type == "error" and self.said.append(line.text))
        return page

    def __call__(self, view: str = "", **options: Any) -> Any:
        page = self.page(self.context(**options))
        page.goto(self.address + view)
        return self.ready(page)

    def ready(self, page: Any) -> Any:
        page.wait_for_selector("html[data-ready]", state="attached")
        page.wait_for_selector("#theatre[data-mode]", state="attached")
        return page


@pytest.fixture
def opened(browser: Any, address: str) -> Iterator[Opened]:
    one = Opened(browser, address, [])
    yield one
    for context in browser.contexts:
        context.close()
    assert one.said == []
