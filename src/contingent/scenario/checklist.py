"""Lists of expectations about a theatre's futures: checks of the machine, not validation.

A list stands beside its theatre as ``THEATRE.checks.yaml``. Each entry says what one would expect
of most, of some or of hardly any futures before looking at a single one:

    checks: two-towns
    expect:
      - id: ford-falls
        says: The ford falls in some futures.
        predicate: holds(south, ford)     # a state: does it come true, and when for the first time
        by: 2020-03-31
        expect: some

A predicate may also be a whole claim (``never(...)``). With ``given:``, only futures in which the
condition comes true count, and days are counted from its first day.
"""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from pydantic import Field

from contingent.errors import ScenarioError
from contingent.scenario.document import LIBRARY, read_documents
from contingent.scenario.extends import find
from contingent.scenario.fields import Day, Name, Spec, Text
from contingent.scenario.located import as_tree, lay_out
from contingent.scenario.reading import read_spec

Expectation = Literal["most", "some", "rare"]

BOUNDS: dict[Expectation, tuple[float, float]] = {
    "most": (0.6, 1.0),
    "some": (0.05, 0.95),
    "rare": (0.0, 0.05),
}
"""Share of futures that each word stands for."""


class Check(Spec):
    """One expectation."""

    id: Name = Field(description="Its name.")
    says: Text = Field(description="The expectation in one sentence.")
    predicate: Text = Field(description="A state predicate or a claim.")
    given: Text | None = Field(default=None, description="State predicate or claim: only these.")
    by: Day | None = Field(default=None, description="Last day on which a state may come true.")
    expect: Expectation = Field(description="In how many futures.")


class Checklist(Spec):
    """All expectations about one theatre."""

    checks: Name = Field(description="Name of the theatre.")
    expect: tuple[Check, ...] = Field(description="The expectations.")


def checklist_file(name: str | Path, theatre: str) -> Path | None:
    """File with the expectations about a theatre: beside the scenario's file or in the library."""
    candidates = [folder / f"{theatre}.checks.yaml" for folder in (find(name).parent, LIBRARY)]
    return next((path for path in candidates if path.is_file()), None)


def read_checklist(path: Path) -> tuple[Check, ...]:
    """Read a list of expectations.

    Raises
    ------
    ScenarioError
        With every fault.
    """
    (document, *_) = read_documents(path)
    reading = read_spec(Checklist, lay_out(as_tree(document)))
    if reading.faults or reading.spec is None:
        raise ScenarioError(reading.faults)
    return reading.spec.expect
