"""Claims worked out by hand, and what the evaluator refuses."""

from datetime import date, timedelta
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from contingent.claims import evaluate as module
from contingent.claims.evaluate import evaluate, last_day, series, settle
from contingent.language import Observable, Vocabulary, parse, parse_expression

START = date(2020, 1, 1)
DAYS = 10
WORDS = Vocabulary(
    actors=("north", "south"),
    places=("ford", "mill"),
    start=START,
    now=START + timedelta(3),
    end=START + timedelta(DAYS - 1),
    blocs={"all": ("north", "south")},
)


class Written:
    """Futures written as strings of digits, one for each series."""

    def __init__(self, **rows: list[str]) -> None:
        self._rows = {
            name: np.array([[int(digit) for digit in row] for row in given])
            for name, given in rows.items()
        }
        self.futures, self.days = next(iter(self._rows.values())).shape
        self.start = START

    def signal(self, observable: Observable) -> NDArray[Any]:
        name = "_".join([observable.name, *map(str, observable.args)])
        values = self._rows[name]
        return values.astype(bool) if observable.name in ("contested", "attacks") else values


def verdict(text: str, since_day: int = 0, **rows: str) -> bool:
    paths = Written(**{name: [row] for name, row in rows.items()})
    return bool(evaluate(parse(text, WORDS), paths, since_day)[0])


@pytest.mark.parametrize(
    ("text", "row", "expected"),
    [
        ("eventually(contested(ford))", "0000000001", True),
        ("eventually(contested(ford), by=2020-01-09)", "0000000001", False),
        ("eventually(contested(ford), in=9 days)", "0000000001", True),
        ("eventually(contested(ford), in=8 days)", "0000000001", False),
        ("eventually(contested(ford), since=2020-01-03)", "1100000000", False),
        ("always(contested(ford))", "1111111110", False),
        ("always(contested(ford), until=2020-01-09)", "1111111110", True),
        ("always(contested(ford), for=9 days)", "1111111110", True),
        ("always(contested(ford), for=99 days)", "1111111111", True),
        ("never(contested(ford), for=3 days)", "0001000000", True),
        ("never(contested(ford), for=4 days)", "0001000000", False),
        ("at(2020-01-04, contested(ford))", "0001000000", True),
        ("eventually(for_days(3, contested(ford)))", "0110111000", True),
        ("eventually(for_days(4, contested(ford)))", "0110111000", False),
        ("eventually(for_days(3, contested(ford)))", "0000000011", False),
        ("for_days(99, contested(ford))", "1111111111", False),
        ("share(days, contested(ford)) == 0.3", "0110001000", True),
        ("share(days, contested(ford), by=2020-01-04) == 0.5", "0110001000", True),
        ("share(days, contested(ford), for=3 days) > 0.6", "0110001000", True),
        ("eventually(always(contested(ford)))", "0000000001", True),
        ("always(eventually(contested(ford), in=2 days), until=2020-01-07)", "0010010010", True),
        ("always(eventually(contested(ford), in=1 day), until=2020-01-07)", "0010010010", False),
    ],
)
def test_one_operand(text: str, row: str, expected: bool) -> None:
    assert verdict(text, contested_ford=row) is expected


@pytest.mark.parametrize(
    ("text", "left", "right", "expected"),
    [
        ("until(contested(ford), contested(mill))", "1110000000", "0001000000", True),
        ("until(contested(ford), contested(mill))", "1100000000", "0001000000", False),
        ("until(contested(ford), contested(mill))", "0000000000", "1000000000", True),
        ("until(contested(ford), contested(mill))", "1111111111", "0000000000", False),
        ("weak_until(contested(ford), contested(mill))", "1111111111", "0000000000", True),
        ("weak_until(contested(ford), contested(mill))", "1101111111", "0000000001", False),
        ("until(contested(ford), contested(mill), in=3 days)", "1111111111", "0001000000", True),
        ("until(contested(ford), contested(mill), in=2 days)", "1111111111", "0001000000", False),
        ("weak_until(contested(ford), contested(mill), in=2 days)", "1110000000", "0" * 10, True),
        ("before(contested(ford), contested(mill))", "0001000000", "0000100000", True),
        ("before(contested(ford), contested(mill))", "0001000000", "0001000000", False),
        ("before(contested(ford), contested(mill))", "0000100000", "0001000000", False),
        ("before(contested(ford), contested(mill))", "0000100000", "0000000000", True),
        ("before(contested(ford), contested(mill))", "0000000000", "0000000000", False),
    ],
)
def test_two_operands(text: str, left: str, right: str, expected: bool) -> None:
    assert verdict(text, contested_ford=left, contested_mill=right) is expected


