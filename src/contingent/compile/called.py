"""What readers are shown for the names of a file: sides, their members, places."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from contingent.scenario.types import Theatre

__all__ = ["Called", "called_in", "in_words"]


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
    """Collect the names shown to readers: the theatre's, or those of its file in words."""
    sides = {one.bloc: in_words(one.bloc) for one in theatre.actors.values() if one.bloc}
    return Called(
        {name: one.name or in_words(name) for name, one in theatre.actors.items()},
        sides | {name: one.name or in_words(name) for name, one in theatre.blocs.items()},
        {name: one.name or in_words(name) for name, one in theatre.places.items()},
    )


def in_words(name: str) -> str:
    """Return a name of the file as readers write names.

    >>> in_words("dry-ridge"), in_words("eastford")
    ('Dry Ridge', 'Eastford')
    """
    return " ".join(f"{word[:1].upper()}{word[1:]}" for word in name.split("-"))
