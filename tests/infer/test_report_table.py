from __future__ import annotations

from pathlib import Path

import pytest

from contingent.errors import ScenarioError, SettingError
from contingent.infer.report_table import read_table, with_reports
from contingent.scenario.types import Scenario

HEADER = "id,on,published,observe,value,window,silence,grade,by\n"


def table(folder: Path, text: str) -> Path:
    path = folder / "reports.csv"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_table_of_reports_is_read(tmp_path: Path, scenario: Scenario) -> None:
    path = table(
        tmp_path,
        HEADER
        + 'A,2020-01-05,2020-01-06,"fighters(north, mill)",several hundred,,,C3,wire\n'
        + 'B,2020-01-05,2020-01-06,"fighters(north, mill)","more than 4,000",,,C3,wire\n'
        + 'C,2020-01-05,2020-01-06,"attacks(north, mill)",,4,yes,,\n'
        + 'R1,2020-01-05,2020-01-06,"fighters(north, mill)",12,,,C3,wire\n',
    )
    reports, marks = read_table(path)
    assert [report.id for report in reports] == ["A", "B", "C", "R1"]
    assert reports[0].value is not None and reports[0].value.parameters == (200.0, 900.0)
    assert reports[1].at_least is not None and reports[1].at_least.parameters == (4000.0,)
    assert reports[2].silence and reports[2].window == 4
    assert marks["C"] == f"{path}:4"
    theatre = with_reports(scenario.theatre, reports)
    assert [report.id for report in theatre.reports] == ["A", "B", "C", "R1"]


def test_every_faulty_row_is_named_by_its_line(tmp_path: Path) -> None:
    path = table(
        tmp_path,
        HEADER
        + "A,2020-13-05,2020-01-06,,,,,,\n"
        + "B,2020-01-05,2020-01-06,,a horde,,,,\n"
        + "C,2020-01-05,2020-01-06,,,,,,\n"
        + "C,2020-01-05,2020-01-06,,,,,,x,more\n"
        + "C,2020-01-05,2020-01-06,,,,,,\n",
    )
    with pytest.raises(ScenarioError) as caught:
        read_table(path)
    assert [fault.line for fault in caught.value.faults] == [2, 3, 5, 6]


def test_what_is_no_table_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SettingError, match="no column on, published"):
        read_table(table(tmp_path, "id,observe\n"))
    with pytest.raises(SettingError, match="cannot be read"):
        read_table(tmp_path / "missing.csv")
