"""The page as one file: whole, small, deaf to hostile text, and the same each time."""

from __future__ import annotations

import base64
import gzip
import json
import re

import pytest

from contingent.errors import SettingError
from contingent.report.one_file import one_file
from contingent.report.page_file import LIMIT, data_block, imports, json_block, write_file
from contingent.report.view.frames import decode
from contingent.report.view.pack import Packed, unpack

HOSTILE = "</script><script>alert(1)</script><!-- \u2028 \u2029 & ' \" <img src=x onerror=alert(1)>"


@pytest.fixture(scope="module")
def made(demo, run):
    return one_file(run, demo.spec, futures=12)


def block(text: str, name: str) -> str:
    (found,) = re.findall(rf'<script type="[^"]+" id="{name}">(.*?)</script>', text, re.DOTALL)
    return str(found)


def test_it_holds_view_frames_and_futures(made, run) -> None:
    meta = json.loads(block(made.text, "view"))
    frames, beside = decode(gzip.decompress(base64.b64decode(block(made.text, "frames"))))
    assert made.played_back == 12 == len(meta["playable"])
    assert set(meta["frames"]) <= set(frames)
    holders = run.study.array("holders")
    for future in meta["playable"]:
        one = unpack(Packed(frames, beside), future, run.study.names.days)
        assert (one.frames["holders"] == holders[future]).all()
    sides = meta["exemplars"]["by_claim"].values()
    assert {k for side in sides for kind in side.values() for k in kind} <= set(meta["playable"])


def test_every_module_is_inside_and_nothing_else_is_loaded(made) -> None:
    inside = json.loads(re.search(r'<script type="importmap">(.*?)</script>', made.text)[1])
    urls = inside["imports"]
    assert "page/app.js" in urls
    seen: set[str] = set()
    for url in urls.values():
        code = base64.b64decode(url.removeprefix("data:text/javascript;base64,")).decode()
        assert not imports(code)
        wanted = re.findall(r'^(?:import |\}? ?from |.*\} from )"([^"]+)";', code, re.MULTILINE)
        seen |= set(wanted)
    assert {"page/state.js", "page/frames.js"} <= seen <= set(urls)
    assert not re.search(r'<(?:script|link|img)[^>]*\b(?:src|href)="(?!data:)', made.text)
    assert "default-src 'none'" in made.text


def test_hostile_text_stays_text(demo, run) -> None:
    record = json.loads(json.dumps(dict(run.record), default=str))
    record["claims"][0]["says"] = HOSTILE

    class Other:
        study, record = run.study, None

    Other.record = record
    text = one_file(Other, demo.spec, futures=1, article=HOSTILE + " It fell.").text
    assert "alert(1)</script>" not in text
    assert "\u2028" not in block(text, "view")
    assert json.loads(block(text, "view"))["claims"][0]["says"] == HOSTILE


def test_blocks_round_trip() -> None:
    assert json.loads(block(json_block("x", {HOSTILE: HOSTILE}), "x")) == {HOSTILE: HOSTILE}
    packed = block(data_block("y", b"abc" * 99), "y")
    assert gzip.decompress(base64.b64decode(packed)) == b"abc" * 99


def test_no_paths_of_the_machine(made, run, tmp_path) -> None:
    for path in (run.study.folder, run.study.folder.parent, tmp_path.parent):
        assert str(path) not in made.text
    assert not re.search(r"/(?:home|root|tmp|work|Users)/", block(made.text, "view"))


def test_the_same_study_gives_the_same_bytes(made, demo, run) -> None:
    assert one_file(run, demo.spec, futures=12).text == made.text


def test_fewer_futures_where_the_file_would_be_too_large(made, demo, run) -> None:
    small = one_file(run, demo.spec, futures=60, limit=made.size)
    assert 20 <= small.played_back < 60
    assert made.size < LIMIT


def test_written_whole_or_not_at_all(tmp_path) -> None:
    path = tmp_path / "a.html"
    assert write_file(path, "old") == path
    write_file(path, b"new")
    assert path.read_bytes() == b"new"
    assert [one.name for one in tmp_path.iterdir()] == ["a.html"]
    with pytest.raises(SettingError, match="a file that can be written"):
        write_file(tmp_path / "none" / "a.html", "x")
