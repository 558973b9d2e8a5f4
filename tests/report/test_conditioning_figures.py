"""Figures of a conditioned theatre and of one claim, at the size of a long argument."""

from __future__ import annotations

import itertools
from typing import Any

import numpy as np
import pytest
from matplotlib.figure import Figure

from contingent.report.claim_figures import (
    box_figure,
    differences_figure,
    drivers_figure,
    watch_figure,
)
from contingent.report.conditioning_figures import conditioning_figures

NAMES = [f"explanation-{letter}-of-some-length" for letter in "abcdefghijk"]
REPORTS = [f"report-number-{i}" for i in range(23)]
NAN = float("nan")


def share(value: float, variants: int = 12) -> dict[str, Any]:
    return {
        "value": value, "low": value - 0.1, "high": value + 0.1, "worlds": 100,
        "variants_low": 0.2 if variants else None, "variants_high": 0.6 if variants else None,
        "variants_answered": variants, "variants": variants,
    }  # fmt: skip


def chance(value: float | None, refused: bool = False) -> dict[str, Any]:
    low, high = (None, None) if value is None else (value - 0.05, value + 0.05)
    return {"probability": value, "low": low, "high": high, "effective": 90.0, "refused": refused}


def weights(value: float) -> dict[str, Any]:
    return {name: {"value": value, "low": value / 2, "high": value * 2} for name in NAMES}


@pytest.fixture
def record() -> dict[str, Any]:
    pairs = [
        {"one": one, "other": other, "right": NAN if i == 3 else 0.5 + 0.04 * i, "separable": False}
        for i, (one, other) in enumerate(itertools.pairwise(NAMES))
    ]
    part = {"recovery": [{"name": name} for name in NAMES], "pairs": pairs}
    return {
        "scenario": "long", "event": "fell",
        "separability": {"all": part, "given_event": part},
        "explanations": [{"name": name, "prior": 1 / 11} for name in NAMES],
        "over_time": [
            {"date": "2020-01-02", "reports": 3, "weights": weights(0.1)},
            {"date": "2020-01-20", "reports": 9, "weights": weights(0.2)},
            {"date": "2020-02-01", "reports": 23, "weights": None},
        ],
        "evidence": [
            {"id": report, "bits": {name: float((i * j) % 5) for j, name in enumerate(NAMES)},
             "error": dict.fromkeys(NAMES, 0.5)}
            for i, report in enumerate(REPORTS)
        ],
        "diagnosticity": REPORTS[::-1],
        "causes": [
            {"factors": [NAMES[0]], "still_without": share(0.3), "sufficiency": share(NAN, 0)},
            {"factors": NAMES[:2], "still_without": share(0.3), "sufficiency": share(0.2)},
        ],
        "claims": [
            {"id": f"C{i:02}", "prior": chance(0.02 * i + 0.05),
             "conditioned": chance(None if i == 2 else 0.9, refused=i == 3)}
            for i in range(40)
        ] + [{"id": "ought", "prior": None, "conditioned": None}],
    }  # fmt: skip


def labels(figure: Figure) -> list[str]:
    return [text.get_text() for panel in figure.axes for text in panel.get_yticklabels()]


def overlapping(figure: Figure) -> list[tuple[str, str]]:
    """Labels of the vertical axes that lie on each other."""
    figure.canvas.draw()
    found = []
    for panel in figure.axes:
        boxes = [(text.get_text(), text.get_window_extent())
                 for text in panel.get_yticklabels() if text.get_text()]  # fmt: skip
        boxes.sort(key=lambda one: one[1].y0)
        found += [
            (one[0], other[0])
            for one, other in itertools.pairwise(boxes)
            if one[1].y1 > other[1].y0 + 1.0
        ]
    return found


def test_every_figure_is_drawn_without_labels_on_each_other(record: dict[str, Any]) -> None:
    figures = conditioning_figures(record)
    assert list(figures) == [
        "separability", "explanations-over-time", "evidence-matrix", "factors",
        "claims-before-and-after",
    ]  # fmt: skip
    for name, figure in figures.items():
        assert overlapping(figure) == [], name
    claims = labels(figures["claims-before-and-after"])
    assert claims[-1] == "C00" and "ought" not in claims
    cells = [text.get_text() for text in figures["separability"].axes[0].texts]
    assert cells.count("") == 11 and "?" in cells and "86" in cells
    assert labels(figures["evidence-matrix"])[0] == "report-number-22"
    texts = [text.get_text() for panel in figures["factors"].axes for text in panel.texts]
    assert texts == ["too few worlds"]


def test_nothing_to_draw_draws_nothing(record: dict[str, Any]) -> None:
    bare = record | {"evidence": [], "causes": [], "claims": []}
    assert list(conditioning_figures(bare)) == ["separability"]
    lone = record | {"over_time": record["over_time"][:1]}
    assert "explanations-over-time" in conditioning_figures(lone)


DRIVERS = {
    "claim": "falls", "probability": 0.4,
    "drivers": [
        {"name": f"kinds.force.unknown-{i}.quality", "lowest": 0.2, "highest": 0.6,
         "matters": i < 5}
        for i in range(15)
    ],
    "rule": {
        "limits": [{"name": "a", "low": 0.2, "high": float("inf")},
                   {"name": "b", "low": float("-inf"), "high": 0.7},
                   {"name": "c", "low": 0.1, "high": 0.9}],
        "density": 0.8, "coverage": 0.5, "support": 0.2,
    },
}  # fmt: skip


def test_one_claim_is_drawn() -> None:
    tornado = drivers_figure(DRIVERS)
    assert overlapping(tornado) == [] and labels(tornado)[-1] == "kinds.force.unknown-0.quality"
    values = {name: np.linspace(0.0, 1.0, 40) for name in "abc"}
    rule = box_figure(DRIVERS, values, np.arange(40) % 3 == 0)
    assert [len(panel.patches) for panel in rule.axes] == [1, 1]
    watched = [
        {"says": f"many fighters at place {i}", "date": "2020-02-01", "bits": 0.1, "seen": 0.5,
         "if_seen": 0.9, "if_not": 0.1}
        for i in range(15)
    ]  # fmt: skip
    watch = watch_figure({"claim": "falls", "probability": None, "watch": watched})
    assert overlapping(watch) == []
    assert [text.get_text() for text in watch.axes[0].texts] == ["0.10 bit"] * 15


def test_differences_are_drawn_the_largest_on_top() -> None:
    claims = [
        {"claim": f"C{i}", "difference": -0.01 * i, "low": -0.01 * i - 0.02,
         "high": -0.01 * i + 0.02, "clear": i > 2}
        for i in range(40)
    ]  # fmt: skip
    claims.append({"claim": "none", "difference": None, "low": None, "high": None, "clear": False})
    figure = differences_figure({"name": "do", "do": {"north.delay": "* 2"}, "claims": claims})
    shown = labels(figure)
    assert shown[-1] == "C39" and len(shown) == 30 and overlapping(figure) == []
