"""The page as a reader meets it: a server of its own, and Debian's Chromium."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Playwright

CONTINGENT = [sys.executable, "-m", "contingent"]
ARGUMENTS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip


def chromium(playwright: Playwright) -> Browser:
    """Start the browser."""
    path = shutil.which("chromium")
    return playwright.chromium.launch(executable_path=path, args=ARGUMENTS)


@contextmanager
def served(studies: Path, scenarios: Path) -> Iterator[str]:
    """Serve the page; hands out its address."""
    asked = [*CONTINGENT, "serve", "--port", "0", "--no-open", "--json",
             "--studies", str(studies), "--scenarios", str(scenarios)]  # fmt: skip
    with subprocess.Popen(asked, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        try:
            told = ""
            while not told.rstrip().endswith("}"):
                told += server.stdout.readline() or "}"
            yield json.loads(told)["address"]
        finally:
            server.terminate()
