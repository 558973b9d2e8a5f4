"""How far a report is trusted: the Admiralty code as a probability.

The code grades a source from A (completely reliable) to E (unreliable), F for one that cannot be
judged, and what it says from 1 (confirmed by other sources) to 5 (improbable), 6 likewise (U.S.
Army, FM 2-22.3, appendix B). The numbers are those of the MISP taxonomy ``admiralty-scale``: 100,
75, 50, 25, 0 and 50 per cent on both scales. The trust is the mean of the two, kept within 0.02 and
0.98, since no grade rules an error out or in. The code was not made for numbers and its two scales
are hardly independent in use (Baker, McKendry & Mace 1968; Irwin & Mandel 2019), so results are
swept over readings that trust every source more, or less.

>>> trust("A1"), trust("B2"), trust("D4"), trust(None)
(0.98, 0.75, 0.25, 0.5)
>>> round(trust("B2", "generous"), 3), round(trust("B2", "strict"), 3)
(0.891, 0.525)
"""

from __future__ import annotations

import math
from typing import Literal, get_args

Reading = Literal["published", "generous", "strict"]
READINGS: tuple[Reading, ...] = get_args(Reading)

SOURCE = {"A": 1.0, "B": 0.75, "C": 0.5, "D": 0.25, "E": 0.0, "F": 0.5}
CONTENT = {"1": 1.0, "2": 0.75, "3": 0.5, "4": 0.25, "5": 0.0, "6": 0.5}
LEAST, MOST = 0.02, 0.98
UNGRADED = "F6"
SHIFT = {"published": 0.0, "generous": 1.0, "strict": -1.0}
"""Added to the log odds of every trust."""


def trust(grade: str | None, reading: Reading = "published") -> float:
    """Probability that a report follows what happened rather than nothing at all.

    Parameters
    ----------
    grade : A1 to F6; None is read as F6
    reading : ``published``, or log odds raised (``generous``) or lowered (``strict``) by 1
    """
    written = grade or UNGRADED
    middle = 0.5 * (SOURCE[written[0]] + CONTENT[written[1]])
    kept = min(max(middle, LEAST), MOST)
    if reading == "published":
        return kept
    odds = math.log(kept / (1.0 - kept)) + SHIFT[reading]
    return 1.0 / (1.0 + math.exp(-odds))
