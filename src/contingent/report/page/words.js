/**
 * Numbers and verdicts as people read them; the same rules as the command line's tables.
 */

import { worded } from "./naming.js";

/** @typedef {import("./types").Claim} Claim */

export const NOTHING = "–";

export const KINDS = {
  observation: "observation",
  explanation: "explanation",
  forecast: "forecast",
  conditional: "conditional",
  background: "background",
  normative: "what ought to be",
};

export const STATUSES = {
  evaluated: "evaluated",
  unmodelled: "not modelled",
  not_truth_apt: "not a matter of true or false",
  too_few: "too few futures",
};

const SETTLED = {
  true: ["✓", "came true"],
  false: ["✗", "did not come true"],
  mixed: ["◐", "true in part"],
  unsettled: ["?", "cannot be settled"],
  open: ["…", "still open"],
  void: ["∅", "void: its condition was not met"],
};

/**
 * A probability in whole percent; what is close to 0 or 1 is not rounded into it.
 *
 * @param {number | null | undefined} share
 * @returns {string}
 */
export function percent(share) {
  if (share === null || share === undefined || !Number.isFinite(share)) return NOTHING;
  if (share > 0 && share < 0.005) return "<1";
  if (share >= 0.995 && share < 1) return ">99";
  return String(rounded(100 * share));
}

/**
 * To the nearest whole number, from the middle to the even one, as the sentences of a verdict do.
 *
 * @param {number} value
 * @returns {number}
 */
export function rounded(value) {
  const whole = Math.round(value);
  return Math.abs(value % 1) === 0.5 && whole % 2 !== 0 ? whole - 1 : whole;
}

/**
 * @param {number | null | undefined} share
 * @returns {string}
 */
export function percentSign(share) {
  const written = percent(share);
  return written === NOTHING ? NOTHING : `${written} %`;
}

/**
 * @param {number | null | undefined} low
 * @param {number | null | undefined} high
 * @returns {string}
 */
export function percentRange(low, high) {
  const [one, other] = [percent(low), percent(high)];
  if (one === NOTHING || other === NOTHING) return NOTHING;
  return one === other ? one : `${one}–${other}`;
}

/**
 * A difference of probabilities in percentage points.
 *
 * @param {number | null | undefined} difference
 * @returns {string}
 */
export function signedPoints(difference) {
  if (difference === null || difference === undefined || !Number.isFinite(difference)) return NOTHING;
  const points = 100 * difference;
  if (Math.abs(points) < 0.05) return "0.0";
  return `${points > 0 ? "+" : "−"}${Math.abs(points).toFixed(1)}`;
}

/**
 * The probability that the page leads with: conditioned where the study has one.
 *
 * @param {Claim} claim
 * @returns {number | null}
 */
export function headline(claim) {
  return claim.conditioned?.probability ?? claim.probability;
}

/**
 * What history says of a claim: a sign, words, and who coded it; null where nobody has.
 *
 * @param {Claim} claim
 * @returns {{key: string, sign: string, words: string, by: string} | null}
 */
export function settledWords(claim) {
  const fact = claim.settled_fact;
  const written = fact?.verdict ?? claim.settled;
  if (written === null || written === undefined) return null;
  const key = String(written);
  const [sign, words] = SETTLED[key] ?? ["•", key];
  if (key === "open" && !fact) return null;
  const by = [
    fact?.by ? `${fact.by === "recorded facts" ? "from" : "coded by"} ${fact.by}` : "by the theatre's history",
    fact?.on,
    fact?.source,
    fact?.confidence ? `${fact.confidence} confidence` : null,
  ];
  return { key, sign, words, by: by.filter(Boolean).join(", ") };
}

/**
 * Whether history settled a claim: true, false, or null where it is open or nobody can say.
 *
 * @param {Claim} claim
 * @returns {boolean | null}
 */
export function outcome(claim) {
  const fact = claim.settled_fact?.verdict ?? claim.settled;
  if (fact === true || fact === "true") return true;
  if (fact === false || fact === "false") return false;
  return null;
}

/**
 * @param {Claim} claim
 * @returns {string}
 */
export function hedgeWords(claim) {
  const range = percentRange(claim.hedge_low, claim.hedge_high);
  const said = claim.hedge ? `“${claim.hedge}”` : "the author";
  return range === NOTHING ? said : `${said} ${range} %`;
}

/**
 * Everything a claim's mark shows, for those who listen.
 *
 * @param {Claim} claim
 * @returns {string}
 */
export function spoken(claim) {
  const parts = [`${worded(claim.id)}: ${claim.says}`];
  if (claim.status === "evaluated") {
    const now = headline(claim);
    parts.push(
      `Model ${percent(now)} per cent${claim.conditioned ? ` after the reports, ${percent(claim.probability)} before` : ""}`,
    );
    if (claim.variants_low !== null)
      parts.push(`over variants ${percentRange(claim.variants_low, claim.variants_high)}`);
    if (claim.hedge_low !== null) parts.push(`author ${hedgeWords(claim)}`);
  } else {
    parts.push(STATUSES[claim.status] ?? claim.status);
  }
  const settled = settledWords(claim);
  if (settled !== null) parts.push(`History: ${settled.words}`);
  return parts.join(". ");
}
