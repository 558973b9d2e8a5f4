"""The theatre part of the page in a browser: map, player, choice of future, charts."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import contingent as ct
from contingent.report.view import build_view
from contingent.scenario.loading import load
from contingent.web.settings import Settings

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> ct.Run:
    studies = tmp_path_factory.mktemp("studies")
    return ct.load("two-towns").run(60, seed=1, variants=False, studies=studies)


@pytest.fixture(scope="module")
def view(played: ct.Run) -> Any:
    return build_view(played, load("two-towns"), with_fans=True)


@pytest.fixture(scope="module")
def address(
    played: ct.Run, serve: Callable[[Settings], str], tmp_path_factory: pytest.TempPathFactory
) -> str:
    folder = Path(played.study.folder).parent
    return serve(Settings(studies=folder, scenarios=tmp_path_factory.mktemp("own"), threads=1))


def day_of(page: Any) -> int:
    return int(page.get_by_test_id("timebar").get_attribute("aria-valuenow"))


def test_places_say_who_holds_them_in_what_share_of_futures(opened, view) -> None:
    day = 40
    page = opened(f"#day={day}")
    shares = view.frames["holder_shares"][day] / 255.0
    for number, place in enumerate(view.meta["theatre"]["places"]):
        mark = page.get_by_test_id(f"place-{place['id']}")
        said = mark.get_attribute("aria-label")
        first = int(np.argmax(shares[number]))
        assert said.startswith(f"{place['name']}, share of futures: ")
        assert view.meta["theatre"]["actors"][first]["name"] in said
        assert mark.locator(".place-pie > *").count() == np.count_nonzero(shares[number])


def test_names_do_not_cover_each_other(opened) -> None:
    page = opened("#day=10")
    boxes = page.locator(".name text").evaluate_all(
        "all => all.map(one => { const b = one.getBoundingClientRect();"
        " return [b.left, b.top + 1, b.right, b.bottom - 1]; })"
    )
    assert len(boxes) >= 6
    for i, (left, top, right, bottom) in enumerate(boxes):
        for l2, t2, r2, b2 in boxes[:i]:
            assert left >= r2 or right <= l2 or top >= b2 or bottom <= t2


def test_play_pause_step_back_and_reset(opened) -> None:
    page = opened("#day=5")
    page.get_by_test_id("speed").select_option("16")
    page.get_by_test_id("play").click()
    page.wait_for_function(
        "() => Number(document.querySelector('[data-testid=timebar]').ariaValueNow) > 8"
    )
    page.get_by_test_id("pause").click()
    stopped = day_of(page)
    page.get_by_test_id("step").click()
    assert day_of(page) == stopped + 1
    page.get_by_test_id("back").click()
    assert day_of(page) == stopped
    page.get_by_test_id("reset").click()
    assert day_of(page) == 0


def test_keys_and_dragging_move_the_day(opened, view) -> None:
    last = view.meta["days"]["count"] - 1
    page = opened("#day=20")
    page.get_by_test_id("map").focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowLeft")
    assert day_of(page) == 21
    bar = page.get_by_test_id("timebar")
    bar.focus()
    for key, day in (("End", last), ("Home", 0), ("PageUp", 30), ("ArrowDown", 29)):
        page.keyboard.press(key)
        assert day_of(page) == day
    box = bar.bounding_box()
    page.mouse.move(box["x"] + 30, box["y"] + 30)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + 30, steps=4)
    page.mouse.up()
    assert abs(day_of(page) - last / 2) <= 2


def test_evidence_and_fence_are_marked_on_the_time_bar(opened, view) -> None:
    page = opened("#day=0")
    reports = view.meta["theatre"]["reports"]
    assert page.locator(".timebar .time-report").count() == len(reports)
    assert page.locator(".timebar .time-fence").count() == 1
    page.get_by_test_id("timebar").focus()
    page.keyboard.press("End")
    assert "after the fence" in page.get_by_test_id("timebar").get_attribute("aria-valuetext")


def test_one_future_is_the_future_of_the_study(opened, view, played) -> None:
    future, day = view.meta["exemplars"]["typical"][0], 60
    page = opened(f"#day={day}")
    page.get_by_test_id("choose-future").select_option("typical")
    page.wait_for_selector("#theatre[data-mode=future]")
    assert f"future={future}" in page.evaluate("location.hash")
    holders = next(iter(played.study.chunks())).holders[future, day]
    for number, place in enumerate(view.meta["theatre"]["places"]):
        said = page.get_by_test_id(f"place-{place['id']}").get_attribute("aria-label")
        holder = view.meta["theatre"]["actors"][int(holders[number])]["name"]
        assert said.startswith(f"{place['name']}: {holder}")
    assert page.get_by_test_id("ticker").locator("li").count() > 0
    page.get_by_test_id("choose-future").select_option("all")
    page.wait_for_selector("#theatre[data-mode=shares]")
    assert "future=" not in page.evaluate("location.hash")


def test_a_future_in_which_the_claim_comes_true_or_fails(opened, view) -> None:
    found = view.meta["exemplars"]["by_claim"].items()
    claim, sides = next(one for one in found if one[1]["true"] and one[1]["false"])
    page = opened(f"#claim={claim}")
    column = [one["id"] for one in view.meta["claims"]].index(claim)
    for kind, truth in (("true", 1), ("false", 0)):
        page.get_by_test_id("choose-future").select_option(kind)
        page.wait_for_function(f"() => location.hash.includes('future={sides[kind][0]}')")
        assert view.frames["truth"][sides[kind][0], column] == truth
    number = page.get_by_test_id("future-number")
    number.fill("7")
    number.press("Enter")
    page.wait_for_function("() => location.hash.includes('future=7')")


def test_what_moves_is_drawn_on_the_canvas_alone(opened, view) -> None:
    future = view.meta["exemplars"]["typical"][0]
    page = opened(f"#day=0&future={future}")
    page.wait_for_selector("#theatre[data-mode=future]")
    drawn = (
        "() => { const c = document.querySelector('.map-moving');"
        " return c.getContext('2d').getImageData(0, 0, c.width, c.height).data.some(v => v > 0); }"
    )
    assert page.evaluate(drawn)
    page.get_by_test_id("choose-future").select_option("all")
    page.wait_for_selector("#theatre[data-mode=shares]")
    assert not page.evaluate(drawn)


def test_the_selected_claims_places_are_ringed(opened, view) -> None:
    claim = next(one for one in view.meta["claims"] if "westmill" in str(one["predicate"]))
    page = opened(f"#claim={claim['id']}")
    ringed = page.locator(".place.chosen").evaluate_all("all => all.map(one => one.dataset.place)")
    places = [place["id"] for place in view.meta["theatre"]["places"]]
    words = f"{claim['predicate']} {claim['given'] or ''} {' '.join(claim['names'])}"
    assert sorted(ringed) == sorted(place for place in places if place in words)


def test_charts_show_the_middle_of_the_futures_and_follow_the_day(opened, view) -> None:
    expression = view.meta["observables"][-1]["expression"]
    page = opened("#day=30")
    page.get_by_test_id("add-fan").select_option(expression)
    chart = page.get_by_test_id(f"fan-{expression}")
    chart.locator("svg .fan-cursor").wait_for(state="attached")
    middle = view.frames[f"fan:{expression}"][2]
    for day in (30, 31):
        said = chart.locator(".fan-said").inner_text().split(" ")[0].replace(",", "")
        assert float(said) == pytest.approx(middle[day], rel=0.01, abs=0.006)
        page.get_by_test_id("step").click()
    assert page.locator("figure.fan").count() >= 3
    chart.get_by_role("button").click()
    assert page.get_by_test_id(f"fan-{expression}").count() == 0


def test_pointing_at_a_place_tells_of_it(opened, view) -> None:
    future = view.meta["exemplars"]["typical"][0]
    page = opened(f"#day=10&future={future}")
    page.wait_for_selector("#theatre[data-mode=future]")
    page.get_by_test_id("place-westmill").focus()
    card = page.get_by_test_id("place-card")
    said = card.inner_text()
    assert "westmill" in said.lower() and "fighters here" in said
    page.keyboard.press("Escape")
    assert card.is_hidden()


def test_less_motion_goes_by_whole_days(opened) -> None:
    page = opened("#day=3", reduced_motion="reduce")
    page.get_by_test_id("play").click()
    page.wait_for_function(
        "() => Number(document.querySelector('[data-testid=timebar]').ariaValueNow) > 5"
    )
    page.get_by_test_id("pause").click()


MARCHES = """async () => {
  const { marches, along } = await import("./theatre/scene.js");
  const one = (actor, from, to, share) =>
    ({ actor, from, to, share, fighters: 9, struck: false });
  const today = [one(0, 1, 2, 0.5), one(0, 1, 2, 0.2), one(1, 3, 4, 0.9)];
  const tomorrow = [one(0, 1, 2, 0.6), one(0, 2, 5, 0.25), one(2, 0, 1, 0.4)];
  return marches(today, tomorrow)
    .map((march) => [0, 0.5, 1].map((part) => along(march, part)));
}"""


def test_columns_go_from_leg_to_leg_without_turning_back(opened) -> None:
    found = opened().evaluate(MARCHES)
    ends = [(path[-1]["from"], path[-1]["to"], round(path[-1]["share"], 6)) for path in found]
    assert ends == [(1, 2, 0.6), (2, 5, 0.25), (3, 4, 1.0), (0, 1, 0.4)]
    assert [round(path[0]["share"], 6) for path in found] == [0.5, 0.2, 0.9, 0.0]


LABELS = """async () => {
  const { meet, placeLabels, spread } = await import("./theatre/labels.js");
  const wanted = [], circles = [];
  for (let i = 0; i < 60; i++) {
    const [x, y] = [(i * 67) % 400, (i * 101) % 300];
    const size = { r: 5, width: 40 + (i % 5) * 9, height: 12 };
    wanted.push({ key: `${i}`, text: `${i}`, x, y, ...size, priority: i % 7, far: i % 2 === 0 });
    circles.push({ x, y, r: 6 });
  }
  const placed = placeLabels(wanted, [], { width: 400, height: 300 });
  const crossing = placed.filter((one, i) =>
    placed.slice(0, i).some((other) => meet(one.box, other.box)));
  const middleOf = (leader) => {
    const [x, y, toX, toY] = leader.match(/-?[\\d.]+/g).map(Number);
    return { left: (x + toX) / 2, right: (x + toX) / 2, top: (y + toY) / 2, bottom: (y + toY) / 2 };
  };
  const struck = placed.filter(({ leader }, i) =>
    leader && placed.slice(0, i).some((other) => meet(middleOf(leader), other.box)));
  const led = placed.filter(({ leader }) => leader).length;
  const way = (one, other) => Math.hypot(one.x - other.x, one.y - other.y);
  const far = Math.max(...spread(circles, 16).map((spot, i) => way(spot, circles[i])));
  const twins = spread([{ x: 9, y: 9, r: 4 }, { x: 9, y: 9, r: 4 }], 16);
  return { placed: placed.length, crossing: crossing.length, led,
    struck: struck.length, far, apart: way(...twins) };
}"""


def test_labels_and_marks_keep_apart(opened) -> None:
    found = opened().evaluate(LABELS)
    assert found["placed"] > 20 and found["crossing"] == 0
    assert found["led"] > 0 and found["struck"] == 0
    assert found["far"] <= 16.001 and found["apart"] >= 8