def test_a_claim_is_read_from_its_cut_off() -> None:
    """A recapture needs a loss: what was so before the author wrote does not count."""
    row = "1110000110"
    assert not verdict("eventually(contested(ford), by=2020-01-06)", 3, contested_ford=row)
    assert verdict("eventually(contested(ford), by=2020-01-09)", 3, contested_ford=row)
    assert verdict("eventually(contested(ford), since=start, by=now)", 3, contested_ford=row)
    assert not verdict("eventually(contested(ford), by=2020-01-03)", 3, contested_ford=row)
    assert verdict("always(contested(ford), until=2020-01-03)", 3, contested_ford=row)


def test_losses_count_from_the_cut_off_unless_told_otherwise() -> None:
    rows = {"losses_north": "0123456789", "losses_south": "0000000000"}
    assert verdict("at(2020-01-07, losses(north) == 3)", 3, **rows)
    assert verdict("at(2020-01-07, losses(all) == 3)", 3, **rows)
    assert verdict("at(2020-01-07, losses(north, since=start) == 6)", 3, **rows)
    assert verdict("at(2020-01-02, losses(north) == 0)", 3, **rows)


def test_the_initial_value_is_that_of_day_0() -> None:
    assert verdict(
        "eventually(progress(ford) == 2 * initial(progress(ford)))", 2, progress_ford="3004600000"
    )


def test_places_are_compared_by_their_numbers() -> None:
    rows = {"main_effort_north": "0000111111"}
    assert verdict("share(days, main_effort(north) == mill) == 0.6", **rows)
    assert verdict("always(main_effort(north) == ford | mill)", **rows)


def test_a_comparison_with_a_quotient_by_zero_is_false() -> None:
    rows = {"detected_north": "0" * 10, "columns_north": "0" * 10}
    assert not verdict("eventually(detected(north) / columns(north) >= 0)", **rows)
    assert not verdict("eventually(detected(north) / columns(north) < 9)", **rows)


def test_many_futures_are_done_in_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = ["0001", "1000", "0000", "0110", "0010"]
    paths = Written(contested_ford=rows)
    claim = parse("eventually(contested(ford), in=2 days)", WORDS)
    whole = evaluate(claim, paths, 1)
    assert whole.tolist() == [True, False, False, True, True]
    monkeypatch.setattr(module, "BLOCK", 2)
    assert evaluate(claim, paths, 1).tolist() == whole.tolist()


def test_no_futures_give_no_verdicts() -> None:
    paths = Written(contested_ford=["0001"])
    paths._rows["contested_ford"] = np.zeros((0, 4), dtype=int)
    paths.futures = 0
    assert evaluate(parse("eventually(contested(ford))", WORDS), paths, 0).shape == (0,)


def test_series_are_for_looking_at() -> None:
    paths = Written(progress_ford=["0123", "3210"])
    twice = series(parse_expression("2 * progress(ford)", WORDS), paths)
    assert twice.tolist() == [[0, 2, 4, 6], [6, 4, 2, 0]]
    assert series(parse_expression("1", WORDS), paths).shape == (2, 4)


def test_what_is_refused() -> None:
    paths = Written(contested_ford=["0001"])
    claim = parse("eventually(contested(ford))", WORDS)
    with pytest.raises(ValueError, match="cut-off is day 4, expected 0 to 3"):
        evaluate(claim, paths, 4)
    with pytest.raises(ValueError, match="true or false, found a number"):
        evaluate(parse_expression("progress(ford)", WORDS), paths, 0)
    with pytest.raises(ValueError, match="true or false, found a place"):
        settle(parse_expression("ford", WORDS), None, 0, 0)  # type: ignore[arg-type]
    paths.futures = 2
    with pytest.raises(ValueError, match=r"contested\(ford\) has shape \(1, 4\), expected"):
        evaluate(claim, paths, 0)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("eventually(contested(ford), by=2020-01-06)", 5),
        ("eventually(contested(ford))", 9),
        ("eventually(contested(ford), in=30 days)", 33),
        ("eventually(contested(ford), since=start, in=2 days)", 2),
        ("at(2020-01-08, for_days(3, contested(ford)))", 9),
        ("eventually(initial(contested(ford)), in=1 day)", 4),
        ("share(days, true, by=2020-01-02) > 0.5", 3),
    ],
)
def test_the_last_day_a_claim_looks_at(text: str, day: int) -> None:
    assert last_day(parse(text, WORDS), START, 3, DAYS) == day
