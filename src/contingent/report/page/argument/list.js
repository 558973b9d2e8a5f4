/**
 * The paraphrases in order, as a list box: arrows move, Enter or a click selects.
 */
import { make } from "../elements.js";
import { reveal } from "../scrolling.js";
import { claimItem, markDifferences } from "./claim_item.js";
import { passes } from "./filters.js";

/**
 * @param {import("../types").Context} context
 * @param {import("../types").Claim[]} claims
 * @returns {{element: HTMLElement, show: () => void}}
 */
export function claimList({ state }, claims) {
  /** @type {Map<string, HTMLElement>} */
  const items = new Map(claims.map((claim) => [claim.id, claimItem(claim)]));
  const element = make(
    "ul",
    { class: "claims", role: "listbox", "aria-label": "Claims, in the order of the text" },
    [...items.values()],
  );
  const nothing = make("p", { class: "empty", text: "No claim passes these filters.", hidden: true });
  const shown = () => [...items.values()].filter((item) => !item.hidden);

  element.addEventListener("click", (event) => {
    const item = /** @type {HTMLElement} */ (event.target).closest("[data-claim]");
    if (item) state.set({ claim: item.getAttribute("data-claim") });
  });
  element.addEventListener("keydown", (event) => {
    const row = shown();
    const at = row.indexOf(/** @type {HTMLElement} */ (document.activeElement));
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: row.length - 1 }[event.key];
    if (to !== undefined) {
      row[Math.min(row.length - 1, Math.max(0, to))]?.focus();
    } else if ((event.key === "Enter" || event.key === " ") && at >= 0) {
      state.set({ claim: row[at].dataset.claim ?? null });
    } else return;
    event.preventDefault();
    event.stopPropagation();
  });
  element.addEventListener("focusin", (event) => {
    for (const item of items.values()) item.tabIndex = item === event.target ? 0 : -1;
  });

  let selected = null;
  const show = () => {
    const { claim, filters, differences } = state.get();
    for (const one of claims) {
      const item = /** @type {HTMLElement} */ (items.get(one.id));
      item.hidden = !passes(one, filters);
      item.setAttribute("aria-selected", String(one.id === claim));
      if (!element.contains(document.activeElement)) item.tabIndex = -1;
    }
    const row = shown();
    nothing.hidden = row.length > 0;
    element.hidden = row.length === 0;
    if (!element.contains(document.activeElement)) {
      (row.find((item) => item.dataset.claim === claim) ?? row[0])?.setAttribute("tabindex", "0");
    }
    if (claim !== selected && claim !== null) reveal(items.get(claim));
    selected = claim;
    markDifferences(element, differences);
  };
  return { element: make("div", {}, element, nothing), show };
}
