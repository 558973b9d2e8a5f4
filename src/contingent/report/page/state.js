/**
 * One small observable store: what is looked at now. The three parts speak to each other by it alone.
 */

/** @typedef {import("./types").State} State */
/** @typedef {import("./types").Store} Store */

/** @type {State} */
export const BEGINNING = {
  claim: null,
  day: 0,
  future: null,
  playing: false,
  speed: 4,
  levers: {},
  from: null,
  differences: null,
  view: "text",
  filters: { kind: "", settled: "", surprising: false, cluster: "", words: "" },
  panel: "argument",
  theme: "auto",
  guessing: false,
  revealed: false,
};

/**
 * Make a store. A listener is called once for each `set` that changes one of its keys, after all of
 * them are in place; an equal value is no change, so listeners may set without ending in a circle.
 *
 * @param {Partial<State>} [initial]
 * @returns {Store}
 */
export function createState(initial = {}) {
  /** @type {State} */
  let current = { ...BEGINNING, ...initial };
  /** @type {Set<{keys: string[], listener: (state: State, changed: Set<string>) => void}>} */
  const listeners = new Set();

  return {
    get: () => current,
    set(changes) {
      const changed = new Set(Object.keys(changes).filter((key) => !same(current[key], changes[key])));
      if (changed.size === 0) return;
      current = { ...current, ...changes };
      for (const one of [...listeners]) {
        if (one.keys.some((key) => changed.has(key))) one.listener(current, changed);
      }
    },
    on(keys, listener) {
      const one = { keys: [keys].flat(), listener };
      listeners.add(one);
      return () => listeners.delete(one);
    },
  };
}

/**
 * @param {unknown} one
 * @param {unknown} other
 * @returns {boolean}
 */
function same(one, other) {
  if (Object.is(one, other)) return true;
  if (!isPlain(one) || !isPlain(other)) return false;
  return JSON.stringify(one) === JSON.stringify(other);
}

/**
 * @param {unknown} value
 * @returns {boolean}
 */
function isPlain(value) {
  return typeof value === "object" && value !== null;
}
