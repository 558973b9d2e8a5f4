/** The right part. */

/**
 * @param {HTMLElement} element
 * @param {import("../types").Context} context
 */
export function mountWhy(element, { state }) {
  const show = () => (element.textContent = state.get().claim ?? "");
  state.on("claim", show);
  show();
}
