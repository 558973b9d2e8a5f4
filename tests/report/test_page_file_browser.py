"""The one file opened from disk, network off: it draws, plays, decodes what was packed."""

from __future__ import annotations

import base64
import gzip
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from contingent.report.one_file import one_file
from contingent.report.page_file import write_file
from contingent.report.view.frames import decode
from contingent.report.view.pack import Packed, unpack

pytestmark = pytest.mark.browser
HOSTILE = "It fell. </script><script>window.hurt = 1</script><img src=x onerror='window.hurt=1'>."
DECODE = """async (k) => {
  const { decodeFrames, fromBase64, futureOf, gunzip } = await import("page/frames.js");
  const text = (id) => document.getElementById(id).textContent;
  const { frames, json } = decodeFrames(await gunzip(fromBase64(text("frames"))));
  const view = JSON.parse(text("view"));
  const one = futureOf(frames, json, k, view.days.count);
  const plain = (frame) => ({ shape: frame.shape, data: Array.from(frame.data) });
  return Object.fromEntries(
    Object.entries(one).map(([name, part]) => [name, name === "events" ? part : plain(part)]),
  );
}"""


@pytest.fixture(scope="module")
def text(demo: Any, run: Any) -> str:
    return one_file(run, demo.spec, futures=4, article=HOSTILE).text


@pytest.fixture(scope="module")
def opened(
    browser: Any, text: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Any, list[str]]]:
    path: Path = write_file(tmp_path_factory.mktemp("file") / "page.html", text)
    said: list[str] = []
    context = browser.new_context(offline=True)
    page = context.new_page()
    page.on("console", lambda line: line.type == "error" and said.append(line.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on(
        "request",
        lambda asked: asked.url.startswith(("file:", "data:", "blob:")) or said.append(asked.url),
    )
    page.goto(path.as_uri())
    page.wait_for_selector("[data-testid^=claim-]", timeout=60_000)
    yield page, said
    context.close()


def test_it_draws_and_asks_for_nothing(opened: Any) -> None:
    page, said = opened
    assert page.locator("[data-testid=map]").count() == 1
    assert page.locator("[data-testid=timebar]").count() == 1
    assert said == []


def test_text_of_the_article_is_never_code(opened: Any) -> None:
    page, _ = opened
    assert page.evaluate("window.hurt === undefined")


def test_the_browser_unpacks_what_was_packed(opened: Any, text: str, run: Any) -> None:
    page, _ = opened
    packed = re.search(r'id="frames">([^<]*)<', text)
    meta = re.search(r'id="view">([^<]*)<', text)
    assert packed is not None and meta is not None
    frames, beside = decode(gzip.decompress(base64.b64decode(packed[1])))
    for future in json.loads(meta[1])["playable"]:
        expected = unpack(Packed(frames, beside), future, run.study.names.days)
        found = page.evaluate(DECODE, future)
        assert found.pop("events") == expected.events
        for name, frame in found.items():
            values = np.array(frame["data"]).reshape(frame["shape"])
            assert np.allclose(values, expected.frames[name]), name
