"""Verdicts as a notebook shows them and as a data frame holds them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from contingent.claims.keeping import verdict_frame
from contingent.errors import SettingError
from contingent.scenario.faults import nearest

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Verdicts"]


class Verdicts(Sequence[Mapping[str, Any]]):
    """The verdicts of a run, one plain record a claim, in the order of the article.

    Parameters
    ----------
    record : what ``contingent run --json`` prints
    """

    def __init__(self, record: Mapping[str, Any]) -> None:
        self.record = record

    def __len__(self) -> int:
        return len(self.record["claims"])

    def __iter__(self) -> Iterator[Mapping[str, Any]]:
        return iter(self.record["claims"])

    def __getitem__(self, key: Any) -> Any:
        """Return a claim by its name or its place in the article."""
        if not isinstance(key, str):
            return self.record["claims"][key]
        found = next((claim for claim in self if claim["id"] == key), None)
        if found is None:
            close = nearest(key, self.ids)
            hint = f"did you mean {close!r}?" if close else ""
            raise SettingError("claim", repr(key), "the name of a claim", hint)
        return found

    @property
    def ids(self) -> list[str]:
        """Names of the claims."""
        return [claim["id"] for claim in self]

    @property
    def frame(self) -> pd.DataFrame:
        """The verdicts as a table, one row a claim."""
        return verdict_frame(self.record)

    def __repr__(self) -> str:
        counts = self.record["counts"]
        return f"<Verdicts: {len(self)} claims, {counts['evaluated']} evaluated>"

    def _repr_html_(self) -> str:
        from contingent.report.notebook import verdicts_html

        return verdicts_html(self.record)
