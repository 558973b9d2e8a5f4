/**
 * A claim's numbers on one line from 0 to 100: before the reports → after them, the range over
 * variants, and what the author's own word is worth.
 */
import { draw } from "../elements.js";
import { headline } from "../words.js";

/** @typedef {import("../types").Claim} Claim */

const WIDTH = 300;
const HEIGHT = 26;
const EDGE = 7;
const LINE = 10;
const UNDER = 20;

/**
 * @param {number} share
 * @returns {number}
 */
function along(share) {
  return EDGE + (WIDTH - 2 * EDGE) * Math.min(1, Math.max(0, share));
}

/**
 * @param {Claim} claim
 * @returns {SVGElement}
 */
export function dumbbell(claim) {
  const now = headline(claim);
  return draw(
    "svg",
    { class: "dumbbell", viewBox: `0 0 ${WIDTH} ${HEIGHT}`, "aria-hidden": "true", focusable: "false" },
    draw("line", { class: "axis", x1: EDGE, x2: WIDTH - EDGE, y1: LINE, y2: LINE }),
    [0, 0.25, 0.5, 0.75, 1].map((share) =>
      draw("line", { class: "tick", x1: along(share), x2: along(share), y1: LINE - 3, y2: LINE + 3 }),
    ),
    variants(claim),
    hedge(claim),
    claim.probability === null ? null : before(claim),
    now === null || !claim.conditioned
      ? null
      : draw("circle", { class: "after", cx: along(now), cy: LINE, r: 5.5 }),
  );
}

/** @param {Claim} claim */
function variants(claim) {
  if (claim.variants_low === null || claim.variants_high === null) return null;
  const [low, high] = [along(claim.variants_low), along(claim.variants_high)];
  return draw("rect", {
    class: "variants",
    x: low,
    y: LINE - 4,
    width: Math.max(2, high - low),
    height: 8,
    rx: 2,
  });
}

/** @param {Claim} claim */
function hedge(claim) {
  if (claim.hedge_low === null || claim.hedge_high === null) return null;
  const [low, high] = [along(claim.hedge_low), along(claim.hedge_high)];
  return draw("path", {
    class: "hedge",
    d: `M${low},${UNDER - 3}v6M${low},${UNDER}H${high}M${high},${UNDER - 3}v6`,
  });
}

/** @param {Claim} claim */
function before(claim) {
  const at = along(claim.probability ?? 0);
  const after = claim.conditioned ? along(claim.conditioned.probability) : at;
  return [
    draw("line", { class: "way", x1: at, x2: after, y1: LINE, y2: LINE }),
    draw("circle", {
      class: claim.conditioned ? "before" : "before only",
      cx: at,
      cy: LINE,
      r: claim.conditioned ? 4.5 : 5.5,
    }),
  ];
}

/**
 * Put the mark of a what-if on a dumbbell: where the claim would stand.
 *
 * @param {SVGElement} svg
 * @param {import("../types").Difference | null} difference
 */
export function markDifference(svg, difference) {
  svg.querySelector(".whatif")?.remove();
  if (difference === null || difference.after === null || difference.before === null) return;
  const [from, to] = [along(difference.before), along(difference.after)];
  svg.append(
    draw(
      "g",
      { class: `whatif ${difference.clear ? "clear" : "unclear"}` },
      draw("line", { x1: from, x2: to, y1: LINE - 7, y2: LINE - 7 }),
      draw("path", { d: `M${to},${LINE - 4}l-3.5,-6h7z` }),
    ),
  );
}

/**
 * What the signs mean, drawn as they are drawn.
 *
 * @param {boolean} conditioned
 * @returns {SVGElement[]}
 */
export function legendSigns(conditioned) {
  const sign = (...children) =>
    draw("svg", { class: "dumbbell sign", viewBox: "0 0 28 20", "aria-hidden": "true" }, children);
  const signs = [
    sign(draw("circle", { class: conditioned ? "before" : "before only", cx: 14, cy: 10, r: 5 })),
    sign(draw("rect", { class: "variants", x: 2, y: 6, width: 24, height: 8, rx: 2 })),
    sign(draw("path", { class: "hedge", d: "M3,7v6M3,10H25M25,7v6" })),
  ];
  if (conditioned) signs.splice(1, 0, sign(draw("circle", { class: "after", cx: 14, cy: 10, r: 5.5 })));
  return signs;
}
