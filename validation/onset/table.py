"""Onsets and weeks at risk, from events and holders.

For a bloc, a place that it does not hold and whose holder it is hostile to, with a place of its own
within ``BORDER_KM`` but not within R (two parts of one town are in contact already): the bloc is at
risk of opening an attack on days before which no event of the two blocs lay within R km for Q days.
An event then is an onset if within a week the bloc that does not hold the place has dead there;
else it only ends the quiet. Every event belongs to the nearest place.

By the other rule, *surge*, places in lasting contact count too: an onset is the first day of a week
with three events or more, ten dead or more, three times as many as in an average week of the Q days
before, and dead of the side that does not hold the place, if there was none in those Q days.
"""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from pyproj import Geod

from validation.theatre.fronts import events, theatre

HOLDERS = Path(__file__).with_name("holders.csv")
FIRST, LAST = date(2016, 1, 1), date(2016, 11, 23)
BORDER_KM = 150.0
ELSEWHERE_KM = 50.0
DEAD_WITHIN_DAYS = 7
LOOK_BACK_DAYS = 14
ACTIVE_EVENTS = 3
BLOCS = ("ankara", "baghdad", "damascus", "islamic-state", "north-east", "opposition")
WITH_AIRCRAFT = frozenset({"ankara", "baghdad", "damascus", "north-east"})
Floats = NDArray[np.float64]


SURGE_EVENTS, SURGE_DEAD, SURGE_TIMES = 3.0, 10.0, 3.0


class Rule(NamedTuple):
    """What counts as an onset: reach of a place in km, days before, and which of the two rules."""

    within_km: float = 15.0
    quiet_days: int = 30
    surge: bool = False


class World(NamedTuple):
    """Places and who held them, days d from ``FIRST`` on.

    Attributes
    ----------
    places : names
    spots : (p, 2) latitude and longitude
    holder : (p, d) index of the bloc that holds the place, -1 where it is not known
    apart : (p, p) km
    hostile : (b, b)
    """

    places: tuple[str, ...]
    spots: Floats
    holder: NDArray[np.int64]
    apart: Floats
    hostile: NDArray[np.bool_]


def days() -> int:
    """Number of days looked at."""
    return (LAST - FIRST).days + 1


def world() -> World:
    """Read places and holders: the theatre's of day 0, corrected by what the lists date."""
    spec = theatre()
    written = pd.read_csv(HOLDERS, parse_dates=["first", "last"])
    spots = {name: place.at for name, place in spec.places.items() if place.at is not None}
    spots |= {row.place: (row.lat, row.lon) for row in written.itertuples()}
    names = tuple(spots)
    holder = np.full((len(names), days()), -1)
    for number, name in enumerate(names):
        place = spec.places.get(name)
        if place is not None and place.held_by is not None:
            bloc = spec.actors[place.held_by].bloc
            holder[number] = BLOCS.index(bloc) if bloc in BLOCS else -1
    for name in dict.fromkeys(written["place"]):
        holder[names.index(name)] = -1
    for row in written[written["bloc"].notna()].itertuples():
        first, last = ((day.date() - FIRST).days for day in (row.first, row.last))
        holder[names.index(row.place), max(first, 0) : last + 1] = BLOCS.index(row.bloc)
    at = np.array(list(spots.values()))
    return World(names, at, holder, kilometres(at, at), _hostile())


def _hostile() -> NDArray[np.bool_]:
    found = np.zeros((len(BLOCS), len(BLOCS)), dtype=bool)
    for relation in theatre().relations:
        one, other = relation.pair
        if relation.stance == "hostile" and one in BLOCS and other in BLOCS:
            i, j = BLOCS.index(one), BLOCS.index(other)
            found[i, j] = found[j, i] = True
    return found


def kilometres(one: Floats, other: Floats) -> Floats:
    """Great-circle distances, (n, m)."""
    n, m = len(one), len(other)
    _, _, metres = Geod(ellps="WGS84").inv(
        np.repeat(one[:, 1], m), np.repeat(one[:, 0], m), np.tile(other[:, 1], n),
        np.tile(other[:, 0], n),
    )  # fmt: skip
    return np.asarray(metres).reshape(n, m) / 1_000.0


class Counts(NamedTuple):
    """Events by day, places p, blocs b, days d.

    Attributes
    ----------
    meetings : (p, b, b, d) events of two blocs near a place, symmetric
    fallen : (p, b, b, d) dead combatants in them
    dead : (p, b, d) dead booked to a bloc near a place
    busy : (p, b, d) events of a bloc nearest to a place, however far up to the table's reach
    struck : (p, b, d) of these, events in which only the bloc's enemies died
    """

    meetings: Floats
    fallen: Floats
    dead: Floats
    busy: Floats
    struck: Floats


