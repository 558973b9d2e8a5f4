/**
 * Names on the map: places of the theatre first, then countries, then towns for orientation.
 */
import { draw } from "../elements.js";
import { placeLabels } from "./labels.js";
import { weightOf } from "./places.js";

const HEIGHT = 13;
const SMALL_HEIGHT = 11;
const MOST_TOWNS = 14;
/** Height of the small aircraft above a place that has an air base. */
const WINGS = 8;
/** Pixels from a place of the theatre within which a town of the base map stays unnamed. */
const OWN = 16;

/**
 * @param {SVGGElement} group
 * @param {import("./scene.js").Scene} scene
 * @param {ReturnType<typeof import("./ground.js").namesOf>} known
 */
export function createLabels(group, scene, known) {
  const pen = /** @type {CanvasRenderingContext2D} */ (document.createElement("canvas").getContext("2d"));
  const widths = new Map();
  const widthOf = (text, font) => {
    const key = font + text;
    if (!widths.has(key)) {
      pen.font = font;
      widths.set(key, pen.measureText(text).width + 1);
    }
    return widths.get(key);
  };
  const leaders = draw("path", { class: "map-leaders" });
  group.append(leaders);
  /** @type {Map<string, SVGGElement>} */
  const texts = new Map();
  const fonts = () => {
    const family = getComputedStyle(group).fontFamily || "sans-serif";
    return { place: `600 11.5px ${family}`, town: `10px ${family}`, country: `600 11px ${family}` };
  };
  const ownNames = new Set(scene.places.map((place) => place.name.toLowerCase()));

  return {
    /**
     * @param {{spots: Array<{x: number, y: number}>, radii: number[], size: {width: number, height: number},
     *   chosen: Set<number>, projection: any, transform: any, taken: import("./labels.js").Box[]}} now
     * @returns {import("./labels.js").Box[]} where names stand
     */
    arrange({ spots, radii, size, chosen, projection, transform, taken }) {
      const font = fonts();
      const inside = ([x, y]) => x > 0 && y > 0 && x < size.width && y < size.height;
      const at = (point) => transform.apply(projection(point));
      const wanted = scene.places.map((place, number) => ({
        key: `place-${number}`,
        text: place.name,
        ...spots[number],
        r: radii[number] + (chosen.has(number) ? 5 : 2),
        width: widthOf(place.name, font.place),
        height: HEIGHT,
        priority: 100 + weightOf(place) + Math.sqrt(scene.spoken[number]) + (chosen.has(number) ? 50 : 0),
        far: true,
      }));
      for (const { name, at: point } of known.countries) {
        const [x, y] = at(point);
        if (!inside([x, y])) continue;
        const text = name.toUpperCase();
        const width = widthOf(text, font.country) + text.length * 1.6;
        wanted.push({ key: `country-${name}`, text, x, y, r: 0, width, height: HEIGHT, priority: 50, centred: true });
      }
      let towns = 0;
      for (const { name, people, at: point } of known.towns) {
        if (towns >= MOST_TOWNS * Math.sqrt(transform.k)) break;
        const [x, y] = at(point);
        if (!inside([x, y]) || ownNames.has(name.toLowerCase())) continue;
        if (spots.some((spot) => Math.hypot(spot.x - x, spot.y - y) < OWN)) continue;
        towns += 1;
        const width = widthOf(name, font.town);
        wanted.push({ key: `town-${name}`, text: name, x, y, r: 1.5, width, height: SMALL_HEIGHT, priority: Math.log10(people + 1) });
      }
      const obstacles = spots.map(({ x, y }, number) => {
        const r = radii[number] + 1;
        const wings = scene.places[number].airbase ? WINGS : 0;
        return { left: x - r, right: x + r, top: y - r - wings, bottom: y + r };
      });
      const placed = placeLabels(wanted, [...taken, ...obstacles], size);
      show(placed, wanted);
      return placed.map(({ box }) => box);
    },
  };

  /**
   * @param {import("./labels.js").Placed[]} placed
   * @param {Array<{key: string, x: number, y: number}>} wanted
   */
  function show(placed, wanted) {
    const points = new Map(wanted.map((one) => [one.key, one]));
    const unused = new Set(texts.keys());
    leaders.setAttribute("d", placed.map(({ leader }) => leader).join(""));
    for (const { key, text, x, y, anchor } of placed) {
      unused.delete(key);
      const kind = key.slice(0, key.indexOf("-"));
      let element = texts.get(key);
      if (element === undefined) {
        element = draw(
          "g",
          { class: `name name-${kind}` },
          kind === "town" && draw("circle", { r: 1.5 }),
          draw("text", { text, dy: "0.35em" }),
        );
        texts.set(key, /** @type {any} */ (element));
        group.append(/** @type {any} */ (element));
      }
      const words = /** @type {SVGTextElement} */ (element?.querySelector("text"));
      words.setAttribute("x", x.toFixed(1));
      words.setAttribute("y", y.toFixed(1));
      words.setAttribute("text-anchor", anchor);
      const dot = element?.querySelector("circle");
      const point = points.get(key);
      if (dot && point) {
        dot.setAttribute("cx", String(point.x));
        dot.setAttribute("cy", String(point.y));
      }
    }
    for (const key of unused) {
      texts.get(key)?.remove();
      texts.delete(key);
    }
  }
}
