/**
 * The key to the map, at its lower edge: who holds places, by colour and pattern; then roads and signs.
 */
import { draw, fill, make } from "../elements.js";
import { swatch } from "./ink.js";
import { ROADS, classOf } from "./routes.js";

const HOW = "Drag the map to move it; + and −, or the wheel after a click, to zoom.";
const WORDS = { motorway: "motorway", paved: "paved road", track: "track", "desert-track": "desert track" };

/**
 * @param {HTMLElement} element
 * @param {import("./scene.js").Scene} scene
 * @param {string} prefix of the patterns
 * @param {boolean} settled whether the ground tells settled from open
 * @param {string} note on where the ground is from
 */
export function mountLegend(element, scene, prefix, settled, note) {
  const holders = scene.holders();
  const others = scene.actors.map((_, number) => number).filter((number) => !holders.includes(number));
  const actors = (numbers) => numbers.map((number) => entry(swatch(prefix, number, 13), scene.actors[number].name));
  fill(
    element,
    make("h3", { class: "unseen", text: "Key to the map" }),
    make("ul", { class: "key-actors", "aria-label": "Who holds a place", "data-testid": "map-key" }, actors(holders)),
    make("ul", { class: "key-wide" }, onTheMap(scene, settled)),
    make(
      "details",
      { class: "legend" },
      make("summary", {}, make("span", { class: "key-narrow", text: "Roads and signs" }), make("span", { class: "key-wide", text: "More signs" })),
      make("ul", { class: "key-narrow" }, onTheMap(scene, settled)),
      make("h4", { text: "In one future" }),
      make("ul", {}, actors(others), inOneFuture()),
      make("h4", { text: "On the time bar" }),
      make("ul", {}, onTheTimeBar()),
      make("p", { class: "quiet", text: HOW }),
      make("p", { class: "map-note quiet key-narrow", text: note }),
    ),
    make("p", { class: "map-note quiet key-wide", text: note }),
  );
}

/**
 * @param {Node} sign
 * @param {string} text
 */
function entry(sign, text) {
  return make("li", {}, sign, make("span", { text }));
}

/** @param {...any} children */
function sign(...children) {
  return draw("svg", { width: 26, height: 18, viewBox: "-13 -9 26 18", class: "sign", "aria-hidden": "true" }, children);
}

/**
 * @param {import("./scene.js").Scene} scene
 * @param {boolean} settled
 */
function onTheMap(scene, settled) {
  const roads = ROADS.filter((road) => scene.routes.some((route) => classOf(route.road) === road));
  const line = (road) =>
    sign(
      draw("path", { class: `road road-${road}`, d: "M-12,0H12" }),
      road === "motorway" && draw("path", { class: "road road-motorway-inner", d: "M-12,0H12" }),
    );
  const ground = (kind) => sign(draw("rect", { x: -9, y: -6, width: 18, height: 12, class: `sign-${kind}` }));
  const arc = d3.arc()({ innerRadius: 6, outerRadius: 8.5, startAngle: 0, endAngle: 2.6 });
  return [
    entry(sign(draw("circle", { r: 5, class: "place-edge" }), draw("path", { class: "place-contested", d: arc })), "how often fought over"),
    entry(sign(draw("circle", { r: 7, class: "place-ring shown" })), "the chosen claim speaks of it"),
    ...roads.map((road) => entry(line(road), WORDS[road])),
    ...(settled ? [entry(ground("settled"), "settled ground"), entry(ground("open"), "open ground")] : []),
  ];
}

function inOneFuture() {
  const assault = d3.arc()({ innerRadius: 5.5, outerRadius: 8, startAngle: 0, endAngle: 4 });
  return [
    entry(sign(draw("path", { d: "M7,0 l-12,-5 4,5 -4,5z", class: "sign-column" })), "column on the march"),
    entry(sign(draw("path", { d: assault, class: "sign-assault" })), "assault, how far in"),
    entry(sign(draw("path", { d: "M-8,0h4 M8,0h-4 M0,-8v4 M0,8v-4", class: "sign-strike" })), "strikes from the air"),
    entry(sign(draw("path", { d: "M5,-8l-11,4 11,4", class: "sign-flag" }), draw("path", { d: "M5,-8V8", class: "sign-pole" })), "somebody has stepped in"),
  ];
}

function onTheTimeBar() {
  return [
    entry(sign(draw("path", { class: "time-report", d: "M-4,0l4,-5 4,5 -4,5z" })), "report; hollow: published after now"),
    entry(sign(draw("path", { class: "time-fence", d: "M0,-8V8" })), "now: what was published later informs nothing"),
    entry(sign(draw("path", { class: "time-deadline", d: "M-3,-8v16m0,-16h7l-2,3 2,3h-7" })), "the chosen claim is due"),
    entry(sign(draw("path", { class: "time-event event-takes", d: "M-4,-6v12" }), draw("path", { class: "time-event event-politics", d: "M4,-6v12" })), "one future: a place changes hands; politics, interventions"),
  ];
}
