/**
 * Two studies side by side: what differs between them, and what the difference does to each claim.
 */
import { fill, make } from "../elements.js";
import { dottedWords, studyNames, worded } from "../naming.js";
import { percent, signedPoints } from "../words.js";
import { message } from "./editor.js";

const MOST = 40;

/**
 * @param {import("../types").Context} context
 * @returns {HTMLElement}
 */
export function comparison({ source, view }) {
  const [one, other] = ["A", "B"].map((name) =>
    make("select", { "aria-label": `Study ${name}`, "data-testid": `compare-${name}` }),
  );
  const shown = make("div", {});
  const go = make("button", {
    type: "button",
    class: "primary",
    text: "Compare",
    "data-testid": "compare",
    onclick: ask,
  });
  const element = make(
    "div",
    { class: "comparing" },
    make("p", { class: "row" }, make("span", { text: "A" }), one, make("span", { text: "B" }), other, go),
    shown,
  );

  async function fillChoices() {
    try {
      const studies = await source.server.studies();
      const names = studies.map((study) => study.id);
      const called = studyNames(studies);
      const options = (chosen) =>
        names.map((name) => make("option", { value: name, text: called.get(name), selected: name === chosen }));
      fill(one, options(names.find((name) => name !== view.study.id)));
      fill(other, options(view.study.id));
      go.disabled = names.length < 2;
      if (names.length < 2)
        fill(
          shown,
          make("p", {
            class: "empty",
            text: "There is one study only. Change a number, run, and compare then.",
          }),
        );
    } catch (error) {
      fill(shown, make("p", { class: "failed", role: "alert", text: message(error) }));
    }
  }

  async function ask() {
    fill(shown, make("p", { class: "loading", text: "Comparing" }));
    try {
      fill(shown, compared(await source.server.compare(one.value, other.value), view));
    } catch (error) {
      fill(shown, make("p", { class: "failed", role: "alert", text: message(error) }));
    }
  }

  fillChoices();
  return element;
}

/**
 * The claims first, the largest difference first; then what of the numbers and rules makes it.
 *
 * @param {any} record
 * @param {import("../types").View} view
 */
function compared(record, view) {
  const claims = record.claims
    .filter((claim) => claim.one !== null || claim.other !== null)
    .sort((one, other) => size(other) - size(one));
  return make(
    "div",
    { "data-testid": "comparison" },
    make("h3", { text: "What the claims say, the largest difference first" }),
    claims.length === 0
      ? make("p", { class: "quiet", text: "No claim has a number in both studies." })
      : make(
          "div",
          { class: "scroll" },
          make(
            "table",
            { class: "numbers compared-claims" },
            head(["claim", "A, %", "B, %", "points, B less A", "95 % interval"]),
            make("tbody", {}, claims.map(row)),
          ),
        ),
    ["only_one", "only_other"].map(
      (key, index) =>
        record[key]?.length > 0 &&
        make("p", { class: "quiet", text: `Only in ${"AB"[index]}: ${record[key].map(worded).join(", ")}.` }),
    ),
    make("h3", { text: "What differs in numbers and rules" }),
    changed(record, view),
  );
}

/**
 * @param {any} claim
 * @returns {number} how far it moves; what cannot be compared stands last
 */
function size(claim) {
  return Number.isFinite(claim.difference) ? Math.abs(claim.difference) : -1;
}

/**
 * @param {any} record
 * @param {import("../types").View} view
 */
function changed(record, view) {
  const changes = [...Object.entries(record.rules ?? {}), ...Object.entries(record.numbers ?? {})];
  if (changes.length === 0) {
    const text = "Same numbers and rules: only chance and the number of futures differ.";
    return make("p", { class: "quiet", text });
  }
  const rows = changes
    .slice(0, MOST)
    .map(([name, [before, after]]) =>
      make(
        "tr",
        {},
        make(
          "th",
          { scope: "row" },
          dottedWords(view, name),
          make("code", { class: "dotted block", text: name }),
        ),
        make("td", { text: before ?? "–" }),
        make("td", { text: after ?? "–" }),
      ),
    );
  return make(
    "div",
    { class: "scroll" },
    make("table", {}, head(["number or rule", "A", "B"]), make("tbody", {}, rows)),
    changes.length > MOST && make("p", { class: "quiet", text: `… and ${changes.length - MOST} more.` }),
  );
}

/** @param {string[]} headings */
function head(headings) {
  return make(
    "thead",
    {},
    make(
      "tr",
      {},
      headings.map((text) => make("th", { scope: "col", text })),
    ),
  );
}

/** @param {any} claim */
function row(claim) {
  const clear = claim.low !== null && claim.low * claim.high > 0;
  const style = !clear ? "unclear" : claim.difference < 0 ? "down" : "up";
  const arrow = { unclear: "", down: "▼ ", up: "▲ " }[style];
  return make(
    "tr",
    { class: style },
    make(
      "th",
      { scope: "row", "data-claim": claim.id },
      make("bdi", { text: claim.says || worded(claim.id) }),
      make("span", { class: "claim-id block", text: worded(claim.id) }),
    ),
    make("td", { text: percent(claim.one) }),
    make("td", { text: percent(claim.other) }),
    make("td", { class: "delta", text: `${arrow}${signedPoints(claim.difference)}` }),
    make("td", {
      class: "quiet",
      text: claim.low === null ? "–" : `${signedPoints(claim.low)} to ${signedPoints(claim.high)}`,
    }),
  );
}
