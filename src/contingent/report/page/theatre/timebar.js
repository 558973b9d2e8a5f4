/**
 * The time bar: drag it or use the keys; the reports and the fence are marked on it, and what
 * happens in the future that is played.
 */
import { draw, fill, make } from "../elements.js";
import { worded } from "../naming.js";
import { dayOf, spoken, spokenDay } from "./days.js";

const HEIGHT = 56;
const TRACK = 34;
export const SIDE = 14;
const TOLD = new Set(["takes", "assault", "politics", "intervention", "breaks"]);
const WEEK = 7;
const MONTH = 30;

/**
 * Position of a day on anything as wide as the time bar.
 *
 * @param {import("../types").View} view
 * @param {number} width
 */
export function dayScale(view, width) {
  return d3.scaleLinear([0, Math.max(1, view.days.count - 1)], [SIDE, width - SIDE]);
}

/**
 * @param {import("../types").View} view
 * @param {any} x scale of days
 * @returns {Array<{day: number, text: string}>} first days of months, not too many; the year where it is another
 */
export function months(view, x) {
  const start = new Date(view.days.start);
  const found = [];
  for (let month = 1; ; month++) {
    const date = new Date(Date.UTC(start.getUTCFullYear(), start.getUTCMonth() + month, 1));
    const day = dayOf(view, date.toISOString().slice(0, 10));
    if (day >= view.days.count) break;
    const text = date.toLocaleString("en", { month: "short", timeZone: "UTC" });
    found.push({ day, text, year: date.getUTCFullYear() });
  }
  const least = 52 / Math.max(0.01, x(1) - x(0));
  let last = -Infinity;
  const shown = found.filter(({ day }) => {
    if (day - last < least) return false;
    last = day;
    return true;
  });
  return shown.map(({ day, text, year }, number) => ({
    day,
    text: year === shown[number - 1]?.year ? text : `${text} ${year}`,
  }));
}

/**
 * Where a word stands under its tick: moved in at the ends of the bar.
 *
 * @param {number} at
 * @param {string} text
 * @param {number} width
 */
function inside(at, text, width) {
  const half = 3.2 * text.length;
  if (at - half < 0) return { x: 0, "text-anchor": "start" };
  if (at + half > width) return { x: width, "text-anchor": "end" };
  return { x: at, "text-anchor": "middle" };
}

/**
 * @param {HTMLElement} element
 * @param {import("../types").Context} context
 * @param {import("./scene.js").Scene} scene
 */
