"""The front door is short, lazy, and the same everywhere."""

from __future__ import annotations

import subprocess
import sys
from importlib.metadata import version

import pytest

import contingent

HEAVY = (
    "numpy", "pandas", "xarray", "zarr", "scipy", "matplotlib", "pydantic", "ruamel", "lark",
    "pyarrow", "contingent.api", "contingent.core._core",
)  # fmt: skip


def loaded_after(statements: str) -> set[str]:
    """Heavy modules in memory after some statements in a fresh interpreter."""
    listing = f"import sys; {statements}; print(*(m for m in {HEAVY!r} if m in sys.modules))"
    run = subprocess.run(
        [sys.executable, "-c", listing], capture_output=True, text=True, check=True
    )
    return set(run.stdout.splitlines()[-1].split()) if run.stdout.strip() else set()


def test_importing_the_package_loads_nothing_heavy() -> None:
    assert loaded_after("import contingent") == set()


OF_TYPER = {"pydantic"}
"""What typer itself loads to read the options of a command."""


@pytest.mark.parametrize("arguments", [["--help"], ["run", "--help"], ["--version"]])
def test_help_is_quick(arguments: list[str]) -> None:
    call = (
        f"sys.argv[1:] = {arguments!r}; from contingent.cli import main\n"
        "try: main()\n"
        "except SystemExit: pass\n"
        f"print(*(m for m in {HEAVY!r} if m in sys.modules))"
    )
    run = subprocess.run(
        [sys.executable, "-c", f"import sys\n{call}"], capture_output=True, text=True, check=True
    )
    assert set(run.stdout.splitlines()[-1].split()) <= OF_TYPER


def test_about_a_dozen_names_and_each_is_there() -> None:
    assert dir(contingent) == sorted(contingent.__all__)
    assert 8 <= len(contingent.__all__) <= 15
    for name in contingent.__all__:
        assert getattr(contingent, name) is not None


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no attribute 'lode'"):
        _ = contingent.lode


def test_the_version_is_said_once() -> None:
    assert contingent.__version__ == version("contingent")
