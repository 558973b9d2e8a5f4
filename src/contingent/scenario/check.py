"""Check a scenario: every fault and every warning at once, each with its position."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from contingent.errors import ScenarioError
from contingent.scenario.check_argument import check_argument
from contingent.scenario.check_numbers import check_numbers
from contingent.scenario.check_references import check_references
from contingent.scenario.check_theatre import check_theatre
from contingent.scenario.check_times import check_times
from contingent.scenario.check_warnings import warn
from contingent.scenario.faults import Fault, faults_of, in_order
from contingent.scenario.findings import Findings
from contingent.scenario.parts import Parts, read_parts
from contingent.scenario.priors import fill_in, with_defaults
from contingent.scenario.reading import read_spec
from contingent.scenario.types import Scenario, Theatre
from contingent.scenario.types_argument import Argument

CHECKS = (
    check_references,
    check_times,
    check_theatre,
    check_numbers,
    check_argument,
    warn,
)


@dataclass(frozen=True)
class Report:
    """What a check found.

    Attributes
    ----------
    name : file or library name that was checked
    scenario : the specification; without its faulty parts where there are faults, and None where
        no theatre is left
    faults, warnings : in the order of the files
    """

    name: str
    scenario: Scenario | None
    faults: tuple[Fault, ...]
    warnings: tuple[Fault, ...]

    @property
    def clean(self) -> bool:
        """True if there is neither fault nor warning."""
        return not self.faults and not self.warnings


def check(name: str | Path) -> Report:
    """Check a file or a name of the library; never raises for what is written in it."""
    try:
        parts = read_parts(name)
    except ScenarioError as error:
        return Report(str(name), None, faults_of(error), ())
    return check_parts(parts, str(name))


def check_parts(parts: Parts, name: str) -> Report:
    """Check the parts of a scenario."""
    faults = list(parts.faults)
    doubtful: set[str] = set()
    theatre: Theatre | None = None
    argument: Argument | None = None
    if parts.theatre is not None:
        read_theatre = read_spec(Theatre, parts.theatre)
        faults += read_theatre.faults
        doubtful |= read_theatre.doubtful
        if read_theatre.spec is not None:
            theatre = fill_in(read_theatre.spec, parts.theatre.in_one_file)
    if parts.argument is not None:
        read_argument = read_spec(Argument, parts.argument)
        faults += read_argument.faults
        doubtful |= read_argument.doubtful
        argument = with_defaults(read_argument.spec)
    if theatre is None or parts.theatre is None:
        return Report(name, None, in_order(faults), ())
    findings = Findings(theatre, argument, parts.theatre, parts.argument, doubtful)
    for examine in CHECKS:
        examine(findings)
    warnings = in_order(findings.warnings)
    return Report(
        name, Scenario(theatre, argument), in_order([*faults, *findings.faults]), warnings
    )
