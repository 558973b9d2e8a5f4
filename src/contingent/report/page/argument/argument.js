/** The left part. */

/**
 * @param {HTMLElement} element
 * @param {import("../types").Context} context
 */
export function mountArgument(element, { view }) {
  element.textContent = `${view.claims.length} claims`;
}
