/**
 * Fan charts of observables under the map: half and nine tenths of the futures day by day, on the
 * same scale of days as the time bar.
 */
import { draw, fill, make } from "../elements.js";
import { spokenDay } from "./days.js";
import { SIDE, dayScale, months } from "./timebar.js";

const HEIGHT = 104;
const TOP = 14;
const BOTTOM = 18;
const FIRST = 2;
const TICKS = 2;

/**
 * @param {number} value
 * @returns {string} three digits that count
 */
export function short(value) {
  return Number.isFinite(value) ? value.toLocaleString("en", { maximumSignificantDigits: 3 }) : "–";
}

/**
 * @param {HTMLElement} element
 * @param {import("../types").Context} context
 */
export function mountFans(element, context) {
  const { view } = context;
  const observables = view.observables ?? [];
  const charts = make("div", { class: "fans-list" });
  if (observables.length === 0) {
    fill(element, make("h3", { text: "Over time" }), make("p", { class: "empty", text: "This study offers no quantities over time." }));
    return;
  }
  /** @type {Map<string, ReturnType<typeof createFan>>} */
  const open = new Map();
  const select = make("select", { "aria-label": "Add a chart", "data-testid": "add-fan", onchange: () => { add(select.value); select.value = ""; } });
  fill(
    select,
    make("option", { value: "", text: "Add a chart …" }),
    [...d3.group(observables, ({ expression }) => expression.split("(")[0])].map(([kind, group]) =>
      make("optgroup", { label: kind.replaceAll("_", " ") }, group.map(({ expression, label }) => make("option", { value: expression, text: label }))),
    ),
  );
  fill(element, make("div", { class: "row" }, make("h3", { text: "Over time" }), select), charts);

  /** @param {string} expression */
  function add(expression) {
    const observable = observables.find((one) => one.expression === expression);
    if (observable === undefined || open.has(expression)) return;
    const chart = createFan(context, observable, () => {
      chart.close();
      open.delete(expression);
    });
    open.set(expression, chart);
    charts.append(chart.element);
  }
  for (const { expression } of mostNamed(view)) add(expression);
}

/**
 * What the charts begin with: the strength of the actors that the claims name most often.
 *
 * @param {import("../types").View} view
 * @returns {Array<{expression: string}>}
 */
function mostNamed({ claims, observables, theatre }) {
  const named = d3.rollup(claims.flatMap(({ names }) => names ?? []), (all) => all.length, (name) => name);
  const strengths = theatre.actors
    .map(({ id }) => ({ expression: `fighters(${id})`, times: named.get(id) ?? 0 }))
    .filter(({ expression }) => observables.some((one) => one.expression === expression))
    .sort((one, other) => other.times - one.times);
  return (strengths.length > 0 ? strengths : observables).slice(0, FIRST);
}

/**
 * @param {import("../types").Context} context
 * @param {{expression: string, label: string, unit: string}} observable
 * @param {() => void} onclose
 */
function createFan({ state, source, view }, { expression, label, unit }, onclose) {
  const name = label.charAt(0).toUpperCase() + label.slice(1);
  const said = make("span", { class: "fan-said quiet" });
  const close = make("button", { type: "button", class: "plain", text: "×", "aria-label": `Close ${label}`, title: "Close", onclick: onclose });
  const svg = draw("svg", { height: HEIGHT, class: "fan-drawing", role: "img", "aria-label": name });
  const body = make("div", { class: "fan-body" }, make("p", { class: "loading", text: "Counting" }));
  const element = make("figure", { class: "fan", "data-testid": `fan-${expression}` }, make("figcaption", {}, make("strong", { text: name }), said, close), body);
  /** @type {Float32Array | null} */
  let values = null;
  const days = view.days.count;
  const cursor = draw("path", { class: "fan-cursor" });
  const dot = draw("circle", { class: "fan-dot", r: 3 });
  let x = dayScale(view, 600);
  let y = d3.scaleLinear();

  source.fan(expression).then(
    (fan) => {
      values = fan.values;
      fill(body, svg);
      arrange();
    },
    (error) => fill(body, make("p", { class: "failed", text: `This could not be counted: ${error.message}` })),
  );

  function arrange() {
    const width = body.clientWidth;
    if (values === null || width < 2) return;
    x = dayScale(view, width);
    const low = d3.min(values.subarray(0, days)) ?? 0;
    const high = d3.max(values.subarray(4 * days)) ?? 1;
    const floor = low >= 0 && low < 0.6 * high ? 0 : low;
    y = d3.scaleLinear([floor, high > floor ? high : floor + 1], [HEIGHT - BOTTOM, TOP]).nice(TICKS);
    svg.setAttribute("width", String(width));
    svg.replaceChildren(...drawn(width), cursor, dot);
    show();
  }

  function drawn(width) {
    const row = (quantile, day) => /** @type {Float32Array} */ (values)[quantile * days + day];
    const all = d3.range(days);
    const area = (low, high) => d3.area((day) => x(day), (day) => y(row(low, day)), (day) => y(row(high, day)))(all);
    const middle = d3.line((day) => x(day), (day) => y(row(2, day)))(all);
    const ticks = y.ticks(TICKS);
    return [
      ...ticks.map((tick) => draw("path", { class: "fan-grid", d: `M${SIDE},${y(tick)}H${width - SIDE}` })),
      draw("path", { class: "fan-outer", d: area(0, 4) }),
      draw("path", { class: "fan-inner", d: area(1, 3) }),
      draw("path", { class: "fan-middle", d: middle }),
      ...ticks.map((tick) => draw("text", { class: "fan-word", x: SIDE + 2, y: y(tick) - 2, text: short(tick) })),
      ...months(view, x).map(({ day, text }) => draw("text", { class: "fan-word", x: x(day), y: HEIGHT - 4, "text-anchor": "middle", text })),
      draw("path", { class: "time-fence", d: fence() }),
    ];
  }

  function fence() {
    const day = Math.round((Date.parse(view.days.now) - Date.parse(view.days.start)) / 86_400_000);
    return day >= 0 && day < days ? `M${x(day)},${TOP}V${HEIGHT - BOTTOM}` : "";
  }

  function show() {
    if (values === null) return;
    const day = Math.min(days - 1, Math.max(0, state.get().day));
    const at = (quantile) => /** @type {Float32Array} */ (values)[quantile * days + day];
    cursor.setAttribute("d", `M${x(day)},${TOP}V${HEIGHT - BOTTOM}`);
    dot.setAttribute("cx", String(x(day)));
    dot.setAttribute("cy", String(y(at(2))));
    said.textContent = `${short(at(2))} (9 of 10: ${short(at(0))} to ${short(at(4))}), ${unit}`;
    svg.setAttribute("aria-label", `${name} on ${spokenDay(view, day)}: ${said.textContent}`);
  }

  function drag(event) {
    const day = Math.round(x.invert(event.clientX - svg.getBoundingClientRect().left));
    state.set({ playing: false, day: Math.min(days - 1, Math.max(0, day)) });
  }
  svg.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    svg.setPointerCapture(event.pointerId);
    drag(event);
  });
  svg.addEventListener("pointermove", (event) => {
    if (svg.hasPointerCapture(event.pointerId)) drag(event);
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
