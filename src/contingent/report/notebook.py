"""HTML for notebooks: scenarios, runs and verdicts. Plain tables, no scripts, no style sheets."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from html import escape
from typing import Any

from contingent.report.scenario_text import outline
from contingent.report.tables import HEADINGS, footer, rows
from contingent.scenario.types import Scenario

__all__ = ["run_html", "scenario_html", "table_html", "verdicts_html"]

NOTE = "color:#666;font-size:90%"


def scenario_html(scenario: Scenario) -> str:
    """Return a scenario: what it holds, its actors, its claims."""
    theatre, argument = scenario.theatre, scenario.argument
    held = {
        name: ", ".join(place for place, entry in theatre.places.items() if entry.held_by == name)
        for name in theatre.actors
    }
    parts = [
        f"<h3>{escape(theatre.title or theatre.theatre)}</h3>",
        f"<p>{escape(outline(scenario))}.</p>",
        table_html(
            ("actor", "bloc", "holds on day 0"),
            [(name, actor.bloc, held[name]) for name, actor in theatre.actors.items()],
        ),
    ]
    if argument is not None:
        parts.append(
            f"<p>{escape(argument.source.title)}, {escape(argument.source.author or 'unsigned')}, "
            f"{argument.source.written}</p>"
        )
        claims = [(name, claim.says, claim.kind) for name, claim in argument.claims.items()]
        parts.append(table_html(("claim", "says", "kind"), claims))
    return "".join(parts)


def verdicts_html(record: Mapping[str, Any]) -> str:
    """Return the verdict table with what must be said under it."""
    head = "".join(f"<th>{escape(heading)}</th>" for heading in HEADINGS)
    body = []
    for row in rows(record):
        notes = "".join(f'<div style="{NOTE}">{escape(note)}</div>' for note in row.notes)
        first = (
            f'<td style="text-align:left"><b>{escape(row.id)}</b> {escape(row.says)}{notes}</td>'
        )
        cells = "".join(f"<td>{escape(cell)}</td>" for cell in row.cells)
        body.append(f"<tr>{first}{cells}</tr>")
    said = "".join(f"<div>{escape(line)}</div>" for line in footer(record))
    return (
        f"<table><thead><tr>{head}</tr></thead><tbody>{''.join(body)}</tbody></table>"
        f'<div style="{NOTE}">{said}</div>'
    )


def run_html(record: Mapping[str, Any]) -> str:
    """Return a run: how many futures, how fast, where they lie, and the verdicts."""
    speed = record.get("futures_per_second")
    rate = f", {speed:,.0f} futures a second" if speed else ""
    return (
        f"<p><b>{escape(record['scenario'])}</b>: {record['futures']:,} futures, seed "
        f"{record['seed']}{rate}; study <code>{escape(str(record['study']))}</code></p>"
        f"{verdicts_html(record)}"
    )


def table_html(headings: Sequence[str], body: Iterable[Sequence[object]]) -> str:
    """Return a plain table; every text is escaped."""
    head = "".join(f"<th>{escape(heading)}</th>" for heading in headings)
    lines = (
        "".join(f'<td style="text-align:left">{escape(str(cell))}</td>' for cell in line)
        for line in body
    )
    rows_html = "".join(f"<tr>{line}</tr>" for line in lines)
    return f"<table><thead><tr>{head}</tr></thead><tbody>{rows_html}</tbody></table>"
