"""Figures of the validation, drawn from its tables."""

from __future__ import annotations

from pathlib import Path

import matplotlib
import numpy as np
import pandas as pd
from matplotlib.figure import Figure

matplotlib.use("agg")
BINS = 8


def draw_all(results: Path, folder: Path) -> list[str]:
    """Draw every figure whose tables exist; returns the names of the files."""
    folder.mkdir(parents=True, exist_ok=True)
    drawn = []
    battles = results / "cdb90_forecasts.csv"
    if battles.exists():
        table = pd.read_csv(battles)
        drawn.append(
            _save(
                reliability(table["won"], table["model_probability"]), folder, "cdb90_reliability"
            )
        )
        drawn.append(_save(residuals(table), folder, "cdb90_residuals"))
    episodes = results / "episodes_forecasts.csv"
    if episodes.exists():
        table = pd.read_csv(episodes)
        chart = reliability(table["holds"], table["model_probability"])
        drawn.append(_save(chart, folder, "episodes_reliability"))
        drawn.append(_save(durations(table), folder, "episodes_days"))
    return drawn


def _save(figure: Figure, folder: Path, name: str) -> str:
    figure.savefig(folder / f"{name}.png", dpi=110, bbox_inches="tight", metadata={"Software": ""})
    return f"{name}.png"


def reliability(happened: pd.Series, probability: pd.Series) -> Figure:
    """How often it happened among forecasts of about the same probability."""
    figure = Figure(figsize=(4.5, 4.5))
    axes = figure.subplots()
    order = np.argsort(probability.to_numpy())
    parts = np.array_split(order, BINS)
    x = np.array([probability.to_numpy()[part].mean() for part in parts])
    y = np.array([happened.to_numpy()[part].mean() for part in parts])
    spread = np.array([1.96 * np.sqrt(0.25 / len(part)) for part in parts])
    axes.plot([0, 1], [0, 1], color="0.7")
    axes.errorbar(x, y, yerr=spread, fmt="o", capsize=2)
    axes.set(xlim=(0, 1), ylim=(0, 1), xlabel="forecast", ylabel="share that happened")
    axes.set_title(f"{len(happened)} rows in {BINS} equal parts")
    return figure


def residuals(table: pd.DataFrame) -> Figure:
    """Log loss ratio: observed less median forecast, against the forecast."""
    figure = Figure(figsize=(6, 4))
    axes = figure.subplots()
    rest = table["log_loss_ratio"] - table["loss_ratio_q50"]
    colours = np.where(table["won"] > 0.5, "tab:blue", "tab:orange")
    axes.scatter(table["loss_ratio_q50"], rest, s=9, c=colours)
    axes.axhline(0.0, color="0.7")
    axes.set(xlabel="median forecast of ln loss ratio", ylabel="observed less forecast")
    axes.set_title("blue: attacker won; orange: he did not")
    return figure


def durations(table: pd.DataFrame) -> Figure:
    """Duration: 90 % interval of the forecast and what it was."""
    figure = Figure(figsize=(6, 8))
    axes = figure.subplots()
    table = table.sort_values("days").reset_index(drop=True)
    axes.hlines(table.index, table["days_q05"], table["days_q95"], color="0.75")
    axes.plot(table["days_q50"], table.index, "|", color="0.3")
    axes.plot(table["days"], table.index, "o", markersize=3, color="tab:red")
    axes.set(xscale="log", xlabel="days", yticks=[], ylabel="operations, by duration")
    axes.set_title("red: what it was; grey: 90 % interval and median")
    return figure
