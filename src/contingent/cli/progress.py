"""Progress of long work on a terminal: futures a second and the time that is left."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from contingent.cli.output import console, warn

if TYPE_CHECKING:
    from contingent.claims.assess import Listener, Stage

Counter = Callable[[int, int, float], None]
StageCounter = Callable[[str, int, int, float], None]
MAIN = "futures"
BESIDE = "companion runs"


@contextmanager
def shown(*, quiet: bool = False) -> Iterator[Listener | None]:
    """Show the progress of a run on standard error while the block runs.

    Where standard error is no terminal a line is printed now and then instead.
    """
    with _told(MAIN, quiet=quiet) as tell:
        if tell is None:
            yield None
            return

        def listen(stage: Stage) -> None:
            name = MAIN if stage.name == MAIN else BESIDE
            tell(name, stage.done, stage.total, stage.seconds)

        yield listen


@contextmanager
def counted(what: str, *, quiet: bool = False) -> Iterator[Counter | None]:
    """Show how many of something are done, of how many, after how many seconds."""
    try:
        with _told(what, quiet=quiet) as tell:
            if tell is None:
                yield None
            else:
                yield lambda done, total, seconds: tell(what, done, total, seconds)
    except KeyboardInterrupt:
        warn("Stopped. Nothing is kept.")
        raise


@contextmanager
def stages(what: str, *, quiet: bool = False) -> Iterator[StageCounter | None]:
    """Show how far each stage of some work is: its name, how many of how many, after how long."""
    with _told(what, quiet=quiet) as tell:
        yield tell


@contextmanager
def _told(unit: str, *, quiet: bool) -> Iterator[Callable[[str, int, int, float], None] | None]:
    target = console(stderr=True)
    if quiet:
        yield None
    elif target.is_terminal:
        with _bars(unit) as tell:
            yield tell
    else:
        yield _Lines(unit)


class _Lines:
    """Prints a line every quarter of a stage."""

    def __init__(self, unit: str) -> None:
        self._unit = unit
        self._told: tuple[str, int] = ("", 0)

    def __call__(self, name: str, done: int, total: int, seconds: float) -> None:
        quarter = 4 * done // max(total, 1)
        if (name, quarter) == self._told or not quarter:
            return
        self._told = (name, quarter)
        rate = done / seconds if seconds > 0.0 else 0.0
        left = (total - done) / rate if rate > 0.0 else 0.0
        console(stderr=True).print(
            f"{name}: {done:,} of {total:,}, {rate:,.0f} {self._unit}/s, {left:.0f} s remaining"
        )


@contextmanager
def _bars(unit: str) -> Iterator[Callable[[str, int, int, float], None]]:
    from rich.progress import BarColumn, Progress, TaskID, TextColumn, TimeRemainingColumn

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.completed:,.0f} of {task.total:,.0f}"),
        TextColumn("{task.fields[rate]:,.0f} " + f"{unit}/s,"),
        TimeRemainingColumn(),
        TextColumn("remaining"),
    )
    with Progress(*columns, console=console(stderr=True), transient=True) as progress:
        tasks: dict[str, TaskID] = {}

        def tell(name: str, done: int, total: int, seconds: float) -> None:
            if name not in tasks:
                tasks[name] = progress.add_task(name, total=total, rate=0.0)
            rate = done / seconds if seconds > 0.0 else 0.0
            progress.update(tasks[name], completed=done, total=total, rate=rate)

        yield tell
