from pathlib import Path

import pytest

from contingent.scenario.check import check
from contingent.scenario.starter import starter


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("25_000, source: MAP}", "25_000}", "1 number without source or basis: people"),
        ("static: 400 to 900, basis: assumption", "static: 400 to 900",
         "2 numbers without source or basis: mobile, static"),
        ("25_000, source: MAP}", "25_000, source: F99}", "the source 'F99'"),
        ("published: 2019-12-01", "published: 2020-02-01", "after the fence, under"),
        ("  airfield: {kind: airbase", "  island: {kind: town}\n  airfield: {kind: airbase",
         "no route reaches"),
        ("    aims: {ford: 6, mill: 5, quarry: 4, harbour: 3, basis: assumption}\n", "",
         "an actor with troops but no aims"),
        ("base: airfield", "base: harbour", "which is no airbase"),
        ("  - {pair: [northern, southern], stance: hostile}\n", "", "northern-southern"),
        ("published: 2020-01-09", "published: 2020-01-11", "conditions nothing"),
        ("    kind: normative\n", "    kind: forecast\n", "no mechanism speaks to"),
        ("follows_from: [ford-attacked]", "follows_from: [ally-should-do-more]\n    needs: []",
         "which has no predicate"),
    ],
)  # fmt: skip
def test_warnings(old: str, new: str, words: str, tmp_path: Path) -> None:
    text = starter("rivers")
    if "ally-should-do-more]" in new:
        text = text.replace("    needs: [ford-falls]\n", "")
    assert old in text
    path = tmp_path / "rivers.yaml"
    path.write_text(text.replace(old, new))
    report = check(path)
    assert report.faults == ()
    assert any(words in str(one) for one in report.warnings), list(map(str, report.warnings))
    assert all(one.severity == "warning" and one.line >= 1 for one in report.warnings)
