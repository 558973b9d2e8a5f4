/**
 * Which claims are shown: by kind, by what history settled, by surprise, by cluster, by words.
 */
import { fill, make } from "../elements.js";
import { worded } from "../naming.js";
import { BEGINNING } from "../state.js";
import { KINDS, outcome, settledWords } from "../words.js";

/** @typedef {import("../types").Claim} Claim */
/** @typedef {import("../types").Filters} Filters */

const SETTLED = [
  ["true", "came true"],
  ["false", "did not come true"],
  ["open", "open or undecided"],
];

/**
 * Whether a claim passes the filters.
 *
 * @param {Claim} claim
 * @param {Filters} filters
 * @returns {boolean}
 */
export function passes(claim, filters) {
  const settled = outcome(claim);
  const words = filters.words.trim().toLowerCase();
  return (
    (filters.kind === "" || claim.kind === filters.kind || claim.status === filters.kind) &&
    (filters.settled === "" || (settled === null ? "open" : String(settled)) === filters.settled) &&
    (!filters.surprising || claim.surprising) &&
    (filters.cluster === "" || claim.cluster === filters.cluster) &&
    (words === "" ||
      `${claim.id} ${claim.says} ${settledWords(claim)?.words ?? ""}`.toLowerCase().includes(words))
  );
}

/**
 * @param {HTMLElement} element
 * @param {import("../types").Context} context
 */
export function mountFilters(element, { state, view }) {
  const change = (part) => state.set({ filters: { ...state.get().filters, ...part } });
  const kind = choice("Kind", kinds(view.claims), (value) => change({ kind: value }));
  const settled = choice("History", SETTLED, (value) => change({ settled: value }));
  const groups = clusters(view.claims);
  const cluster = choice(
    "Cluster",
    groups.map((name) => [name, worded(name)]),
    (value) => change({ cluster: value }),
  );
  cluster.hidden = groups.length === 0;
  const surprising = make("input", {
    type: "checkbox",
    id: "filter-surprising",
    onchange: () => change({ surprising: surprising.checked }),
  });
  const words = make("input", {
    type: "search",
    id: "filter-words",
    placeholder: "Words",
    "aria-label": "Filter by words",
    oninput: () => change({ words: words.value }),
    onkeydown: (event) => {
      if (event.key === "Escape") change({ words: "" });
    },
  });
  const count = make("span", { class: "quiet count", role: "status" });
  const clear = make("button", {
    type: "button",
    class: "plain",
    text: "Show all",
    onclick: () => state.set({ filters: BEGINNING.filters }),
  });
  fill(
    element,
    kind,
    settled,
    cluster,
    make("label", { class: "check", for: "filter-surprising" }, surprising, "Model against author"),
    words,
    count,
    clear,
  );
  const show = () => {
    const { filters } = state.get();
    value(kind, filters.kind);
    value(settled, filters.settled);
    value(cluster, filters.cluster);
    surprising.checked = filters.surprising;
    if (words.value !== filters.words) words.value = filters.words;
    const shown = view.claims.filter((claim) => passes(claim, filters)).length;
    count.textContent = `${shown} of ${view.claims.length} claims`;
    clear.hidden = shown === view.claims.length;
  };
  state.on("filters", show);
  show();
}

/** @param {Claim[]} claims */
function kinds(claims) {
  const found = [...new Set(claims.map((claim) => claim.kind))];
  const rows = found.map((kind) => [kind, KINDS[kind] ?? kind]);
  if (claims.some((claim) => claim.status === "unmodelled")) rows.push(["unmodelled", "… not modelled"]);
  return rows;
}

/** @param {Claim[]} claims */
function clusters(claims) {
  const seen = new Map();
  for (const claim of claims) seen.set(claim.cluster, (seen.get(claim.cluster) ?? 0) + 1);
  return [...seen].filter(([name, number]) => name && number > 1).map(([name]) => name);
}

/**
 * @param {string} label
 * @param {string[][]} options
 * @param {(value: string) => void} listener
 * @returns {HTMLElement}
 */
function choice(label, options, listener) {
  const select = make(
    "select",
    { onchange: () => listener(select.value) },
    make("option", { value: "", text: "all" }),
    options.map(([key, said]) => make("option", { value: key, text: said })),
  );
  return make("label", { class: "choice" }, make("span", { text: label }), select);
}

/**
 * @param {HTMLElement} label
 * @param {string} wanted
 */
function value(label, wanted) {
  const select = label.querySelector("select");
  if (select) select.value = wanted;
}
