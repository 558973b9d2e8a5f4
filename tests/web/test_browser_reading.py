"""What a first-time reader meets: a key beside the map, charts with axes, words in place of ids."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import contingent as ct

pytestmark = pytest.mark.browser
DESK = {"width": 1440, "height": 900}
SIZES = (DESK, {"width": 1280, "height": 800}, {"width": 820, "height": 1100},
         {"width": 390, "height": 844})  # fmt: skip
BOXES = """selectors => selectors.map(one => {
  const box = document.querySelector(one).getBoundingClientRect();
  return [box.left, box.top, box.right, box.bottom];
})"""
SHOWN = """() => [...document.querySelectorAll("main *, header *")]
  .filter(one => one.children.length === 0 && !one.closest("code, option, title, style"))
  .map(one => one.textContent.trim()).filter(Boolean)"""


@pytest.fixture
def address(site: str) -> str:
    return site


@pytest.fixture
def query(site_studies: dict[str, ct.Run]) -> dict[str, str]:
    return {
        name: f"?study={Path(run.study.folder).name}#panel=theatre&day=60"
        for name, run in site_studies.items()
    }


@pytest.mark.parametrize("size", SIZES, ids=lambda size: str(size["width"]))
def test_the_key_stands_at_the_lower_edge_of_the_map(opened, query, size) -> None:
    page = opened(query["palmyra-2016"], viewport=size)
    the_map, key, controls = page.evaluate(
        BOXES, [".map", ".theatre-legend", ".theatre-controls"]
    )  # fmt: skip
    assert key[1] == pytest.approx(the_map[3], abs=1.5)
    assert key[0] == pytest.approx(the_map[0], abs=1.5) and key[2] <= the_map[2] + 1.5
    assert controls[1] >= key[3]
    named = page.get_by_test_id("map-key").inner_text()
    assert "Islamic State" in named and "Syrian government forces" in named


def test_numbers_of_a_chart_stand_in_a_margin_under_their_unit(opened, query) -> None:
    page = opened(query["two-towns"], viewport=DESK)
    page.locator(".fan-drawing .fan-cursor").first.wait_for(state="attached")
    found = page.evaluate("""() => {
      const chart = document.querySelector(".fan-drawing");
      const bands = [...chart.querySelectorAll("[aria-label=area] path")];
      const start = Math.min(...bands.map(one => one.getBoundingClientRect().left));
      const numbers = [...chart.querySelectorAll("[aria-label='y-axis tick label'] text")]
        .map(one => one.getBoundingClientRect());
      const edge = chart.getBoundingClientRect().left;
      const unit = chart.querySelector(".fan-unit");
      return { numbers: numbers.length, over: numbers.filter(one => one.right > start).length,
               cut: numbers.filter(one => one.left < edge).length, unit: unit.textContent,
               above: numbers.every(one => unit.getBoundingClientRect().bottom <= one.bottom) };
    }""")
    assert found["numbers"] >= 2 and found["over"] == 0 and found["cut"] == 0
    assert found["unit"] == "persons" and found["above"]


def test_ids_are_read_as_words(opened, query) -> None:
    page = opened(f"{query['two-towns']}&claim=eastford-falls", viewport=DESK)
    page.get_by_test_id("choose-future").select_option("typical")
    page.wait_for_selector("#theatre[data-mode=future]")
    ids = ["dry-ridge", "eastford", "westmill", "highport", "saltwell", "upgate", "league"]
    ids += ["[a-z]+-falls", "win-it-back", "no-vote", "only-uplands", "first-contact"]
    raw = re.compile(rf"\b(?:{'|'.join(ids)})\b")
    said = page.evaluate(SHOWN)
    tags = {"westmill falls", "eastford falls"}
    assert [one for one in said if raw.search(one) and one not in tags] == []
    assert {"Dry Ridge", "Eastford", "League"} <= set(said)


def test_a_card_stays_inside_the_map(opened, query) -> None:
    for size in (DESK, {"width": 390, "height": 844}):
        page = opened(query["palmyra-2016"], viewport=size)
        for place in ("palmyra", "erbil", "damascus", "jarablus"):
            page.get_by_test_id(f"place-{place}").focus()
            page.get_by_test_id("place-card").wait_for()
            the_map, card = page.evaluate(BOXES, [".map", ".map-card"])
            assert card[0] >= the_map[0] and card[1] >= the_map[1], (place, size)
            assert card[2] <= the_map[2] and card[3] <= the_map[3], (place, size)


def test_a_page_without_a_study_has_its_head(opened) -> None:
    page = opened.page(opened.context())
    page.goto(f"{opened.address}?study=not-there-s1")
    page.get_by_test_id("failure").wait_for()
    assert "Contingent" in page.locator("#masthead").inner_text()
    page.get_by_test_id("theme").click()
    assert page.locator("html").get_attribute("data-theme") == "light"
    links = page.get_by_test_id("failure").get_by_role("link").all_inner_texts()
    assert any(one.startswith("Eyes on Westmill") and "60 futures" in one for one in links)
    opened.said.clear()  # the study that was asked for is not there
