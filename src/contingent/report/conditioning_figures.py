"""Figures of a conditioned theatre: weights over time, evidence, causes, claims.

Each is made of the record that ``contingent condition --json`` prints. Nothing is told by colour
alone: numbers stand in cells, markers differ in shape, what is refused is hatched.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import ceil, isfinite
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from contingent.report.drawing import Figure
from contingent.report.figures import COLOURS

__all__ = [
    "claims_figure", "conditioning_figures", "evidence_figure", "factors_figure",
    "separability_figure", "weights_figure",
]  # fmt: skip

Record = Mapping[str, Any]
BLUE, ORANGE, GREEN, RED = COLOURS[:4]
COLUMNS = 3
MOST_BITS = 3.0
"""Bits at which the colour of a cell of the evidence matrix is full."""
SMALL = 7


def conditioning_figures(record: Record) -> dict[str, Figure]:
    """Every figure that the record has something for, by the name of its file."""
    found = {"separability": separability_figure(record)}
    if record["evidence"]:
        found["explanations-over-time"] = weights_figure(record)
        found["evidence-matrix"] = evidence_figure(record)
    if record["causes"]:
        found["factors"] = factors_figure(record)
    if any(row["prior"] is not None for row in record["claims"]):
        found["claims-before-and-after"] = claims_figure(record)
    return found


def weights_figure(record: Record) -> Figure:
    """Draw the weight of each explanation as reports arrive, a panel each, with its interval."""
    names = [row["name"] for row in record["explanations"]]
    priors = {row["name"]: row["prior"] for row in record["explanations"]}
    dates = [np.datetime64(str(row["date"])) for row in record["over_time"]]
    rows, columns = ceil(len(names) / COLUMNS), min(COLUMNS, len(names))
    figure = Figure(figsize=(3.3 * columns, 1.7 * rows + 0.9), layout="constrained")
    panels = figure.subplots(rows, columns, sharex=True, sharey=True, squeeze=False).ravel()
    for panel, name in zip(panels, names, strict=False):
        panel.axhline(100.0 * priors[name], color="grey", ls=":", lw=1)
        _draw_weights(panel, dates, [row["weights"] for row in record["over_time"]], name)
        panel.set_title(name, fontsize=9)
        panel.set_ylim(-2, 102)
        panel.tick_params(axis="x", labelrotation=40, labelsize=SMALL)
        panel.tick_params(axis="y", labelsize=SMALL)
    for panel in panels[len(names) :]:
        panel.set_visible(False)
    for panel in panels[max(len(names) - columns, 0) : len(names)]:
        panel.tick_params(axis="x", labelbottom=True)
    if len(dates) > 1:
        panels[0].set_xticks(_few(dates))
    handles = [
        Line2D([], [], color=BLUE, marker="o", ms=4, label="weight if one had to be believed"),
        Patch(color=BLUE, alpha=0.25, label="95 % Monte Carlo"),
        Line2D([], [], color="grey", ls=":", label="prior weight"),
        Line2D([], [], color="black", marker="x", lw=0, label="runs differ too much: no weight"),
    ]
    figure.legend(handles=handles, loc="outside lower center", ncols=2, fontsize=8)
    figure.supylabel("weight, %", fontsize=9)
    return figure


def _few(dates: Sequence[np.datetime64], most: int = 5) -> list[np.datetime64]:
    """At most a few dates, evenly spread over the days."""
    days = np.array(dates)
    steps = np.linspace(0.0, float((days[-1] - days[0]).astype(int)), min(most, len(days)))
    return [days[0] + np.timedelta64(round(step), "D") for step in steps]


def _draw_weights(
    panel: Axes, dates: Sequence[np.datetime64], weights: Sequence[Any], name: str
) -> None:
    known = [(day, one[name]) for day, one in zip(dates, weights, strict=True) if one is not None]
    if known:
        days = [day for day, _ in known]
        low, middle, high = (
            [100.0 * one[key] for _, one in known] for key in ("low", "value", "high")
        )
        panel.fill_between(days, low, high, color=BLUE, alpha=0.25, lw=0)
        panel.plot(days, middle, "o-", color=BLUE, ms=3, lw=1)
    refused = [day for day, one in zip(dates, weights, strict=True) if one is None]
    panel.plot(refused, [94.0] * len(refused), "x", color="black", ms=4)


def evidence_figure(record: Record) -> Figure:
    """Draw the weight of each report under each explanation, in bits against the mean one."""
    names = [row["name"] for row in record["explanations"]]
    by_name = {row["id"]: row for row in record["evidence"]}
    order = list(record["diagnosticity"])
    bits = np.array([[by_name[report]["bits"][name] for name in names] for report in order])
    bits = bits - bits.mean(axis=1, keepdims=True)
    figure = Figure(
        figsize=(0.62 * len(names) + 2.6, 0.27 * len(order) + 2.3), layout="constrained"
    )
    panel = figure.subplots()
    image = panel.imshow(bits, cmap="PuOr_r", vmin=-MOST_BITS, vmax=MOST_BITS, aspect="auto")
    for i, report in enumerate(order):
        for j, name in enumerate(names):
            error = by_name[report]["error"][name]
            clear = abs(bits[i, j]) >= 2.0 * error
            dark = abs(bits[i, j]) > 0.75 * MOST_BITS
            panel.text(
                j, i, f"{bits[i, j]:+.1f}", ha="center", va="center", fontsize=SMALL,
                color="white" if dark else ("black" if clear else "0.45"),
                fontweight="bold" if clear else "normal",
            )  # fmt: skip
    panel.set_xticks(range(len(names)), names, rotation=45, ha="right", fontsize=8)
    panel.set_yticks(range(len(order)), order, fontsize=8)
    figure.colorbar(image, ax=panel, label="bits against the mean explanation", shrink=0.7)
    panel.set_title("Reports by how much they tell; bold: at least twice its error", fontsize=9)
    return figure


def separability_figure(record: Record) -> Figure:
    """Draw how often the right one of two explanations leads on reports made up from either."""
    names = [row["name"] for row in record["separability"]["all"]["recovery"]]
    shares = np.full((len(names), len(names)), np.nan)
    # Pairs are told apart on all made-up sets; below the diagonal on those with the event.
    for part, lower in (("all", False), ("given_event", True)):
        for row in record["separability"].get(part, {"pairs": []})["pairs"]:
            i, j = names.index(row["one"]), names.index(row["other"])
            right = row["right"] if row["right"] is not None else np.nan
            shares[(j, i) if lower else (i, j)] = right
    side = 0.55 * len(names) + 2.4
    figure = Figure(figsize=(side + 0.6, side), layout="constrained")
    panel = figure.subplots()
    panel.set_facecolor("0.92")
    panel.imshow(shares, cmap="cividis_r", vmin=0.5, vmax=1.0, aspect="equal")
    for i in range(len(names)):
        for j in range(len(names)):
            value = shares[i, j]
            text = "" if i == j else ("?" if np.isnan(value) else f"{100.0 * value:.0f}")
            panel.text(
                j, i, text, ha="center", va="center", fontsize=SMALL,
                color="white" if value > 0.75 else "black",
                fontweight="bold" if value >= 0.8 else "normal",
            )  # fmt: skip
    panel.set_xticks(range(len(names)), names, rotation=45, ha="right", fontsize=8)
    panel.set_yticks(range(len(names)), names, fontsize=8)
    panel.set_title(
        "How often made-up reports recover the right one of two, %\n"
        "above the diagonal: all; below: given the event; ?: too few paths; bold: 80 or more",
        fontsize=8,
    )
    return figure


def factors_figure(record: Record) -> Figure:
    """Draw necessity and sufficiency of each factor alone, with replicates and variants."""
    rows = [row for row in record["causes"] if len(row["factors"]) == 1][::-1]
    figure = Figure(figsize=(8.0, 0.36 * len(rows) + 1.6), layout="constrained")
    panels = figure.subplots(1, 2, sharey=True)
    titles = ("still comes about, the factor undone", "comes about, the factor brought in")
    keys = ("still_without", "sufficiency")
    for panel, key, title in zip(panels, keys, titles, strict=True):
        for place, row in enumerate(rows):
            _draw_share(panel, place, row[key])
        panel.set_title(title, fontsize=9)
        panel.set_xlim(-2, 102)
        panel.set_xlabel(f"{record['event']}, % of worlds", fontsize=8)
        panel.grid(axis="x", lw=0.4)
    panels[0].set_yticks(range(len(rows)), [row["factors"][0] for row in rows], fontsize=8)
    panels[0].set_ylim(-0.6, len(rows) - 0.4)
    handles = [
        Line2D([], [], color=BLUE, marker="o", ms=4, label="share, 95 % over replicates"),
        Patch(facecolor=ORANGE, alpha=0.35, hatch="//", label="range over variants of the model"),
    ]
    figure.legend(handles=handles, loc="outside lower center", ncols=2, fontsize=8)
    return figure


def _draw_share(panel: Axes, place: int, found: Mapping[str, Any]) -> None:
    low, high = found["variants_low"], found["variants_high"]
    if found["variants"] and low is not None and isfinite(low):
        panel.barh(place, 100.0 * (high - low), left=100.0 * low, height=0.55, color=ORANGE,
                   alpha=0.35, hatch="//")  # fmt: skip
    if not isfinite(found["value"]):
        panel.text(50, place, "too few worlds", ha="center", va="center", fontsize=SMALL)
        return
    panel.plot([100.0 * found["low"], 100.0 * found["high"]], [place] * 2, color=BLUE, lw=1.5)
    panel.plot(100.0 * found["value"], place, "o", color=BLUE, ms=5)


def claims_figure(record: Record) -> Figure:
    """Draw every claim before and after the reports, with both intervals."""
    rows = [row for row in record["claims"] if row["prior"] is not None][::-1]
    figure = Figure(figsize=(7.0, 0.3 * len(rows) + 1.6), layout="constrained")
    panel = figure.subplots()
    for place, row in enumerate(rows):
        _draw_dumbbell(panel, place, row["prior"], row["conditioned"])
    panel.set_yticks(range(len(rows)), [row["id"] for row in rows], fontsize=8)
    panel.set_ylim(-0.7, len(rows) - 0.3)
    panel.set_xlim(-2, 102)
    panel.set_xlabel("probability, %")
    panel.grid(axis="x", lw=0.4)
    panel.set_title(f"{record['scenario']}: before → after the reports", fontsize=10)
    handles = [
        Line2D([], [], color="0.45", marker="o", mfc="white", ms=6, label="before, 95 %"),
        Line2D([], [], color=BLUE, marker="D", ms=5, label="after, 95 %"),
        Line2D([], [], color=RED, marker="x", ms=6, lw=0, label="runs disagree: no verdict"),
    ]
    figure.legend(handles=handles, loc="outside lower center", ncols=3, fontsize=8)
    return figure


def _draw_dumbbell(
    panel: Axes, place: int, before: Mapping[str, Any], after: Mapping[str, Any]
) -> None:
    known = [one for one in (before, after) if one["probability"] is not None]
    if len(known) == 2:
        ends = [100.0 * one["probability"] for one in known]
        panel.plot(ends, [place, place], color="0.75", lw=3, zorder=1)
    if before["probability"] is not None:
        panel.plot([100.0 * before["low"], 100.0 * before["high"]], [place + 0.18] * 2,
                   color="0.45", lw=1)  # fmt: skip
        panel.plot(100.0 * before["probability"], place, "o", mfc="white", mec="0.3", ms=6)
    if after["probability"] is not None:
        panel.plot([100.0 * after["low"], 100.0 * after["high"]], [place - 0.18] * 2,
                   color=BLUE, lw=1.5)  # fmt: skip
        refused = bool(after.get("refused"))
        panel.plot(
            100.0 * after["probability"], place, "x" if refused else "D",
            color=RED if refused else BLUE, ms=6 if refused else 5,
        )  # fmt: skip
