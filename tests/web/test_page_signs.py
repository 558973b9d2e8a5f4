"""Signs of the map: a flag where somebody has stepped in, and a map of no real place."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.browser
STUDY = "two-towns"
FLAGS = """async ([events, day]) => {
  const { flagsOn } = await import("/theatre/moving.js");
  return flagsOn({ events }, new Map([["mill", 0], ["hill", 1]]), day);
}"""


def test_a_flag_stands_for_a_fortnight_where_somebody_stepped_in(opened, query_of) -> None:
    page = opened(query_of(STUDY))
    events = [
        {"day": 10, "kind": "intervention", "place": "hill", "says": "far stepped in at hill"},
        {"day": 12, "kind": "intervention", "place": "hill", "says": "near stepped in at hill"},
        {"day": 10, "kind": "takes", "place": "mill", "says": "far took mill"},
        {"day": 10, "kind": "intervention", "place": None, "says": "nowhere"},
    ]
    standing = {day: page.evaluate(FLAGS, [events, day]) for day in (9, 10, 23, 25, 26)}
    assert standing == {9: [], 10: [1], 23: [1], 25: [1], 26: []}
    assert page.locator(".legend .sign-flag").count() == 1


def test_a_fictional_theatre_is_drawn_on_a_plain_grid(opened, query_of) -> None:
    page = opened(f"{query_of(STUDY)}#day=20")
    found = page.evaluate("""() => {
      const map = document.querySelector("[data-testid=map]").getBoundingClientRect();
      const marks = [...document.querySelectorAll("[data-place]")].map((one) => {
        const box = one.querySelector(".place-edge").getBoundingClientRect();
        return box.left >= map.left && box.right <= map.right
          && box.top >= map.top && box.bottom <= map.bottom;
      });
      const drawn = (selector) => [...document.querySelectorAll(selector)]
        .filter((one) => (one.getAttribute("d") ?? one.textContent ?? "").length > 1).length;
      return { inside: marks.filter(Boolean).length, places: marks.length,
               borders: drawn(".ground-border, .ground-coast, .ground-river"),
               grid: drawn(".ground-grid") };
    }""")
    assert found["inside"] == found["places"] == 6
    assert found["borders"] == 0 and found["grid"] == 1
