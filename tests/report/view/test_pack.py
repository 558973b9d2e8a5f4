"""Packed futures come back: exactly what changes hands, nearly what is only drawn."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contingent.report.view.events import KINDS
from contingent.report.view.pack import SHARES, changes_of, pack, unpack
from contingent.report.view.playback import Playback

DAYS, PLACES = 6, ("ford", "mill", "harbour")


def made_up(future: int, seed: int) -> Playback:
    rng = np.random.default_rng(seed)
    shape = DAYS, len(PLACES)
    rows = int(rng.integers(0, 12))
    columns = np.column_stack(
        [
            np.sort(rng.integers(0, DAYS, rows)), rng.integers(0, 4, rows),
            rng.integers(0, 3, rows), rng.integers(0, 3, rows), rng.uniform(0, 1, rows),
            rng.uniform(5, 90_000, rows), rng.integers(0, 2, rows),
        ]
    )  # fmt: skip
    frames = {
        "holders": rng.integers(0, 5, shape).astype(np.int8),
        "flags": rng.integers(0, 8, shape).astype(np.uint8),
        "progress": rng.integers(0, 256, shape).astype(np.uint8),
        "sorties": rng.integers(0, 256, shape).astype(np.uint8),
        "columns": columns.astype(np.float32).reshape(-1, 7),
    }
    events = [
        {"day": int(day), "says": f"line {day} \u2028 </script>", "place": place, "kind": kind}
        for day, place, kind in zip(
            rng.integers(0, DAYS, 4), [*PLACES, None], rng.choice(KINDS, 4), strict=True
        )
    ]
    return Playback(future, frames, [dict(one, kind=str(one["kind"])) for one in events])


@settings(max_examples=40)
@given(st.lists(st.integers(0, 10**6), min_size=1, max_size=5, unique=True), st.integers(0, 99))
def test_every_future_comes_back(numbers, seed) -> None:
    played = [made_up(number, seed + number) for number in numbers]
    packed = pack(played, PLACES)
    for one in played:
        found = unpack(packed, one.future, DAYS)
        assert found.events == one.events
        for name in ("holders", "flags"):
            assert found.frames[name].dtype == one.frames[name].dtype
            assert (found.frames[name] == one.frames[name]).all()
        apart = found.frames["progress"].astype(int) - one.frames["progress"]
        assert np.abs(apart).max() <= 255 / SHARES / 2 + 1
        assert columns_agree(found.frames["columns"], one.frames["columns"])


def columns_agree(found, given_) -> bool:
    """As many columns on each day and road, their strength to two digits."""
    keys = [0, 1, 2, 3, 6]
    same = sorted(map(tuple, found[:, keys])) == sorted(map(tuple, given_[:, keys]))
    total, wanted = found[:, 5].sum(), np.minimum(given_[:, 5], 65_000).sum()
    return same and abs(total - wanted) <= 0.06 * wanted + len(given_)


def test_a_future_that_is_not_there() -> None:
    with pytest.raises(KeyError):
        unpack(pack([made_up(3, 3)], PLACES), 4, DAYS)


def test_nothing_packed_is_still_a_pack() -> None:
    assert pack([], PLACES).frames["pack:columns:day"].shape == (0,)


def test_changes_tell_the_first_day_from_nought() -> None:
    assert changes_of(np.zeros((3, 2), dtype=int)).shape == (0, 3)
