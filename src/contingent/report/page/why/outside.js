/**
 * The outside view: how often places fell in cases like a claim's, one source beside another.
 */
import { make } from "../elements.js";
import { percentRange } from "../words.js";
import { bar, table } from "./section.js";

const MOST_NAMED = 3;

/**
 * @param {import("../types").Claim} claim
 * @param {import("../types").View} view
 * @returns {HTMLElement | null}
 */
export function outsideView(claim, view) {
  const outside = claim.outside_view;
  if (!outside || outside.rates.length === 0) return null;
  const place = view.theatre.places.find((one) => one.id === outside.place)?.name ?? outside.place;
  const horizons = new Set(outside.rates.map((rate) => rate.horizon));
  const last = outside.rates.map((rate) => rate.last).sort().at(-1);
  const rows = outside.rates.map((rate) => [
    rate.source,
    bar(rate.k / rate.n, `${rate.k} of ${rate.n}${horizons.size > 1 ? ` in ${rate.horizon} days` : ""}`),
    `${percentRange(rate.low, rate.high)} %`,
  ]);
  return make(
    "div",
    { class: "outside", "data-testid": "outside-view" },
    make("h3", { text: "Outside view" }),
    make("p", { class: "quiet", text: asked(outside, place, [...horizons], view.theatre.actors) }),
    table("Outside view", ["counted from", "fell", "90 % interval"], rows, "rates"),
    make("p", {
      class: "quiet",
      text: `Data up to ${last}. The sources overlap and leave out different cases: to be read side by side, not added up.`,
    }),
  );
}

/**
 * What the rates count, and what of it the claim says.
 *
 * @param {any} outside
 * @param {string} place
 * @param {number[]} horizons
 * @param {any[]} actors
 */
function asked(outside, place, horizons, actors) {
  const kind = outside.attacker_class;
  const attackers = kind === "any" ? "attackers of all kinds" : `attackers of the kind ${kind}`;
  const within = horizons.length === 1 ? ` within ${horizons[0]} days of the attack` : "";
  const names = outside.attackers.map((id) => actors.find((one) => one.id === id)?.name ?? id);
  const whom = names.length > MOST_NAMED ? `any of ${names.length} parties` : names.join(" or ");
  const falls = outside.denied ? "does not fall" : "falls";
  const once = outside.attack === "not given" ? "; it does not say that the place is attacked" : "";
  return `How often attacked places fell to ${attackers}${within}. The claim is that ${place} ${falls} to ${whom}${once}.`;
}
