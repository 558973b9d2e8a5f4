"""The order of a day, and of a future.

Day 0 is the state the scenario file describes; it is recorded as it stands. Every later day runs
the mechanisms in the order of :data:`contingent.reference.layout.MECHANISMS`; each can be switched
off, with the meaning its file states.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from contingent.reference import (
    air,
    clock,
    combat,
    command,
    commitment,
    diplomacy,
    initial,
    intervention,
    layout,
    movement,
    readiness,
    record,
    shocks,
    supply,
    surveillance,
    turn,
)
from contingent.reference.state import Program, Theatre


class Log(NamedTuple):
    """What one future leaves behind.

    Attributes
    ----------
    holders : (days, places) int16
        Actor that holds the place.
    flags : (days, places) uint8
        Contested 1, outskirts 2, assaulted 4.
    series : (days, series) float64
        The recorded observables, in the units of :mod:`contingent.reference.record`.
    """

    holders: np.ndarray
    flags: np.ndarray
    series: np.ndarray


def run_future(
    program: Program,
    theta: Sequence[float],
    key: tuple[int, int],
    future: int,
    keys: np.ndarray | None = None,
    turned: tuple[int, np.ndarray] | None = None,
    columns: np.ndarray | None = None,
) -> Log:
    """Play one future from day 0 to the last day.

    With `turned`, a day and a value for every cell of the parameter tables, levers are moved on
    that day (see :mod:`contingent.reference.turn`). Into `columns`, (days, actors, columns,
    fields), every column on the road is written (see :mod:`contingent.reference.record`).
    """
    t = Theatre(program, theta, key, future, keys)
    initial.set_up(t)
    log = Log(
        np.zeros((program.days, t.sizes["P"]), dtype=np.int16),
        np.zeros((program.days, t.sizes["P"]), dtype=np.uint8),
        np.zeros((program.days, t.sizes["S"])),
    )
    write(t, log, columns)
    for day in range(1, program.days):
        t.day = day
        if turned is not None and day == turned[0]:
            turn.advance(t, turned[1])
        advance(t)
        write(t, log, columns)
    return log


def advance(t: Theatre) -> None:
    """Play one day."""
    on = t.mechanism_on
    _forget_yesterday(t)
    if on[layout.MECHANISM_SHOCKS]:
        shocks.advance(t)
    if on[layout.MECHANISM_CLOCK]:
        clock.advance(t)
    if on[layout.MECHANISM_COMMITMENT]:
        commitment.advance(t)
    if on[layout.MECHANISM_INTERVENTION]:
        intervention.advance(t)
    if on[layout.MECHANISM_SURVEILLANCE]:
        surveillance.advance(t)
    if on[layout.MECHANISM_COMMAND]:
        command.advance(t)
    if on[layout.MECHANISM_SURVEILLANCE]:
        surveillance.look(t)
    if on[layout.MECHANISM_MOVEMENT]:
        movement.advance(t)
    combat.find_contacts(t)
    if on[layout.MECHANISM_AIR]:
        air.advance(t)
    if on[layout.MECHANISM_COMBAT]:
        combat.advance(t)
    surveillance.remember(t)
    if on[layout.MECHANISM_SUPPLY]:
        supply.advance(t)
    if on[layout.MECHANISM_READINESS]:
        readiness.advance(t)
    if on[layout.MECHANISM_DIPLOMACY]:
        diplomacy.advance(t)


def _forget_yesterday(t: Theatre) -> None:
    for a in range(t.sizes["A"]):
        t.column_sorties[a] = 0.0
        t.detected_today[a] = 0
        t.launched_today[a] = 0
        t.struck_today[a] = 0
        for p in range(t.sizes["P"]):
            t.sorties_flown[a][p] = 0.0
            t.fighting[a][p] = 0.0
            t.withdrew[a][p] = 0
    for b in range(t.sizes["B"]):
        for p in range(t.sizes["P"]):
            t.air_support[b][p] = 0.0
            t.air_kill[b][p] = 0.0
    for p in range(t.sizes["P"]):
        t.reinforced[p] = 0.0
    for r in range(t.sizes["R"]):
        t.route_load[r] = 0.0
    for n in range(t.sizes["N"]):
        t.shock_today[n] = 0


def write(t: Theatre, log: Log, columns: np.ndarray | None = None) -> None:
    """Write today into the log."""
    if columns is not None:
        record.columns(t, columns[t.day])
    for p in range(t.sizes["P"]):
        log.holders[t.day, p] = t.holder[p]
        log.flags[t.day, p] = t.flags[p]
    if t.mechanism_on[layout.MECHANISM_RECORD] == 0:
        return
    for s in range(t.sizes["S"]):
        log.series[t.day, s] = record.observe(
            t, t.series_observable[s], t.series_first[s], t.series_second[s]
        )
