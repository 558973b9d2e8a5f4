"""The page keeps its own rules: short files, text only as text, nothing from elsewhere."""

from __future__ import annotations

import re
import shutil
import subprocess
from importlib import resources
from pathlib import Path

import pytest

PAGE = Path(str(resources.files("contingent.report") / "page"))
LONGEST = 400
OWN = sorted(
    path
    for path in PAGE.rglob("*")
    if path.suffix in (".js", ".css", ".html", ".ts") and "vendor" not in path.parts
)
MODULES = [path for path in OWN if path.suffix == ".js"]


def named(path: Path) -> str:
    return path.relative_to(PAGE).as_posix()


def test_there_is_a_page() -> None:
    assert {"app.js", "state.js", "source.js"} <= {path.name for path in MODULES}


@pytest.mark.parametrize("path", OWN, ids=named)
def test_no_file_is_long(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= LONGEST


@pytest.mark.parametrize("path", MODULES, ids=named)
def test_text_is_only_ever_set_as_text(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    found = re.findall(
        r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function", text
    )
    assert not found


@pytest.mark.parametrize("path", MODULES, ids=named)
def test_modules_import_by_relative_names(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    names = re.findall(r"""^(?:import|export)\b[^;]*?\bfrom\s+["']([^"']+)["']""", text, re.M)
    for name in names:
        assert name.startswith(("./", "../"))
        assert (path.parent / name).is_file()


def test_the_page_has_no_inline_code_and_loads_nothing_from_elsewhere() -> None:
    text = (PAGE / "index.html").read_text(encoding="utf-8")
    assert not re.search(r"\son[a-z]+=|\sstyle=|<style|javascript:|https?://", text)
    assert not re.search(r"<script(?![^>]*\bsrc=)", text)
    for name in re.findall(r'(?:src|href)="([^"#:]+)"', text):
        assert (PAGE / name).is_file()


def test_styles_load_nothing() -> None:
    for path in OWN:
        if path.suffix == ".css":
            assert not re.search(r"@import|url\(", path.read_text(encoding="utf-8"))


def test_types_hold() -> None:
    checker = shutil.which("tsc")
    if checker is None:
        pytest.skip("tsc is not installed here")
    done = subprocess.run(
        [checker, "--project", str(PAGE / "tsconfig.json")],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout
