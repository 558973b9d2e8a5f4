"""Faults and warnings: where, what was found, what was expected, the nearest name, what next."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from itertools import islice
from typing import Any

from contingent import errors

MOST_CANDIDATES = 2000
"""Names that are compared with a misspelt one."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A position in a file; line and column count from 1."""

    file: str
    line: int
    column: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


@dataclass(frozen=True, slots=True)
class Fault(errors.Fault):
    """One thing that is wrong or, as a warning, missing.

    Attributes
    ----------
    nearest : the valid name spelt most like what was found
    excerpt : lines that point at the character, for a claim that does not parse
    """

    nearest: str | None = None
    excerpt: str = ""

    def __str__(self) -> str:
        text = errors.Fault.__str__(self)
        if self.nearest is not None:
            text += f"; did you mean {self.nearest!r}?"
        return f"{text}\n{self.excerpt}" if self.excerpt else text


def fault_at(mark: Mark, found: str, expected: str, **details: Any) -> Fault:
    """Build a fault at a position; `details` are the further fields of `Fault`."""
    name = details.pop("name", "")
    return Fault(mark.file, mark.line, mark.column, name, found, expected, **details)


def nearest(name: str, candidates: Iterable[str]) -> str | None:
    """Candidate spelt most like `name`, or None if none comes near.

    >>> nearest("frod", ["mill", "ford"])
    'ford'
    """
    known = [str(item) for item in islice(candidates, MOST_CANDIDATES)]
    found = get_close_matches(str(name)[:100], known, n=1, cutoff=0.55)
    return found[0] if found else None


def in_order(faults: Iterable[Fault]) -> tuple[Fault, ...]:
    """Faults in the order of their files and positions, each once."""
    unique = dict.fromkeys(faults)
    return tuple(sorted(unique, key=lambda fault: (fault.file, fault.line, fault.column)))


def faults_of(error: errors.ScenarioError) -> tuple[Fault, ...]:
    """Return the faults that an error of this package carries."""
    return tuple(fault for fault in error.faults if isinstance(fault, Fault))
