"""What the pages say was run, and what the program knows better is up to date.

In ``console`` blocks each ``$ contingent ...`` is run, page by page in one folder, and must print
what follows it (``...`` stands for anything). ``python`` blocks are run after, ``yaml theatre``
blocks are checked.
"""

from __future__ import annotations

import doctest
import importlib.util
import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest

import contingent as ct

ROOT = Path(__file__).parents[1]
PAGES = [*sorted((ROOT / "docs").glob("*.md")), ROOT / "README.md"]
FENCE = re.compile(r"^```([^\n]*)\n(.*?)^```$", re.DOTALL | re.MULTILINE)
FLAGS = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE


def blocks(page: Path, language: str) -> list[str]:
    """Fenced blocks of a page in a language."""
    text = page.read_text(encoding="utf-8")
    return [body for named, body in FENCE.findall(text) if named == language]


def examples(block: str) -> Iterator[tuple[str, str]]:
    """Commands of a console block with what they print."""
    parts = re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]
    for part in parts:
        line, _, wanted = part.partition("\n")
        yield line, wanted


@pytest.fixture(scope="session")
def generate():
    spec = importlib.util.spec_from_file_location("generate", ROOT / "docs" / "generate.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_generated_parts_are_up_to_date(page: Path, generate) -> None:
    text = page.read_text(encoding="utf-8")
    assert text == generate.filled(text), "run python docs/generate.py"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_examples_run(page: Path, command) -> None:
    checker = doctest.OutputChecker()
    for block in blocks(page, "console"):
        for line, wanted in examples(block):
            name, *arguments = shlex.split(line)
            assert name == "contingent", line
            found = command(*arguments)
            assert found.code == 0, f"{line}\n{found.err}"
            if wanted.strip():
                example = doctest.Example(line, wanted)
                difference = checker.output_difference(example, found.out, FLAGS)
                assert checker.check_output(wanted, found.out, FLAGS), f"{line}\n{difference}"
    for block in blocks(page, "python"):
        exec(compile(block, str(page), "exec"), {})


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_theatres_on_pages_have_no_fault(page: Path, tmp_path: Path) -> None:
    for number, block in enumerate(blocks(page, "yaml theatre")):
        path = tmp_path / f"page{number}.yaml"
        path.write_text(block, encoding="utf-8")
        assert ct.check(path).faults == ()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)#:]+)\)", page.read_text(encoding="utf-8")):
        assert (page.parent / target).exists(), target
