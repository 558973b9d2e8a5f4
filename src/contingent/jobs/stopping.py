"""Work that is given up: a newer question of the same asker, or an asker who went away."""

from __future__ import annotations

from contingent.errors import ContingentError

__all__ = ["Stopped"]


class Stopped(ContingentError):
    """The work was given up before its end; what had been played is not lost by that."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(reason)
