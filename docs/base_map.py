"""Rebuilds the page's base maps (src/contingent/report/page/base) from what others publish.

    python docs/base_map.py WORLD_ATLAS_FOLDER RIVERS.geojson PLACES.csv

The three inputs and their licences are named in base/README.md. The result depends on the
inputs alone, so that a second run writes the same bytes.
"""

from __future__ import annotations

import csv
import heapq
import json
import sys
from itertools import pairwise
from pathlib import Path
from typing import Any

import contourpy
import numpy as np

TARGET = Path(__file__).parents[1] / "src/contingent/report/page/base"
BOX = (31.0, 28.0, 50.0, 41.0)
"""West, south, east, north of the detailed region, degrees."""
KNOWN = (34.55, 30.0, 48.45, 38.45)
"""Where PLACES.csv lists settlements: settled ground is drawn nowhere else."""
STEP = 0.001
"""Quantum of the coordinates, degrees (about 100 m)."""
FINE, COARSE = 4e-5, 0.2
"""Smallest triangle kept inside and outside the box, square degrees (Visvalingam)."""
SMALLEST_TOWN = 5_000
REACH = 0.11
"""Standard deviation of the ground a settlement works, degrees of latitude (about 12 km)."""
SETTLED = 0.55
"""Density above which ground counts as settled: one village of 1,000 gives 0.75 at its centre."""
CELL = 0.05

Line = list[tuple[float, float]]


def kept(line: Line, smallest: float) -> Line:
    """Leave out, smallest triangle first, the points that shape the line least; ends stay."""
    size = len(line)
    before, after = list(range(-1, size - 1)), list(range(1, size + 1))
    gone = [False] * size

    def area(middle: int) -> float:
        (x0, y0), (x1, y1), (x2, y2) = line[before[middle]], line[middle], line[after[middle]]
        return abs((x1 - x0) * (y2 - y0) - (x2 - x0) * (y1 - y0)) / 2

    heap = [(area(index), index) for index in range(1, size - 1)]
    current = {index: found for found, index in heap}
    heapq.heapify(heap)
    while heap:
        found, index = heapq.heappop(heap)
        if gone[index] or current[index] != found:
            continue
        if found >= smallest:
            break
        gone[index] = True
        after[before[index]], before[after[index]] = after[index], before[index]
        for side in (before[index], after[index]):
            if 0 < side < size - 1:
                current[side] = max(found, area(side))
                heapq.heappush(heap, (current[side], side))
    return [point for index, point in enumerate(line) if not gone[index]]


def decoded(topology: dict[str, Any]) -> list[Line]:
    """Arcs of a quantised topology in degrees."""
    (kx, ky), (dx, dy) = topology["transform"]["scale"], topology["transform"]["translate"]
    lines = []
    for arc in topology["arcs"]:
        path = np.cumsum(np.array(arc), axis=0)
        lines.append([(x * kx + dx, y * ky + dy) for x, y in path.tolist()])
    return lines


def touches(line: Line) -> bool:
    """Whether the line's bounding box meets the region's."""
    west, south, east, north = BOX
    xs, ys = [x for x, _ in line], [y for _, y in line]
    return min(xs) < east and max(xs) > west and min(ys) < north and max(ys) > south


class Topology:
    """A TopoJSON document being written: arcs on a grid of STEP degrees from BOX's corner."""

    def __init__(self) -> None:
        self.arcs: list[list[list[int]]] = []
        self.objects: dict[str, Any] = {}

    def point(self, lon: float, lat: float) -> list[int]:
        return [round((lon - BOX[0]) / STEP), round((lat - BOX[1]) / STEP)]

    def add(self, line: Line) -> int:
        """Write one arc, first point then differences; repeated points are left out."""
        points = [self.point(*point) for point in line]
        steps = [points[0]]
        for old, new in pairwise(points):
            if old != new or len(points) == 2:
                steps.append([new[0] - old[0], new[1] - old[1]])
        self.arcs.append(steps)
        return len(self.arcs) - 1

    def text(self, about: dict[str, Any]) -> str:
        transform = {"scale": [STEP, STEP], "translate": [BOX[0], BOX[1]]}
        body = {"type": "Topology", "about": about, "bbox": list(BOX), "transform": transform}
        return packed({**body, "objects": self.objects, "arcs": self.arcs})


