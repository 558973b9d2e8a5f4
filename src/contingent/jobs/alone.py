"""One server a folder: two would run the same jobs, and take each other's for interrupted."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from contingent.errors import SettingError
from contingent.jobs.record import FOLDER

__all__ = ["alone"]

LOCK = "lock"


@contextmanager
def alone(studies: Path) -> Iterator[None]:
    """Work in a folder of studies alone; the system lets go of it however the process ends.

    Raises
    ------
    SettingError
        If another server works there.
    """
    path = studies / FOLDER / LOCK
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        held = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    except OSError:
        yield  # where nothing can be written there is nothing to take from each other
        return
    try:
        if not _taken(held):
            raise SettingError(
                "--studies", f"{studies}, in which another server works", "a folder of its own",
                "stop the other one, or open its address",
            )  # fmt: skip
        yield
    finally:
        os.close(held)


def _taken(held: int) -> bool:
    """Lock an open file; False if another process has."""
    try:
        if os.name == "nt":
            import msvcrt

            msvcrt.locking(held, msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined]
        else:
            import fcntl

            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
