/**
 * One file as text: line numbers beside it, and what the checker found at its line.
 */
import { fill, make } from "../elements.js";
import { words } from "./editor.js";

const LINE = 20;
const PADDING = 8;

/**
 * @param {import("./editor.js").TextFile} file
 * @param {string} text
 * @param {() => void} changed
 */
export function textPane(file, text, changed) {
  const numbers = make("div", { class: "line-numbers", "aria-hidden": "true" });
  const marks = make("div", { class: "line-marks" });
  const area = make("textarea", {
    class: "code-area",
    spellcheck: "false",
    autocapitalize: "off",
    autocomplete: "off",
    wrap: "off",
    "aria-label": `Text of ${file.name}`,
    "data-testid": `text-${file.role ?? file.name}`,
    oninput: () => {
      number();
      changed();
    },
    onscroll: follow,
  });
  area.value = text;
  area.setSelectionRange(0, 0);
  const status = make("p", { class: "quiet cursor", "aria-live": "off" });
  const frame = make(
    "div",
    { class: "code-frame" },
    make("div", { class: "gutter" }, numbers),
    make("div", { class: "code-text" }, marks, area),
  );
  let lines = 0;
  let shown = [];

  function number() {
    const now = area.value.split("\n").length;
    if (now === lines) return;
    lines = now;
    numbers.textContent = Array.from({ length: lines }, (_, index) => index + 1).join("\n");
  }

  function follow() {
    numbers.style.setProperty("transform", `translateY(${-area.scrollTop}px)`);
    marks.style.setProperty("transform", `translateY(${-area.scrollTop}px)`);
  }

  function cursor() {
    const before = area.value.slice(0, area.selectionStart).split("\n");
    const here = shown.filter((fault) => fault.line === before.length).map(words);
    status.textContent = [
      `line ${before.length}, column ${before[before.length - 1].length + 1}`,
      ...here,
    ].join(" · ");
  }

  /** @param {any[]} found */
  function faults(found) {
    shown = found;
    const byLine = new Map();
    for (const fault of found) byLine.set(fault.line, [...(byLine.get(fault.line) ?? []), fault]);
    fill(
      marks,
      [...byLine].map(([line, list]) => {
        const warning = list.every((fault) => fault.severity === "warning");
        return make(
          "div",
          {
            class: `line-mark ${warning ? "warning" : "fault"}`,
            "data-testid": `fault-${line}`,
            title: list.map(words).join("\n"),
            vars: { top: `${PADDING + (line - 1) * LINE}px` },
          },
          make("span", { text: `${warning ? "⚠" : "✗"} ${list.map(words).join("; ")}` }),
        );
      }),
    );
    area.setAttribute("aria-invalid", String(found.some((fault) => fault.severity !== "warning")));
    cursor();
  }

  /** @param {number} line */
  function go(line) {
    const at = area.value
      .split("\n")
      .slice(0, line - 1)
      .reduce((sum, one) => sum + one.length + 1, 0);
    area.focus();
    area.setSelectionRange(at, at);
    area.scrollTop = Math.max(0, (line - 4) * LINE);
    follow();
    cursor();
  }

  area.addEventListener("keyup", cursor);
  area.addEventListener("click", cursor);
  number();
  return { element: make("div", { class: "pane" }, frame, status), text: () => area.value, faults, go };
}
