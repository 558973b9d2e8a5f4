"""Figures hold what was asked for, and leave no global state behind."""

from __future__ import annotations

import sys

import numpy as np
import pytest

from contingent.errors import ContingentError, SettingError


def drawn(figure) -> bytes:
    """Pixels of a figure."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg

    canvas = FigureCanvasAgg(figure)
    canvas.draw()
    return bytes(canvas.buffer_rgba())


def test_holders_over_time(run) -> None:
    figure = run.plot_holders("ford", "mill")
    assert [panel.get_title() for panel in figure.axes] == ["ford", "mill"]
    assert len(set(drawn(figure))) > 1
    assert run.plot_holders().axes
    with pytest.raises(SettingError, match="frod"):
        run.plot_holders("frod")


def test_a_fan_of_an_observable(run) -> None:
    figure = run.plot_fan("fighters(south)")
    (panel,) = figure.axes
    (median, _) = panel.get_lines()
    assert np.allclose(median.get_ydata(), np.median(run["fighters(south)"].values, axis=0))
    assert drawn(figure)


def test_something_true_or_false_is_drawn_as_a_share(run) -> None:
    (panel,) = run.plot_fan("holds(south, ford)").axes
    share = run["holds(south, ford)"].values.mean(axis=0)
    assert np.allclose(panel.get_lines()[0].get_ydata(), 100.0 * share)
    with pytest.raises(ContingentError):
        run.plot_fan("holds(south, frod)")


def test_verdicts_and_argument(run) -> None:
    labels = [text.get_text() for text in run.plot_verdicts().axes[0].get_yticklabels()]
    assert labels == ["harbour-safe", "ford-falls", "ford-attacked"]
    texts = [text.get_text() for text in run.plot_argument().axes[0].texts]
    assert any(text.startswith("ford-attacked") for text in texts)
    assert drawn(run.plot_verdicts())
    assert drawn(run.plot_argument())


def test_no_window_system_is_touched(run) -> None:
    run.plot_verdicts()
    assert "matplotlib.pyplot" not in sys.modules
