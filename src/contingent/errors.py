"""Every error that a user can meet, and how it reads.

    ContingentError
    ├── ScenarioError     a theatre or an argument file has faults; carries all of them
    ├── ClaimError        a predicate cannot be read; carries the place of the fault
    ├── QuantityError     a written number or its unit is not what is wanted
    ├── SettingError      an option, an argument or a name given to a command or function
    ├── StudyError        a study on disk is missing, damaged or of another scenario
    ├── InferenceError    conditioning has failed numerically; carries what was reached
    └── BuildError        the compiled core is missing or does not fit the program

An error says where it is, what was found, what was wanted and what to do next. `assert` is for
our own mistakes. All of them survive pickling, so a worker's error arrives whole.

>>> fault = Fault("a.yaml", 3, 7, "routes[0].km", "'60 men'", "a length", "write 60 km")
>>> print(ScenarioError([fault]))
1 fault in a.yaml
a.yaml:3:7: routes[0].km: found '60 men', expected a length; write 60 km
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Literal


class ContingentError(Exception):
    """Anything a user of Contingent can do something about."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong in a file: where, what was found, what was wanted, what next.

    Line and column count from 1; 0 stands for unknown. A warning does not keep the file from
    being used.
    """

    file: str
    line: int
    column: int
    name: str
    """Dotted name of the entry, such as ``north.air.sorties_per_day``."""
    found: str
    expected: str
    next_step: str = ""
    severity: Literal["fault", "warning"] = "fault"

    def __str__(self) -> str:
        place = ":".join(str(part) for part in (self.file, self.line, self.column) if part)
        mark = "warning: " if self.severity == "warning" else ""
        parts = [part for part in (place, self.name) if part]
        return ": ".join(
            [*parts, mark + _found_expected(self.found, self.expected, self.next_step)]
        )


class ScenarioError(ContingentError):
    """A scenario's files have faults; `faults` holds all of them, in the order of the files."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(
            sorted(faults, key=lambda fault: (fault.file, fault.line, fault.column))
        )
        super().__init__(self.faults)

    def __str__(self) -> str:
        return "\n".join([summary_of(self.faults), *map(str, self.faults)])


class ClaimError(ContingentError):
    """A predicate cannot be read; printed with a caret under the character at `position`.

    Parameters
    ----------
    message : str
        What was found and what was expected.
    text : str
        The predicate.
    position : int
        Index of the faulty character in `text`, from 0; -1 where there is none.
    next_step : str
        What to write instead.
    """

    def __init__(
        self, message: str, text: str = "", position: int = -1, next_step: str = ""
    ) -> None:
        self.message, self.text, self.position, self.next_step = message, text, position, next_step
        super().__init__(message, text, position, next_step)

    def __str__(self) -> str:
        message = f"{self.message}; {self.next_step}" if self.next_step else self.message
        if not self.text:
            return message
        if self.position < 0:
            return f"{message}\n  {self.text}"
        start = self.text.rfind("\n", 0, self.position) + 1
        line = self.text[start:].partition("\n")[0]
        caret = " " * (self.position - start) + "^"
        return f"{message} (character {self.position + 1})\n  {line}\n  {caret}"


class QuantityError(ContingentError):
    """A written number, or its unit, is not what is wanted."""

    def __init__(self, found: str, expected: str, next_step: str = "") -> None:
        self.found, self.expected, self.next_step = found, expected, next_step
        super().__init__(found, expected, next_step)

    def __str__(self) -> str:
        return _found_expected(self.found, self.expected, self.next_step)


class SettingError(ContingentError):
    """An option, an argument or a name given to a command or function cannot be used."""

    def __init__(self, setting: str, found: str, expected: str, next_step: str = "") -> None:
        self.setting, self.found = setting, found
        self.expected, self.next_step = expected, next_step
        super().__init__(setting, found, expected, next_step)

    def __str__(self) -> str:
        return f"{self.setting}: {_found_expected(self.found, self.expected, self.next_step)}"


class StudyError(ContingentError):
    """A study on disk is missing, damaged, or of another scenario."""


class InferenceError(ContingentError):
    """Conditioning has failed numerically; `partial` is what had been reached."""

    def __init__(self, message: str, partial: Any = None) -> None:
        self.message, self.partial = message, partial
        super().__init__(message, partial)

    def __str__(self) -> str:
        return self.message


class BuildError(ContingentError):
    """The compiled core is missing or does not fit the program; ``make core`` builds it."""


def summary_of(faults: Iterable[Fault]) -> str:
    """How many faults and warnings, and in which files: the first line of a report."""
    faults = tuple(faults)
    warnings = sum(fault.severity == "warning" for fault in faults)
    counts = [(len(faults) - warnings, "fault"), (warnings, "warning")]
    said = [f"{count} {word}{'' if count == 1 else 's'}" for count, word in counts if count]
    files = sorted({fault.file for fault in faults if fault.file})
    return (" and ".join(said) or "no faults") + (f" in {', '.join(files)}" if files else "")


def _found_expected(found: str, expected: str, next_step: str) -> str:
    sentence = f"found {found}, expected {expected}" if expected else f"found {found}"
    return f"{sentence}; {next_step}" if next_step else sentence
