"""What was asked for by a name that nothing has."""

from __future__ import annotations

from contingent.errors import ContingentError

__all__ = ["Missing"]


class Missing(ContingentError):
    """There is no such study, scenario or job."""

    def __init__(self, what: str, name: str) -> None:
        self.what, self.name = what, name
        super().__init__(what, name)

    def __str__(self) -> str:
        return f"there is no {self.what} {self.name!r}"
