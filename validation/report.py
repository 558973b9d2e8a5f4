"""The page ``docs/validation.md``, written from the result tables; only its prose is typed."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

import contingent
from contingent.claims.untouched import DECISIONS
from validation import hindcast, hindcast_page
from validation.episodes import prose as operations
from validation.published import reproduce
from validation.theatre import page as theatre_level

ROOT = Path(__file__).resolve().parents[1]
RESULTS = ROOT / "validation" / "results"
PAGE = ROOT / "docs" / "validation.md"
FIGURES = RESULTS
CARRIED = """Battles of regular armies in the field, mostly of hours to days, do not tell how long
a siege lasts or how irregular forces break. Of the coefficients fitted there the loss
exponent and even odds ship with the package, widened and spanned with what operations say; daily
noise and breaking were neither narrowed nor moved; the loss rate, depth of the field, tempo and
patience belong to the field battle's own clock.
"""
ONLY_CODE = """They verify code, not wars. Looked for and not reproduced:

- Kress, Lin and MacKay, *The attrition dynamics of multilateral war* (Operations Research, 2018):
  its outcomes hold for sides that choose their fire best, while the engine divides fire among
  enemies by their power. No worked example with numbers could be had, only the abstract's statement
  that either one side outweighs all others together or all wear each other down.
- Koopman, *The theory of search* (Operations Research, 1956-57): the law of random search is among
  the closed-form limits above. The examples of the optimum distribution of effort could not be had,
  and the engine's attention follows worth and threat instead of that optimum.
- Deitchman, *A Lanchester model of guerrilla warfare* (Operations Research, 1962): needs aimed fire
  on one side and area fire on the other, where the engine has one exponent for both. The paper's
  numbers could not be had.
"""

HEAD = """# Is it right?

Written by `python -m validation` from the tables in `validation/results`; the rules were written
down before (`validation/protocol.md`, with what was changed later under *Deviations*). Smaller is
better for log score, Brier and CRPS. *better*, *no worse*, *not told apart* and *worse* are the
protocol's words.

