"""Answers to the named what-ifs kept in a study, so that each is played once.

``what-ifs.json`` holds them with what they hang on: scenario, model, seed and futures. Answers that
hang on anything else are worked out anew.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from contingent.analysis.what_if import Listener
from contingent.claims.companions import Playing
from contingent.report.view.kept import keep_json, kept_json
from contingent.report.view.what_ifs import worked_out
from contingent.scenario.types import Scenario
from contingent.simulate.engines import model_digest
from contingent.simulate.manifest import digest_scenario

__all__ = ["FILE", "answers_of", "kept_answers"]

FILE = "what-ifs.json"
Answers = dict[str, list[dict[str, Any]]]


def answers_of(
    folder: Path, scenario: Scenario, playing: Playing, listen: Listener | None = None
) -> Answers:
    """Return the answers kept in a study, or work them out and keep them.

    Parameters
    ----------
    folder : of the study
    scenario, playing : what is asked, and how many futures of each branch are played
    listen : told futures done, futures in all, seconds
    """
    found = kept_answers(folder, scenario, playing)
    if found is not None:
        return found
    answers = worked_out(scenario, playing, listen)
    keep_json(folder / FILE, {**_hangs_on(scenario, playing), "answers": answers})
    return answers


def kept_answers(folder: Path, scenario: Scenario, playing: Playing) -> Answers | None:
    """Return the answers kept in a study; None if there are none for this scenario and model."""
    kept = kept_json(folder / FILE)
    if not isinstance(kept, dict) or not isinstance(kept.get("answers"), dict):
        return None
    wanted = _hangs_on(scenario, playing)
    return kept["answers"] if {name: kept.get(name) for name in wanted} == wanted else None


def _hangs_on(scenario: Scenario, playing: Playing) -> dict[str, Any]:
    return {
        "scenario": digest_scenario(scenario),
        "model": model_digest(),
        "seed": playing.seed,
        "futures": playing.futures,
    }
