"""Reports in a theatre file: numbers in words, orders, and what does not fit."""

from __future__ import annotations

from pathlib import Path

import pytest

from contingent.errors import ScenarioError
from contingent.scenario.loading import load

SMALL = (Path(__file__).parents[1] / "compile" / "small.yaml").read_text(encoding="utf-8")
DAYS = "on: 2020-01-04, published: 2020-01-05"


def write(tmp_path: Path, *reports: str) -> Path:
    lines = [f"  - {{id: r{i}, {DAYS}, {report}}}"
             for i, report in enumerate(reports)]  # fmt: skip
    path = tmp_path / "said.yaml"
    kept = SMALL[: SMALL.index("reports:")].rstrip()
    path.write_text("\n".join([kept, "reports:", *lines, ""]), encoding="utf-8")
    return path


def test_numbers_in_words_have_a_published_reading(tmp_path: Path) -> None:
    number = "observe: 'fighters(north, hill)', value"
    spec = load(
        write(
            tmp_path, f"{number}: several hundred", f"{number}: more than 4_000",
            f"{number}: up to several thousand", f"{number}: about 1_000", f"{number}: 700",
        )
    )  # fmt: skip
    several, more, most, about, plain = spec.theatre.reports
    assert several.value is not None and several.value.parameters == (200.0, 900.0)
    assert more.value is None and more.at_least is not None
    assert more.at_least.parameters == (4000.0,)
    assert most.at_most is not None and most.at_most.parameters == (9000.0,)
    assert about.value is not None and about.value.parameters == (800.0, 1250.0)
    assert plain.value is not None and plain.value.parameters == (700.0,)


@pytest.mark.parametrize(
    ("report", "says"),
    [
        ("observe: 'fighters(north, hill)', value: a horde", "several hundred"),
        ("observe: 'first holds(north, hill)'", "first A then B"),
        ("observe: 'first holds(north, hill) then holds(nort, mill)'", "nort"),
        ("observe: 'fighters(north, hill)'", "value:, at_least: or at_most:"),
        ("observe: 'holds(north, hill)', value: 3", "a number of what is true or false"),
        ("observe: 'fighters(north, hill)', at_least: 9, silence: true", "compare it"),
        ("observe: 'main_effort(north)'", "a place"),
        ("observe: holds", "cannot be read"),
    ],
)
def test_what_does_not_fit_is_named_with_its_line(tmp_path: Path, report: str, says: str) -> None:
    path = write(tmp_path, "observe: 'holds(south, mill)'", report)
    line = path.read_text(encoding="utf-8").splitlines().index(f"  - {{id: r1, {DAYS}, {report}}}")
    with pytest.raises(ScenarioError) as caught:
        load(path)
    found = caught.value.faults
    assert [one.line for one in found] == [line + 1], str(caught.value)
    assert says in str(caught.value)


def test_a_number_cannot_be_denied(tmp_path: Path) -> None:
    path = write(tmp_path, "observe: 'fighters(north, hill)', value: 900", "denies: r0")
    with pytest.raises(ScenarioError, match="reports a number"):
        load(path)
