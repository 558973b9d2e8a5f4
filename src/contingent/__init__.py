"""A workbench for strategic arguments: claims, evidence and thousands of simulated futures.

>>> import contingent as ct
>>> sorted(ct.__all__) == dir(ct)
True

Everything below is fetched when it is first used, so that ``import contingent`` costs nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from contingent.version import VERSION as __version__

if TYPE_CHECKING:
    from contingent.api import (
        Run,
        Scenario,
        check,
        compare,
        load,
        new,
        open_study,
        schema,
        studies,
    )
    from contingent.errors import ContingentError
    from contingent.report.verdicts import Verdicts

_HOMES = {
    # Scenarios
    "load": "contingent.api",
    "check": "contingent.api",
    "new": "contingent.api",
    "schema": "contingent.api",
    "Scenario": "contingent.api",
    # Runs and what they are worth
    "Run": "contingent.api",
    "Verdicts": "contingent.report.verdicts",
    "open_study": "contingent.api",
    "studies": "contingent.api",
    "compare": "contingent.api",
    # What can go wrong
    "ContingentError": "contingent.errors",
}
"""The front door: name to the module it lives in."""

__all__ = [
    "ContingentError",
    "Run",
    "Scenario",
    "Verdicts",
    "__version__",
    "check",
    "compare",
    "load",
    "new",
    "open_study",
    "schema",
    "studies",
]


def __getattr__(name: str) -> Any:
    """Fetch a name of the front door on its first use."""
    if name not in _HOMES:
        raise AttributeError(f"module 'contingent' has no attribute {name!r}")
    value = getattr(import_module(_HOMES[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    """Return the front door, not what happens to be loaded."""
    return sorted(__all__)