export function mountTimeBar(element, { state, view }, scene) {
  const last = view.days.count - 1;
  const now = dayOf(view, view.days.now);
  const svg = draw("svg", { height: HEIGHT, class: "timebar-drawing", "aria-hidden": "true" });
  const bar = make(
    "div",
    {
      class: "timebar",
      "data-testid": "timebar",
      role: "slider",
      tabindex: "0",
      "aria-label": "Day",
      "aria-valuemin": 0,
      "aria-valuemax": last,
    },
    svg,
  );
  fill(element, bar);
  const still = draw("g");
  const claimMark = draw("path", { class: "time-deadline" });
  const passed = draw("rect", { class: "time-passed", y: TRACK - 2, height: 4, x: SIDE });
  const handle = draw("g", { class: "time-handle" }, draw("circle", { r: 7, cy: TRACK }));
  const events = draw("g", { class: "time-events" });
  svg.append(still, events, passed, claimMark, handle);
  let width = 0;
  let x = dayScale(view, 600);

  function arrange() {
    width = element.clientWidth;
    if (width < 2) return;
    x = dayScale(view, width);
    svg.setAttribute("width", String(width));
    still.replaceChildren(...background());
    showEvents();
    showDay();
    showDeadline();
  }

  function background() {
    const known = now >= 0 && now <= last;
    const fence = known ? x(now) : SIDE;
    const word = { x: fence, y: 10, class: "time-word", "text-anchor": fence > width - 60 ? "end" : fence < 60 ? "start" : "middle" };
    return [
      draw("rect", { class: "time-track", x: SIDE, width: Math.max(0, width - 2 * SIDE), y: TRACK - 2, height: 4 }),
      known && draw("rect", { class: "time-known", x: SIDE, width: Math.max(0, fence - SIDE), y: TRACK - 2, height: 4 }),
      ...months(view, x).flatMap(({ day, text }) => [
        draw("path", { class: "time-month", d: `M${x(day)},${TRACK + 4}v5` }),
        draw("text", { ...inside(x(day), text, width), y: TRACK + 20, class: "time-word", text }),
      ]),
      ...view.theatre.reports.map((report) => reportMark(report)),
      known && draw("path", { class: "time-fence", d: `M${fence},14V${TRACK + 6}` }),
      known && draw("text", { ...word, text: "now" }),
    ].filter((one) => one !== false);
  }

  function reportMark(report) {
    const day = Math.min(last, Math.max(0, dayOf(view, report.on)));
    const late = report.published > view.days.now;
    const y = TRACK - 11;
    return draw(
      "path",
      { class: `time-report${late ? " late" : ""}`, d: `M${x(day) - 3.5},${y}l3.5,-4 3.5,4 -3.5,4z` },
      draw("title", { text: `${spoken(report.on)}: ${report.says} (${worded(report.by)}, published ${spoken(report.published)})` }),
    );
  }

  function showEvents() {
    const told = scene.played?.events.filter(({ kind, day }) => TOLD.has(kind) && day > 0) ?? [];
    const paths = Map.groupBy ? Map.groupBy(told, ({ kind }) => kind) : d3.group(told, ({ kind }) => kind);
    events.replaceChildren(
      ...[...paths].map(([kind, list]) =>
        draw("path", { class: `time-event event-${kind}`, d: list.map(({ day }) => `M${x(day)},${TRACK - 5}v10`).join("") }),
      ),
    );
  }

  function showDeadline() {
    const claim = view.claims.find(({ id }) => id === state.get().claim);
    const day = claim?.by ? dayOf(view, claim.by) : -1;
    const within = day >= 0 && day <= last;
    claimMark.setAttribute("d", within ? `M${x(day)},${TRACK - 14}v22m0,-22h7l-2,3 2,3h-7` : "");
    claimMark.replaceChildren(draw("title", { text: within ? `The chosen claim is due on ${spoken(claim?.by)}` : "" }));
  }

  function showDay() {
    const { day } = state.get();
    handle.setAttribute("transform", `translate(${x(day)},0)`);
    passed.setAttribute("width", String(Math.max(0, x(day) - SIDE)));
    bar.setAttribute("aria-valuenow", String(day));
    bar.setAttribute("aria-valuetext", `${spokenDay(view, day)}${day <= now ? "" : ", after the fence"}`);
  }

  function drag(event) {
    const at = x.invert(event.clientX - svg.getBoundingClientRect().left);
    state.set({ playing: false, day: Math.round(Math.min(last, Math.max(0, at))) });
  }
  bar.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    bar.setPointerCapture(event.pointerId);
    drag(event);
  });
  bar.addEventListener("pointermove", (event) => {
    if (bar.hasPointerCapture(event.pointerId)) drag(event);
  });
  bar.addEventListener("keydown", (event) => {
    const { day } = state.get();
    const far = event.shiftKey ? WEEK : 1;
    const next = {
      ArrowRight: day + far, ArrowUp: day + far, ArrowLeft: day - far, ArrowDown: day - far,
      PageUp: day + MONTH, PageDown: day - MONTH, Home: 0, End: last,
    }[event.key];
    if (next !== undefined) state.set({ playing: false, day: Math.min(last, Math.max(0, next)) });
    else if (event.key === " ") state.set({ playing: !state.get().playing });
    else return;
    event.preventDefault();
  });
  state.on("day", showDay);
  state.on("claim", showDeadline);
  new ResizeObserver(arrange).observe(element);
  arrange();
  return { showEvents };
}
