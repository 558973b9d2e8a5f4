"""Scores in print: who was how far from what happened."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from contingent.report.numbers import percent

if TYPE_CHECKING:
    from rich.console import Console

__all__ = ["print_scores"]

PARTIES = {
    "author_best": "author, at best",
    "author_middle": "author, middle",
    "author_worst": "author, at worst",
    "model": "model, before reports",
    "conditioned": "model, after reports",
    "base_rate": "base rate",
}


def print_scores(record: Mapping[str, Any], console: Console) -> None:
    """Print the settled forecasts, the mean scores, and what was left out."""
    from rich.table import Table

    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="bold")
    headings = ("forecast", "cluster", "came true", "author %", "model %", "after %", "base %")
    for heading in headings:
        table.add_column(heading, justify="right" if "%" in heading else "left")
    for row in record["rows"]:
        said = row["probabilities"]
        author = "–"
        if "author_best" in said:
            low, high = sorted((said["author_best"], said["author_worst"]))
            author = f"{percent(low)}–{percent(high)}"
        mark = " (h)" if row["id"] in record["by_hand"] else ""
        table.add_row(
            row["id"],
            row["cluster"],
            ("yes" if row["happened"] else "no") + mark,
            author,
            percent(said.get("model")),
            percent(said.get("conditioned")),
            percent(said.get("base_rate")),
        )
    console.print(table)
    _print_means(record, console)
    _print_left_out(record, console)
    console.print(_after_what(record["conditioned"]), markup=False)
    if "trail" in record:
        _print_trail(record["trail"], console)


def _after_what(conditioned: Mapping[str, Any] | None) -> str:
    """Say what stands behind the column of the model after reports."""
    if conditioned is None:
        return "after %: nothing, for no conditioned study was found (contingent condition)."
    stamp = " HINDSIGHT." if conditioned["hindsight"] else ""
    return (
        f"after %: the model after the reports up to {conditioned['fence']} "
        f"({conditioned['kept']}).{stamp}"
    )


def _print_trail(trail: Mapping[str, Any], console: Console) -> None:
    """Print one column a forecast, one row a date."""
    from rich.table import Table

    console.print("\nForecasts as they stood (per cent, by the reports published so far):",
                  style="bold")  # fmt: skip
    if trail["hindsight"]:
        console.print("HINDSIGHT: reports after the fence were let in.")
    claims = trail["claims"]
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="bold")
    table.add_column("date")
    table.add_column("reports", justify="right")
    for claim in claims:
        table.add_column(claim["id"], justify="right")
    for number, point in enumerate(claims[0]["points"] if claims else ()):
        cells = [percent(claim["points"][number]["probability"]) for claim in claims]
        table.add_row(point["date"] or "before any", str(point["reports"]), *cells)
    console.print(table)
    if trail["not_kept"]:
        console.print(f"Not kept: {', '.join(trail['not_kept'])}; condition again for them.")
    console.print(
        f"Between the first and the last date {trail['worlds']} worlds a date were played: what "
        "moves by less than ten points may be chance.",
    )


def _print_means(record: Mapping[str, Any], console: Console) -> None:
    from rich.table import Table

    if not record["means"]:
        console.print("\nNo cluster is settled on which author, model and base rate all speak.")
        return
    console.print(
        f"\nMean over {record['compared']} settled clusters, each once (lower is better):"
    )
    means = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="bold")
    for heading in ("", "Brier", "log"):
        means.add_column(heading, justify="left" if not heading else "right")
    for party, mean in record["means"].items():
        means.add_row(PARTIES[party], f"{mean['brier']:.3f}", f"{mean['log']:.3f}")
    console.print(means)
    if record["ranking"] is None:
        console.print(
            f"Nobody is ranked on fewer than {record['enough']} settled clusters: differences are "
            "then mostly luck."
        )
    else:
        ranked = ", ".join(PARTIES[party] for party in record["ranking"])
        console.print(f"By log score: {ranked}.")


def _print_left_out(record: Mapping[str, Any], console: Console) -> None:
    words = {
        "void": "void, since the condition did not come about",
        "not_truth_apt": "not truth-apt",
        "open": "not settled",
        "unscored": "no forecasts",
    }
    for key, says in words.items():
        if record[key]:
            console.print(f"{says}: {', '.join(record[key])}", markup=False)
    console.print(
        "(h): settled by a coder's hand where the predicate on history has no answer. Base rate: "
        "share of the author's other settled clusters that came true. Where outcomes were known to "
        "the makers of a scenario, its score illustrates the method and nothing else.",
        markup=False,
    )
