/**
 * Which future is looked at: all of them as probabilities, a typical one, one in which the selected
 * claim comes true or fails, or one by its number.
 */
import { announce, fill, make } from "../elements.js";

const ALL = "all";
const NUMBER = "number";

/**
 * @param {HTMLElement} element
 * @param {import("../types").Context} context
 */
export function mountChooser(element, { state, view }) {
  const count = view.study.futures;
  let sort = ALL;
  const select = make("select", { "data-testid": "choose-future", "aria-label": "Future shown", onchange: () => choose(select.value) });
  const number = make("input", {
    type: "number",
    min: 0,
    max: count - 1,
    "aria-label": `Number of the future, 0 to ${count - 1}`,
    "data-testid": "future-number",
    onchange: () => take(Number(number.value)),
  });
  const another = make("button", { type: "button", text: "Another", "data-testid": "another-future", onclick: () => next() });
  fill(element, make("label", { class: "row" }, make("span", { text: "Show" }), select), number, another);

  /** @param {string} kind */
  function listed(kind) {
    const { claim } = state.get();
    if (kind === "typical") return view.exemplars?.typical ?? [];
    return (claim !== null && view.exemplars?.by_claim?.[claim]?.[kind]) || [];
  }

  /** @param {number} future */
  function take(future) {
    if (!Number.isInteger(future) || future < 0 || future >= count) {
      announce(`There is no future ${future}; they go from 0 to ${count - 1}.`);
      number.value = String(state.get().future ?? 0);
      return;
    }
    state.set({ future });
  }

  /** @param {string} kind */
  function choose(kind) {
    sort = kind;
    if (kind === ALL) state.set({ future: null });
    else if (kind === NUMBER) {
      if (state.get().future === null) state.set({ future: listed("typical")[0] ?? 0 });
    } else {
      const [first] = listed(kind);
      if (first !== undefined) state.set({ future: first });
    }
    show();
    if (kind === NUMBER) number.focus();
  }

  function next() {
    const found = listed(sort);
    const at = found.indexOf(state.get().future);
    if (found.length > 0) state.set({ future: found[(at + 1) % found.length] });
  }

  function option(kind, text, disabled = false) {
    return make("option", { value: kind, text, disabled });
  }

  function show() {
    const { claim, future } = state.get();
    if (future === null) sort = ALL;
    else if (sort === ALL || (sort !== NUMBER && !listed(sort).includes(future))) {
      sort = ["true", "false", "typical"].find((kind) => listed(kind).includes(future)) ?? NUMBER;
    }
    const options = [
      option(ALL, `all ${count.toLocaleString("en")} futures, as shares`),
      option("typical", "a typical future", listed("typical").length === 0),
    ];
    if (claim !== null) {
      for (const [kind, words] of [["true", "comes true"], ["false", "fails"]]) {
        const none = listed(kind).length === 0;
        options.push(option(kind, none ? `no future where the chosen claim ${words}` : `one where the chosen claim ${words}`, none));
      }
    }
    options.push(option(NUMBER, "one by its number"));
    fill(select, options);
    select.value = sort;
    number.hidden = future === null;
    number.value = String(future ?? "");
    another.hidden = future === null || sort === NUMBER || listed(sort).length < 2;
    another.textContent = another.hidden ? "Another" : `Another (${listed(sort).indexOf(future) + 1} of ${listed(sort).length})`;
  }
  state.on(["future", "claim"], show);
  show();
}
