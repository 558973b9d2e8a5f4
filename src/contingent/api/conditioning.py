"""Theatres conditioned on their reports: the account, its tables, its export."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from contingent.errors import SettingError
from contingent.infer.account import budget_of, condition_scenario
from contingent.infer.arviz_export import to_arviz
from contingent.infer.explanations import plain_of
from contingent.infer.kept import Ensemble, Told, keep_ensemble, open_ensemble, read_record
from contingent.infer.sources import read_sources

if TYPE_CHECKING:
    import pandas as pd

    from contingent.report.figures import Figure

__all__ = ["Conditioning", "condition", "open_conditioning"]


def condition(
    name: str | Path,
    particles: int | None = None,
    *,
    seed: int = 1,
    quick: bool = False,
    reports: Path | None = None,
    threads: int | None = None,
    studies: str | Path,
) -> Conditioning:
    """Condition a scenario on its reports into a study, going on where a run was stopped.

    Parameters
    ----------
    name : of the scenario, or its file
    particles : of each explanation, in all; the shipped number if left out
    seed, threads : root seed, worker threads
    quick : a rough answer soon, with its honest error
    reports : table of further reports
    studies : folder of studies
    """
    scenario, marks = read_sources(name, reports)
    budget = budget_of(particles, seed, quick=quick, threads=threads)
    folder = Path(studies) / "conditioning"
    record = condition_scenario(scenario, budget, marks=marks, folder=folder)
    kept = keep_ensemble(scenario, record, Told(budget.settings, reports=reports))
    return Conditioning(name, kept)


def open_conditioning(name: str | Path, folder: str | Path) -> Conditioning:
    """Open a conditioned study of a scenario.

    Raises
    ------
    StudyError
        If there is none, or what it rests on has changed since.
    """
    found = Conditioning(name, Path(folder))
    assert found.ensemble is not None
    return found


class Conditioning:
    """A conditioned study.

    Parameters
    ----------
    name : of the scenario, or its file
    folder : of the study
    """

    def __init__(self, name: str | Path, folder: Path) -> None:
        self.name, self.folder = name, folder

    @cached_property
    def ensemble(self) -> Ensemble:
        """Worlds that the reports leave, under each explanation."""
        return open_ensemble(self.name, self.folder)

    @cached_property
    def record(self) -> Mapping[str, Any]:
        """What ``contingent condition --json`` prints."""
        return read_record(self.folder)

    @property
    def says(self) -> str:
        """What can and what cannot be told apart."""
        return str(self.record["says"])

    @property
    def explanations(self) -> pd.DataFrame:
        """One row an explanation: weights, evidence and diagnostics."""
        import pandas as pd

        return pd.DataFrame(self.record["explanations"]).set_index("name")

    @property
    def evidence(self) -> pd.DataFrame:
        """Bits of each report (rows, the most telling first) under each explanation (columns)."""
        import pandas as pd

        rows = {row["id"]: row["bits"] for row in self.record["evidence"]}
        return pd.DataFrame.from_dict(rows, orient="index").loc[list(self.record["diagnosticity"])]

    def to_arviz(self, explanation: str | None = None) -> Any:
        """Return prior and posterior as ArviZ has them; a chain is a replicate.

        Parameters
        ----------
        explanation : whose worlds; those of the theatre's plain ranges if left out

        Raises
        ------
        SettingError
            If there is no such explanation, or ArviZ is not installed.
        """
        done = self.ensemble.done
        name = plain_of(self.ensemble.explained) if explanation is None else explanation
        if name not in done:
            raise SettingError("explanation", repr(name), f"one of {', '.join(done)}")
        return to_arviz(done[name], self.ensemble.seed)

    def figures(self) -> dict[str, Figure]:
        """Draw everything that ``contingent condition --figures`` draws, by name."""
        from contingent.report.conditioning_figures import conditioning_figures

        return conditioning_figures(self.record)

    def __repr__(self) -> str:
        return f"<Conditioning {self.record['scenario']} in {self.folder}: {self.says}>"
