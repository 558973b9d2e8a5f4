"""What the page says of deaths by front, attack onset and the outside view, from their tables."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pandas as pd

Markdown = Callable[[pd.DataFrame, int], str]
LIBRARY = Path(__file__).parents[2] / "src" / "contingent" / "scenario" / "library"


def section(results: Path, markdown: Markdown) -> str:
    """Return the parts whose tables are there."""
    parts = [_deaths(results, markdown), _onset(results, markdown), _outside(markdown)]
    return "\n".join(part for part in parts if part)


def _deaths(results: Path, markdown: Markdown) -> str:
    if not (results / "theatre_fronts.csv").exists():
        return ""
    fronts = pd.read_csv(results / "theatre_fronts.csv")
    scores = pd.read_csv(results / "theatre_scores.csv")
    differences = pd.read_csv(results / "theatre_differences.csv")
    factors = pd.read_csv(results / "theatre_factors.csv")
    same = fronts[fronts["window"] == "same-days"]
    shown = pd.DataFrame(
        {
            "front": same["front"],
            "recorded": same["recorded_best"].round().astype(int),
            "simulated, 5 %": same["simulated_q05"].round().astype(int),
            "50 %": same["simulated_q50"].round().astype(int),
            "95 %": same["simulated_q95"].round().astype(int),
            "CRPS": same["crps_raw"],
            "with factor": same["crps_adjusted"],
            "own months": same["crps_own_months"],
        }
    )
    one = factors.iloc[0]
    verdicts = "; ".join(
        f"{row.counted}: {row.verdict} ({row.difference:+.2f}, {row.low:+.2f} to {row.high:+.2f})"
        for row in differences.itertuples()
    )
    return "\n".join(
        [
            "## Theatre level: deaths by front before the fence\n",
            "Prior predictive of `syria-2016` against UCDP GED: combatants dead per 30 days, 25 "
            "November to 12 December 2016 (the same days), no report conditioning it.\n",
            markdown(shown, 2),
            "The months July to November 2016 are rates beside the first 30 days simulated, not "
            "the same days: the theatre's day 0 is written for 24 November. Scores, CRPS of "
            "ln(1 + dead per 30 days):\n",
            markdown(scores, 2),
            f"On the same days, model less {differences['baseline'].iloc[0]}, 95 % by fronts: "
            f"{verdicts}.\n",
            _halves(same),
            f"Reporting factor (recorded over killed) of a front: {one.factor:.2f}, 90 % "
            f"{one.factor_low:.2f} to {one.factor_high:.2f}, from {int(one.operations)} operations "
            "whose dead are known from elsewhere (`theatre_operations.csv`). It adjusts the "
            "record, not the battles; the engine's losses hold wounded and dispersed, which it "
            "has to bear too.\n",
            "![fronts](../validation/results/theatre_fronts.png)\n",
        ]
    )


def _halves(same: pd.DataFrame) -> str:
    """Name the fronts on which the record lies outside the simulated interval, and how."""
    above = same[same["recorded_best"] > same["simulated_q95"]]["front"]
    below = same[same["recorded_best"] < same["simulated_q05"]]["front"]
    idle = same[(same["simulated_q50"] < 1.0) & (same["recorded_best"] > 10.0)]["front"]

    def listed(names: pd.Series) -> str:
        return ", ".join(names) or "none"

    return (
        f"Recorded below the simulated 90 %: {listed(below)}; above: {listed(above)}. In half of "
        f"the futures nobody at all falls on {listed(idle)}, where the record has more than ten "
        "dead a month: shelling, strikes and skirmishes between operations are not in the model.\n"
    )


def _onset(results: Path, markdown: Markdown) -> str:
    if not (results / "onset_rates.csv").exists():
        return ""
    rates = pd.read_csv(results / "onset_rates.csv")
    coefficients = pd.read_csv(results / "onset_coefficients.csv")
    launches = pd.read_csv(results / "onset_launches.csv")
    operations = pd.read_csv(results / "onset_operations.csv")
    priors = pd.read_csv(results / "onset_priors.csv")
    moved, left = priors["moved"].abs().max(), priors["narrowed"].min()
    shipped = ", ".join(priors.loc[priors["shipped"] == "yes", "name"]) or "nothing"
    wide = rates.pivot(index="attacker", columns="rule", values=["onsets", "per_place_week"])
    table = pd.DataFrame(
        {
            "attacker": launches["attacker"],
            "onsets, quiet": wide["onsets", "quiet"].loc[launches["attacker"]].to_numpy(int),
            "rate": wide["per_place_week", "quiet"].loc[launches["attacker"]].to_numpy(),
            "onsets, surge": wide["onsets", "surge"].loc[launches["attacker"]].to_numpy(int),
            "rate, surge": wide["per_place_week", "surge"].loc[launches["attacker"]].to_numpy(),
            "simulated": launches["simulated_rate"],
        }
    )
    return "\n".join(
        [
            "## Attack onset\n",
            "Attacks opened a place-week at risk (a bordering enemy place within 150 km), UCDP GED "
            "January to 23 November 2016, by two rules: after 30 days of quiet, and surges of "
            "fighting. Simulated: 120 days of the theatre, counted by the first rule.\n",
            markdown(table, 4),
            _pull(coefficients),
            f"Of {len(operations)} documented operations at these places, "
            f"{int(operations['marked'].sum())} have an onset by the first rule within a week, "
            f"{int(operations['marked_by_surge'].sum())} by the second. The table names no weapon, "
            "so aircraft engaged are a proxy. What is offered stands in `onset_priors.csv`; "
            f"shipped of it: {shipped}. No parameter of the library means a rate of launches; "
            f"through simulated launches none moves by more than {moved:.2f} of its spread, and "
            f"the spread of none becomes less than {left:.2f} of what it was.\n",
            "![onset](../validation/results/onset.png)\n",
        ]
    )


def _pull(coefficients: pd.DataFrame) -> str:
    main = coefficients[(coefficients["within_km"] == 15) & (coefficients["quiet_days"] == 30)]
    pulls = main[main["name"].isin(["busy_defender", "busy_within"])]
    pulls = pulls[~pulls["model"].str.startswith("km")]
    said = "; ".join(
        f"{row.rule}, {row.model}: {row.ratio_per_unit:.2f} "
        f"({row.ratio_per_unit_low:.2f} to {row.ratio_per_unit_high:.2f})"
        for row in pulls.itertuples()
    )
    signs = pulls.loc[pulls["told"], "mean"]
    if len(signs) and (signs > 0.0).all():
        told = "An attacker's eye for a busy defender is supported."
    elif len(signs):
        told = (
            "Where it is told, it has the other sign: a busy defender is a large one too. That a "
            "side attacks where the defender is busy elsewhere is not supported."
        )
    else:
        told = "That a side attacks where the defender is busy elsewhere is not told."
    return f"Rate ratio for one more front of the defender active elsewhere, 90 %: {said}. {told}\n"


def _outside(markdown: Markdown) -> str:
    path = LIBRARY / "outside_view.csv"
    if not path.exists():
        return ""
    rates = pd.read_csv(path, keep_default_na=False)
    rates = rates[rates["horizon"] == 30]
    columns = ["source", "attacker", "n", "k", "mean", "low", "high"]
    return "\n".join(
        [
            "## Outside view: attacked places that changed hands within 30 days\n",
            markdown(rates[columns], 2),
            f"Data to {rates['last'].iloc[0]}; 90 % intervals. Named operations over-represent "
            "what was decided; attacks out of quiet are mostly raids.\n",
        ]
    )
