"""How a future is told: each function looks at one day for one sort of event.

Sides, their members and places are called as readers know them. What a side does is told in the
past tense, which suits names in the singular and in the plural.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

import numpy as np

from contingent.reference import layout
from contingent.simulate.replay import Entry, Record

KINDS = (
    "breaks",
    "assault",
    "attack",
    "takes",
    "leaves",
    "column",
    "found",
    "strike",
    "arrives",
    "effort",
    "strength",
    "intervention",
    "politics",
)
"""Sorts of events."""


class Told(NamedTuple):
    """What happened, of which sort it is, and the place it is about."""

    says: str
    kind: str
    place: str | None = None


LEAST_MOVE = 20.0
"""Fighters below which a change at a place is not told."""
LEAST_WILL = 0.02
SETTLED_DAYS = 3
"""Days for which a main effort must last to be told."""
Teller = Callable[[Record, int], Iterator[Told]]


def tell(one: Record, *, marches: bool = True) -> Iterator[Entry]:
    """All entries of a log, day by day; without `marches` nothing of columns and who they reach."""
    tellers = [teller for teller in TELLERS if marches or teller not in MARCHES]
    yield from _entries(one, 0, _opening(one))
    for day in range(1, one.program.days):
        for teller in tellers:
            yield from _entries(one, day, teller(one, day))
    yield from _entries(one, one.program.days - 1, _strengths(one, one.program.days - 1))


def _entries(one: Record, day: int, said: Iterator[Told]) -> Iterator[Entry]:
    on = one.names.date(day)
    for says, kind, place in said:
        yield Entry(day, on, says, kind, place)


def number(value: float) -> str:
    """A count of people to three digits, with thousands parted."""
    if value <= 0.0:
        return "0"
    step = 10 ** max(int(np.floor(np.log10(value))) - 2, 0)
    return f"{round(value / step) * step:,}"


def _bloc(one: Record, actor: int) -> str:
    return one.names.bloc_of[actor]


def _side(one: Record, bloc: str) -> str:
    """Return what readers know a bloc as."""
    return one.called.bloc(bloc)


def _members(one: Record, bloc: str) -> list[int]:
    return [a for a, own in enumerate(one.names.bloc_of) if own == bloc]


def _force(one: Record, bloc: str, place: int, day: int) -> str:
    """Fighters of a bloc at a place, actor by actor."""
    parts = [
        f"{one.called.actor(one.names.actors[a])} {number(one.fighters[a, place, day])}"
        for a in _members(one, bloc)
        if one.fighters[a, place, day] >= 1.0
    ]
    return ", ".join(parts) or "nobody"


def _defenders(one: Record, place: int, day: int) -> str:
    holder = int(one.holders[day, place])
    return _force(one, _bloc(one, holder), place, day)


def _opening(one: Record) -> Iterator[Told]:
    yield from _strengths(one, 0)
    for b, p in zip(*np.nonzero(one.stages[:, :, 0]), strict=True):
        bloc, place = one.names.blocs[b], one.names.places[p]
        assault = one.stages[b, p, 0] == 2
        word = "assaulted" if assault else "stood before"
        force, defenders = _force(one, bloc, p, 0), _defenders(one, p, 0)
        says = f"{_side(one, bloc)} {word} {one.called.place(place)} with {force}"
        yield Told(f"{says}; inside {defenders}", "assault" if assault else "attack", place)


def _attacks(one: Record, day: int) -> Iterator[Told]:
    changed = one.stages[:, :, day - 1] != one.stages[:, :, day]
    for b, p in zip(*np.nonzero(changed), strict=True):
        bloc, place = one.names.blocs[b], one.names.places[p]
        before, now = one.stages[b, p, day - 1 : day + 1]
        force, at = _force(one, bloc, p, day), one.called.place(place)
        side, inside = _side(one, bloc), _defenders(one, p, day)
        if now == 2:
            yield Told(f"{side} assaulted {at} with {force}; inside {inside}", "assault", place)
        elif now == 1 and before == 0:
            yield Told(f"{side} attacked {at} with {force}; inside {inside}", "attack", place)
        elif now == 1:
            says = f"{side} stopped assaulting {at} and held on with {force}"
            yield Told(says, "breaks", place)
        elif _bloc(one, int(one.holders[day, p])) != bloc:
            done = one.daily("progress", place)[day - 1]
            days = _lasted(one, bloc, p, day)
            says = f"{side} broke off at {at} after {days} days, {done:.0%} of the way in"
            yield Told(says, "breaks", place)


def _lasted(one: Record, bloc: str, place: int, day: int) -> int:
    stages = one.stages[one.names.blocs.index(bloc), place]
    first = day
    while first > 0 and stages[first - 1]:
        first -= 1
    return day - first


def _captures(one: Record, day: int) -> Iterator[Told]:
    for p, place in enumerate(one.names.places):
        old, new = int(one.holders[day - 1, p]), int(one.holders[day, p])
        if old == new:
            continue
        name, loser = (one.called.actor(one.names.actors[a]) for a in (new, old))
        at = one.called.place(place)
        if _bloc(one, old) == _bloc(one, new):
            yield Told(f"{at} passed from {loser} to {name}", "takes", place)
            continue
        days = _lasted(one, _bloc(one, new), p, day)
        left = _force(one, _bloc(one, new), p, day)
        fight = f" after {days} days" if days else ""
        yield Told(f"{name} took {at} from {loser}{fight}; there now {left}", "takes", place)


def _withdrawals(one: Record, day: int) -> Iterator[Told]:
    for a, p in zip(*np.nonzero(one.withdrew[:, :, day]), strict=True):
        actor, place = one.called.actor(one.names.actors[a]), one.names.places[p]
        yield Told(f"{actor} left {one.called.place(place)} unforced", "leaves", place)


def _columns(one: Record, day: int) -> Iterator[Told]:
    change = one.fighters[:, :, day] - one.fighters[:, :, day - 1]
    for a, actor in enumerate(one.names.actors):
        count = round(one.daily("columns", actor)[day])
        if not count:
            continue
        quiet = (one.flags[day] & layout.ENGAGED) == 0
        left = {
            one.names.places[p]: number(-change[a, p])
            for p in np.argsort(change[a], kind="stable")
            if quiet[p] and change[a, p] <= -LEAST_MOVE
        }
        what = "a column set out" if count == 1 else f"{count} columns set out"
        said = "".join(f", {many} from {one.called.place(place)}" for place, many in left.items())
        yield Told(f"{one.called.actor(actor)}: {what}{said}", "column", next(iter(left), None))


def _arrivals(one: Record, day: int) -> Iterator[Told]:
    for p, place in enumerate(one.names.places):
        came = one.daily("reinforced", place)[day]
        if came >= LEAST_MOVE:
            side = _side(one, _bloc(one, int(one.holders[day, p])))
            says = f"{number(came)} fighters of {side} reached {one.called.place(place)}"
            yield Told(says, "arrives", place)


def _finds(one: Record, day: int) -> Iterator[Told]:
    for actor in one.names.actors:
        found = round(one.daily("detected", actor)[day])
        struck = round(one.daily("struck_columns", actor)[day])
        name = one.called.actor(actor)
        if found:
            yield Told(f"{name}: {_many(found, 'column')} found by an enemy", "found")
        if struck:
            yield Told(f"{name}: {_many(struck, 'strike')} on columns from the air", "strike")


def _many(count: int, what: str) -> str:
    return f"{count} {what}{'' if count == 1 else 's'}"


def _turns(one: Record, day: int) -> Iterator[Told]:
    """Tell what begins or ends around the war."""
    for series, row in one.rows_of("intervened", "satisfied", "ceasefire"):
        before, now = one.values[row, day - 1], one.values[row, day]
        name = series.args[0]
        if series.observable == "ceasefire" and now != before:
            yield Told(f"the {_truce(one, name)} {'began' if now else 'ended'}", "politics")
        elif series.observable == "satisfied" and now > before:
            yield Told(f"what the deadline {name} asks was met", "politics")
        elif series.observable == "intervened" and now > before:
            yield _intervention(one, name)
    for d, deadline in enumerate(one.names.deadlines):
        met = one.daily("satisfied", deadline)[day]
        if one.program.structure["deadline_day"][d] == day and not met:
            yield Told(f"the deadline {deadline} passed unmet", "politics")


def _truce(one: Record, name: str) -> str:
    pair = next(pair for own, *pair in one.names.ceasefires if own == name)
    return f"ceasefire of {' and '.join(one.called.actor(actor) for actor in pair)}"


def _intervention(one: Record, option: str) -> Told:
    number = one.names.options.index(option)
    structure = one.program.structure
    actor = one.names.actors[structure["option_actor"][number]]
    place = one.names.places[structure["option_target"][number]]
    says = f"{one.called.actor(actor)} stepped in at {one.called.place(place)} (option {option})"
    return Told(says, "intervention", place)


def _backers(one: Record, day: int) -> Iterator[Told]:
    for series, row in one.rows_of("announced", "will"):
        before, now = one.values[row, day - 1], one.values[row, day]
        if series.observable == "announced" and now != before:
            actor, kind = series.args
            done = f"{'raised' if now > before else 'lowered'} the commitment ({kind})"
            says = f"{one.called.actor(actor)} {done} from {before:.2f} to {now:.2f}"
            yield Told(says, "politics")
        if series.observable == "will" and abs(now - before) >= LEAST_WILL:
            name = one.called.actor(series.args[0])
            yield Told(f"the will of {name} went from {before:.2f} to {now:.2f}", "politics")


def _efforts(one: Record, day: int) -> Iterator[Told]:
    if day < SETTLED_DAYS:
        return
    for series, row in one.rows_of("main_effort"):
        recent = one.values[row, day - SETTLED_DAYS + 1 : day + 1]
        before = one.values[row, : day - SETTLED_DAYS + 1]
        if (recent != recent[0]).any() or before[-1] == recent[0] or recent[0] < 0:
            continue
        side = _side(one, _bloc(one, one.names.actors.index(series.args[0])))
        place = one.names.places[int(recent[0])]
        yield Told(f"the main effort of {side} is now {one.called.place(place)}", "effort", place)


def _months(one: Record, day: int) -> Iterator[Told]:
    if one.names.date(day).day == 1:
        yield from _strengths(one, day)


def _strengths(one: Record, day: int) -> Iterator[Told]:
    parts = []
    for actor in one.names.actors:
        force = one.daily("fighters", actor)[day]
        lost = one.daily("losses", actor)[day]
        if force >= 1.0 or lost >= 1.0:
            losses = f" (lost {number(lost)})" if lost >= 1.0 else ""
            parts.append(f"{one.called.actor(actor)} {number(force)}{losses}")
    yield Told(f"fighters: {', '.join(parts)}", "strength")


TELLERS: tuple[Teller, ...] = (
    _months,
    _turns,
    _backers,
    _columns,
    _finds,
    _arrivals,
    _attacks,
    _withdrawals,
    _captures,
    _efforts,
)
"""In the order of a day."""
MARCHES: tuple[Teller, ...] = (_columns, _finds, _arrivals)
"""What a map that shows the columns tells already."""
