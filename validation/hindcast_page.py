"""The page's section on the flagship's hindcast: tables of the first run, as they are."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

import pandas as pd

HEAD = """## The flagship, run once as a hindcast

`python -m validation.hindcast` played `palmyra-2016` once, from its priors (no report weighed),
with scenario, priors and mechanisms frozen and committed before
(`validation/results/hindcast_frozen.json`; rules: protocol, section 6). It is **no blind
forecast**: theatre and predicates were written by people who knew what happened, and earlier
versions had been played many times. {runs}
"""
SETTLED = """Settled forecasts; *hand* where only the coder's verdict settles one. In this table the
author is scored at the middle of his hedge.
"""
SANITY = """What was expected of the theatre before any future was played, in how many futures it
came about (*met*: as the word promised), and what history's facts say. Checks of the machine, not
scored.
"""
READ_AS = """A low mean is no evidence of skill: the clusters are few, several forecasts turn on who
takes Raqqa, which nearly all futures give to the force already on its way there, and predicates,
forces and options were chosen by people who knew the end. It illustrates the method.
"""
SHOWN = ["claim", "cluster", "came_true", "settled_by", "author_middle", "model", "base_rate",
         "brier_author_middle", "brier_model", "brier_base_rate"]  # fmt: skip

LISTED = ["id", "expect", "share", "met", "middle_day", "happened", "happened_on"]


def section(
    tables: Mapping[str, pd.DataFrame],
    runs: pd.DataFrame | None,
    days: Mapping[str, date],
    markdown: Callable[..., str],
) -> str:
    """Section of the page; empty before the run.

    Parameters
    ----------
    tables : of the first run, by name
    runs : every run
    days : on which history's facts say that an expectation came about, by its name
    markdown : writes a table
    """
    if not tables:
        return ""
    forecasts, sanity = tables["forecasts"], tables["sanity"].copy()
    sanity["happened_on"] = [
        days[name].isoformat() if name in days else "" for name in sanity["id"]
    ]
    parts = [HEAD.format(runs=_runs(runs)), _means(tables["scores"], markdown), READ_AS, SETTLED]
    parts += [markdown(forecasts[SHOWN], 2), _ways(forecasts), _left_out(tables["left_out"])]
    sanity = sanity.fillna({"middle_day": ""})
    parts += [SANITY, markdown(sanity[LISTED], 2), _sanity_line(sanity), _days_line(sanity)]
    parts.append(_outside(tables["claims"]))
    return "\n".join(part for part in parts if part)


def _runs(runs: pd.DataFrame | None) -> str:
    if runs is None or len(runs) == 1:
        return "These are the tables of the first and only run."
    return f"These are the tables of the first run; {len(runs) - 1} more were made with `--again`."


def _means(scores: pd.DataFrame, markdown: Callable[..., str]) -> str:
    settled, compared = int(scores["settled_clusters"].iloc[0]), int(scores["clusters"].iloc[0])
    ranked = set(scores["rank"].astype(str)) != {"none"}
    said = (
        "Ranked by log score."
        if ranked
        else f"{settled} settled clusters are fewer than thirty: **nobody is ranked**, and no "
        "difference is called one."
    )
    return f"Mean over {compared} clusters, each once. {said}\n\n" + markdown(
        scores[["party", "brier", "log"]]
    )


def _ways(forecasts: pd.DataFrame) -> str:
    """Count on which side of one half model and author stood; a description, not a test."""
    came = forecasts["came_true"].astype(bool)
    parts = []
    for party, name in (("model", "the model"), ("author_middle", "the author")):
        told = forecasts[party].notna()
        right = int(((forecasts[party] > 0.5) == came)[told].sum())
        parts.append(f"{name} on {right} of {int(told.sum())}")
    return f"On the right side of one half: {', '.join(parts)} forecasts.\n"


def _left_out(table: pd.DataFrame) -> str:
    parts = [f"{why}: {', '.join(own['claim'])}" for why, own in table.groupby("why", sort=False)]
    return "Not scored – " + "; ".join(parts) + ".\n"


def _sanity_line(sanity: pd.DataFrame) -> str:
    met = sanity["met"].astype(str).eq("True")
    missed = sanity.loc[~met, "id"].tolist()
    told = sanity[sanity["happened"] != "not told"]
    rare = told[(told["happened"] == "yes") & (told["share"] < 0.05)]["id"].tolist()
    always = told[(told["happened"] == "no") & (told["share"] > 0.95)]["id"].tolist()
    surprised = ", ".join([*rare, *always]) or "none"
    return (
        f"Met: {int(met.sum())} of {len(sanity)}; not met: {', '.join(missed) or 'none'}. "
        f"What happened was given less than 5 %: {surprised}.\n"
    )


def _days_line(sanity: pd.DataFrame) -> str:
    """How far the middle day of the futures lies from the day on which it happened."""
    known = sanity[(sanity["happened_on"] != "") & (sanity["middle_day"] != "")]
    gaps = (pd.to_datetime(known["middle_day"]) - pd.to_datetime(known["happened_on"])).dt.days
    said = ", ".join(f"{name} {gap:+d}" for name, gap in zip(known["id"], gaps, strict=True))
    return (
        "Days from what happened to the middle day of the futures in which it comes about "
        f"(minus: the model is early): {said}.\n"
    )


def _outside(claims: pd.DataFrame) -> str:
    """Claims that a town falls, with base rates beside the model's number."""
    own = claims[claims["outside_view"].fillna("") != ""]
    if own.empty:
        return ""
    lines = [
        f"- {row.id}, model {100 * row.probability:.0f} %: {row.outside_view}."
        if pd.notna(row.probability)
        else f"- {row.id}, no number: {row.outside_view}."
        for row in own.itertuples()
    ]
    head = "Claims that a town falls or does not, with the outside view of its falling:\n\n"
    return head + "\n".join(lines) + "\n"
