/**
 * One section of the right part, and what stands in it where the study lacks it: the command that
 * gets it, and, where a server is there, a button that starts it.
 */
import { fill, make } from "../elements.js";

/** @type {Map<string, boolean>} */
const opened = new Map();

/**
 * A section that remembers whether the reader has opened it.
 *
 * @param {string} title
 * @param {{key: string, open?: boolean, note?: string}} how
 * @param {...any} children
 * @returns {HTMLElement}
 */
export function section(title, { key, open = true, note }, ...children) {
  const details = make(
    "details",
    {
      class: "why-section",
      "data-section": key,
      open: opened.get(key) ?? open,
      ontoggle: () => opened.set(key, details.open),
    },
    make("summary", {}, make("h3", { text: title }), note && make("span", { class: "quiet", text: note })),
    children,
  );
  return details;
}

/**
 * @param {import("../types").Context} context
 * @param {string} what words for what is missing
 * @param {string | undefined} command
 * @param {{kind: string, claim?: string} | null} job
 * @returns {HTMLElement}
 */
export function lacking(context, what, command, job) {
  const { source, view } = context;
  const trouble = make("div", {});
  const start = async () => {
    button.disabled = true;
    try {
      const begun = await source.jobs?.start(
        /** @type {any} */ (job).kind,
        job?.claim ? { scenario: view.study.scenario, claim: job.claim } : { scenario: view.study.scenario },
      );
      context.follow?.(begun);
      fill(
        trouble,
        make("p", { class: "quiet", text: "Started; its progress stands at the top of the page." }),
      );
    } catch (error) {
      fill(
        trouble,
        make("p", {
          class: "failed",
          role: "alert",
          text: error instanceof Error ? error.message : String(error),
        }),
      );
      button.disabled = false;
    }
  };
  const button = make("button", {
    type: "button",
    text: "Start it here",
    "data-testid": `start-${job?.kind}`,
    onclick: start,
  });
  return make(
    "div",
    { class: "how" },
    make("p", { text: `${what} ${command ? "This command gets it:" : ""}` }),
    command && make("p", {}, make("code", { text: command })),
    source.kind === "live" && job !== null && button,
    trouble,
  );
}

/**
 * A table with a caption, headings and rows of cells; the first cell of a row heads it.
 *
 * @param {string} caption
 * @param {string[]} headings
 * @param {any[][]} rows
 * @param {string} [style]
 * @returns {HTMLElement}
 */
export function table(caption, headings, rows, style = "") {
  const cell = (content, index) => {
    const attributes = index === 0 ? { scope: "row" } : {};
    return make(index === 0 ? "th" : "td", attributes, content);
  };
  return make(
    "div",
    { class: "scroll", tabindex: 0, role: "group", "aria-label": caption },
    make(
      "table",
      { class: style },
      make("caption", { class: "unseen", text: caption }),
      make(
        "thead",
        {},
        make(
          "tr",
          {},
          headings.map((text) => make("th", { scope: "col", text })),
        ),
      ),
      make(
        "tbody",
        {},
        rows.map((row) => make("tr", {}, row.map(cell))),
      ),
    ),
  );
}

/**
 * A share as a bar with its number.
 *
 * @param {number} share
 * @param {string} said
 * @returns {HTMLElement}
 */
export function bar(share, said) {
  return make(
    "span",
    { class: "bar", vars: { "--share": Math.min(1, Math.max(0, share)) } },
    make("span", { class: "bar-fill", "aria-hidden": "true" }),
    make("span", { class: "bar-said", text: said }),
  );
}
