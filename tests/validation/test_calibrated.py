"""The shipped priors are what the result tables say, and the files carry the table's numbers."""

import math

import pandas as pd
import pytest
from pandas.testing import assert_frame_equal

from contingent.scenario.document import read_plain
from validation import calibrated


@pytest.fixture(scope="module")
def shipped() -> pd.DataFrame:
    return pd.read_csv(calibrated.TABLE)


def test_the_shipped_table_is_what_the_command_makes(shipped: pd.DataFrame) -> None:
    assert_frame_equal(shipped, calibrated.offered())


def test_the_library_carries_the_numbers_of_the_table(shipped: pd.DataFrame) -> None:
    for line in shipped.to_dict("records"):
        keys = str(line["entry"]).split(".")
        file = calibrated.LIBRARY / f"{keys[0]}.yaml"
        if line["for"] == "flagship":
            file = calibrated.LIBRARY / calibrated.FLAGSHIP
        found = read_plain(file)
        path = keys if keys[0] == "model" else keys[1:]
        for key in path:
            found = found[key]
        assert found["basis"] == "calibrated"
        assert "calibrated.csv" in found["source"]
        assert found["value"] == calibrated.written(line)


def test_installing_twice_changes_nothing(shipped: pd.DataFrame) -> None:
    files = sorted(calibrated.LIBRARY.glob("*.yaml"))
    before = [file.read_text(encoding="utf-8") for file in files]
    calibrated.install(calibrated.offered())
    assert [file.read_text(encoding="utf-8") for file in files] == before


def test_what_data_neither_narrow_nor_move_is_not_offered() -> None:
    table = pd.DataFrame({"early_mean": [0.2, 0.9, 0.0], "early_sd": [0.95, 0.95, 0.5]})
    table["early_rows"] = 18
    table.index = pd.Index(["same", "moved", "narrowed"])
    ends = (math.log(0.5), math.log(2.0))
    assert calibrated._learned(table, "same", ends, "early") is None
    assert calibrated._learned(table, "same", ends, "early", always=True) is not None
    spread = math.log(4.0) / (2.0 * calibrated.Z95)
    found = calibrated._learned(table, "moved", ends, "early")
    assert found is not None and found.middle == pytest.approx(0.9 * spread)
    narrowed = calibrated._learned(table, "narrowed", ends, "early")
    assert narrowed is not None and narrowed.ends[1] == pytest.approx(math.log(2.0) / 2.0)
