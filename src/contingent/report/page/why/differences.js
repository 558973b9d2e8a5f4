/**
 * What the levers do to every claim: before, after, and the difference with its interval.
 */
import { make } from "../elements.js";
import { claimWords } from "../naming.js";
import { percent, signedPoints } from "../words.js";

/**
 * @param {import("../types").View} view
 * @param {import("../types").Differences} differences
 * @param {string | null} selected
 * @param {import("../types").Store} state
 * @returns {HTMLElement}
 */
export function differencesTable(view, differences, selected, state) {
  const later = new Set(differences.later ?? []);
  const rows = view.claims
    .filter((claim) => differences.by[claim.id] || later.has(claim.id))
    .map((claim) => differences.by[claim.id] ?? waiting(claim.id))
    .map((one) => row(view, one, one.claim === selected, state));
  const headings = ["claim", "before → after, %", "points (95 %)"];
  return make(
    "div",
    { class: "scroll deltas", tabindex: 0, role: "group", "aria-label": "Difference to every claim" },
    make(
      "table",
      { class: "numbers" },
      make("caption", { class: "unseen", text: "What the levers do to every claim, in per cent" }),
      make(
        "thead",
        {},
        make(
          "tr",
          {},
          headings.map((text) => make("th", { scope: "col", text })),
        ),
      ),
      make("tbody", {}, rows),
    ),
  );
}

/**
 * A claim that looks further ahead than has been played so far.
 *
 * @param {string} claim
 * @returns {import("../types").Difference}
 */
function waiting(claim) {
  return {
    claim,
    before: null,
    after: null,
    difference: null,
    low: null,
    high: null,
    clear: false,
    waiting: true,
  };
}

/**
 * @param {import("../types").View} view
 * @param {import("../types").Difference} one
 * @param {boolean} selected
 * @param {import("../types").Store} state
 */
function row(view, one, selected, state) {
  const direction = !one.clear ? "unclear" : Number(one.difference) < 0 ? "down" : "up";
  const arrow = { unclear: "", down: "▼ ", up: "▲ " }[direction];
  const interval =
    one.low === null || one.low === undefined ? "–" : `${signedPoints(one.low)} to ${signedPoints(one.high)}`;
  return make(
    "tr",
    { class: `${direction}${selected ? " selected" : ""}` },
    make(
      "th",
      { scope: "row" },
      make("button", {
        type: "button",
        class: "link words",
        dir: "auto",
        text: claimWords(view, one.claim),
        onclick: () => state.set({ claim: one.claim }),
      }),
    ),
    make("td", { text: `${percent(one.before)} → ${percent(one.after)}` }),
    make(
      "td",
      {},
      make("span", {
        class: "delta",
        "data-testid": `delta-${one.claim}`,
        text: one.waiting ? "…" : `${arrow}${signedPoints(one.difference)}`,
      }),
      make("span", { class: "quiet block", text: interval }),
    ),
  );
}
