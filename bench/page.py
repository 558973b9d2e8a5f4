"""Time the page in a browser on the flagship, and write ``bench/page.md``.

python -m bench.page [--scenario palmyra-2016] [--futures 2000] [--studies DIR]

The page is served by ``contingent serve`` and opened in Debian's Chromium without a graphics card.
*First paint* is the browser's first contentful paint; *interactive* is when all three parts answer.
The slider is held and moved with the mouse; its latency counts from the slider's own event to the
answer on the page. A study is run first unless DIR holds it.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import tempfile
from datetime import date
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright

from bench.__main__ import keep, machine, spread
from bench.browser import CONTINGENT, chromium, served
from bench.slider import LEVER, quantile

RESULTS = Path(__file__).parent / "page.md"
PATIENCE = 180_000
LOADS = 5
TURNS = 12
PLAYED = 5.0
"""Seconds of playing."""
WHAT_IF_FUTURES = "100"
"""Of the named what-ifs in the file; it has as many bytes with more."""
LATE = 1000 / 30
"""Milliseconds after which a frame counts as late."""
WATCH_READY = """
new MutationObserver((_, watching) => {
  if (!document.documentElement?.dataset.ready) return;
  window.readyAt = performance.now();
  watching.disconnect();
}).observe(document, { subtree: true, childList: true, attributes: true });
"""
TIMES = """() => [
  performance.getEntriesByName("first-contentful-paint")[0]?.startTime ?? NaN,
  window.readyAt,
  performance.getEntriesByType("resource").reduce((sum, one) => sum + one.transferSize, 0),
]"""
FRAMES = """(seconds) => new Promise((done) => {
  const gaps = [];
  let before = performance.now();
  const end = before + 1000 * seconds;
  const frame = (now) => {
    gaps.push(now - before);
    before = now;
    if (now < end) requestAnimationFrame(frame);
    else done(gaps.slice(1));
  };
  requestAnimationFrame(frame);
})"""
WATCH_SLIDER = """(lever) => {
  const slider = document.querySelector(`[data-lever="${lever}"]`);
  const status = document.querySelector("[data-testid=whatif-status]");
  window.turn = { asked: NaN, first: NaN, every: NaN };
  slider.addEventListener("input", () => {
    window.turn = { asked: performance.now(), first: NaN, every: NaN };
  });
  new MutationObserver(() => {
    const said = status.textContent;
    const waited = performance.now() - window.turn.asked;
    if (/ futures( so far)? in /.test(said) && !(window.turn.first > 0)) window.turn.first = waited;
    if (/500 futures in /.test(said) && !(window.turn.every > 0)) window.turn.every = waited;
  }).observe(status, { childList: true, characterData: true, subtree: true });
}"""


def opened(browser: Browser, address: str, **options: Any) -> tuple[Page, list[float]]:
    """Open an address in a fresh browser; return first paint, interactive, bytes."""
    context = browser.new_context(viewport={"width": 1440, "height": 900}, **options)
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    page.add_init_script(WATCH_READY)
    page.goto(address)
    page.wait_for_function("() => window.readyAt > 0")
    return page, page.evaluate(TIMES)


def loading(browser: Browser, address: str, **options: Any) -> list[list[float]]:
    """Times of several first visits."""
    found = []
    for _ in range(LOADS):
        page, times = opened(browser, address, **options)
        found.append(times)
        page.context.close()
    return found


def load_rows(name: str, times: list[list[float]]) -> list[str]:
    """First paint and interactive of some visits."""
    return [
        f"| {name}: first paint, ms | {spread([one[0] for one in times], 0)} |",
        f"| {name}: interactive, ms | {spread([one[1] for one in times], 0)} |",
    ]


def play_rows(browser: Browser, address: str, future: int) -> list[str]:
    """Frames a second while a future is played, and while shares are."""
    rows = []
    for words, view in (("one future", f"#day=0&future={future}"), ("all futures", "#day=0")):
        page, _ = opened(browser, f"{address}{view}")
        page.get_by_test_id("speed").select_option("16")
        page.get_by_test_id("play").click()
        gaps = page.evaluate(FRAMES, PLAYED)
        late = sum(gap > LATE for gap in gaps) / len(gaps)
        rows.append(
            f"| playing {words}, 16 days/s: frames/s | {1000 * len(gaps) / sum(gaps):.0f}, "
            f"{100 * late:.0f} % of frames late, longest {max(gaps):.0f} ms |"
        )
        page.context.close()
    return rows


def slider_rows(browser: Browser, address: str, lever: str, claim: str) -> list[str]:
    """Latency of the held slider, as the page shows it."""
    page, _ = opened(browser, f"{address}#claim={claim}")
    slider = page.locator(f'[data-lever="{lever}"]')
    slider.scroll_into_view_if_needed()
    page.evaluate(WATCH_SLIDER, lever)
    box = slider.bounding_box()
    assert box is not None
    height = box["y"] + box["height"] / 2
    page.mouse.move(box["x"] + 0.5 * box["width"], height)
    page.mouse.down()
    page.wait_for_function("() => window.turn.every > 0")
    first, every = [], []
    for turn in range(TURNS):
        place = 0.1 + 0.8 * ((turn * 5) % TURNS) / TURNS
        page.mouse.move(box["x"] + place * box["width"], height)
        page.wait_for_function("() => window.turn.every > 0")
        times = page.evaluate("() => window.turn")
        first.append(times["first"] / 1000)
        every.append(times["every"] / 1000)
    page.context.close()
    return [
        f"| slider held, {claim} selected: {words}, s, p50 / p95 "
        f"| {statistics.median(part):.2f} / {quantile(part, 0.95):.2f} |"
        for words, part in (("first answer", first), ("every claim on 500 futures", every))
    ]


def measured(browser: Browser, name: str, study: Path, place: Path) -> list[str]:
    """Every row of the table."""
    with served(study.parent, place) as home:
        address = f"{home}?study={study.name}"
        page, cold = opened(browser, address)
        meta = page.request.get(f"{home}api/studies/{study.name}/view").json()
        page.context.close()
        typical = meta["exemplars"]["typical"][0]
        evaluated = [one["id"] for one in meta["claims"] if one["status"] == "evaluated"]
        rows = [f"| first visit after the server's start: interactive, ms | {cold[1]:.0f} |"]
        rows += load_rows("served page", loading(browser, address))
        rows.append(f"| served page: bytes over the wire | {cold[2]:,.0f} |")
        rows += play_rows(browser, address, typical)
        rows += slider_rows(browser, address, LEVER[name], evaluated[len(evaluated) // 2])
    file = place / "report.html"
    asked = [*CONTINGENT, "report", str(study), "-o", str(file),
             "--what-if-futures", WHAT_IF_FUTURES]  # fmt: skip
    subprocess.run(asked, check=True, capture_output=True)
    rows.append(f"| one file: size, MB | {file.stat().st_size / 1e6:.2f} |")
    rows += load_rows("one file, no network", loading(browser, file.as_uri(), offline=True))
    return rows


def report(name: str, futures: int, studies: Path | None) -> str:
    """The table as Markdown."""
    before = os.getloadavg()[0]
    with tempfile.TemporaryDirectory() as place, sync_playwright() as playwright:
        asked = [*CONTINGENT, "run", name, "--futures", str(futures), "--seed", "1",
                 "--no-variants", "--studies", str(studies or Path(place) / "studies"),
                 "--json"]  # fmt: skip
        told = subprocess.run(asked, check=True, capture_output=True, text=True).stdout
        browser = chromium(playwright)
        version = browser.version
        table = measured(browser, name, Path(json.loads(told)["study"]).resolve(), Path(place))
        browser.close()
    load = f"{before:.1f} before, {os.getloadavg()[0]:.1f} after"
    return "\n".join(
        [
            "# The page",
            "",
            f"{machine()}, Chromium {version}, {date.today().isoformat()}; load of the machine "
            f"{load}. {name}, {futures:,} futures. Median of {LOADS} visits (least to most); "
            f"{TURNS} positions of one lever.",
            "",
            "| what | measured |",
            "|---|---|",
            *table,
            "",
        ]
    )


def main() -> None:
    """Read the command line, measure, and write the table."""
    parser = argparse.ArgumentParser(prog="python -m bench.page")
    parser.add_argument("--scenario", default="palmyra-2016", choices=sorted(LEVER))
    parser.add_argument("--futures", type=int, default=2000)
    parser.add_argument("--studies", type=Path, help="where the study is kept between two calls")
    asked = parser.parse_args()
    keep(RESULTS, report(asked.scenario, asked.futures, asked.studies))


if __name__ == "__main__":
    main()