def counts(where: World, rule: Rule, last: date = LAST) -> Counts:
    """Count events by place, blocs and day; nothing later than `last`."""
    frame = events().events
    frame = frame[(frame["first"].dt.date >= FIRST) & (frame["last"].dt.date <= last)]
    frame = frame[frame["bloc_a"].isin(BLOCS) & frame["bloc_b"].isin(BLOCS)]
    km = kilometres(frame[["lat", "lon"]].to_numpy(), where.spots)
    nearest = km.argmin(axis=1)
    reach = km.min(axis=1)
    shape = (len(where.places), len(BLOCS))
    found = Counts(
        *(np.zeros((*shape, len(BLOCS), days())) for _ in range(2)),
        *(np.zeros((*shape, days())) for _ in range(3)),
    )
    for row, place, far in zip(frame.itertuples(), nearest, reach, strict=True):
        day = (row.first.date() - FIRST).days
        pair = (BLOCS.index(row.bloc_a), BLOCS.index(row.bloc_b))
        for bloc, enemy, own, others in (
            (*pair, row.dead_a, row.dead_b + row.unknown),
            (*pair[::-1], row.dead_b, row.dead_a + row.unknown),
        ):
            found.busy[place, bloc, day] += 1
            found.struck[place, bloc, day] += own == 0 and others > 0
            if far <= rule.within_km:
                found.meetings[place, bloc, enemy, day] += 1
                found.fallen[place, bloc, enemy, day] += row.fallen_best
                found.dead[place, bloc, day] += own
    return found


def table(rule: Rule | None = None) -> pd.DataFrame:
    """One row for each bloc, place and week at risk.

    Returns
    -------
    table with ``attacker``, ``defender``, ``place``, ``week`` (first day), ``exposure`` (weeks),
    ``onset`` (0 or 1), ``day`` of the onset, and the covariates ``km``, ``busy_defender``,
    ``busy_attacker``, ``aircraft``, ``air_elsewhere``
    """
    rule = rule or Rule()
    where = world()
    seen = counts(where, rule)
    rows = []
    for attacker in range(len(BLOCS)):
        for place in range(len(where.places)):
            rows += _weeks(where, seen, rule, attacker, place)
    return pd.DataFrame(rows)


def _weeks(where: World, seen: Counts, rule: Rule, attacker: int, place: int) -> list[dict]:
    rows: dict[int, dict] = {}
    last_onset = {holder: -days() for holder in range(-1, len(BLOCS))}
    for day in range(rule.quiet_days, days()):
        holder = int(where.holder[place, day])
        if holder < 0 or holder == attacker or not where.hostile[attacker, holder]:
            continue
        km = _border(where, attacker, place, day)
        if not rule.within_km < km <= BORDER_KM or day - last_onset[holder] < rule.quiet_days:
            continue
        if not rule.surge and _met(seen, rule, attacker, holder, place, day):
            continue
        week = day // 7
        if week not in rows:
            rows[week] = {
                "attacker": BLOCS[attacker],
                "defender": BLOCS[holder],
                "place": where.places[place],
                "week": FIRST + timedelta(days=7 * week),
                "exposure": 0.0,
                "onset": 0,
                "day": None,
                "km": km,
            } | _elsewhere(where, seen, attacker, holder, place, day)
        rows[week]["exposure"] += 1.0 / 7.0
        if _opens(seen, rule, attacker, holder, place, day):
            rows[week] |= {"onset": 1, "day": FIRST + timedelta(days=day)}
            last_onset[holder] = day
    return list(rows.values())


def _met(seen: Counts, rule: Rule, attacker: int, holder: int, place: int, day: int) -> bool:
    """Whether the two met at the place in the days of quiet asked for."""
    return bool(seen.meetings[place, attacker, holder, day - rule.quiet_days : day].any())


def _opens(seen: Counts, rule: Rule, attacker: int, holder: int, place: int, day: int) -> bool:
    """Whether an attack opens on a day at risk."""
    ahead = slice(day, day + DEAD_WITHIN_DAYS)
    met = seen.meetings[place, attacker, holder]
    if met[day] == 0 or not seen.dead[place, attacker, ahead].any():
        return False
    if not rule.surge:
        return True
    fallen = seen.fallen[place, attacker, holder]
    usual = fallen[day - rule.quiet_days : day].sum() * DEAD_WITHIN_DAYS / rule.quiet_days
    now = fallen[ahead].sum()
    enough = met[ahead].sum() >= SURGE_EVENTS and now >= SURGE_DEAD
    return bool(enough and now >= SURGE_TIMES * usual)


def _border(where: World, attacker: int, place: int, day: int) -> float:
    """Distance to the nearest place the attacker holds, infinite if it holds none."""
    own = where.apart[place][where.holder[:, day] == attacker]
    return float(own.min()) if len(own) else float("inf")


def _elsewhere(
    where: World, seen: Counts, attacker: int, holder: int, place: int, day: int
) -> dict[str, float]:
    """What went on farther than ``ELSEWHERE_KM`` away in the two weeks before."""
    far = where.apart[place] > ELSEWHERE_KM
    back = slice(max(day - LOOK_BACK_DAYS, 0), day)

    def active(bloc: int) -> float:
        return float((seen.busy[far, bloc, back].sum(axis=1) >= ACTIVE_EVENTS).sum())

    aircraft = BLOCS[holder] in WITH_AIRCRAFT
    struck = float(seen.struck[far, holder, back].sum()) if aircraft else 0.0
    return {
        "busy_defender": active(holder),
        "busy_attacker": active(attacker),
        "aircraft": float(aircraft),
        "air_elsewhere": float(np.log1p(struck)),
    }
