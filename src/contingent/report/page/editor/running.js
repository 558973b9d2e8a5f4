/**
 * Save and run: the text goes into the user's own scenario folder, the run into the queue.
 */
import { fill, make } from "../elements.js";

/**
 * @param {import("../types").Context} context
 * @param {string} name
 * @param {{texts: () => {name: string, text: string}[], dirty: () => boolean, saved: () => void}} desk
 */
export function runForm(context, name, desk) {
  const { source, view } = context;
  const futures = make("input", {
    type: "number",
    min: 1,
    max: 1_000_000,
    step: 1,
    value: view.study.futures || 500,
    id: "run-futures",
  });
  const seed = make("input", {
    type: "number",
    min: 0,
    step: 1,
    value: view.study.seed ?? 1,
    id: "run-seed",
  });
  const variants = make("input", { type: "checkbox", id: "run-variants" });
  const told = make("div", { role: "status" });
  const save = make("button", { type: "button", text: "Save", "data-testid": "save", onclick: () => keep() });
  const run = make("button", {
    type: "button",
    class: "primary",
    text: "Run",
    "data-testid": "run",
    onclick: start,
  });
  let faults = 0;

  const say = (text, style = "quiet") => fill(told, make("p", { class: style, text }));

  async function keep() {
    try {
      await source.server.save(name, { files: desk.texts() });
      desk.saved();
      edited();
      say("Saved in your own scenario folder.");
      return true;
    } catch (error) {
      say(`Not saved: ${error instanceof Error ? error.message : error}`, "failed");
      return false;
    }
  }

  async function start() {
    run.disabled = true;
    if (!desk.dirty() || (await keep())) {
      try {
        const job = await source.jobs?.run({
          scenario: name,
          futures: Number(futures.value),
          seed: Number(seed.value),
          variants: variants.checked,
        });
        context.follow?.(job);
        say("Started. It goes on if you close this.");
      } catch (error) {
        say(`Not started: ${error instanceof Error ? error.message : error}`, "failed");
      }
    }
    edited();
  }

  function edited() {
    save.disabled = !desk.dirty();
    run.disabled = faults > 0;
    run.textContent = desk.dirty() ? "Save and run" : "Run";
  }

  edited();
  return {
    element: make(
      "div",
      { class: "run-form" },
      make(
        "div",
        { class: "run-numbers" },
        make("label", { for: "run-futures", text: "Futures" }),
        futures,
        make("label", { for: "run-seed", text: "Seed" }),
        seed,
      ),
      make(
        "p",
        { class: "row" },
        make(
          "label",
          { class: "check", for: "run-variants" },
          variants,
          "with every variant of the rules (longer)",
        ),
      ),
      make("p", { class: "row" }, save, run),
      told,
    ),
    edited,
    /** @param {number} number */
    checked(number) {
      faults = number;
      edited();
    },
  };
}
