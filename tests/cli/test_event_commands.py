"""``contingent events``, in this process."""

from __future__ import annotations

import csv
from pathlib import Path

SIDES = "format,name,side\nucdp,Army,valley\nucdp,League,desert\n"
HEADER = (
    "id,date_start,date_end,side_a,side_b,where_prec,lat,lon,deaths_a,deaths_b,"
    "deaths_civilians,deaths_unknown,best,low,high,type_of_violence\n"
)
EVENTS = f"""{HEADER}1,2031-03-02,2031-03-02,Army,League,1,30.0,9.4,3,4,0,2,9,8,12,1
2,2031-03-02,2031-03-02,Army,League,5,30.0,9.4,3,4,0,2,9,8,12,1
"""


def written(folder: Path) -> tuple[Path, Path]:
    events, sides = folder / "events.csv", folder / "sides.csv"
    events.write_text(EVENTS, encoding="utf-8")
    sides.write_text(SIDES, encoding="utf-8")
    return events, sides


def test_events_become_reports_that_condition_reads(command, tmp_path: Path) -> None:
    events, sides = written(tmp_path)
    asked = ("events", events, "--scenario", "two-towns", "--format", "ucdp", "--sides", sides)
    found = command(*asked, "-o", "reports.csv", "--deaths", "deaths.csv")
    assert found.code == 0
    assert "1 row with 9 dead left out: the place is vaguer" in found.out
    assert "one event became 3 reports" in found.out and "assumed 3 days" in found.out
    with open("deaths.csv", encoding="utf-8") as file:
        (row,) = csv.DictReader(file)
    assert row["area"] == "westmill" and row["best"] == "9"
    few = ("--particles", "8", "--quick", "--threads", "2", "--json")
    record = command("condition", "two-towns", *few, "--reports", "reports.csv").json
    assert {"ucdp-westmill-valley-0", "ucdp-losses-desert"} <= {
        one["id"] for one in record["evidence"]
    }


def test_without_a_file_the_reports_are_listed_and_json_holds_all(command, tmp_path: Path) -> None:
    events, sides = written(tmp_path)
    asked = ("events", events, "--scenario", "two-towns", "--format", "ucdp", "--sides", sides)
    assert "2031-03-05  ucdp-losses-valley" in command(*asked).out
    record = command(*asked, "--json", "--every-row", "--lag", "1").json
    assert record["version"] == 1 and record["events"] == 2 and record["left_out"] == []
    assert record["reports"][0]["published"] == "2031-03-03"
    assert record["deaths"][0]["best"] == 18


def test_faults_are_told(command, tmp_path: Path) -> None:
    events, sides = written(tmp_path)
    asked = ("events", events, "--scenario", "two-towns", "--format")
    found = command(*asked, "gdelt", "--sides", sides)
    assert found.code == 2 and "expected ucdp or acled" in found.err
    found = command(*asked, "ucdp")
    assert found.code == 2 and "two-towns.sides.csv" in found.err
