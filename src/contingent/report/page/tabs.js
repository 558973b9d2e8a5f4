/**
 * At phone width the three parts are tabs; wider, they stand beside each other and are regions.
 */
import { make } from "./elements.js";

const PARTS = [
  ["argument", "Argument"],
  ["theatre", "Theatre"],
  ["why", "Why"],
];

/**
 * @param {HTMLElement} nav
 * @param {import("./types").Store} state
 */
export function mountTabs(nav, state) {
  const narrow = window.matchMedia("(max-width: 759.98px)");
  const buttons = PARTS.map(([name, title]) =>
    make("button", {
      type: "button",
      role: "tab",
      id: `tab-${name}`,
      "data-testid": `tab-${name}`,
      "aria-controls": name,
      text: title,
      onclick: () => state.set({ panel: /** @type {any} */ (name) }),
    }),
  );
  nav.append(make("div", { role: "tablist", class: "tablist", "aria-label": "Parts of the page" }, buttons));
  nav.addEventListener("keydown", (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    const at = PARTS.findIndex(([name]) => name === state.get().panel);
    const next = (at + step + PARTS.length) % PARTS.length;
    state.set({ panel: /** @type {any} */ (PARTS[next][0]) });
    buttons[next].focus();
  });
  const show = () => {
    const chosen = state.get().panel;
    PARTS.forEach(([name, title], index) => {
      const element = /** @type {HTMLElement} */ (document.getElementById(name));
      element.classList.toggle("chosen", name === chosen);
      element.setAttribute("role", narrow.matches ? "tabpanel" : "region");
      element.setAttribute("aria-label", title);
      element.tabIndex = -1;
      buttons[index].setAttribute("aria-selected", String(name === chosen));
      buttons[index].tabIndex = name === chosen ? 0 : -1;
    });
  };
  narrow.addEventListener("change", show);
  state.on("panel", show);
  show();
}
