/**
 * The left part: the article or the paraphrases, the argument as a graph, and class mode.
 */
import { fill, make } from "../elements.js";
import { articleText } from "./article.js";
import { bringArticle } from "./bring.js";
import { legendSigns } from "./dumbbell.js";
import { mountFilters } from "./filters.js";
import { argumentGraph } from "./graph.js";
import { guessing } from "./guessing.js";
import { claimList } from "./list.js";

/**
 * @param {HTMLElement} element
 * @param {import("../types").Context} context
 */
export function mountArgument(element, context) {
  const { state, view } = context;
  const filters = make("div", { class: "filters", role: "group", "aria-label": "Filters" });
  const body = make("div", { class: "argument-body" });
  const graphButton = make("button", {
    type: "button",
    "data-testid": "graph-toggle",
    text: "As a graph",
    onclick: () => state.set({ view: state.get().view === "graph" ? "text" : "graph" }),
  });
  const header = make("header", {}, make("h2", { text: "Argument" }), graphButton);
  fill(element, header, filters, legend(view), bringArticle(context), body);
  mountFilters(filters, context);
  if (view.claims.length === 0) {
    graphButton.disabled = true;
    filters.hidden = true;
    fill(
      body,
      make("p", {
        class: "empty",
        text: "This study is of a theatre alone: nobody claims anything about it.",
      }),
    );
    return;
  }

  /** @type {Record<string, {element: HTMLElement, show: () => void}>} */
  const made = {};
  const makers = {
    text: () => (view.article ? articleText(context) : claimList(context, view.claims)),
    graph: () => argumentGraph(context),
    guessing: () => guessing(context),
  };
  let current = "";
  const show = () => {
    const now = state.get();
    const wanted = now.guessing ? "guessing" : now.view;
    graphButton.setAttribute("aria-pressed", String(wanted === "graph"));
    graphButton.disabled = now.guessing;
    filters.hidden = wanted !== "text";
    element.classList.toggle("wide", wanted === "graph" || (now.guessing && now.revealed));
    if (wanted !== current) {
      if (wanted === "guessing") delete made.guessing;
      made[wanted] ??= makers[wanted]();
      fill(body, made[wanted].element);
      current = wanted;
    }
    made[wanted].show();
  };
  state.on(["claim", "filters", "differences", "view", "guessing", "revealed"], show);
  show();
}

/**
 * @param {import("../types").View} view
 */
function legend(view) {
  const conditioned = view.claims.some((claim) => claim.conditioned);
  const signs = legendSigns(conditioned);
  const words = conditioned
    ? ["before the reports", "after them", "range over variants", "what the author's word is worth"]
    : ["model", "range over variants", "what the author's word is worth"];
  return make(
    "details",
    { class: "legend" },
    make("summary", { text: "How to read this" }),
    make(
      "ul",
      {},
      words.map((word, index) => make("li", {}, signs[index], word)),
    ),
    make(
      "p",
      { class: "tint-scale" },
      make("span", { text: "0 %" }),
      make("span", { class: "tint-bar", "aria-hidden": "true" }),
      make("span", { text: "100 %: the share of futures in which it comes true" }),
    ),
    make(
      "p",
      { class: "quiet" },
      "What history settled stands in a frame of its own, with who coded it: the model never saw it.",
    ),
  );
}
