/**
 * The editor: the scenario's files as text with the checker's faults at their lines; save, run, and
 * two studies side by side. It exists only where a server does.
 */
import { fill, make } from "../elements.js";
import { checker } from "./checking.js";
import { comparison } from "./comparing.js";
import { textPane } from "./pane.js";
import { runForm } from "./running.js";

/**
 * @typedef {{name: string, text: string, role?: string | null, own?: boolean}} TextFile
 */

/** @type {HTMLDialogElement | null} */
let dialog = null;

/**
 * Open the editor on the scenario of this study.
 *
 * @param {import("../types").Context} context
 */
export function openEditor(context) {
  if (dialog === null) {
    dialog = /** @type {HTMLDialogElement} */ (
      make("dialog", { class: "editor", "data-testid": "editor", "aria-labelledby": "editor-title" })
    );
    document.body.append(dialog);
    build(dialog, context);
  }
  const jobs = document.getElementById("jobs");
  const home = jobs?.nextElementSibling ?? null;
  dialog.showModal();
  if (jobs) dialog.querySelector(".editor-head")?.after(jobs);
  dialog.addEventListener(
    "close",
    () => {
      if (jobs) home?.before(jobs);
    },
    { once: true },
  );
}

/**
 * @param {HTMLDialogElement} element
 * @param {import("../types").Context} context
 */
function build(element, context) {
  const body = make("div", { class: "editor-body" });
  const pick = make("select", { "aria-label": "Scenario", onchange: () => load(pick.value) });
  const files = make("button", {
    type: "button",
    text: "Files",
    "aria-pressed": "true",
    onclick: () => turn("files"),
  });
  const compare = make("button", {
    type: "button",
    text: "Compare studies",
    "aria-pressed": "false",
    "data-testid": "open-compare",
    onclick: () => turn("compare"),
  });
  fill(
    element,
    make(
      "header",
      { class: "editor-head" },
      make("h2", { id: "editor-title", text: "Edit and run" }),
      pick,
      files,
      compare,
      make("button", {
        type: "button",
        class: "editor-close",
        text: "Close",
        "data-testid": "close-editor",
        onclick: () => element.close(),
      }),
    ),
    body,
  );
  const server = context.source.server;
  const scenario = context.view.study.scenario;
  const desk = make(
    "div",
    { class: "editor-desk" },
    make("p", { class: "loading", text: "Reading the files" }),
  );

  /** @param {"files" | "compare"} which */
  function turn(which) {
    files.setAttribute("aria-pressed", String(which === "files"));
    compare.setAttribute("aria-pressed", String(which === "compare"));
    pick.hidden = which === "compare";
    fill(body, which === "files" ? desk : comparison(context));
  }

  /** @param {string} name */
  async function load(name) {
    fill(desk, make("p", { class: "loading", text: "Reading the files" }));
    try {
      const found = await server.scenario(name);
      fill(desk, deskOf(context, name, found.files));
    } catch (error) {
      fill(
        desk,
        make("p", {
          class: "failed",
          role: "alert",
          text: `The files of ${name} could not be read: ${message(error)}`,
        }),
      );
    }
  }

  server
    .scenarios()
    .then((found) => {
      const names = found.map((one) => one.name ?? one);
      fill(
        pick,
        [...new Set([scenario, ...names])].map((name) =>
          make("option", { value: name, text: name, selected: name === scenario }),
        ),
      );
    })
    .catch((error) =>
      fill(pick, make("option", { value: scenario, text: `${scenario} (${message(error)})` })),
    );
  turn("files");
  load(scenario);
}

/** @param {unknown} error */
export function message(error) {
  return error instanceof Error ? error.message : String(error);
}

/**
 * The files of one scenario: a tab for each, the faults below, what can be done beside.
 *
 * @param {import("../types").Context} context
 * @param {string} name
 * @param {TextFile[]} files
 */
