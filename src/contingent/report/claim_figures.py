"""Figures of one claim: what moves it, the rule of its true futures, what to watch, what levers do.

Made of the records that ``contingent drivers``, ``watch`` and ``what-if`` print. Markers differ in
shape as well as in colour, and what is no more than noise is drawn hollow.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import Patch, Rectangle
from numpy.typing import NDArray

from contingent.report.drawing import Figure
from contingent.report.figures import COLOURS

__all__ = ["box_figure", "differences_figure", "drivers_figure", "watch_figure"]

Record = Mapping[str, Any]
BLUE, ORANGE, GREEN, RED = COLOURS[:4]
ROW, SMALL = 0.3, 7
MOST_ROWS = 30


def drivers_figure(record: Record) -> Figure:
    """Draw a tornado: the claim in the lowest and the highest fifth of each unknown."""
    rows = record["drivers"][::-1]
    figure = Figure(figsize=(8.0, ROW * max(len(rows), 3) + 1.6), layout="constrained")
    panel = figure.subplots()
    for place, row in enumerate(rows):
        low, high = 100.0 * row["lowest"], 100.0 * row["highest"]
        colour = BLUE if row["matters"] else "0.7"
        panel.plot([low, high], [place, place], color=colour, lw=5 if row["matters"] else 2)
        panel.plot(low, place, "<", mfc="white", mec=colour, ms=8)
        panel.plot(high, place, ">", mfc=colour, mec="white", ms=9)
    _say_base(panel, record)
    panel.set_yticks(range(len(rows)), [row["name"] for row in rows], fontsize=8)
    panel.set_ylim(-0.7, len(rows) - 0.3)
    handles = [
        Line2D([], [], marker="<", mfc="white", mec=BLUE, lw=0, ms=7, label="its lowest fifth"),
        Line2D([], [], marker=">", color=BLUE, lw=0, ms=7, label="its highest fifth"),
        Line2D([], [], color="0.7", lw=2, label="no more than noise"),
        Line2D([], [], color="black", lw=1, ls="--", label="all futures"),
    ]
    figure.legend(handles=handles, loc="outside lower center", ncols=4, fontsize=8)
    panel.set_title(f"What moves {record['claim']}", fontsize=10)
    return figure


def _say_base(panel: Axes, record: Record) -> None:
    """Scale of a claim's probability, with its value over all futures."""
    panel.set_xlim(-3, 103)
    panel.set_xlabel(f"{record['claim']} comes true, % of futures", fontsize=9)
    panel.grid(axis="x", lw=0.4)
    panel.tick_params(axis="x", labelsize=8)
    if record["probability"] is not None:
        panel.axvline(100.0 * record["probability"], color="black", lw=1, ls="--")


def box_figure(
    record: Record, values: Mapping[str, NDArray[np.float64]], outcome: NDArray[np.bool_]
) -> Figure:
    """Draw the rule: futures by the unknowns that limit it, two at a time, and the box.

    Parameters
    ----------
    record : of the drivers, with a rule
    values : of the unknowns that the rule names, by name
    outcome : whether the claim comes true in each future
    """
    limits = record["rule"]["limits"]
    names = [limit["name"] for limit in limits]
    pairs = [limits[i : i + 2] for i in range(0, len(limits), 2)]
    true = outcome
    figure = Figure(figsize=(4.0 * len(pairs) + 0.4, 4.6), layout="constrained")
    panels = figure.subplots(1, len(pairs), squeeze=False).ravel()
    for panel, pair in zip(panels, pairs, strict=True):
        across = values[pair[0]["name"]]
        up = values[pair[1]["name"]] if len(pair) > 1 else _scattered(len(true))
        panel.plot(across[~true], up[~true], "o", mfc="none", mec="0.6", ms=3, mew=0.6)
        panel.plot(across[true], up[true], "+", color=RED, ms=5, mew=0.9)
        _draw_box(panel, pair)
        panel.set_xlabel(pair[0]["name"], fontsize=8)
        panel.set_ylabel(pair[1]["name"] if len(pair) > 1 else "(scattered)", fontsize=8)
        panel.tick_params(labelsize=SMALL)
    rule = record["rule"]
    figure.suptitle(
        f"{record['claim']}: true in {100 * rule['density']:.0f} of 100 futures inside, "
        f"which are {100 * rule['coverage']:.0f} % of all true ones\n"
        f"({len(names)} limits, {100 * rule['support']:.0f} % of all futures inside)",
        fontsize=9,
    )
    handles = [
        Line2D([], [], marker="+", color=RED, lw=0, label="comes true"),
        Line2D([], [], marker="o", mfc="none", mec="0.6", lw=0, label="does not"),
        Patch(facecolor=BLUE, alpha=0.15, edgecolor=BLUE, label="the rule"),
    ]
    figure.legend(handles=handles, loc="outside lower center", ncols=3, fontsize=8)
    return figure


