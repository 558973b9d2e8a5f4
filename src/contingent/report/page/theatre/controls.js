/**
 * Buttons of the player: back to the start, a day back, play, a day on, speed; and the date.
 */
import { draw, fill, make } from "../elements.js";
import { spokenDay } from "./days.js";

const SPEEDS = [1, 2, 4, 8, 16, 30];
const ICONS = {
  reset: "M3,3 h2 v10 h-2z M13,3 v10 l-7,-5z",
  back: "M11,3 v10 l-7,-5z M12,3 h1.5 v10 h-1.5z",
  play: "M4,2.5 v11 l9,-5.5z",
  pause: "M4,3 h3 v10 h-3z M9,3 h3 v10 h-3z",
  step: "M5,3 v10 l7,-5z M2.5,3 h1.5 v10 h-1.5z",
};

/**
 * @param {HTMLElement} element
 * @param {import("../types").Context} context
 * @param {ReturnType<typeof import("./player.js").createPlayer>} player
 */
export function mountControls(element, { state, view }, player) {
  const button = (name, label, onclick) =>
    make("button", { type: "button", "data-testid": name, "aria-label": label, title: label, onclick }, icon(name));
  const play = button("play", "Play", player.toggle);
  const speeds = SPEEDS.includes(state.get().speed) ? SPEEDS : [...SPEEDS, state.get().speed].sort((a, b) => a - b);
  const speed = make(
    "select",
    {
      "data-testid": "speed",
      "aria-label": "Speed, days a second",
      onchange: () => state.set({ speed: Number(speed.value) }),
    },
    speeds.map((days) => make("option", { value: days, text: days === 1 ? "1 day/s" : `${days} days/s` })),
  );
  const date = make("output", { class: "date number", "data-testid": "date" });
  fill(
    element,
    make(
      "div",
      { class: "buttons" },
      button("reset", "Back to the first day", player.reset),
      button("back", "One day back", () => player.step(-1)),
      play,
      button("step", "One day on", () => player.step(1)),
    ),
    date,
    speed,
  );

  function show() {
    const { playing, day } = state.get();
    speed.value = String(state.get().speed);
    const known = spokenDay(view, day);
    date.textContent = `${known} · day ${day}`;
    const label = playing ? "Pause" : "Play";
    if (play.getAttribute("aria-label") === label) return;
    play.replaceChildren(icon(playing ? "pause" : "play"));
    play.setAttribute("aria-label", label);
    play.title = label;
    play.dataset.testid = playing ? "pause" : "play";
  }
  state.on(["playing", "day", "speed"], show);
  show();
}

/**
 * @param {string} name
 * @returns {SVGSVGElement}
 */
function icon(name) {
  const box = { width: 16, height: 16, viewBox: "0 0 16 16", "aria-hidden": "true" };
  return draw("svg", box, draw("path", { d: ICONS[name], fill: "currentColor" }));
}
