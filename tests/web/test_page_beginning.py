"""Levers are turned from day 0, from the fence or from the day on the time bar."""

from __future__ import annotations

from typing import Any

import pytest

pytestmark = pytest.mark.browser
STUDY = "palmyra-2016"
OF_DAY_0 = "iran.forces.damascus.mobile"
LATER = "russia.air.sorties_per_day"


def answer_to(page: Any, act: Any) -> Any:
    """Return what the server says to the question that an act brings about."""
    with page.expect_response(lambda one: one.url.endswith("/what-if"), timeout=120_000) as found:
        act()
    return found.value


def test_a_lever_is_turned_from_the_day_on_the_time_bar(opened, query_of) -> None:
    page = opened(f"{query_of(STUDY)}#claim=C01&day=30&levers={LATER}:* 2")
    choice = page.get_by_test_id("levers-from")
    options = choice.locator("option").all_inner_texts()
    assert options == [
        "day 0, 24 Nov 2016", "the fence (now), 12 Dec 2016",
        "the day on the time bar, 24 Dec 2016",
    ]  # fmt: skip
    said = answer_to(page, lambda: choice.select_option("2016-12-24"))
    assert said.request.post_data_json["from"] == "2016-12-24" and said.status == 200
    page.wait_for_url("**from=2016-12-24**")
    said = answer_to(page, page.reload)
    assert said.request.post_data_json["from"] == "2016-12-24"
    assert choice.input_value() == "2016-12-24"
    page.get_by_test_id("levers-reset").click()
    page.wait_for_url(lambda url: "from=" not in url)
    assert choice.input_value() == ""


def test_what_describes_day_0_alone_is_refused_beside_its_lever(opened, query_of) -> None:
    page = opened(f"{query_of(STUDY)}#claim=C01&levers={OF_DAY_0}:* 2")
    said = answer_to(page, lambda: page.get_by_test_id("levers-from").select_option("2016-12-12"))
    assert said.status == 422
    beside = page.locator(".lever", has=page.locator(f"[data-lever='{OF_DAY_0}']"))
    refused = beside.locator(".lever-refused")
    page.locator("details.more").first.evaluate("one => { one.open = true; }")
    refused.wait_for()
    assert "describes day 0" in refused.inner_text()
    said = answer_to(page, lambda: page.get_by_test_id("levers-from").select_option(""))
    assert said.status == 200 and said.request.post_data_json["from"] is None
    refused.wait_for(state="hidden")
    assert all("422" in text for text in opened.said)
    opened.said.clear()
