"""Collects faults and warnings of meaning, and knows where in the files each name stands."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from contingent.scenario.faults import Fault, Mark, fault_at, nearest
from contingent.scenario.located import Layout
from contingent.scenario.relations import bloc_pair, stances
from contingent.scenario.types import Theatre
from contingent.scenario.types_argument import Argument
from contingent.scenario.types_relations import Stance

MOST_SUGGESTIONS = 200
"""Faults after which nearest names are no longer looked for."""
OF_ARGUMENT = ("argument", "about", "explanations", "claims", "what_if")


@dataclass
class Findings:
    """Everything the checks of meaning need: the specification, positions, names, results.

    Attributes
    ----------
    theatre, argument : specifications, without their faulty parts
    theatre_layout, argument_layout : positions
    doubtful : dotted names of entries that lost a faulty part; nothing is concluded from what
        they lack
    names : names written in each section, as they are asked for
    faults, warnings : what has been noted
    """

    theatre: Theatre
    argument: Argument | None
    theatre_layout: Layout
    argument_layout: Layout | None
    doubtful: set[str] = field(default_factory=set)
    names: dict[str, dict[str, None]] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    warnings: list[Fault] = field(default_factory=list)

    def fault(self, name: str, found: str, expected: str, **details: Any) -> None:
        """Note a fault at a dotted name."""
        self.faults.append(fault_at(self.mark(name), found, expected, name=name, **details))

    def warn(self, name: str, found: str, expected: str, **details: Any) -> None:
        """Note a warning at a dotted name."""
        mark = self.mark(name)
        details["severity"] = "warning"
        self.warnings.append(fault_at(mark, found, expected, name=name, **details))

    def stance(self, first: str, second: str) -> Stance:
        """Stance of two actors or blocs of the theatre."""
        pair = bloc_pair(self.theatre, (first, second))
        return "neutral" if pair is None else self.stances.get(pair, "neutral")

    @cached_property
    def stances(self) -> dict[tuple[str, str], Stance]:
        """Stance of every pair of blocs."""
        return stances(self.theatre)

    def mark(self, name: str) -> Mark:
        """Position of the entry with a dotted name."""
        part = self.theatre_layout
        if self.argument_layout is not None and name.partition(".")[0] in OF_ARGUMENT:
            part = self.argument_layout
        return part.mark_of(name)

    def is_doubtful(self, name: str) -> bool:
        """Tell whether a part of the entry was faulty and has been left out."""
        return any(one == name or one.startswith(f"{name}.") for one in self.doubtful)

    def written(self, section: str) -> dict[str, None]:
        """Names written in a section, in order, those of faulty entries included."""
        if section not in self.names:
            self.names[section] = dict.fromkeys(self._written(section))
        return self.names[section]

    def _written(self, section: str) -> tuple[str, ...]:
        layout = self.theatre_layout
        if section in OF_ARGUMENT and self.argument_layout is not None:
            layout = self.argument_layout
        data = layout.data
        for key in section.split("."):
            data = data.get(key) if isinstance(data, Mapping) else None
        if isinstance(data, Mapping):
            return tuple(map(str, data))
        if isinstance(data, list):
            entries = [entry for entry in data if isinstance(entry, Mapping)]
            return tuple(str(entry["id"]) for entry in entries if "id" in entry)
        return ()

    def missing(self, name: str, what: str, value: str, known: Iterable[str]) -> None:
        """Note a reference to something that does not exist."""
        known = tuple(known)
        close = nearest(value, known) if len(self.faults) < MOST_SUGGESTIONS else None
        listed = f": {', '.join(known)}" if 0 < len(known) <= 12 else ""
        self.fault(
            name,
            f"{value!r}, which is not there",
            f"{what}{listed}",
            nearest=close,
            next_step="" if close else f"add it or name {what} that is there",
        )
