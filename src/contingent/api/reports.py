"""Reports: a study as one file to be sent."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, get_args

from contingent.api.files import read_text
from contingent.api.runs import STUDIES, Run
from contingent.claims.companions import Playing
from contingent.errors import SettingError
from contingent.infer.kept import find_ensemble, read_record
from contingent.scenario.loading import load
from contingent.scenario.played import kept_source
from contingent.scenario.types import Scenario
from contingent.simulate.manifest import digest_scenario

__all__ = ["FORMATS", "Format", "Written", "report"]

Format = Literal["html", "md", "docx", "png"]
FORMATS: tuple[str, ...] = get_args(Format)
WHAT_IF_FUTURES = 1_000
Listener = Callable[[str, int, int, float], None]


@dataclass(frozen=True)
class Written:
    """What was written.

    Attributes
    ----------
    files : the report, and for Markdown its figure
    size : bytes of all files
    played_back : futures that can be played back in it
    conditioned : name of the conditioned study that was used, if any
    """

    files: tuple[Path, ...]
    size: int
    played_back: int
    conditioned: str | None


def report(
    run: Run,
    output: str | Path,
    *,
    scenario: str | Path | None = None,
    kind: Format | None = None,
    article: str | Path | None = None,
    futures: int | None = None,
    what_if_futures: int = WHAT_IF_FUTURES,
    threads: int | None = None,
    studies: str | Path = STUDIES,
    listen: Listener | None = None,
) -> Written:
    """Write a study as one file.

    Parameters
    ----------
    run : the study
    output : the file; its ending says the format where `kind` is left out
    scenario : file or name of the scenario that was played; the study's own name if left out
    kind : ``html`` (the page), or a brief for an editor as ``md``, ``docx`` or ``png``
    article : text or HTML of the article, put beside the claims in the page; that kept with the
        study, if any, where left out
    futures : that can be played back in the page; 300 if left out
    what_if_futures : of each branch of the named what-ifs; 0 leaves them out, and so does a study
        of another version of the model
    threads : for the what-ifs
    studies : folder in which a conditioned study of the scenario is looked for
    listen : told the stage, futures done, futures in all, seconds

    Raises
    ------
    SettingError
        If the format is unknown, the scenario has changed, or the file cannot be written.
    """
    from contingent.report.one_file import PLAYED_BACK, one_file
    from contingent.report.page_file import write_file
    from contingent.report.view.answers import answers_of
    from contingent.report.view.build import build_view
    from contingent.report.view.kept import kept_article

    path = Path(output)
    chosen = _kind(path, kind)
    spec = _scenario_of(run, scenario)
    kept = kept_article(run.study.folder)
    more: dict[str, Any] = {"article": kept if article is None else read_text(Path(article))}
    ensemble = find_ensemble(spec, Path(studies))
    if ensemble is not None:
        more["conditioned"] = read_record(ensemble)
    if what_if_futures > 0 and not run.outdated:
        playing = Playing(what_if_futures, run.study.manifest.seed, threads)
        told = _at("what-ifs", listen)
        more["answers"] = answers_of(run.study.folder, spec, playing, told)
        more["answered_on"] = what_if_futures
    used = None if ensemble is None else ensemble.name
    if chosen == "html":
        count = PLAYED_BACK if futures is None else futures
        told = _at("futures to be played back", listen)
        made = one_file(run, spec, futures=count, listen=told, **more)
        write_file(path, made.text)
        return Written((path,), made.size, made.played_back, used)
    from contingent.report.brief import brief_of
    from contingent.report.brief_files import write_brief
    from contingent.report.figures import verdict_figure

    brief = brief_of(build_view(run, spec, **more))
    files = write_brief(path, chosen, brief, verdict_figure(run.record))
    return Written(tuple(files), sum(one.stat().st_size for one in files), 0, used)


def _kind(path: Path, kind: str | None) -> str:
    ending = path.suffix.lower().lstrip(".")
    chosen = kind or {"htm": "html"}.get(ending, ending)
    if chosen not in FORMATS:
        what = f"{kind!r}" if kind else f"{path.name}, whose ending says no format"
        raise SettingError("--format", what, " or ".join(FORMATS))
    return chosen


def _scenario_of(run: Run, name: str | Path | None) -> Scenario:
    """Load the scenario of a study, and refuse one that was not played into it."""
    manifest = run.study.manifest
    spec = load(name or kept_source(run.study.folder) or manifest.name)
    if manifest.scenario and digest_scenario(spec) != manifest.scenario:
        raise SettingError(
            f"{run.study.folder}", f"a study of {manifest.name} as it was before it was changed",
            "the scenario that was played",
            f"play it again with: contingent run {name or manifest.name}",
        )  # fmt: skip
    return spec


def _at(stage: str, listen: Listener | None) -> Callable[[int, int, float], None] | None:
    if listen is None:
        return None
    return lambda done, total, seconds: listen(stage, done, total, seconds)
