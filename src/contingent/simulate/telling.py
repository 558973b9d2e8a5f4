"""How a future is told: each function looks at one day for one sort of event."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np

from contingent.reference import layout
from contingent.simulate.replay import Entry, Record

LEAST_MOVE = 20.0
"""Fighters below which a change at a place is not told."""
LEAST_WILL = 0.02
SETTLED_DAYS = 3
"""Days for which a main effort must last to be told."""
Teller = Callable[[Record, int], Iterator[str]]


def tell(one: Record, *, marches: bool = True) -> Iterator[Entry]:
    """All entries of a log, day by day; without `marches` nothing of columns and who they reach."""
    tellers = [teller for teller in TELLERS if marches or teller not in MARCHES]
    yield from _entries(one, 0, _opening(one))
    for day in range(1, one.program.days):
        for teller in tellers:
            yield from _entries(one, day, teller(one, day))
    yield from _entries(one, one.program.days - 1, _strengths(one, one.program.days - 1))


def _entries(one: Record, day: int, said: Iterator[str]) -> Iterator[Entry]:
    on = one.names.date(day)
    for says in said:
        yield Entry(day, on, says)


def number(value: float) -> str:
    """A count of people to three digits, with thousands parted."""
    if value <= 0.0:
        return "0"
    step = 10 ** max(int(np.floor(np.log10(value))) - 2, 0)
    return f"{round(value / step) * step:,}"


def _bloc(one: Record, actor: int) -> str:
    return one.names.bloc_of[actor]


def _members(one: Record, bloc: str) -> list[int]:
    return [a for a, own in enumerate(one.names.bloc_of) if own == bloc]


def _force(one: Record, bloc: str, place: int, day: int) -> str:
    """Fighters of a bloc at a place, actor by actor."""
    parts = [
        f"{one.names.actors[a]} {number(one.fighters[a, place, day])}"
        for a in _members(one, bloc)
        if one.fighters[a, place, day] >= 1.0
    ]
    return ", ".join(parts) or "nobody"


def _defenders(one: Record, place: int, day: int) -> str:
    holder = int(one.holders[day, place])
    return _force(one, _bloc(one, holder), place, day)


def _opening(one: Record) -> Iterator[str]:
    yield from _strengths(one, 0)
    for b, p in zip(*np.nonzero(one.stages[:, :, 0]), strict=True):
        bloc, place = one.names.blocs[b], one.names.places[p]
        word = "assaults" if one.stages[b, p, 0] == 2 else "stands before"
        force, defenders = _force(one, bloc, p, 0), _defenders(one, p, 0)
        yield f"{bloc} {word} {place} with {force}; inside {defenders}"


def _attacks(one: Record, day: int) -> Iterator[str]:
    changed = one.stages[:, :, day - 1] != one.stages[:, :, day]
    for b, p in zip(*np.nonzero(changed), strict=True):
        bloc, place = one.names.blocs[b], one.names.places[p]
        before, now = one.stages[b, p, day - 1 : day + 1]
        force = _force(one, bloc, p, day)
        if now == 2:
            yield f"{bloc} assaults {place} with {force}; inside {_defenders(one, p, day)}"
        elif now == 1 and before == 0:
            yield f"{bloc} attacks {place} with {force}; inside {_defenders(one, p, day)}"
        elif now == 1:
            yield f"{bloc} stops assaulting {place} and holds on with {force}"
        elif _bloc(one, int(one.holders[day, p])) != bloc:
            done = one.daily("progress", place)[day - 1]
            days = _lasted(one, bloc, p, day)
            yield f"{bloc} breaks off at {place} after {days} days, {done:.0%} of the way in"


def _lasted(one: Record, bloc: str, place: int, day: int) -> int:
    stages = one.stages[one.names.blocs.index(bloc), place]
    first = day
    while first > 0 and stages[first - 1]:
        first -= 1
    return day - first


def _captures(one: Record, day: int) -> Iterator[str]:
    for p, place in enumerate(one.names.places):
        old, new = int(one.holders[day - 1, p]), int(one.holders[day, p])
        if old == new:
            continue
        name, loser = one.names.actors[new], one.names.actors[old]
        if _bloc(one, old) == _bloc(one, new):
            yield f"{place} passes from {loser} to {name}"
            continue
        days = _lasted(one, _bloc(one, new), p, day)
        left = _force(one, _bloc(one, new), p, day)
        fight = f" after {days} days" if days else ""
        yield f"{name} takes {place} from {loser}{fight}; there now {left}"


def _withdrawals(one: Record, day: int) -> Iterator[str]:
    for a, p in zip(*np.nonzero(one.withdrew[:, :, day]), strict=True):
        yield f"{one.names.actors[a]} leaves {one.names.places[p]} of its own accord"


def _columns(one: Record, day: int) -> Iterator[str]:
    change = one.fighters[:, :, day] - one.fighters[:, :, day - 1]
    for a, actor in enumerate(one.names.actors):
        count = round(one.daily("columns", actor)[day])
        if not count:
            continue
        quiet = (one.flags[day] & layout.ENGAGED) == 0
        left = [
            f"{number(-change[a, p])} from {one.names.places[p]}"
            for p in np.argsort(change[a], kind="stable")
            if quiet[p] and change[a, p] <= -LEAST_MOVE
        ]
        what = "a column sets out" if count == 1 else f"{count} columns set out"
        yield f"{actor}: {what}" + (f", {', '.join(left)}" if left else "")


def _arrivals(one: Record, day: int) -> Iterator[str]:
    for p, place in enumerate(one.names.places):
        came = one.daily("reinforced", place)[day]
        if came >= LEAST_MOVE:
            bloc = _bloc(one, int(one.holders[day, p]))
            yield f"{number(came)} fighters of {bloc} reach {place}"


def _finds(one: Record, day: int) -> Iterator[str]:
    for actor in one.names.actors:
        found = round(one.daily("detected", actor)[day])
        struck = round(one.daily("struck_columns", actor)[day])
        if found:
            yield f"{actor}: {_many(found, 'column')} found by an enemy"
        if struck:
            yield f"{actor}: {_many(struck, 'strike')} on columns from the air"


def _many(count: int, what: str) -> str:
    return f"{count} {what}{'' if count == 1 else 's'}"


def _turns(one: Record, day: int) -> Iterator[str]:
    """Tell what begins or ends around the war."""
    words = {
        "intervened": ("the option {} is taken", ""),
        "satisfied": ("what the deadline {} asks is met", ""),
        "ceasefire": ("the ceasefire {} begins", "the ceasefire {} ends"),
    }
    for series, row in one.rows_of(*words):
        before, now = one.values[row, day - 1], one.values[row, day]
        text = words[series.observable][0 if now > before else 1]
        if now != before and text:
            yield text.format(series.args[0])
    for d, deadline in enumerate(one.names.deadlines):
        met = one.daily("satisfied", deadline)[day]
        if one.program.structure["deadline_day"][d] == day and not met:
            yield f"the deadline {deadline} passes unmet"


def _backers(one: Record, day: int) -> Iterator[str]:
    for series, row in one.rows_of("announced", "will"):
        before, now = one.values[row, day - 1], one.values[row, day]
        if series.observable == "announced" and now != before:
            actor, kind = series.args
            verb = "raises" if now > before else "lowers"
            yield f"{actor} {verb} its commitment ({kind}) from {before:.2f} to {now:.2f}"
        if series.observable == "will" and abs(now - before) >= LEAST_WILL:
            yield f"the will of {series.args[0]} goes from {before:.2f} to {now:.2f}"


def _efforts(one: Record, day: int) -> Iterator[str]:
    if day < SETTLED_DAYS:
        return
    for series, row in one.rows_of("main_effort"):
        recent = one.values[row, day - SETTLED_DAYS + 1 : day + 1]
        before = one.values[row, : day - SETTLED_DAYS + 1]
        if (recent != recent[0]).any() or before[-1] == recent[0] or recent[0] < 0:
            continue
        bloc = _bloc(one, one.names.actors.index(series.args[0]))
        yield f"the main effort of {bloc} is now {one.names.places[int(recent[0])]}"


def _months(one: Record, day: int) -> Iterator[str]:
    if one.names.date(day).day == 1:
        yield from _strengths(one, day)


def _strengths(one: Record, day: int) -> Iterator[str]:
    parts = []
    for actor in one.names.actors:
        force = one.daily("fighters", actor)[day]
        lost = one.daily("losses", actor)[day]
        if force >= 1.0 or lost >= 1.0:
            losses = f" (lost {number(lost)})" if lost >= 1.0 else ""
            parts.append(f"{actor} {number(force)}{losses}")
    yield f"fighters: {', '.join(parts)}"


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
