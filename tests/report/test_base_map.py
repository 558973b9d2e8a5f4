"""The page's base maps: small, well formed, under the places, and thinned without moving ends."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path
from types import ModuleType
from typing import Any

import matplotlib.path
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from contingent import report
from contingent.scenario.loading import load

PAGE = Path(report.__path__[0]) / "page"
BASE = PAGE / "base"
ROOT = Path(__file__).parents[2]


def tool() -> ModuleType:
    spec = importlib.util.spec_from_file_location("base_map", ROOT / "docs" / "base_map.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


TOOL = tool()
MAPS = json.loads((BASE / "index.json").read_text(encoding="utf-8"))["maps"]


def topology(name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((BASE / name).read_text(encoding="utf-8"))
    return found


def rings(world: dict[str, Any], name: str) -> list[list[tuple[float, float]]]:
    """Outer rings of all polygons of an object, degrees."""
    lines = TOOL.decoded(world)
    found = []
    for shape in world["objects"][name]["geometries"]:
        for polygon in shape["arcs"] if shape["type"] == "MultiPolygon" else [shape["arcs"]]:
            parts = [lines[i] if i >= 0 else lines[~i][::-1] for i in polygon[0]]
            found.append([point for part in parts for point in part])
    return found


def inside(ring: list[tuple[float, float]], lon: float, lat: float) -> bool:
    return bool(matplotlib.path.Path(np.array(ring)).contains_point((lon, lat)))


def test_small_enough_to_travel_in_one_file() -> None:
    assert sum(path.stat().st_size for path in BASE.iterdir()) < 400_000


@pytest.mark.parametrize("name", [one["file"] for one in MAPS])
def test_rings_close(name: str) -> None:
    for ring in rings(topology(name), "countries"):
        assert ring[0] == pytest.approx(ring[-1]) and len(ring) >= 4


def test_readme_names_sources_and_licences() -> None:
    text = (BASE / "README.md").read_text(encoding="utf-8")
    for needed in ("Natural Earth", "public domain", "GeoNames", "CC BY 4.0", "world-atlas"):
        assert needed in text
    assert {path.name for path in BASE.glob("*.json")} <= {
        word.strip("`") for word in text.split() if word.startswith("`")
    }


def test_places_of_the_library_lie_on_land_and_in_the_detailed_map() -> None:
    places = load("syria-2016").theatre.places.values()
    land = rings(topology("levant.json"), "countries")
    west, south, east, north = MAPS[0]["box"]
    for place in places:
        assert place.at is not None
        lat, lon = place.at
        assert west < lon < east and south < lat < north
        assert any(inside(ring, lon, lat) for ring in land), place.name


def test_cities_are_settled_and_the_open_desert_is_not() -> None:
    settled = rings(topology("levant.json"), "settled")
    for lat, lon in ((33.50, 36.30), (36.20, 37.13), (35.33, 40.14), (36.34, 43.13)):
        assert any(inside(ring, lon, lat) for ring in settled)
    for lat, lon in ((34.0, 39.0), (33.0, 40.5), (32.0, 42.0)):
        assert not any(inside(ring, lon, lat) for ring in settled)


points = st.tuples(st.integers(0, 50), st.integers(0, 50)).map(lambda p: (float(p[0]), float(p[1])))


@given(st.lists(points, min_size=2, max_size=40), st.floats(0, 100))
def test_thinning_keeps_ends_and_order(line: list[tuple[float, float]], smallest: float) -> None:
    thin = TOOL.kept(line, smallest)
    assert thin[0] == line[0] and thin[-1] == line[-1]
    rest = iter(line)
    assert all(point in rest for point in thin)


def test_thinning_leaves_out_the_flattest_first() -> None:
    assert TOOL.kept([(0, 0), (1, 0.01), (2, 0), (3, 5), (4, 0)], 0.1) == [
        (0, 0), (2, 0), (3, 5), (4, 0),
    ]  # fmt: skip
