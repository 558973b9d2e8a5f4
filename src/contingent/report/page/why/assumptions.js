/**
 * What a claim rests on: each number with its basis and its source.
 */
import { make } from "../elements.js";
import { dottedWords } from "../naming.js";
import { section, table } from "./section.js";

const BASES = {
  published: "published",
  calibrated: "calibrated",
  estimate: "estimate",
  assumption: "assumption",
  tuned: "tuned after looking",
  unstated: "not stated",
};

/**
 * @param {import("../types").Claim} claim
 * @param {import("../types").View} view
 * @returns {HTMLElement | null}
 */
export function assumptions(claim, view) {
  if (claim.status !== "evaluated") return null;
  const bases = Object.entries(claim.bases ?? {}).filter(([, number]) => Number(number) > 0);
  const sorted = [...(claim.assumptions ?? [])].sort(
    (one, other) => Number(other.moves ?? false) - Number(one.moves ?? false),
  );
  const rows = sorted.map((one) => [
    make(
      "span",
      {},
      dottedWords(view, one.name),
      one.moves && make("span", { class: "flag", text: "moves it" }),
      make("code", { class: "dotted block", text: one.name }),
    ),
    `${one.value ?? "–"}${one.unit ? ` ${one.unit}` : ""}`,
    make("span", { class: `basis basis-${one.basis}`, text: BASES[one.basis] ?? one.basis ?? "not stated" }),
    source(one),
  ]);
  if (rows.length === 0 && bases.length === 0) return null;
  return section(
    "Assumptions it rests on",
    { key: "assumptions", open: false, note: rows.length > 0 ? String(rows.length) : undefined },
    bases.length > 0 &&
      make("p", {
        class: "quiet",
        text: `Numbers of the whole theatre by basis: ${bases.map(([name, number]) => `${number} ${BASES[name] ?? name}`).join(", ")}.`,
      }),
    rows.length > 0 && table("Assumptions", ["number", "value", "basis", "source"], rows),
  );
}

/**
 * @param {any} one
 * @returns {any}
 */
function source({ source: name, url }) {
  if (!name) return "–";
  return /^https?:\/\//.test(url ?? "")
    ? make("a", { href: url, rel: "noreferrer noopener", text: name })
    : name;
}
