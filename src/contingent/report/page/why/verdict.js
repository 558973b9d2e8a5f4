/**
 * What is to be said of a claim: first in a sentence, then in numbers, then what history says.
 */
import { make } from "../elements.js";
import { dottedWords, labelled, worded } from "../naming.js";
import {
  hedgeWords,
  KINDS,
  NOTHING,
  percent,
  percentRange,
  percentSign,
  settledWords,
  STATUSES,
} from "../words.js";
import { outsideView } from "./outside.js";

/** @typedef {import("../types").Claim} Claim */

const DISTANCES = {
  direct: "What the model checks is what the sentence says.",
  close: "What the model checks comes close to the sentence.",
  proxy: "What the model checks stands in for the sentence.",
};

const DECISIONS = {
  onset: "who launches an attack",
  intervention: "who steps in",
  "burden sharing": "who bears the burden",
  "tacit coordination": "who tolerates whom",
  "sight and response": "what is seen and answered",
};

/**
 * @param {Claim} claim
 * @param {import("../types").View} view
 * @returns {HTMLElement}
 */
export function verdict(claim, view) {
  const settled = settledWords(claim);
  return make(
    "section",
    { class: "verdict-box", "aria-label": `Verdict on ${worded(claim.id)}` },
    make(
      "p",
      { class: "claim-quote" },
      make("span", { class: "claim-id", text: worded(claim.id) }),
      make("span", { dir: "auto", text: claim.says }),
    ),
    make(
      "p",
      { class: "sentence-box", "data-testid": "verdict", dir: "auto" },
      told(claim.sentence || (STATUSES[claim.status] ?? claim.status)),
    ),
    claim.status === "evaluated"
      ? numbers(claim, view)
      : make("p", {
          class: "quiet",
          text: sentenceCase(
            STATUSES[claim.status] ?? claim.status,
            claim.sentence.toLowerCase().includes(claim.reason.toLowerCase()) ? "" : claim.reason,
          ),
        }),
    claim.status === "too_few" && claim.given && facts([lookedAt(claim.given)]),
    caveats(claim),
    outsideView(claim, view),
    settled &&
      make(
        "p",
        { class: `history history-${settled.key}` },
        make("span", { class: "history-verdict", text: `History: ${settled.sign} ${settled.words}` }),
        make("span", { class: "history-by", text: settled.by }),
      ),
    view.study.label &&
      !claim.conditioned &&
      make("p", { class: "quiet", text: `This study: ${labelled(view.study.label)}.` }),
  );
}

/**
 * @param {string} status
 * @param {string} reason
 */
function sentenceCase(status, reason) {
  const upper = (words) => (words ? words[0].toUpperCase() + words.slice(1) : "");
  return [`${upper(status)}.`, upper(reason)].filter(Boolean).join(" ");
}

/**
 * The verdict's first sentence leads, what qualifies it follows.
 *
 * @param {string} text
 */
function told(text) {
  const end = text.search(/[.!?] (?=\p{Lu})/u);
  if (end < 0) return [make("span", { class: "lead", text })];
  return [make("span", { class: "lead", text: text.slice(0, end + 1) }), ` ${text.slice(end + 2)}`];
}

/**
 * @param {Claim} claim
 * @param {import("../types").View} view
 */
function numbers(claim, view) {
  const after = claim.conditioned;
  const rows = [
    after && [
      "after the reports",
      `${percentSign(after.probability)} (${percentRange(after.low, after.high)})`,
    ],
    [
      after ? "before them" : "model",
      `${percentSign(claim.probability)} (${percentRange(claim.low, claim.high)})`,
    ],
    claim.variants_low !== null && [
      "range over variants",
      `${percentRange(claim.variants_low, claim.variants_high)} %`,
    ],
    claim.wording_low !== null &&
      claim.wording_low !== undefined && [
        "by its readings",
        readings(claim),
      ],
    claim.hedge && ["the author", claim.hedge_low === null ? `“${claim.hedge}”` : hedgeWords(claim)],
    claim.given && lookedAt(claim.given),
    claim.do && [
      "set by hand instead",
      make("span", {}, `${percentSign(claim.do.probability)} with ${changes(claim.do.text, view)}`, formula(claim.do.text)),
    ],
    ["kind", KINDS[claim.kind] ?? claim.kind],
    claim.by && ["due by", claim.by],
  ].filter(Boolean);
  return facts(rows);
}

