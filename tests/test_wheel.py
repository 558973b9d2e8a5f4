"""The wheel is all there is: it carries the page and the library, and runs by itself."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "src"
PAGE = SOURCE / "contingent" / "report" / "page"
LISTED = """
from importlib import resources
def names(folder, before):
    for one in folder.iterdir():
        if one.is_dir():
            yield from names(one, before + one.name + "/")
        else:
            yield before + one.name
print("\\n".join(names(resources.files("contingent.report") / "page", "")))
"""
pytestmark = pytest.mark.slow


def told(*command: object) -> str:
    """Run a command; return what it printed."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    done = subprocess.run(
        [str(part) for part in command], capture_output=True, text=True, env=kept, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    if not (ROOT / "pyproject.toml").is_file():
        pytest.skip("these are no sources to build from")
    place = tmp_path_factory.mktemp("wheel")
    told(
        sys.executable, "-m", "pip", "wheel", ROOT, "--no-deps", "--no-build-isolation",
        "--no-index", "--quiet", "--disable-pip-version-check", "-w", place,
        "-C", f"build-dir={place / 'build'}",
    )  # fmt: skip
    return next(place.glob("contingent-*.whl"))


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A fresh environment with the wheel in it; what it depends on is lent to it."""
    home = tmp_path_factory.mktemp("fresh") / "venv"
    venv.create(home, with_pip=False)
    python = home / "bin" / "python"
    told(
        sys.executable, "-m", "pip", "--python", python, "install", "--no-deps", "--no-index",
        "--quiet", "--disable-pip-version-check", wheel,
    )  # fmt: skip
    own = Path(told(python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))").strip())
    (own / "lent.pth").write_text(sysconfig.get_path("purelib") + "\n")
    return home / "bin"


def test_the_wheel_carries_every_file_of_the_page_and_the_library(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as packed:
        names = set(packed.namelist())
    library = SOURCE / "contingent" / "scenario" / "library"
    wanted = [path for folder in (PAGE, library) for path in folder.rglob("*") if path.is_file()]
    wanted = [path for path in wanted if "__pycache__" not in path.parts]
    assert {path.suffix for path in wanted} >= {".html", ".js", ".css", ".json", ".yaml", ".csv"}
    missing = {path.relative_to(SOURCE).as_posix() for path in wanted} - names
    assert not missing
    assert any(name.startswith("contingent/core/_core") for name in names)
    assert not [name for name in names if name.endswith((".pyc", ".cpp", ".h", ".partial"))]


def test_it_runs_where_nothing_else_of_it_is(installed: Path) -> None:
    python = installed / "python"
    where = Path(told(python, "-c", "import contingent; print(contingent.__file__)").strip())
    assert installed.parent in where.parents
    assert "Usage: contingent" in told(installed / "contingent", "--help")
    assert "No faults" in told(installed / "contingent", "check", "two-towns")
    files = {path.relative_to(PAGE).as_posix() for path in PAGE.rglob("*") if path.is_file()}
    assert set(told(python, "-c", LISTED).split()) >= files
