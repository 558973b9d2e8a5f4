"""Files are written whole or not at all, and values as JSON has them."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from contingent.files import plain, whole, write_json


def test_a_file_appears_when_it_is_complete(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    with whole(path) as partial:
        partial.write_text("new", encoding="utf-8")
        assert not path.exists()
    assert path.read_text(encoding="utf-8") == "new"
    assert list(tmp_path.iterdir()) == [path]


def test_an_error_leaves_what_was_there(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("old", encoding="utf-8")
    with pytest.raises(RuntimeError), whole(path) as partial:
        partial.write_text("half", encoding="utf-8")
        raise RuntimeError
    assert path.read_text(encoding="utf-8") == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_values_as_json_has_them(tmp_path: Path) -> None:
    value = {
        1: np.float64("nan"), "days": np.arange(2), "when": date(2020, 1, 2), "is": (True, None),
        "far": float("inf"), "text": "ä", "then": np.datetime64("2020-01-01", "D"),
    }  # fmt: skip
    found = {"1": None, "days": [0, 1], "when": "2020-01-02", "is": [True, None], "far": None,
             "text": "ä", "then": "2020-01-01"}  # fmt: skip
    assert plain(value) == found
    write_json(tmp_path / "a.json", value)
    assert json.loads((tmp_path / "a.json").read_text(encoding="utf-8")) == found
