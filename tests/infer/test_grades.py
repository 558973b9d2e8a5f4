from __future__ import annotations

from itertools import pairwise

from contingent.infer.grades import CONTENT, READINGS, SOURCE, trust


def test_better_grades_are_trusted_more_under_every_reading() -> None:
    for reading in READINGS:
        for letters in ("ABCDE",):
            values = [trust(f"{letter}2", reading) for letter in letters]
            assert all(one > other for one, other in pairwise(values))
        values = [trust(f"B{digit}", reading) for digit in "12345"]
        assert all(one > other for one, other in pairwise(values))
    assert trust("C3", "generous") > trust("C3") > trust("C3", "strict")


def test_no_grade_is_certain() -> None:
    grades = [f"{letter}{digit}" for letter in SOURCE for digit in CONTENT]
    assert all(0.0 < trust(grade, reading) < 1.0 for grade in grades for reading in READINGS)
