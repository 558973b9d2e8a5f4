/**
 * What the signs of the map mean.
 */
import { draw, fill, make } from "../elements.js";
import { swatch } from "./ink.js";
import { ROADS, classOf } from "./routes.js";

const WORDS = { motorway: "motorway", paved: "paved road", track: "track", "desert-track": "desert track" };

/**
 * @param {HTMLElement} element
 * @param {import("./scene.js").Scene} scene
 * @param {string} prefix of the patterns
 * @param {boolean} settled whether the ground tells settled from open
 */
export function mountLegend(element, scene, prefix, settled) {
  const entry = (sign, text) => make("li", {}, sign, make("span", { text }));
  const sign = (...children) => draw("svg", { width: 26, height: 18, viewBox: "-13 -9 26 18", class: "sign", "aria-hidden": "true" }, children);
  const roads = ROADS.filter((road) => scene.routes.some((route) => classOf(route.road) === road));
  const line = (road) =>
    sign(
      draw("path", { class: `road road-${road}`, d: "M-12,0H12" }),
      road === "motorway" && draw("path", { class: "road road-motorway-inner", d: "M-12,0H12" }),
    );
  fill(
    element,
    make(
      "details",
      { class: "legend", open: window.matchMedia("(min-width: 760px)").matches },
      make("summary", { text: "Signs" }),
      make("h4", { text: "Who holds a place" }),
      make("ul", { class: "legend-actors" }, scene.actors.map((actor, number) => entry(swatch(prefix, number), actor.name))),
      make("h4", { text: "On the map" }),
      make(
        "ul",
        {},
        settled && entry(sign(draw("rect", { x: -9, y: -6, width: 18, height: 12, class: "sign-settled" })), "settled ground, derived from towns"),
        settled && entry(sign(draw("rect", { x: -9, y: -6, width: 18, height: 12, class: "sign-open" })), "steppe, mountain, desert"),
        roads.map((road) => entry(line(road), WORDS[road])),
        entry(sign(draw("circle", { r: 5, class: "place-edge" }), draw("path", { class: "place-contested", d: d3.arc()({ innerRadius: 6, outerRadius: 8.5, startAngle: 0, endAngle: 2.6 }) })), "share of futures in which it is fought over"),
        entry(sign(draw("circle", { r: 7, class: "place-ring shown" })), "the selected claim speaks of it"),
        entry(sign(draw("path", { d: "M7,0 l-12,-5 4,5 -4,5z", class: "sign-column" })), "column on the march, in one future"),
        entry(sign(draw("path", { d: d3.arc()({ innerRadius: 5.5, outerRadius: 8, startAngle: 0, endAngle: 4 }), class: "sign-assault" })), "assault, how far in"),
        entry(sign(draw("path", { d: "M-8,0h4 M8,0h-4 M0,-8v4 M0,8v-4", class: "sign-strike" })), "strikes from the air"),
        entry(sign(draw("path", { d: "M5,-8l-11,4 11,4", class: "sign-flag" }), draw("path", { d: "M5,-8V8", class: "sign-pole" })), "somebody has stepped in, in one future"),
        entry(sign(draw("path", { class: "time-report", d: "M-4,0l4,-5 4,5 -4,5z" })), "report, on the time bar"),
        entry(sign(draw("path", { class: "time-event event-takes", d: "M-4,-6v12" }), draw("path", { class: "time-event event-politics", d: "M4,-6v12" })), "on the time bar: a place changes hands; politics, interventions"),
        entry(sign(draw("path", { class: "time-deadline", d: "M-3,-8v16m0,-16h7l-2,3 2,3h-7" })), "the selected claim is due"),
        entry(sign(draw("path", { class: "time-fence", d: "M0,-8V8" })), "now: what was published later informs nothing"),
      ),
    ),
  );
}
