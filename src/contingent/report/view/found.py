"""What was found of single claims, kept beside a study: drivers and watch-lists.

``drivers/CLAIM.json`` and ``watch/CLAIM.json`` hold it with what it hangs on: the scenario and the
model. What hangs on others, or is damaged, is not shown.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from contingent.analysis.drivers import Driver
from contingent.analysis.watch import Clue
from contingent.report.view.kept import keep_json, kept_json
from contingent.simulate.engines import model_digest
from contingent.simulate.study import Study

__all__ = ["FOLDERS", "found_of", "keep_found"]

_WANTED = {"drivers": {*Driver._fields, "matters"}, "watch": {*Clue._fields}}
FOLDERS = tuple(_WANTED)
"""Folders beside a study; a record holds its rows under the folder's name."""
_HANGS_ON = ("scenario", "model")


def keep_found(study: Study, part: str, record: Mapping[str, Any]) -> None:
    """Keep with a study what was found of a claim.

    Parameters
    ----------
    study : of the scenario that was asked
    part : one of `FOLDERS`
    record : from :func:`contingent.analysis.drivers.drivers_record` or
        :func:`contingent.analysis.watch.watch_record`
    """
    hangs_on = dict(zip(_HANGS_ON, (study.manifest.scenario, model_digest()), strict=True))
    keep_json(study.folder / part / f"{record['claim']}.json", {**hangs_on, **record})


def found_of(study: Study, part: str, claims: Collection[str]) -> dict[str, dict[str, Any]]:
    """Return what was found of a study's claims, by the claim's name.

    Parameters
    ----------
    study
    part : one of `FOLDERS`
    claims : that may be shown
    """
    found = {}
    for path in sorted((study.folder / part).glob("*.json")):
        record = None if path.stem not in claims or path.is_symlink() else kept_json(path)
        if not isinstance(record, dict) or record.get("claim") != path.stem:
            continue
        if _is_of(record, study) and _is_whole(record, part):
            found[path.stem] = {
                name: value for name, value in record.items() if name not in _HANGS_ON
            }
    return found


def _is_of(record: Mapping[str, Any], study: Study) -> bool:
    """Whether a record was made of a study's scenario, by its model or that of this program."""
    return record.get("scenario") == study.manifest.scenario and record.get("model") in (
        study.manifest.model,
        model_digest(),
    )


def _is_whole(record: Mapping[str, Any], part: str) -> bool:
    rows = record.get(part)
    return isinstance(rows, list) and all(
        isinstance(row, dict) and _WANTED[part] <= row.keys() for row in rows
    )
