/**
 * Explanations: what each weighs before and after the reports, how necessary and how sufficient it
 * is, and first of all what cannot be told apart.
 */
import { draw, make } from "../elements.js";
import { explanationWords, withExplanations, worded } from "../naming.js";
import { NOTHING, percent, percentRange } from "../words.js";
import { lacking, section, table } from "./section.js";

const MARKS = ["", "6 3", "2 3", "9 3 2 3", "1 4"];

/**
 * @param {import("../types").Context} context
 * @param {import("../types").Claim | null} claim
 * @returns {HTMLElement}
 */
export function explanations(context, claim) {
  const found = context.view.explanations;
  const key = "explanations";
  if (!found || !(found.table?.length > 0)) {
    return section(
      "Explanations",
      { key },
      because(claim, context.view),
      lacking(context, "This study holds no weighed explanations.", context.view.how?.explanations, {
        kind: "condition",
      }),
    );
  }
  const under = claim?.conditioned?.by_explanation;
  const causes = found.table.some((row) => percent(row.necessity) !== NOTHING || percent(row.sufficiency) !== NOTHING);
  const headings = [
    "explanation",
    "before",
    "after",
    ...(causes ? ["necessity", "sufficiency"] : []),
    ...(under ? ["this claim under it"] : []),
  ];
  const rows = found.table.map((row) => [
    make(
      "span",
      {},
      make("strong", { dir: "auto", text: row.says || worded(row.name) }),
      row.says && make("span", { class: "quiet block", text: worded(row.name) }),
      row.separated === false && make("span", { class: "flag", text: "not told apart" }),
      row.judgement &&
        !["fine", "good"].includes(row.judgement) &&
        make("span", { class: "flag", text: `estimate ${row.judgement}` }),
    ),
    percent(row.prior),
    make("span", { text: percent(row.posterior) }, range(row)),
    ...(causes ? [percent(row.necessity), percent(row.sufficiency)] : []),
    ...(under ? [percent(under[row.name]?.probability ?? under[row.name])] : []),
  ]);
  const together = found.table
    .filter((row) => row.separated === false)
    .map((row) => explanationWords(context.view, row.name));
  return section(
    "Explanations",
    { key },
    found.hindsight &&
      make("p", { class: "failed", text: "Hindsight: reports from after the fence were used." }),
    found.sentence && make("p", { class: "sentence-small", text: withExplanations(context.view, found.sentence) }),
    because(claim, context.view),
    table("Explanations, in per cent", headings, rows, "numbers"),
    together.length > 1 &&
      make("p", {
        class: "quiet",
        text: `Not told apart by the reports there are: ${together.join(", ")}. A weight here is no preference.`,
      }),
    pairs(found, context.view),
    overTime(found),
    found.refused_reports?.length > 0 &&
      make("p", {
        class: "quiet",
        text: `Reports not used: ${found.refused_reports.map((one) => `${worded(one.id)} (${one.reason})`).join("; ")}.`,
      }),
    !causes &&
      make(
        "p",
        { class: "quiet" },
        "How necessary and how sufficient each is has not been asked of an event yet. This command asks it: ",
        make("code", { text: asksCauses(context.view) }),
      ),
    causes && make("p", {
      class: "quiet",
      text: `Necessity: had it been otherwise, how often would ${event(found, context.view)} not have come about. Sufficiency: brought about where it was absent, how often would it come about.`,
    }),
  );
}

/**
 * The command that says how necessary and how sufficient explanations are, for the weightiest report.
 *
 * @param {import("../types").View} view
 */
function asksCauses({ how, explanations: found }) {
  const report = found.matrix?.[0]?.id;
  return report ? how.causes.replace("REPORT", report) : how.causes;
}

/** @param {any} row */
function range(row) {
  if (row.low === null || row.low === undefined || row.low === row.high) return null;
  return make("span", { class: "quiet block", text: percentRange(row.low, row.high) });
}

/** @param {any} found */
function overTime(found) {
  const rows = (found.over_time ?? []).filter((row) => row.weights);
  if (rows.length < 2) return null;
  const names = found.table.map((row) => row.name);
  const [first, last] = [Date.parse(rows[0].date), Date.parse(rows[rows.length - 1].date)];
  const x = (date) => 6 + 288 * ((Date.parse(date) - first) / Math.max(1, last - first));
  const y = (share) => 74 - 66 * share;
  const lines = names.map((name, index) => {
    const points = rows
      .filter((row) => Number.isFinite(row.weights[name]))
      .map((row) => `${x(row.date)},${y(row.weights[name])}`);
    return draw("polyline", {
      class: `weight weight-${index % 8}`,
      points: points.join(" "),
      "stroke-dasharray": MARKS[index % MARKS.length] || null,
    });
  });
  return make(
    "figure",
    { class: "over-time" },
    draw(
      "svg",
      {
        viewBox: "0 0 300 80",
        role: "img",
        "aria-label": `Weights of the explanations from ${rows[0].date} to ${rows[rows.length - 1].date}; the last are in the table`,
      },
      draw("line", { class: "axis", x1: 6, x2: 294, y1: y(0), y2: y(0) }),
      draw("line", { class: "axis", x1: 6, x2: 294, y1: y(1), y2: y(1) }),
      lines,
    ),
    make(
      "figcaption",
      { class: "quiet" },
      `Weight from 0 to 100 %, ${rows[0].date} to ${rows[rows.length - 1].date}: `,
      names.map((name, index) =>
        make(
          "span",
          { class: "key" },
          draw(
            "svg",
            { viewBox: "0 0 24 8", class: "key-line", "aria-hidden": "true" },
            draw("line", {
              class: `weight weight-${index % 8}`,
              x1: 0,
              x2: 24,
              y1: 4,
              y2: 4,
              "stroke-dasharray": MARKS[index % MARKS.length] || null,
            }),
          ),
          worded(name),
        ),
      ),
    ),
  );
}

/**
 * What the event of necessity and sufficiency is: its report's words, where there are any.
 *
 * @param {any} found
 * @param {import("../types").View} view
 */
function event(found, view) {
  if (!found.event) return "the event";
  const report = view.theatre?.reports?.find((one) => one.id === found.event);
  return `“${report?.says?.replace(/\.$/, "") || worded(found.event)}”`;
}

/**
 * Pairs that the reports do tell apart, in words.
 *
 * @param {any} found
 * @param {import("../types").View} view
 */
function pairs(found, view) {
  const told = (found.pairs ?? []).filter((pair) => pair.separated && pair.says);
  if (told.length === 0) return null;
  return make(
    "ul",
    { class: "caveats" },
    told.map((pair) => make("li", { text: `${explanationWords(view, pair.one)} against ${explanationWords(view, pair.other)}: ${withExplanations(view, pair.says)}` })),
  );
}

/**
 * What a claim's own “because” comes to: each factor's necessity or sufficiency for it.
 *
 * @param {import("../types").Claim | null} claim
 * @param {import("../types").View} view
 */
function because(claim, view) {
  const rows = claim?.because ?? [];
  if (rows.length === 0) return null;
  const asks = { necessity: "necessary", sufficiency: "sufficient" };
  return table(
    "What the claim's own “because” comes to",
    ["this claim says because of", "how far", "%", "futures"],
    rows.map((row) => [
      explanationWords(view, row.factor),
      asks[row.asks] ?? row.asks,
      row.probability === null ? "too few" : make("span", { text: percent(row.probability) }, range(row)),
      row.futures_used,
    ]),
    "numbers",
  );
}
