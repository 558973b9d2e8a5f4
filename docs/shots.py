"""Takes the pictures of the page that docs/page.md shows.

    python docs/shots.py [--studies DIR] [--only NAME ...]

The page is served by ``contingent serve`` and looked at in Debian's Chromium. Studies that DIR does
not hold yet are run first (a minute or two); without DIR they go into a folder that is thrown away.
"""

from __future__ import annotations

import argparse
import io
import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

from PIL import Image
from playwright.sync_api import Page, sync_playwright

# Run as a file, this one's own folder is all that Python looks into.
sys.path.insert(0, str(Path(__file__).parents[1]))

from bench.browser import CONTINGENT, chromium, served

SHOTS = Path(__file__).parent / "shots"
ARABIC = SHOTS / "two-towns-arabic.yaml"
ARTICLE = SHOTS / "two-towns-arabic.txt"
FUTURES = {"palmyra-2016": 300, "two-towns": 300, str(ARABIC): 300}
LARGEST = 250_000
"""Bytes of one picture."""
COLOURS = (256, 128, 64)
PATIENCE = 120_000
DESK = {"width": 1440, "height": 900}
PHONE = {"width": 390, "height": 844}


@dataclass
class Camera:
    """Opens pages of one server and keeps pictures of them."""

    browser: Any
    home: str
    studies: dict[str, str]
    files: Path

    def open(self, scenario: str, view: str = "", **options: Any) -> Page:
        """Return the page of a study, drawn."""
        page = self.blank(**options)
        page.goto(f"{self.home}?study={self.studies[scenario]}{view}")
        return ready(page)

    def blank(self, scheme: str = "light", size: dict[str, int] = DESK, **options: Any) -> Page:
        """Return a page that shows nothing yet."""
        context = self.browser.new_context(
            viewport=size, color_scheme=scheme, reduced_motion="reduce", **options
        )
        context.set_default_timeout(PATIENCE)
        page: Page = context.new_page()
        return page


def ready(page: Page) -> Page:
    """Wait until every part is drawn."""
    page.wait_for_selector("html[data-ready]", state="attached")
    page.wait_for_selector("#theatre[data-mode]", state="attached")
    return page


def desktop(camera: Camera) -> Page:
    """The flagship, a claim chosen, all futures as shares."""
    return camera.open("palmyra-2016", "#claim=C25&day=150")


def dark(camera: Camera) -> Page:
    """The same in dark, one future played back."""
    page = camera.open("palmyra-2016", "#claim=C25&day=150", scheme="dark")
    page.get_by_test_id("choose-future").select_option("typical")
    page.wait_for_selector("#theatre[data-mode=future]")
    return page


def graph(camera: Camera) -> Page:
    """The argument as a graph."""
    page = camera.open("palmyra-2016", "#claim=C27&day=150&view=graph")
    page.wait_for_selector(".graph")
    return page


def levers(camera: Camera) -> Page:
    """A lever turned, the answer at every claim."""
    page = camera.open("two-towns", "#claim=eastford-falls&day=60")
    slider = page.get_by_test_id("lever-0")
    slider.focus()
    page.keyboard.press("PageUp")
    page.keyboard.press("PageUp")
    status = "document.querySelector('[data-testid=whatif-status]').textContent"
    page.wait_for_function(f"() => / futures in /.test({status})")
    page.locator(".why-what-if").evaluate("one => one.scrollIntoView({ block: 'start' })")
    return page


def editor(camera: Camera) -> Page:
    """The editor with a fault at its line."""
    page = camera.open("two-towns")
    page.get_by_test_id("open-editor").click()
    page.get_by_test_id("no-faults").wait_for()
    area = page.get_by_test_id("text-both")
    text = area.input_value().replace("km: 60, road: motorway", "km: 60, road: motoway", 1)
    area.fill(text)
    page.get_by_test_id("faults").get_by_role("button").first.click()
    page.wait_for_selector("[data-testid^=fault-]", state="attached")
    return page


def guessing(camera: Camera) -> Page:
    """Class mode before the model is revealed."""
    page = camera.open("two-towns")
    page.get_by_test_id("class-mode").click()
    for claim, times in {"westmill-falls": 5, "strike": 2, "eastford-falls": 1}.items():
        page.get_by_test_id(f"guess-{claim}").focus()
        page.keyboard.press("Home")
        for _ in range(times):
            page.keyboard.press("PageUp")
    page.get_by_label("Your name or group").fill("Second row")
    return page


def revealed(camera: Camera) -> Page:
    """Class mode after the model is revealed."""
    page = guessing(camera)
    page.get_by_test_id("reveal").click()
    page.get_by_test_id("guess-summary").wait_for()
    return page


def right_to_left(camera: Camera) -> Page:
    """An article that is read from right to left."""
    page = camera.open("two-towns-arabic")
    page.locator("summary:has(+ p #bring-article)").click()
    with page.expect_navigation():
        page.get_by_test_id("bring-article").set_input_files(ARTICLE)
    ready(page)
    page.get_by_test_id("claim-strike").click()
    return page