function deskOf(context, name, files) {
  const panes = files.map((file) => textPane(file, draft(name, file), changed));
  const tabs = files.map((file, index) =>
    make("button", {
      type: "button",
      role: "tab",
      id: `file-tab-${index}`,
      "aria-controls": `file-${index}`,
      "data-testid": `file-${file.role ?? index}`,
      onclick: () => choose(index),
    }),
  );
  const holders = panes.map((pane, index) =>
    make(
      "div",
      { role: "tabpanel", id: `file-${index}`, "aria-labelledby": `file-tab-${index}`, class: "file" },
      pane.element,
    ),
  );
  const faults = make("div", { class: "faults", role: "status", "data-testid": "faults" });
  let chosen = 0;
  let known = [];

  const texts = () => files.map((file, index) => ({ name: file.name, text: panes[index].text() }));
  const dirty = () => files.some((file, index) => panes[index].text() !== file.text);
  const check = checker(context, name, texts, (found, trouble) => {
    known = found;
    panes.forEach((pane, index) =>
      pane.faults(index === chosen ? known.filter((fault) => fault.file === files[index].name) : []),
    );
    fill(faults, trouble ? make("p", { class: "failed", text: trouble }) : list(found));
    label();
    form.checked(found.filter((fault) => fault.severity !== "warning").length);
  });
  const form = runForm(context, name, { texts, dirty, saved });

  function changed() {
    files.forEach((file, index) => keepDraft(name, file, panes[index].text()));
    label();
    form.edited();
    check.soon();
  }

  function saved() {
    files.forEach((file, index) => {
      file.text = panes[index].text();
      file.own = true;
      keepDraft(name, file, file.text);
    });
    label();
  }

  function label() {
    tabs.forEach((tab, index) => {
      const number = known.filter(
        (fault) => fault.file === files[index].name && fault.severity !== "warning",
      ).length;
      const unsaved = panes[index].text() !== files[index].text;
      tab.textContent = [
        files[index].name,
        unsaved && "(unsaved)",
        number > 0 && `– ${number} ${number === 1 ? "fault" : "faults"}`,
      ]
        .filter(Boolean)
        .join(" ");
    });
  }

  /** @param {number} index */
  function choose(index) {
    chosen = index;
    tabs.forEach((tab, at) => {
      tab.setAttribute("aria-selected", String(at === index));
      tab.tabIndex = at === index ? 0 : -1;
      holders[at].hidden = at !== index;
    });
    panes.forEach((pane, at) =>
      pane.faults(at === chosen ? known.filter((fault) => fault.file === files[at].name) : []),
    );
  }

  /** @param {any[]} found */
  function list(found) {
    if (found.length === 0)
      return make("p", { class: "fine", "data-testid": "no-faults", text: "✓ The checker finds no fault." });
    const rank = (fault) => (fault.severity === "warning" ? 1 : 0);
    const sorted = [...found].sort((one, other) => rank(one) - rank(other));
    return make(
      "ol",
      {},
      sorted.map((fault) => {
        const index = files.findIndex((file) => file.name === fault.file);
        const where = `${fault.file}:${fault.line}${fault.column ? `:${fault.column}` : ""}`;
        return make(
          "li",
          { class: fault.severity === "warning" ? "warning" : "fault" },
          make("button", {
            type: "button",
            class: "link",
            text: where,
            disabled: index < 0,
            onclick: () => {
              choose(index);
              panes[index].go(fault.line);
            },
          }),
          ` ${fault.severity === "warning" ? "warning" : "fault"}: ${words(fault)}`,
        );
      }),
    );
  }

  const tablist = make("div", { role: "tablist", "aria-label": "Files", class: "file-tabs" }, tabs);
  tablist.addEventListener("keydown", (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    choose((chosen + step + files.length) % files.length);
    tabs[chosen].focus();
  });
  choose(0);
  label();
  check.soon();
  return make(
    "div",
    { class: "desk" },
    make("div", { class: "desk-text" }, tablist, holders),
    make("div", { class: "desk-side" }, form.element, make("h3", { text: "Checker" }), faults),
  );
}

/**
 * A fault in words.
 *
 * @param {any} fault
 * @returns {string}
 */
export function words(fault) {
  const said = [fault.where && `${fault.where}:`, `found ${fault.found}`].filter(Boolean).join(" ");
  return [said, fault.expected && `expected ${fault.expected}`, fault.next].filter(Boolean).join("; ");
}

/**
 * What the reader wrote and has not saved, kept over a reload.
 *
 * @param {string} scenario
 * @param {TextFile} file
 * @returns {string}
 */
function draft(scenario, file) {
  try {
    return sessionStorage.getItem(`contingent-draft-${scenario}-${file.name}`) ?? file.text;
  } catch {
    return file.text;
  }
}

/**
 * @param {string} scenario
 * @param {TextFile} file
 * @param {string} text
 */
function keepDraft(scenario, file, text) {
  const key = `contingent-draft-${scenario}-${file.name}`;
  try {
    if (text === file.text) sessionStorage.removeItem(key);
    else sessionStorage.setItem(key, text);
  } catch {
    /* where nothing can be kept, a reload forgets */
  }
}
