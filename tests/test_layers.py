"""The order of the floors, checked by import-linter, and what the reference engine may see."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

import contingent

SOURCE = Path(contingent.__path__[-1])
ROOT = SOURCE.parents[1]
REFERENCE_MAY_SEE = {"math", "numpy", "typing", "dataclasses", "collections", "__future__"}
REFERENCE_MAY_SEE |= {f"contingent.{name}" for name in ("reference", "streams", "arithmetic")}


def test_imports_go_one_way() -> None:
    linter = Path(sys.executable).with_name("lint-imports")
    run = subprocess.run([linter, "--no-cache"], cwd=ROOT, capture_output=True, text=True)
    assert run.returncode == 0, run.stdout + run.stderr


def imported(tree: ast.Module) -> set[str]:
    """Names of imported modules: contingent's with two parts, others with one."""
    names = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are absolute"
            assert node.module
            if node.module == "contingent":
                names |= {f"contingent.{alias.name}" for alias in node.names}
            else:
                names.add(node.module)
    return {
        ".".join(name.split(".")[: 2 if name.startswith("contingent") else 1]) for name in names
    }


@pytest.mark.parametrize(
    "path", sorted((SOURCE / "reference").rglob("*.py")), ids=lambda path: path.name
)
def test_reference_sees_streams_arithmetic_numpy_and_math_alone(path: Path) -> None:
    assert imported(ast.parse(path.read_text(encoding="utf-8"))) <= REFERENCE_MAY_SEE


@pytest.mark.parametrize(
    "path", sorted(SOURCE.rglob("*.py")), ids=lambda path: path.relative_to(SOURCE).as_posix()
)
def test_no_global_generator(path: Path) -> None:
    """Random numbers come from streams or, where a library wants one, from a seeded generator."""
    text = path.read_text(encoding="utf-8")
    allowed = r"Generator|SeedSequence|Philox|default_rng\([^)]"
    pattern = rf"^\s*(?:import random\b|from random\b)|\b(?:np|numpy)\.random\.(?!{allowed})"
    assert not re.search(pattern, text, re.MULTILINE)
