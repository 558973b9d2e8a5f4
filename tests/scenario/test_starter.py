from pathlib import Path

import pytest

from contingent.errors import SettingError
from contingent.scenario.check import check
from contingent.scenario.starter import starter, write_new


def test_the_starter_is_clean(starter_file: Path) -> None:
    report = check(starter_file)
    assert report.clean, [str(fault) for fault in (*report.faults, *report.warnings)]
    assert report.scenario is not None
    assert report.scenario.argument is not None and len(report.scenario.argument.claims) >= 3


@pytest.mark.parametrize(
    "name", ["a b", "../x", "", "-x", "x/y", "null", "1e5", "x" * 200, "ä", "x\n"]
)
def test_a_name_that_is_none(name: str) -> None:
    with pytest.raises(SettingError):
        starter(name)


@pytest.mark.parametrize("name", ["x", "2020", "on", "two_rivers-2"])
def test_any_name_gives_a_clean_starter(name: str, tmp_path: Path) -> None:
    path = write_new(tmp_path / f"{name}.yaml", starter(name))
    assert check(path).clean


def test_nothing_is_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "x.yaml"
    path.write_text("mine")
    with pytest.raises(SettingError, match="already there"):
        write_new(path, "theirs")
    assert path.read_text() == "mine"
    assert [p.name for p in tmp_path.iterdir()] == ["x.yaml"]


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(SettingError, match="cannot be written to"):
        write_new(tmp_path / "no" / "x.yaml", "text")
