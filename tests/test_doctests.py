"""Every example in a docstring of the package is run."""

import doctest
import importlib
import pkgutil

import pytest

import contingent

MODULES = sorted(
    module.name
    for module in pkgutil.walk_packages(contingent.__path__, "contingent.")
    if not module.name.endswith("._core")
)


@pytest.mark.parametrize("name", MODULES)
def test_examples(name: str) -> None:
    module = importlib.import_module(name)
    flags = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE
    assert doctest.testmod(module, optionflags=flags).failed == 0
