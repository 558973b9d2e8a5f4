"""Reports from a table: a CSV with one report a row.

Columns are the keys of a report in a theatre file: ``id``, ``on`` and ``published`` are needed,
``observe``, ``value``, ``at_least``, ``at_most``, ``window``, ``silence``, ``knew``, ``intent``,
``denies``, ``grade``, ``by``, ``chain``, ``supersedes``, ``edition``, ``bias``, ``says`` and
``source`` may follow. An empty cell means that nothing is said. ``value`` takes numbers in words.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from contingent.errors import Fault, ScenarioError, SettingError
from contingent.scenario.types import Theatre
from contingent.scenario.types_reports import Report
from contingent.scenario.verbal import read_number

MOST_ROWS = 10_000


def read_table(path: Path) -> tuple[tuple[Report, ...], dict[str, str]]:
    """Read reports and where each stands.

    Returns
    -------
    reports, marks
        In the order of the file; position by name.

    Raises
    ------
    ScenarioError
        with every faulty row, by its line.
    SettingError
        if the file cannot be read as a table.
    """
    reports: list[Report] = []
    marks: dict[str, str] = {}
    faults: list[Fault] = []
    for line, row in _rows(path):
        try:
            report = _report(row)
        except (ValidationError, ValueError) as error:
            faults.append(Fault(str(path), line, 0, "reports", *_words(error)))
            continue
        if report.id in marks:
            faults.append(
                Fault(
                    str(path), line, 0, f"reports.{report.id}", "a second one", "one of each name"
                )
            )
        marks[report.id] = f"{path}:{line}"
        reports.append(report)
    if faults:
        raise ScenarioError(faults)
    return tuple(reports), marks


def with_reports(theatre: Theatre, more: tuple[Report, ...]) -> Theatre:
    """Return the theatre with further reports; one of the same name is replaced."""
    new = {report.id for report in more}
    kept = tuple(report for report in theatre.reports if report.id not in new)
    return theatre.model_copy(update={"reports": (*kept, *more)})


def _rows(path: Path) -> list[tuple[int, dict[str, str]]]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file)
            header = reader.fieldnames or []
            missing = [name for name in ("id", "on", "published") if name not in header]
            if missing:
                raise SettingError(
                    str(path), f"no column {', '.join(missing)}", "a table of reports",
                    "the first line names the columns",
                )  # fmt: skip
            rows = []
            for row in reader:
                rows.append((reader.line_num, dict(row)))
                if len(rows) > MOST_ROWS:
                    raise SettingError(str(path), "too many rows", f"at most {MOST_ROWS}")
            return rows
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise SettingError(
            str(path), f"a file that cannot be read ({error})", "a CSV in UTF-8"
        ) from None


def _report(row: Mapping[Any, Any]) -> Report:
    if None in row:
        raise ValueError("more cells than columns")
    written: dict[str, Any] = {str(key): value.strip() for key, value in row.items() if value}
    written = {key: value for key, value in written.items() if value}
    if "silence" in written:
        written["silence"] = written["silence"].lower() in ("true", "yes", "1")
    if "window" in written:
        written["window"] = int(written["window"])
    if "value" in written:
        written["value"] = _value(written["value"])
    return Report.model_validate(written)


def _value(text: str) -> Any:
    """Figures as a number or a range; words that are a bound stay as they are."""
    low, high = read_number(text)
    if low is None or high is None:
        return text
    return low if low == high else f"{low!r} to {high!r}"


def _words(error: ValueError) -> tuple[str, str]:
    """What was found and what was expected."""
    if not isinstance(error, ValidationError):
        return str(error), "a report"
    first = error.errors(include_url=False)[0]
    context = first.get("ctx", {})
    where = ".".join(str(part) for part in first["loc"])
    found = str(context.get("found", repr(first.get("input"))))
    return f"{where}: {found}", str(context.get("expected", first["msg"]))
