"""Tables of dated, located deaths as evidence: what an event is, and which rows are fit for use.

Two formats are read (:mod:`contingent.infer.event_data_formats`): UCDP GED and ACLED. Both become
one table, an event a row:

=================== ==========================================================================
``id``              name of the row in its own table
``first``, ``last`` days it speaks of; the same day where only one is given
``days``            how many; not a number where the table does not say
``place_precision`` 1 exact, larger is vaguer, in the format's own code
``lat``, ``lon``    degrees
``side_a``, ``side_b`` names of the sides as the table has them
``armed``           whether two armed sides met, rather than one killing civilians or a protest
``ground``          whether the table itself calls it a battle on the ground; None if it never says
``dead_a``, ``dead_b``, ``civilians``, ``unknown`` dead, by side where the table splits them
``low``, ``best``, ``high`` dead in all
``published``       day of the latest text it rests on; not a time where the table does not say
``clear``           whether the table is sure of what happened
``line``            line of the file
=================== ==========================================================================

Rows that say less than they seem to are left out by default, and how many is said: vague places
sit on centroids, one of which may lie near a contested town; long events are residuals of a year;
rows of a rule that gives neither end dates nor dead by side cannot be counted beside the others.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd

LONGEST_DAYS = 7
COLUMNS = (
    "id", "first", "last", "days", "place_precision", "lat", "lon", "side_a", "side_b", "armed",
    "ground", "dead_a", "dead_b", "civilians", "unknown", "low", "best", "high", "published",
    "clear", "line",
)  # fmt: skip


@dataclass(frozen=True)
class LeftOut:
    """Rows that are not used, and why.

    Attributes
    ----------
    rows, dead : how many of each
    reason : in words
    """

    rows: int
    dead: int
    reason: str

    def __str__(self) -> str:
        rows = "1 row" if self.rows == 1 else f"{self.rows:,} rows"
        return f"{rows} with {self.dead:,} dead left out: {self.reason}"


@dataclass(frozen=True)
class EventTable:
    """Events and what was left out of their file.

    Attributes
    ----------
    events : one row an event, with the columns named above
    format : ``ucdp`` or ``acled``
    left_out : in the order in which the rows were left out
    """

    events: pd.DataFrame
    format: str
    left_out: tuple[LeftOut, ...] = ()

    def without(self, unfit: Any, reason: str) -> EventTable:
        """Leave out the rows that are marked; the reason is kept where there are any."""
        rows = int(unfit.sum())
        if not rows:
            return self
        dead = int(self.events.loc[unfit, "best"].sum())
        kept = self.events.loc[~unfit].reset_index(drop=True)
        return EventTable(kept, self.format, (*self.left_out, LeftOut(rows, dead, reason)))


def filtered(table: EventTable, vaguest: int) -> EventTable:
    """Leave out what says less than it seems to.

    Parameters
    ----------
    table
    vaguest : largest code of precision of the place that is kept
    """
    wanted: tuple[tuple[Callable[[pd.DataFrame], Any], str], ...] = (
        (
            lambda events: events["place_precision"] > vaguest,
            f"the place is vaguer than precision {vaguest} and sits on a centroid",
        ),
        (
            lambda events: events["days"] > LONGEST_DAYS,
            f"they speak of more than {LONGEST_DAYS} days (residuals of a longer time)",
        ),
        (
            lambda events: events["days"].isna(),
            "they have neither an end date nor dead by side (another inclusion rule, whose counts "
            "cannot stand beside the others)",
        ),
        (
            lambda events: ~events["armed"].astype(bool),
            "no two armed sides met (violence against civilians, protests)",
        ),
    )
    for unfit, reason in wanted:
        table = table.without(unfit(table.events), reason)
    return table


def until(table: EventTable, fence: date) -> EventTable:
    """Leave out what happened after a day, were it only in part."""
    late = table.events["last"].dt.date > fence
    return table.without(late, f"they lie after {fence}")
