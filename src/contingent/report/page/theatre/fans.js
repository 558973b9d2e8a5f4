/**
 * The charts under the map: which are shown, and how another is added.
 */
import { fill, make } from "../elements.js";
import { createFan } from "./fan.js";

const FIRST = 2;

/**
 * @param {HTMLElement} element
 * @param {import("../types").Context} context
 */
export function mountFans(element, context) {
  const { view } = context;
  const observables = view.observables ?? [];
  const charts = make("div", { class: "fans-list" });
  const own = make("div", {});
  if (observables.length === 0) {
    fill(element, make("h3", { text: "Over time" }), make("p", { class: "empty", text: "This study offers no quantities over time." }));
    return;
  }
  /** @type {Map<string, ReturnType<typeof createFan>>} */
  const open = new Map();
  const select = make("select", { "aria-label": "Add a chart", "data-testid": "add-fan", onchange: () => { add(select.value); select.value = ""; } });
  fill(
    select,
    make("option", { value: "", text: "Add a chart …" }),
    [...d3.group(observables, ({ expression }) => expression.split("(")[0])].map(([kind, group]) =>
      make("optgroup", { label: kind.replaceAll("_", " ") }, group.map(({ expression, label }) => make("option", { value: expression, text: label }))),
    ),
  );
  fill(element, make("div", { class: "row" }, make("h3", { text: "Over time" }), select), charts, own);

  /** @param {string} expression */
  function add(expression) {
    const observable = observables.find((one) => one.expression === expression);
    if (observable !== undefined) show(observable);
  }

  /** @param {{expression: string, label: string, unit: string}} observable */
  function show(observable) {
    const { expression } = observable;
    if (open.has(expression)) return;
    const chart = createFan(context, observable, () => {
      chart.close();
      open.delete(expression);
    });
    open.set(expression, chart);
    charts.append(chart.element);
  }
  for (const { expression } of mostNamed(view)) add(expression);
  if (context.source.kind === "live") fill(own, ownExpression(view, show));
}

/**
 * A line in which readers ask for anything that the language of claims can count, day by day.
 *
 * @param {import("../types").View} view
 * @param {(observable: {expression: string, label: string, unit: string}) => void} add
 */
function ownExpression({ theatre }, add) {
  const field = make("input", {
    type: "text",
    id: "fan-expression",
    "data-testid": "fan-expression",
    spellcheck: "false",
    autocomplete: "off",
    placeholder: `holds(${theatre.actors[0]?.id}, ${theatre.places[0]?.id})`,
  });
  const ask = (event) => {
    event.preventDefault();
    const expression = field.value.trim();
    if (expression === "") return;
    add({ expression, label: expression, unit: "number, or share of futures" });
    field.value = "";
  };
  return make(
    "details",
    { class: "legend" },
    make("summary", { text: "Count something else" }),
    make(
      "form",
      { class: "row", onsubmit: ask },
      make("label", { for: "fan-expression", text: "A number or a state of one day, as claims are written " }),
      field,
      make("button", { type: "submit", text: "Draw it" }),
    ),
  );
}

/**
 * What the charts begin with: the strength of the actors that the claims name most often.
 *
 * @param {import("../types").View} view
 * @returns {Array<{expression: string}>}
 */
function mostNamed({ claims, observables, theatre }) {
  const named = d3.rollup(claims.flatMap(({ names }) => names ?? []), (all) => all.length, (name) => name);
  const strengths = theatre.actors
    .map(({ id }) => ({ expression: `fighters(${id})`, times: named.get(id) ?? 0 }))
    .filter(({ expression }) => observables.some((one) => one.expression === expression))
    .sort((one, other) => other.times - one.times);
  return (strengths.length > 0 ? strengths : observables).slice(0, FIRST);
}
