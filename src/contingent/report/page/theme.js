/**
 * Light, dark, or as the reader's system has it. The choice is kept where the browser allows it.
 */
import { make } from "./elements.js";

const KEY = "contingent-theme";
const NEXT = /** @type {const} */ ({ auto: "light", light: "dark", dark: "auto" });
const SAID = { auto: "auto", light: "light", dark: "dark" };

/**
 * @param {import("./types").Store} state
 * @returns {HTMLElement}
 */
export function mountTheme(state) {
  const dark = window.matchMedia("(prefers-color-scheme: dark)");
  const button = make("button", {
    type: "button",
    "data-testid": "theme",
    onclick: () => state.set({ theme: NEXT[state.get().theme] }),
  });
  const show = () => {
    const { theme } = state.get();
    const shown = theme === "auto" ? (dark.matches ? "dark" : "light") : theme;
    document.documentElement.dataset.theme = shown;
    button.textContent = `Theme: ${SAID[theme]}`;
    keep(theme);
  };
  state.set({ theme: kept() });
  state.on("theme", show);
  dark.addEventListener("change", show);
  show();
  return button;
}

/** @returns {"auto" | "light" | "dark"} */
function kept() {
  try {
    const found = localStorage.getItem(KEY);
    return found === "light" || found === "dark" ? found : "auto";
  } catch {
    return "auto";
  }
}

/** @param {string} theme */
function keep(theme) {
  try {
    localStorage.setItem(KEY, theme);
  } catch {
    /* a browser that keeps nothing still shows the theme */
  }
}