def on_a_phone(part: str, future: str = "") -> Callable[[Camera], Page]:
    """Return a shot of one part at phone width."""

    def shot(camera: Camera) -> Page:
        view = f"#claim=C25&day=150&panel={part}"
        page = camera.open(
            "palmyra-2016", view, size=PHONE, has_touch=True, device_scale_factor=1.5
        )
        if future:
            page.get_by_test_id("choose-future").select_option(future)
            page.wait_for_selector("#theatre[data-mode=future]")
        return page

    return shot


def empty(camera: Camera) -> Page:
    """No study yet."""
    page = camera.blank(size={"width": 1000, "height": 420})
    page.route("**/api/studies", lambda route: route.fulfill(json={"studies": []}))
    page.goto(camera.home)
    page.get_by_test_id("failure").wait_for()
    return page


def missing(camera: Camera) -> Page:
    """A study that is not there."""
    page = camera.blank(size={"width": 1000, "height": 420})
    page.goto(f"{camera.home}?study=not-there-s1")
    page.get_by_test_id("failure").wait_for()
    return page


def one_file(camera: Camera) -> Page:
    """The page as one file, opened from disk, no network."""
    page = camera.blank(offline=True)
    page.goto(f"{camera.files.as_uri()}#claim=strike&day=60")
    ready(page)
    page.get_by_test_id("what-if-one-front").check()
    return page


PICTURES: dict[str, Callable[[Camera], Page]] = {
    "desktop": desktop,
    "dark": dark,
    "graph": graph,
    "levers": levers,
    "editor": editor,
    "class-mode": guessing,
    "class-mode-revealed": revealed,
    "right-to-left": right_to_left,
    "phone-argument": on_a_phone("argument"),
    "phone-theatre": on_a_phone("theatre", "typical"),
    "phone-why": on_a_phone("why"),
    "one-file": one_file,
    "empty": empty,
    "error": missing,
}


def palette_of(image: Image.Image, colours: int) -> Image.Image:
    """Return a palette: the commonest colours as they are, and others spread over all that is seen.

    Common colours alone would lose those of small things, by which sides on a map are told apart.
    """
    counted = image.getcolors(image.width * image.height) or []
    common = [colour for _, colour in sorted(counted, reverse=True)[: colours // 2]]
    spread = image.quantize(colours - len(common), Image.Quantize.MAXCOVERAGE)
    made = Image.new("P", (1, 1))
    others = spread.getpalette() or []
    made.putpalette([part for colour in common for part in cast(tuple[int, ...], colour)] + others)
    return made


def compressed(picture: bytes) -> bytes:
    """Return a picture with as few colours as its size asks for."""
    image = Image.open(io.BytesIO(picture)).convert("RGB")
    for colours in COLOURS:
        kept = io.BytesIO()
        palette = palette_of(image, colours)
        reduced = image.quantize(palette=palette, dither=Image.Dither.NONE)
        reduced.save(kept, "PNG", optimize=True)
        if kept.tell() <= LARGEST:
            return kept.getvalue()
    raise SystemExit(f"a picture has {kept.tell():,} bytes, expected at most {LARGEST:,}")


def studies_in(folder: Path) -> dict[str, str]:
    """Run what is not there yet; return the studies by scenario."""
    found = {}
    for name, futures in FUTURES.items():
        asked = [*CONTINGENT, "run", name, "--futures", str(futures), "--seed", "1",
                 "--no-variants", "--studies", str(folder), "--json"]  # fmt: skip
        told = subprocess.run(asked, check=True, capture_output=True, text=True).stdout
        found[Path(name).stem] = Path(json.loads(told)["study"]).name
    if not (folder / "conditioning").is_dir():
        asked = [*CONTINGENT, "condition", "two-towns", "--quick", "--studies", str(folder)]
        subprocess.run(asked, check=True, capture_output=True)
    return found


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--studies", type=Path, help="where studies are kept between two calls")
    asked.add_argument("--only", nargs="+", choices=PICTURES, default=list(PICTURES))
    given = asked.parse_args()
    with tempfile.TemporaryDirectory() as place, sync_playwright() as playwright:
        folder = given.studies or Path(place) / "studies"
        studies = studies_in(folder)
        own = Path(place) / "own"
        own.mkdir()
        shutil.copy(ARABIC, own)
        file = Path(place) / "two-towns.html"
        if "one-file" in given.only:
            subprocess.run(
                [*CONTINGENT, "report", str(folder / studies["two-towns"]), "-o", str(file),
                 "--scenario", "two-towns", "--what-if-futures", "300", "--futures", "100"],
                check=True, capture_output=True,
            )  # fmt: skip
        browser = chromium(playwright)
        with served(folder, own) as home:
            camera = Camera(browser, home, studies, file)
            for name in given.only:
                page = PICTURES[name](camera)
                page.wait_for_load_state("networkidle")
                picture = compressed(page.screenshot(animations="disabled", caret="hide"))
                (SHOTS / f"{name}.png").write_bytes(picture)
                print(f"{name}.png {len(picture):,} bytes", flush=True)
                page.context.close()
        browser.close()


if __name__ == "__main__":
    main()
