/**
 * Scrolling to what was chosen. The browser's own scrollIntoView would also make Tab go on from there,
 * so that a reader who opens an address with a claim never meets the head of the page.
 */

/**
 * Scroll what an element stands in, and only that, until the element is seen.
 *
 * @param {Element | null | undefined} element
 */
export function reveal(element) {
  if (!element) return;
  const frame = scrollerOf(element);
  const outer = frame === null ? { top: 0, bottom: window.innerHeight } : frame.getBoundingClientRect();
  const inner = element.getBoundingClientRect();
  const by =
    inner.top < outer.top || inner.height > outer.bottom - outer.top
      ? inner.top - outer.top
      : Math.max(0, inner.bottom - outer.bottom);
  (frame ?? window).scrollBy(0, by);
}

/**
 * @param {Element} element
 * @returns {Element | null} null: the page itself
 */
function scrollerOf(element) {
  for (let one = element.parentElement; one !== null && one !== document.body; one = one.parentElement) {
    const scrolls = /auto|scroll/.test(getComputedStyle(one).overflowY);
    if (scrolls && one.scrollHeight > one.clientHeight) return one;
  }
  return null;
}
