"""What readers are shown for the names of a file: sides, their members, places."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from contingent.scenario.types import Theatre

__all__ = ["Called", "called_in"]


@dataclass(frozen=True)
class Called:
    """Names shown to readers, by the name in the file; one that is missing is shown as it is."""

    actors: Mapping[str, str] = field(default_factory=dict)
    blocs: Mapping[str, str] = field(default_factory=dict)
    places: Mapping[str, str] = field(default_factory=dict)

    def actor(self, name: str) -> str:
        """Return what readers are shown for an actor.

        >>> Called(actors={"north": "Northern forces"}).actor("north"), Called().actor("north")
        ('Northern forces', 'north')
        """
        return self.actors.get(name, name)

    def bloc(self, name: str) -> str:
        """Return what readers are shown for a bloc."""
        return self.blocs.get(name, name)

    def place(self, name: str) -> str:
        """Return what readers are shown for a place."""
        return self.places.get(name, name)


def called_in(theatre: Theatre) -> Called:
    """Collect the names that a theatre shows to readers."""
    return Called(
        {name: one.name for name, one in theatre.actors.items() if one.name},
        {name: one.name for name, one in theatre.blocs.items() if one.name},
        {name: one.name for name, one in theatre.places.items() if one.name},
    )
