"""Scenarios: loaded, changed, played, and asked what if."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from contingent.analysis.alive import Effect, alive
from contingent.analysis.checks import checks_of, observables_of
from contingent.analysis.what_if import Difference, WhatIf, named, read_lever, what_if
from contingent.api.runs import STUDIES, Run
from contingent.claims.assess import Pipeline, Stage
from contingent.claims.companions import Playing
from contingent.claims.keeping import keep, keep_scenario, kept_record
from contingent.compile import Program
from contingent.compile.called import called_in
from contingent.compile.names import read_names
from contingent.errors import SettingError, StudyError
from contingent.scenario import changes, types
from contingent.scenario.loading import load as load_scenario
from contingent.scenario.played import keep_source
from contingent.simulate.engines import Engine
from contingent.simulate.ensemble import CHUNK, Chunk, Progress
from contingent.simulate.manifest import digest_scenario, new_manifest
from contingent.simulate.paths import paths_of
from contingent.simulate.replay import replay
from contingent.simulate.store import run_study
from contingent.simulate.study import Study

if TYPE_CHECKING:
    import pandas as pd

    from contingent.api.conditioning import Conditioning
    from contingent.infer.kept import Ensemble

__all__ = ["FUTURES", "Scenario", "levers", "load"]

FUTURES = 2_000
Listener = Callable[[Stage], None]
Counter = Callable[[int, int, float], None]


def load(name: str | Path) -> Scenario:
    """Load a scenario of the library or a YAML file.

    Raises
    ------
    ScenarioError
        With every fault at once.
    """
    return Scenario(load_scenario(name), name)


def levers(
    scenario: Scenario, names: Sequence[str], do: Sequence[str], begins: str | None = None
) -> list[WhatIf]:
    """Return what-ifs: those of the argument by name, and one made of ``NAME=CHANGE`` texts.

    Raises
    ------
    SettingError
        If nothing is asked or a text cannot be read.
    """
    found = named(scenario.spec, names) if names or not do else []
    if do:
        found.append(WhatIf("do", dict(map(read_lever, do)), "", read_date(begins)))
    elif begins is not None:
        raise SettingError("--from", "a date without a lever", "--do NAME=CHANGE with it")
    return found


def read_date(text: str | None) -> date | None:
    """Read a date such as 2016-12-12.

    Raises
    ------
    SettingError
    """
    try:
        return None if text is None else date.fromisoformat(text)
    except ValueError:
        raise SettingError("--from", repr(text), "a date such as 2016-12-12") from None


class Scenario:
    """A theatre with at most one argument.

    Attributes
    ----------
    spec : the specification: frozen, complete, every number with its name
    checks : what is expected of the theatre's futures; empty without a list beside its file
    source : name or file it was loaded from; None if it was changed since
    """

    def __init__(self, spec: types.Scenario, source: str | Path | None = None) -> None:
        self.spec = spec
        self.source = source
        self.checks = () if source is None else checks_of(source, spec)

    @property
    def name(self) -> str:
        """Name of the argument, or of the theatre without one."""
        return self.spec.name

    @property
    def quantities(self) -> pd.DataFrame:
        """Every number under its dotted name, with unit, basis and source."""
        import pandas as pd

        from contingent.report.scenario_text import quantity_rows

        return pd.DataFrame(quantity_rows(self.spec))

    def replace(self, changed: Mapping[str, Any]) -> Scenario:
        """Return the scenario with entries changed by dotted name (``"* 2"``, ``5``, ``"3 to 8"``).

        Raises
        ------
        SettingError
            If a name leads nowhere; names the nearest one.
        """
        scenario = Scenario(changes.replace(self.spec, changed))
        scenario.checks = self.checks
        return scenario

    def run(
        self,
        futures: int = FUTURES,
        *,
        seed: int = 1,
        threads: int | None = None,
        engine: Engine = "core",
        given_known: bool = False,
        variants: bool = True,
        studies: str | Path = STUDIES,
        listen: Listener | None = None,
    ) -> Run:
        """Play futures into a study and judge every claim.

        What a study already holds is not played again, and a run that was stopped goes on.

        Parameters
        ----------
        futures, seed, threads : how many, the root seed, worker threads
        engine : ``core``, or ``reference`` (the same bits, hundreds of times slower)
        given_known : keep only futures that agree with sharp reports of holders before the fence
        variants : also play structural variants, over which verdicts show their range
        studies : folder of studies
        listen : told how far the work has come
        """
        playing = Playing(futures, seed, threads, engine)
        pipeline = self.pipeline(playing, given_known=given_known)
        began = time.monotonic()
        clock = _Clock(listen)
        folder = run_study(
            pipeline.program,
            futures,
            seed,
            scenario=digest_scenario(self.spec),
            root=studies,
            threads=threads,
            engine=engine,
            progress=clock,
        )
        study = Study(folder)
        read_claims(pipeline, study)
        assessment = pipeline.finish(with_variants=variants, listen=listen)
        timing = clock.timing(folder, futures)
        timing["total_seconds"] = round(time.monotonic() - began, 3)
        record = assessment.record(
            **timing, study=str(folder), engine=engine, digest=digest_scenario(self.spec)
        )
        keep_scenario(folder, self.spec)
        if self.source is not None:
            keep_source(folder, self.source)
        keep(folder, record, pipeline.gathered.table())
        return Run(study, record)

    def study_folder(self, seed: int = 1, *, studies: str | Path = STUDIES) -> Path:
        """Folder in which a run with a seed keeps its futures."""
        program = self.program()
        name = new_manifest(program, "", seed, 1, CHUNK, "").folder
        return Path(studies) / name

    def program(self) -> Program:
        """Compile the scenario, recording what its claims and checks need."""
        return self.pipeline(Playing(1, 1)).program

    def pipeline(self, playing: Playing, *, given_known: bool = False) -> Pipeline:
        """Return the claims, read and ready to be asked of futures."""
        vocabulary = read_names(self.spec.theatre).vocabulary()
        extra = observables_of(self.checks, vocabulary)
        return Pipeline(self.spec, playing, given_known=given_known, extra=extra)

    def what_if(
        self,
        asked: Sequence[WhatIf] | Mapping[str, Any],
        *,
        futures: int = 1_000,
        seed: int = 1,
        threads: int | None = None,
        conditioned: Ensemble | str | Path | None = None,
        listen: Counter | None = None,
    ) -> dict[str, list[Difference]]:
        """Return the difference that levers make to each claim, on common random numbers.

        Parameters
        ----------
        asked : what-ifs (see `levers`), or one mapping of dotted names to changes
        futures, seed, threads : of each branch
        conditioned : a conditioned study or its folder; worlds of the priors if left out
        listen : told futures done, futures in all, seconds
        """
        what_ifs = [WhatIf("do", asked)] if isinstance(asked, Mapping) else list(asked)
        playing = Playing(futures, seed, threads)
        if conditioned is None:
            return what_if(self.spec, what_ifs, playing, listen=listen)
        from contingent.analysis.conditioned_what_if import what_if_conditioned
        from contingent.infer.kept import Ensemble, open_ensemble

        if isinstance(conditioned, Ensemble):
            return what_if_conditioned(conditioned, what_ifs, playing, listen=listen)
        if self.source is None:
            raise SettingError("conditioned", "a scenario changed in code", "one loaded by name")
        ensemble = open_ensemble(self.source, Path(conditioned))
        return what_if_conditioned(ensemble, what_ifs, playing, listen=listen)

    def condition(
        self, particles: int | None = None, *, studies: str | Path = STUDIES, **options: Any
    ) -> Conditioning:
        """Condition on dated reports into a study: :func:`contingent.api.conditioning.condition`.

        Raises
        ------
        SettingError
            If the scenario was changed in code: a study must be able to be opened again.
        """
        from contingent.api.conditioning import condition

        if self.source is None:
            raise SettingError("condition", "a scenario changed in code", "one loaded by name")
        return condition(self.source, particles, studies=studies, **options)

    def alive(self, **options: Any) -> list[Effect]:
        """Move each parameter over its prior range: :func:`contingent.analysis.alive.alive`."""
        return alive(self.spec, **options)

    def replay(self, future: int, *, seed: int = 1, engine: Engine = "core") -> str:
        """Tell one future day by day, in words."""
        if not 0 <= future < 2**32:
            raise SettingError("replay", str(future), "the number of a future, 0 or more")
        return replay(self.program(), future, seed, engine, called_in(self.spec.theatre))

    def __repr__(self) -> str:
        return f"<Scenario {self.name}>"

    def _repr_html_(self) -> str:
        from contingent.report.notebook import scenario_html

        return scenario_html(self.spec)


class _Clock:
    """Measures the main run, and passes its progress on."""

    def __init__(self, listen: Listener | None) -> None:
        self.played, self.seconds = 0, 0.0
        self._listen = listen

    def __call__(self, progress: Progress) -> None:
        self.played, self.seconds = progress.done, progress.seconds
        if self._listen is not None:
            self._listen(Stage("futures", progress.done, progress.total, progress.seconds))

    def timing(self, folder: Path, futures: int) -> dict[str, Any]:
        """Seconds and rate of the futures played now, or else of when they were."""
        if self.played:
            rate = self.played / self.seconds if self.seconds > 0.0 else 0.0
        else:
            try:
                rate = float(kept_record(folder)["futures_per_second"])
            except (StudyError, KeyError, TypeError, ValueError):
                rate = 0.0
        return {
            "seconds": round(futures / rate, 3) if rate > 0.0 else 0.0,
            "futures_per_second": round(rate, 2),
            "futures_played": self.played,
        }


def read_claims(pipeline: Pipeline, study: Study) -> None:
    """Ask the claims of a pipeline of the first futures of a study, chunk by chunk."""
    left = pipeline.playing.futures
    for chunk in study.chunks():
        if left <= 0:
            return
        pipeline.read(paths_of(pipeline.program, _first(chunk, left), pipeline.playing.seed))
        left -= len(chunk)


def _first(chunk: Chunk, futures: int) -> Chunk:
    """Return the first futures of a chunk."""
    rows = slice(0, futures)
    return Chunk(
        chunk.first, chunk.holders[rows], chunk.flags[rows], chunk.series[rows], chunk.thetas[rows]
    )
