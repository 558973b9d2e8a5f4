"""A matplotlib figure whose words stand as they are written."""

from __future__ import annotations

from typing import Any

import matplotlib.figure
from matplotlib.text import Text

__all__ = ["Figure"]


class Figure(matplotlib.figure.Figure):
    r"""A figure in which a name is never read as a formula, whatever ``$``, ``_``, ``\`` it has.

    Every text is told so before it is drawn, those of axes and legends among them.
    """

    def draw(self, renderer: Any) -> None:
        """Draw the figure."""
        for text in self.findobj(Text):
            text.set_parse_math(False)
        super().draw(renderer)
