"""What each kind of job does, in whatever process it is done."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from contingent.analysis.what_if import WhatIf
from contingent.api import load
from contingent.api.reports import report
from contingent.api.scenarios import Scenario
from contingent.claims.assess import Stage
from contingent.jobs import requests
from contingent.jobs.baseline import Baseline
from contingent.jobs.held import Held
from contingent.jobs.scenarios import Scenarios
from contingent.jobs.studies import Studies, scenario_of, source_of
from contingent.report.view.found import keep_found
from contingent.report.view.kept import keep_json
from contingent.report.view.what_ifs import difference_rows

__all__ = ["Place", "Tell", "do"]

MAIN = "futures"
BESIDE = "companion runs"
Tell = Callable[[str, int, int, float], None]


@dataclass(frozen=True)
class Place:
    """Where jobs find and leave things.

    Attributes
    ----------
    studies, scenarios : folders
    result : folder for what a job hands over as a file
    threads : as many as processors if None
    """

    studies: Path
    scenarios: Path
    result: Path
    threads: int | None = None

    @classmethod
    def read(cls, plain: Mapping[str, Any]) -> Place:
        """Read a place from plain data."""
        studies, scenarios, result = (
            Path(plain[name]) for name in ("studies", "scenarios", "result")
        )
        return cls(studies, scenarios, result, plain.get("threads"))

    def record(self) -> dict[str, Any]:
        """Return it as plain data."""
        folders = {name: str(getattr(self, name)) for name in ("studies", "scenarios", "result")}
        return folders | {"threads": self.threads}

    def load(self, name: str) -> tuple[Scenario, Path]:
        """Load a scenario by its name; return its file too."""
        path = Scenarios(self.scenarios).find(name).path
        return load(path), path


def do(request: requests.Request, place: Place, tell: Tell) -> dict[str, Any]:
    """Do a job and return what came of it.

    Raises
    ------
    ContingentError
        For what a user can do something about.
    """
    match request:
        case requests.RunRequest():
            return _run(request, place, tell)
        case requests.ConditionRequest():
            return _condition(request, place, tell)
        case requests.DriversRequest():
            return _drivers(request, place, tell)
        case requests.WatchRequest():
            return _watch(request, place, tell)
        case requests.WhatIfRequest():
            return _what_if(request, place, tell)
        case requests.ReportRequest():
            return _report(request, place, tell)


def _run(request: requests.RunRequest, place: Place, tell: Tell) -> dict[str, Any]:
    scenario, _ = place.load(request.scenario)

    def listen(stage: Stage) -> None:
        name = MAIN if stage.name == MAIN else BESIDE
        tell(name, stage.done, stage.total, stage.seconds)

    done = scenario.run(
        request.futures,
        seed=request.seed,
        threads=place.threads,
        given_known=request.given_known,
        variants=request.variants,
        studies=place.studies,
        listen=listen,
    )
    return {"study": done.study.folder.name, "futures": done.futures}


def _condition(request: requests.ConditionRequest, place: Place, tell: Tell) -> dict[str, Any]:
    from contingent.infer.account import budget_of, condition_scenario
    from contingent.infer.condition import Progress
    from contingent.infer.kept import SUBFOLDER, Told, keep_ensemble

    scenario, _ = place.load(request.scenario)
    began = time.monotonic()

    def listen(one: Progress) -> None:
        stage = f"conditioning {one.name} #{one.replicate + 1}".replace("  ", " ")
        tell(stage, one.info.step + 1, one.steps, time.monotonic() - began)

    budget = budget_of(request.particles, request.seed, quick=request.quick, threads=place.threads)
    record = condition_scenario(
        scenario.spec,
        budget,
        folder=place.studies / SUBFOLDER,
        listen=listen,
        stage=lambda name: tell(name, 0, 1, time.monotonic() - began),
    )
    kept = keep_ensemble(scenario.spec, record, Told(budget.settings))
    study = Studies(place.studies).newest(scenario.spec)
    return {"conditioned": kept.name, "study": None if study is None else study.folder.name}


def _drivers(request: requests.DriversRequest, place: Place, tell: Tell) -> dict[str, Any]:
    from contingent.analysis.drivers import drivers_record
    from contingent.infer.ahead import look_ahead

    scenario, path = place.load(request.scenario)
    ahead = look_ahead(
        scenario.spec, request.claim, request.futures, _settings(request, place),
        conditioned=not request.prior, kept=_conditioned(scenario, path, request, place),
        listen=_listening(request, tell),
    )  # fmt: skip
    record = drivers_record(ahead, request.seed)
    return _keep(scenario, place, request.kind, record)


def _watch(request: requests.WatchRequest, place: Place, tell: Tell) -> dict[str, Any]:
    from contingent.analysis.watch import candidates, reader, watch_record, watched_days
    from contingent.compile.names import read_names
    from contingent.infer.ahead import look_ahead

    scenario, path = place.load(request.scenario)
    names = read_names(scenario.spec.theatre)
    wanted = candidates(scenario.spec.theatre, names)
    days = watched_days(names, names.days)
    ahead = look_ahead(
        scenario.spec, request.claim, request.futures, _settings(request, place),
        conditioned=not request.prior, kept=_conditioned(scenario, path, request, place),
        listen=_listening(request, tell),
        observables=[one.observable for one in wanted], read=reader(days, wanted),
    )  # fmt: skip
    record = watch_record(ahead, wanted, days)
    return _keep(scenario, place, request.kind, record)


def _what_if(request: requests.WhatIfRequest, place: Place, tell: Tell) -> dict[str, Any]:
    study = Studies(place.studies).study(request.study)
    base = Baseline(scenario_of(study, Scenarios(place.scenarios)).spec, study)
    held = Held(place.threads)
    asked = WhatIf("do", dict(request.do), "", request.begins)
    result: dict[str, Any] = {}
    try:
        for answer in held.ask(base, asked, request.futures):
            tell("futures", answer.futures, answer.wanted, answer.seconds)
            result = {
                "study": request.study,
                "futures": answer.futures,
                "differences": difference_rows(answer.differences),
            }
    finally:
        held.close()
    return result


def _report(request: requests.ReportRequest, place: Place, tell: Tell) -> dict[str, Any]:
    run = Studies(place.studies).run(request.study)
    _, path = source_of(run.study, Scenarios(place.scenarios))
    place.result.mkdir(parents=True, exist_ok=True)
    name = f"{request.study}.{request.format}"
    written = report(
        run,
        place.result / name,
        scenario=path,
        kind=request.format,
        threads=place.threads,
        studies=place.studies,
        listen=tell,
    )
    others = [one.name for one in written.files if one.name != name]
    return {"study": request.study, "file": name, "others": others}


def _conditioned(
    scenario: Scenario,
    path: Path,
    request: requests.DriversRequest | requests.WatchRequest,
    place: Place,
) -> Any:
    """Return worlds that the reports leave, if the scenario was conditioned already."""
    from contingent.infer.explanations import plain_of
    from contingent.infer.kept import find_ensemble, open_ensemble

    found = None if request.prior else find_ensemble(scenario.spec, place.studies)
    if found is None:
        return None
    ensemble = open_ensemble(path, found)
    return ensemble.done[plain_of(ensemble.explained)]


def _settings(request: requests.DriversRequest | requests.WatchRequest, place: Place) -> Any:
    from contingent.infer.condition import QUICK_SWEEPS, Settings

    return Settings(request.particles, QUICK_SWEEPS, seed=request.seed, threads=place.threads)


def _listening(
    request: requests.DriversRequest | requests.WatchRequest, tell: Tell
) -> Callable[[Any], None]:
    began = time.monotonic()

    def listen(one: Any) -> None:
        stage = f"conditioning #{one.replicate + 1}"
        tell(stage, one.info.step + 1, one.steps, time.monotonic() - began)

    tell(request.kind, 0, 1, 0.0)
    return listen


def _keep(scenario: Scenario, place: Place, part: str, record: Mapping[str, Any]) -> dict[str, Any]:
    """Keep a record as the job's own and beside the newest study of the same scenario."""
    name = f"{record['claim']}.json"
    keep_json(place.result / name, record)
    study = Studies(place.studies).newest(scenario.spec)
    if study is not None:
        keep_found(study, part, record)
    return {"study": None if study is None else study.folder.name, "file": name}
