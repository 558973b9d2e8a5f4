"""Figure of the study of onsets: what moves the rate, and recorded beside simulated launches."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
from matplotlib.figure import Figure

SHOWN = {
    "log_km": "farther away (ln km)",
    "busy_defender": "defender busy elsewhere",
    "busy_within": "the same, against his own mean",
    "busy_attacker": "attacker busy elsewhere",
    "aircraft": "defender has aircraft",
    "air_elsewhere": "his aircraft engaged elsewhere",
}


def draw(folder: Path) -> str:
    """Draw ``onset.png`` from the tables; returns its name."""
    coefficients = pd.read_csv(folder / "onset_coefficients.csv")
    rates = pd.read_csv(folder / "onset_rates.csv")
    launches = pd.read_csv(folder / "onset_launches.csv").set_index("attacker")
    figure = Figure(figsize=(10, 4.2), layout="constrained")
    left, right = figure.subplots(1, 2)
    main = coefficients[(coefficients["within_km"] == 15) & (coefficients["quiet_days"] == 30)]
    for shift, (rule, colour) in zip(
        (-0.12, 0.12), (("quiet", "tab:blue"), ("surge", "tab:orange")), strict=True
    ):
        own = main[main["rule"] == rule]
        own = own[(own["model"] == "registered") | own["name"].eq("busy_within")]
        own = own[own["name"].isin(SHOWN)].set_index("name").loc[list(SHOWN)]
        left.errorbar(
            own["mean"], np.arange(len(own)) + shift,
            xerr=[own["mean"] - own["low"], own["high"] - own["mean"]],
            fmt="o", capsize=3, color=colour, label=f"{rule}: {own['onsets'].iloc[0]} onsets",
        )  # fmt: skip
    left.axvline(0.0, color="0.7")
    left.set_yticks(range(len(SHOWN)), list(SHOWN.values()))
    left.set(xlabel="change of ln rate for one standard deviation, 90 %", ylim=(len(SHOWN), -1))
    left.legend(fontsize=8, loc="upper right")
    names = list(launches.index)
    x = np.arange(len(names))
    for shift, (rule, colour) in zip(
        (-0.12, 0.12), (("quiet", "tab:blue"), ("surge", "tab:orange")), strict=True
    ):
        seen = rates[rates["rule"] == rule].set_index("attacker").loc[names]
        right.errorbar(
            x + shift, seen["per_place_week"],
            yerr=[seen["per_place_week"] - seen["low"], seen["high"] - seen["per_place_week"]],
            fmt="o", color=colour, capsize=3, label=f"recorded, {rule}",
        )  # fmt: skip
    right.plot(x, launches["simulated_rate"], "s", color="black", label="simulated")
    right.set(yscale="log", ylim=(1e-3, None), ylabel="attacks opened a place-week at risk")
    right.set_xticks(x, names, fontsize=8, rotation=20)
    right.legend(fontsize=8)
    figure.savefig(folder / "onset.png", dpi=110, bbox_inches="tight", metadata={"Software": ""})
    return "onset.png"