"""


def write_page() -> None:
    """Write the page from whatever tables there are."""
    theatre = theatre_level.section(RESULTS, markdown)
    parts = [HEAD, _battles(), _operations(), theatre, _hindcast(), _known(), _published()]
    parts.append(_limits())
    PAGE.parent.mkdir(parents=True, exist_ok=True)
    PAGE.write_text("\n".join(part for part in parts if part), encoding="utf-8")


def markdown(table: pd.DataFrame, digits: int = 3) -> str:
    """Table as Markdown."""

    def cell(value: object) -> str:
        if isinstance(value, float):
            return "" if pd.isna(value) else f"{value:.{digits}f}"
        return str(value)

    head = "| " + " | ".join(str(column) for column in table.columns) + " |"
    rule = "|" + "---|" * len(table.columns)
    rows = ["| " + " | ".join(cell(v) for v in row) + " |" for row in table.itertuples(index=False)]
    return "\n".join([head, rule, *rows]) + "\n"


def _read(name: str) -> pd.DataFrame | None:
    path = RESULTS / f"{name}.csv"
    return pd.read_csv(path) if path.exists() else None


def _battles() -> str:
    parts = ["## Battles: CDB90, 421 battles 1600-1973, ten folds of whole campaigns\n"]
    for prefix, title in (
        ("cdb90", "Inputs known before the battle"),
        ("cdb90_surprise", "With surprise, which is judged after the battle"),
    ):
        scores, differences = _read(f"{prefix}_scores"), _read(f"{prefix}_differences")
        if scores is None or differences is None:
            continue
        scores["n"] = scores["n"].astype(int)
        parts += [f"### {title}\n", markdown(scores), "Model minus baseline, 95 % by campaigns:\n"]
        parts += [markdown(differences), verdict_lines(differences, "log", "the winner")]
    weights = _read("cdb90_weights")
    if weights is not None:
        low, high = weights["exponent"].min(), weights["exponent"].max()
        parts.append(
            f"Importance weights were tempered with exponents {low:.2f} to {high:.2f} (1 would "
            "be plain importance sampling): the posterior is mostly its Gaussian approximation.\n"
        )
    recovery = _read("cdb90_recovery")
    if recovery is not None:
        parts += [_recovery(recovery)]
    parts += [
        "![reliability](../validation/results/cdb90_reliability.png)\n![residuals](../validation/results/cdb90_residuals.png)\n"
    ]
    return "\n".join(parts)


def verdict_lines(differences: pd.DataFrame, score: str, what: str) -> str:
    """One sentence a baseline, from the table."""
    rows = differences[differences["score"] == score]
    said = "; ".join(f"{row.verdict} against {row.baseline}" for row in rows.itertuples())
    return f"On {what} ({score}): {said}.\n"


def _recovery(table: pd.DataFrame) -> str:
    worst = table.sort_values("coverage90").head(3)
    names = ", ".join(
        f"{row.name_} {row.coverage90:.2f}"
        for row in worst.rename(columns={"name": "name_"}).itertuples()
    )
    return (
        f"Simulated data fed back to the fit ({int(table['sets'].iloc[0])} data sets drawn around "
        f"the posterior): 50 % intervals cover {table['coverage50'].mean():.2f} and 90 % intervals "
        f"{table['coverage90'].mean():.2f} of the coefficients; lowest at 90 %: {names}.\n"
    )


def _operations() -> str:
    scores, differences = _read("episodes_scores"), _read("episodes_differences")
    if scores is None or differences is None:
        return ""
    scores["n"] = scores["n"].astype(int)
    parts = ["## Operations: 70 episodes 2012-2021, one theatre-year left out at a time\n"]
    parts += [markdown(scores), "Model minus the other, 95 % by theatre-years:\n"]
    parts.append(markdown(differences))
    for score, what in (("brier", "the outcome"), ("crps_ln_days", "duration")):
        parts.append(verdict_lines(differences, score, what))
    parts.append("With 70 rows a Brier difference under 0.04 is noise.\n")
    parts.append(operations.section(RESULTS, markdown))
    parts.append(
        "![reliability](../validation/results/episodes_reliability.png)\n![days](../validation/results/episodes_days.png)\n"
    )
    return "\n".join(parts)


def _hindcast() -> str:
    """What the one run of the flagship gave; it is read, never run from here."""
    theatre = contingent.load(hindcast.Plan().scenario)
    found = {one.id: hindcast.happened_on(theatre.spec.theatre, one) for one in theatre.checks}
    days = {name: day for name, day in found.items() if day is not None}
    tables = hindcast.committed_tables(RESULTS)
    return hindcast_page.section(tables, _read("hindcast_runs"), days, markdown)


def untouched() -> str:
    """What no data touches, as the program lists it."""
    lines = [f"- **{one.name}** ({one.says}): {one.why}." for one in DECISIONS]
    return (
        "No data here, or next to none, speaks to these; every verdict that rests on one says "
        "*decision half unvalidated* and names it:\n\n" + "\n".join(lines) + "\n"
    )


def _known() -> str:
    table = _read("limits")
    if table is None:
        return ""
    return (
        "## Closed-form limits\n\nEach mechanism alone, engine beside formula; exact where no "
        "chance is in it (`worst`: largest relative deviation), else in standard errors.\n\n"
        + markdown(table, 2)
        + "\n![limits](../validation/results/limits.png)\n"
    )


def _published() -> str:
    rows = [
        (
            row.name,
            row.published,
            row.reproduced,
            row.tolerance,
            "yes" if row.holds else "NO",
            row.source,
        )
        for row in reproduce()
    ]
    columns = ["result", "published", "reproduced", "tolerance", "within", "source"]
    table = pd.DataFrame(rows, columns=columns)
    return "## Published results\n\n" + markdown(table, 2) + "\n" + ONLY_CODE


def _limits() -> str:
    parts = ["## What this says about use\n", worse_lines(), untouched(), CARRIED]
    return "\n".join(parts)


def worse_lines() -> str:
    """Name every score on which the model is worse than something simpler, or not told apart."""
    lines = []
    for prefix, title in (
        ("cdb90", "battles"),
        ("episodes", "operations"),
        ("theatre", "deaths by front"),
    ):
        table = _read(f"{prefix}_differences")
        if table is None:
            continue
        for verdict in ("worse", "not told apart", "better"):
            rows = table[table["verdict"] == verdict]
            if len(rows):
                listed = ", ".join(f"{row.score} of {row.baseline}" for row in rows.itertuples())
                lines.append(f"- {title}, {verdict}: {listed}.")
    return "\n".join(lines) + "\n"
