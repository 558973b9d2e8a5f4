/**
 * Routes between places, by class: a motorway is a double line, a paved road whole, a track dashed,
 * a desert track dotted.
 */
import { draw } from "../elements.js";
import { worded } from "../naming.js";

export const ROADS = ["motorway", "paved", "track", "desert-track"];

/**
 * @param {string} road
 * @returns {string}
 */
export function classOf(road) {
  return ROADS.includes(road) ? road : "paved";
}

/**
 * @param {SVGGElement} group
 * @param {import("./scene.js").Scene} scene
 */
export function createRoutes(group, scene) {
  const ends = scene.routes.map((route) => ({
    route,
    from: scene.placeNumbers.get(route.from) ?? 0,
    to: scene.placeNumbers.get(route.to) ?? 0,
  }));
  const before = new Map();
  const lines = ends.map(({ route, from, to }) => {
    const pair = [from, to].sort().join();
    const twin = before.get(pair) ?? 0;
    before.set(pair, twin + 1);
    const name = (number) => scene.places[number].name;
    const km = route.km === null ? "" : `, ${Math.round(route.km)} km`;
    const kind = classOf(route.road);
    const said = `${name(from)} to ${name(to)}: ${worded(route.road)}${km}`;
    const parts = kind === "motorway" ? [`road-${kind}`, `road-${kind}-inner`] : [`road-${kind}`];
    const paths = parts.map((part) => draw("path", { class: `road ${part}` }));
    const reach = draw("path", { class: "road-reach" }, draw("title", { text: said }));
    group.append(...paths, reach);
    return { from, to, twin, paths: [...paths, reach] };
  });
  return {
    /** @param {Array<{x: number, y: number}>} spots */
    move(spots) {
      for (const { from, to, twin, paths } of lines) {
        const shape = bent(spots[from], spots[to], twin);
        for (const path of paths) path.setAttribute("d", shape);
      }
    },
  };
}

/**
 * @param {{x: number, y: number}} from
 * @param {{x: number, y: number}} to
 * @param {number} twin how many routes between the same two places come before
 * @returns {string}
 */
function bent(from, to, twin) {
  if (twin === 0) return `M${from.x},${from.y}L${to.x},${to.y}`;
  const side = 0.16 * twin;
  const x = (from.x + to.x) / 2 - (to.y - from.y) * side;
  const y = (from.y + to.y) / 2 + (to.x - from.x) * side;
  return `M${from.x},${from.y}Q${x},${y} ${to.x},${to.y}`;
}
