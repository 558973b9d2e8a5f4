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
    "model": "model",
    "base_rate": "base rate",
}


def print_scores(record: Mapping[str, Any], console: Console) -> None:
    """Print the settled forecasts, the mean scores, and what was left out."""
    from rich.table import Table

    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="bold")
    for heading in ("forecast", "cluster", "came true", "author %", "model %", "base %"):
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
            percent(said.get("base_rate")),
        )
    console.print(table)
    _print_means(record, console)
    _print_left_out(record, console)


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