/** @param {any[][]} rows terms with what is said of them */
function facts(rows) {
  return make(
    "dl",
    { class: "facts" },
    rows.flatMap(([term, said]) => [make("dt", { text: term }), make("dd", {}, said ?? NOTHING)]),
  );
}

/**
 * A condition in words, its formula small below; where there are no words, the formula.
 *
 * @param {{text: string, says?: string | null}} given
 */
function lookedAt({ text, says }) {
  return ["looked at where", says ? [make("span", { text: says }), formula(text)] : formula(text)];
}

/** @param {string} text */
function formula(text) {
  return make("code", { class: "dotted block", text });
}

/**
 * Values set by hand, in words: "russia.air.surge * 2" is "Russian forces: air, surge × 2".
 *
 * @param {string} text
 * @param {import("../types").View} view
 */
function changes(text, view) {
  return text
    .split(", ")
    .map((one) => {
      const [name, ...change] = one.split(" ");
      return [dottedWords(view, name), ...change].join(" ").replace(" * ", " × ");
    })
    .join("; ");
}

/**
 * What each reading of the sentence gives, where there are several; otherwise their range.
 *
 * @param {Claim} claim
 */
function readings(claim) {
  const range = `${percentRange(claim.wording_low, claim.wording_high)} %`;
  const each = Object.entries(claim.readings ?? {}).map(
    ([name, share]) => `${worded(name)} ${percentSign(/** @type {number | null} */ (share))}`,
  );
  return each.length < 2
    ? range
    : [range, make("span", { class: "quiet block", text: each.join(", ") })];
}

/** @param {Claim} claim */
function caveats(claim) {
  const modelled = claim.status === "evaluated" || claim.status === "too_few";
  const said = [
    claim.void && "Void, so it is not scored: its condition is not known to have come about.",
    modelled && DISTANCES[claim.distance],
    untested(claim),
    claim.status === "evaluated" &&
      Number(claim.bases?.tuned) > 0 &&
      `${claim.bases.tuned} of its numbers were tuned, so it is not called validated.`,
    claim.disagreement,
    claim.note,
  ].filter(Boolean);
  return said.length === 0
    ? null
    : make(
        "ul",
        { class: "caveats" },
        said.map((text) => make("li", { text })),
      );
}

/**
 * Which decisions a claim rests on that no data have tested.
 *
 * @param {Claim} claim
 * @returns {string | null}
 */
function untested(claim) {
  if (!claim.decision_half_unvalidated) return null;
  const names = (claim.decision_half ?? []).map((name) =>
    DECISIONS[name] ? `${DECISIONS[name]} (${name})` : name,
  );
  const which = names.length > 0 ? `: ${names.join("; ")}` : "";
  return `Decision half unvalidated. It rests on decisions that no data have tested${which}.`;
}

/**
 * What to say before a claim is chosen.
 *
 * @param {import("../types").View} view
 * @returns {HTMLElement}
 */
export function overview(view) {
  const count = (status) => view.claims.filter((claim) => claim.status === status).length;
  const surprising = view.claims.filter((claim) => claim.surprising).length;
  const said = Object.keys(STATUSES)
    .filter((status) => count(status) > 0)
    .map((status) => `${count(status)} ${STATUSES[status]}`);
  return make(
    "section",
    { class: "verdict-box", "aria-label": "The study" },
    provenance(view.study.source, Boolean(view.study.summary)),
    view.study.summary && make("blockquote", { class: "summary", dir: "auto", text: view.study.summary }),
    make("p", {
      class: "empty",
      text:
        view.claims.length > 0
          ? "Choose a claim to see why it stands where it stands."
          : "This study has no claims.",
    }),
    view.claims.length > 0 &&
      make("p", {
        text: `Of ${view.claims.length} claims: ${said.join(", ")}. In ${surprising} the model and the author's own word are apart.`,
      }),
  );
}

/**
 * Who wrote the argument, where and when.
 *
 * @param {any} source
 * @param {boolean} summed whether a summary follows
 */
function provenance(source, summed) {
  if (!source) return null;
  const said = [source.author, source.publisher, source.written && `written ${source.written}`, source.stance]
    .filter(Boolean)
    .join("; ");
  const safe = /^https?:\/\//.test(source.url ?? "");
  return make(
    "p",
    { class: "quiet" },
    summed ? "In short, as its author has it (" : "The argument: ",
    safe ? make("a", { href: source.url, rel: "noreferrer noopener", text: said }) : said,
    summed ? "):" : null,
  );
}