def packed(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")) + "\n"


def add_countries(out: Topology, world: dict[str, Any]) -> None:
    """Countries that meet the box, coarse outside it; shared borders stay shared."""
    lines = decoded(world)
    written: dict[int, int] = {}

    def arc(index: int) -> int:
        positive = index if index >= 0 else ~index
        if positive not in written:
            line = lines[positive]
            small = FINE if touches(line) else COARSE
            thin = kept(line, small)
            if len(thin) < 4 and line[0] == line[-1]:
                thin = line
            written[positive] = out.add(thin)
        return written[positive] if index >= 0 else ~written[positive]

    geometries = []
    for country in world["objects"]["countries"]["geometries"]:
        polygons = country["arcs"] if country["type"] == "MultiPolygon" else [country["arcs"]]
        near = [
            polygon
            for polygon in polygons
            if touches([p for i in polygon[0] for p in lines[i if i >= 0 else ~i]])
        ]
        if near:
            rings = [[[arc(index) for index in ring] for ring in polygon] for polygon in near]
            name = {"name": country["properties"]["name"]}
            geometries.append({"type": "MultiPolygon", "properties": name, "arcs": rings})
    out.objects["countries"] = {"type": "GeometryCollection", "geometries": geometries}


def add_rivers(out: Topology, rivers: dict[str, Any]) -> None:
    geometries = []
    for feature in rivers["features"]:
        shape, properties = feature["geometry"], feature["properties"]
        parts = shape["coordinates"] if shape["type"] != "LineString" else [shape["coordinates"]]
        arcs = [[out.add(kept([(x, y) for x, y, *_ in part], FINE / 4))] for part in parts]
        about = {"name": properties["name"], "rank": int(properties["scalerank"])}
        geometries.append({"type": "MultiLineString", "properties": about, "arcs": arcs})
    out.objects["rivers"] = {"type": "GeometryCollection", "geometries": geometries}


def density(places: list[dict[str, str]]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Sum over settlements of log10(people)/4 times a Gaussian of REACH; (lon, lat, sum)."""
    west, south, east, north = KNOWN
    lon = np.arange(west, east + CELL / 2, CELL)
    lat = np.arange(south, north + CELL / 2, CELL)
    total = np.zeros((lat.size, lon.size))
    for place in places:
        y = float(place["latitude"])
        across = (lon - float(place["longitude"])) * np.cos(np.radians(y))
        weight = np.log10(max(float(place["population"]), 300.0)) / 4
        total += weight * np.exp(-((lat - y)[:, None] ** 2 + across**2) / (2 * REACH**2))
    return lon, lat, total


def add_settled(out: Topology, places: list[dict[str, str]]) -> None:
    lon, lat, total = density(places)
    padded = np.pad(total, 1)
    xs = np.concatenate([[lon[0]], lon, [lon[-1]]])
    ys = np.concatenate([[lat[0]], lat, [lat[-1]]])
    contours = contourpy.contour_generator(xs, ys, padded, fill_type="OuterOffset")
    polygons, offsets = contours.filled(SETTLED, np.inf)
    shapes = []
    for points, starts in zip(polygons, offsets, strict=True):
        rings = [points[a:b].tolist() for a, b in pairwise(starts)]
        thin = [kept([(x, y) for x, y in ring], 2e-4) for ring in rings]
        # D3 wants exterior rings clockwise on the sphere; contourpy turns the other way.
        shapes.append([[out.add(ring[::-1])] for ring in thin if len(ring) > 3])
    shape = {"type": "MultiPolygon", "arcs": [rings for rings in shapes if rings]}
    out.objects["settled"] = {"type": "GeometryCollection", "geometries": [shape]}


def add_towns(out: Topology, places: list[dict[str, str]]) -> None:
    chosen = [place for place in places if int(float(place["population"])) >= SMALLEST_TOWN]
    chosen.sort(key=lambda place: (-int(float(place["population"])), place["geonameid"]))
    out.objects["towns"] = {
        "type": "GeometryCollection",
        "geometries": [
            {
                "type": "Point",
                "properties": {"name": town["name"], "people": int(float(town["population"]))},
                "coordinates": out.point(float(town["longitude"]), float(town["latitude"])),
            }
            for town in chosen
        ],
    }


def detailed(world: Path, rivers: Path, places: Path) -> str:
    """Return the region's TopoJSON document: countries, rivers, settled ground, towns."""
    with places.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    out = Topology()
    add_countries(out, json.loads(world.read_text(encoding="utf-8")))
    add_rivers(out, json.loads(rivers.read_text(encoding="utf-8")))
    add_settled(out, rows)
    add_towns(out, rows)
    return out.text(
        {
            "countries, rivers": "Natural Earth, public domain",
            "towns": "GeoNames, CC BY 4.0",
            "settled": "derived from GeoNames, CC BY 4.0",
            "settled box": list(KNOWN),
        }
    )


def coarse(world: Path) -> str:
    """Return the whole world at 1:110 million; names of countries alone are kept."""
    found = json.loads(world.read_text(encoding="utf-8"))
    countries = found["objects"]["countries"]
    for country in countries["geometries"]:
        country.pop("id", None)
    about = {"countries": "Natural Earth, public domain"}
    body = {"type": "Topology", "about": about, "bbox": found["bbox"]}
    body |= {"transform": found["transform"], "objects": {"countries": countries}}
    return packed({**body, "arcs": found["arcs"]})


def main() -> None:
    world, rivers, places = (Path(argument) for argument in sys.argv[1:4])
    written = {
        "levant.json": detailed(world / "countries-10m.json", rivers, places),
        "world.json": coarse(world / "countries-110m.json"),
    }
    for name, text in written.items():
        (TARGET / name).write_text(text, encoding="utf-8", newline="\n")
        print(f"{name}: {len(text.encode()):,} bytes")


if __name__ == "__main__":
    main()
