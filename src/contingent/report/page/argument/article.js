/**
 * The article's own text, where the reader has supplied it: each sentence that makes a claim is
 * tinted by the claim's probability, with the number beside it.
 */
import { fill, make } from "../elements.js";
import { reveal } from "../scrolling.js";
import { headline, percent, spoken, STATUSES } from "../words.js";
import { claimItem, markDifferences } from "./claim_item.js";
import { passes } from "./filters.js";
import { claimList } from "./list.js";

/** @typedef {import("../types").Claim} Claim */

/**
 * @param {import("../types").Context} context
 * @returns {{element: HTMLElement, show: () => void}}
 */
export function articleText(context) {
  const { state, view } = context;
  const { article } = view;
  const claims = new Map(view.claims.map((claim) => [claim.id, claim]));
  const placed = new Set();
  /** @type {Map<string, HTMLElement>} */
  const paragraphs = new Map();
  const text = make("div", {
    class: "article",
    dir: article.direction ?? "auto",
    lang: article.language ?? null,
  });
  for (const paragraph of article.paragraphs) {
    const element = make("p", {});
    for (const sentence of paragraph.sentences) {
      const made = sentence.claims.map((id) => claims.get(id)).filter(Boolean);
      element.append(...sentenceParts(sentence.text, made), " ");
      for (const claim of made) {
        placed.add(claim.id);
        if (!paragraphs.has(claim.id)) paragraphs.set(claim.id, element);
      }
    }
    text.append(element);
  }
  const rest = claimList(
    context,
    view.claims.filter((claim) => !placed.has(claim.id)),
  );
  const marks = [...text.querySelectorAll("[data-claim]")];
  const card = make("ul", { class: "claims card", dir: "ltr" });
  const choose = (event) => {
    const mark = event.target.closest("[data-claim]");
    if (mark === null || (event.type === "keydown" && event.key !== "Enter" && event.key !== " ")) return;
    event.preventDefault();
    event.stopPropagation();
    state.set({ claim: mark.dataset.claim });
  };
  text.addEventListener("click", choose);
  text.addEventListener("keydown", choose);

  let selected = null;
  const show = () => {
    const { claim, filters, differences } = state.get();
    for (const mark of marks) {
      const one = /** @type {Claim} */ (claims.get(mark.getAttribute("data-claim") ?? ""));
      mark.setAttribute("aria-pressed", String(one.id === claim));
      mark.classList.toggle("faded", !passes(one, filters));
    }
    const place = claim === null ? undefined : paragraphs.get(claim);
    if (claim !== selected) {
      card.remove();
      if (place !== undefined) {
        fill(
          card,
          claimItem(/** @type {Claim} */ (claims.get(/** @type {string} */ (claim))), { option: false }),
        );
        place.after(card);
        reveal(card);
      }
      selected = claim;
    }
    markDifferences(card, differences);
    rest.show();
  };
  const unplaced = view.claims.length - placed.size;
  const element = make(
    "div",
    {},
    text,
    unplaced > 0 &&
      make(
        "section",
        { class: "unplaced" },
        make("h3", { text: "Claims without a place in this text" }),
        rest.element,
      ),
  );
  return { element, show };
}

/** Keeps a sentence's number on the line of its last word. */
const JOINER = "\u2060";

/**
 * @param {string} text
 * @param {Claim[]} claims
 * @returns {Array<HTMLElement | string>}
 */
function sentenceParts(text, claims) {
  if (claims.length === 0) return [make("span", { text })];
  const [first, ...others] = claims;
  return [
    mark(first, text, "sentence"),
    JOINER,
    make("span", { class: "badge small", text: short(first), "aria-hidden": "true" }),
    ...others.map((claim) => mark(claim, short(claim), "badge small")),
  ];
}

/**
 * @param {Claim} claim
 * @param {string} text
 * @param {string} style
 */
function mark(claim, text, style) {
  const share = headline(claim);
  return make("span", {
    class: `${style} ${claim.status}${share === null ? "" : " tinted"}`,
    role: "button",
    tabindex: 0,
    "aria-pressed": "false",
    "aria-label": style === "sentence" ? `${text} – ${spoken(claim)}` : spoken(claim),
    "data-claim": claim.id,
    "data-testid": `claim-${claim.id}`,
    vars: share === null ? undefined : { "--share": share },
    text,
  });
}

/** @param {Claim} claim */
function short(claim) {
  const share = headline(claim);
  return share === null
    ? ({ unmodelled: "n. m.", not_truth_apt: "n. t." }[claim.status] ?? STATUSES[claim.status] ?? "–")
    : `${percent(share)} %`;
}
