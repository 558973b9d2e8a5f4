/**
 * Reports by what they make likelier: in words first, in bits behind them.
 */
import { make } from "../elements.js";
import { explanationWords, worded } from "../naming.js";
import { section, table } from "./section.js";

/**
 * What a report does, in words: twice as likely and more is said as a factor.
 *
 * @param {Record<string, number>} bits
 * @param {(name: string) => string} [called] what readers know an explanation as
 * @returns {{words: string, spread: number}}
 */
export function weightInWords(bits, called = (name) => name) {
  const names = Object.keys(bits);
  const mean = names.reduce((sum, name) => sum + bits[name], 0) / Math.max(1, names.length);
  const [best, ...others] = names.sort((one, other) => bits[other] - bits[one]);
  const spread = others.length === 0 ? 0 : bits[best] - bits[others[others.length - 1]];
  if (spread < 0.3) return { words: "tells them apart hardly at all", spread };
  const factor = 2 ** (bits[best] - mean);
  const worst = others[others.length - 1];
  const said =
    factor >= 1.15
      ? `makes ${called(best)} about ${times(factor)} likelier than the average explanation`
      : `makes ${called(worst)} about ${times(2 ** (mean - bits[worst]))} less likely than the average explanation`;
  return { words: said, spread };
}

/** @param {number} factor */
function times(factor) {
  return factor >= 10 ? `${factor.toFixed(0)} times` : `${factor.toFixed(1)} times`;
}

/**
 * @param {import("../types").Context} context
 * @returns {HTMLElement | null}
 */
export function reports({ state, view }) {
  const matrix = view.explanations?.matrix ?? [];
  const known = new Map((view.theatre?.reports ?? []).map((one) => [one.id, one]));
  if (matrix.length === 0) return plain(view, state);
  const weighed = matrix.map((row) => ({
    ...row,
    ...weightInWords(row.bits, (name) => explanationWords(view, name)),
    report: known.get(row.id) ?? row,
  }));
  weighed.sort((one, other) => other.spread - one.spread);
  const names = Object.keys(matrix[0].bits);
  const rows = weighed.map((row) => [
    worded(row.id),
    ...names.map((name) => {
      const mean = names.reduce((sum, one) => sum + row.bits[one], 0) / names.length;
      const bits = row.bits[name] - mean;
      return `${bits < 0 ? "−" : "+"}${Math.abs(bits).toFixed(1)}`;
    }),
  ]);
  return section(
    "Reports, by what they make likelier",
    { key: "reports", open: true },
    make(
      "ol",
      { class: "reports" },
      weighed.slice(0, 8).map((row) => reportRow(row, row.report, state, view)),
    ),
    section(
      "Every report in bits",
      { key: "bits", open: false },
      table(
        "Weight of each report in bits against the mean explanation",
        ["report", ...names.map(worded)],
        rows,
        "numbers",
      ),
    ),
  );
}

/**
 * @param {any} row
 * @param {any} report
 * @param {import("../types").Store} state
 * @param {import("../types").View} view
 */
function reportRow(row, report, state, view) {
  const day = Math.round((Date.parse(report.on ?? row.date) - Date.parse(view.days.start)) / 86_400_000);
  return make(
    "li",
    {},
    make("button", {
      type: "button",
      class: "link",
      text: worded(row.id),
      title: "Show this day",
      disabled: !(day >= 0 && day < view.days.count),
      onclick: () => state.set({ day, playing: false }),
    }),
    make("span", {
      class: "quiet",
      text: ` ${report.published ?? row.date}${report.by ? `, ${worded(report.by)}` : ""}${report.grade ? `, grade ${report.grade}` : ""}: `,
    }),
    make("span", { dir: "auto", text: report.says ?? "" }),
    row.words && make("span", { class: "report-weight", text: ` – ${row.words}` }),
  );
}

/**
 * Reports without weights: there they are, not yet weighed.
 *
 * @param {import("../types").View} view
 * @param {import("../types").Store} state
 */
function plain(view, state) {
  const found = view.theatre?.reports ?? [];
  if (found.length === 0) return null;
  return section(
    "Reports, not weighed yet",
    { key: "reports", open: false, note: String(found.length) },
    make(
      "ol",
      { class: "reports" },
      found.map((one) => reportRow({ id: one.id, date: one.published }, one, state, view)),
    ),
  );
}
