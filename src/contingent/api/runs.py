"""Runs: studies with their verdicts, opened, drawn and compared."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from contingent.analysis.compare import Comparison
from contingent.analysis.compare import compare as compare_studies
from contingent.claims.evaluate import series
from contingent.claims.keeping import kept_record
from contingent.errors import StudyError
from contingent.language import parse_expression
from contingent.report.verdicts import Verdicts
from contingent.scenario.loading import load as load_scenario
from contingent.simulate.store import this_model
from contingent.simulate.study import Study, find_studies

if TYPE_CHECKING:
    import xarray as xr

    from contingent.report.figures import Figure

__all__ = ["STUDIES", "Run", "compare", "open_study", "studies"]

STUDIES = "studies"


def studies(folder: str | Path = STUDIES, name: str | None = None) -> list[Study]:
    """Return the studies in a folder, of one scenario or of all, the newest first."""
    return find_studies(folder, name)


def open_study(name: str | Path, *, folder: str | Path = STUDIES) -> Run:
    """Open a study by its folder, or the newest one of a scenario by the scenario's name.

    Raises
    ------
    StudyError
        If there is none.
    """
    path = Path(name)
    if (path / "manifest.json").is_file():
        return Run(Study(path))
    wanted = str(name)
    if path.suffix in (".yaml", ".yml") and path.is_file():
        wanted = load_scenario(path).name
    found = find_studies(folder, wanted)
    if not found:
        known = sorted({study.manifest.name for study in find_studies(folder)})
        listed = f"; studies there: {', '.join(known)}" if known else ""
        raise StudyError(
            f"no study of {wanted!r} in {folder}{listed}; make one with: contingent run {name}"
        )
    return Run(found[0])


def compare(one: Run | Study | str | Path, other: Run | Study | str | Path) -> Comparison:
    """Return what differs between two studies and what the difference does."""
    first, second = (part if isinstance(part, Study) else _run(part).study for part in (one, other))
    return compare_studies(first, second)


def _run(part: Run | str | Path) -> Run:
    return part if isinstance(part, Run) else open_study(part)


class Run:
    """A study with its verdicts.

    Parameters
    ----------
    study : the futures on disk
    record : verdicts; those kept in the study if left out
    """

    def __init__(self, study: Study, record: Mapping[str, Any] | None = None) -> None:
        self.study = study
        self._record = record

    @property
    def record(self) -> Mapping[str, Any]:
        """What ``contingent run --json`` prints."""
        if self._record is None:
            self._record = kept_record(self.study.folder)
        return self._record

    @property
    def claims(self) -> Verdicts:
        """A verdict on each claim."""
        return Verdicts(self.record)

    @property
    def outdated(self) -> bool:
        """Whether another version of the model played it."""
        return not this_model(self.study.manifest)

    @property
    def futures(self) -> int:
        """Number of futures."""
        return self.study.futures

    @property
    def dataset(self) -> xr.Dataset:
        """All arrays with named dimensions, units and descriptions."""
        return self.study.dataset()

    def __getitem__(self, name: str) -> xr.DataArray:
        """Return an array of the study, or an expression of the predicate language day by day.

        ``"holder"`` is who holds what (future, day, place); the actors' names are in its attrs.
        """
        import xarray as xr

        dataset = self.dataset
        alias = {"holder": "holders"}.get(name, name)
        if alias in dataset:
            return dataset[alias]
        formula = parse_expression(name, self.study.names.vocabulary())
        values = series(formula, self.study.paths())
        coords = {"future": dataset["future"].values, "day": dataset["day"].values}
        return xr.DataArray(values, dims=("future", "day"), coords=coords, name=name)

    def to_arviz(self) -> Any:
        """Return the unknowns of every future as ArviZ's group ``prior``, in one chain.

        Nothing in a run is conditioned; for prior and posterior side by side see
        :meth:`contingent.api.conditioning.Conditioning.to_arviz`.
        """
        from contingent.infer.arviz_export import from_groups

        thetas = self.dataset["thetas"]
        names = thetas["column"].values.tolist()
        values = {name: thetas.values[None, :, i] for i, name in enumerate(names)}
        return from_groups({"prior": values})

    def plot_holders(self, *places: str) -> Figure:
        """Draw who holds what over time; the most contested places without a name."""
        from contingent.report.figures import holders_figure

        return holders_figure(self.study, places)

    def plot_fan(self, expression: str) -> Figure:
        """Draw an observable over time, such as ``fighters(north)``, as a fan of futures."""
        from contingent.report.figures import fan_figure

        return fan_figure(self.study, expression)

    def plot_verdicts(self) -> Figure:
        """Draw the verdicts with their intervals, ranges and hedges."""
        from contingent.report.figures import verdict_figure

        return verdict_figure(self.record)

    def plot_argument(self) -> Figure:
        """Draw the argument as a graph."""
        from contingent.report.figures import argument_figure

        return argument_figure(self.study, self.record)

    def __repr__(self) -> str:
        return f"<Run {self.study.manifest.name}: {self.futures} futures in {self.study.folder}>"

    def _repr_html_(self) -> str:
        from contingent.report.notebook import run_html

        return run_html(self.record)
