/**
 * From which day the levers are turned: day 0, the fence, or the day on the time bar.
 */
import { make } from "../elements.js";
import { dateOf, spoken } from "../theatre/days.js";

/**
 * A date from which levers hold, as the state keeps it: null is day 0.
 *
 * @param {import("../types").View} view
 * @param {string | null | undefined} date ISO date
 * @returns {string | null}
 */
export function beginning(view, date) {
  return !date || date <= view.days.start ? null : date;
}

/**
 * A choice of the day. It keeps the date that was chosen: the time bar may move on.
 *
 * @param {import("../types").Context} context
 * @param {(from: string | null) => void} choose
 * @returns {HTMLElement}
 */
export function beginningChoice({ state, view }, choose) {
  const { start, now, end } = view.days;
  const select = make("select", {
    id: "levers-from",
    "data-testid": "levers-from",
    onchange: () => choose(beginning(view, select.value)),
    onblur: () => show(),
  });

  function show() {
    const { day, from } = state.get();
    const bar = dateOf(view, day);
    /** @type {Map<string, string>} */
    const offered = new Map([["", `day 0, ${spoken(start)}`]]);
    if (now > start && now <= end) offered.set(now, `the fence (now), ${spoken(now)}`);
    if (bar > start && !offered.has(bar)) offered.set(bar, `the day on the time bar, ${spoken(bar)}`);
    if (from !== null && !offered.has(from)) offered.set(from, spoken(from));
    select.replaceChildren(
      ...[...offered].map(([value, text]) => make("option", { value, text })),
    );
    select.value = from ?? "";
  }
  state.on("day", () => {
    // Choices that change under the hand that chooses would be chosen by mistake.
    if (document.activeElement !== select) show();
  });
  state.on("from", show);
  show();
  return make(
    "p",
    { class: "levers-from" },
    make("label", { for: "levers-from", text: "Turned from " }),
    select,
  );
}
