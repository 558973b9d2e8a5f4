"""Who can read the page: by eye, by ear, by keys, on a phone, from right to left."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.browser
VENDOR = Path(__file__).parent / "vendor"
AXE = VENDOR / "axe.min.js"
ARTICLE = Path(__file__).parents[2] / "docs" / "shots" / "two-towns-arabic.txt"
PHONE: dict[str, Any] = {"viewport": {"width": 390, "height": 844}, "has_touch": True}
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
FAULTS = """async (rules) => {
  const found = await axe.run(document, rules);
  return found.violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .map(({ id, nodes }) => `${id}: ${nodes.slice(0, 5).map((one) => one.html.slice(0, 160)
      + " | " + (one.failureSummary ?? "").split("\\n").slice(1, 2)).join(" ;; ")}`);
}"""


def serious(page: Any) -> list[str]:
    """What axe-core finds that is serious or critical."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE.read_text(encoding="utf-8"))
    return list(page.evaluate(FAULTS, RULES))


def test_axe_is_the_published_one() -> None:
    listed = (VENDOR / "VENDOR.md").read_text(encoding="utf-8")
    assert hashlib.sha256(AXE.read_bytes()).hexdigest() in listed
    assert "Mozilla Public License" in (VENDOR / "axe-core-LICENSE.txt").read_text()


def test_axe_would_find_a_fault(opened, query_of) -> None:
    page = opened(query_of("two-towns"))
    page.evaluate("document.querySelector('[data-testid=play]').removeAttribute('aria-label')")
    page.evaluate("document.querySelector('[data-testid=play]').removeAttribute('title')")
    assert any(fault.startswith("button-name") for fault in serious(page))


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_serious_fault(opened, query_of, scheme: str) -> None:
    query = query_of("palmyra-2016")
    page = opened(query, color_scheme=scheme, reduced_motion="reduce")
    assert page.locator("html").get_attribute("data-theme") == scheme
    assert serious(page) == []
    page.locator("#argument .claim").first.click()
    page.get_by_test_id("choose-future").select_option("typical")
    page.wait_for_selector("#theatre[data-mode=future]")
    page.get_by_test_id("graph-toggle").click()
    page.wait_for_selector(".graph")
    assert serious(page) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_serious_fault_in_editor_levers_and_class_mode(opened, query_of, scheme: str) -> None:
    change = "levers=patron.surveillance.hours_per_day:* 2"
    page = opened(f"{query_of('two-towns')}#claim=strike&{change}", color_scheme=scheme)
    page.wait_for_function("() => document.querySelectorAll('[data-testid^=delta-]').length > 4")
    assert serious(page) == []
    page.get_by_test_id("open-editor").click()
    page.get_by_test_id("no-faults").wait_for()
    area = page.get_by_test_id("text-both")
    area.fill(area.input_value().replace("km: 130", "km: -130", 1))
    page.wait_for_selector("[data-testid^=fault-]", state="attached")
    assert serious(page) == []
    page.get_by_test_id("close-editor").click()
    page.get_by_test_id("class-mode").click()
    page.get_by_test_id("guess-strike").focus()
    page.keyboard.press("End")
    assert serious(page) == []
    page.get_by_test_id("reveal").click()
    page.get_by_test_id("guess-summary").wait_for()
    assert serious(page) == []


def test_the_theme_is_turned_and_kept(opened, query_of) -> None:
    page = opened(query_of("two-towns"))
    shown = []
    for _ in range(3):
        page.get_by_test_id("theme").click()
        shown.append(page.locator("html").get_attribute("data-theme"))
    assert shown == ["light", "dark", "light"]
    page.get_by_test_id("theme").click()
    page.get_by_test_id("theme").click()
    page.reload()
    opened.ready(page)
    assert page.locator("html").get_attribute("data-theme") == "dark"


def test_at_phone_width_the_parts_are_tabs(opened, query_of) -> None:
    page = opened(query_of("palmyra-2016"), **PHONE)
    parts = {name: page.locator(f"#{name}") for name in ("argument", "theatre", "why")}

    def shown() -> list[str]:
        return [name for name, part in parts.items() if part.is_visible()]

    def fits() -> bool:
        return bool(page.evaluate("document.documentElement.scrollWidth <= innerWidth"))

    assert shown() == ["argument"] and fits()
    claim = page.locator("#argument .claim").nth(1)
    claim.tap()
    page.get_by_test_id("tab-why").tap()
    assert shown() == ["why"] and fits()
    chosen = claim.get_attribute("data-claim").replace("-", " ")
    page.get_by_label(f"Verdict on {chosen}").wait_for()
    page.get_by_test_id("tab-theatre").tap()
    assert shown() == ["theatre"] and fits()
    chart = page.get_by_test_id("map").bounding_box()
    assert chart["width"] > 300 and chart["height"] > 200
    assert serious(page) == []
    page.get_by_test_id("tab-theatre").focus()
    page.keyboard.press("ArrowLeft")
    assert shown() == ["argument"]


def test_an_article_is_read_from_right_to_left(opened, query_of) -> None:
    page = opened(query_of("two-towns-arabic"))
    page.get_by_text("Read it in the article").click()
    with page.expect_navigation():
        page.get_by_test_id("bring-article").set_input_files(ARTICLE)
    opened.ready(page)
    article = page.locator(".article")
    assert article.get_attribute("dir") == "rtl"
    assert article.evaluate("one => getComputedStyle(one).direction") == "rtl"
    sentence = page.get_by_test_id("claim-strike")
    assert sentence.inner_text().startswith("وقد تهاجم")
    paragraph = article.locator("p").first.bounding_box()
    first = article.locator("p").first.locator("span").first
    right = first.evaluate("one => one.getClientRects()[0].right")
    assert abs(right - (paragraph["x"] + paragraph["width"])) < 12
    assert article.locator(".sentence").count() == 5
    for one in article.locator(".sentence").all():  # a number stands on its sentence's last line
        words = one.evaluate("one => [...one.getClientRects()].at(-1).toJSON()")
        number = one.evaluate("one => one.nextElementSibling.getBoundingClientRect().toJSON()")
        assert words["top"] - 4 <= number["top"] <= words["bottom"]
        assert number["right"] <= words["left"] + 8
    sentence.focus()
    page.keyboard.press("Enter")
    page.get_by_label("Verdict on strike").wait_for()
    assert serious(page) == []


def test_a_server_without_a_study_says_how_to_make_one(opened) -> None:
    context = opened.context()
    page = opened.page(context)
    page.route("**/api/studies", lambda route: route.fulfill(json={"studies": []}))
    page.goto(opened.address)
    failure = page.get_by_test_id("failure")
    assert "contingent run" in failure.inner_text()
    assert serious(page) == []
    assert any("There is no study yet" in said for said in opened.said)
    opened.said.clear()


def test_a_study_that_is_not_there_is_named(opened) -> None:
    page = opened.page(opened.context())
    page.goto(f"{opened.address}?study=nothing-of-the-kind")
    assert "nothing-of-the-kind" in page.get_by_test_id("failure").inner_text()
    assert serious(page) == []
    assert len(opened.said) == 2  # the answer 404, and what the page says of it
    opened.said.clear()