def _scattered(count: int) -> NDArray[np.float64]:
    """Heights that spread points apart; they say nothing."""
    return np.asarray((np.arange(count) * 0.618034) % 1.0)


def _draw_box(panel: Axes, pair: Sequence[Mapping[str, Any]]) -> None:
    """Shade the box; a side without a limit reaches the edge of the panel."""
    sides = [panel.get_xlim(), panel.get_ylim()]
    corners = []
    for (first, last), limit in zip(sides, [*pair, None][:2], strict=True):
        low = first if limit is None or not np.isfinite(limit["low"]) else limit["low"]
        high = last if limit is None or not np.isfinite(limit["high"]) else limit["high"]
        corners.append((low, high))
    (left, right), (bottom, top) = corners
    panel.add_patch(
        Rectangle((left, bottom), right - left, top - bottom, facecolor=(*_rgb(BLUE), 0.15),
                  edgecolor=BLUE, lw=1.5)
    )  # fmt: skip
    panel.set_xlim(*sides[0])
    panel.set_ylim(*sides[1])


def _rgb(colour: str) -> tuple[float, float, float]:
    red, green, blue = (int(colour[i : i + 2], 16) / 255.0 for i in (1, 3, 5))
    return red, green, blue


def watch_figure(record: Record) -> Figure:
    """Draw what to watch: the claim if it is seen and if it is not, the most telling first."""
    rows = record["watch"][::-1]
    figure = Figure(figsize=(8.4, ROW * max(len(rows), 3) + 1.6), layout="constrained")
    panel = figure.subplots()
    for place, row in enumerate(rows):
        seen, not_seen = 100.0 * row["if_seen"], 100.0 * row["if_not"]
        panel.plot([seen, not_seen], [place, place], color="0.75", lw=3)
        panel.plot(not_seen, place, "o", mfc="white", mec="0.3", ms=6)
        panel.plot(seen, place, "D", color=BLUE, ms=6)
        panel.annotate(
            f"{row['bits']:.2f} bit", (1.01, place), xycoords=("axes fraction", "data"),
            va="center", fontsize=SMALL,
        )  # fmt: skip
    _say_base(panel, record)
    labels = [f"{row['says']}, {row['date']} ({100 * row['seen']:.0f} %)" for row in rows]
    panel.set_yticks(range(len(rows)), labels, fontsize=8)
    panel.set_ylim(-0.7, len(rows) - 0.3)
    handles = [
        Line2D([], [], marker="D", color=BLUE, lw=0, ms=6, label="if seen"),
        Line2D([], [], marker="o", mfc="white", mec="0.3", lw=0, ms=6, label="if not"),
        Line2D([], [], color="black", lw=1, ls="--", label="now"),
    ]
    figure.legend(handles=handles, loc="outside lower center", ncols=3, fontsize=8)
    panel.set_title("What to look for (how likely it is to be seen)", fontsize=10)
    return figure


def differences_figure(record: Record) -> Figure:
    """Draw a tornado of what a what-if does to each claim, the largest on top."""
    rows = [row for row in record["claims"] if row["difference"] is not None]
    rows = sorted(rows, key=lambda row: abs(row["difference"]))[-MOST_ROWS:]
    figure = Figure(figsize=(7.4, ROW * max(len(rows), 3) + 1.6), layout="constrained")
    panel = figure.subplots()
    for place, row in enumerate(rows):
        colour = BLUE if row["clear"] else "0.7"
        panel.barh(
            place, 100.0 * row["difference"], height=0.6, color=colour if row["clear"] else "white",
            edgecolor=colour, hatch="" if row["clear"] else "//",
        )  # fmt: skip
        panel.plot([100.0 * row["low"], 100.0 * row["high"]], [place, place], color="black", lw=1)
    panel.axvline(0.0, color="black", lw=0.8)
    panel.set_yticks(range(len(rows)), [row["claim"] for row in rows], fontsize=8)
    panel.set_ylim(-0.7, len(rows) - 0.3)
    panel.set_xlabel("difference, percentage points", fontsize=9)
    panel.grid(axis="x", lw=0.4)
    handles = [
        Patch(color=BLUE, label="clear (interval leaves out 0)"),
        Patch(facecolor="white", edgecolor="0.7", hatch="//", label="not clear"),
        Line2D([], [], color="black", lw=1, label="95 %"),
    ]
    figure.legend(handles=handles, loc="outside lower center", ncols=3, fontsize=8)
    levers = ", ".join(f"{name} {written}" for name, written in record["do"].items())
    panel.set_title(f"{record['name']}: do {levers}"[:95], fontsize=9)
    return figure
