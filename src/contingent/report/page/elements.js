/**
 * Making elements. Text is only ever set as text; nothing here reads HTML.
 */

/**
 * @typedef {Node | string | number | null | undefined | false} Child
 */

/**
 * Make an element. Attributes that are null, undefined or false are left out; `on…` functions are
 * listeners; `text` is its text; `vars` are custom properties of its style.
 *
 * @param {string} tag
 * @param {Record<string, any>} [attributes]
 * @param {...(Child | Child[])} children
 * @returns {any}
 */
export function make(tag, attributes = {}, ...children) {
  return dress(document.createElement(tag), attributes, children);
}

/**
 * Make an element of SVG.
 *
 * @param {string} tag
 * @param {Record<string, any>} [attributes]
 * @param {...(Child | Child[])} children
 * @returns {any}
 */
export function draw(tag, attributes = {}, ...children) {
  return dress(document.createElementNS("http://www.w3.org/2000/svg", tag), attributes, children);
}

/**
 * @param {any} element
 * @param {Record<string, any>} attributes
 * @param {Array<Child | Child[]>} children
 */
function dress(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name === "text") element.textContent = String(value);
    else if (name === "vars") {
      for (const [key, one] of Object.entries(value)) element.style.setProperty(key, String(one));
    } else if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? "" : String(value));
  }
  for (const child of children.flat()) {
    if (child === null || child === undefined || child === false) continue;
    element.append(child instanceof Node ? child : String(child));
  }
  return element;
}

/**
 * Put these children in place of all others.
 *
 * @param {Element} element
 * @param {...(Child | Child[])} children
 */
export function fill(element, ...children) {
  element.replaceChildren();
  dress(element, {}, children);
}

/**
 * Say something to those who listen to the page.
 *
 * @param {string} words
 */
export function announce(words) {
  const place = document.getElementById("announcer");
  if (place !== null) place.textContent = words;
}
