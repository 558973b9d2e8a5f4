/**
 * What moves a claim, and what to look for next.
 */
import { make } from "../elements.js";
import { dottedWords } from "../naming.js";
import { percent } from "../words.js";
import { bar, lacking, section, table } from "./section.js";

/**
 * @param {string | undefined} command
 * @param {string} claim
 * @returns {string | undefined}
 */
function forClaim(command, claim) {
  if (command === undefined || command === null) return undefined;
  if (command.includes("CLAIM")) return command.replace("CLAIM", claim);
  if (/--claim(\s|=)/.test(command)) return command.replace(/--claim(\s+|=)\S+/, `--claim ${claim}`);
  return command;
}

/**
 * What has still to be worked out for a claim, and how to get it.
 *
 * @param {import("../types").Context} context
 * @param {import("../types").Claim} claim
 * @param {"drivers" | "watch"} kind
 * @param {string} text
 * @returns {HTMLElement}
 */
function toFind(context, claim, kind, text) {
  return lacking(context, text, forClaim(context.view.how?.[kind], claim.id), {
    kind,
    claim: claim.id,
  });
}

/**
 * @param {import("../types").Context} context
 * @param {import("../types").Claim} claim
 * @returns {HTMLElement | null}
 */
export function drivers(context, claim) {
  if (claim.status !== "evaluated") return null;
  const found = context.view.drivers?.[claim.id];
  const key = "drivers";
  if (!found) {
    return section(
      "Drivers",
      { key },
      toFind(context, claim, "drivers", "Which unknowns move this claim has not been worked out."),
    );
  }
  const list = found.drivers ?? [];
  const strongest = Math.max(0.01, ...list.map((row) => row.strength));
  const rows = list
    .slice(0, 10)
    .map((row) => [
      make(
        "span",
        {},
        dottedWords(context.view, row.name),
        make("code", { class: "dotted block", text: row.name }),
        row.strength <= row.noise && make("span", { class: "quiet block", text: "no more than noise" }),
      ),
      bar(row.strength / strongest, row.strength.toFixed(2)),
      `${percent(row.lowest)} → ${percent(row.highest)}`,
    ]);
  return section(
    "Drivers: which unknowns move it",
    { key },
    rows.length === 0
      ? make("p", { class: "empty", text: "No unknown moves it." })
      : table("Unknowns that move this claim", ["unknown", "strength", "% at its low → high end"], rows),
    found.rule?.says && make("p", { text: found.rule.says }),
    found.conditioned === false &&
      toFind(
        context,
        claim,
        "drivers",
        "This is over the futures before any report; after the reports others may move it.",
      ),
  );
}

/**
 * @param {import("../types").Context} context
 * @param {import("../types").Claim} claim
 * @returns {HTMLElement | null}
 */
export function watchList(context, claim) {
  if (claim.status !== "evaluated") return null;
  const found = context.view.watch?.[claim.id];
  const key = "watch";
  if (!found) {
    return section(
      "Watch-list",
      { key },
      toFind(context, claim, "watch", "What to look for next has not been worked out for this claim."),
    );
  }
  const list = found.watch ?? [];
  const rows = list
    .slice(0, 8)
    .map((row) => [
      make("span", {}, row.says, make("span", { class: "quiet block", text: row.date })),
      percent(row.seen),
      `${percent(row.if_seen)} / ${percent(row.if_not)}`,
      row.bits.toFixed(2),
    ]);
  const before = found.conditioned === false;
  return section(
    "Watch-list: what to look for next",
    { key },
    before &&
      make("p", {
        class: "quiet",
        text: "Over the futures as they are before any report: who holds a place, on the day on which it tells most.",
      }),
    rows.length === 0
      ? make("p", { class: "empty", text: "No single report would tell much." })
      : table(
          "What a report would tell about this claim",
          ["look for", "seen, %", "then / else, %", "bits"],
          rows,
          "numbers",
        ),
    before &&
      context.view.explanations &&
      toFind(context, claim, "watch", "After the reports it may be another list."),
  );
}
