"""Figures: who holds what over time, fan charts, verdicts, the argument as a graph.

Each function returns a matplotlib figure that belongs to nobody: nothing is shown, no global state
is touched; a notebook draws it, ``figure.savefig(path)`` keeps it. Colours are Okabe & Ito's,
which people with colour blindness can tell apart; an actor has the same colour in every panel.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import ceil
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from contingent.analysis.argument import argument_record
from contingent.analysis.chunks import chunk_paths
from contingent.claims.evaluate import series
from contingent.errors import SettingError
from contingent.language import parse_expression, sort_of
from contingent.report.drawing import Figure
from contingent.simulate.study import Study

__all__ = ["Figure", "argument_figure", "fan_figure", "holders_figure", "verdict_figure"]

COLOURS = (
    "#0072B2", "#E69F00", "#009E73", "#D55E00", "#CC79A7", "#56B4E9", "#F0E442", "#000000",
)  # fmt: skip
HATCHES = ("", "//", "..", "xx")
BANDS = ((5, 95), (25, 75))
COLUMNS = 3
SETTLED = {True: "P", False: "X"}


def holders_figure(study: Study, places: Sequence[str] = ()) -> Figure:
    """Draw, for each place, the share of futures in which each actor holds it, day by day.

    Parameters
    ----------
    study
    places : which; those that change hands most often if left out, at most nine
    """
    shares = _holder_shares(study)
    known = study.names.places
    for place in places:
        if place not in known:
            raise SettingError("place", repr(place), f"one of {', '.join(known)}")
    shown = list(places) or _most_contested(study, shares)
    rows = ceil(len(shown) / COLUMNS)
    columns = min(COLUMNS, len(shown))
    figure = Figure(figsize=(4.0 * columns, 2.4 * rows + 0.6), layout="constrained")
    panels = figure.subplots(rows, columns, sharex=True, sharey=True, squeeze=False).ravel()
    days = _days(study)
    present: set[int] = set()
    for panel, place in zip(panels, shown, strict=False):
        by_actor = shares[:, known.index(place)]
        own = [actor for actor in range(len(by_actor)) if by_actor[actor].max() > 0.0]
        present |= set(own)
        panel.stackplot(days, [100.0 * by_actor[a] for a in own], colors=[_colour(a) for a in own])
        _hatch(panel, own)
        panel.set_title(place, fontsize=10)
        panel.set_ylim(0, 100)
        panel.margins(x=0)
    for panel in panels[len(shown) :]:
        panel.set_visible(False)
    _slant_dates(figure)
    handles = [
        Patch(facecolor=_colour(a), hatch=_hatching(a), label=study.names.actors[a])
        for a in sorted(present)
    ]
    figure.legend(handles=handles, loc="outside lower center", ncols=5, fontsize=8)
    figure.supylabel("share of futures, %", fontsize=9)
    return figure


def fan_figure(study: Study, expression: str) -> Figure:
    """Draw an observable over time: median, middle half and nine tenths of the futures.

    Parameters
    ----------
    study
    expression : a number of the predicate language, such as ``fighters(north)``; something true
        or false is drawn as its share of futures
    """
    formula = parse_expression(expression, study.names.vocabulary())
    values = np.concatenate([series(formula, paths) for paths in chunk_paths(study)]).astype(float)
    days = _days(study)
    figure = Figure(figsize=(7.0, 3.4), layout="constrained")
    panel = figure.subplots()
    if sort_of(formula) == "truth":
        panel.plot(days, 100.0 * values.mean(axis=0), color=COLOURS[0])
        panel.set_ylim(-2, 102)
        panel.set_ylabel("share of futures, %")
    else:
        for shade, (low, high) in zip((0.2, 0.35), BANDS, strict=True):
            bounds = np.percentile(values, (low, high), axis=0)
            panel.fill_between(
                days, *bounds, color=COLOURS[0], alpha=shade, lw=0, label=f"{low} to {high} %"
            )
        panel.plot(days, np.median(values, axis=0), color=COLOURS[0], label="median")
        panel.legend(fontsize=8)
    panel.axvline(days[study.names.day(study.names.now)], color="grey", lw=0.8, ls=":")
    panel.set_title(f"{expression}: {len(values):,} futures", fontsize=10)
    panel.margins(x=0)
    _slant_dates(figure)
    return figure


def verdict_figure(record: Mapping[str, Any]) -> Figure:
    """Draw every evaluated claim: probability, sampling interval, range over variants, hedge."""
    claims = [claim for claim in record["claims"] if claim["probability"] is not None][::-1]
    figure = Figure(figsize=(7.5, 0.32 * len(claims) + 1.4), layout="constrained")
    panel = figure.subplots()
    for row, claim in enumerate(claims):
        _draw_verdict(panel, row, claim)
    panel.set_yticks(range(len(claims)), [claim["id"] for claim in claims], fontsize=8)
    panel.set_ylim(-0.6, max(len(claims) - 0.4, 0.6))
    panel.set_xlim(-2, 102)
    panel.set_xlabel("probability, %")
    panel.grid(axis="x", lw=0.4)
    handles = [
        Line2D([], [], marker="o", color=COLOURS[0], lw=1.5, label="share of futures, 95 %"),
        Patch(color=COLOURS[0], alpha=0.2, label="range over variants"),
        Patch(facecolor="none", edgecolor=COLOURS[3], label="what the hedge implies"),
        Line2D([], [], marker="P", color="black", lw=0, label="came true"),
        Line2D([], [], marker="X", color="black", lw=0, label="did not"),
    ]
    figure.legend(handles=handles, loc="outside lower center", ncols=3, fontsize=8)
    panel.set_title(f"{record['scenario']}, {record['label']}", fontsize=10)
    return figure


def argument_figure(study: Study, record: Mapping[str, Any]) -> Figure:
    """Draw the claims and what they stand on; darker means likelier, an outline not modelled."""
    links = argument_record(study, record)["links"]
    claims = {claim["id"]: claim for claim in record["claims"]}
    linked = {link["claim"] for link in links} | {link["on"] for link in links}
    places = _layers([name for name in claims if name in linked], links)
    width = max((x for x, _ in places.values()), default=0) + 1
    height = max((y for _, y in places.values()), default=0) + 1
    figure = Figure(figsize=(2.1 * width + 0.8, 0.62 * height + 1.0), layout="constrained")
    panel = figure.subplots()
    styles = {
        "follows_from": ("-", "0.35"),
        "needs": ("-", COLOURS[0]),
        "rejects": ("--", COLOURS[3]),
    }
    for link in links:
        line, colour = styles[link["sort"]]
        arrow = {"arrowstyle": "-|>", "ls": line, "color": colour, "shrinkA": 22, "shrinkB": 22}
        panel.annotate("", places[link["claim"]], places[link["on"]], arrowprops=arrow)
    for name, (x, y) in places.items():
        share = claims[name]["probability"]
        shade = "white" if share is None else (*_rgb(COLOURS[5]), 0.15 + 0.85 * share)
        text = name if share is None else f"{name}\n{100 * share:.0f} %"
        box = {"boxstyle": "round,pad=0.35", "facecolor": shade, "edgecolor": "0.4"}
        panel.text(x, y, text, ha="center", va="center", fontsize=7, bbox=box)
    panel.set_xlim(-0.6, width - 0.4)
    panel.set_ylim(height - 0.4, -0.6)
    panel.axis("off")
    handles = [
        Line2D([], [], ls=line, color=colour, label=sort.replace("_", " "))
        for sort, (line, colour) in styles.items()
    ]
    figure.legend(handles=handles, loc="outside lower center", ncols=3, fontsize=8)
    return figure


def _holder_shares(study: Study) -> Any:
    """Share of futures in which each actor holds each place, (actor, place, day)."""
    actors = len(study.names.actors)
    counts = np.zeros((actors, len(study.names.places), study.names.days))
    futures = 0
    for chunk in study.chunks():
        for actor in range(actors):
            counts[actor] += (chunk.holders == actor).sum(axis=0).T
        futures += len(chunk)
    return counts / max(futures, 1)


def _most_contested(study: Study, shares: Any) -> list[str]:
    """Places whose holder is least certain at some time, at most nine, in the file's order."""
    doubt = 1.0 - shares.max(axis=0).min(axis=1)
    chosen = sorted(np.argsort(-doubt, kind="stable")[: COLUMNS * COLUMNS].tolist())
    found = [study.names.places[place] for place in chosen if doubt[place] > 0.01]
    return found or [study.names.places[0]]


