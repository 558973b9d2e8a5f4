"""The page's data as files, for looking at the page without a server."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from urllib.parse import unquote

import pytest

import contingent as ct
from contingent.report.view.__main__ import main
from contingent.report.view.frames import decode


def test_view_frames_and_futures_are_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    played = ct.load("two-towns").run(20, variants=False, studies=tmp_path)
    article = tmp_path / "article.txt"
    article.write_text("It fell. Who could take it?", encoding="utf-8")
    out = tmp_path / "out"
    arguments = ["view", str(played.study.folder), "--out", str(out), "--article", str(article)]
    monkeypatch.setattr(sys, "argv", [*arguments, "--futures", "2"])
    main()
    view = json.loads((out / "view.json").read_text(encoding="utf-8"))
    written = {unquote(path.stem) for path in (out / "frames").iterdir()}
    fans = [path.stem for path in (out / "frames").glob("fan*")]
    assert fans and all("(" in name and "%28" not in name and ":" not in name for name in fans)
    assert written == set(view["frames"])
    assert view["article"]["direction"] == "ltr"
    for path in (out / "futures").iterdir():
        frames, beside = decode(path.read_bytes())
        assert beside["future"] == int(path.stem) and beside["events"]
        assert frames["holders"].shape[0] == view["days"]["count"]
    assert len(list((out / "futures").iterdir())) == 2
