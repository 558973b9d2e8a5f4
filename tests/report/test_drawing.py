"""Names stand in figures as they are written, whatever signs they are made of."""

from __future__ import annotations

import io
from html import unescape
from typing import Any

import matplotlib as mpl
import pytest

from contingent.report.claim_figures import drivers_figure
from contingent.report.conditioning_figures import claims_figure
from contingent.report.drawing import Figure
from contingent.report.figures import verdict_figure

ODD = [r"a_$b$", r"$^{\frac_$", r"costs \$5 and $6", "$"]


def words_of(figure: Figure, **options: Any) -> str:
    written = io.StringIO()
    with mpl.rc_context({"svg.fonttype": "none"}):
        figure.savefig(written, format="svg", **options)
    return unescape(written.getvalue())


@pytest.mark.parametrize("name", ODD)
@pytest.mark.parametrize("box", [None, "tight"])
def test_names_are_no_formulas(name: str, box: str | None) -> None:
    row = {
        "id": f"{name} claim", "probability": 0.4, "low": 0.3, "high": 0.5, "settled": True,
        **dict.fromkeys(("variants_low", "variants_high", "hedge_low", "hedge_high")),
    }  # fmt: skip
    verdicts = verdict_figure({"scenario": name, "label": "plain", "claims": [row]})
    driver = {"name": f"{name} lever", "lowest": 0.2, "highest": 0.6, "matters": True}
    drivers = drivers_figure({"claim": name, "probability": 0.4, "drivers": [driver]})
    both = {"id": f"{name} both", "prior": row, "conditioned": row}
    claims = claims_figure({"scenario": name, "claims": [both]})
    for figure, texts in (
        (verdicts, (f"{name}, plain", f"{name} claim")),
        (drivers, (f"What moves {name}", f"{name} lever", f"{name} comes true, % of futures")),
        (claims, (f"{name}: before → after the reports", f"{name} both")),
    ):
        figure.savefig(io.BytesIO(), format="png", bbox_inches=box)
        drawn = words_of(figure, bbox_inches=box)
        assert all(f">{text}<" in drawn for text in texts)