def _days(study: Study) -> Any:
    start = np.datetime64(study.names.start)
    return start + np.arange(study.names.days) * np.timedelta64(1, "D")


def _colour(actor: int) -> str:
    return COLOURS[actor % len(COLOURS)]


def _hatching(actor: int) -> str:
    return HATCHES[actor // len(COLOURS) % len(HATCHES)]


def _hatch(panel: Axes, actors: Sequence[int]) -> None:
    """Mark actors whose colour comes a second time."""
    for area, actor in zip(panel.collections, actors, strict=True):
        area.set_hatch(_hatching(actor))


def _slant_dates(figure: Figure) -> None:
    for panel in figure.axes:
        panel.tick_params(axis="x", labelrotation=30, labelsize=8)
        panel.tick_params(axis="y", labelsize=8)


def _draw_verdict(panel: Axes, row: int, claim: Mapping[str, Any]) -> None:
    share = 100.0 * claim["probability"]
    if claim["variants_low"] is not None:
        low, high = 100.0 * claim["variants_low"], 100.0 * claim["variants_high"]
        panel.barh(row, high - low, left=low, height=0.6, color=COLOURS[0], alpha=0.2)
    if claim["hedge_low"] is not None:
        low, high = 100.0 * claim["hedge_low"], 100.0 * claim["hedge_high"]
        panel.barh(row, high - low, left=low, height=0.8, fill=False, edgecolor=COLOURS[3], lw=1)
    panel.plot([100.0 * claim["low"], 100.0 * claim["high"]], [row, row], color=COLOURS[0], lw=1.5)
    panel.plot(share, row, "o", color=COLOURS[0], ms=4)
    if isinstance(claim["settled"], bool):
        panel.plot(100.0 * claim["settled"], row, SETTLED[claim["settled"]], color="black", ms=6)


def _layers(
    names: Sequence[str], links: Sequence[Mapping[str, str]]
) -> dict[str, tuple[float, float]]:
    """Place each claim one column to the right of the last that it stands on."""
    on: dict[str, list[str]] = {name: [] for name in names}
    for link in links:
        on[link["claim"]].append(link["on"])
    depth: dict[str, int] = {}
    while len(depth) < len(on):
        for name, grounds in on.items():
            if name not in depth and all(ground in depth for ground in grounds):
                depth[name] = 1 + max((depth[ground] for ground in grounds), default=-1)
    taken: dict[int, int] = {}
    places = {}
    for name in names:
        column = depth[name]
        places[name] = (float(column), float(taken.get(column, 0)))
        taken[column] = taken.get(column, 0) + 1
    return places


def _rgb(colour: str) -> tuple[float, float, float]:
    red, green, blue = (int(colour[i : i + 2], 16) / 255.0 for i in (1, 3, 5))
    return red, green, blue
