"""What was found of single claims is shown wherever the page is made, while it still holds."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

import contingent as ct
from contingent.report.brief import brief_of
from contingent.report.one_file import one_file
from contingent.report.view.build import build_view
from contingent.report.view.found import FOLDERS, found_of, keep_found
from contingent.simulate.study import Study

DRIVER = {"name": "north.air.sorties_per_day", "strength": 0.4, "low": 0.3, "high": 0.5,
          "lowest": 0.1, "highest": 0.9, "noise": 0.05, "matters": True}  # fmt: skip
RULE = {"limits": [], "coverage": 0.5, "density": 0.8, "support": 0.2, "says": "where it is so"}
CLUE = {"says": "a column at the bridge", "date": "2031-04-01", "bits": 0.5, "seen": 0.4,
        "if_seen": 0.85, "if_not": 0.12}  # fmt: skip


@pytest.fixture
def mine(run: ct.Run, tmp_path: Path) -> ct.Run:
    shutil.copytree(run.study.folder, tmp_path / run.study.folder.name)
    return ct.Run(Study(tmp_path / run.study.folder.name))


@pytest.fixture
def claim(demo: ct.Scenario, mine: ct.Run) -> str:
    """The conclusion, of which both were found after the reports."""
    found = brief_of(build_view(mine, demo.spec)).conclusion
    assert found is not None
    said = {"claim": found, "conditioned": True}
    keep_found(mine.study, "drivers", said | {"drivers": [DRIVER], "rule": RULE})
    keep_found(mine.study, "watch", said | {"watch": [CLUE]})
    return found


def test_the_one_file_carries_it(demo: ct.Scenario, mine: ct.Run, claim: str) -> None:
    meta = one_file(mine, demo.spec, futures=1).view.meta
    assert meta["drivers"][claim]["drivers"] == [DRIVER]
    assert meta["drivers"][claim]["rule"] == RULE and meta["drivers"][claim]["conditioned"]
    assert meta["watch"][claim]["watch"] == [CLUE]
    others = {name: row for name, row in meta["drivers"].items() if name != claim}
    assert others and not any(row["conditioned"] for row in others.values())
    assert not {"scenario", "model"} & meta["watch"][claim].keys()


def test_a_brief_says_what_it_flips(demo: ct.Scenario, mine: ct.Run, claim: str) -> None:
    flips = "\n".join(brief_of(build_view(mine, demo.spec)).flips)
    assert "Of futures that the reports leave, where it is so." in flips
    assert "lowest north.air.sorties_per_day it comes true in 10 of 100" in flips
    assert "To look for on 2031-04-01: a column at the bridge." in flips
    assert f"{claim} comes true in 85 of 100; of the others, in 12 of 100." in flips
    keep_found(mine.study, "watch", {"claim": claim, "conditioned": True,
                                     "watch": [CLUE | {"if_not": 0.6}]})  # fmt: skip
    assert "To look for" not in "\n".join(brief_of(build_view(mine, demo.spec)).flips)


@pytest.mark.parametrize(
    "damage",
    ["{", "[]", "null", "[" * 100_000, {"claim": "C"}, {"watch": [{}], "drivers": [{}]},
     {"watch": 3, "drivers": 3}],
)  # fmt: skip
def test_what_is_damaged_spoils_nothing(
    mine: ct.Run, claim: str, damage: str | dict[str, object]
) -> None:
    for part in FOLDERS:
        path = mine.study.folder / part / f"{claim}.json"
        kept = json.loads(path.read_text())
        path.write_text(damage if isinstance(damage, str) else json.dumps(kept | damage))
        assert found_of(mine.study, part, [claim]) == {}


def test_what_hangs_on_another_scenario_or_model_is_not_shown(mine: ct.Run, claim: str) -> None:
    path = mine.study.folder / "watch" / f"{claim}.json"
    kept = json.loads(path.read_text())
    assert list(found_of(mine.study, "watch", [claim])) == [claim]
    assert found_of(mine.study, "watch", ["another"]) == {}
    for name in ("scenario", "model"):
        path.write_text(json.dumps(kept | {name: "0" * 64}))
        assert found_of(mine.study, "watch", [claim]) == {}
    path.write_text(json.dumps(kept | {"model": "0" * 64}))
    older = Study(mine.study.folder)
    older.manifest = replace(older.manifest, model="0" * 64)
    assert list(found_of(older, "watch", [claim])) == [claim], "made by the model of the study"
    path.rename(path.with_name("elsewhere.json"))
    path.symlink_to("elsewhere.json")
    assert found_of(older, "watch", [claim]) == {}
