/**
 * One claim as it stands in the list: its words, the model's numbers, and, apart, history.
 */
import { make } from "../elements.js";
import { worded } from "../naming.js";
import {
  headline,
  hedgeWords,
  percent,
  percentRange,
  settledWords,
  signedPoints,
  STATUSES,
} from "../words.js";
import { dumbbell, markDifference } from "./dumbbell.js";

/** @typedef {import("../types").Claim} Claim */

/**
 * @param {Claim} claim
 * @param {{option?: boolean}} [how] whether it is an option of a list box
 * @returns {HTMLElement}
 */
export function claimItem(claim, { option = true } = {}) {
  const share = headline(claim);
  return make(
    "li",
    {
      class: `claim ${claim.status}${share === null ? "" : " tinted"}`,
      role: option ? "option" : null,
      id: option ? `claim-${claim.id}` : null,
      "data-testid": option ? `claim-${claim.id}` : null,
      "data-claim": claim.id,
      "aria-selected": option ? "false" : null,
      tabindex: option ? -1 : null,
      vars: share === null ? undefined : { "--share": share },
    },
    make(
      "div",
      { class: "claim-head" },
      make("span", { class: "claim-id", text: worded(claim.id) }),
      make("span", { class: "claim-says", text: claim.says, dir: "auto" }),
      badge(claim),
    ),
    claim.status === "evaluated"
      ? numbers(claim)
      : make("p", { class: "claim-reason", text: claim.reason || STATUSES[claim.status] }),
    history(claim),
  );
}

/**
 * @param {Claim} claim
 * @returns {HTMLElement}
 */
export function badge(claim) {
  const share = headline(claim);
  if (claim.status !== "evaluated" || share === null) {
    return make("span", { class: "badge none", text: STATUSES[claim.status] ?? claim.status });
  }
  return make("span", { class: "badge", text: `${percent(share)} %` });
}

/** @param {Claim} claim */
function numbers(claim) {
  const line = [];
  if (claim.conditioned) line.push(`before reports ${percent(claim.probability)} %`);
  if (claim.variants_low !== null)
    line.push(`variants ${percentRange(claim.variants_low, claim.variants_high)} %`);
  if (claim.hedge_low !== null) line.push(`author ${hedgeWords(claim)}`);
  return make(
    "div",
    { class: "claim-numbers" },
    dumbbell(claim),
    make("span", { class: "delta-mark", "data-mark": claim.id, "data-testid": `mark-${claim.id}` }),
    make(
      "p",
      { class: "claim-line" },
      make("span", { text: line.join(" · ") }),
      claim.surprising && make("span", { class: "flag", text: "model against author" }),
    ),
  );
}

/** @param {Claim} claim */
function history(claim) {
  const settled = settledWords(claim);
  if (settled === null) return null;
  return make(
    "p",
    { class: `history history-${settled.key}` },
    make("span", { class: "history-verdict", text: `History: ${settled.sign} ${settled.words}` }),
    make("span", { class: "history-by", text: settled.by }),
  );
}

/**
 * Show what the levers do to each claim drawn under an element.
 *
 * @param {HTMLElement} element
 * @param {import("../types").Differences | null} differences
 */
export function markDifferences(element, differences) {
  for (const mark of element.querySelectorAll("[data-mark]")) {
    const difference = differences?.by[mark.getAttribute("data-mark") ?? ""] ?? null;
    mark.textContent = difference === null ? "" : signedPoints(difference.difference);
    mark.className = `delta-mark${difference?.clear ? (Number(difference.difference) < 0 ? " down" : " up") : " unclear"}`;
    const svg = mark.parentElement?.querySelector("svg.dumbbell");
    if (svg) markDifference(/** @type {SVGElement} */ (svg), difference);
  }
}
