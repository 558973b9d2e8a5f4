"""Views, made once while a study stays as it is."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from contingent.api.reports import WHAT_IF_FUTURES
from contingent.claims.companions import Playing
from contingent.errors import ContingentError
from contingent.infer.kept import find_by_digest, read_record
from contingent.report.view import View, build_view
from contingent.report.view.answers import kept_answers
from contingent.report.view.found import FOLDERS
from contingent.report.view.kept import kept_article
from contingent.simulate.manifest import FILE
from contingent.simulate.study import Study
from contingent.web.desk import Desk

__all__ = ["article_of", "ready", "view_of"]


def view_of(desk: Desk, study: str) -> View:
    """Return a study's view.

    Raises
    ------
    Missing, Changed, StudyError
        If there is no such study, its scenario is not at hand any more, or it lacks its verdicts.
    """
    run = desk.studies.run(study)
    folder = run.study.folder
    kept = find_by_digest(run.study.manifest.scenario, desk.settings.studies)
    article = article_of(desk, folder)

    def make() -> View:
        scenario = desk.played.scenario(run.study)
        conditioned = None if kept is None else read_record(kept)
        playing = Playing(WHAT_IF_FUTURES, run.study.manifest.seed)
        answers = kept_answers(folder, scenario, playing)
        return build_view(
            run,
            scenario,
            article=article,
            conditioned=conditioned,
            answers=answers,
            answered_on=0 if answers is None else WHAT_IF_FUTURES,
        )

    made: View = desk.views.get((study, str(kept), article, *_stamps(folder)), make)
    return made


def ready(desk: Desk, studies: Iterable[Study]) -> None:
    """Make ahead of time, once, what a reader will ask for first of the study played last.

    What cannot be made is told when it is asked for.
    """
    study = next((one for one in studies if one.complete), None)
    if study is None:
        return
    name = study.folder.name
    key = (name, (study.folder / FILE).stat().st_mtime_ns)
    with desk.writing:
        if key in desk.readied:
            return
        desk.readied.add(key)

    def make() -> None:
        with suppress(ContingentError, OSError):
            view_of(desk, name)
            desk.played.again(study)
            desk.hand.baseline(name)

    desk.ahead.submit(make)


def article_of(desk: Desk, folder: Path) -> str | None:
    """Return the article given with a study, or that given to the server."""
    kept = kept_article(folder)
    return desk.settings.article if kept is None else kept


def _stamps(folder: Path) -> list[tuple[str, int]]:
    """When each file beside the arrays was written."""
    found = [*folder.iterdir()]
    for part in FOLDERS:
        found += (folder / part).glob("*.json")
    stamps = []
    for path in found:
        with suppress(OSError):  # what is being written goes away under a name of its own
            stamps.append((str(path), path.stat().st_mtime_ns))
    return sorted(stamps)
