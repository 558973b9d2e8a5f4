"""Write a study's page data as files, to look at the page without a server.

python -m contingent.report.view STUDY --out DIR [--futures N]
"""

from __future__ import annotations

import argparse
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any
from urllib.parse import quote

from contingent.claims.keeping import kept_record
from contingent.compile import compile_scenario
from contingent.compile.called import called_in
from contingent.files import write_json
from contingent.report.view.build import build_view
from contingent.report.view.exemplars import chosen
from contingent.report.view.frames import encode
from contingent.report.view.playback import playback_of
from contingent.scenario.loading import load
from contingent.simulate.replay import fuller
from contingent.simulate.study import Study

UNCODED = "!*'()"
"""What the browser's ``encodeURIComponent`` leaves as it is, besides what `quote` always does."""


@dataclass(frozen=True)
class Kept:
    """A study with the verdicts kept in it."""

    study: Study

    @cached_property
    def record(self) -> dict[str, Any]:
        """The verdicts."""
        return kept_record(self.study.folder)


def write(study: Study, scenario: str, out: Path, futures: int, article: str | None) -> None:
    """Write ``view.json``, ``frames/NAME.bin`` and ``futures/K.bin``; fans are frames, too."""
    spec = load(scenario)
    view = build_view(Kept(study), spec, article=article, with_fans=True)
    for folder in ("frames", "futures"):
        (out / folder).mkdir(parents=True, exist_ok=True)
    write_json(out / "view.json", view.meta)
    for name, array in view.frames.items():
        (out / "frames" / f"{quote(name, safe=UNCODED)}.bin").write_bytes(encode({name: array}))
    program = fuller(compile_scenario(spec))
    called = called_in(spec.theatre)
    for future in chosen(view.meta["exemplars"])[:futures]:
        one = playback_of(program, future, study.manifest.seed, called)
        beside = {"future": future, "events": one.events}
        (out / "futures" / f"{future}.bin").write_bytes(encode(one.frames, beside))


def main() -> None:
    """Read the command line."""
    parser = argparse.ArgumentParser(prog="python -m contingent.report.view")
    parser.add_argument("study", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--scenario", default="")
    parser.add_argument("--article", type=Path)
    parser.add_argument("--futures", type=int, default=40)
    asked = parser.parse_args()
    study = Study(asked.study)
    article = asked.article.read_text(encoding="utf-8") if asked.article else None
    write(study, asked.scenario or study.manifest.name, asked.out, asked.futures, article)


if __name__ == "__main__":
    main()
