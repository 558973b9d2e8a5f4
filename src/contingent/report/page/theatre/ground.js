/**
 * The ground under the map: which base covers a region, and how it is drawn. A theatre that lies
 * nowhere gets a graticule.
 */
import { draw } from "../elements.js";

/**
 * @typedef {{topology: any, note: string}} Ground
 */

/**
 * Read the base map that covers a region: from the document (`<script id="base">`, in one file) or
 * from beside this module.
 *
 * @param {{west: number, south: number, east: number, north: number, fictional: boolean}} region
 * @returns {Promise<Ground | null>} null where the theatre lies nowhere
 */
export async function loadGround(region) {
  if (region.fictional) return null;
  const inside = document.getElementById("base");
  if (inside !== null) return JSON.parse(inside.textContent ?? "null");
  const home = new URL("../base/", import.meta.url);
  const { maps } = await readJson(new URL("index.json", home));
  const map = maps.find(({ box: [west, south, east, north] }) =>
    west <= region.west && south <= region.south && east >= region.east && north >= region.north,
  );
  if (map === undefined) return null;
  return { topology: await readJson(new URL(map.file, home)), note: map.note };
}

/**
 * @param {URL} url
 * @returns {Promise<any>}
 */
async function readJson(url) {
  const answer = await fetch(url);
  if (!answer.ok) throw new Error(`${url.pathname}: ${answer.status} ${answer.statusText}`);
  return answer.json();
}

/**
 * Draw the ground into a group whose transform the caller zooms.
 *
 * @param {SVGGElement} group
 * @param {Ground | null} ground
 * @param {any} projection
 * @param {{west: number, south: number, east: number, north: number}} region
 */
export function drawGround(group, ground, projection, region) {
  group.replaceChildren();
  const path = d3.geoPath(projection).digits(2);
  const add = (kind, shape, more = {}) =>
    group.append(draw("path", { class: `ground-${kind}`, d: path(shape), ...more }));
  const span = Math.max(region.east - region.west, region.north - region.south);
  const step = span > 30 ? 10 : span > 6 ? 2 : span > 2 ? 0.5 : 0.1;
  const grid = d3.geoGraticule().step([step, step]).extent([
    [Math.floor(region.west - 2 * span), Math.max(-80, Math.floor(region.south - 2 * span))],
    [Math.ceil(region.east + 2 * span), Math.min(80, Math.ceil(region.north + 2 * span))],
  ]);
  if (ground === null) {
    add("grid", grid());
    return;
  }
  const { topology } = ground;
  const { countries, settled, rivers } = topology.objects;
  const land = topojson.merge(topology, countries.geometries);
  add("land", land);
  if (settled) {
    group.append(draw("clipPath", { id: "theatre-land" }, draw("path", { d: path(land) })));
    add("settled", topojson.feature(topology, settled), { "clip-path": "url(#theatre-land)" });
  }
  add("grid", grid());
  if (rivers) {
    for (const river of topojson.feature(topology, rivers).features) {
      add(river.properties.rank <= 4 ? "river ground-river-large" : "river", river);
    }
  }
  add("coast", topojson.mesh(topology, countries, (one, other) => one === other));
  add("border", topojson.mesh(topology, countries, (one, other) => one !== other));
}

/**
 * Names of the base map for orientation: towns and countries, the largest first.
 *
 * @param {Ground | null} ground
 * @returns {{towns: Array<{name: string, people: number, at: [number, number]}>, countries: Array<{name: string, at: [number, number]}>}}
 */
export function namesOf(ground) {
  if (ground === null) return { towns: [], countries: [] };
  const { towns, countries } = ground.topology.objects;
  const points = towns ? topojson.feature(ground.topology, towns).features : [];
  const shapes = topojson.feature(ground.topology, countries).features;
  return {
    towns: points.map((town) => ({ ...town.properties, at: town.geometry.coordinates })),
    countries: shapes.map((country) => ({
      name: country.properties.name,
      at: d3.geoCentroid(country),
    })),
  };
}
