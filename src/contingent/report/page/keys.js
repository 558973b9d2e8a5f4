/**
 * Keys that work wherever the focus is, unless it is in something that takes text.
 * Arrows step days, space plays, / goes to the filters, Escape closes.
 */

/**
 * @param {import("./types").Context} context
 */
export function mountKeys({ state, view }) {
  const skip = document.getElementById("skip");
  skip?.addEventListener("click", (event) => {
    event.preventDefault();
    document.getElementById("argument")?.focus();
  });
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    const target = /** @type {HTMLElement} */ (event.target);
    if (event.key === "/" && !takesText(target)) {
      event.preventDefault();
      state.set({ panel: "argument" });
      document.getElementById("filter-words")?.focus();
    } else if (!takesKeys(target)) {
      theatreKey(event, state, view);
    }
  });
}

/**
 * @param {KeyboardEvent} event
 * @param {import("./types").Store} state
 * @param {import("./types").View} view
 */
function theatreKey(event, state, view) {
  const { day, playing } = state.get();
  const last = view.days.count - 1;
  const far = event.shiftKey ? 7 : 1;
  if (event.key === "ArrowRight") state.set({ day: Math.min(last, day + far), playing: false });
  else if (event.key === "ArrowLeft") state.set({ day: Math.max(0, day - far), playing: false });
  else if (event.key === " ") state.set({ playing: !playing });
  else return;
  event.preventDefault();
}

/**
 * @param {HTMLElement} element
 * @returns {boolean}
 */
function takesText(element) {
  return element.matches(
    "input:not([type=range], [type=checkbox], [type=radio]), textarea, select, [contenteditable]",
  );
}

/**
 * @param {HTMLElement} element
 * @returns {boolean}
 */
function takesKeys(element) {
  return (
    takesText(element) ||
    element.matches("input, button, summary, a[href]") ||
    element.closest(
      "dialog, [role=slider], [role=listbox], [role=option], [role=tablist], [role=radiogroup]",
    ) !== null
  );
}
