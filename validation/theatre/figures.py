"""One figure a front: recorded deaths by month beside bands of the simulated."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd
from matplotlib.figure import Figure

RECORDED, PLAIN, ADJUSTED = "black", "tab:blue", "tab:orange"
BAND = 0.32


def draw_all(folder: Path, titles: dict[str, str]) -> list[str]:
    """Draw a figure for each front, and one with all of them; returns the names of the files."""
    table = pd.read_csv(folder / "theatre_fronts.csv")
    drawn = []
    for front, title in titles.items():
        figure = Figure(figsize=(6.5, 4))
        _front(figure.subplots(), table[table["front"] == front], title, legend=True)
        drawn.append(_save(figure, folder, f"theatre_{front}"))
    figure = Figure(figsize=(11, 14), layout="constrained")
    for number, (axes, (front, title)) in enumerate(
        zip(figure.subplots(4, 2).flat, titles.items(), strict=False)
    ):
        _front(axes, table[table["front"] == front], title, legend=number == 0)
    return [*drawn, _save(figure, folder, "theatre_fronts")]


def _save(figure: Figure, folder: Path, name: str) -> str:
    figure.savefig(folder / f"{name}.png", dpi=100, bbox_inches="tight", metadata={"Software": ""})
    return f"{name}.png"


def _front(axes: Any, rows: pd.DataFrame, title: str, *, legend: bool) -> None:
    rows = rows.reset_index(drop=True)
    for kind, colour, shift, label in (
        ("simulated", PLAIN, -0.18, "simulated"),
        ("as_would_be_recorded", ADJUSTED, 0.18, "simulated times reporting factor"),
    ):
        for x, row in rows.iterrows():
            for low, high, alpha in (("q05", "q95", 0.25), ("q25", "q75", 0.45)):
                bottom, top = 1 + row[f"{kind}_{low}"], 1 + row[f"{kind}_{high}"]
                axes.bar(
                    x + shift,
                    top - bottom,
                    BAND,
                    bottom,
                    color=colour,
                    alpha=alpha,
                    label=label if x == 0 and low == "q25" else None,
                )
            middle = 1 + row[f"{kind}_q50"]
            axes.hlines(middle, x + shift - BAND / 2, x + shift + BAND / 2, color=colour)
    best = 1 + rows["recorded_best"]
    spread = [best - (1 + rows["recorded_low"]), (1 + rows["recorded_high"]) - best]
    axes.errorbar(
        rows.index, best, yerr=spread, fmt="o", ms=4, capsize=3, color=RECORDED, label="recorded"
    )
    axes.axvline(len(rows) - 1.5, color="0.7", lw=0.8)
    axes.set(yscale="log", title=title, ylabel="1 + combatants dead per 30 days")
    axes.set_ylim(bottom=0.8)
    labels = [
        "25 Nov to 12 Dec\n(same days)" if name == "same-days" else name for name in rows["window"]
    ]
    axes.set_xticks(range(len(rows)), labels, fontsize=7)
    if legend:
        axes.legend(fontsize=7, loc="upper left", bbox_to_anchor=(0.0, -0.12), ncols=3)
