/**
 * One fan chart: half and nine tenths of the futures day by day. Its numbers stand in a margin of
 * their own, under the unit. The day can be dragged in it as on the time bar.
 */
import { draw, fill, make } from "../elements.js";
import { dayOf, spokenDay } from "./days.js";
import { months } from "./timebar.js";

const HEIGHT = 118;
const TOP = 24;
/** Room of the numbers at the left, the same in all charts, so that their days stand under each other. */
const LEFT = 56;
const RIGHT = 14;
const BOTTOM = 24;
const TICKS = 2;

/**
 * @param {number} value
 * @returns {string} three digits that count
 */
export function short(value) {
  return Number.isFinite(value) ? value.toLocaleString("en", { maximumSignificantDigits: 3 }) : "–";
}

/**
 * @param {import("../types").Context} context
 * @param {{expression: string, label: string, unit: string}} observable
 * @param {() => void} onclose
 */
export function createFan({ state, source, view }, { expression, label, unit }, onclose) {
  const name = label === expression ? label : label.charAt(0).toUpperCase() + label.slice(1);
  const said = make("span", { class: "fan-said quiet" });
  const close = make("button", { type: "button", class: "plain", text: "×", "aria-label": `Close ${label}`, title: "Close", onclick: onclose });
  const body = make("div", { class: "fan-body", role: "img", "aria-label": name }, make("p", { class: "loading", text: "Counting" }));
  const element = make("figure", { class: "fan", "data-testid": `fan-${expression}` }, make("figcaption", {}, make("strong", { text: name }), said, close), body);
  const cursor = draw("path", { class: "fan-cursor" });
  const dot = draw("circle", { class: "fan-dot", r: 3 });
  const days = view.days.count;
  /** @type {Float32Array | null} */
  let values = null;
  let x = scaleOf(600);
  let y = (value) => value;

  source.fan(expression).then(
    (fan) => {
      values = fan.values;
      body.replaceChildren();
      arrange();
    },
    (error) => fill(body, make("p", { class: "failed", text: `This could not be counted: ${error.message.split("\n")[0]}` })),
  );

  function scaleOf(width) {
    return d3.scaleLinear([0, Math.max(1, days - 1)], [LEFT, width - RIGHT]);
  }

  function arrange() {
    const width = body.clientWidth;
    if (values === null || width < 2) return;
    x = scaleOf(width);
    const chart = drawFan(view, values, width, x, unit);
    y = chart.scale("y").apply;
    chart.append(cursor, dot);
    fill(body, chart);
    show();
  }

  function show() {
    if (values === null) return;
    const day = Math.min(days - 1, Math.max(0, state.get().day));
    const at = (quantile) => /** @type {Float32Array} */ (values)[quantile * days + day];
    cursor.setAttribute("d", `M${x(day)},${TOP}V${HEIGHT - BOTTOM}`);
    dot.setAttribute("cx", String(x(day)));
    dot.setAttribute("cy", String(y(at(2))));
    said.textContent = `${short(at(2))} (9 of 10: ${short(at(0))} to ${short(at(4))}), ${unit}`;
    body.setAttribute("aria-label", `${name} on ${spokenDay(view, day)}: ${said.textContent}`);
  }

  function drag(event) {
    const day = Math.round(x.invert(event.clientX - body.getBoundingClientRect().left));
    state.set({ playing: false, day: Math.min(days - 1, Math.max(0, day)) });
  }
  body.addEventListener("pointerdown", (event) => {
    if (event.button !== 0 || values === null) return;
    body.setPointerCapture(event.pointerId);
    drag(event);
  });
  body.addEventListener("pointermove", (event) => {
    if (body.hasPointerCapture(event.pointerId)) drag(event);
  });
  const stop = state.on("day", show);
  const observer = new ResizeObserver(arrange);
  observer.observe(body);
  return {
    element,
    close() {
      stop();
      observer.disconnect();
      element.remove();
    },
  };
}

/**
 * @param {import("../types").View} view
 * @param {Float32Array} values (5, day): quantiles 5, 25, 50, 75, 95
 * @param {number} width pixels
 * @param {any} x scale of days
 * @param {string} unit
 * @returns {any} the chart, an SVG element with `scale`
 */
function drawFan(view, values, width, x, unit) {
  const days = view.days.count;
  const rows = d3.range(days).map((day) => [day, ...[0, 1, 2, 3, 4].map((quantile) => values[quantile * days + day])]);
  const low = d3.min(values.subarray(0, days)) ?? 0;
  const high = d3.max(values.subarray(4 * days)) ?? 1;
  const floor = low >= 0 && low < 0.6 * high ? 0 : low;
  const names = new Map(months(view, x).map(({ day, text }) => [day, text]));
  const now = dayOf(view, view.days.now);
  const band = (from, to, fill) => Plot.areaY(rows, { x: "0", y1: String(from), y2: String(to), fill });
  const chart = Plot.plot({
    width,
    height: HEIGHT,
    marginLeft: LEFT,
    marginRight: RIGHT,
    marginTop: TOP,
    marginBottom: BOTTOM,
    className: "fan-drawing",
    x: { type: "linear", domain: [0, Math.max(1, days - 1)], label: null },
    y: { domain: [floor, high > floor ? high : floor + 1], nice: TICKS, label: null },
    marks: [
      Plot.gridY({ ticks: TICKS, stroke: "var(--rule)", strokeOpacity: 1 }),
      band(1, 5, "var(--fan-outer)"),
      band(2, 4, "var(--fan-inner)"),
      Plot.lineY(rows, { x: "0", y: "3", stroke: "var(--fan-middle)", strokeWidth: 1.8 }),
      Plot.ruleX(now >= 0 && now < days ? [now] : [], { stroke: "var(--ink)", strokeDasharray: "3 2" }),
      Plot.axisX([...names.keys()], { tickFormat: (day) => names.get(day), tickSize: 0, tickPadding: 9 }),
      Plot.axisY({ ticks: TICKS, tickSize: 0, tickPadding: 6, tickFormat: short }),
    ],
  });
  // Its rules stand in theatre.css: a page that allows no inline styles would refuse them here.
  chart.querySelector("style")?.remove();
  chart.append(draw("text", { class: "fan-unit", x: 2, y: 13, "text-anchor": "start", text: unit }));
  chart.setAttribute("aria-hidden", "true");
  return chart;
}
