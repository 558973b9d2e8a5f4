/**
 * Places as small pies of who holds them, which can be pointed at and reached by the keyboard.
 */
import { draw } from "../elements.js";
import { rounded } from "../words.js";
import { fillOf } from "./ink.js";

const SMALLEST = 5.5;
const LARGEST = 9.5;
const RING = 3;
const KINDS = { capital: 3, city: 2, airbase: 1.5, town: 1, "desert-town": 1, pocket: 1 };

/**
 * @param {any} place
 * @returns {number} radius, pixels
 */
export function radiusOf(place) {
  const people = place.people ?? 0;
  const share = Math.min(1, Math.max(0, Math.log10(Math.max(people, 1_000) / 1_000) / 3));
  return SMALLEST + (LARGEST - SMALLEST) * share;
}

/**
 * @param {any} place
 * @returns {number} the larger, the sooner it is labelled
 */
export function weightOf(place) {
  return (KINDS[place.kind] ?? 0.5) + Math.log10(Math.max(place.people ?? 1_000, 1_000)) / 10;
}

/**
 * What a person hears of a place.
 *
 * @param {import("./scene.js").Scene} scene
 * @param {number} number
 * @param {number} day
 * @returns {string}
 */
export function spokenPlace(scene, number, day) {
  const { slices, contested } = scene.standing(day, number);
  const name = scene.places[number].name;
  if (slices.length === 0) return `${name}: nobody`;
  if (scene.played !== null) {
    return `${name}: ${scene.actors[slices[0].actor].name}${contested ? ", fought over" : ""}`;
  }
  const held = slices
    .filter(({ share }) => share >= 0.005)
    .map(({ actor, share }) => `${scene.actors[actor].name} ${percent(share)}`);
  const fought = contested >= 0.005 ? `; fought over in ${percent(contested)}` : "";
  return `${name}, share of futures: ${held.join(", ")}${fought}`;
}

/**
 * @param {number} share 0 to 1
 * @returns {string} a share that is neither none nor all never reads so
 */
export function percent(share) {
  if (share > 0 && share < 0.01) return "under 1 %";
  if (share > 0.99 && share < 1) return "over 99 %";
  return `${rounded(share * 100)} %`;
}

/**
 * Make the places' marks; positions and contents follow by `move` and `show`.
 *
 * @param {SVGGElement} group
 * @param {import("./scene.js").Scene} scene
 * @param {string} prefix of the patterns
 * @param {{enter: (place: number) => void, leave: () => void}} pointed
 */
export function createPlaces(group, scene, prefix, pointed) {
  const marks = scene.places.map((place, number) => {
    const r = radiusOf(place);
    const parts = {
      ring: draw("circle", { r: r + RING + 1.5, class: "place-ring" }),
      contested: draw("path", { class: "place-contested" }),
      pie: draw("g", { class: "place-pie" }),
      edge: draw("circle", { r, class: "place-edge" }),
    };
    const element = draw(
      "g",
      {
        class: "place",
        tabindex: "0",
        role: "img",
        "data-testid": `place-${place.id}`,
        "data-place": place.id,
        onmouseenter: () => pointed.enter(number),
        onmouseleave: () => pointed.leave(),
        onfocus: () => pointed.enter(number),
        onblur: () => pointed.leave(),
      },
      draw("circle", { r: Math.max(r + 3, 11), class: "place-reach" }),
      parts.ring,
      parts.contested,
      parts.pie,
      parts.edge,
      place.airbase && draw("path", { d: wings(r), class: "place-wings" }),
    );
    return { element, parts, r, shown: "" };
  });
  const inOrder = scene.places
    .map((_, number) => number)
    .sort((one, other) => scene.places[other].lat - scene.places[one].lat || one - other);
  group.append(...inOrder.map((number) => marks[number].element));

  return {
    radii: marks.map(({ r }) => r),
    /** @param {Array<{x: number, y: number}>} spots */
    move(spots) {
      marks.forEach(({ element }, number) => {
        element.setAttribute("transform", `translate(${spots[number].x},${spots[number].y})`);
      });
    },
    /** @param {number} day */
    show(day) {
      marks.forEach((mark, number) => showOne(mark, scene, number, day, prefix));
    },
    /** @param {Set<number>} chosen */
    ring(chosen) {
      marks.forEach(({ element }, number) => element.classList.toggle("chosen", chosen.has(number)));
    },
  };
}

/**
 * @param {any} mark
 * @param {import("./scene.js").Scene} scene
 * @param {number} number
 * @param {number} day
 * @param {string} prefix
 */
function showOne(mark, scene, number, day, prefix) {
  const { slices, contested } = scene.standing(day, number);
  const mode = scene.played === null ? "" : "one:";
  const key = mode + slices.map(({ actor, share }) => `${actor}:${share.toFixed(2)}`).join() + contested.toFixed(2);
  if (key === mark.shown) return;
  mark.shown = key;
  const { parts, r, element } = mark;
  parts.pie.replaceChildren(...wedges(slices, r, prefix));
  const outer = d3.arc()({
    innerRadius: r + 1.5,
    outerRadius: r + RING + 0.5,
    startAngle: 0,
    endAngle: 2 * Math.PI * (scene.played === null ? contested : 0),
  });
  parts.contested.setAttribute("d", outer ?? "");
  element.setAttribute("aria-label", spokenPlace(scene, number, day));
}

/**
 * @param {import("./scene.js").Slice[]} slices
 * @param {number} r
 * @param {string} prefix
 * @returns {Element[]}
 */
function wedges(slices, r, prefix) {
  if (slices.length === 1) return [draw("circle", { r, fill: fillOf(prefix, slices[0].actor) })];
  const arc = d3.arc().innerRadius(0).outerRadius(r);
  let angle = 0;
  return slices.map(({ actor, share }) => {
    const startAngle = angle;
    angle += 2 * Math.PI * share;
    const shape = arc({ startAngle, endAngle: angle });
    return draw("path", { d: shape, fill: fillOf(prefix, actor), class: "place-slice" });
  });
}

/**
 * @param {number} r
 * @returns {string} a small aircraft above the place
 */
function wings(r) {
  const y = -r - 4.5;
  return `M0,${y - 3.5} l1.1,2.6 4,2.2 v1.2 l-4,-1 -0.3,2.2 1.2,1 h-4 l1.2,-1 -0.3,-2.2 -4,1 v-1.2 l4,-2.2z`;
}
