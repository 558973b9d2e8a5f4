"""The names behind a program's numbers: which actor is row 3, which place is column 7.

Order is the order of the file. Blocs without an actor are left out: nothing can happen to them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from typing import Any

from contingent.errors import SettingError
from contingent.language import Vocabulary
from contingent.scenario.types import Theatre


@dataclass(frozen=True)
class Names:
    """Name tables of a program.

    Attributes
    ----------
    actors, blocs, places, options, deadlines, shocks, plans, duties, events : names by index
    bloc_of : bloc of each actor, as its name
    routes : name and the two ends of each route
    ceasefires : name and the two actors of each ceasefire
    start, now, end : day 0, the fence, the last day
    """

    actors: tuple[str, ...]
    blocs: tuple[str, ...]
    bloc_of: tuple[str, ...]
    places: tuple[str, ...]
    routes: tuple[tuple[str, str, str], ...]
    options: tuple[str, ...]
    deadlines: tuple[str, ...]
    shocks: tuple[str, ...]
    plans: tuple[str, ...]
    duties: tuple[str, ...]
    ceasefires: tuple[tuple[str, str, str], ...]
    events: tuple[str, ...]
    start: date
    now: date
    end: date

    @property
    def days(self) -> int:
        """Number of days, day 0 included."""
        return (self.end - self.start).days + 1

    def day(self, on: date) -> int:
        """Number of a date; negative before day 0."""
        return (on - self.start).days

    def date(self, day: int) -> date:
        """Date of a day."""
        return self.start + timedelta(days=day)

    def actors_of(self, bloc: str) -> tuple[str, ...]:
        """Actors of a bloc, in file order."""
        return tuple(
            actor for actor, own in zip(self.actors, self.bloc_of, strict=True) if own == bloc
        )

    def vocabulary(self) -> Vocabulary:
        """Return the nouns that predicates about this theatre may use."""
        return Vocabulary(
            actors=self.actors,
            places=self.places,
            start=self.start,
            now=self.now,
            end=self.end,
            blocs={bloc: self.actors_of(bloc) for bloc in self.blocs},
            routes=tuple((one, other) for _, one, other in self.routes),
            options=self.options,
            deadlines=self.deadlines,
            events=self.events,
        )

    def to_plain(self) -> dict[str, Any]:
        """Return what JSON can hold; `from_plain` reads it back."""
        plain = asdict(self)
        for key in ("start", "now", "end"):
            plain[key] = plain[key].isoformat()
        return plain

    @classmethod
    def from_plain(cls, plain: dict[str, Any]) -> Names:
        """Read back what `to_plain` wrote."""
        read: dict[str, Any] = {}
        for key, value in plain.items():
            if key in ("start", "now", "end"):
                read[key] = date.fromisoformat(value)
            else:
                read[key] = tuple(
                    tuple(item) if isinstance(item, list | tuple) else item for item in value
                )
        return cls(**read)


def read_names(theatre: Theatre) -> Names:
    """Collect the names of a theatre."""
    bloc_of = tuple(actor.bloc for actor in theatre.actors.values())
    blocs = [bloc for bloc in theatre.blocs if bloc in bloc_of]
    blocs += [bloc for bloc in dict.fromkeys(bloc_of) if bloc not in blocs]
    return Names(
        actors=tuple(theatre.actors),
        blocs=tuple(blocs),
        bloc_of=bloc_of,
        places=tuple(theatre.places),
        routes=tuple((route.id, *route.between) for route in theatre.routes),
        options=tuple(option.id for option in theatre.interventions),
        deadlines=tuple(deadline.id for deadline in theatre.deadlines),
        shocks=tuple(shock.id for shock in theatre.shocks),
        plans=tuple(plan.id for plan in theatre.plans),
        duties=tuple(duty.id for duty in theatre.duties),
        ceasefires=tuple((one.id, *one.pair) for one in theatre.diplomacy.ceasefires),
        events=tuple(theatre.events),
        start=theatre.start,
        now=theatre.now,
        end=theatre.end,
    )


def index_of(name: str | None, names: Iterable[str], where: str, what: str) -> int:
    """Index of a name.

    Raises
    ------
    SettingError
        if there is no such name; `where` is the dotted name of the entry that uses it.
    """
    known = tuple(names)
    if name in known:
        return known.index(name)
    raise SettingError(where, repr(name), f"one of the {what}: {', '.join(known) or '(none)'}")
