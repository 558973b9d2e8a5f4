"""The names a predicate may use: actors, places, routes and the other nouns of one theatre.

A formula is checked against a vocabulary, so that ``holds(goverment, palmira)`` is refused while
it is being written and not after a thousand futures. The vocabulary knows nothing else about the
theatre: neither forces nor positions.

>>> from datetime import date
>>> words = Vocabulary(
...     actors=("north", "south"), places=("ford", "mill"),
...     start=date(2020, 1, 1), now=date(2020, 1, 10), end=date(2020, 3, 1))
>>> words.nearest("frod", words.places)
'ford'
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from difflib import get_close_matches

__all__ = ["Vocabulary"]


@dataclass(frozen=True)
class Vocabulary:
    """Names and dates of one theatre, in the order of its file.

    Attributes
    ----------
    actors, places, options, deadlines, events : tuple of str
        Names as written in the file. The order of ``places`` is the order of the place numbers
        that a simulator records for ``main_effort``.
    blocs : mapping of str to tuple of str
        Bloc name to the actors in it; a bloc may stand wherever a set of actors may.
    routes : tuple of (str, str)
        The two ends of each route; direction does not matter.
    start, now, end : date
        First day (day 0), the fence, last day. All inside the theatre, ends included.
    """

    actors: tuple[str, ...]
    places: tuple[str, ...]
    start: date
    now: date
    end: date
    blocs: Mapping[str, tuple[str, ...]] = field(default_factory=dict, hash=False)
    routes: tuple[tuple[str, str], ...] = ()
    options: tuple[str, ...] = ()
    deadlines: tuple[str, ...] = ()
    events: tuple[str, ...] = ()

    @property
    def days(self) -> int:
        """Number of days from start to end, both included."""
        return (self.end - self.start).days + 1

    def members(self, name: str) -> tuple[str, ...]:
        """Return the actors meant by an actor's or a bloc's name; empty if it is neither."""
        if name in self.actors:
            return (name,)
        return tuple(self.blocs.get(name, ()))

    def route(self, one: str, other: str) -> tuple[str, str] | None:
        """Return the ends of the route between two places as the file orders them."""
        for ends in self.routes:
            if set(ends) == {one, other}:
                return ends
        return None

    @staticmethod
    def nearest(name: str, candidates: Iterable[str]) -> str | None:
        """Return the candidate spelt most like a name, or None if none comes near."""
        found = get_close_matches(name, list(candidates), n=1, cutoff=0.55)
        return found[0] if found else None
