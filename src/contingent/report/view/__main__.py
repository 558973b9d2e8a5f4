"""Write a study's page data as files, to look at the page without a server.

python -m contingent.report.view STUDY --out DIR [--futures N]
"""

from __future__ import annotations

import argparse
import json
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from contingent.claims.keeping import kept_record
from contingent.compile import compile_scenario
from contingent.report.view import build_view, encode, playback
from contingent.report.view.fans import QUANTILES, fan
from contingent.scenario.loading import load
from contingent.simulate.study import Study


@dataclass(frozen=True)
class Kept:
    """A study with the verdicts kept in it."""

    study: Study

    @cached_property
    def record(self) -> dict[str, Any]:
        """The verdicts."""
        return kept_record(self.study.folder)


def write(study: Study, scenario: str, out: Path, futures: int) -> None:
    """Write ``view.json``, ``frames/NAME``, ``futures/K`` and ``fans/I``."""
    spec = load(scenario)
    view = build_view(Kept(study), spec)
    for folder in ("frames", "futures", "fans"):
        (out / folder).mkdir(parents=True, exist_ok=True)
    text = json.dumps(view.meta, ensure_ascii=False, indent=1, allow_nan=False)
    (out / "view.json").write_text(text, encoding="utf-8")
    for name, array in view.frames.items():
        if not name.startswith("fan:"):
            (out / "frames" / name).write_bytes(encode({name: array}))
    for number, row in enumerate(view.meta["observables"]):
        values = fan(study, row["expression"])
        beside = {"expression": row["expression"], "quantiles": QUANTILES}
        (out / "fans" / str(number)).write_bytes(encode({"values": values}, beside))
    program = compile_scenario(spec)
    for future in _chosen(view.meta["exemplars"])[:futures]:
        one = playback(program, future, study.manifest.seed)
        beside = {"future": future, "events": one.events}
        (out / "futures" / str(future)).write_bytes(encode(one.frames, beside))


def _chosen(kept: dict[str, Any]) -> list[int]:
    lists = [kept["typical"], *(one[side] for one in kept["by_claim"].values() for side in one)]
    firsts = [
        one[i] for i in range(max(map(len, lists), default=0)) for one in lists if i < len(one)
    ]
    return list(dict.fromkeys(firsts))


def main() -> None:
    """Read the command line."""
    parser = argparse.ArgumentParser(prog="python -m contingent.report.view")
    parser.add_argument("study", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--scenario", default="")
    parser.add_argument("--futures", type=int, default=40)
    asked = parser.parse_args()
    study = Study(asked.study)
    write(study, asked.scenario or study.manifest.name, asked.out, asked.futures)


if __name__ == "__main__":
    main()
