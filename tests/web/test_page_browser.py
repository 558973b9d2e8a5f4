"""The page in a browser, as a reader uses it: claims, days, futures, levers, files, jobs."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from contingent import api
from contingent.report.view import decode

pytestmark = pytest.mark.browser
GOING = "[data-testid=jobs] [data-job]"


def meta_of(page: Any, address: str, query: str) -> dict[str, Any]:
    answer = page.request.get(f"{address}api/studies/{query.partition('=')[2]}/view")
    return dict(answer.json())


def day_of(page: Any) -> int:
    return int(page.get_by_test_id("timebar").get_attribute("aria-valuenow"))


def until(page: Any, script: str, *given: Any) -> None:
    """Wait until a script is true of the page."""
    page.wait_for_function(f"given => {script}", arg=given[0] if given else None)


def both_ways(meta: dict[str, Any]) -> str:
    """Return a claim that comes true in some futures and fails in others."""
    found = meta["exemplars"]["by_claim"]
    return next(claim for claim, sides in found.items() if sides["true"] and sides["false"])


def test_it_loads_with_every_claim_and_place(opened, query_of, address) -> None:
    page = opened(query_of("palmyra-2016"))
    meta = meta_of(page, address, query_of("palmyra-2016"))
    assert page.locator("#argument .claim").count() == len(meta["claims"]) > 40
    assert page.locator("#theatre [data-place]").count() == len(meta["theatre"]["places"])
    assert f"{meta['study']['futures']} futures" in page.locator("#masthead").inner_text()
    assert page.title().startswith(meta["study"]["title"])


def test_a_claim_is_chosen_by_click_and_by_keys(opened, query_of) -> None:
    page = opened(query_of("palmyra-2016"))
    first, second = page.locator("#argument .claim").all()[:2]
    first.click()
    chosen = first.get_attribute("data-claim")
    until(page, "location.hash.includes(`claim=${given}`)", chosen)
    assert first.get_attribute("aria-selected") == "true"
    assert chosen in page.get_by_label(f"Verdict on {chosen}").inner_text()
    first.focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    other = second.get_attribute("data-claim")
    until(page, "location.hash.includes(`claim=${given}`)", other)
    page.get_by_label(f"Verdict on {other}").wait_for()
    assert first.get_attribute("aria-selected") == "false"
    page.go_back()
    page.get_by_label(f"Verdict on {chosen}").wait_for()


def test_what_cases_like_it_came_to_and_what_is_untested_stand_beside_a_verdict(
    opened, query_of
) -> None:
    page = opened(query_of("two-towns"))
    page.get_by_test_id("claim-eastford-falls").click()
    outside = page.get_by_test_id("outside-view")
    said = outside.inner_text()
    assert "12 of 33" in said and "24–51 %" in said and "within 30 days" in said
    assert outside.locator("tbody tr").count() == 3
    caveats = page.get_by_label("Verdict on eastford falls").inner_text()
    assert "who launches an attack (onset)" in caveats
    page.get_by_test_id("claim-should-do-more").click()
    page.get_by_label("Verdict on should do more").wait_for()
    assert outside.count() == 0


def test_filters_and_their_key(opened, query_of) -> None:
    page = opened(query_of("palmyra-2016"))
    all_claims = page.locator("#argument .claim:visible").count()
    page.keyboard.press("/")
    page.keyboard.type("palmyra")
    until(page, "document.querySelectorAll('#argument .claim[hidden]').length > 0")
    shown = page.locator("#argument .claim:visible")
    assert 0 < shown.count() < all_claims
    assert all("palmyra" in one.lower() for one in shown.all_inner_texts())
    page.keyboard.press("Escape")
    until(page, "document.querySelectorAll('#argument .claim[hidden]').length === 0")


def test_it_plays_and_is_scrubbed(opened, query_of) -> None:
    page = opened(f"{query_of('palmyra-2016')}#day=10")
    page.get_by_test_id("speed").select_option("16")
    page.get_by_test_id("play").click()
    until(page, "Number(document.querySelector('[data-testid=timebar]').ariaValueNow) > 14")
    bar = page.get_by_test_id("timebar").bounding_box()
    page.mouse.move(bar["x"] + 0.3 * bar["width"], bar["y"] + 34)
    page.mouse.down()
    page.mouse.move(bar["x"] + 0.6 * bar["width"], bar["y"] + 34, steps=5)
    page.mouse.up()
    page.get_by_test_id("play").wait_for()
    last = int(page.get_by_test_id("timebar").get_attribute("aria-valuemax"))
    assert abs(day_of(page) - 0.6 * last) < 0.05 * last
    assert page.get_by_test_id("date").inner_text().endswith(f"day {day_of(page)}")
    until(page, "location.hash.includes(`day=${given}`)", day_of(page))


def test_a_future_in_which_the_claim_fails(opened, query_of, address) -> None:
    query = query_of("palmyra-2016")
    page = opened(query)
    meta = meta_of(page, address, query)
    claim = both_ways(meta)
    page.get_by_test_id(f"claim-{claim}").click()
    page.get_by_test_id("choose-future").select_option("false")
    page.wait_for_selector("#theatre[data-mode=future]")
    future = int(re.search(r"future=(\d+)", page.evaluate("location.hash"))[1])
    answer = page.request.get(f"{address}api/studies/{query.partition('=')[2]}/frames/truth")
    frames, _ = decode(answer.body())
    column = [one["id"] for one in meta["claims"]].index(claim)
    assert frames["truth"][future, column] == 0
    assert f"Future {future}" in page.locator(".theatre-ticker").inner_text()
    assert page.get_by_test_id("ticker").locator("li").count() > 0


SHOWN = """() => Object.fromEntries([...document.querySelectorAll('[data-testid^=delta-]')]
  .map(one => [one.dataset.testid.slice(6), one.textContent]))"""
ANSWERED = """({ futures, claims, unlike }) => {
  const said = document.querySelector("[data-testid=whatif-status]").textContent;
  const shown = [...document.querySelectorAll("[data-testid^=delta-]")].map(one => one.textContent);
  return said.includes(`${futures} futures in `) && shown.length === claims
    && !shown.includes("…") && JSON.stringify(shown) !== unlike;
}"""


def test_a_held_slider_changes_every_claim(opened, query_of, address) -> None:
    query = query_of("two-towns")
    page = opened(f"{query}#claim=westmill-falls")
    meta = meta_of(page, address, query)
    asked = {one["id"] for one in meta["claims"] if one["status"] != "not_truth_apt"}

    def answered(futures: str, unlike: dict[str, str]) -> dict[str, str]:
        """Wait for the whole answer, whose changes are not those given; return its changes."""
        wanted = {"futures": futures, "claims": len(asked)}
        before = json.dumps(list(unlike.values()), ensure_ascii=False, separators=(",", ":"))
        page.wait_for_function(ANSWERED, arg=wanted | {"unlike": before})
        return dict(page.evaluate(SHOWN))

    slider = page.get_by_test_id("lever-0")
    slider.scroll_into_view_if_needed()
    box = slider.bounding_box()
    middle = box["y"] + box["height"] / 2
    page.mouse.move(box["x"] + 0.5 * box["width"], middle)
    page.mouse.down()
    page.mouse.move(box["x"] + 0.6 * box["width"], middle, steps=3)
    held = answered("500", {})
    assert set(held) == asked
    assert any(re.search("[1-9]", text) for text in held.values())
    page.mouse.move(box["x"] + 2, middle, steps=3)
    moved = answered("500", held)
    assert set(moved) == asked
    assert slider.evaluate("one => one.matches(':active')")
    marks = page.locator("#argument [data-testid^=mark-]").all_inner_texts()
    assert sum(bool(text) for text in marks) == len(marks) > 4
    page.mouse.up()
    assert set(answered("5,000", moved)) == asked
    assert "levers=" in page.evaluate("location.hash")
    page.get_by_test_id("levers-reset").click()
    until(page, "document.querySelectorAll('[data-testid^=delta-]').length === 0")


def test_a_broken_file_shows_its_fault_at_the_line(opened, query_of) -> None:
    page = opened(query_of("two-towns"))
    page.get_by_test_id("open-editor").click()
    area = page.get_by_test_id("text-both")
    page.get_by_test_id("no-faults").wait_for()
    text = area.input_value()
    broken = text.replace("km: 130, road: paved", "km: 130, road: pavd", 1)
    line = broken[: broken.index("pavd")].count("\n") + 1
    area.fill(broken)
    mark = page.get_by_test_id(f"fault-{line}")
    mark.wait_for(state="attached")
    assert "pavd" in mark.inner_text() and "paved" in mark.inner_text()
    assert f"two-towns.yaml:{line}" in page.get_by_test_id("faults").inner_text()
    assert page.get_by_test_id("run").is_disabled()
    page.get_by_test_id("faults").get_by_role("button").first.click()
    assert re.search(rf"line {line}, column", page.locator(".cursor:visible").inner_text())
    top = page.evaluate(
        "document.querySelector('.line-numbers').getBoundingClientRect().top"
        " + 8 + 20 * (Number(document.querySelector('[data-testid^=fault-]').dataset.testid"
        ".slice(6)) - 1)"
    )
    assert abs(mark.bounding_box()["y"] - top) < 9
    area.fill(text)
    page.get_by_test_id("no-faults").wait_for()
    assert page.get_by_test_id("run").is_enabled()
    page.keyboard.press("Escape")
    page.get_by_test_id("editor").wait_for(state="hidden")


def started(page: Any, seed: int) -> str:
    """Start a run that takes long; return its job."""
    page.get_by_test_id("open-editor").click()
    page.get_by_test_id("no-faults").wait_for()
    page.locator("#run-futures").fill("50000")
    page.locator("#run-seed").fill(str(seed))
    page.get_by_test_id("run").click()
    page.wait_for_selector(f"{GOING}[data-state=running]")
    page.get_by_test_id("close-editor").click()
    return str(page.locator(GOING).get_attribute("data-job"))


def test_a_job_is_cancelled(opened, query_of, address) -> None:
    page = opened(query_of("two-towns"))
    job = started(page, 77)
    page.get_by_test_id("cancel").click()
    page.wait_for_selector(f"{GOING}[data-state=cancelled]")
    assert page.request.get(f"{address}api/jobs/{job}").json()["state"] == "cancelled"
    page.get_by_role("button", name="Put away").click()
    assert page.get_by_test_id("jobs").is_hidden()


def test_a_reload_in_the_middle_keeps_job_and_address(opened, query_of) -> None:
    view = "#claim=strike&day=33&future=4"
    page = opened(f"{query_of('two-towns')}{view}")
    job = started(page, 78)
    page.reload()
    opened.ready(page)
    page.wait_for_selector(f"{GOING}[data-job='{job}'][data-state=running]")
    assert page.evaluate("location.hash") == view
    page.get_by_label("Verdict on strike").wait_for()
    assert day_of(page) == 33
    assert page.locator("#theatre").get_attribute("data-mode") == "future"
    page.get_by_test_id("cancel").click()
    page.wait_for_selector(f"{GOING}[data-state=cancelled]")


def test_guesses_are_kept_and_compared(opened, query_of) -> None:
    page = opened(query_of("two-towns"))
    page.get_by_test_id("class-mode").click()
    assert page.locator("#argument .claim").count() == 0
    assert page.get_by_test_id("map").is_hidden()
    slider = page.get_by_test_id("guess-strike")
    slider.focus()
    page.keyboard.press("End")
    assert "100" in slider.get_attribute("aria-valuetext")
    page.get_by_label("Your name or group").fill("A reader")
    page.get_by_test_id("reveal").click()
    said = page.get_by_test_id("guess-summary").inner_text()
    assert "points apart" in said
    assert page.get_by_test_id("map").is_visible()
    kept = page.evaluate(
        "study => fetch(`api/studies/${study}/guesses`).then(one => one.json())",
        query_of("two-towns").partition("=")[2],
    )
    assert [one["values"] for one in kept["guesses"] if one["by"] == "A reader"] == [{"strike": 1}]


def test_two_studies_are_compared_side_by_side(opened, query_of) -> None:
    page = opened(query_of("two-towns"))
    page.get_by_test_id("open-editor").click()
    page.get_by_test_id("open-compare").click()
    for side, name in (("A", "two-towns"), ("B", "two-towns-arabic")):
        page.get_by_test_id(f"compare-{side}").select_option(query_of(name).partition("=")[2])
    page.get_by_test_id("compare").click()
    shown = page.get_by_test_id("comparison")
    said = shown.inner_text()
    assert said.index("Eastford would fall") < said.index("What differs in numbers and rules")
    points = [abs(float(one.replace("−", "-").strip("▲▼ "))) for one in
              shown.locator(".compared-claims .delta").all_inner_texts() if one != "–"]  # fmt: skip
    assert points == sorted(points, reverse=True) and len(points) > 2


def test_the_report_file_opens_from_disk_without_a_network(
    opened, site_studies, tmp_path: Path
) -> None:
    run = site_studies["two-towns"]
    written = api.report(run, tmp_path / "report.html", scenario="two-towns", futures=20,
                         what_if_futures=60, threads=1)  # fmt: skip
    context = opened.context()
    context.set_offline(True)
    page = opened.page(context)
    page.goto(Path(written.files[0]).as_uri())
    opened.ready(page)
    page.get_by_test_id("claim-strike").click()
    page.get_by_label("Verdict on strike").wait_for()
    page.get_by_test_id("choose-future").select_option("false")
    page.wait_for_selector("#theatre[data-mode=future]")
    page.get_by_test_id("what-if-one-front").check()
    until(page, "document.querySelectorAll('[data-testid^=delta-]').length > 4")
    day = day_of(page)
    page.get_by_test_id("step").click()
    assert day_of(page) == day + 1
    assert page.get_by_test_id("open-editor").count() == 0
    assert json.loads(page.locator("#view").text_content())["study"]["futures"] == 60
