"""Drivers and watch-lists as they are printed."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from typing import Any

from rich.console import Console

from contingent.report.ahead import print_drivers, print_watch

CLAIM = {
    "claim": "fall", "says": "The ford falls.", "conditioned": True, "futures": 200,
    "probability": 0.15, "worlds": {"study": "studies/conditioning/river-s1"},
}  # fmt: skip
DRIVER = {
    "name": "north.delay", "strength": 0.2, "low": 0.1, "high": 0.3, "lowest": 0.05,
    "highest": 0.4, "matters": True,
}  # fmt: skip
CLUE = {"says": "south holds mill", "date": "2030-02-01", "bits": 0.1, "seen": 0.5,
        "if_seen": 0.3, "if_not": 0.0}  # fmt: skip


def printed(show: Callable[[Mapping[str, Any], Console], None], record: Mapping[str, Any]) -> str:
    console = Console(file=io.StringIO(), width=100)
    show(record, console)
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue()


def test_drivers_with_their_rule() -> None:
    noise = DRIVER | {"name": "north.area", "matters": False}
    rule = {"says": "where north.delay is above 3: true in 80 of 100 futures; " * 3}
    text = printed(print_drivers, CLAIM | {"drivers": [DRIVER, noise], "rule": rule})
    assert "fall: The ford falls. (15 of 100 in 200 futures, after the reports, studies/" in text
    assert "north.delay 0.200 0.100–0.300 5 40" in " ".join(text.split())
    assert text.count("no more than noise") == 1
    assert rule["says"].strip() in text


def test_what_to_look_for_in_worlds_of_the_priors() -> None:
    before = CLAIM | {"conditioned": False, "worlds": {"study": None}}
    text = printed(print_watch, before | {"watch": [CLUE]})
    assert "(15 of 100 in 200 futures, before any report)" in text
    assert "south holds mill 2030-02-01 0.100 50 30 0" in " ".join(text.split())


def test_a_condition_that_is_never_met() -> None:
    text = printed(print_drivers, CLAIM | {"probability": None, "drivers": [], "rule": None})
    assert "in no future its condition is met" in text and "No rule stands out." in text
