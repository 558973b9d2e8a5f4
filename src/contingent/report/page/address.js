/**
 * The address holds the view, so that a view can be sent, gone back to, and reloaded.
 */

/** @typedef {import("./types").State} State */
/** @typedef {import("./types").Store} Store */

const STEPS = ["claim", "future", "view", "panel"];
const TURNED = ["levers", "from"];
const KEPT = [...STEPS, "day", ...TURNED];
const PATIENCE = 250;

/**
 * Write a state as the part of an address after `#`.
 *
 * @param {State} state
 * @returns {string}
 */
export function writeAddress(state) {
  const query = new URLSearchParams();
  if (state.claim !== null) query.set("claim", state.claim);
  query.set("day", String(state.day));
  if (state.future !== null) query.set("future", String(state.future));
  const levers = Object.entries(state.levers);
  if (levers.length > 0) {
    query.set("levers", levers.map(([name, change]) => `${name}:${change}`).join(";"));
  }
  if (state.from !== null) query.set("from", state.from);
  if (state.view !== "text") query.set("view", state.view);
  if (state.panel !== "argument") query.set("panel", state.panel);
  return `#${query}`;
}

/**
 * Read a state from the part of an address after `#`; what it does not say is absent.
 *
 * @param {string} hash
 * @param {{claims: string[], days: number, futures: number}} limits
 * @returns {Partial<State>}
 */
export function readAddress(hash, limits) {
  const query = new URLSearchParams(hash.replace(/^#/, ""));
  /** @type {Partial<State>} */
  const found = { claim: null, future: null, levers: {}, from: null, view: "text", panel: "argument" };
  const claim = query.get("claim");
  if (claim !== null && limits.claims.includes(claim)) found.claim = claim;
  const day = whole(query.get("day"), limits.days);
  if (day !== null) found.day = day;
  found.future = whole(query.get("future"), limits.futures);
  found.levers = readLevers(query.get("levers") ?? "");
  found.from = date(query.get("from"));
  if (query.get("view") === "graph") found.view = "graph";
  const panel = query.get("panel");
  if (panel === "theatre" || panel === "why") found.panel = panel;
  return found;
}

/**
 * @param {string | null} written
 * @param {number} count
 * @returns {number | null}
 */
function whole(written, count) {
  if (written === null || !/^\d{1,9}$/.test(written)) return null;
  const number = Number(written);
  return number < count ? number : null;
}

/**
 * @param {string | null} written
 * @returns {string | null} ISO date
 */
function date(written) {
  const real = /^\d{4}-\d{2}-\d{2}$/.test(written ?? "") && !Number.isNaN(Date.parse(written ?? ""));
  return real ? written : null;
}

/**
 * @param {string} written
 * @returns {Record<string, string>}
 */
function readLevers(written) {
  /** @type {Record<string, string>} */
  const levers = {};
  for (const one of written.split(";")) {
    const at = one.indexOf(":");
    if (at > 0) levers[one.slice(0, at)] = one.slice(at + 1);
  }
  return levers;
}

/**
 * Tie a store to the address: a new claim, future, view or part is a step back can undo; a day or a
 * lever replaces the present one.
 *
 * @param {Store} state
 * @param {{claims: string[], days: number, futures: number}} limits
 */
export function wireAddress(state, limits) {
  let late = 0;
  let reading = false;
  const write = (step) => {
    window.clearTimeout(late);
    const hash = writeAddress(state.get());
    if (hash === location.hash) return;
    if (step) history.pushState(null, "", hash);
    else history.replaceState(null, "", hash);
  };
  state.set(readAddress(location.hash, limits));
  state.on([...KEPT, "playing"], (now, changed) => {
    if (reading) return;
    if (STEPS.some((key) => changed.has(key))) {
      write(true);
      return;
    }
    // Days pass too fast to be written one by one; a lever that moves meanwhile must not be lost.
    if (now.playing && !TURNED.some((key) => changed.has(key))) return;
    window.clearTimeout(late);
    late = window.setTimeout(() => write(false), PATIENCE);
  });
  window.addEventListener("popstate", () => {
    reading = true;
    state.set(readAddress(location.hash, limits));
    reading = false;
  });
}
