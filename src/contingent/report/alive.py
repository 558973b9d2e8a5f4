"""What each parameter moves, in print."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from contingent.analysis.alive import Effect
from contingent.scenario.phrases import number

if TYPE_CHECKING:
    from rich.console import Console

__all__ = ["alive_record", "print_alive"]


def alive_record(found: Iterable[Effect]) -> list[dict[str, Any]]:
    """Return effects as plain data."""
    return [asdict(effect) for effect in found]


def print_alive(found: Sequence[Effect], console: Console, *, everything: bool) -> None:
    """Print the effects that are clear, or all, parameter by parameter."""
    from rich.table import Table

    shown = [effect for effect in found if everything or effect.clear]
    table = Table(box=None, pad_edge=False, padding=(0, 1, 0, 0), header_style="bold")
    table.add_column("parameter", ratio=3, overflow="fold")
    table.add_column("from–to", no_wrap=True)
    table.add_column("outcome", ratio=2, overflow="fold")
    table.add_column("effect", justify="right", no_wrap=True)
    table.add_column("± error", justify="right", no_wrap=True)
    table.add_column("", no_wrap=True)
    last = ""
    for effect in shown:
        same = effect.name == last
        table.add_row(
            "" if same else effect.name,
            "" if same else f"{number(effect.low)}–{number(effect.high)}",
            effect.outcome,
            _signed(effect.effect),
            number(effect.error),
            "" if effect.about else "most",
        )
        last = effect.name
    console.print(table)
    parameters = {effect.name for effect in found}
    living = {effect.name for effect in found if effect.clear}
    console.print(
        f"{len(living)} of {len(parameters)} parameters clearly move something here: chance alone "
        "would show a parameter so in one case of twenty, however many outcomes were looked at. "
        "The others are not dead: they may live in another theatre, or the pairs were too few. "
        "'most' marks the outcome moved most, where it is none the parameter is about.",
        markup=False,
    )


def _signed(value: float) -> str:
    return f"+{number(value)}" if value > 0.0 else number(value)
