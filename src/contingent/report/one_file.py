"""A study as one HTML file: the view, the futures to be played back, the what-ifs answered."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from contingent.compile import compile_scenario
from contingent.compile.called import called_in
from contingent.report.page_file import LIMIT, page_html
from contingent.report.view.build import Played, View, build_view
from contingent.report.view.exemplars import chosen, only
from contingent.report.view.pack import Packed, pack
from contingent.report.view.playback import Playback, playback_of
from contingent.scenario.types import Scenario
from contingent.simulate.replay import fuller

__all__ = ["PLAYED_BACK", "OneFile", "one_file"]

PLAYED_BACK = 300
LEAST = 20
"""Futures below which nothing more is left out to make the file smaller."""
Listener = Callable[[int, int, float], None]


@dataclass(frozen=True)
class OneFile:
    """What was written.

    Attributes
    ----------
    text : the HTML
    view : what it shows
    played_back : futures that can be played back in it
    """

    text: str
    view: View
    played_back: int

    @property
    def size(self) -> int:
        """Bytes in UTF-8."""
        return len(self.text.encode())


def one_file(
    run: Played,
    scenario: Scenario,
    *,
    futures: int = PLAYED_BACK,
    limit: int = LIMIT,
    listen: Listener | None = None,
    **more: Any,
) -> OneFile:
    """Make the file.

    Parameters
    ----------
    run : the study with its verdicts
    scenario : that was played
    futures : to be played back, at most; fewer where the file would exceed the limit, and none of
        a study of another version of the model, which would play others
    limit : bytes of the file
    listen : told futures played back, futures in all, seconds
    more : article, conditioned, answers, answered_on of `build_view`
    """
    view = build_view(run, scenario, with_fans=True, **more)
    outdated = bool(view.meta["study"]["outdated"])
    numbers = [] if outdated else _numbers(view, run.study.futures, futures)
    seed = run.study.manifest.seed
    played = list(_played(scenario, numbers, seed, listen))
    while True:
        packed = pack(played, run.study.names.places)
        text = _page(view, packed, [one.future for one in played])
        size = len(text.encode())
        if size <= limit or len(played) <= LEAST:
            return OneFile(text, view, len(played))
        bare = len(_page(view, pack([], run.study.names.places), []).encode())
        share = max(limit - bare, 0) / max(size - bare, 1)
        played = played[: max(int(0.97 * share * len(played)), LEAST)]


def _numbers(view: View, available: int, wanted: int) -> list[int]:
    """Return the exemplars, those of each claim in turn, then the first futures."""
    listed = [*chosen(view.meta["exemplars"])[: 2 * wanted // 3], *range(available)]
    return list(dict.fromkeys(listed))[:wanted]


def _played(
    scenario: Scenario, numbers: Sequence[int], seed: int, listen: Listener | None
) -> Iterator[Playback]:
    program = fuller(compile_scenario(scenario))
    called = called_in(scenario.theatre)
    began = time.monotonic()
    for done, future in enumerate(numbers, start=1):
        yield playback_of(program, future, seed, called, marches=False)
        if listen is not None:
            listen(done, len(numbers), time.monotonic() - began)


def _page(view: View, packed: Packed, numbers: Sequence[int]) -> str:
    meta: Mapping[str, Any] = view.meta | {
        "exemplars": only(view.meta["exemplars"], numbers),
        "playable": sorted(numbers),
    }
    return page_html(meta, {**view.frames, **packed.frames}, packed.json)
